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
from repdb.records import Identifier, Unreadable
from repdb.text.fold import Folded
from repdb.text.number_edges import SIGNS, TIGHT, believable, closes, is_code, listed, opens, tail


class Hit(NamedTuple):
    """An identifier at ``start:end`` of the folded text, ``at:to`` of the text as written."""

    start: int
    end: int
    at: int
    to: int
    found: Identifier


_SEP = r"\-ー~─━・·.()\[\]】/ の"
# Possessive, for nothing behind can ask for a character back; fewer than eight characters are no number.
_RUN = re.compile(rf"[0-9](?=[0-9{SIGNS}{_SEP}]{{7}})[0-9{SIGNS}]*+(?:[{_SEP}]{{1,4}}+[0-9{SIGNS}]++)*+")
_GROUP = re.compile(rf"[0-9{SIGNS}]+")
_SEPS = "-ー~─━・·.()[]】/ の"
# Where in a run a number may start: with 0, 18 or 81 and three signs together there or in one of the next two groups; with
# a lone 0 that no lone sign stands before; with nine signs of a number that lost its zero; as a toll-free number of North
# America.
_D, _S = f"[0-9{SIGNS}]", f"[{_SEP}]"
_LONG_NEAR = f"(?!{_D})(?=(?:{_S}{{1,4}}{_D}{{1,2}}(?!{_D}))?{_S}{{1,4}}{_D}{{3}})"
_START = re.compile(
    f"[01589](?<!{_D}.)(?:(?<=0)(?:{_D}{{2}}|{_D}{_LONG_NEAR}|(?!{_D})"
    + "".join(f"(?<![^0-9{SIGNS}]{_D}{_S * size}.)" for size in (1, 2, 3, 4))
    + f")|(?:(?<=1)8|(?<=8)1)(?:{_D}|{_LONG_NEAR})|(?<=8)(?:33|44|55|66|77|88){_S}{{1,2}}[0-9]{{3}}|(?<=1){_S}{{1,2}}8[0-9]{{2}}{_S}{{1,2}}[0-9]{{3}}|{_D}{{8}})"
)
_DIGIT = re.compile("[0-9]")
# 〇五〇六八七八…, ⓪⑤⓪…: ten or eleven digits in all. The class in front lets the engine skip everything else.
_RARE = re.compile(
    r"[0〇零○⓪①-⑨](?:"
    r"(?<=[0〇零○])(?<![0-9〇零○一二三四五六七八九].)(?:(?<=0)(?=[〇零一二三四五六七八九])|(?<!0))"
    r"(?:[-ー・ ()の]{0,3}[0〇零○一二三四五六七八九]){9,10}(?![0-9〇零一二三四五六七八九])"
    r"|(?<=[⓪①-⑨])(?:[- ]{0,2}[⓪①-⑨]){9,10})"
)
_RARE_SIGN = re.compile("[○⓪①-⑨]")
# The letters O, l and I written for digits; looked for only where one touches a digit.
_LETTER_BY_DIGIT = re.compile("[oil](?:[0-9]|(?<=[0-9-].)-|(?<=-[0-9]{3}.)(?![a-z]))")
_LETTERED = re.compile(
    r"[0o](?:(?<![a-z0-9].)|(?<=tel.)|(?<=fax.))(?:[0-9oil]{1,4}(?:[-ー ()]{1,3}[0-9oil]{1,4}){2}|(?=(?:[oil]*[0-9]){6})[0-9oil]{9,10})(?![a-z0-9-])"
)
_CODE = re.compile(
    r"[#1](?:(?<=#)(?:[ ]|\(シャープ\))?(?:[0-9]{4}|188)(?![0-9])|(?<=1)(?<![0-9a-z.,/¥\\#+-].)(?<![0-9a-z]:.)[0-9]{2}(?![0-9a-z.,:/%-]))"
)
_CODE_LIKE = re.compile(r"#|1(?:04|1[013689]|44|5[17]|71|8[89])")

# 050-****-****: every digit of the subscriber is hidden, yet the message did name a number of this service.
_HIDDEN = re.compile(r"0([5-9]0)[^0-9A-Za-z*＊]{0,3}[*＊]{4}[^0-9A-Za-z*＊]{0,3}[*＊]{4}")


def find(folded: Folded, text: str, closed: bytearray) -> list[Hit]:
    """Every number in the folded text, places marked in ``closed`` (links, addresses) left out. Not sorted."""
    shown, signs = folded.text, folded.signs
    found: list[Hit] = []
    if "〇" in shown or "零" in shown or (not signs.isascii() and _RARE_SIGN.search(signs)):
        found += _rare(folded, text)
    if not _DIGIT.search(signs):
        return found
    for run in _RUN.finditer(shown):
        start, end = run.span()
        if end - start >= 8 and closed.find(0, start, end) >= 0:
            found += _walk(folded, text, run, closed)
    if _LETTER_BY_DIGIT.search(signs) and _LETTER_BY_DIGIT.search(shown):
        found += _lettered(folded, text)
    if _CODE_LIKE.search(signs):
        for code in _CODE.finditer(shown):
            if not closed[code.start()] and is_code(shown, code) and (hit := _code_hit(folded, code)):
                found.append(hit)
    return found


def _rare(folded: Folded, text: str) -> Iterator[Hit]:
    """Numbers in kanji or circled digits."""
    for run in _RARE.finditer(folded.text):
        if (run[0][0] not in "0〇零○" or _HAS_KANJI.search(run[0])) and (hit := _hit(folded, text, *run.span())):
            yield hit


def _lettered(folded: Folded, text: str) -> Iterator[Hit]:
    """Numbers with letters for some of their digits."""
    for run in _LETTERED.finditer(folded.text):
        plain = run[0].translate(_NO_LETTERS)
        if plain != run[0] and _digits(plain) >= 6 and (hit := _hit(folded, text, *run.span())):
            yield hit


_NO_LETTERS = str.maketrans("", "", "oil")
# 050-9999-0001, 0120-999-001: ten or eleven digits in three groups, of which no fewer could be a number.
_ORDINARY = re.compile("(?=(?:[0-9]-?){10,11}$)0(?!0|10)[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")
_SIGNED = frozenset("+(")
_CROWD = 50  # places to try in one run: from here on, what failed is remembered, for the same again fails again
_HAS_KANJI = re.compile("[一二三四五六七八九]")


def _digits(written: str) -> int:
    return sum(char.isdecimal() for char in written)


def _code_hit(folded: Folded, code: re.Match[str]) -> Hit | None:
    start, end = code.span()
    sharp = code[0][0] == "#" and not code[0].endswith("188")
    start = start if sharp else end - 3
    number = read("#" + code[0][-4:] if sharp else code[0][-3:])
    return Hit(start, end, *folded.span(start, end), number) if number else None


def _hit(folded: Folded, text: str, start: int, end: int) -> Hit | None:
    at, to = folded.span(start, end)
    found = read(text[at:to])
    return Hit(start, end, at, to, found) if found else None


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


def _walk(folded: Folded, text: str, run: re.Match[str], closed: bytearray) -> list[Hit]:
    """Try a number at each group of a run that may start one; go on behind it."""
    shown, (base, end) = folded.text, run.span()
    if _ORDINARY.fullmatch(run[0]) and (hit := _alone(folded, text, base, end)):
        return [hit, *_others(folded, hit)]
    hits: list[Hit] = []
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
            hits += hit, *_others(folded, hit)
        elif crowd:
            failed.add(around)
    return hits


def _alone(folded: Folded, text: str, start: int, end: int) -> Hit | None:
    """The number that a whole run is, as most are written; None where that takes a closer look."""
    shown = folded.text
    if shown[start - 1 : start] in _SIGNED or not (opens(shown, start) and closes(shown, (), 2, end)):
        return None
    hit = _hit(folded, text, start, end)
    return hit if hit and believable(shown, hit.found, start, end, 2, False) else None


def _others(folded: Folded, hit: Hit) -> Iterator[Hit]:
    """The numbers of which only the last digits stand behind another one."""
    span = tail(folded.text, hit.end) if hit.found.kind == "phone" and hit.found.key.startswith("+81") else None
    while span is not None:
        start, end = span
        number = read(hit.found.display[:-4] + folded.text[start:end])
        if number is not None:
            yield Hit(start, end, *folded.span(start, end), number)
        span = tail(folded.text, end)


def _may_start(text: str, start: int, base: int) -> bool:
    """What stands between a group and the one before it (``base``: the run's start) parts two numbers."""
    if start == base:
        return opens(text, start - (start > 0 and text[start - 1] in "+("))
    if listed(text, base, start):
        return True
    edge = start - 1
    while text[edge - 1] in _SEPS:
        edge -= 1
    if edge - base == 1 and not _GROUP.match(text, start + 1):
        return False  # 0 5 0 3 1 9 8 …: one try, at its head
    between = text[edge:start]
    return between.strip(TIGHT) != "" and "の" not in between


_TIMES = re.compile(r"[×x*](?<=[0-9]{4}.)[0-9]{1,2}[回件]")  # 03-9999-0001×3回: the calls, counted


def _longest(folded: Folded, text: str, start: int, stop: int) -> tuple[Hit | None, int]:
    """The number that starts at ``start``, if any, and the place behind it; the run ends at ``stop``."""
    shown = folded.text
    sign = shown[start - 1] if start else ""
    plus = sign == "+"
    shape = _PLUS if plus else _shape(shown[start : start + 3])
    times = _TIMES.search(shown, start, start + 40)
    match = shape[2].match(shown, start, times.start() if times else stop)
    groups = match.regs[1 : (match.lastindex or 0) + 1] if match else ()
    head = groups[0][1]
    bracket = sign == "(" and head - start < 6 and ")" in shown[head : head + 2]  # (03)9999-0001, not (0399990001)
    first = start - (plus or bracket)
    forged: tuple[Hit | None, int] = (None, start)
    for last in _ends(shown, groups, shape, plus):
        for cut, kinds in _trimmed(shown, start, groups[last][1]):
            if not closes(shown, groups, last, cut):
                continue
            at, to = folded.span(first, cut)
            number = read(text[at:to])
            if number and number.kind in kinds and believable(shown, number, start, cut, last, plus):
                hit = Hit(first, cut, at, to, number), groups[last][1]
                if number.kind != "displayed_id":
                    return hit
                forged = hit if forged[0] is None else forged  # a shorter end may make a number that somebody can own
    return forged


def _groups(most: int) -> re.Pattern[str]:
    """So many groups of a run and the one behind, or fewer, each caught."""
    return re.compile(f"({_D}+)" + f"(?:{_S}{{1,4}}({_D}+)" * most + ")?" * most)


# How a number starts → how many digits and signs it has at least and at most in all, in which groups.
_Shape = tuple[int, int, re.Pattern[str]]
_SHAPES: dict[str, _Shape] = {
    "000": (8, 10, _groups(2)),
    "010": (11, 18, _groups(8)),
    "003": (10, 18, _groups(8)),  # 0032069000
    "00": (11, 18, _groups(8)),
    "18": (11, 14, _groups(5)),
    "81": (11, 13, _groups(5)),
    "020": (11, 14, _groups(4)),  # 0200 has fourteen digits
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
            if low <= size <= high or (dotted and "…" in text[first:end]) or (size > high and text[end - 1] in SIGNS):
                ends.append(last)
            elif size > high:
                break
    return ends[::-1] if plus or shape is _SINGLE else ends


def _trimmed(text: str, start: int, end: int) -> tuple[tuple[int, frozenset[str]], ...]:
    """Ends to try and the kinds each may give: without trailing signs a whole number (5678? is a question, **5678** is
    emphasis), with them anything."""
    if text[end - 1] not in SIGNS:
        return ((end, _ANY),)
    bare = end - 1
    while bare > start and text[bare - 1] in SIGNS:
        bare -= 1
    return (bare, _WHOLE), (end, _ANY)


_WHOLE = frozenset({"phone"})
_ANY = frozenset({"phone", "masked_phone", "short_number", "displayed_id"})
