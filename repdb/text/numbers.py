"""Telephone numbers in running text: where they stand, and what only looks like one (floor 0).

One regular expression finds runs of digit groups, a walk over the groups tries at most a few readings at each place where
a number may start, and ``phone.read`` has the last word. Dates, sums, IP addresses, postal codes, street numbers and the
numbers of orders and members are told apart by what stands directly before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from repdb import phone
from repdb.phone_plan import SHORT
from repdb.records import Identifier, Unreadable
from repdb.text.fold import Folded


class Hit(NamedTuple):
    """An identifier at ``start:end`` of the folded text, ``at:to`` of the text as written."""

    start: int
    end: int
    at: int
    to: int
    found: Identifier


_SIGNS = "*×✕✖╳○◯〇●◎■□△▲☆★◆◇⚫?…x"  # signs that hide digits, after folding
_SEP = r"\-ー~・·.()\[\]/ の"
# Possessive, for nothing behind can ask for a character back; fewer than eight characters are no number.
_RUN = re.compile(rf"[0-9](?=[0-9{_SIGNS}{_SEP}]{{7}})[0-9{_SIGNS}]*+(?:[{_SEP}]{{1,4}}+[0-9{_SIGNS}]++)*+")
_GROUP = re.compile(rf"[0-9{_SIGNS}]+")
_SEPS = "-ー~・·.()[]/ の"
# Where in a run a number may start: with 0, 18 or 81 and three signs together there or in one of the next two groups; with
# a lone 0 that no lone sign stands before; with nine signs of a number that lost its zero; as a toll-free number of North
# America.
_D, _S = f"[0-9{_SIGNS}]", f"[{_SEP}]"
_LONG_NEAR = f"(?!{_D})(?=(?:{_S}{{1,4}}{_D}{{1,2}}(?!{_D}))?{_S}{{1,4}}{_D}{{3}})"
_START = re.compile(
    f"[01589](?<!{_D}.)(?:(?<=0)(?:{_D}{{2}}|{_D}{_LONG_NEAR}|(?!{_D})"
    + "".join(f"(?<![^0-9{_SIGNS}]{_D}{_S * size}.)" for size in (1, 2, 3, 4))
    + f")|(?:(?<=1)8|(?<=8)1)(?:{_D}|{_LONG_NEAR})|(?<=8)(?:33|44|55|66|77|88){_S}{{1,2}}[0-9]{{3}}|(?<=1){_S}{{1,2}}8[0-9]{{2}}{_S}{{1,2}}[0-9]{{3}}|{_D}{{8}})"
)
_DIGIT = re.compile("[0-9]")
# 〇五〇六八七八…, ⓪⑤⓪…: ten or eleven digits in all. The class in front lets the engine skip everything else.
_RARE = re.compile(
    r"[〇零○⓪①-⑨](?:"
    r"(?<=[〇零○])(?<![〇零○一二三四五六七八九].)(?:[-ー・ ()]{0,2}[〇零○一二三四五六七八九]){9,10}(?![〇零一二三四五六七八九])"
    r"|(?<=[⓪①-⑨])(?:[- ]{0,2}[⓪①-⑨]){9,10})"
)
_RARE_SIGN = re.compile("[○⓪①-⑨]")
# The letters O, l and I written for digits; looked for only where one touches a digit.
_LETTER_BY_DIGIT = re.compile(r"[oil](?:(?<=[0-9-].)(?=[0-9-])|(?=[0-9]))")
_LETTERED = re.compile(
    r"[0o](?:(?<![a-z0-9].)|(?<=tel.)|(?<=fax.))[0-9oil]{1,4}(?:[-ー ()]{1,3}[0-9oil]{1,4}){2}(?![a-z0-9-])"
)
_CODE = re.compile(
    r"[#1](?:(?<=#)(?:[ ]|\(シャープ\))?(?:[0-9]{4}|188)(?![0-9])|(?<=1)(?<![0-9a-z.,/¥\\#+-].)(?<![0-9a-z]:.)[0-9]{2}(?![0-9a-z.,:/%-]))"
)
_CODE_LIKE = re.compile(r"#|1(?:04|1[089]|71|8[89])")
_WORD = re.compile("[a-z]{2}")
_CODES = frozenset({"110", "118", "119", "171", "188", "189", "104"})

# 050-****-****: every digit of the subscriber is hidden, yet the message did name a number of this service.
_HIDDEN = re.compile(r"0([5-9]0)[^0-9A-Za-z*＊]{0,3}[*＊]{4}[^0-9A-Za-z*＊]{0,3}[*＊]{4}")
_TIGHT = "-ー.~"
_CUE = r"(?:tel|fax|phone|mobile|call|電話|携帯|℡|☎|📞|番号|連絡|着信|発信|表示|ダイヤル|フリーコール|から|番)"
_CUE_BEFORE = re.compile(rf"{_CUE}[\s:.・)(/=は」』】に「『【]{{0,6}}$")
_WORD_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:(?:tel|fax|phone|mobile|call|sms|t|f)[.:/]?"
    r"|(?!isbn|issn|code|http|item|order|serial|member|user|account|version)[a-z]{4,12}:) ?$"
)
_ID_BEFORE = re.compile(
    r"(?:番号|番號|no|id|コード|口座|店番|普通|当座|契約|管理|受付|注文|会員|登録|伝票|荷物|№)[\s.:#=はが]{0,4}$"
)
_PHONE_LABEL = re.compile(
    r"(?:電話|携帯|フリーダイヤル|ダイヤル|連絡|発信|発信者|発信元|着信|表示|この|その|同じ|問い?合わ?せ|先の?|tel)番号[\s.:#=はが]{0,4}$"
)
_LISTED = re.compile(r"-[0-9]{3,4},$")  # the number before in a list
_UNIT_AFTER = re.compile(
    r"(?:円|件|名様|人|個|万|億|点|%|年|号|kb|mb|丁目|番地|pt|ポイント|@|,[0-9]{3}(?![0-9-])|:[0-9])"
)
_CODE_BEFORE = re.compile(
    r"(?:ホットライン|ダイヤル|局番なし|局番|電話|tel|通報|相談|全国共通|(?:消費生活|消費者)センター|警察|☎|📞)(?:[^0-9\n]{0,6}|[^0-9\n]{0,2}\n[^0-9\n]{0,3})$"
)
_CODE_AFTER = re.compile(
    r"[」』】)]?番(?![目線地号台代])|[」』】)]?(?:番)?(?:(?:へ|に|まで)(?:お?電話|ご?相談|ご?連絡|通報|かけ)|で、?(?:最寄り|お?近く|つなが))|"
    r"[ 」』)]{0,2}\(?(?:局番|消費者ホット|いやや|イヤヤ|いちはやく|警察相談)"
)
_COUNTED = re.compile(r"[ ]?(?:万|億|[円件人名個点%年号月日回時分枚社校店歳])")
# 人権110番, フィッシング110番 are names of services; only behind these words, or none, is it the number.
_NAMED = re.compile(
    r"[一-鿿ァ-ヺー](?<!警察|電話|通報|番号|ヤル|緊急|至急|救急|消防|共通|局番|安庁|直接|県警|府警)(?<![合時即度後第])$"
)


def find(folded: Folded, text: str, closed: bytearray) -> Iterator[Hit]:
    """Every number in the folded text, places marked in ``closed`` (links, addresses) left out. Not sorted."""
    shown = folded.text
    digits = _DIGIT.search(folded.signs) is not None
    for run in _RUN.finditer(shown) if digits else ():
        start, end = run.span()
        if end - start >= 8 and closed.find(0, start, end) >= 0:
            yield from _walk(folded, text, run, closed)
    if "〇" in shown or "零" in shown or _RARE_SIGN.search(folded.signs):
        for run in _RARE.finditer(shown):
            if run[0][0] not in "〇零○" or _HAS_KANJI.search(run[0]):
                yield from _hit(folded, text, run.start(), run.end())
    if digits and _LETTER_BY_DIGIT.search(folded.signs) and _LETTER_BY_DIGIT.search(shown):
        for run in _LETTERED.finditer(shown):
            if run[0].translate(_NO_LETTERS) != run[0] and _digits(run[0]) >= 6:
                yield from _hit(folded, text, run.start(), run.end())
    if digits and _CODE_LIKE.search(folded.signs):
        for code in _CODE.finditer(shown):
            if not closed[code.start()] and _is_code(shown, code):
                yield from _code_hit(folded, code)


_NO_LETTERS = str.maketrans("", "", "oil")
_CROWD = 50  # places to try in one run: from here on, what failed is remembered, for the same again fails again
_HAS_KANJI = re.compile("[一二三四五六七八九]")


def _digits(written: str) -> int:
    return sum(char.isdecimal() for char in written)


def _is_code(text: str, code: re.Match[str]) -> bool:
    """188 and 110 are numbers only where somebody is told to call them, no counts and no names; #9110 always is."""
    if code[0][0] == "#":
        return code[0].endswith("188") or "#" + code[0][-4:] in SHORT
    start, end = code.span()
    if code[0] not in _CODES or _COUNTED.match(text, end):
        return False
    if text.startswith("番", end) and _NAMED.search(text, max(0, start - 4), start):
        return False
    return bool(_CODE_BEFORE.search(text, max(0, start - 16), start) or _CODE_AFTER.match(text, end))


def _code_hit(folded: Folded, code: re.Match[str]) -> Iterator[Hit]:
    start, end = code.span()
    sharp = code[0][0] == "#" and not code[0].endswith("188")
    start = start if sharp else end - 3
    number = read("#" + code[0][-4:] if sharp else code[0][-3:])
    if number is not None:
        yield Hit(start, end, *folded.span(start, end), number)


def _hit(folded: Folded, text: str, start: int, end: int) -> Iterator[Hit]:
    at, to = folded.span(start, end)
    found = read(text[at:to])
    if found is not None:
        yield Hit(start, end, at, to, found)


@lru_cache(maxsize=4096)
def read(written: str) -> Identifier | None:
    try:
        return phone.read(written)
    except Unreadable as error:
        hidden = _HIDDEN.fullmatch(written) if error.code == "placeholder" else None
        key = f"+81{hidden[1]}********" if hidden else ""
        return (
            Identifier("masked_phone", key, f"0{hidden[1]}-****-****", frozenset({"placeholder"})) if hidden else None
        )


def _walk(folded: Folded, text: str, run: re.Match[str], closed: bytearray) -> Iterator[Hit]:
    """Try a number at each group of a run that may start one; go on behind it."""
    shown, (base, end) = folded.text, run.span()
    starts = [base + found.start() for found in _START.finditer(run[0])]
    if shown[base - 1 : base] == "+" and starts[:1] != [base]:
        starts.insert(0, base)
    crowd = len(starts) > _CROWD
    failed: set[str] = set()
    behind = base
    for start in starts:
        if start < behind or closed[start]:
            continue
        around = shown[max(0, start - 20) : start + 100] if crowd else ""  # more than a number's reading looks at
        if around in failed or not _may_start(shown, start, base):
            continue
        hit, behind = _longest(folded, text, start, end)
        if hit is not None:
            yield hit
        elif crowd:
            failed.add(around)


def _may_start(text: str, start: int, base: int) -> bool:
    """What stands between a group and the one before it (``base``: the run's start) parts two numbers."""
    if start == base:
        return _opens(text, start - (start > 0 and text[start - 1] in "+("))
    edge = start - 1
    while text[edge - 1] in _SEPS:
        edge -= 1
    if edge - base == 1 and not _GROUP.match(text, start + 1):
        return False  # 0 5 0 3 1 9 8 …: one try, at its head
    between = text[edge:start]
    return between.strip(_TIGHT) != "" and "の" not in between


def _opens(text: str, start: int) -> bool:
    """What stands before a number does not make it part of something else."""
    before = text[start - 1] if start else " "
    if before == "," and text[start] == "0" and _LISTED.search(text, max(0, start - 6), start):
        return True
    if before in "¥\\$€£〒@_=&%#,第":
        return False
    if before.isascii() and (before.isalnum() or before in "./"):
        return bool(_WORD_BEFORE.search(text, max(0, start - 15), start))
    return not (before in "-:" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum()) or bool(
        _WORD_BEFORE.search(text, max(0, start - 15), start)
    )


def _longest(folded: Folded, text: str, start: int, stop: int) -> tuple[Hit | None, int]:
    """The number that starts at ``start``, if any, and the place behind it; the run ends at ``stop``."""
    shown = folded.text
    sign = shown[start - 1] if start else ""
    plus = sign == "+"
    shape = _PLUS if plus else _shape(shown[start : start + 3])
    match = shape[2].match(shown, start, stop)
    groups = match.regs[1 : (match.lastindex or 0) + 1] if match else ()
    head = groups[0][1]
    bracket = sign == "(" and ")" in shown[head : head + 2]
    first = start - (plus or bracket)
    for last in _ends(shown, groups, shape, plus):
        for cut, kinds in _trimmed(shown, start, groups[last][1]):
            if not _closes(shown, groups, last, cut):
                continue
            at, to = folded.span(first, cut)
            number = read(text[at:to])
            if number and number.kind in kinds and _believable(shown, number, start, cut, last, plus):
                return Hit(first, cut, at, to, number), groups[last][1]
    return None, start


def _groups(most: int) -> re.Pattern[str]:
    """So many groups of a run and the one behind, or fewer, each caught."""
    return re.compile(f"({_D}+)" + f"(?:{_S}{{1,4}}({_D}+)" * most + ")?" * most)


# How a number starts → how many digits and signs it has at least and at most in all, in which groups.
_Shape = tuple[int, int, re.Pattern[str]]
_SHAPES: dict[str, _Shape] = {
    "000": (8, 10, _groups(2)),
    "010": (11, 18, _groups(8)),
    "00": (11, 18, _groups(8)),
    "18": (13, 14, _groups(5)),
    "81": (11, 13, _groups(5)),
    "0": (10, 11, _groups(4)),
    **dict.fromkeys(("833", "844", "855", "866", "877", "888"), (9, 11, _groups(3))),
    **dict.fromkeys(("1-8", "1 8", "1.8", "1 (", "1(8"), (11, 11, _groups(4))),
}
_PLUS: _Shape = (8, 16, _groups(8))
_BARE: _Shape = (9, 11, _groups(1))
_SINGLE: _Shape = (10, 11, _groups(11))  # 0 5 0 3 1 9 8 …


@lru_cache(maxsize=4096)
def _shape(head: str) -> _Shape:
    if head[0] == "0" and not _GROUP.match(head, 1):
        return _SINGLE
    return _SHAPES.get(head) or _SHAPES.get(head[:2]) or _SHAPES.get(head[:1], _BARE)


def _ends(text: str, groups: tuple[tuple[int, int], ...], shape: _Shape, plus: bool) -> list[int]:
    """Indexes of the groups that the number may end with, in the order to try."""
    low, high, pattern = shape
    dotted = text.find("…", groups[0][0], groups[-1][1]) >= 0
    ends: list[int] = []
    size = 0
    for last, (first, end) in enumerate(groups[: pattern.groups - 1]):
        size += end - first
        if size >= low or end - first > 1 or text[first] == "…":
            # **050-9999-0001**: signs behind a whole number hide nothing
            if low <= size <= high or (dotted and "…" in text[first:end]) or (size > high and text[end - 1] in _SIGNS):
                ends.append(last)
            elif size > high:
                break
    return ends[::-1] if plus else ends


def _trimmed(text: str, start: int, end: int) -> tuple[tuple[int, frozenset[str]], ...]:
    """Ends to try and the kinds each may give: without trailing signs a whole number (5678? is a question, **5678** is
    emphasis), with them anything."""
    if text[end - 1] not in _SIGNS:
        return ((end, _ANY),)
    bare = end - 1
    while bare > start and text[bare - 1] in _SIGNS:
        bare -= 1
    return (bare, _WHOLE), (end, _ANY)


_WHOLE = frozenset({"phone"})
_ANY = frozenset({"phone", "masked_phone", "short_number", "displayed_id"})


def _closes(text: str, groups: tuple[tuple[int, int], ...], last: int, end: int) -> bool:
    if last + 1 < len(groups) and end == groups[last][1]:
        behind = groups[last + 1][0]
        row = text[end] == "~" and groups[last + 1][1] - behind < 3  # 03-9999-0001~3: three numbers in a row
        if behind - end == 1 and text[end] in _TIGHT and text[behind] != "0" and not row:
            return False
    after = text[end : end + 1]
    letter = after.isascii() and after.isalpha() and after != "x"
    if letter and (text[end - 1] in _SIGNS or last > 1):  # 03-9999-00**NTT…: a name without a blank
        letter = not _WORD.match(text, end)
    return not letter and not _UNIT_AFTER.match(text, end)


def _believable(text: str, found: Identifier, start: int, end: int, seps: int, plus: bool) -> bool:
    """Digits that read as a number and are one: grouped, or not labelled as something else."""
    if found.kind == "displayed_id":
        return plus
    added = found.flags & _ADDED
    if (plus or seps) and not added:
        return True
    head = text[max(0, start - 18) : start - (start > 0 and text[start - 1] in "+(")]
    labelled = _ID_BEFORE.search(head) is not None and _PHONE_LABEL.search(head) is None
    if "plus_added" in added:
        return not labelled and _CUE_BEFORE.search(head) is not None
    if added:
        short = text[start : start + 3] in ("120", "570")
        return not seps and not labelled and (short or _CUE_BEFORE.search(head) is not None)
    return not labelled


_ADDED = frozenset({"plus_added", "leading_zero_added"})
