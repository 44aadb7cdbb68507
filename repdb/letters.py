"""Letters of names brought to one form: width, kana, kanji variants, look-alikes (floor 0).

The tables are data: ``data/kanji_variants.csv`` and ``data/confusables.csv``. Loaded once, when first needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from repdb import bundled
from repdb.invisible import UNSEEN

_SMALL = dict(zip("ァィゥェォッャュョヮヵヶヰヱ", "アイウエオツヤユヨワカケイエ", strict=True))
_KATAKANA = {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}
_SOUND_MARKS = {"゛": "\u3099", "゜": "\u309a"}  # free-standing marks, as half-width input leaves them
# A hyphen after katakana is a long vowel mark typed as a hyphen (ン and ッ are never lengthened).
_LONG_VOWEL = re.compile(r"[-‐‑‒–—―−─━ｰ~〜](?<=[ァ-ミム-ヺー].)(?=[ァ-ヺ]|$)")
_NUMERALS = frozenset("一二三八千")
_ACCENTED = re.compile("[À-ɏḀ-ỿ]")
_LATIN_LIKE = "\u0131-\u0237\u0251-\u02af\u0370-\u052f\u1d00-\u1d7f\ua730-\ua7ff"
_ANY_LIKE = re.compile(f"[{_LATIN_LIKE}]")
_LATIN_WORD = re.compile(f"[a-zA-Z{_LATIN_LIKE}]+")


class _Filled(dict[int, str]):
    """A table of characters that also keeps those met that it does not change: ``str.translate`` takes long over what is
    missing."""

    def __missing__(self, code: int) -> str:
        self[code] = char = chr(code)
        return char


class _Letters(dict[int, str]):
    """Letters, digits and the long vowel mark, nothing for all else; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = category(char)
        self[code] = kept = char if kind[0] in "LN" or kind == "Mc" else ""
        return kept


_ONLY_LETTERS = _Letters()


class Tables(NamedTuple):
    one_to_one: dict[int, str]  # invisible, kana, kanji variants
    latin: dict[str, str]
    kana: dict[str, str]  # kanji → the katakana it is mistaken for
    to_kanji: dict[int, str]
    words: dict[str, str]  # a word all in kanji → the word as it is
    any_word: re.Pattern[str]
    any_kana: re.Pattern[str]  # a run of what may be katakana
    unified: _Filled  # one_to_one, for whole texts
    as_kanji: _Filled  # to_kanji, for whole texts


@lru_cache(maxsize=1)
def tables() -> Tables:
    confusables = bundled.rows("confusables.csv")
    kana = {written: means for kind, written, means in confusables if kind == "kana"}
    one_to_one: dict[int, str] = dict.fromkeys(UNSEEN, "")
    one_to_one |= {ord(old): new for old, new in kanji_variants().items()}
    one_to_one |= {ord(hira): _SMALL.get(kata, kata) for hira, kata in _KATAKANA.items()}
    one_to_one |= {ord(small): large for small, large in _SMALL.items()}
    to_kanji = {ord(means): written for written, means in kana.items()}
    words = {written.translate(to_kanji): written for kind, written, _ in confusables if kind == "word"}
    return Tables(
        one_to_one,
        {written: means for kind, written, means in confusables if kind == "latin"},
        kana,
        to_kanji,
        words,
        re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))),
        re.compile(f"[{''.join(kana)}]+"),
        _Filled(one_to_one),
        _Filled(to_kanji),
    )


def kanji_variants() -> dict[str, str]:
    """Old or variant kanji → the one that names are folded to."""
    return dict(bundled.rows("kanji_variants.csv"))


def unify(text: str, alike: bool = True) -> str:
    """NFKC, lower case, katakana (small ones large), new kanji, Latin for its look-alikes (unless not ``alike``), no
    invisible characters."""
    for mark, combining in _SOUND_MARKS.items():
        text = text.replace(mark, combining)
    text = normalize("NFKC", text)
    text = latinize(text) if alike else _without_accents(text)
    text = normalize("NFKC", text.casefold()).translate(tables().unified)
    return _LONG_VOWEL.sub("ー", text)


def letters_only(text: str) -> str:
    """Letters, digits and the long vowel mark; spaces, punctuation, symbols and stray marks go."""
    return text.translate(_ONLY_LETTERS)


def settle(text: str) -> str:
    """カ/力, ロ/口, ト/卜 …: one reading for each, from the neighbours, whichever was typed.

    All are read as kanji first, so the result cannot depend on the glyph chosen. Words of the list (電力, 窓口) stay
    kanji. A run of the others is katakana if it touches katakana, or has two and is not a plain numeral.
    """
    known = tables()
    text = text.translate(known.as_kanji)
    if not known.any_kana.search(text):
        return text
    out, free = list(text), text
    for found in known.any_word.finditer(text):
        start, end = found.span()
        out[start:end] = known.words[found[0]]
        free = free[:start] + "\n" * (end - start) + free[end:]
    for run in known.any_kana.finditer(free):
        start, end = run.span()
        if _reads_as_kana(text, start, end):
            out[start:end] = [known.kana[char] for char in run[0]]
    return "".join(out)


def _reads_as_kana(text: str, start: int, end: int) -> bool:
    if "ァ" <= text[max(start - 1, 0) : start] <= "ヺ" or "ァ" <= text[end : end + 1] <= "ヺ":
        return True
    return end - start > 1 and not _NUMERALS.issuperset(text[start:end])


def latinize(text: str) -> str:
    """Words that mix Latin with its look-alikes, or hold look-alikes alone, in Latin; accents of Latin letters go."""
    if text.isascii():
        return text
    text = _without_accents(text)
    if not _ANY_LIKE.search(text):
        return text
    known = tables().latin
    return _LATIN_WORD.sub(
        lambda word: (
            "".join(known.get(char, char) for char in word[0])
            if any(char.isascii() for char in word[0]) or all(char in known for char in word[0])
            else word[0]
        ),
        text,
    )


def _without_accents(text: str) -> str:
    if not _ACCENTED.search(text):
        return text
    return "".join(normalize("NFD", char)[0] if "À" <= char <= "ɏ" or "Ḁ" <= char <= "ỿ" else char for char in text)
