"""Reading form of a text, with a way back to the original positions (floor 0).

Fraudsters write ``ＡＭＡＺＯＮ``, ``ｱﾏｿﾞﾝ``, ``Ama\u200bzon`` and ``０５０－…``; all patterns of this package match the
folded form: NFKC where it maps one character to one, hyphens and spaces unified, invisible characters removed,
half-width kana composed. ``Folded.span`` gives a match's place in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, partial
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from repdb.invisible import CLASS

_HYPHENS = frozenset("‐‑‒–—―−⁃﹘﹣－˗➖⸺⸻")
# Signs that hide letters and digits, as those that everybody writes for them; of NFKC they are no relatives.
_HIDING = {
    sign: means
    for means, signs in (("○", "⚪⭕"), ("□", "⬜◻▢"), ("■", "⬛◼█▮▒░〓"), ("◎", "◉"), ("*", "∗✱✲"), ("×", "❌❎✗✘"))
    for sign in signs
}
_BREAKS = re.compile(rf"([{CLASS}ｦ-ﾝ](?:(?<![ｦ-ﾝ])[{CLASS}]*|[ﾞﾟ]))")
_HAS_BREAK = re.compile(rf"[{CLASS}ﾞﾟ]")
_GONE = re.compile(f"[{CLASS}]")
# Half-width kana and their marks that are one character: ｶﾞ → ガ; ｱﾞ stays two.
_SOUNDED = {
    pair: kana
    for pair in (chr(code) + mark for code in range(ord("ｦ"), ord("ﾞ")) for mark in "ﾞﾟ")
    if len(kana := unicodedata.normalize("NFKC", pair)) == 1
}


class _Table(dict[int, str]):
    """One character to one or, if invisible, none, filled as characters are met; what NFKC makes longer stays as it is."""

    def __init__(self, finish: Callable[[str], str]) -> None:
        super().__init__()
        self.finish = finish

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char)
        if _GONE.match(char):
            self[code] = ""
            return ""
        if char in _HYPHENS or folded in _HYPHENS:
            folded = "-"
        elif char in _HIDING:
            folded = _HIDING[char]
        elif char == "♯":
            folded = "#"
        elif "①" <= char <= "⓿" or "❶" <= char <= "➓":
            folded = char  # ① heads a list far more often than it stands for a digit
        elif char.isdecimal():
            folded = str(unicodedata.decimal(char))
        elif unicodedata.category(char) == "Zs":
            folded = " "
        elif unicodedata.category(char) == "Cs":
            folded = char = "\ufffd"  # half a surrogate pair, which no automaton and no file takes
        self[code] = next((one for one in (self.finish(folded), self.finish(char)) if len(one) == 1), char)
        return self[code]


_KEEP_CASE = _Table(str)
_LOWER = _Table(str.lower)
# What neither table changes: most characters of Japanese and English prose, skipped without a look-up.
_PLAIN = "\\t\\n\\r\\x20-\\x7e、。々〆〇「」『』【】ぁ-ゖァ-ヾ一-鿿"
_ODD = re.compile(
    f"([^{_PLAIN}][^{_PLAIN}]*+)"
)  # a class in front, which the engine skips to; a repeat it tries at each place
_MANY = 256  # odd pieces of one text: from here on, each is folded once however often it stands there
Moves = tuple[tuple[int, ...], tuple[int, ...], frozenset[int]]


class Places:
    """Where the characters of a folded text stood, worked out when first asked: from a cut on, positions have moved by its
    shift; ``wide`` are the characters that stand for two (half-width kana and its sound mark)."""

    def __init__(self, moves: Callable[[], Moves]) -> None:
        self._find = moves

    @cached_property
    def moves(self) -> Moves:
        return self._find()

    def at(self, position: int) -> int:
        cuts, shifts, _ = self.moves
        cut = bisect_right(cuts, position)
        return position + shifts[cut - 1] if cut else position


class Folded(NamedTuple):
    """``text`` is the reading form; ``signs`` its ASCII characters in order, then those that are neither ASCII nor plain
    Japanese: what does not stand there need not be looked for in the text; ``places``: the way back, if any moved."""

    text: str
    signs: str
    places: Places | None = None

    def at(self, position: int) -> int:
        """The original position of the folded character at ``position``."""
        return self.places.at(position) if self.places else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one; an empty span stays empty."""
        places = self.places
        if places is None:
            return start, end
        at = places.at(start)
        return (at, places.at(end - 1) + 1 + (end - 1 in places.moves[2])) if end > start else (at, at)


def fold(text: str, *, lower: bool = False) -> Folded:
    """The reading form of a text; ``lower`` also folds case. Linear; same length unless something was hidden."""
    pieces = _ODD.split(text)  # every other one is odd
    signs, places = "", None
    if len(pieces) > 1:
        odd = pieces[1::2]
        kinds = list(dict.fromkeys(odd)) if len(odd) > _MANY else odd
        signs = "\n".join(kinds)
        if _HAS_BREAK.search(signs):
            places = Places(partial(_moves, text))
            for pair in _SOUNDED if "ﾞ" in signs or "ﾟ" in signs else ():
                signs = signs.replace(pair, _SOUNDED[pair])
        signs = signs.translate(_LOWER if lower else _KEEP_CASE)
        if "※※" in signs:  # one is a footnote's, several hide digits
            signs = signs.replace("※※", "**").replace("*※", "**")
        folded = signs.split("\n")
        pieces[1::2] = folded if kinds is odd else map(dict(zip(kinds, folded, strict=True)).__getitem__, odd)
        text = "".join(pieces)
    ascii = text.encode("ascii", "ignore").decode("ascii")
    if lower and (small := ascii.lower()) != ascii:
        text, ascii = text.lower() if "İ" not in text else text.translate(_LOWER), small
    return Folded(text, ascii + signs, places)


def _moves(text: str) -> Moves:
    """Cuts, shifts and wide characters of a text that loses its invisible characters and composes half-width kana."""
    pieces = _BREAKS.split(text)  # every other one is a break
    breaks = pieces[1::2]
    left = list(map(_left, breaks))
    kept = list(map(len, pieces[:-1:2]))
    cuts = tuple(accumulate(map(add, kept, left)))
    ends = accumulate(map(add, kept, map(len, breaks)))
    wide = frozenset([cut - 1 for cut, size in zip(cuts, left, strict=True) if size == 1])
    return cuts, tuple(map(sub, ends, cuts)), wide


def _left(broken: str) -> int:
    """How many characters are left of a break: one of ｶﾞ, two of ｱﾞ, none of what is invisible."""
    return 1 if broken in _SOUNDED else 2 if broken[-1] in "ﾞﾟ" else 0
