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
from dataclasses import dataclass

# Format controls and blanks that print nothing: soft hyphen, zero-width, bidi, fillers, variation selectors, tags.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_HYPHENS = frozenset("‐‑‒–—―−⁃﹘﹣－˗➖⸺⸻")
_BREAKS = re.compile(rf"[{INVISIBLE}]+|[ｦ-ﾝ][ﾞﾟ]")
_HAS_BREAK = re.compile(rf"[{INVISIBLE}ﾞﾟ]")


class _Table(dict[int, str]):
    """One character to one, filled as characters are met; what NFKC makes longer stays as it is."""

    def __init__(self, finish: Callable[[str], str]) -> None:
        super().__init__()
        self.finish = finish

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char)
        if char in _HYPHENS:
            folded = "-"
        elif char.isdecimal():
            folded = str(unicodedata.decimal(char))
        elif unicodedata.category(char) == "Zs":
            folded = " "
        folded = self.finish(folded)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_KEEP_CASE = _Table(str)
_LOWER = _Table(str.casefold)


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the reading form; ``cuts`` and ``shifts`` say by how much positions from a cut on have moved."""

    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def at(self, position: int) -> int:
        """The original position of the folded character at ``position``."""
        cut = bisect_right(self.cuts, position)
        return position + self.shifts[cut - 1] if cut else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one; an empty span stays empty."""
        return (self.at(start), self.at(end - 1) + 1) if end > start else (self.at(start), self.at(start))


def fold(text: str, *, lower: bool = False) -> Folded:
    """The reading form of a text; ``lower`` also folds case. Linear; same length unless something was hidden."""
    table = _LOWER if lower else _KEEP_CASE
    if text.isascii() and "\u007f" not in text:
        return Folded(text.lower() if lower else text)
    if not _HAS_BREAK.search(text):
        return Folded(text.translate(table))
    parts: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    done = length = 0
    for found in _BREAKS.finditer(text):
        piece = text[done : found.start()]
        kana = unicodedata.normalize("NFKC", found[0]) if found[0][0] >= "ｦ" and found[0][-1] in "ﾞﾟ" else ""
        kana = kana if len(kana) == 1 else found[0] if kana else ""
        parts += piece, kana
        length += len(piece) + len(kana)
        done = found.end()
        cuts.append(length)
        shifts.append(done - length)
    parts.append(text[done:])
    return Folded("".join(parts).translate(table), tuple(cuts), tuple(shifts))
