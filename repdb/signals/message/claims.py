"""Whom the message claims to be from (floor 2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repdb.company import claims_collection, legal_form, named
from repdb.phone import line_type
from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import FREEPHONE, ROUTINE, MessageCase, message_signal
from repdb.signals.message.contacts import LARGE_NEVER, is_station
from repdb.signals.message.facts import Claim
from repdb.signals.message.innocent import points_home
from repdb.signals.message.links import bears_name
from repdb.signals.message.words import PRIVATE, is_vague
from repdb.text.disowned import is_posed
from repdb.text.manner import gives_name, introduces, is_formal, signs

# Groups of phrases with which somebody claims to have a claim on the reader.
CLAIMS = frozenset(
    "unpaid_fee legal_threat final_notice seizure debt_transfer paid_content investigation settlement exposure "
    "one_click withdrawal unjust_contract collection_visit".split()
)
# Those that clubs and landlords do not use when a member is late.
_THREATS = CLAIMS - {"unpaid_fee", "exposure", "withdrawal", "unjust_contract"}
_HARMS = CLAIMS - {"unpaid_fee"} | {"prepaid_card"}
_ALARMS = frozenset({"account_stop", "odd_login"})  # of devices and browsers, too, which say no name
_SHORT = frozenset({"sms", "voice"})
_FORM_NEAR = 6
_FORM = re.compile(r"株式会社|\(株\)|有限会社|\(有\)|合同会社")
_FULL_FORM = {"(株)": "株式会社", "(有)": "有限会社"}


@message_signal
def message_name_fictitious(case: MessageCase) -> Iterator[Finding]:
    """It signs with a name that no real company bears. A second such name of the same sender proves no more (0)."""
    for place, claim in enumerate(_signed(case)):
        yield finding("message_name_fictitious", (claim.key,), 0.0 if place else None, name=claim.said)


@message_signal
def mentions_fictitious(case: MessageCase) -> Iterator[Finding]:
    """It tells of such a name without bearing it, as who got something in that name does; who warns of it is no fraud (0)."""
    if case.kind != "page" and not _signed(case):
        for claim in {claim.key: claim for claim in case.claims if claim.status == "fictitious"}.values():
            yield finding("mentions_fictitious", (claim.key,), 0.0 if case.warns else None, name=claim.said)


def _signed(case: MessageCase) -> list[Claim]:
    """The fictitious names that its writer bears, each once."""
    if case.kind == "page" or case.warns:
        return []
    keys = {claim.key for claim in case.claimed if claim.status == "fictitious"}
    borne: dict[str, Claim] = {}
    for claim in case.claims:
        if claim.key in keys and (claim.start < 0 or _signs(case.text, claim)):
            borne.setdefault(claim.key, claim)
    return [*borne.values()]


def _signs(text: str, claim: Claim) -> bool:
    return signs(text, claim.start, claim.end) and not is_posed(text, claim.start, claim.end)


@message_signal
def message_name_abuses(case: MessageCase) -> Iterator[Finding]:
    """It uses a name built on a genuine company's, in the register as fictitious (no push of its own) or not at all."""
    own = {case.owner_names.get(owner) for seen in case.seen for owner in seen.owners}
    for claim in case.claims:
        if claim.abuses and (claim.status == "fictitious" or (claim in case.claimed and claim.abuses not in own)):
            # Groups have collectors of their own; while the register lacks the ministry's list, none can be told from a fake.
            unheard = claims_collection(claim.name) and case.licences < FULL_LIST
            weight = 0.3 if unheard else 1.2 if case.links or case.callbacks else None
            weight = 0.0 if claim.status == "fictitious" else weight
            yield finding(
                "message_name_abuses", (claim.key,), weight, name=claim.said, brand=named(claim.abuses, claim.abuses_en)
            )


@message_signal
def message_near_name(case: MessageCase) -> Iterator[Finding]:
    """It uses a name one or two letters away from a known one."""
    for claim in case.claimed:
        if claim.near and claim.status == "unverified":
            yield finding("message_near_name", (claim.key,), name=claim.written, near=claim.near)


@message_signal
def message_licence_unknown(case: MessageCase) -> Iterator[Finding]:
    """It claims to collect debts, and the register, which need not be complete, has no licence for the name."""
    if case.licences < FULL_LIST:
        for claim in _unlicensed(case):
            yield finding("message_licence_unknown", (claim.key,), name=claim.written)


@message_signal
def message_licence_missing(case: MessageCase) -> Iterator[Finding]:
    """It claims to collect debts, and the ministry's list of licensed companies does not have the name."""
    if case.licences >= FULL_LIST:
        for claim in _unlicensed(case):
            yield finding("message_licence_missing", (claim.key,), name=claim.written)


def _unlicensed(case: MessageCase) -> Iterator[Claim]:
    for claim in case.claimed:
        if claims_collection(claim.name) and not claim.licence and claim.status != "fictitious":
            yield claim


@message_signal
def message_licensed(case: MessageCase) -> Iterator[Finding]:
    """It claims to be a licensed collector."""
    for claim in case.brands:
        if claim.licence:
            yield finding("message_licensed", (claim.key,), name=claim.said, licence=claim.licence)


@message_signal
def claims_company(case: MessageCase) -> Iterator[Finding]:
    """It claims to be from a genuine company."""
    for claim in case.brands[:2]:
        if not claim.licence:
            yield finding("claims_company", (claim.key,), name=claim.said)


@message_signal
def claims_unconfirmed(case: MessageCase) -> Iterator[Finding]:
    """It presses in the name of a genuine company, and no contact of that company stands behind it. In a mail only the
    sender does: its links may lead elsewhere than they show (``mail_unconfirmed`` where they show the company's). Less (0.3) beside a freephone number, which is costly to get,
    and (0.4) where a person says who it is; more (1.1) in a short message or call that names nothing at all where it could
    be verified."""
    own = {owner for seen in case.seen for owner in seen.owners if case.kind != "mail" or seen.mention.role == "sender"}
    pressed = sum(hit.weight for group, hit in case.groups.items() if group not in ROUTINE and hit.weight > 0)
    desk = any(line_type(seen.mention.key) in FREEPHONE for seen in case.seen if seen.mention.kind == "phone")
    # Nobody can fall for a message that wants nothing; threats in the name of the police are answered by themselves.
    asks = case.kind in _SHORT or case.kind == "mail" or case.links or case.calls or case.demands - {"reply"}
    for claim in case.brands[:1]:
        odd = is_vague(case) and any(line_type(seen.mention.key) in LARGE_NEVER for seen in case.callbacks)
        named = any(bears_name(seen.mention.key, claim) for seen in case.senders)
        if asks and (pressed >= 0.7 or odd) and claim.key not in own and not named and not points_home(case):
            bare = case.kind in _SHORT and not case.seen
            spoken = case.kind == "sms" and gives_name(case.text)
            weight = 0.4 if spoken else 1.1 if bare else 0.3 if desk and case.kind != "mail" else None
            if any(claim.key in seen.owners and seen.mention.role != "sender" for seen in case.seen):
                yield finding("mail_unconfirmed", (claim.key,), name=claim.said)
            else:
                yield finding("claims_unconfirmed", (claim.key,), weight, name=claim.said)


@message_signal
def wrong_legal_form(case: MessageCase) -> Iterator[Finding]:
    """It gives a company a legal form that is not the company's."""
    for claim in case.claims:
        if claim.status != "genuine" or not claim.legal_form:
            continue
        # The known name as written, with what stands directly beside it.
        before = unicodedata.normalize("NFKC", case.text[max(0, claim.start - _FORM_NEAR) : claim.start])
        after = unicodedata.normalize("NFKC", case.text[claim.end : claim.end + _FORM_NEAR])
        found = re.search(rf"(?:{_FORM.pattern})[ ]?$", before) or re.match(rf"[ ]?(?:{_FORM.pattern})", after)
        wrong = legal_form(claim.written) or (found and _FULL_FORM.get(found[0].strip(), found[0].strip()))
        if wrong and not wrong.isascii() and wrong != claim.legal_form:  # Inc. and LLC are translations that differ
            yield finding("wrong_legal_form", (claim.key,), name=claim.said, right=claim.legal_form, wrong=wrong)
            return


@message_signal
def anonymous_demand(case: MessageCase) -> Iterator[Finding]:
    """It demands something and names no company, or only words such as サポートセンター; one that only
    leads somewhere is an ``anonymous_link``. A window on the screen names nobody either when it is an honest one: there it
    takes a claim or a number to call."""
    if case.claimed or case.kind in ("mail", "page"):
        return
    pressed = _pressed(case) >= 0.5
    named = introduces(case.text)
    if (pressed or is_vague(case)) and _harmful(case):
        yield finding("anonymous_demand", (), 0.3 if named else None)
    elif case.kind == "sms" and case.calls and is_formal(case.text) and not named:
        yield finding("anonymous_demand", (), 1.1)
    elif (case.links or case.link_hidden) and (pressed or (is_formal(case.text) and not named)):
        yield finding("anonymous_link", (), None if is_formal(case.text) else 0.8)


def _harmful(case: MessageCase) -> bool:
    """Whether it opens a road to whoever wrote it, or threatens: a bill to be paid nobody knows where harms nobody."""
    if case.calls or not _HARMS.isdisjoint(case.groups):
        return True
    if case.kind == "popup":
        return False
    if not _ALARMS.isdisjoint(case.groups) and (case.kind != "sms" or case.links or case.link_hidden):
        return True
    asked = case.demands - ({"reply", "meet"} if case.kind == "sms" else {"reply"})  # who texts before coming is known
    return bool(asked - {"pay", "call"} or (asked and (case.links or case.kind != "sms" and asked != {"pay"})))


def _pressed(case: MessageCase) -> float:
    return sum(hit.weight for group, hit in case.groups.items() if hit.weight > 0 and group not in PRIVATE)


@message_signal
def unknown_claimant(case: MessageCase) -> Iterator[Finding]:
    """It threatens or demands money under a name that no register knows and that states no legal form; with one (0.4) it
    counts where a text message gives a number to call. No register holds every town hall and its offices (0.3), nor any of
    the many shops that write by mail that a payment has failed."""
    asks = case.callbacks or case.links or not _THREATS.isdisjoint(case.groups)
    if case.kind == "page" or not asks or case.brands or (case.kind == "mail" and _THREATS.isdisjoint(case.groups)):
        return
    for claim in case.claimed:
        collects = bool(case.callbacks) and claims_collection(claim.name) and _pressed(case) >= 0.5
        if claim.status == "unverified" and not claim.abuses and (collects or not CLAIMS.isdisjoint(case.groups)):
            if _TOWN.search(claim.written):
                yield finding("unknown_claimant", (claim.key,), 0.3, name=claim.written)
            elif not legal_form(claim.written):
                yield finding("unknown_claimant", (claim.key,), name=claim.written)
            elif case.kind == "sms" and case.callbacks:
                yield finding("unknown_claimant", (claim.key,), 0.4, name=claim.written)
            return


_TOWN = re.compile(r"^[一-鿿ァ-ヶ]{1,6}[市区町村県](?:役所|役場|[一-鿿]{2,8}[局課部])?$")

# The list of the Ministry of Justice has some 70 companies; fewer than this are a handful entered by hand.
FULL_LIST = 40

_POLICE = re.compile(r"警察|警視庁|県警|検察|消費生活セ|国民生活セ|消費者(?:ホットライン|センター|庁)")


# What those wish who pose as the police or a centre: money, secrets, fear of the law.
_AFTER_MONEY = CLAIMS | frozenset(
    "police prepaid_card credentials personal_payee payee_change atm refund secrecy verify account_stop job investment".split()
)


@message_signal
def fake_helpline(case: MessageCase) -> Iterator[Finding]:
    """It gives a number as that of a helpline or the police, or poses as one and wants a call, and the number is none of the
    checked ones. No list has every police station and town's centre: of a landline, where the words are not after money, it
    only says that we cannot check it (``helpline_unconfirmed``); of one that ends as theirs do, nothing."""
    if case.kind == "page" or case.warns:
        return
    harmless = _AFTER_MONEY.isdisjoint(case.groups)
    posing = case.pressure >= 0.5 and any(_POLICE.search(claim.written) for claim in case.claims)
    for seen in case.seen:
        mention = seen.mention
        if mention.kind not in ("phone", "masked_phone") or seen.owners or mention.start < 0:
            continue
        before = unicodedata.normalize("NFKC", case.text[max(0, mention.start - 24) : mention.start])
        if _POLICE.search(before.rpartition("。")[2]) or (posing and seen in case.callbacks):
            local = harmless and line_type(mention.key) == "fixed"
            if not (local and is_station(seen)):
                code = "helpline_unconfirmed" if local else "fake_helpline"
                yield finding(code, (mention.key,), display=seen.display)
