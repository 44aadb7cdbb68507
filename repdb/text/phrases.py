"""The lexicon ``data/phrases.csv`` found in a text: deadlines, threats, prizes, demands (floor 0).

A phrase is one to three pieces in order, ``…`` between them standing for at most ``GAP`` characters of the same sentence,
or ``GAP_LATIN`` where all of them are Latin, whose words are longer; a piece may be one of several words, written
``a|b``. All pieces are found in one pass (Aho-Corasick), so the time hardly grows with the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from repdb import bundled
from repdb.records import Text
from repdb.text.fold import Folded, fold
from repdb.text.manner import is_denied

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

GAP, GAP_LATIN = 12, 40
_MOST = 48  # pieces looked at behind a first piece: more than fit into a phrase's reach in any real sentence
_END = re.compile(r"[。!?\n]|\.[ ]")
_END_LATIN = re.compile(r"[!?]|\.\s|\n\s*\n")  # a mail in English breaks its lines anywhere
_LATIN = re.compile(r"[a-z]")
DEMANDS = {
    "demand_call": "call",
    "demand_click": "click",
    "demand_pay": "pay",
    "demand_reply": "reply",
    "demand_install": "install",
    "demand_meet": "meet",
}


class PhraseHit(NamedTuple):
    """A phrase of the lexicon at ``start:end`` of the given text; ``weight`` is a hint in log-odds for its group."""

    group: str
    weight: float
    written: str
    start: int
    end: int
    category: str


class Phrase(NamedTuple):
    """A row of the lexicon: the words that may stand for each piece. ``category`` is empty where the phrase fits several."""

    pieces: tuple[tuple[str, ...], ...]
    group: str
    weight: float
    category: str
    gloss: Text


Piece = tuple[int, int, int]  # index of the piece, start, end


Rest = tuple[frozenset[int], ...]  # what may stand for each piece behind the first


class _Lexicon(NamedTuple):
    automaton: AhoCorasick
    first: Mapping[int, tuple[tuple[Rest, Phrase], ...]]  # phrases by their first piece


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """The lexicon, longest phrases first."""
    found = [
        Phrase(
            tuple(tuple(piece.split("|")) for piece in phrase.split("…")),
            group,
            float(weight),
            category,
            Text(gloss, gloss_en),
        )
        for phrase, group, weight, category, gloss, gloss_en in bundled.rows("phrases.csv")
    ]
    return tuple(sorted(found, key=lambda phrase: -sum(len(piece[0]) for piece in phrase.pieces)))


@lru_cache(maxsize=1)
def glosses() -> Mapping[str, Text]:
    """What each group of phrases does to the reader, in both languages."""
    return {phrase.group: phrase.gloss for phrase in phrases()}


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    import ahocorasick_rs

    words = {word: 0 for row in phrases() for piece in row.pieces for word in piece}
    index = {word: place for place, word in enumerate(words)}
    first: dict[int, list[tuple[Rest, Phrase]]] = {}
    for row in phrases():
        heads, *rest = (frozenset(index[word] for word in piece) for piece in row.pieces)
        for head in heads:
            first.setdefault(head, []).append((tuple(rest), row))
    return _Lexicon(ahocorasick_rs.AhoCorasick(list(index)), {head: tuple(rows) for head, rows in first.items()})


def find_phrases(text: str) -> list[PhraseHit]:
    """Every phrase in the text in order of place; where phrases of one group overlap, the longer one."""
    return _find(fold(text, lower=True), text)


def demands(hits: Iterable[PhraseHit]) -> frozenset[str]:
    """What the text asks the reader to do: ``call``, ``click``, ``pay``, ``reply``, ``install``, ``meet``."""
    return frozenset(DEMANDS[hit.group] for hit in hits if hit.group in DEMANDS)


def _find(folded: Folded, text: str) -> list[PhraseHit]:
    automaton, first = _lexicon()
    shown = folded.text
    pieces: list[Piece] = [
        piece
        for piece in automaton.find_matches_as_indexes(shown, overlapping=True)
        if _whole(shown, piece[1], piece[2])
    ]
    pieces.sort(key=lambda piece: (piece[1], -piece[2]))
    found: list[tuple[int, int, Phrase]] = []
    for place, (index, start, end) in enumerate(pieces):
        for rest, row in first.get(index, ()):
            last = _follow(shown, pieces, place, rest, end)
            if last and not (row.weight < 0 and is_denied(shown, last)):
                found.append((start, last, row))
    return [
        PhraseHit(row.group, row.weight, text[at:to], at, to, row.category)
        for start, end, row in _longest(found)
        for at, to in (folded.span(start, end),)
    ]


def _follow(text: str, pieces: list[Piece], place: int, rest: Rest, end: int) -> int:
    """The end of a phrase whose first piece is at ``place``; 0 if the others do not follow."""
    behind = place + 1
    for wanted in rest:
        for other in range(behind, min(len(pieces), behind + _MOST)):
            index, start, stop = pieces[other]
            if start > end + GAP_LATIN:
                return 0
            if index in wanted and start >= end and _near(text[end:start]):
                behind, end = other + 1, stop
                break
        else:
            return 0
    return end


def _near(between: str) -> bool:
    if between.isascii() and _LATIN.search(between):
        return not _END_LATIN.search(between)
    return len(between) <= GAP and not _END.search(between)


def _whole(text: str, start: int, end: int) -> bool:
    """A Latin piece is not part of a longer word, a number not of a longer number; 0.5btc is a number and a word."""
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdecimal() and right.isdecimal())


def _longest(found: list[tuple[int, int, Phrase]]) -> Iterator[tuple[int, int, Phrase]]:
    """In order of place, without the shorter of two overlapping hits of one group."""
    behind: dict[str, int] = {}
    for start, end, row in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if start >= behind.get(row.group, 0):
            behind[row.group] = end
            yield start, end, row
