"""Known names found in text, however they are written (floor 0).

Two passes. The first finds names letter for letter and costs little. The second looks only where something is odd (a kanji
that imitates katakana, letters spaced out, a dot or hyphen inside katakana, foreign letters) and reads both text and names
the way ``company.fold`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from repdb import company, letters
from repdb.text.fold import fold

_LIKE = "一三二八力千卜又口夕工才へベペ"
# Each starts with a class of characters, which the regular expression engine skips over fastest.
_ODD = re.compile(
    rf"[{_LIKE}・\- .\u00df-\u024f\u0370-\u052f](?:(?<=[ァ-ヺー][^ .])|(?<=[^ .])(?=[ァ-ヺー])"
    r"|(?<=[ .])(?=[一-鿿ァ-ヺa-z][ .・][一-鿿ァ-ヺa-z][ .・\n])|(?<=[\u00df-\u024f\u0370-\u052f]))"
)
_MARGIN = 20
_SKIP = " ・-.:&'!/_+"
Index = dict[str, list[tuple[str, str]]]


class Register:
    """``names``: name or alias, as written or folded (``company.fold``) → key of the company."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._table = _table()
        self._exact: Index = {}
        self._plain: Index = {}
        for name, key in names.items():
            _add(self._exact, fold(name.strip(), lower=True).text, key)
            _add(self._plain, company.fold(name).translate(letters.tables().to_kanji), key)
        self._exact_at = _heads(self._exact, "")
        self._plain_at = _heads(self._plain, "[ ・.:-]{0,2}")

    def find(self, text: str, closed: bytearray) -> list[tuple[int, int, str]]:
        """``start, end, key`` of the longest known name at each place of the folded text, never overlapping."""
        found = [*self._exactly(text, closed), *self._oddly(text, closed)]
        found.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int, str]] = []
        for span in found:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _exactly(self, text: str, closed: bytearray) -> Iterator[tuple[int, int, str]]:
        behind = 0
        index = self._exact
        for trigger in self._exact_at.finditer(text):
            start = trigger.start()
            if start < behind or closed[start]:
                continue
            for name, key in index.get(text[start : start + 2], ()):
                if text.startswith(name, start) and _whole(text, start, start + len(name)):
                    behind = start + len(name)
                    yield start, behind, key
                    break

    def _oddly(self, text: str, closed: bytearray) -> Iterator[tuple[int, int, str]]:
        for floor, ceiling in _windows(text):
            shown = text[floor:ceiling].translate(self._table)
            for trigger in self._plain_at.finditer(shown):
                start = trigger.start()
                for name, key in self._plain.get(trigger[1] + trigger[2], ()):
                    end = _same(shown, start, name)
                    if end and not closed[floor + start] and _whole(text, floor + start, floor + end):
                        yield floor + start, floor + end, key
                        break


def _add(index: Index, name: str, key: str) -> None:
    if len(name) > 1 and not name.isdecimal():
        index.setdefault(name[:2], []).append((name, key))


def _heads(index: Index, gap: str) -> re.Pattern[str]:
    """Where a name may start: by its first two letters."""
    for rows in index.values():
        rows.sort(key=lambda pair: (-len(pair[0]), pair))
    one, two = ("".join(sorted({head[place] for head in index})) or "\0" for place in (0, 1))
    inside = "" if gap else "(?<![a-z0-9][a-z0-9])(?<![ァ-ヺー][ァ-ヺー])"
    return re.compile(f"([{re.escape(one)}]){inside}(?={gap}([{re.escape(two)}]))")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around odd places, merged."""
    floor = ceiling = -1
    for odd in _ODD.finditer(text):
        start, end = max(0, odd.start() - _MARGIN), min(len(text), odd.end() + _MARGIN)
        if start > ceiling and ceiling >= 0:
            yield floor, ceiling
            floor = start
        elif ceiling < 0:
            floor = start
        ceiling = end
    if ceiling >= 0:
        yield floor, ceiling


def _table() -> dict[int, str]:
    """What ``company.fold`` does to single letters, look-alikes read as kanji throughout; one letter to one."""
    known = letters.tables()
    table = {code: char for code, char in known.one_to_one.items() if len(char) == 1}
    table |= {ord(written): means.lower() for written, means in known.latin.items() if len(means) == 1}
    table = {code: known.to_kanji.get(ord(char), char) for code, char in table.items()}
    return table | known.to_kanji


def _same(text: str, start: int, name: str) -> int:
    """Where ``name`` ends if it stands at ``start``, spaces and dots between its letters allowed; else 0."""
    place, limit = start, len(text)
    tight = name.isascii() and len(name) < 5
    for char in name:
        skipped = 0
        while place < limit and text[place] in _SKIP and not (char == "一" and text[place] == "-"):
            place += 1
            skipped += 1
            if tight or skipped > 2:
                return 0
        if place >= limit or not (text[place] == char or (char == "一" and text[place] == "-")):
            return 0
        place += 1
    return place


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
