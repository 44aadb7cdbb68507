"""Near-duplicate messages: the same text with other numbers, names and links (floor 0).

``skeleton`` keeps the wording and masks what campaigns change. ``fingerprint`` is MinHash with one permutation over the
skeleton's character shingles (Li, Owen, Zhang 2012), empty bins filled as in Shrivastava 2017; ``bands`` cuts it into keys
for an index (LSH): two texts share one with probability about 1 - (1 - s^ROWS)^BANDS at similarity s, which is 0.99 at
0.65 and 0.04 at 0.14. All is fixed arithmetic on CRC-32: every machine and every version of Python agrees, so
fingerprints may be stored.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from repdb.text.fold import fold

SHINGLE = 3  # characters: one to two words of Japanese
BANDS = 16
ROWS = 3
SIZE = BANDS * ROWS
MIN_SHINGLES = 12  # shorter skeletons say too little to call two messages the same
_MIX = 0x9E3779B97F4A7C15  # 2^64 / golden ratio: spreads CRC-32, which is linear, over 64 bits (Knuth, TAOCP 6.4)
_MASK = (1 << 64) - 1
_MOST = 4000  # shingles of a text that count; longer texts are pages, judged by their beginning

_LINK = re.compile(
    r"(?:h[tx*]{2}ps?:/{0,2}|www\.)[!-~]{1,2048}|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,255}|(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}(?:/[!-~]{0,2048})?"
)
_BRACKETED = re.compile(r"[「『【《〔][^「」『』【】《》〔〕\n]{1,24}[」』】》〕]")
_NAMED = re.compile(
    r"[一-鿿ァ-ヺー]{1,12}[ ]?(?:様|さん|殿)|(?:担当|差出人|送信者|発信者|from|name)[ ]?[:：]?[ ]?[一-鿿ァ-ヺーa-z]{1,12}(?:[ ][一-鿿ァ-ヺー]{1,6})?"
)
_COMPANY = re.compile(
    r"(?:株式会社|有限会社|合同会社|㈱|\(株\))[ ]?[一-鿿ァ-ヺーa-z]{1,20}|[一-鿿ァ-ヺーa-z]{1,20}(?:株式会社|㈱|\(株\)|債権回収|センター|サービス|サポート|事務局)"
)
_DIGITS = re.compile(
    r"[0-9〇零一二三四五六七八九十百千万億*×○●x]{1,30}(?:[-ー・,./:年月日時分()][0-9〇零一二三四五六七八九十*×○●x]{1,30}){0,8}[年月日時分]?"
)

Fingerprint = tuple[int, ...]


def skeleton(text: str) -> str:
    """The wording alone: links, names, numbers and dates masked, spaces and punctuation gone, case and width folded."""
    shown = fold(text, lower=True).text
    for pattern, mask in ((_LINK, "ⓤ"), (_BRACKETED, "ⓝ"), (_COMPANY, "ⓝ"), (_NAMED, "ⓝ"), (_DIGITS, "ⓓ")):
        shown = pattern.sub(mask, shown)
    return (
        _REPEAT.sub(r"\1", _PUNCTUATION.sub("", shown))
        .translate(_SPELLINGS)
        .replace("下さ", "くださ")
        .replace("出来", "でき")
    )


_PUNCTUATION = re.compile(r"[^\wⓤⓝⓓ]+|_+")
# One word in two spellings: campaigns are retyped.
_SPELLINGS = str.maketrans(
    {"御": "ご", "致": "いた", "頂": "いただ", "為": "ため", "迄": "まで", "無": "な", "於": "おい", "尚": "なお"}
)
_REPEAT = re.compile(r"([ⓤⓝⓓ])\1+")


def fingerprint(text: str) -> Fingerprint:
    """``SIZE`` minimum hashes of the text's shingles; empty when the wording is too short to compare."""
    words = skeleton(text)[: _MOST + SHINGLE]
    shingles = {crc32(words[place : place + SHINGLE].encode()) for place in range(len(words) - SHINGLE + 1)}
    if len(shingles) < MIN_SHINGLES:
        return ()
    bins: dict[int, int] = {}
    for shingle in shingles:
        mixed = shingle * _MIX & _MASK
        place, value = (mixed >> 32) * SIZE >> 32, mixed & 0xFFFFFFFF
        if value < bins.get(place, 1 << 32):
            bins[place] = value
    return tuple(
        bins[place] if place in bins else bins[next(donor for donor in _sequence(place) if donor in bins)]
        for place in range(SIZE)
    )


@lru_cache(maxsize=SIZE)
def _sequence(place: int) -> tuple[int, ...]:
    """The bins in the fixed order in which an empty one asks them for their value; depends on its place alone."""
    return tuple(sorted(range(SIZE), key=lambda donor: crc32(f"{place} {donor}".encode())))


def bands(mark: Fingerprint) -> tuple[str, ...]:
    """``BANDS`` index keys of a fingerprint; texts that share one are candidates for ``similarity``."""
    return tuple(
        f"{place:02d}:{crc32(repr(mark[place * ROWS : (place + 1) * ROWS]).encode()):08x}"
        for place in range(len(mark) // ROWS)
    )


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """The estimated share of common shingles (Jaccard), 0 to 1; 0 if either text was too short."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def pack(mark: Fingerprint) -> str:
    """A fingerprint as text to store: eight hexadecimal digits for each hash."""
    return "".join(f"{part:08x}" for part in mark)


def unpack(stored: str) -> Fingerprint:
    """The fingerprint that ``pack`` stored."""
    return tuple(int(stored[place : place + 8], 16) for place in range(0, len(stored), 8))
