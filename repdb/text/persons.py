"""Names of private persons that no 様 follows: behind a label, in an introduction, of a relative (floor 0).

A cue says that a person stands there; the word itself must look like one: a common family name in front, or a last
character of given names. What ends like a company or a body stays: a name that a caller claims is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from repdb.text import name_words

_KANJI = "一-鿿㐀-䶿々〆ヶ"
# The commonest family names; a name that starts with none of them is told by how it ends.
_FAMILY = frozenset(
    "佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 池田 橋本 阿部 "
    "石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 "
    "中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 "
    "武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 櫻井 高野 吉川 山内 西田 西川 飯田 北村 小松 安田 五十嵐 川口 "
    "平田 中田 久保田 服部 川崎 岩田 土屋 本田 福島 樋口 秋山 田口 永井 中西 山中 川村 永田 石原 松岡 矢野 浜田 大久保 松下 大橋 小池 荒木 大島 片山 須藤 三宅 "
    "熊谷 松村 今村 尾崎 西山 川上 東 堀 森 林 原 関 星 岡 辻".split()
)
# Alone they are as often a place.
_PLACES = frozenset("千葉 福島 宮崎 山口 石川 川崎 上野 中野 川口 大塚".split())
_LAST = frozenset("子美江恵枝咲奈菜香穂織郎朗夫雄男介也哉斗翔樹輝一二平司")
_NO_GIVEN = re.compile(
    "[県市区町村郡都道府駅線店社部課局庁署会院校館号型式様方側内外家者員人]|在住|出身|(?:様|調|弟|息|女|男|電|菓|椅|帽|骨|因|種|双|親|母|父|利|冊|獅|扇|障|団|餃|梯|迷|分|原|拍|格|"
    "振|王|皇|太|玉|案|卵|精|量|粒|遺伝)子$|(?:長|次|三|二|四|下|大|多)男$|(?:丈|工|農|凡|水)夫$|(?:紹|仲|媒|厄)介$|(?:上|行|寿)司$|(?:不|公|水|太|和)平$|(?:知|恩)恵$|"
    "(?:万|唯|同|統|均|単|第|専|随)一$|第二$|(?:果|樹)樹$|新郎$|(?:賛|優|褒|華)美$"
)
_COMPANY = re.compile(
    "(?:"
    + "|".join(map(re.escape, sorted({*name_words.STRONG, *name_words.WEAK, *name_words.STAFF})))
    + "|回収|管理|債権|債務|信用|信販|保証|金融|商会|物産|不動産|建設|興業|総業|企画|管財|法人|機構|連合|本部|総務|郵便|電話|電気|電機|運送|物流|配送|倉庫|開発|投資|"
    "信託|工務店|設備|環境|薬局|病院|医院|歯科|学園|新聞|警察|会社|工房|製薬|製作所|住友|三菱|三井|請求|詐欺|関係|代表|代理|以上|以下|本日|本人|確認|結構|大変|残念)$"
)
_RUN = rf"[{_KANJI}]{{1,4}}+ (?:[{_KANJI}]{{1,4}}+|[ぁ-ゖ]{{2,5}}|[ァ-ヺー]{{2,8}})|[{_KANJI}]{{2,7}}+(?:[ぁ-ゖ]{{1,3}}[子美代江恵枝])?"
_END = r"(?=$|[\s()、。,.;:/〔〕「」・!?]|です|でし|だ|と|は|が|の|を|に|も|で|へ|より|から|宛|あて|\d)"
_LABELS = "相談者 契約者 申出人 申込者 申告者 届出人 被害者 世帯主 名義人 名義 本人 氏名 名前 受取人 宛名 家族 通報者 報告者 客様名 利用者 加入者 未納者 滞納者 債務者".split()
_ACCUSED = "犯人 詐欺師 容疑者 加害者 主犯 首謀者 黒幕 ペテン師 泥棒".split()
_RELATIVES = "妻 夫 娘 息子 長女 次女 三女 長男 次男 三男 母 父 祖母 祖父 姉 妹 兄 弟 孫 家内 主人 旦那 嫁 叔母 叔父 伯母 伯父 母親 父親".split()
_ME = "私 わたし わたくし 僕 ぼく 俺 当方 自分".split()
_LABELLED = re.compile(rf"(?:{'|'.join(_LABELS)})(?:氏名|名)?([ \t]?[:=|(、 \t][ \t]{{0,2}})?({_RUN}){_END}")
_FIRST = re.compile(
    rf"(?:{'|'.join(_ME)})(?:は|が|、|の名前は|の氏名は)()[ ]?({_RUN})(?=です|でし|と申|とい|と言|だ|[。、(\s]|$)"
)
_RELATED = re.compile(rf"(?:{'|'.join(_RELATIVES)})[の、:(]({_RUN}){_END}")
# Who is told of, or accused: 佐藤健一は詐欺師, 佐藤健一という男, 佐藤健一氏.
_TOLD = rf"氏(?![名神族素姓家])|[はが](?:詐欺|{'|'.join(_ACCUSED)}|だまし|騙し|逮捕)|という(?:男|女|人)|容疑者"
_SAID = re.compile(rf"と申し|と申す|と(?:言|い)います|という者|です(?=[。、!\s]|$)|でございます|{_TOLD}")
_BLAMED = re.compile(rf"(?:{'|'.join(_ACCUSED)})(?:の名前)?[はがの、: ]({_RUN})(?=です|で|だ|と|[。、!)\s]|$)")
_CUES = re.compile(
    "|".join(
        (
            *_LABELS,
            *_ACCUSED,
            *_ME,
            *(one + "[の、:(]" for one in _RELATIVES),
            "と申",
            "と言いま",
            "といいま",
            "という者",
            "です",
            "でござ",
            "氏",
            "という",
            *(f"{particle}{word}" for particle in "はが" for word in ("詐欺", "だまし", "騙し", "逮捕")),
        )
    )
)
_BEFORE_SAID = re.compile(rf"(?:^|(?<=[\s。、!?「(:の]))({_RUN})$")
_REACH = 14
_SAID_OUTRIGHT = ("と申", "という者")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in a folded text. Spans may overlap. Linear."""
    if not _CUES.search(text):
        return
    for pattern in (_LABELLED, _FIRST):
        for found in pattern.finditer(text):
            yield from _person(found[2], found.start(2), 3 if found[1] is not None else 9)
    for found in _RELATED.finditer(text):
        yield from _person(found[1], found.start(1), 2)
    for found in _BLAMED.finditer(text):
        yield from _person(found[1], found.start(1), 3)
    for said in _SAID.finditer(text):
        floor = max(0, said.start() - _REACH)
        before = _BEFORE_SAID.search(text[floor : said.start()])
        if before and (floor == 0 or before.start() > 0):
            word = before[1]
            outright = said[0].startswith(_SAID_OUTRIGHT) and len(word) < 6 and not _is_company(word)
            if _named(word, 3) or outright:
                yield floor + before.start(1), floor + before.end(1)


def is_full_name(written: str, *, surname: bool = False) -> bool:
    """Whether a text is nothing but a family name and a given one; with ``surname`` the family name alone will do."""
    word = written.replace(" ", "")
    if not _named(word, 9) or word.endswith("屋"):
        return False
    size = 3 if word[:3] in _FAMILY else 2
    return surname or (len(word) in (size + 1, size + 2, size + 3) and word[-1] in _LAST and word[size:] != word[-1])


def _person(written: str, start: int, shortest: int) -> Iterator[tuple[int, int]]:
    """The span of a name; of two words perhaps the first alone."""
    for word in (written, written.partition(" ")[0]):
        if _named(word, shortest):
            yield start, start + len(word)
            return


@lru_cache(maxsize=4096)
def _is_company(word: str) -> bool:
    return bool(_COMPANY.search(word) or word in name_words.GENERIC or word in name_words.BODIES)


@lru_cache(maxsize=4096)
def _named(written: str, shortest: int) -> bool:
    """A family name, alone or with a given one, or a word of ``shortest`` characters that ends as given names do."""
    word = written.replace(" ", "")
    if _is_company(word) or word in _PLACES:
        return False
    for size in (3, 2):
        if word[:size] in _FAMILY:
            return len(word) < size + 5 and not _NO_GIVEN.search(word[size:])
    shortest = min(shortest, 3) if word[:1] in _FAMILY else shortest
    return shortest <= len(word) < 6 and word[-1] in _LAST and not _NO_GIVEN.search(word)
