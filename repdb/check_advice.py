"""What to do next about a message: rows of ``advice.toml`` chosen by the verdict and by what the message holds (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repdb import seed
from repdb.company import claims_collection
from repdb.records import Advice
from repdb.signals.message.base import MessageCase
from repdb.signals.message.claims import CLAIMS
from repdb.text.called import PHONES

MOST = 9
# Feature → groups of phrases: those that ask for what a person must not give, those that speak of courts, those in the
# name of persons whom the reader can ask by another road, those that promise money back.
_GROUPS = {
    "data": frozenset({"credentials", "verify", "account_stop", "odd_login", "refund", "benefit"}),
    "court": frozenset({"legal_threat", "seizure", "final_notice", "settlement"}),
    "person": frozenset({"family", "boss"}),
    "recovery": frozenset({"second_victim"}),
}
# What a court's own papers are called. Who takes a genuine one for a fraud loses the case by keeping silent.
_COURT_PAPER = re.compile(
    "支払督促|督促異議|特別送達|仮執行宣言|口頭弁論|呼出状|答弁書|訴状|少額訴訟"
    r"|(?i:\b(?:court (?:summons|papers?|order)|writ of summons|order for payment)\b)"
)
_BILLING = frozenset({"fake_billing", "unjust_billing", "one_click", "impersonated_collector"})


def features(case: MessageCase, category: str) -> Iterator[str]:
    """What a row of ``[[message]]`` in ``advice.toml`` may ask for."""
    yield "any"
    yield "mail" if case.kind == "mail" else "short"
    # Who missed a call calls back.
    called = any(seen.mention.kind in PHONES and not seen.owners for seen in case.senders)
    if case.callbacks or called or "call" in case.demands:
        yield "call"
    if case.links or "click" in case.demands or case.kind == "mail":
        yield "link"
    if "pay" in case.demands or category in _BILLING or not CLAIMS.isdisjoint(case.groups):
        yield "pay"
    yield from (feature for feature, groups in _GROUPS.items() if not groups.isdisjoint(case.groups))
    if case.brands:
        yield "genuine"
    if any(claim.status == "fictitious" for claim in case.claims):
        yield "fictitious"
    if any(claim.licence or claims_collection(claim.name) for claim in case.claimed):
        yield "collector"
    if _COURT_PAPER.search(case.text):
        yield "court_paper"
    if "install" in case.demands:
        yield "install"


def advise(case: MessageCase, verdict: str, category: str) -> tuple[Advice, ...]:
    """The next steps, in the order to take them."""
    has = frozenset(features(case, category))
    rows = seed.advice()["message"]
    chosen = [row["step"] for row in rows if verdict in row["verdicts"] and not has.isdisjoint(row["when"])]
    return seed.steps(seed.for_claim(chosen, category)[:MOST])
