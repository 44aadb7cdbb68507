"""How the words around a number on a page lean: letter sequences that stand beside innocent numbers, or beside those that a
page warns of, more often, learned from labelled pages (floor 0).

The cues of ``text.role_cues`` know set words; this knows the drift of the rest, and is asked where they leave doubt.
``data/role_wording.csv`` holds sequences of one to three letters with the weights of a logistic regression
(``tests/bench/fit_role_wording.py`` learns them) for each place that they can stand in. Numbers are one sign and figures
another, so that none of them is suspect by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from repdb import bundled
from repdb.text.numbers import Hit

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Places of sequences: close before a number, before it, behind it, and on the page around the first number in question;
# characters, sizes in letters. The head of a page would do as well, were it not a menu so often.
NEAR, BEFORE, AFTER, PAGE = "near", "before", "after", "page"
REACH = {NEAR: 30, BEFORE: 60, AFTER: 40, PAGE: 300}
SIZES = {NEAR: (1, 2, 3), BEFORE: (1, 2, 3), AFTER: (1, 2, 3), PAGE: (2, 3)}
_LEAD = 180  # characters of the page's part that stand before that number
_NUMBER, _SHORT, _LINE = "☎", "§", "¶"
_PARTED = "。¶¶"  # what stands before that is of another paragraph, and no heading
_DIGITS = re.compile("[0-9]+")
LEAST = 100  # characters of a text of which it can say anything
_FEW = 12  # sequences of one place, of which fewer do not count more
_TIMES = 8  # places of one number that are looked at
_BIAS = ""  # the row of the constant term


def leanings(text: str, hits: Iterable[Hit], keys: Collection[str]) -> dict[str, float]:
    """For each of ``keys``, numbers among ``hits`` in the folded text of a page: above 0 where the words around it are those
    around innocent numbers, in the unit of ``role_cues``."""
    tables, bias = _learned()
    page, places = shown(text, hits, keys)
    around = bias + tables[PAGE].sum([_part(page, places)])
    found: dict[str, float] = {}
    for key, at in places.items():
        near, before, after = _windows(page, at)
        found[key] = around + tables[NEAR].sum(near) + tables[BEFORE].sum(before) + tables[AFTER].sum(after)
    return found


def shown(text: str, hits: Iterable[Hit], keys: Collection[str]) -> tuple[str, dict[str, list[int]]]:
    """The text with one sign for each number, 0 for other figures and ¶ for the ends of lines; and where ``keys`` stand in it."""
    pieces: list[str] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    done = length = 0
    for start, end, _, _, (kind, key, _, _) in sorted(hits):
        if start < done:
            continue
        piece = _DIGITS.sub("0", text[done:start])
        length += len(piece)
        if key in keys and len(places[key]) < _TIMES:
            places[key].append(length)
        pieces += (piece, _SHORT if kind == "short_number" else _NUMBER)
        length, done = length + 1, end
    pieces.append(_DIGITS.sub("0", text[done:]))
    return "".join(pieces).replace("\n", _LINE), dict(places)


def windows(page: str, places: Mapping[str, Sequence[int]], key: str) -> dict[str, set[str]]:
    """All sequences at each place around one of the numbers of a page as ``shown``: what is learned from."""
    near, before, after = _windows(page, places[key])
    return {
        NEAR: _grams(near, SIZES[NEAR]),
        BEFORE: _grams(before, SIZES[BEFORE]),
        AFTER: _grams(after, SIZES[AFTER]),
        PAGE: _grams([_part(page, places)], SIZES[PAGE]),
    }


def _part(page: str, places: Mapping[str, Sequence[int]]) -> str:
    start = max(0, min((at[0] for at in places.values()), default=0) - _LEAD)
    return page[start : start + REACH[PAGE]]


def _windows(page: str, at: Sequence[int]) -> tuple[list[str], list[str], list[str]]:
    reach, behind = REACH[BEFORE], REACH[AFTER]
    before = [page[max(0, place - reach) : place].rpartition(_PARTED)[2] for place in at]
    return [part[-REACH[NEAR] :] for part in before], before, [page[place + 1 : place + 1 + behind] for place in at]


def _grams(parts: Iterable[str], sizes: Sequence[int]) -> set[str]:
    return {part[at : at + size] for part in parts for size in sizes for at in range(len(part) - size + 1)}


def worth(known: int) -> float:
    """What each of so many sequences counts: the more, the less (Joachims 1998), and few say little."""
    return 1 / sqrt(max(_FEW, known))


class _Table(NamedTuple):
    """What finds the learned sequences of one place, and their weights."""

    automaton: AhoCorasick
    weights: dict[str, float]

    def sum(self, parts: Iterable[str]) -> float:
        """Each known sequence once, weighed as ``worth`` says."""
        known: set[str] = set()
        for part in parts:
            known.update(self.automaton.find_matches_as_strings(part, overlapping=True))
        return sum(map(self.weights.__getitem__, known)) * worth(len(known))


@lru_cache(maxsize=1)
def _learned() -> tuple[dict[str, _Table], float]:
    """The tables of the places, and the constant term."""
    import ahocorasick_rs

    weights: dict[str, dict[str, float]] = {place: {} for place in REACH}
    for place, gram, weight in bundled.rows("role_wording.csv"):
        weights[place][gram] = float(weight)
    bias = weights[PAGE].pop(_BIAS)
    return {place: _Table(ahocorasick_rs.AhoCorasick(list(known)), known) for place, known in weights.items()}, bias
