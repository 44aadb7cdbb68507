"""Known names found in text, however they are written (floor 0).

Two passes. The first finds names letter for letter and costs little. The second looks only where something is odd (a kanji
that imitates katakana, letters spaced out, a dot or hyphen inside katakana, foreign letters) and reads both text and names
the way ``company.fold`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from repdb import company, letters
from repdb.text import name_cues
from repdb.text.fold import fold

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_LIKE = "一三二八力千卜又口夕工才へベペ"
# Each starts with a class of characters, which the regular expression engine skips over fastest.
_ODD = re.compile(
    rf"[{_LIKE}・\- .\u00df-\u024f\u0370-\u052f](?:(?<=[ァ-ヺー][^ .])(?![一-鿿])|(?<![一-鿿].)(?<=[^ .])(?=[ァ-ヺー])"
    r"|(?<=[ .])(?=[一-鿿ァ-ヺa-z][ .・][一-鿿ァ-ヺa-z][ .・\n])|(?<=[\u00df-\u024f\u0370-\u052f]))"
)
_MARGIN = 20


class Register:
    """``names``: name or alias, as written or folded (``company.fold``) → key of the company.

    The automaton is the crate aho-corasick: one pass whose time does not depend on how many names there are.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        exact: dict[str, str] = {}
        for name, key in names.items():
            written = fold(name.strip(), lower=True).text
            exact.setdefault(written, key)
            joined = written.replace(" ", "")
            if len(joined) > 5 and joined.isascii():  # NTTdocomo
                exact.setdefault(joined, key)
        self._written = frozenset(exact)
        self._cues = len(name_cues.readers())
        self._exact, self._exact_keys = _automaton(exact, tuple(name_cues.readers()))

    @cached_property
    def _plain(self) -> tuple[dict[int, str], AhoCorasick, list[str]]:
        """Names as ``company.fold`` reads them, and its table for text. Folding costs, so not before a text needs it."""
        table = _table()
        plain: dict[str, str] = {}
        for name, key in self._names.items():
            plain.setdefault(_squeezed(company.fold(name).translate(table)), key)
        return table, *_automaton(plain)

    def find(self, text: str, closed: bytearray) -> tuple[list[tuple[int, int, str]], list[name_cues.Cue]]:
        """``start, end, key`` of the longest known name at each place of the folded text, and the words that stand beside
        names (``name_cues.readers``), likewise; neither overlap among themselves."""
        hits = self._exact.find_matches_as_indexes(text, overlapping=True)
        words, keys = self._cues, self._exact_keys
        cues = [(start, -end, index) for index, start, end in hits if index < words]
        found = [(start, -end, keys[index]) for index, start, end in hits if index >= words]
        if _ODD.search(text):
            found += self._oddly(text)
        known: list[tuple[int, int, str]] = []
        behind = 0
        for start, minus_end, key in sorted(found):  # by place, the longest first
            if start >= behind and not closed[start] and _whole(text, start, -minus_end):
                behind = -minus_end
                known.append((start, behind, key))
        beside: list[name_cues.Cue] = []
        behind = 0
        cues.sort()
        for start, minus_end, index in cues:
            if start >= behind:
                behind = -minus_end
                beside.append((start, behind, index))
        return known, beside

    def knows(self, folded: str) -> bool:
        """True if the folded text is exactly a known name."""
        return folded in self._written

    def _oddly(self, text: str) -> Iterator[tuple[int, int, str]]:
        """``start, -end, key`` of names written oddly."""
        for floor, ceiling in _windows(text):
            table, automaton, keys = self._plain
            window = text[floor:ceiling].translate(table)
            shown = _squeezed(window)
            found = automaton.find_matches_as_indexes(shown, overlapping=True)
            places = [place for place, char in enumerate(window) if char.isalnum()] if found else []
            for index, start, end in found:
                first, last = floor + places[start], floor + places[end - 1] + 1
                spaced = last - first > end - start
                if not (spaced and end - start < 5 and shown[start:end].isascii()) and "\n" not in text[first:last]:
                    yield first, -last, keys[index]


def _automaton(names: Mapping[str, str], words: tuple[str, ...] = ()) -> tuple[AhoCorasick, list[str]]:
    """Finds ``words`` and ``names``; the key of each index (a word has none)."""
    import ahocorasick_rs

    usable = [(name, key) for name, key in names.items() if len(name) > 1 and not name.isdecimal()]
    found = ahocorasick_rs.AhoCorasick([*words, *(name for name, _ in usable)])
    return found, [""] * len(words) + [key for _, key in usable]


def _squeezed(text: str) -> str:
    """The letters and digits alone."""
    return "".join(filter(str.isalnum, text))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around odd places, merged."""
    floor, ceiling = -1, 0
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        if floor < 0 or start - ceiling > 2 * _MARGIN:
            if floor >= 0:
                yield max(0, floor - _MARGIN), ceiling + _MARGIN
            floor = start
        ceiling = end
    if floor >= 0:
        yield max(0, floor - _MARGIN), ceiling + _MARGIN


def _table() -> dict[int, str]:
    """What ``company.fold`` does to single letters, look-alikes read as kanji throughout; one letter to one.

    A hyphen is read as the long vowel mark (ユ-ザ-), in names and text alike.
    """
    known = letters.tables()
    table = {code: char for code, char in known.one_to_one.items() if len(char) == 1}
    table |= {ord(written): means.lower() for written, means in known.latin.items() if len(means) == 1}
    table = {code: known.to_kanji.get(ord(char), char) for code, char in table.items()}
    return table | known.to_kanji | {ord("-"): "一"}


def _whole(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer word of the same script."""
    before, after = text[start - 1 : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    if first.isascii() and before.isascii() and before.isalnum():
        return False
    if last.isascii() and after.isascii() and after.isalnum() and not (after.isdecimal() and end - start > 4):
        return False
    if "ァ" <= first <= "ー" and before and "ァ" <= before <= "ー" and before != "・":
        return False
    if "ぁ" <= first <= "ゖ" and "ぁ" <= before <= "ゖ" and end - start < 4:
        return False
    return not ("ァ" <= last <= "ー" and end - start < 4 and "ァ" <= after <= "ー" and after != "・")
