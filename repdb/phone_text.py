"""One character in, one character out: the many ways to write a digit, hyphen, bracket or hidden digit (floor 0)."""

from __future__ import annotations

import unicodedata

INVISIBLE_MARK = "\u200b"

_INVISIBLE_RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD),
    (0x0332, 0x0332), (0x0335, 0x0338), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20F0), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE01EF),
)  # fmt: skip

# Code points that a reader does not see: controls, zero-width and bidi marks, soft hyphen, variation selectors,
# fillers, tags, and the marks that only strike through, underline or enclose a character.
INVISIBLE: frozenset[int] = frozenset(c for low, high in _INVISIBLE_RANGES for c in range(low, high + 1))

KANJI_DIGITS = "二三四五六七八九零壱弌壹弐弍貳参參弎肆伍陸漆捌玖"
_KANJI_VALUES = "23456789011122233345678" + "9"

_SAME: dict[str, str] = {
    "-": "ー−〜∼∿～~˗⁃╴╶─━╌╍┄┅┈┉╼╾⎯¯‾ˉ➖⁻₋ㅡᅳ￣",
    " ": "\t\u2800",
    "\n": "\x85\u2028\u2029",
    "・": "·•‧∙⋅᛫⸱・ꞏ𐄁",
    ".": "․",
    "、": "､﹑",
    "。": "｡",
    "/": "⁄∕⧸╱",
    "|": "｜¦│┃❘ǀ∣",
    "+": "➕✚⁺₊",
    "#": "♯",
    "○": "◯⚪⭕",
    "*": "×✕✖✗✘╳⨯❌❎∗⁎✱✲✳★☆⭐※●⚫◉◎■□▢◻◼⬜⬛◆◇▲△▼▽�",
    "O": "ΟОՕ",
    "o": "οоօ",
    "I": "ΙІӀ",
    "l": "ⅼ",
    "一": "㇐",
    "…": "‥⋯",
}
_TABLE: dict[str, str] = {other: char for char, others in _SAME.items() for other in others} | {
    "〡": "1", "〢": "2", "〣": "3", "〤": "4", "〥": "5", "〦": "6", "〧": "7", "〨": "8", "〩": "9",
}  # fmt: skip
_TABLE |= dict(zip(KANJI_DIGITS, _KANJI_VALUES, strict=True))
_BY_CATEGORY = {"Pd": "-", "Zs": " ", "Ps": "(", "Pi": "(", "Pe": ")", "Pf": ")"}
_CACHE_LIMIT = 20_000


def _fold_one(char: str) -> str:
    if ord(char) in INVISIBLE:
        return INVISIBLE_MARK
    if char in _TABLE:
        return _TABLE[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1 or plain == char:
        return char
    return _fold_one(plain)


class _Fold(dict[int, str]):
    """A ``str.translate`` table that classifies each code point when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(self) < _CACHE_LIMIT:
            self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """The text with look-alikes made equal, of the same length, so that spans found in it hold in ``text``.

    * every digit (full-width, circled, superscript, mathematical, Arabic-Indic, kanji 二…九, 零 壱 弐 参…) → ``0``–``9``
    * dashes, minus, wave, ー → ``-``; spaces → one space; brackets and quotes → ``(`` ``)``; middle dots → ``・``;
      ``，`` → ``,``; ``､`` → ``、``; ``｡`` → ``。``; slashes → ``/``; plus → ``+``; ``＃ ♯`` → ``#``
    * signs that hide a digit → ``*``, circles → ``○``; ``x X ? _ #`` stay, as they also mean other things
    * 〇 and 一 stay (zero or hidden digit, one or dash: ``phone.read`` decides by context), as do letters:
      every O-like letter becomes ``O`` or ``o``, every I-like ``I``, other letters their NFKC form, case kept
    * invisible characters (``INVISIBLE``) → U+200B, which the caller may skip
    """
    return text.translate(_FOLD)
