"""Names of private persons that no 様 follows: behind a label, in an introduction, of a relative (floor 0).

A cue says that a person stands there; the word itself must look like one: a common family name in front, or a last
character of given names. What ends like a company or a body stays: a name that a caller claims is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from repdb.text import full_names
from repdb.text.full_names import NO_GIVEN, is_company
from repdb.text.person_words import ALONE, FAMILY, LAST, NOT_GIVEN, PLACES

_KANJI = "一-鿿㐀-䶿々〆ヶ"
_RUN = rf"[{_KANJI}]{{1,4}}+ (?:[{_KANJI}]{{1,4}}+|[ぁ-ゖ]{{2,5}}|[ァ-ヺー]{{2,8}})|[{_KANJI}]{{2,7}}+(?:[ぁ-ゖ]{{1,3}}[子美代江恵枝])?|[{_KANJI}]{{1,4}}+(?:[ぁ-ゖ]{{2,5}}|[ァ-ヺー]{{2,6}})"
_END = r"(?=$|[\s()、。,.;:/〔〕「」・!?]|です|でし|だ|と|は|が|の|を|に|も|で|へ|より|から|宛|あて|\d)"
_LABELS = "相談者 契約者 申出人 申込者 申告者 届出人 被害者 世帯主 名義人 名義 本人 氏名 名前 受取人 宛名 家族 通報者 報告者 客様名 利用者 加入者 未納者 滞納者 債務者 届け先 届先 送り先 配送先 宛先 依頼人 依頼主 使用者 旧姓".split()
_ACCUSED = "犯人 詐欺師 容疑者 加害者 主犯 首謀者 黒幕 ペテン師 泥棒".split()
_RELATIVES = "妻 夫 娘 息子 長女 次女 三女 長男 次男 三男 母 父 祖母 祖父 姉 妹 兄 弟 孫 家内 主人 旦那 嫁 叔母 叔父 伯母 伯父 母親 父親".split()
_ME = "私 わたし わたくし 僕 ぼく 俺 当方 自分".split()
_LABELLED = re.compile(rf"(?:{'|'.join(_LABELS)})(?:氏名|名)?([ \t]?[:=|(、 \t/>→・][ \t]{{0,2}})?({_RUN}){_END}")
# In katakana a name is told from others by a family or given name that it begins or ends with.
_LABELLED_KANA = re.compile(
    rf"(?:{'|'.join(_LABELS)})(?:氏名|名)?[ \t]?[:=|(、 \t/>→・は][ \t]{{0,2}}([ァ-ヺー]{{2,8}}[ ・]{{1,2}}[ァ-ヺー]{{2,8}}|[ァ-ヺー]{{2,10}}){_END}"
)
_CHILD = re.compile(rf"(?:子|{'|'.join(_RELATIVES)})\(([ぁ-ゖァ-ヺー]{{2,6}})\)")
_FIRST = re.compile(
    rf"(?:{'|'.join(_ME)})(?:は|が|、|の名前は|の氏名は)()[ ]?({_RUN})(?=です|でし|と申|とい|と言|だ|[。、(\s]|$)"
)
_RELATED = re.compile(rf"(?:{'|'.join(_RELATIVES)})(?:[の、:(]|(は))({_RUN}){_END}")
# Who is told of, or accused: 佐藤健一は詐欺師, 佐藤健一という男, 佐藤健一氏.
_TOLD = rf"氏(?![名神族素姓家])|[はが](?:詐欺|{'|'.join(_ACCUSED)}|だまし|騙し|逮捕)|という(?:男|女|人)|容疑者"
_SAID = re.compile(
    rf"と名乗|と申し|と申す|と(?:言|い)います|という者|です(?=[。、!\s]|が|け|$)|でございます|だけど|{_TOLD}"
)
_BLAMED = re.compile(rf"(?:{'|'.join(_ACCUSED)})(?:の名前)?[はがの、: ]({_RUN})(?=です|で|だ|と|[。、!)\s]|$)")
_CUES = re.compile(
    "|".join(
        (
            *_LABELS,
            *_ACCUSED,
            *_ME,
            *(one + "[のは、:(]" for one in _RELATIVES),
            "と申",
            "と名乗",
            "子[(]",
            "と言いま",
            "といいま",
            "という者",
            "です",
            "でござ",
            "だけど",
            "氏",
            "という",
            *(f"{particle}{word}" for particle in "はが" for word in ("詐欺", "だまし", "騙し", "逮捕")),
        )
    )
)
_BEFORE_SAID = re.compile(rf"(?:^|(?<=[\s。、!?「(:の]))({_RUN})$")
# Behind a verb or a particle only what is a common family name to the letter: 薬をもらった山田です, 電話で山田と名乗った.
_SURNAME_SAID = re.compile(rf"(?<=[ぁ-ゖ])[{_KANJI}]{{2,6}}$")
_KANA_TAIL = re.compile("(?<![ぁ-ゖァ-ヺー])(?:[ぁ-ゖ]{2,5}|[ァ-ヺー]{2,6})$")
_REACH = 14
_SAID_OUTRIGHT = ("と申", "という者")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in a folded text. Spans may overlap. Linear."""
    yield from full_names.find(text)
    if not _CUES.search(text):
        return
    for pattern in (_LABELLED, _FIRST):
        for found in pattern.finditer(text):
            yield from _person(found[2], found.start(2), 3 if found[1] is not None else 9)
    for found in _RELATED.finditer(text):
        yield from _person(found[2], found.start(2), 3 if found[1] else 2)
    for found in _BLAMED.finditer(text):
        yield from _person(found[1], found.start(1), 3)
    for found in _LABELLED_KANA.finditer(text):
        if full_names.in_katakana(found[1]):
            yield found.span(1)
    yield from (found.span(1) for found in _CHILD.finditer(text))
    for said in _SAID.finditer(text):
        floor = max(0, said.start() - _REACH)
        behind = _SURNAME_SAID.search(text[floor : said.start()])
        if behind and behind.start() and full_names.is_full_name(behind[0], surname=True):
            yield floor + behind.start(), said.start()
            continue
        before = _BEFORE_SAID.search(text[floor : said.start()])
        if before and (floor == 0 or before.start() > 0):
            word = before[1]
            outright = said[0].startswith(_SAID_OUTRIGHT) and len(word) < 6 and not is_company(word)
            if _named(word, 3) or outright:
                yield floor + before.start(1), floor + before.end(1)


def _person(written: str, start: int, shortest: int) -> Iterator[tuple[int, int]]:
    """The span of a name; of two words perhaps the first alone."""
    for word in (written, written.partition(" ")[0]):
        if _named(word, shortest):
            yield start, start + len(word)
            return


def is_name(written: str) -> bool:
    """Whether it is somebody's name by itself: 佐藤, 山田 太郎; not お客, 事務局."""
    return _named(written, 9)


@lru_cache(maxsize=4096)
def _named(written: str, shortest: int) -> bool:
    """A family name, alone or with a given one, or a word of ``shortest`` characters that ends as given names do."""
    word = written.replace(" ", "")
    if is_company(word) or word in PLACES:
        return False
    for size in (3, 2):
        if word[:size] in FAMILY:
            return len(word) < size + 5 and not NO_GIVEN.search(word[size:])
    kana = _KANA_TAIL.search(word)
    if kana and kana.start():
        return full_names.in_kana(kana[0])
    shortest = min(shortest, 3) if word[:1] in FAMILY else shortest
    ends = word[-1] in LAST or (word[-1] in ALONE and len(word) > 2 and word[-2:] not in NOT_GIVEN)
    return shortest <= len(word) < 6 and ends and not NO_GIVEN.search(word)
