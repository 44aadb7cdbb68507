"""Known names found in text, however they are written (floor 0).

Two passes. The first finds names letter for letter and costs little. The second looks only where something is odd (a kanji
that imitates katakana, letters spaced out, a dot or hyphen inside katakana, foreign letters) and reads both text and names
the way ``company.fold`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import compress, count
from typing import TYPE_CHECKING

from repdb import company, letters
from repdb.text import name_cues
from repdb.text.fold import fold
from repdb.text.name_longer import is_longer

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_LIKE = "一三二八力千卜又口夕工才へべぺ"
_FOREIGN = "\u00df-\u024f\u0370-\u052f"
# It starts with a class of characters, which the regular expression engine skips to fastest; then what is rare. ン is odd but
# behind katakana other than itself.
_ODD = re.compile(
    rf"[{_LIKE}・\- .{_FOREIGN}丼夲ソン](?<![ァ-ヲヴ-ー]ン)(?:(?<=[^ .])(?:(?<=[丼夲ソン])"
    rf"|(?<=[ァ-ヺー].)(?![一-鿿])|(?=[ァ-ヺー])(?<![一-鿿].)|(?<=[力卜口夕工])(?=ー)|(?<=[{_FOREIGN}]))"
    r"|(?<=[ .])(?=[一-鿿ァ-ヺa-z][ .・][一-鿿ァ-ヺa-z][ .・\n]))"
)
_MARGIN = 20
_LONG = 200
_BEHIND = 6  # more characters than _ODD looks at behind its match


class Register:
    """``names``: name or alias, as written or folded (``company.fold``) → key of the company.

    The automaton is the crate aho-corasick: one pass whose time does not depend on how many names there are.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._keys = frozenset(self._names.values())
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
            plain.setdefault(company.fold(name).translate(table), key)
        return table, *_automaton(plain)

    def find(self, text: str, closed: bytearray) -> tuple[list[tuple[int, int, str]], list[name_cues.Cue]]:
        """``start, end, key`` of the longest known name at each place of the folded text, and the words that stand beside
        names (``name_cues.readers``), likewise; neither overlap among themselves."""
        hits = self._exact.find_matches_as_indexes(text, overlapping=True)
        words, keys = self._cues, self._exact_keys
        found = [(start, -end, keys[index]) for index, start, end in hits if index >= words]
        beside = apart(hits, words) if len(hits) > len(found) else []
        if odd := _ODD.search(text):
            found += self._oddly(text, odd)
        if not found:
            return [], beside
        known: list[tuple[int, int, str]] = []
        behind, framed = 0, f"\n{text}\n"
        for start, minus_end, key in sorted(found):  # by place, the longest first
            if start >= behind and not closed[start] and _whole(framed[start : 2 - minus_end]):
                behind = -minus_end
                if not is_longer(text, behind):
                    known.append((start, behind, key))
        return known, beside

    def holds(self, key: str) -> bool:
        """True if it is the key of a known company."""
        return key in self._keys

    def knows(self, folded: str) -> bool:
        """True if the folded text is exactly a known name."""
        return folded in self._written

    def _oddly(self, text: str, odd: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        """``start, -end, key`` of names written oddly; ``odd``: the first odd place."""
        for floor, ceiling in _windows(text, odd):
            table, automaton, keys = self._plain
            window = text[floor:ceiling]
            shown = window.translate(table)
            found = automaton.find_matches_as_indexes(shown, overlapping=True)
            places = list(compress(count(), map(table.__getitem__, map(ord, window)))) if found else []
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


def apart(hits: list[tuple[int, int, int]], words: int) -> list[name_cues.Cue]:
    """The hits on the first ``words`` patterns, without those that overlap one before or as long; hits come in the order of
    their ends."""
    kept: list[name_cues.Cue] = []
    first = behind = 0  # the last one kept
    for index, start, end in hits:
        if index >= words:
            continue
        if start < behind:
            if start > first:
                continue
            at = len(kept) - 1  # the new one covers the last, and maybe more
            while at and kept[at - 1][0] >= start:
                at -= 1
            if at and kept[at - 1][1] > start:
                continue
            del kept[at:]
        kept.append((start, end, index))
        first, behind = start, end
    return kept


def _windows(text: str, odd: re.Match[str] | None) -> Iterator[tuple[int, int]]:
    """Stretches around odd places from the first one, ``odd``, merged."""
    while odd:
        floor, ceiling = odd.span()
        while odd and odd.start() - ceiling <= 2 * _MARGIN:
            ceiling = odd.end()
            odd = (_ahead(text, ceiling) if ceiling - floor > _LONG else None) or _ODD.search(text, ceiling)
        yield max(0, floor - _MARGIN), ceiling + _MARGIN


def _ahead(text: str, place: int) -> re.Match[str] | None:
    """In a long stretch, an odd place that belongs to it and is far ahead: those between need not be looked at."""
    limit = place + 2 * _MARGIN
    odd = _ODD.search(text, place + _MARGIN, limit)
    return odd if odd and odd.end() + _BEHIND < limit else None


class _Letters(dict[int, str]):
    """Letters and digits, nothing for all else. What is met is kept: ``str.translate`` takes long over what is missing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalnum() else ""
        return self[code]


def _table() -> dict[int, str]:
    """What ``company.fold`` does to single letters, look-alikes read as kanji throughout; one letter to one.

    A hyphen is read as the long vowel mark (ユ-ザ-), in names and text alike.
    """
    known = letters.tables()
    table = {code: char for code, char in known.one_to_one.items() if len(char) == 1}
    table |= {ord(written): means.lower() for written, means in known.latin.items() if len(means) == 1}
    table = {code: known.to_kanji.get(ord(char), char) for code, char in table.items()}
    table |= known.to_kanji | {ord("-"): "一"}
    table |= {code: chr(code) for code in company.ALIKE}
    return _Letters({code: char.translate(company.ALIKE) if char.isalnum() else "" for code, char in table.items()})


@lru_cache(maxsize=4096)
def _whole(framed: str) -> bool:
    """The name, given between the characters beside it, is not a piece of a longer word of the same script."""
    before, first, last, after, size = framed[0], framed[1], framed[-2], framed[-1], len(framed) - 2
    if first.isascii() and before.isascii() and before.isalnum():
        return False
    if last.isascii() and after.isascii() and after.isalnum() and not (after.isdecimal() and size > 4):
        return False
    if "ァ" <= first <= "ー" and "ァ" <= before <= "ー" and before != "・":
        return False
    if "ぁ" <= first <= "ゖ" and "ぁ" <= before <= "ゖ" and size < 4:
        return False
    return not ("ァ" <= last <= "ー" and size < 4 and "ァ" <= after <= "ー" and after != "・")
