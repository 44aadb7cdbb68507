"""Which of the words of ``role_cues`` stand near a number (floor 0)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from repdb.text.role_cues import AFTER, BEFORE, REACH

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


def weights(text: str, start: int, end: int, column: int) -> list[float]:
    """The weights of the rows that hold for a number at ``start:end``, in the order of the tables; ``column``: 0 page,
    1 mail, 2 message. One pass finds the words; only rows with a word near are looked at."""
    automaton, row_of, rows, before = _tables()
    floor = max(0, start - REACH)
    near = text[floor : end + REACH]
    start, end = start - floor, end - floor
    found = {
        row_of[word]
        for word, first, last in automaton.find_matches_as_indexes(near, overlapping=True)
        if (last <= start if word < before else first >= end)
    }
    kept: list[float] = []
    for row in sorted(found):
        pattern, given = rows[row]
        if pattern is None or (pattern.search(near, 0, start) if row < len(BEFORE) else pattern.match(near, end)):
            kept.append(given[column])
    return kept


@lru_cache(maxsize=1)
def _tables() -> tuple[AhoCorasick, list[int], list[tuple[re.Pattern[str] | None, tuple[float, float, float]]], int]:
    """What finds the words of both tables, the row of each word, the rows (pattern and weights), and the number of words
    in the first table."""
    import ahocorasick_rs

    both = BEFORE + AFTER
    words = [(word, row) for row, cue in enumerate(both) for word in cue[0].split("|")]
    rows = [(re.compile(cue[4]) if cue[4] else None, cue[1:4]) for cue in both]
    row_of = [row for _, row in words]
    return ahocorasick_rs.AhoCorasick([word for word, _ in words]), row_of, rows, bisect_left(row_of, len(BEFORE))
