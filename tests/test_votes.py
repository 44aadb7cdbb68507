"""The arithmetic of votes: decay, the lower bound, and the line that one source alone never crosses."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
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
