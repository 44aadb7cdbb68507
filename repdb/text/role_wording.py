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
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from repdb import bundled
from repdb.text.numbers import Hit

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Places of sequences: close before a number, before it, behind it, at the head of the page; characters, sizes in letters.
NEAR, BEFORE, AFTER, HEAD = "near", "before", "after", "head"
REACH = {NEAR: 30, BEFORE: 60, AFTER: 40, HEAD: 400}
SIZES = {NEAR: (1, 2, 3), BEFORE: (1, 2, 3), AFTER: (1, 2, 3), HEAD: (2, 3)}
_NUMBER, _SHORT, _LINE = "☎", "§", "¶"
_DIGITS = re.compile("[0-9]+")
LEAST = 100  # characters of a text of which it can say anything
_TIMES = 8  # places of one number that are looked at
_BIAS = ""  # the row of the constant term


def leanings(text: str, hits: Iterable[Hit], keys: Collection[str]) -> dict[str, float]:
    """For each of ``keys``, numbers among ``hits`` in the folded text of a page: above 0 where the words around it are those
    around innocent numbers, in the unit of ``role_cues``."""
    automaton, tables, bias = _learned()
    page, places = shown(text, hits, keys)
    head = bias + _sum({gram for gram, _, _ in _found(automaton, page[: REACH[HEAD]])}, tables[HEAD])
    found: dict[str, float] = {}
    for key, at in places.items():
        near: set[int] = set()
        before: set[int] = set()
        after: set[int] = set()
        for place in at:
            start = max(0, place - REACH[BEFORE])
            matches = _found(automaton, page[start:place])
            before.update([gram for gram, _, _ in matches])
            near.update([gram for gram, first, _ in matches if start + first >= place - REACH[NEAR]])
            after.update([gram for gram, _, _ in _found(automaton, page[place + 1 : place + 1 + REACH[AFTER]])])
        found[key] = head + _sum(near, tables[NEAR]) + _sum(before, tables[BEFORE]) + _sum(after, tables[AFTER])
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


def windows(page: str, at: Sequence[int]) -> dict[str, set[str]]:
    """All sequences at each place around a number that stands at ``at`` in the page as ``shown``: what is learned from."""
    near, before, after = REACH[NEAR], REACH[BEFORE], REACH[AFTER]
    return {
        NEAR: _grams([page[max(0, place - near) : place] for place in at], SIZES[NEAR]),
        BEFORE: _grams([page[max(0, place - before) : place] for place in at], SIZES[BEFORE]),
        AFTER: _grams([page[place + 1 : place + 1 + after] for place in at], SIZES[AFTER]),
        HEAD: _grams([page[: REACH[HEAD]]], SIZES[HEAD]),
    }


def _grams(parts: Iterable[str], sizes: Sequence[int]) -> set[str]:
    return {part[at : at + size] for part in parts for size in sizes for at in range(len(part) - size + 1)}


def _sum(found: set[int], weights: dict[int, float]) -> float:
    """Each known sequence once, and the more of them the less each counts (Joachims 1998)."""
    known = [weights[gram] for gram in found if gram in weights]
    return sum(known) / sqrt(len(known)) if known else 0.0


def _found(automaton: AhoCorasick, part: str) -> list[tuple[int, int, int]]:
    return automaton.find_matches_as_indexes(part, overlapping=True)


@lru_cache(maxsize=1)
def _learned() -> tuple[AhoCorasick, dict[str, dict[int, float]], float]:
    """What finds the learned sequences, the weights of each place, and the constant term."""
    import ahocorasick_rs

    number: dict[str, int] = {}
    tables: dict[str, dict[int, float]] = {place: {} for place in REACH}
    bias = 0.0
    for place, gram, weight in bundled.rows("role_wording.csv"):
        if gram == _BIAS:
            bias = float(weight)
        else:
            tables[place][number.setdefault(gram, len(number))] = float(weight)
    return ahocorasick_rs.AhoCorasick(list(number)), tables, bias
