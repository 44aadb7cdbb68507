"""Which kind of fraud a message is: the words, the contacts, the text and the company that it claims to be have votes (floor 3)."""

from __future__ import annotations

from repdb import phone
from repdb.brands import category_of
from repdb.company import claims_collection
from repdb.signals.message.base import MessageCase

_POLICE = ("警察", "警視", "県警", "検察")


def categorise(case: MessageCase) -> str:
    """The kind of fraud: votes of the phrases, of what is known of its contacts, and of the company it claims to be."""
    votes: dict[str, float] = {}

    def vote(category: str, weight: float) -> None:
        if category and category != "other":
            votes[category] = votes.get(category, 0.0) + weight

    kinds = [category_of(claim.name) for claim in case.brands[:1]]
    # Words about accounts are those of bank and card phishing too: the company tells which it is.
    account = kinds[0] if kinds and kinds[0] in ("bank_phishing", "card_phishing") else "account_phishing"
    # Words about a bill are those of any: words of a contract tell an unjust one from one for nothing. None binds to nobody.
    contract = any(hit.category == "unjust_billing" for hit in case.groups.values())
    nobody = any(claim.status == "fictitious" for claim in case.claimed)
    bill = "unjust_billing" if contract and not nobody else "fake_billing"
    told = {"account_phishing": account, "fake_billing": bill, "unjust_billing": bill}
    for hit in case.groups.values():
        vote(told.get(hit.category, hit.category), hit.weight)
    for seen in case.working:
        if seen.answer.known:
            vote(next(iter(seen.answer.categories), ""), 1.5)
    if case.campaign:
        vote(case.campaign.category, 3.0)
    for claim in case.claimed[:2]:
        if claims_collection(claim.name):
            vote("impersonated_collector", 2.5)
        elif any(word in claim.written for word in _POLICE):
            vote("police_impersonation", 1.5)
        elif claim.status == "genuine":
            vote(category_of(claim.name), 1.1 if case.links or case.kind == "mail" else 0.6)
    if not votes and any(phone.line_type(s.mention.key) == "international" for s in case.callbacks):
        return "international_callback"
    return max(votes, key=lambda category: votes[category], default="other")
