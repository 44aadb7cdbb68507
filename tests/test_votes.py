"""The arithmetic of votes: decay, the lower bound, and the line that one source alone never crosses."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from repdb import votes

AMOUNTS = st.floats(0, 1e6, allow_nan=False)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-09", date(2024, 3, 9)),
        ("2024-03", date(2024, 3, 15)),
        ("2024", date(2024, 7, 1)),
        ("", votes.EPOCH),
    ],
)
def test_day_of(written: str, day: date) -> None:
    assert votes.day_of(written) == day


def test_a_vote_counts_half_after_its_half_life() -> None:
    for kind, days in votes.HALF_LIFE.items():
        old, new = date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days)
        assert votes.strength(kind, new.isoformat()) == pytest.approx(2 * votes.strength(kind, old.isoformat()))
        assert votes.strength(kind, old.isoformat()) * votes.fading(kind, old) == pytest.approx(1.0)
        assert votes.strength(kind, old.isoformat()) * votes.fading(kind, new) == pytest.approx(0.5)


@given(DAYS, DAYS, DAYS)
def test_the_order_by_stored_value_is_the_order_on_any_day(one: date, other: date, as_of: date) -> None:
    stored = [votes.strength("phone", day.isoformat()) for day in (one, other)]
    faded = [value * votes.fading("phone", as_of) for value in stored]
    assert (stored[0] < stored[1]) == (one < other) == (faded[0] < faded[1])


@given(AMOUNTS, AMOUNTS)
def test_the_bound_lies_between_zero_and_the_share(adverse: float, benign: float) -> None:
    bound = votes.lower_bound(adverse, benign)
    assert 0.0 <= bound < 1.0
    if adverse + benign > 0:
        assert bound <= adverse / (adverse + benign) + 1e-12


@given(AMOUNTS, AMOUNTS, st.floats(0.001, 1e3))
def test_more_adverse_votes_never_lower_it_and_benign_ones_never_raise_it(
    adverse: float, benign: float, more: float
) -> None:
    bound = votes.lower_bound(adverse, benign)
    assert votes.lower_bound(adverse + more, benign) >= bound - 1e-12
    assert votes.lower_bound(adverse, benign + more) <= bound + 1e-12


@given(st.floats(1e-3, 1e4))
def test_unopposed_it_is_n_over_n_plus_z_squared(amount: float) -> None:
    assert votes.lower_bound(amount, 0.0) == pytest.approx(amount / (amount + votes.Z**2))


def test_it_is_wilsons_interval() -> None:
    """Against the quadratic whose lower root it is: (p - b)² = z² b (1 - b) / n."""
    for adverse, benign in [(3.0, 1.0), (10.0, 5.0), (0.5, 0.25)]:
        n, p, b = adverse + benign, adverse / (adverse + benign), votes.lower_bound(adverse, benign)
        assert (p - b) ** 2 == pytest.approx(votes.Z**2 * b * (1 - b) / n)
        assert b < p


def test_nothing_is_nothing() -> None:
    assert votes.lower_bound(0.0, 0.0) == 0.0
    assert votes.lower_bound(0.0, 5.0) == 0.0


@given(st.floats(1e-90, 1e9))
def test_whom_nobody_accuses_has_no_score(benign: float) -> None:
    assert votes.lower_bound(0.0, benign) == 0.0


def test_one_source_stays_below_dangerous_and_two_pass_it() -> None:
    assert votes.SUSPICIOUS < votes.lower_bound(votes.MAX_TRUST, 0.0) < votes.DANGEROUS
    assert votes.lower_bound(2.0, 0.0) >= votes.DANGEROUS


@pytest.mark.parametrize(
    ("score", "verdict"), [(0.0, "past"), (0.29, "past"), (0.3, "suspicious"), (0.6, "dangerous"), (0.99, "dangerous")]
)
def test_verdict_of(score: float, verdict: str) -> None:
    assert votes.verdict_of(score) == verdict


def test_strengths_are_finite_over_all_dates_that_are_read() -> None:
    for kind in votes.HALF_LIFE:
        for day in ("1900-01-01", "2200-12-31"):
            assert 0.0 < votes.strength(kind, day) < math.inf


PARTIES = {
    "office": votes.Party(1.4, False),
    "article": votes.Party(1.0, False),
    "a": votes.Party(0.5, True),
    "b": votes.Party(0.9, True),
}
DAYS_OR_NONE = st.sampled_from(["", "2024", "2025-03", "2026-01-02", "2026-11-20"])
VOICE = st.builds(
    lambda source, reporter, adverse, benign, first, last, vote, against: votes.Voice(
        source, reporter, adverse, benign, first, last, vote if adverse else 0.0, against if benign else 0.0
    ),
    st.sampled_from(sorted(PARTIES)), st.sampled_from(["", "x", "y"]), st.integers(0, 5), st.integers(0, 5),
    DAYS_OR_NONE, DAYS_OR_NONE, st.floats(0.001, 1e6), st.floats(0.001, 1e6),
)  # fmt: skip
VOICES = st.lists(VOICE, max_size=8, unique_by=lambda voice: voice[:2])


@given(VOICES, st.randoms())
def test_voices_add_up_to_the_same_in_any_order(voices: list[votes.Voice], rng: random.Random) -> None:
    shuffled = rng.sample(voices, len(voices))
    assert votes.total(shuffled, PARTIES) == votes.total(voices, PARTIES)


def bound(voices: list[votes.Voice]) -> float:
    counted = votes.total(voices, PARTIES)
    return votes.lower_bound(counted.adverse, counted.benign)


@given(VOICES, VOICE)
def test_a_further_voice_is_counted(voices: list[votes.Voice], more: votes.Voice) -> None:
    before = votes.total(voices, PARTIES)
    assume(all(voice[:2] != more[:2] for voice in voices))
    after = votes.total([*voices, more], PARTIES)
    assert after.report_count == before.report_count + more.report_count
    assert after.benign_count == before.benign_count + more.benign_count
    assert before.source_count <= after.source_count <= before.source_count + 1


# No vote is stronger than one of today, and as many voices as a subject has.
TODAYS = VOICE.map(lambda voice: voice._replace(adverse=min(voice.adverse, 1.0), benign=min(voice.benign, 1.0)))


@given(st.lists(TODAYS, max_size=8, unique_by=lambda voice: voice[:2]), TODAYS)
def test_a_further_accusation_never_lowers_the_bound_and_a_further_benign_vote_never_raises_it(
    voices: list[votes.Voice], more: votes.Voice
) -> None:
    assume(all(voice[:2] != more[:2] for voice in voices))
    before = bound(voices)
    assert bound([*voices, more._replace(benign=0.0, benign_count=0)]) >= before - 1e-12
    assert bound([*voices, more._replace(adverse=0.0, report_count=0)]) <= before + 1e-12


def spoken(source: str, on: date, stance: str = "adverse", reporter: str = "") -> votes.Voice:
    said = votes.strength("phone", on.isoformat())
    adverse, benign = (said, 0.0) if stance == "adverse" else (0.0, said)
    return votes.Voice(source, reporter, int(adverse > 0), int(benign > 0), "", "", adverse, benign)


def score_on(day: date, *voices: votes.Voice) -> float:
    counted, factor = votes.total(voices, PARTIES), votes.fading("phone", day)
    return votes.lower_bound(counted.adverse * factor, counted.benign * factor)


@given(st.integers(0, 180), st.lists(st.integers(0, 400), max_size=30), st.lists(st.integers(0, 400), max_size=3))
def test_the_crowd_clears_nobody_whom_an_office_named_within_a_half_life(
    named: int, benign: list[int], adverse: list[int]
) -> None:
    today = date(2026, 11, 22)
    crowd = [spoken("ab"[n % 2], today - timedelta(age), "benign", f"b{n}") for n, age in enumerate(benign)]
    crowd += [spoken("a", today - timedelta(age), "adverse", f"a{n}") for n, age in enumerate(adverse)]
    assert score_on(today, spoken("office", today - timedelta(named)), *crowd) >= votes.SUSPICIOUS


def test_two_offices_convict_whatever_the_crowd_says_and_a_new_owner_is_heard() -> None:
    today = date(2026, 11, 22)
    harmless = [spoken("a", today, "benign", f"r{n}") for n in range(40)]
    another = {**PARTIES, "second": PARTIES["office"]}
    counted = votes.total([spoken("office", today), spoken("second", today), *harmless], another)
    factor = votes.fading("phone", today)
    assert votes.lower_bound(counted.adverse * factor, counted.benign * factor) >= votes.DANGEROUS
    before = spoken("office", today - timedelta(181))
    assert score_on(today, before) >= votes.SUSPICIOUS > score_on(today, before, *harmless)


def test_benign_votes_of_the_crowd_take_away_its_own_accusations() -> None:
    today = date(2026, 11, 22)
    office = spoken("office", today)
    accused = [spoken("a", today, "adverse", f"r{n}") for n in range(3)]
    harmless = [spoken("b", today, "benign", f"r{n}") for n in range(3)]
    assert score_on(today, office, *accused) >= votes.DANGEROUS > score_on(today, office)
    assert score_on(today, office, *accused, *harmless) == pytest.approx(score_on(today, office))


@given(st.lists(VOICE, min_size=1, max_size=8, unique_by=lambda voice: voice[:2]))
def test_one_source_and_the_whole_crowd_weigh_at_most_the_cap(voices: list[votes.Voice]) -> None:
    crowd = [voice for voice in voices if PARTIES[voice.source].crowd]
    office = [voice for voice in voices if voice.source == "office"]
    for some in (crowd, office):
        most = max((voice.adverse for voice in some), default=0.0)
        assert votes.total(some, PARTIES).adverse <= most * votes.MAX_TRUST * (1 + 1e-12)


def test_one_voice_is_added_up_like_several() -> None:
    for voice in (
        votes.Voice("office", "", 3, 0, "2025", "2026", 2.0, 0.0),
        votes.Voice("b", "x", 0, 2, "", "", 0.0, 3.0),
    ):
        silent = votes.Voice(voice.source, "nobody", 0, 0, "", "", 0.0, 0.0)
        assert votes.total([voice], PARTIES) == votes.total([voice, silent], PARTIES)
    assert votes.total([], PARTIES) == votes.Total(0, 0, 0, "", "", 0.0, 0.0)
    assert votes.total([votes.Voice("gone", "", 1, 0, "", "", 1.0, 0.0)], PARTIES).adverse == 0.0


@pytest.mark.parametrize(
    ("standing", "reports", "score", "verdict"),
    [
        ("", 0, 0.0, "unreported"), ("", 1, 0.0, "past"), ("", 1, 0.3, "suspicious"), ("", 9, 0.6, "dangerous"),
        ("official", 9, 0.9, "official"), ("official", 0, 0.0, "official"), ("shared", 9, 0.9, "unreported"),
        ("genuine", 0, 0.0, "official"), ("genuine", 1, 0.1, "past"), ("genuine", 9, 0.9, "suspicious"),
        ("fictitious", 0, 0.0, "dangerous"), ("unverified", 0, 0.0, "unreported"), ("unverified", 9, 0.9, "dangerous"),
    ],
)  # fmt: skip
def test_standing_goes_before_votes(standing: str, reports: int, score: float, verdict: str) -> None:
    assert votes.judged(standing, reports, score) == verdict
