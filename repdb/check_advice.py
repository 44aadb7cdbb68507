"""What to do next about a message: rows of ``advice.toml`` chosen by the verdict and by what the message holds (floor 3)."""

from __future__ import annotations

from collections.abc import Iterator

from repdb import seed
from repdb.company import claims_collection
from repdb.records import Advice
from repdb.signals.message.base import MessageCase
from repdb.signals.message.claims import CLAIMS

MOST = 9
# Phrase groups that ask for what a person must not give, and those that speak of courts.
_DATA = frozenset({"credentials", "verify", "account_stop", "odd_login", "refund", "benefit"})
_COURT = frozenset({"legal_threat", "seizure", "final_notice", "settlement"})
_PERSONS = frozenset({"family", "boss"})  # whom the reader can ask by another road
_BILLING = frozenset({"fake_billing", "unjust_billing", "one_click", "impersonated_collector"})


def features(case: MessageCase, category: str) -> Iterator[str]:
    """What a row of ``[[message]]`` in ``advice.toml`` may ask for."""
    yield "any"
    yield "mail" if case.kind == "mail" else "short"
    if case.callbacks or "call" in case.demands:
        yield "call"
    if case.links or "click" in case.demands or case.kind == "mail":
        yield "link"
    if "pay" in case.demands or category in _BILLING or not CLAIMS.isdisjoint(case.groups):
        yield "pay"
    if not _DATA.isdisjoint(case.groups):
        yield "data"
    if case.brands:
        yield "genuine"
    if any(claim.status == "fictitious" for claim in case.claims):
        yield "fictitious"
    if any(claim.licence or claims_collection(claim.name) for claim in case.claimed):
        yield "collector"
    if not _COURT.isdisjoint(case.groups):
        yield "court"
    if not _PERSONS.isdisjoint(case.groups):
        yield "person"
    if "second_victim" in case.groups:
        yield "recovery"
    if "install" in case.demands:
        yield "install"


def advise(case: MessageCase, verdict: str, category: str) -> tuple[Advice, ...]:
    """The next steps, in the order to take them."""
    has = frozenset(features(case, category))
    rows = seed.advice()["message"]
    chosen = [row["step"] for row in rows if verdict in row["verdicts"] and not has.isdisjoint(row["when"])]
    return seed.steps(seed.for_claim(chosen, category)[:MOST])
