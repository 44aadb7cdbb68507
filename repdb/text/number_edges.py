"""What stands before and behind a number in running text, and makes it part of something else (floor 0)."""

from __future__ import annotations

import re

from repdb.phone_plan import SHORT
from repdb.records import Identifier

SIGNS = "*×✕✖╳○◯〇●◎■□△▲☆★◆◇⚫?…x"  # signs that hide digits, after folding
TIGHT = "-ー.~─━"
_CUE = r"(?:tel|fax|phone|mobile|call|電話|携帯|℡|☎|📞|番号|連絡先?|着信|発信|表示|ダイヤル|フリーコール|から|番)"
_CUE_BEFORE = re.compile(rf"(?:{_CUE}[\s:.・)(/=は」』】に「『【]{{0,6}}|\+ )$")
_CUE_AFTER = re.compile(
    r"[」』】)]{0,2}(?:から(?:の|何度も|また|[家店宅]の?(?:固定)?電話に)?(?:着信|電話|不在|留守電|かかって)|という(?:電話)?番号|(?:に|まで)[おご]?(?:電話|連絡|かけ|折り?返)|は(?:詐欺|迷惑|架空|不審))"
)
_WORD_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:(?:tel|fax|phone|mobile|call|sms|t|f)[.:/]?"
    r"|(?!isbn|issn|code|http|item|order|serial|member|user|account|version)[a-z]{4,12}:) ?$"
)
_ID_BEFORE = re.compile(
    r"(?:番号|番號|no|id|コード|口座|店番|普通|当座|契約|管理|受付|注文|会員|登録|伝票|荷物|№)[\s.:#=はが]{0,4}(?:\(例[ :]{0,2})?$"
)
_PHONE_LABEL = re.compile(
    r"(?:電話|携帯|フリーダイヤル|ダイヤル|連絡|発信|発信者|発信元|着信|表示|画面の|この|その|同じ|問い?合わ?せ|先の?|tel|[。、」])番号[\s.:#=はが]{0,4}(?:\(例[ :]{0,2})?$"
)
# 1-888-421-0174, 81-50-9999-0001: a toll-free number of North America and one of Japan as they are written abroad.
_FROM_ABROAD = re.compile(
    r"1[-. ]\(?8[0-9]{2}\)?[-. ][0-9]{3}[-. ][0-9]{4}|81-(?=[0-9-]{11,12}$)[1-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{4}"
)
# (02) 6273 3244, (020) 7465-6500: codes of towns abroad; none in Japan has them.
_TOWN_ABROAD = re.compile(r"0(?:[125789]|20)\)")
# 品番 04465-12610 ／ 04466-58020; お客様番号は左上の10桁（例 0481-220-713）: told on the same line what it is.
_PART_BEFORE = re.compile(r"(?:品番|型番|型式|部品番号|ロット|jan(?:コード)?)[^\n。a-zぁ-ゖ]{0,40}$")
_EXAMPLE_BEFORE = re.compile(
    r"(?:お客様|会員|受付|注文|伝票|証券|保証書|管理|使用者|製造|お問い?合わ?せ)番号[^\n。]{0,24}\([^\n。()]{0,4}例[ :]{0,2}$"
)
_BRACKETED = re.compile(r"\(0[0-9][0-9-]{8,11}\)")
_LISTED = re.compile(r"-[0-9]{3,4},$")  # the number before in a list
_UNIT_AFTER = re.compile(
    r"(?:円|件|名様|人|個|万|億|点|%|年|号|kb|mb|丁目|番地|pt|ポイント|@|時|日(?!本)|\.(?:html?|php|aspx?|jpe?g|png|gif|pdf|txt|csv)(?![a-z])|,[0-9]{3}(?![0-9-])|:[0-9])"
)
_CODE_BEFORE = re.compile(
    r"(?:ホットライン|ダイヤル|問:|ソフトバンクは?|ドコモは?|au(?<![a-z]..)は?|いやや|イヤヤ|いちはやく|局番なし|局番|電話|tel|(?<![a-z])phone|通報|相談|全国共通|救急|消防|(?:消費生活|国民生活|消費者)センター|警察|緊急(?:時|の場合)は?|☎|📞)(?:[^0-9\n]{0,6}|[^0-9\n]{0,2}\n[^0-9\n]{0,3})$"
)
_CODE_AFTER = re.compile(
    r"[」』】)]を(?:押|ダイヤル|プッシュ)|[」』】)]?は、?(?:迷惑電話おことわり|消費者ホットライン|警察|海上保安庁|災害用)|"
    r"[」』】)]?(?:か|や|または|、)[「『]?#9110|[」』】)]?など(?:へ|に)|[」』】)]?番(?![目線地号台代])|[ 」』】)]?(?:番)?(?:(?:へ|に|まで|で)(?:お?電話|ご?相談|ご?連絡|通報|かけ)|で、?(?:最寄り|お?近く|つなが)|へ(?=[。\n]|$))|"
    r"[ 」』)]{0,2}\((?:[^()\n]{0,16}無料\)|警察|消防|救急|海上|時報|災害)|[ 」』)]{0,2}\(?(?:局番|消費者ホット|いやや|イヤヤ|いちはやく|警察相談)"
)
_COUNTED = re.compile(r"[ ]?(?:万|億|[円件人名個点%年号月日回時分枚社校店歳])")
# 人権110番, フィッシング110番 are names of services; only behind these words, or none, is it the number.
_NAMED = re.compile(
    r"[一-鿿ァ-ヺー](?<!警察|電話|通報|番号|ヤル|緊急|至急|救急|消防|共通|局番|安庁|直接|県警|府警)(?<![合時即度後第])$"
)
# …-2219/2220, …-2219・2220, …-2219(代) fax同-2220
_TAIL = re.compile(
    r"(?<=[-)ー~・ /〜、,同][0-9]{4})(?:[/~〜、,・]|(?:\(代表?\))?[、,・/ ()]{0,3}(?:fax|ファ(?:ックス|クス)|電話|tel)?[ :.]{0,2}同[ ]?[-ー]?)"
    r"([0-9]{4})(?![0-9*×:.,-]|/(?![0-9]{4}(?![0-9/])))"
)
_NEAR = 100  # how far apart the ends of one party's numbers lie: more is a year, a price or another's extension
_CODES = frozenset({"110", "111", "113", "116", "151", "157", "118", "119", "144", "171", "188", "189", "104"})
_WORD = re.compile("[a-z]{2}")
_ADDED = frozenset({"plus_added", "leading_zero_added"})


def opens(text: str, start: int) -> bool:
    """What stands before a number does not make it part of something else."""
    before = text[start - 1] if start else " "
    if before == "," and text[start] == "0" and _LISTED.search(text, max(0, start - 6), start):
        return True
    if before in "¥\\$€£〒@_=&%#,第":
        return False
    if before == "/" and start > 1 and text[start] == "0":  # 東京/03-…, but no path and no date
        word = text[start - 2]
        if word == ")" or (not word.isascii() and word.isalpha()):
            return True
    if text[start] == "(" and before.isascii() and before.isalpha() and _BRACKETED.match(text, start):
        return True  # dmm(0399990001), but no f(0, 1)
    if before.isascii() and (before.isalnum() or before in "./"):
        return bool(_WORD_BEFORE.search(text, max(0, start - 15), start))
    return not (before in "-:" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum()) or bool(
        _WORD_BEFORE.search(text, max(0, start - 15), start)
    )


def listed(text: str, base: int, start: int) -> bool:
    """Whether the run's head ``1.`` only counts the lines of a list."""
    head = text[base:start] if start - base < 4 else ""
    return text[start] == "0" and head[-1:] == "." and head[:-1].isdecimal() and (base == 0 or text[base - 1] == "\n")


def tail(text: str, end: int) -> tuple[int, int] | None:
    """Where the last digits of a second number stand behind a number: 06-6999-2219/2220, 5678~5680."""
    found = _TAIL.match(text, end)
    if found is None or _UNIT_AFTER.match(text, found.end()):
        return None
    return found.span(1) if 0 < abs(int(found[1]) - int(text[end - 4 : end])) < _NEAR else None


def closes(text: str, groups: tuple[tuple[int, int], ...], last: int, end: int) -> bool:
    """What stands behind a number that ends in group ``last`` does not make it part of something else."""
    if last + 1 < len(groups) and end == groups[last][1]:
        behind = groups[last + 1][0]
        row = text[end] == "~" and (
            groups[last + 1][1] - behind < 3 or tail(text, end) is not None
        )  # 03-9999-0001~3: three numbers in a row
        if behind - end == 1 and text[end] in TIGHT and text[behind] != "0" and not row:
            return False
    after = text[end : end + 1]
    letter = after.isascii() and after.isalpha() and after != "x"
    if letter and (text[end - 1] in SIGNS or last > 1):  # 03-9999-00**NTT…: a name without a blank
        letter = not _WORD.match(text, end)
    return not letter and not _UNIT_AFTER.match(text, end)


def believable(text: str, found: Identifier, start: int, end: int, seps: int, plus: bool) -> bool:
    """Digits that read as a number and are one: grouped, or not labelled as something else."""
    if found.kind == "displayed_id":
        return plus
    if text[start - 1 : start] == "(" and _TOWN_ABROAD.match(text, start):
        return False
    added = found.flags & _ADDED
    if (plus or seps) and not added:
        floor = max(0, start - 48)
        return plus or not (_PART_BEFORE.search(text, floor, start) or _EXAMPLE_BEFORE.search(text, floor, start))
    head = text[max(0, start - 18) : start - (start > 0 and text[start - 1] in "+(")]
    labelled = _ID_BEFORE.search(head) is not None and _PHONE_LABEL.search(head) is None
    if "plus_added" in added:
        clear = _FROM_ABROAD.fullmatch(text, start, end) or _CUE_BEFORE.search(head) or _CUE_AFTER.match(text, end)
        return not labelled and bool(clear)
    if added:
        short = text[start : start + 3] in ("120", "570")
        return not seps and not labelled and (short or _CUE_BEFORE.search(head) is not None)
    return not labelled


def is_code(text: str, code: re.Match[str]) -> bool:
    """188 and 110 are numbers only where somebody is told to call them, no counts and no names; #9110 always is."""
    if code[0][0] == "#":
        return code[0].endswith("188") or "#" + code[0][-4:] in SHORT
    start, end = code.span()
    if code[0] not in _CODES or _COUNTED.match(text, end):
        return False
    if (
        code[0] in ("110", "119", "118")
        and text.startswith("番", end)
        and _NAMED.search(text, max(0, start - 4), start)
    ):
        return False
    return bool(_CODE_BEFORE.search(text, max(0, start - 16), start) or _CODE_AFTER.match(text, end))
