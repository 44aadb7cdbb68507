"""Votes and their decay: the arithmetic of the verdict model, shared by storage and judgement (floor 0).

A *voice* (a source, or one reporter within it) has one vote on a subject, however often it repeats itself. A vote
fades by half every half-life. Instead of rewriting stored votes as time passes, each is stored as its *strength*
at a fixed epoch, 2^(days since EPOCH / half-life): a new report is one addition, the order by stored value equals
the order by decayed value, and the value on any day is stored · 2^-(days from EPOCH to that day / half-life).
(The same trick as haumacher/phoneblock's exponential moving averages; our half-lives.)
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

EPOCH = date(2020, 1, 1)

# Days after which a vote counts half. Numbers and hosts are re-assigned; names of impostors live longer.
HALF_LIFE: dict[str, float] = {
    "phone": 180.0,
    "masked_phone": 180.0,
    "domain": 180.0,
    "sender_id": 365.0,
    "company": 1095.0,
}

# One source, whatever it repeats and however many reporters it has, weighs at most this many votes. The lower bound
# of 1.4 unopposed votes is 0.583, below DANGEROUS: it takes independent sources to call a number dangerous.
MAX_TRUST = 1.4

# Kinds of source where anybody can speak under many names, in many places at once. All of them together weigh what one
# source may: however many identities an attacker has, it takes somebody who checks (an office, a feed, an article, a
# partner) to call a number dangerous.
CROWD = frozenset({"board", "contributor"})

# Score from which a verdict is given.
DANGEROUS = 0.6
SUSPICIOUS = 0.3

# Fewer votes than this are none: their square would fall below the smallest float.
NOTHING = 1e-100

# Confidence of the lower bound: z = 1, one-sided 84 %.
Z = 1.0


@lru_cache(maxsize=16384)
def day_of(reported_on: str) -> date:
    """The day a report is counted on. A year or a month counts as its middle, no date at all as EPOCH.

    An undated report cannot show that it is recent, so it makes its subject known without making it dangerous today.
    """
    if not reported_on:
        return EPOCH
    year, _, rest = reported_on.partition("-")
    if not rest:
        return date(int(year), 7, 1)
    month, _, day = rest.partition("-")
    return date(int(year), int(month), int(day or 15))


@lru_cache(maxsize=65536)
def strength(kind: str, reported_on: str) -> float:
    """One vote on that day as stored: 2^(days since EPOCH / half-life of the kind of subject)."""
    return float(2.0 ** ((day_of(reported_on) - EPOCH).days / HALF_LIFE[kind]))


@lru_cache(maxsize=4096)
def fading(kind: str, as_of: date) -> float:
    """The factor that turns a stored sum of strengths into votes on the day ``as_of``."""
    return float(2.0 ** (-(as_of - EPOCH).days / HALF_LIFE[kind]))


def lower_bound(adverse: float, benign: float) -> float:
    """Lower end of Wilson's score interval for the share of adverse votes, in [0, 1).

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927), with z = Z. With
    fewer votes the bound is lower; unopposed it is n / (n + z²): 0.5 for one vote, 0.67 for two, 0.75 for three.
    """
    n = adverse + benign
    if n <= NOTHING:
        return 0.0
    z2 = Z * Z
    share = adverse / n
    margin = Z * math.sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n))
    return max(0.0, (share + z2 / (2.0 * n) - margin) / (1.0 + z2 / n))


def verdict_of(score: float) -> str:
    """The verdict of a subject that has been reported, from its score alone."""
    if score >= DANGEROUS:
        return "dangerous"
    return "suspicious" if score >= SUSPICIOUS else "past"
