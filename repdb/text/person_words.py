"""Common names of persons in Japan, by kanji, by reading and in Latin letters (floor 0). Tables only; ``persons`` applies them."""

from __future__ import annotations

import re
from functools import lru_cache

# The commonest family names; a name that starts with none of them is told by how it ends.
FAMILY = frozenset(
    "佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 池田 橋本 阿部 "
    "石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 竹内 小野 田村 "
    "中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 "
    "武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 櫻井 高野 吉川 山内 西田 西川 飯田 北村 小松 安田 五十嵐 川口 "
    "平田 中田 久保田 服部 川崎 岩田 土屋 本田 福島 樋口 秋山 田口 永井 中西 山中 川村 永田 石原 松岡 矢野 浜田 大久保 松下 大橋 小池 荒木 大島 片山 須藤 三宅 "
    "熊谷 松村 今村 尾崎 西山 川上 東 堀 森 林 原 関 星 岡 辻".split()
)
# Alone they are as often a place.
PLACES = frozenset("千葉 福島 宮崎 山口 石川 川崎 上野 中野 川口 大塚".split())

FAMILY_KANA = frozenset(
    "サトウ スズキ タカハシ タナカ イトウ ワタナベ ワタベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ ヤマグチ マツモト イノウエ キムラ サイトウ シミズ "
    "ヤマザキ ヤマサキ イケダ ハシモト アベ イシカワ ヤマシタ ナカジマ ナカシマ イシイ オガワ マエダ オカダ ハセガワ フジタ ゴトウ コンドウ ムラカミ エンドウ アオキ サカモト "
    "フクダ オオタ ニシムラ フジイ カネコ オカモト フジワラ ナカノ ミウラ ハラダ ナカガワ マツダ タケウチ オノ タムラ ナカヤマ ワダ イシダ モリタ ウエダ ウチダ "
    "シバタ サカイ ミヤザキ ヨコヤマ タカギ アンドウ ミヤモト オオノ コジマ クドウ タニグチ イマイ タカダ マスダ マルヤマ スギヤマ ムラタ オオツカ アライ コヤマ ヒラノ "
    "フジモト コウノ ウエノ ノグチ タケダ マツイ チバ スガワラ イワサキ クボ キノシタ サノ ノムラ マツオ イチカワ キクチ スギモト フルカワ オオニシ シマダ ミズノ サクライ "
    "タカノ ヨシカワ ヤマウチ ニシダ ニシカワ イイダ キタムラ コマツ ヤスダ イガラシ カワグチ ヒラタ ナカタ クボタ ハットリ カワサキ イワタ ツチヤ ホンダ フクシマ ヒグチ アキヤマ タグチ ナガイ "
    "ナカニシ ヤマナカ カワムラ ナガタ イシハラ マツオカ ヤノ ハマダ オオクボ マツシタ オオハシ コイケ アラキ オオシマ カタヤマ スドウ ミヤケ クマガイ マツムラ イマムラ オザキ ニシヤマ "
    "カワカミ ホリ モリ ハヤシ ハラ セキ ツジ".split()
)
GIVEN_KANA = frozenset(
    # women
    "ハナコ ヨウコ ケイコ サチコ カズコ ヨシコ ノリコ ミチコ キョウコ ユウコ ユミコ クミコ ジュンコ トモコ アキコ マサコ フミコ ヒロコ レイコ ナオコ エミコ キミコ セツコ ヤスコ タカコ リョウコ "
    "ミエコ エイコ テルコ シズコ スミコ トシコ チエコ イクコ カヨコ マリコ ユキコ アツコ ハルコ ナツコ フユコ サトコ ケイ メグミ ユミ マユミ アケミ ヒロミ ナオミ マサミ トモミ ユカ ユカリ "
    "ユキ ミユキ サユリ アヤ アヤカ アヤコ アヤノ サヤカ ハルカ ユウカ モモカ サクラ ヒナ ヒナタ ユイ ユナ アオイ リン メイ ミオ ミサキ ナナミ アイリ アカネ カナ カナコ カオリ シオリ サオリ カズミ "
    "チヒロ マナミ ミホ ミカ リカ エリ エリカ マイコ アサミ マキ ミキ アキ カズエ ヨシエ トシエ ハナエ ミヨ キヨ フミ スミレ カエデ コトネ ミズキ マヤ サキ レナ リナ リコ リサ エミ ノゾミ ヒカリ ナツミ アユミ "
    # men
    "タロウ イチロウ ジロウ サブロウ シロウ ゴロウ ケンタ ケンタロウ ショウタ ショウ ケンジ コウジ シンジ ケンイチ シンイチ コウイチ ユウイチ セイイチ リュウイチ ジュンイチ エイイチ シュンイチ タクヤ "
    "タツヤ カズヤ テツヤ ナオヤ トモヤ ダイスケ シュンスケ ユウスケ リョウスケ コウスケ ケイスケ シンスケ ヒロシ タカシ ヒトシ マサシ ツヨシ アツシ キヨシ サトシ タダシ タケシ ヤスシ ヒデキ ナオキ ヒロキ トモキ マサキ コウキ "
    "ユウキ ダイキ カズキ タカユキ ヒロユキ マサユキ トモユキ ノリユキ ヨシユキ ヒデユキ ヤスユキ カズユキ タカヒロ マサヒロ ヨシヒロ カズヒロ トモヒロ ノブヒロ マサオ カズオ ヨシオ ヒデオ トシオ アキオ ハルオ ユキオ ミツオ フミオ "
    "ノブオ ノリオ テルオ イサム ススム マモル ミノル シゲル マサル カオル サトル トオル ワタル オサム イサオ アキラ マコト ケン ジュン ジン ツトム ユタカ カズノリ マサノリ ヨシノリ タカノリ ヒデノリ トシユキ カツミ マサト "
    "ナオト ユウト ハルト ケント カイト ヒロト ユウマ ハヤト リク レン ソウタ ユウタ リョウタ コウタ リョウ ユウ シュン タクミ ツバサ カケル ショウヘイ キョウヘイ リョウヘイ コウヘイ シンヤ シュウイチ".split()
)
# Western names that need no family name of Japan beside them: a given name, then a family name.
WESTERN = frozenset(
    "john james robert michael david william richard joseph thomas charles christopher daniel matthew mark peter paul andrew mary "
    "patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy anna emma maria".split()
)
WESTERN_FAMILY = frozenset(
    "smith johnson williams brown jones miller davis wilson anderson taylor moore jackson martin thompson white harris clark robinson "
    "nguyen tran pham kim lee park chen wang zhang li liu".split()
)
# They are names of shops, and of nobody else.
BRANDS = frozenset({"マツモトキヨシ", "matsumotokiyoshi", "matsumoto kiyoshi"})

# What stands behind a family name, where a text is nothing but a name: last characters, and whole given names of one.
LAST = frozenset("子美江恵枝咲奈菜香穂織郎朗夫雄男介也哉斗翔樹輝一二平司太輔吾之彦希")
LAST_OF_TWO = frozenset("助志里代世乃紀貴宏弘博浩明行幸治次信義則典範実音月生央久仁和花華葉衣亜羽歩海陽真秀正")
ALONE = frozenset(
    "誠隆明勝進茂豊実稔修剛健彦治幸行信義徹聡智学昇正清陽蓮湊律葵凛澪杏浩弘宏博満守努剛武猛毅弘亮涼涼諒遼潤淳純駿俊瞬翼翔空海光渉航楓桜花華栞梓渚舞愛恵瞳望希唯優悠翠蒼葉薫馨忍操節静和文綾彩遥"
)

# Whole given names that end unlike most, and words of trades that end like some.
WHOLE = ALONE | frozenset(
    "直人 隼人 勇人 和人 正人 雅人 健人 拓人 悠人 優人 陽人 結人 真人 義人 理人 明人 大和 三郎 四郎".split()
)
NOT_GIVEN = frozenset(
    "援助 救助 補助 介助 互助 意志 有志 同志 郷里 古里 千里 万里 時代 世代 近代 現代 年代 城代 名代 苗代 世紀 風紀 永久 恒久 通信 交信 配信 送信 発信 受信 電信 着信 返信 私信 "
    "信用 証明 照明 説明 発明 透明 不明 判明 光明 旅行 銀行 発行 進行 代行 運行 走行 紀行 直行 実行 飛行 政治 自治 湯治 取次 目次 順次 主義 講義 名義 規則 原則 模範 師範 辞典 事典 特典 出典 果実 事実 "
    "現実 充実 真実 録音 防音 発音 毎月 今月 先月 来月 学生 先生 衛生 厚生 再生 民生 養生 更生 中央 平和 昭和 生花 造花 開花 紅葉 言葉 枝葉 散歩 進歩 東海 北海 上海 南海 西海 内海 日本海 太陽 写真 優秀 "
    "矯正 修正 改正 不正 訂正 公正 校正 適正 万博 医博 奉仕 給仕 白衣 浴衣 洗浄 仁和 調和".split()
)

_SOUNDS = (
    "ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no "
    "ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za "
    "ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po"
).split()
_ROMAN = dict(zip(_SOUNDS[::2], _SOUNDS[1::2], strict=True))
_YOON = re.compile("(?:(?<=sh)|(?<=ch)|(?<=j))i([ャュョ])|i([ャュョ])")
_SMALL = {"ャ": "a", "ュ": "u", "ョ": "o"}
_LONG = re.compile("(?<=o)[uo]|(?<=u)u")


def latin(kana: str) -> frozenset[str]:
    """How a katakana word is written in Latin letters (Hepburn), in lower case: サトウ → satou, sato, satoh."""
    plain = _YOON.sub(lambda m: _SMALL[m[1]] if m[1] else "y" + _SMALL[m[2]], "".join(_ROMAN.get(c, c) for c in kana))
    plain = re.sub("ッ(.)", r"\1\1", plain)
    short = _LONG.sub("", plain)
    return frozenset({plain, short, short + "h" if plain[-2:] in ("ou", "oo") else short})


@lru_cache(maxsize=1)
def latin_names() -> tuple[frozenset[str], frozenset[str]]:
    """(family names, given names) in Latin letters."""
    return tuple(frozenset().union(*map(latin, names)) for names in (FAMILY_KANA, GIVEN_KANA))  # type: ignore[return-value]
