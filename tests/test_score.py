"""The verdict model's promises, each as a property (issue 2 item 7, ``score.judge``)."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import score
from repdb.records import Finding, Tally, Text
from repdb.signals import observe
from repdb.signals.base import Case, Name, Official
from repdb.signals.weights import WEIGHTS
from repdb.votes import DANGEROUS, EPOCH, HALF_LIFE, MAX_TRUST, SUSPICIOUS, lower_bound, strength

AS_OF = date(2026, 11, 21)
ORDER = ("unreported", "past", "suspicious", "dangerous")
KINDS = st.sampled_from(sorted(HALF_LIFE))
VOTES = st.floats(0.0, 1e4, allow_nan=False)
CODES = sorted(WEIGHTS)


def finding(code: str, weight: float | None = None) -> Finding:
    return Finding(code, WEIGHTS[code].weight if weight is None else weight, Text("", ""))


FINDINGS = st.lists(st.sampled_from(CODES), unique=True).map(lambda codes: [finding(code) for code in codes])
# Traits that say nothing about reports, and cannot prove anything alone.
HINTS = sorted(code for code in CODES if WEIGHTS[code].weight > 0 and code not in score.PROVEN)


def tally(kind: str, adverse: float, benign: float = 0.0, sources: int = 1, on: date = AS_OF) -> Tally:
    one = strength(kind, on.isoformat())
    return Tally(sources, sources, on.isoformat(), on.isoformat(), adverse * one, benign * one)


def judged(kind: str, votes: Tally, as_of: date = AS_OF, **more: Any) -> tuple[str, float]:
    seen = Case(kind, "key", kind, "display", as_of, tally=votes, **more)
    return score.judge(observe(seen), votes.source_count if seen.known else 0)


@given(FINDINGS, st.integers(0, 100))
def test_the_score_is_bounded_and_the_verdict_known(findings: list[Finding], sources: int) -> None:
    verdict, points = score.judge(findings, sources)
    assert 0.0 <= points <= 1.0
    assert verdict in {*ORDER, "official", "disputed"}


@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_no_sum_of_weights_leaves_the_bounds(weights: list[float]) -> None:
    assert 0.0 <= score.combine([finding("faded", weight) for weight in weights]) <= 1.0


@given(KINDS, VOTES, VOTES, st.floats(0.0, 1e4))
def test_more_adverse_votes_never_lower_it(kind: str, adverse: float, benign: float, more: float) -> None:
    fewer = judged(kind, tally(kind, adverse, benign, 3))
    also = judged(kind, tally(kind, adverse + more, benign, 3))
    assert also[1] >= fewer[1] and ORDER.index(also[0]) >= ORDER.index(fewer[0])


@given(FINDINGS, st.sampled_from(HINTS), st.integers(0, 5))
def test_one_more_adverse_finding_never_lowers_it(findings: list[Finding], more: str, sources: int) -> None:
    verdict, points = score.judge(findings, sources)
    also, higher = score.judge([*findings, finding(more)], sources)
    assert higher >= points
    if verdict in ORDER and also in ORDER:
        assert ORDER.index(also) >= ORDER.index(verdict)


@given(KINDS, VOTES, VOTES, st.floats(0.0, 1e4))
def test_benign_votes_never_raise_it(kind: str, adverse: float, benign: float, more: float) -> None:
    before = judged(kind, tally(kind, adverse, benign, 3))
    after = judged(kind, tally(kind, adverse, benign + more, 3))
    assert after[1] <= before[1] and ORDER.index(after[0]) <= ORDER.index(before[0])


def test_benign_votes_lower_it() -> None:
    assert judged("phone", tally("phone", 2.0, 0.0, 2))[0] == "dangerous"
    assert judged("phone", tally("phone", 2.0, 1.0, 2))[0] == "suspicious"
    assert judged("phone", tally("phone", 2.0, 4.0, 2))[0] == "past"


@given(KINDS, st.lists(st.sampled_from(HINTS), unique=True), st.floats(0.0, MAX_TRUST))
def test_one_source_never_passes_suspicious_whatever_else_is_seen(kind: str, hints: list[str], votes: float) -> None:
    weight = score.votes_weight(tally(kind, votes), kind, AS_OF)
    seen = [finding("reported_by_sources", weight), *(finding(hint) for hint in hints)]
    assert score.judge(seen, 1)[0] != "dangerous"
    assert score.judge([finding("reported_by_sources", weight)], 1)[1] < DANGEROUS


@given(st.lists(st.sampled_from(HINTS), unique=True))
def test_hints_alone_never_reach_dangerous(hints: list[str]) -> None:
    assert score.judge([finding(hint) for hint in hints], 0)[0] in ("unreported", "suspicious")


@given(KINDS, VOTES, st.integers(1, 50), st.integers(0, 20_000), st.integers(0, 20_000))
def test_it_fades_and_what_is_known_stays_known(kind: str, votes: float, sources: int, days: int, more: int) -> None:
    given_on = EPOCH
    counted = tally(kind, votes, 0.0, sources, given_on)
    early, late = given_on + timedelta(days), given_on + timedelta(days + more)
    one, other = judged(kind, counted, early), judged(kind, counted, late)
    assert other[1] <= one[1] and ORDER.index(other[0]) <= ORDER.index(one[0])
    assert other[0] != "unreported"
    assert judged(kind, counted, given_on + timedelta(60_000))[0] == "past"


@given(KINDS, st.integers(1, 1000), FINDINGS)
def test_an_official_channel_is_official_whatever_the_crowd_says(
    kind: str, sources: int, findings: list[Finding]
) -> None:
    crowd = [f for f in findings if f.code != "disputed"]
    weight = score.votes_weight(tally(kind, MAX_TRUST * sources), kind, AS_OF)
    seen = [finding("official_channel"), finding("reported_by_sources", weight), *crowd]
    assert score.judge(seen, sources)[0] == "official"


def test_two_independent_sources_of_today_are_dangerous_and_one_is_suspicious() -> None:
    assert judged("phone", tally("phone", 1.0))[0] == "suspicious"
    assert judged("phone", tally("phone", 2.0, 0.0, 2))[0] == "dangerous"


@given(KINDS, st.floats(0.06, 1e5))
def test_votes_alone_make_the_score_their_lower_bound(kind: str, votes: float) -> None:
    weight = score.votes_weight(tally(kind, votes), kind, AS_OF)
    bound = lower_bound(votes, 0.0)
    assert score.combine([finding("reported_by_sources", weight)]) == pytest.approx(bound, rel=1e-9)


def test_more_votes_than_there_are_people_do_not_overflow() -> None:
    huge = tally("phone", 1.0)._replace(adverse=1e300)
    assert 0.0 < score.votes_weight(huge, "phone", AS_OF) < math.inf
    assert score.votes_weight(Tally(), "phone", AS_OF) == 0.0
    assert score.combine([finding("faded", -1e9)]) == 0.0


def test_weak_votes_do_not_speak_for_innocence() -> None:
    old = tally("phone", 1.0, on=date(2015, 1, 1))
    assert score.votes_weight(old, "phone", AS_OF) == 0.0
    assert judged("domain", old, lookalike="example.jp")[0] == "suspicious"


@pytest.mark.parametrize(
    ("codes", "sources", "verdict"),
    [
        ((), 0, "unreported"),
        (("faded",), 1, "past"),
        (("name_fictitious",), 0, "dangerous"),
        (("official_notice",), 0, "dangerous"),
        (("disputed", "official_channel"), 3, "disputed"),
        (("shared_host", "lookalike_host"), 0, "unreported"),
        (("private_address",), 0, "unreported"),
        (("name_genuine",), 0, "official"),
        (("name_genuine_abused", "official_notice"), 5, "suspicious"),
        (("official_shared", "official_notice", "lookalike_host"), 5, "suspicious"),
        (("displayed_id_forged",), 0, "suspicious"),
    ],
)
def test_what_settles_a_verdict(codes: tuple[str, ...], sources: int, verdict: str) -> None:
    assert score.judge([finding(code) for code in codes], sources)[0] == verdict


def test_a_genuine_company_and_a_checked_contact_in_the_whole_chain() -> None:
    bank = Official("例示銀行", "例示銀行", "代表", "main", False, "2026-11", "")
    many = tally("phone", 50.0, 0.0, 40)
    assert judged("phone", many, official=(bank,))[0] == "official"
    genuine = Name("例示銀行", "genuine", "", "例示銀行")
    assert judged("company", tally("company", 50.0, 0.0, 40), register=genuine)[0] == "suspicious"
    assert judged("domain", many, shared=True)[0] == "unreported"
    assert judged("phone", many._replace(disputes=1))[0] == "disputed"


def test_settled_and_capped_codes_are_in_the_table() -> None:
    assert {*score.SETTLED, *score.CEILING, *score.PROVEN} <= WEIGHTS.keys()
    assert SUSPICIOUS < DANGEROUS
