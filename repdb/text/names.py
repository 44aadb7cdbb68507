"""Company names in running text: those on the register, and those that only stand like a name (floor 0).

Unknown names are found by what makes a name in Japanese: a legal form, an ending such as 債権回収 or 事務局, or a place such
as 【…】, 「…」を名乗る, …をご利用いただき, 差出人: …, or the words beside a telephone number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from repdb import company
from repdb.text import name_words as words
from repdb.text.name_brackets import claimed_after
from repdb.text.name_cues import guesses
from repdb.text.name_shape import Guess, nameless
from repdb.text.name_words import KANJI
from repdb.text.register import Register

__all__ = ["Name", "claimed_after", "find", "helper"]


class Name(NamedTuple):
    """A name at ``start:end`` of the folded text, ``key`` the company's; ``claimed``: a cue or the register says so;
    ``incidental``: only a shop, a means of payment or a way of contact."""

    start: int
    end: int
    key: str
    claimed: bool
    incidental: bool


_QUOTES = frozenset("」』”")
_LOOSE = frozenset(" ・-.!+'&")  # at the edges of a guess
_MASKED = re.compile("[○〇◯×*●{}@]|x{3}")  # hidden letters, the variables of a form letter, addresses
_INCIDENTAL_AFTER = re.compile(words.INCIDENTAL_AFTER)
_INCIDENTAL_BEFORE = re.compile(words.INCIDENTAL_BEFORE)
# Amazon: Your account is locked; but not Line: example99.
_SAYS = re.compile(r":[ ]{0,2}[a-z'-]{1,15}[, ]{1,2}[a-z'-]{1,15}[ .,!]")
# 青空アプリの更新, 青空コードの確認: what it sends of its own.
_ITS_OWN = re.compile(
    "(?:id|コード|アプリ)の?(?:ご?利用)?の?(?:更新|ご?確認|失効|停止|認証|制限|再設定)(?![^。\\n]{0,8}(?:できた|した[?？]))"
)
_FIRST, _FRAME = 4, " \n[(<【「"
_AFTER_NONE = frozenset("\n。、」】』)をはがよかと")  # what _INCIDENTAL_AFTER cannot start with
_BEFORE_LOOSE = "】 :\n("
_BEFORE_LAST = frozenset("先店名舗所座ドa主者社法段便" + _BEFORE_LOOSE)  # what _INCIDENTAL_BEFORE can end with
_HELPERS = re.compile(words.HELPERS)
_ADDRESS = re.compile(rf"[{KANJI}]{{1,4}}[区市]")


def find(text: str, register: Register, closed: bytearray, numbers: list[tuple[int, int]]) -> list[Name]:
    """All names in the folded text, in order. ``numbers``: spans of telephone numbers, for signatures beside them."""
    known, cues = register.find(text, closed)
    found: list[Name] = []
    for start, minus_end, key, sure in _merged(text, known, guesses(text, cues, numbers)):
        end = -minus_end
        if not key:
            quoted = text[end : end + 1] in _QUOTES and claimed_after(text, end)  # 「Support」を名乗る
            if closed.find(1, start, end) >= 0 or (nameless(text[start:end]) and not quoted):
                continue
            key = _key(text[start:end])
        elif text[end - 1] == "都" and _ADDRESS.match(text, end):
            continue
        if key:
            aside = _incidental(text, start, end)
            found.append(Name(start, end, key, sure and not aside, aside))
    return found


@lru_cache(maxsize=4096)
def helper(name: str) -> bool:
    """A body that people are sent to for help: named on a warning page, it is not who called."""
    return bool(_HELPERS.search(name))


def _merged(text: str, known: list[tuple[int, int, str]], guessed: list[Guess]) -> list[tuple[int, int, str, bool]]:
    """Known names and the guesses that say more than a known name, as ``start, -end, key, sure``; of overlapping guesses the
    longest. A known name and its legal form are one: Amazon.com, Inc."""
    if not guessed:
        return [(start, -end, key, True) for start, end, key in known]
    starts = [name[0] for name in known]
    fresh: list[tuple[int, int, str, bool]] = []
    whole: set[int] = set()  # known names that a guess completes
    behind = -1
    for start, minus_end, unsure in sorted([_tidy(text, *guess) for guess in guessed]):
        if start >= behind:
            behind = -minus_end
            at = bisect_right(starts, start)  # known names never overlap: only the one before can cover this place
            if not at or known[at - 1][1] < behind:
                at -= at > 0 and starts[at - 1] == start
                inside = known[at] if at < len(known) and known[at][1] <= behind else None
                if inside and _key(text[inside[0] : inside[1]]) == _key(text[start:behind]):
                    whole.add(at)
                    fresh.append((start, minus_end, inside[2], True))
                else:
                    fresh.append((start, minus_end, "", not unsure))
    if known:
        fresh += [(start, -end, key, True) for place, (start, end, key) in enumerate(known) if place not in whole]
        fresh.sort()
    return fresh


def _tidy(text: str, start: int, end: int, claimed: bool) -> tuple[int, int, bool]:
    """A guess without what is loose at its edges, to sort by: the longest and surest of one place first."""
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    return start, -end, not claimed


@lru_cache(maxsize=16384)
def _key(written: str) -> str:
    """The folded name; empty for what is no name, or one with letters hidden (○○運輸, {name})."""
    return "" if _MASKED.search(written) else company.fold(written)


def _incidental(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] not in _AFTER_NONE and _INCIDENTAL_AFTER.match(text, end):
        opens = start < _FIRST and not text[:start].strip(_FRAME)
        return not (opens and (_SAYS.match(text, end) or _ITS_OWN.match(text, end)))
    if text[start - 1 : start] not in _BEFORE_LAST:
        return False
    before = text[start - 12 if start > 12 else 0 : start]
    return before.rstrip(_BEFORE_LOOSE)[-1:] in _BEFORE_LAST and _INCIDENTAL_BEFORE.search(before) is not None
