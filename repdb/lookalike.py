"""Does a foreign host imitate an official domain? (floor 0)

A hit says what the eye sees, not who is behind it, so each rule keeps to forms that an innocent name hardly takes.
Never a hit: the brand's own label under another suffix (``amazon.de``) that is not among the cheapest (``CHEAP``), a word of everyday use (``GENERIC``) that stands
among others, a name that differs from the brand in its first letter (``mobile`` is not ``ymobile``), another word or
name (``NEIGHBOURS``, or plain Japanese) that happens to lie one letter off.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from repdb import hostname, letters

# Shortest brand label (hyphens not counted) that each kind of likeness is looked for.
MIN_GLYPHS = 5  # same skeleton, other letters: 0rico, rnercari (acorn is a word, acom a lender)
MIN_WORD = 5  # the brand beside a bait word, or as a label of its own in a foreign domain
MIN_TYPO = 6  # one letter more, less, other or swapped with its neighbour; other hyphens. Common endings do not count
_ENDINGS = ("bank", "camera", "card", "mobile", "online", "pay", "server", "store")  # micard is not macard
# Brand labels that are also surnames, places, words or parts of words: only whole official domains and look-alike glyphs
# count, and one of two parts not as the whole of a registered name (office-com.jp sells furniture).
GENERIC = frozenset(
    """acom aiful antiphishing aplus apple blockchain booking chase courts customs daiwa digital energia express facebook
    family fukutsu google group icloud jalan lawson matsui microsoft monex nenkin netbk netflix nifty nintendo nomura
    norton ntt-east ntt-west office okasan orico promise sakura seino softbank soumu tokyo workday yahoo""".split()
)
# Words and names one letter off a brand's label, in English and its neighbours (found by holding lists of frequent words
# against the register).
NEIGHBOURS = frozenset(
    """alone amazona amazone amazons diner dinero dineros dinars dinners dingers divers eneco interact intera invaso
    invest japan joslin jospin mcfee mercati mine mines nissan papal payal smarten smarter telegraf telegrama telegramm
    telegrams termos thermes thermo trist truest truism truitt trust twister weibull wester workaday yonder
    youtuber""".split()
)
# Suffixes sold only to registered companies and bodies, one or few each: among the 180 000 phishing links that JPCERT/CC
# listed from 2022 to 2024, none there had a typing error of a brand, nor a brand beside a bait word.
_HELD = (".ac.jp", ".co.jp", ".ed.jp", ".go.jp", ".lg.jp", ".or.jp")
# Suffixes that cost next to nothing, on which no brand of the register has its site.
CHEAP = frozenset(
    "bond buzz cfd click cyou fit icu lol mom monster pics quest rest sbs skin top vip wang work xin xyz".split()
)
MAX_SYLLABLES = 8  # up to here a label that reads as Japanese is as well another name: nissan, yamaya, okusan
COINED = frozenset(("amazon", "mercari"))  # no Japanese word lies near, though they read as Japanese
_JAPANESE = re.compile(
    r"(?:(?:kk?|ss?|tt?|pp?|[hmrgzbdjfwy]|n|(?:kk?|pp?|[nhmrgb])y|ss?h|t?ch|ts)?[aiueo]|n(?![aiueoy]|n$)|m(?=[bp]))+"
)
_GLYPHS = str.maketrans("01|!", "olll")
_PAIRS = (("rn", "m"), ("vv", "w"))
_BAIT = """account accounts alert auth authentication billing card center check co com confirm customer help id info
information jp japan jpn login logon mail member members mypage ne notice order pay payment point points prime refund
secure security service services sign signin support system update user verification verify web"""


class Brand(NamedTuple):
    label: str  # what the brand registered: smbc-card
    official: str  # smbc-card.com
    bare: str  # smbccard
    parts: tuple[str, ...]  # smbc, card, com
    typo: bool  # its own part is long enough for rules about one letter off


def brand(label: str, official: str) -> Brand:
    bare = _bare(label)
    ending = next((len(one) for one in _ENDINGS if bare.endswith(one)), 0)
    return Brand(label, official, bare, tuple(_words(official)), len(bare) - ending >= MIN_TYPO)


@lru_cache(maxsize=16384)
def skeleton(host: str) -> str:
    """The host as a hurried eye reads it: Latin for its look-alikes, no accents, 0=o, 1=l, rn=m, vv=w, _=-.

    Two hosts of one skeleton are hard to tell apart (the idea of Unicode UTS 39, cut down to what hosts can hold).
    """
    shown = letters.latinize(_seen(host)) if "xn--" in host or not host.isascii() else host
    shown = shown.translate(_GLYPHS).replace("_", "-")
    for pair, single in _PAIRS:
        shown = shown.replace(pair, single)
    return shown


def imitated(own: str, key: str, brands: tuple[Brand, ...]) -> str | None:
    """The official domain whose look a host takes, or ``None``. Rules, first match wins:

    1. the official domain stands inside the host, dots as dots or hyphens, the brand right or one letter off
       (``amazom.co.jp.example.buzz``, ``jcb-co-jp.example``);
    2. a label has the brand's skeleton but not its letters, or its letters with other hyphens (``arnazon``, ``ama-zon``);
    3. the brand is a label below a foreign domain (``mercari.example.com``);
    4. the brand, or one letter off it, stands beside a bait word (``rakuten-login``, ``amazom-jp``, ``amazonlogin``);
    5. a label is one letter off the brand (``amazom.example``).

    Under a suffix that only registered bodies hold (``_HELD``), only 1 and the other letters of 2.
    ``own``: the host without its public suffix; ``key``: as ``domain.read`` gives it.
    """
    labels = own.split(".")
    registered = key.split(".", 1)[0]
    below = len(labels) - 1
    words = _words(own)
    held = key.endswith(_HELD)
    forms = [(_seen(label), _bare(label), tuple(_words(label)), place < below) for place, label in enumerate(labels)]
    same = next((one for one in brands if registered == one.label), None)
    if same:
        if key.rpartition(".")[2] in CHEAP and same.label not in GENERIC and len(same.bare) >= MIN_TYPO:
            return same.official
        forms.pop()  # perhaps the brand itself, under another suffix
    joined = "".join(words)
    firsts = {word[0] for word in words}
    for one in brands:
        if one.bare[:1] not in firsts and one.bare not in joined:
            continue
        if _quoted(words, registered, one) or any(_resembles(*form, held, one) for form in forms):
            return one.official
    return None


def _seen(label: str) -> str:
    """Host or label as a browser shows it: the hyphens of punycode are none of the name's."""
    return hostname.to_unicode(label) if "xn--" in label else label


def _words(text: str) -> list[str]:
    return [word for word in skeleton(text).replace("-", ".").split(".") if word]


def _bare(label: str) -> str:
    return skeleton(label).replace("-", "")


def _resembles(label: str, bare: str, words: tuple[str, ...], below: bool, held: bool, to: Brand) -> bool:
    size, hyphens, distinct = len(to.bare), label.count("-"), to.label not in GENERIC
    if bare == to.bare and size >= MIN_GLYPHS:
        if label == to.label:
            return below and distinct and not held
        return (distinct and to.typo and not held) or hyphens == to.label.count("-")
    if size < MIN_WORD or not distinct or held:
        return False
    typo = to.typo and hyphens == to.label.count("-") and _mistyped(bare, to.bare)
    return typo or _baited(bare, words, to)


def _baited(bare: str, words: tuple[str, ...], to: Brand) -> bool:
    """The brand beside a bait word, hyphenated or run together."""
    if len(words) > 1 and not _BAITS.isdisjoint(words):
        if any(word == to.bare or (to.typo and _mistyped(word, to.bare)) for word in words):
            return True
        return "-" in to.label and f"-{to.label}-" in f"-{'-'.join(words)}-"  # smbc-card-login
    if len(to.bare) < MIN_TYPO or to.bare not in bare:
        return False
    before, _, after = bare.partition(to.bare)
    return (not before and after in _BAITS) or (not after and before in _BAITS)


def _quoted(words: list[str], registered: str, to: Brand) -> bool:
    """The official domain inside the host. Ordinary words side by side are none: short ones of two parts (``line.me``), a
    word of everyday use that is the whole registered name (``office-com``). One letter off must not be a word there
    (``mine-jp``), but hardly is by chance beside ``co.jp`` or below a foreign name (``auonei-jp.example.cn``)."""
    head, *tail = to.parts
    generic, end = to.label in GENERIC, len(tail) + 1
    if end < 3 and (len(to.bare) < MIN_WORD or (generic and registered == "-".join(to.parts))):
        return False
    own = len(words) - len(_words(registered))
    for start in range(len(words) - len(tail)):
        if words[start + 1 : start + end] != tail:
            continue
        word = words[start]
        if word == head:
            return True
        if len(to.bare) >= MIN_WORD and not (generic and end < 3) and _one_off(word, head):
            sure = end > 2 or (start + end <= own and word not in NEIGHBOURS)
            if sure or (len(to.bare) >= MIN_TYPO and _mistyped(word, head)):
                return True
    return False


def _mistyped(word: str, brand: str) -> bool:
    """One letter off the brand, and no word or name of its own."""
    if not _one_off(word, brand) or word in NEIGHBOURS:
        return False
    return len(brand) > MAX_SYLLABLES or brand in COINED or _JAPANESE.fullmatch(word) is None


def _one_off(one: str, two: str) -> bool:
    """One letter inserted, dropped, replaced or swapped with its neighbour after the same first letter.

    Optimal string alignment distance 1. The first letter must agree: typing errors and imitations keep it, and without
    it ``mobile`` would be ``ymobile`` and ``abank`` ``jabank``.
    """
    if one[:1] != two[:1] or abs(len(one) - len(two)) > 1 or one == two:
        return False
    same = 1
    while same < len(one) and same < len(two) and one[same] == two[same]:
        same += 1
    rest, other = one[same:], two[same:]
    if rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]:
        return True
    return rest[:2] == other[1::-1] and rest[2:] == other[2:]


_BAITS = frozenset(map(skeleton, _BAIT.split()))
