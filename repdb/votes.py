"""Votes and their decay: the arithmetic of the verdict model, shared by storage and judgement (floor 0).

A *voice* (a source, or one reporter within it) has one vote on a subject, however often it repeats itself. A vote
fades by half every half-life. Instead of rewriting stored votes as time passes, each is stored as its *strength*
at a fixed epoch, 2^(days since EPOCH / half-life): a new report is one addition, the order by stored value equals
the order by decayed value, and the value on any day is stored · 2^-(days from EPOCH to that day / half-life).
(The same trick as haumacher/phoneblock's exponential moving averages; our half-lives.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

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

# Where others than the crowd accuse, the crowd's benign votes take away the crowd's accusations, and of theirs they
# counter at most this share: the crowd clears nobody whom somebody who checks accuses. They count in full again where
# they are a half-life newer (twice as strong), as when a number has a new owner.
CROWD_SHARE = 0.25
NEWER = 2.0

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
    if n <= NOTHING or adverse <= 0.0:  # of none the formula gives 0 but for rounding
        return 0.0
    z2 = Z * Z
    share = adverse / n
    margin = Z * math.sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n))
    return max(0.0, (share + z2 / (2.0 * n) - margin) / (1.0 + z2 / n))


class Voice(NamedTuple):
    """What one reporter of one source says of a subject: counts, days (``""``: none), and votes as stored.

    ``adverse`` and ``benign`` are the strongest vote of either stance: repetition adds to the counts only.
    """

    source: str
    reporter: str
    report_count: int
    benign_count: int
    first_reported_on: str
    last_reported_on: str
    adverse: float
    benign: float


class Total(NamedTuple):
    """What all voices on a subject add up to. ``source_count`` counts the sources that accuse; votes are as stored."""

    report_count: int
    benign_count: int
    source_count: int
    first_reported_on: str
    last_reported_on: str
    adverse: float
    benign: float


class Party(NamedTuple):
    """A source as a voter: how much one of its votes weighs, and whether it is of the CROWD."""

    trust: float
    crowd: bool


def as_party(kind: str, trust: float) -> Party:
    return Party(trust, kind in CROWD)


def total(voices: Sequence[Voice], parties: Mapping[str, Party]) -> Total:
    """Add up the voices on one subject, given its sources' parties.

    A source's votes are the sum of its voices', but never more than MAX_TRUST of its strongest: the cap is relative to
    a vote as stored, so that it fades with it. All sources of the crowd together have that cap again, and what they say
    weighs as ``_of_crowd`` has it.
    """
    if len(voices) == 1:  # as most subjects have: what follows, for one
        source, _, reports, benigns, first, last, adverse, benign = voices[0]
        weight = min(parties.get(source, _NOBODY).trust, MAX_TRUST)
        return Total(reports, benigns, int(reports > 0), first, last, adverse * weight, benign * weight)
    reports = benigns = sources = 0
    first = last = ""
    adverse = benign = newest = 0.0
    crowd: list[_Votes] = []
    # In a fixed order, so that the same voices give the same sums to the last digit.
    for source, spoken in groupby(sorted(voices), _SOURCE):
        party = parties.get(source, _NOBODY)
        said, harmless, began, ended, votes = _of_source(spoken, party.trust)
        reports += said
        benigns += harmless
        sources += said > 0
        if began and (not first or began < first):
            first = began
        if ended > last:
            last = ended
        if party.crowd:
            crowd.append(votes)
        else:
            adverse += votes[0]
            benign += votes[1]
            newest = max(newest, votes[2])
    if crowd:
        accused, cleared = _of_crowd(crowd, adverse, newest)
        adverse += accused
        benign += cleared
    return Total(reports, benigns, sources, first, last, adverse, benign)


_Votes = tuple[float, float, float, float]  # adverse and benign, capped; the strongest single vote of either stance


def _of_source(spoken: Iterable[Voice], trust: float) -> tuple[int, int, str, str, _Votes]:
    """One source's reports, benign reports, first and last day, and votes."""
    said = harmless = 0
    first = last = ""
    adverse = benign = top_adverse = top_benign = 0.0
    for _, _, report_count, benign_count, first_on, last_on, vote, against in spoken:
        said += report_count
        harmless += benign_count
        if first_on and (not first or first_on < first):
            first = first_on
        if last_on > last:
            last = last_on
        adverse += vote
        benign += against
        if vote > top_adverse:
            top_adverse = vote
        if against > top_benign:
            top_benign = against
    adverse = min(adverse * trust, top_adverse * MAX_TRUST)
    benign = min(benign * trust, top_benign * MAX_TRUST)
    return said, harmless, first, last, (adverse, benign, top_adverse, top_benign)


def _of_crowd(sources: Iterable[_Votes], others: float, newest: float) -> tuple[float, float]:
    """The votes of all sources of the crowd together, beside the adverse votes of ``others`` and their strongest one.

    Every amount is in votes as stored, so what holds today holds on any day. More accusations by anybody never lower the
    bound, and more benign votes never raise it.
    """
    adverse = benign = most_adverse = most_benign = 0.0
    for of_adverse, of_benign, top_adverse, top_benign in sources:
        adverse += of_adverse
        benign += of_benign
        most_adverse = max(most_adverse, top_adverse)
        most_benign = max(most_benign, top_benign)
    adverse, benign = min(adverse, most_adverse * MAX_TRUST), min(benign, most_benign * MAX_TRUST)
    if most_benign > NEWER * newest:
        return adverse, benign
    left = min(benign, others) - adverse
    return max(-left, 0.0), CROWD_SHARE * max(left, 0.0)


_SOURCE = itemgetter(0)
_NOBODY = Party(0.0, False)


def verdict_of(score: float) -> str:
    """The verdict of a subject that has been reported, from its score alone."""
    if score >= DANGEROUS:
        return "dangerous"
    return "suspicious" if score >= SUSPICIOUS else "past"


def judged(standing: str, reports: int, score: float) -> str:
    """The verdict of a subject of some ``Subject.standing``: official channels, shared hosts, genuine and fictitious
    companies, and offices of which no register has all, are not judged by votes alone.
    """
    if standing == "fictitious":
        return "dangerous"
    if standing == "official" or (standing == "genuine" and not reports):
        return "official"
    if standing == "shared" or not reports:
        return "unreported"
    verdict = verdict_of(score)
    return "suspicious" if standing in ("genuine", "office") and verdict == "dangerous" else verdict
