"""What is said of a message, in a language: the JSON contract of DESIGN §5 and the sentence that stands first (floor 3)."""

from __future__ import annotations

from typing import Any

from repdb import seed
from repdb.advice import advice_json, claim_json
from repdb.answers import to_json as lookup_json
from repdb.categories import ADVERSE_VERDICTS, CATEGORIES
from repdb.check import CheckResult
from repdb.records import Mention, Text
from repdb.signals.message import Claim, Seen

_DOUBT = "doubt"  # stands for any finding of some weight against it
_DOUBTFUL = 0.5
_TOLD = frozenset({"mentions_fictitious"})  # what the reader wants to know, even where it weighs nothing
_UNJUST = Text(
    "{kind}によくある特徴があります。払わず、記録を残して、消費者ホットライン 188 や弁護士に相談してください。",
    "It has traits of {kind}. Do not pay, keep records, and ask the Consumer Hotline 188 or a lawyer.",
)
# Verdict → the sentence; the first code that is among the findings, or the category, chooses; "" stands for none.
_SUMMARY: dict[str, dict[str, Text]] = {
    "dangerous": {
        "message_name_fictitious": Text(
            "{fraud}です。名乗っている会社は実在しません。連絡も支払いもしないでください。",
            "This is {fraud}: the company it names does not exist. Do not contact or pay anybody.",
        ),
        "known_campaign": Text(
            "{kind}として報告された文面とほぼ同じです。相手にしないでください。",
            "Nearly the same text was reported for {kind}. Do not respond.",
        ),
        "link_mismatch": Text(
            "{name}をかたる{kind}とみられます。リンクを開かないでください。",
            "It seems to abuse the name of {name} ({kind}). Do not open the link.",
        ),
        "unjust_billing": _UNJUST,
        "": Text(
            "{kind}とみられます。連絡も支払いもせず、リンクも開かないでください。",
            "It seems to be {fraud}. Do not call, pay or open a link.",
        ),
    },
    "suspicious": {
        "official_contacts": Text(
            "連絡先は公式ですが、急がせる言葉があります。自分で調べた公式の窓口で確かめてください。",
            "Its contacts are official, yet it presses you. Check through the official desk that you look up yourself.",
        ),
        "unjust_billing": _UNJUST,
        "": Text(
            "{kind}によくある特徴があります。メッセージの連絡先は使わずに確かめてください。",
            "It has traits of {kind}. Check by another road, not through the message.",
        ),
    },
    "past": {
        "": Text(
            "過去に報告のある連絡先を使っています。持ち主が変わった可能性もあります。",
            "It uses a contact that was reported in the past, which may have a new owner since.",
        )
    },
    "official": {
        "": Text(
            "連絡先は公式のものです。ただし差出人の表示は偽装できるため、自分で開いた公式サイトやアプリで確かめてください。",
            "Its contacts are official. Senders can be forged, though: check on the site or app that you open yourself.",
        )
    },
    "unreported": {
        "mentions_fictitious": Text(
            "実在しない名前として公表された名前が出ています。その名前での請求や連絡には応じないでください。",
            "It tells of a name that is on record as nobody's. Answer no demand made in that name.",
        ),
        _DOUBT: Text(
            "不審とまでは言えませんが、確かめられない点があります。安全という意味ではありません。",
            "Not enough to call it suspicious, yet there are points that we cannot confirm: this does not mean safe.",
        ),
        "": Text(
            "不審な点は見つかりませんでした。安全という意味ではありません。",
            "No sign found, which does not mean safe.",
        ),
    },
}


def is_adverse(result: CheckResult) -> bool:
    """Whether a scanner should stop at it: exit code 1."""
    return result.verdict in ADVERSE_VERDICTS


def summary(result: CheckResult) -> Text:
    """The sentence under the verdict."""
    codes = {finding.code for finding in result.findings if finding.weight or finding.code in _TOLD} | {result.category}
    if any(finding.weight >= _DOUBTFUL for finding in result.findings):
        codes.add(_DOUBT)
    sentence = next(text for code, text in _SUMMARY[result.verdict].items() if not code or code in codes)
    name = result.case.brands[0].said if result.case.brands else ""
    kind = fraud = Text("詐欺", "fraud")
    if result.category != "other":
        named = CATEGORIES[result.category]
        kind = Text("「{named}」", "{named}").format(named=named)
        fraud = Text("「{named}」の詐欺", "fraud ({named})").format(named=named)
    return sentence.format(kind=kind, fraud=fraud, name=name)


def claim(result: CheckResult) -> Text | None:
    """What kind of demand it is, where the right reaction differs by it (架空請求, 不当請求 …)."""
    return seed.claim(result.category)


def to_json(result: CheckResult, lang: str) -> dict[str, Any]:
    """The check contract; sentences in ``lang``."""
    case = result.case
    known = case.campaign
    return {
        "verdict": result.verdict,
        "score": result.score,
        "category": result.category,
        "summary": summary(result).pick(lang),
        "claim": claim_json(result.category, lang),
        "kind": case.kind,
        "mentions": [{**mention_json(seen.mention), "lookup": lookup_json(seen.answer, lang)} for seen in case.seen],
        "companies": [_company_json(claim) for claim in unique_claims(result)],
        "reasons": [{"code": f.code, "weight": round(f.weight, 2), "text": f.text.pick(lang)} for f in result.findings],
        "campaign": {**known._asdict(), "id": known.campaign} if known else None,
        "advice": [advice_json(step, lang) for step in result.advice],
        "as_of": result.as_of,
        "model": result.model,
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    """One identifier as ``extract`` gives it; a place of -1 is not in the text but in its head or behind a link."""
    return mention._asdict()


def unique_claims(result: CheckResult) -> list[Claim]:
    """The companies of the message, each once, those it claims to be first."""
    ordered = sorted(result.case.claims, key=lambda claim: claim.role != "claimed")
    return list({claim.key: claim for claim in reversed(ordered)}.values())[::-1]


def unique_mentions(result: CheckResult) -> list[Seen]:
    """The numbers, links and senders, each once, those that work on the reader first."""
    ordered = (*result.case.working, *result.case.seen)
    return list({(seen.mention.kind, seen.mention.key): seen for seen in reversed(ordered)}.values())[::-1]


def _company_json(claim: Claim) -> dict[str, Any]:
    return {
        "name": claim.name,
        "name_en": claim.name_en,
        "written": claim.written,
        "key": claim.key,
        "status": claim.status,
        "role": claim.role,
        "licence": claim.licence,
        "abuses": claim.abuses or None,
        "near": claim.near or None,
        "official_domains": list(claim.domains),
        "start": claim.start,
        "end": claim.end,
    }
