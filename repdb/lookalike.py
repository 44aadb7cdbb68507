"""Does a foreign host imitate an official domain? (floor 0)

A hit says what the eye sees, not who is behind it, so each rule keeps to forms that an innocent name hardly takes.
Never a hit: the brand's own label under another suffix (``amazon.de``), a word of everyday use (``GENERIC``) that merely
stands among others, a name that shares a prefix with the brand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from repdb import hostname, letters

# Shortest brand label (hyphens not counted) that each kind of likeness is looked for.
MIN_GLYPHS = 4  # same skeleton, other letters: 0rico, rnercari
MIN_WORD = 5  # the brand as a word beside a bait word, or as a label of its own in a foreign domain
MIN_TYPO = 6  # one letter more, less, other or swapped with its neighbour
# Brand labels that are also surnames, words or places: only whole official domains and look-alike glyphs count.
GENERIC = frozenset(
    "acom apple daiwa family line matsui microsoft nomura orico plus promise rakuma uber visa yahoo google facebook "
    "monex aplus netbk nicos orix aeon jaccs dhl ana jal dmm jcb".split()
)
_SAME = str.maketrans("01|!iı", "olllll")
_PAIRS = (("rn", "m"), ("vv", "w"))
_BAIT = frozenset(
    "account accounts alert app auth authentication bank billing campaign card cards center check co com confirm customer "
    "help home id info information jp japan jpn login logon mail member members mobile my net ne notice online order page "
    "pay payment point points prime refund secure security service services shop sign signin site store support system "
    "top update user verification verify web".split()
)


@lru_cache(maxsize=65536)
def skeleton(host: str) -> str:
    """The host as a hurried eye reads it: Latin for its look-alikes, no accents, 0=o, 1=i=l, rn=m, vv=w, _=-.

    Two hosts of one skeleton are hard to tell apart (the idea of Unicode UTS 39, cut down to what hosts can hold).
    """
    shown = letters.latinize(hostname.to_unicode(host)) if "xn--" in host else host
    shown = shown.translate(_SAME).replace("_", "-")
    for pair, single in _PAIRS:
        shown = shown.replace(pair, single)
    return shown


def imitated(host: str, key: str, suffix: str, brands: tuple[tuple[str, str], ...]) -> str | None:
    """The official domain whose look ``host`` takes, or ``None``.

    ``key`` and ``suffix`` place the host; ``brands`` are (label that the brand registered, official domain). Rules:

    1. the official domain stands inside the host, dots as dots or hyphens, the brand right or one letter off
       (``amazom.co.jp.example.buzz``, ``jcb-co-jp.example``);
    2. a label has the brand's skeleton but not its letters, or its letters with other hyphens (``arnazon``, ``ama-zon``);
    3. the brand is a label below a foreign domain (``mercari.example.com``);
    4. the brand, or one letter off it, is a word beside a bait word (``rakuten-login``, ``amazom-jp``, ``amazonlogin``);
    5. a label is one letter off the brand (``amazom.example``).
    """
    own = host.removesuffix(f".{suffix}") if suffix else host
    labels = own.split(".")
    registered = key.split(".", 1)[0]
    if any(registered == label for label, _ in brands):
        labels = labels[:-1]  # perhaps the brand itself, elsewhere
    seen = [
        _Label(label, place < len(labels) - 1 or len(labels) < own.count(".") + 1) for place, label in enumerate(labels)
    ]
    words = [skeleton(word) for word in own.replace("-", ".").split(".") if word]
    for label, official in brands:
        brand = _bare(label)
        if _quoted(words, official, brand) or any(_resembles(one, label, brand) for one in seen):
            return official
    return None


class _Label:
    """One label of the host, with the forms that rules compare; ``below``: not the registered one."""

    __slots__ = ("bare", "below", "text", "words")

    def __init__(self, text: str, below: bool) -> None:
        self.text = text
        self.below = below
        self.bare = _bare(text)
        self.words = [skeleton(word) for word in text.split("-") if word]


@lru_cache(maxsize=4096)
def _bare(label: str) -> str:
    return skeleton(label).replace("-", "")


def _resembles(label: _Label, written: str, brand: str) -> bool:
    size = len(brand)
    if size < MIN_GLYPHS:
        return False
    if label.bare == brand:
        if label.text != written:
            return True
        return label.below and size >= MIN_WORD and written not in GENERIC
    if size < MIN_WORD or written in GENERIC:
        return False
    if size >= MIN_TYPO and _one_off(label.bare, brand):
        return True
    return _baited(label, brand, size >= MIN_TYPO)


def _baited(label: _Label, brand: str, typo: bool) -> bool:
    """The brand beside a bait word, hyphenated or run together."""
    words = label.words
    if len(words) > 1 and not _BAITS.isdisjoint(words):
        return any(word == brand or (typo and _one_off(word, brand)) for word in words)
    return typo and (
        (label.bare.startswith(brand) and label.bare[len(brand) :] in _BAITS)
        or (label.bare.endswith(brand) and label.bare[: -len(brand)] in _BAITS)
    )


def _quoted(words: list[str], official: str, brand: str) -> bool:
    """The official domain inside the host; short two-part ones (``line.me``) are ordinary words when hyphenated."""
    parts = [skeleton(part) for part in official.replace("-", ".").split(".")]
    if len(parts) < 3 and len(brand) < MIN_WORD:
        return False
    size = len(parts)
    head = 0 if len(brand) < MIN_WORD else 1
    for start in _starts(words, parts):
        if words[start] == parts[0] or (head and _one_off(words[start], parts[0])):
            return start + size <= len(words)
    return False


def _starts(words: list[str], parts: list[str]) -> Iterator[int]:
    tail = parts[1:]
    return (start for start in range(len(words) - len(tail)) if words[start + 1 : start + 1 + len(tail)] == tail)


def _one_off(one: str, two: str) -> bool:
    """One letter inserted, dropped, replaced, or two neighbours swapped (optimal string alignment distance 1)."""
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    rest, other = one[same:], two[same:]
    if rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]:
        return True
    return rest[:2] == other[1::-1] and rest[2:] == other[2:]


_BAITS = frozenset(map(skeleton, _BAIT))
