"""Findings → score and verdict: one pure function, documented in docs/verdict.md (floor 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from repdb.records import Finding, Tally
from repdb.votes import DANGEROUS, SUSPICIOUS, fading, lower_bound, verdict_of

MODEL = "1"

# Log-odds before anything is known: one message or call in twenty is adverse.
PRIOR = math.log(0.05 / 0.95)

# The bound rounds to 1.0 from 10^16 votes on; the log-odds of that are infinite.
_SURE = 1.0 - 1e-12

# A whole message that somebody checks is adverse more often: one in seventeen.
MESSAGE_PRIOR = math.log(0.06 / 0.94)

# Verdicts that a finding settles by itself, whatever the score; the first in this order counts.
SETTLED: dict[str, str] = {
    "disputed": "disputed",
    "official_channel": "official",
    "shared_host": "unreported",
    "private_address": "unreported",
    "name_genuine": "official",
}
# Findings under which a verdict never passes ``suspicious``.
CEILING = frozenset({"name_genuine_abused", "name_of_office", "official_shared"})
# Findings strong enough to be called dangerous on their own. Crowd reports are not among them: their cap is in votes.
PROVEN = frozenset({"name_fictitious", "official_notice"})


# What must be among the findings on a message before it is called dangerous: something about a name or a contact. Words
# alone occur in genuine reminders too, and one report alone never condemns (``reported_contact`` is not among these).
MESSAGE_PROVEN = frozenset(
    "known_contact known_campaign message_name_fictitious link_mismatch sender_mismatch free_mail_sender "
    "link_text_differs link_lookalike link_ip_host link_dynamic_host fake_helpline wrong_legal_form "
    "displayed_number_forged personal_payee".split()
)
# Facts about a contact or a name that no kind words take back: whoever knows the lexicon could write some.
MESSAGE_FACTS = frozenset(
    "known_contact reported_contact known_campaign reported_campaign message_name_fictitious link_text_differs "
    "link_lookalike displayed_number_forged wrong_legal_form order_callback".split()
)
_WORDS = frozenset(
    "phrase worded_as_fraud worded_as_usual own_channel business_letter addressed_by_name own_name no_demand warns_of_fraud".split()
)
# Findings under which a message never passes ``suspicious``, whatever its words.
MESSAGE_CEILING = frozenset({"official_contacts"})


def votes_weight(tally: Tally, kind: str, as_of: date) -> float:
    """The weight in log-odds of a subject's votes on that day: alone, it makes the score their lower bound.

    Weak votes do not speak for innocence: the weight is never below zero, so that an old report can only be
    silent beside a fresh signal.
    """
    factor = fading(kind, as_of)
    bound = min(lower_bound(tally.adverse * factor, tally.benign * factor), _SURE)
    return max(0.0, math.log(bound / (1.0 - bound)) - PRIOR) if bound > 0.0 else 0.0


def combine(findings: Sequence[Finding], prior: float = PRIOR) -> float:
    """The score in (0, 1): logistic of the prior and the sum of all weights (naive Bayes, independent signals)."""
    logit = prior + math.fsum([finding.weight for finding in findings])
    if logit < -700.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-logit))


def judge(findings: Sequence[Finding], sources: int) -> tuple[str, float]:
    """(verdict, score) of one subject from what the signals found; ``sources`` have reported it as adverse.

    Guarantees, each a property test: score in [0, 1]; more independent adverse evidence never lowers it, benign
    votes never raise it; one source or reporter alone, or the crowd alone, never reaches ``dangerous``, whatever
    circumstances stand beside it: that takes votes that reach it by themselves, or proof; a known subject never
    becomes ``unreported`` by fading; an official channel is never ``dangerous`` on crowd reports.
    """
    score = round(combine(findings), 4)
    codes = {finding.code for finding in findings}
    settling = next(filter(codes.__contains__, SETTLED), None)
    if settling is not None:
        return SETTLED[settling], score
    verdict = verdict_of(score)
    if verdict == "past" and not sources:
        return "unreported", score
    if verdict == "dangerous" and (codes & CEILING or not (codes & PROVEN or _votes(findings) >= DANGEROUS)):
        return "suspicious", score
    return verdict, score


def _votes(findings: Sequence[Finding]) -> float:
    """The score that the votes reach by themselves."""
    return round(combine([finding for finding in findings if finding.code == "reported_by_sources"]), 4)


def judge_message(findings: Sequence[Finding]) -> tuple[str, float]:
    """(verdict, score) of a whole message. Weights are combined as for one subject, from ``MESSAGE_PRIOR``; then:

    * beside a finding of ``MESSAGE_FACTS`` the words of a message count against it or not at all;
    * ``dangerous`` needs a finding of ``MESSAGE_PROVEN`` besides the score, and never stands beside ``MESSAGE_CEILING``;
    * below ``suspicious``, a message with a contact on record is ``past``; one whose contacts are all official and that
      shows nothing adverse but words is ``official``; any other is ``unreported``, which never means safe.
    """
    codes = {finding.code for finding in findings}
    excused = math.fsum([finding.weight for finding in findings if finding.code in _WORDS]) < 0.0
    if excused and any(finding.weight > 0 for finding in findings if finding.code in MESSAGE_FACTS):
        findings = [finding for finding in findings if finding.code not in _WORDS]
    score = round(combine(findings, MESSAGE_PRIOR), 4)
    verdict = verdict_of(score)
    if verdict == "dangerous" and (codes & MESSAGE_CEILING or not codes & MESSAGE_PROVEN):
        return "suspicious", score
    if verdict != "past":
        return verdict, score
    if "reported_contact" in codes:
        return "past", score
    adverse = {finding.code for finding in findings if finding.weight > 0} - {"phrase", "worded_as_fraud"}
    return ("official" if codes & MESSAGE_CEILING and not adverse else "unreported"), score


__all__ = [
    "DANGEROUS",
    "MESSAGE_PRIOR",
    "MODEL",
    "PRIOR",
    "SUSPICIOUS",
    "combine",
    "judge",
    "judge_message",
    "votes_weight",
]
