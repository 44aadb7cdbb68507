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
from functools import lru_cache
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

# Format controls and blanks that print nothing: soft hyphen, zero-width, bidi, fillers, variation selectors, tags.
INVISIBLE = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_HYPHENS = frozenset("‐‑‒–—―−⁃﹘﹣－˗➖⸺⸻")
_BREAKS = re.compile(rf"([{INVISIBLE}ｦ-ﾝ](?:(?<![ｦ-ﾝ])[{INVISIBLE}]*|[ﾞﾟ]))")
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
        elif char == "♯":
            folded = "#"
        elif "①" <= char <= "⓿" or "❶" <= char <= "➓":
            folded = char  # ① heads a list far more often than it stands for a digit
        elif char.isdecimal():
            folded = str(unicodedata.decimal(char))
        elif unicodedata.category(char) == "Zs":
            folded = " "
        self[code] = next((one for one in (self.finish(folded), self.finish(char)) if len(one) == 1), char)
        return self[code]


_KEEP_CASE = _Table(str)
_LOWER = _Table(str.lower)
# What neither table changes: most characters of Japanese and English prose, skipped without a look-up.
_PLAIN = "\\t\\n\\r\\x20-\\x7e、。々〆〇「」『』【】ぁ-ゖァ-ヾ一-鿿"
_ODD = re.compile(f"([^{_PLAIN}]+)")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
Moves = tuple[tuple[int, ...], tuple[int, ...], frozenset[int]]  # the last three of Folded
_STILL: Moves = (), (), frozenset()


class Folded(NamedTuple):
    """``text`` is the reading form; ``signs`` its ASCII characters in order, then those that are neither ASCII nor plain
    Japanese: what does not stand there need not be looked for in the text; ``cuts`` and ``shifts`` say by how much
    positions from a cut on have moved; ``wide`` are the characters that stand for two (half-width kana and its sound
    mark)."""

    text: str
    signs: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()
    wide: frozenset[int] = frozenset()

    def at(self, position: int) -> int:
        """The original position of the folded character at ``position``."""
        cut = bisect_right(self.cuts, position)
        return position + self.shifts[cut - 1] if cut else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a folded one; an empty span stays empty."""
        if not self.cuts:
            return start, end
        return self.at(start), self.at(end - 1) + 1 + (end - 1 in self.wide) if end > start else self.at(start)


def fold(text: str, *, lower: bool = False) -> Folded:
    """The reading form of a text; ``lower`` also folds case. Linear; same length unless something was hidden."""
    pieces = _ODD.split(text)  # every other one is odd
    odd, moves = "", _STILL
    if len(pieces) > 1:
        if _HAS_BREAK.search("".join(pieces[1::2])):
            text, moves = _joined(text)
            pieces = _ODD.split(text)
        odd = "\n".join(pieces[1::2]).translate(_LOWER if lower else _KEEP_CASE)
        pieces[1::2] = odd.split("\n")[: len(pieces) // 2]
        text = "".join(pieces)
    # By way of UTF-8, where no other character has a byte of theirs.
    ascii = text.encode("utf-8", "surrogatepass").translate(None, _BEYOND_ASCII).decode("ascii")
    if lower and ascii != ascii.lower():
        text, ascii = text.lower() if "İ" not in text else text.translate(_LOWER), ascii.lower()
    return Folded(text, ascii + odd, *moves)


@lru_cache(maxsize=256)
def _composed(found: str) -> str:
    """Half-width kana and its mark as one character where there is one: ｶﾞ → ガ, but ｱﾞ stays; else nothing."""
    if found[-1] not in "ﾞﾟ":
        return ""
    kana = unicodedata.normalize("NFKC", found)
    return kana if len(kana) == 1 else found


def _joined(text: str) -> tuple[str, Moves]:
    """The text without invisible characters, half-width kana and their sound marks composed; how places have moved."""
    pieces = _BREAKS.split(text)  # every other one is a break
    breaks = pieces[1::2]
    pieces[1::2] = kana = list(map(_composed, breaks))
    kept = list(map(len, pieces[:-1:2]))
    cuts = tuple(accumulate(map(add, kept, map(len, kana)) if any(kana) else kept))
    ends = accumulate(map(add, kept, map(len, breaks)))
    wide = frozenset([cut - 1 for cut, one in zip(cuts, kana, strict=True) if len(one) == 1] if any(kana) else ())
    return "".join(pieces), (cuts, tuple(map(sub, ends, cuts)), wide)
