"""The numbers, senders and accounts that the message works with (floor 2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from repdb.categories import KINDS, REPORTED_FOR, VERDICTS
from repdb.phone import LINE_TYPES, display, line_type
from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import FREEPHONE, MessageCase, message_signal
from repdb.signals.message.facts import Claim, Seen
from repdb.text.manner import gives_name

# Only what is dangerous by itself proves anything of the message that uses it: of a suspicious number one report may be all.
_BY_VERDICT = {
    "dangerous": ("known_contact", 3.4),
    "suspicious": ("reported_contact", 2.1),
    "past": ("reported_contact", 1.2),
    "disputed": ("reported_contact", 0.5),
}
# Line types (``phone.LINE_TYPES``) that a large company's desk does not have, or as often as not.
LARGE_NEVER = {"mobile": 1.8, "international": 1.8, "voip": 0.5}


def _on_record(seen: Seen) -> bool:
    return seen.answer.known and seen.answer.verdict in _BY_VERDICT and not seen.named


def _new(seen: Seen) -> float | None:
    """No weight for what the verdict on a known contact has counted already: one fact is one reason."""
    return 0.0 if _on_record(seen) else None


def counted(case: MessageCase) -> float:
    """The most that a contact of the message on record weighs already; 0 where none is."""
    return max((_BY_VERDICT[seen.answer.verdict][1] for seen in case.working if _on_record(seen)), default=0.0)


def is_station(seen: Seen) -> bool:
    """Whether it is a landline that ends as those of police stations do."""
    return seen.mention.key.endswith("0110") and line_type(seen.mention.key) == "fixed"


@message_signal
def known_contact(case: MessageCase) -> Iterator[Finding]:
    """A number, domain or sender of it is on record; gives ``known_contact`` or ``reported_contact``. Reports on the name
    of a genuine company as the sender tell of others who had it shown (``sender_name_reported``)."""
    for seen in case.working:
        answer = seen.answer
        if seen.named and answer.known and answer.verdict in _BY_VERDICT:
            yield finding("sender_name_reported", (answer.key,), sender=seen.mention.written)
        if _on_record(seen):
            category = next(iter(answer.categories), "other")
            code, weight = _BY_VERDICT[answer.verdict]
            yield finding(
                code,
                (answer.key,),
                weight,
                noun=KINDS[answer.kind],
                display=answer.display,
                verdict=VERDICTS[answer.verdict],
                category=REPORTED_FOR[category],
            )


@message_signal
def message_masked_match(case: MessageCase) -> Iterator[Finding]:
    """A published masked number may stand for one of its numbers."""
    for seen in case.working:
        for found in seen.answer.findings:
            if found.code == "masked_match":
                mask = found.evidence[0]
                yield finding("message_masked_match", (mask,), _new(seen), display=seen.display, mask=display(mask))


_MISMATCH: dict[str, float | None] = {"mobile": None, "international": None, "voip": 0.8}


@message_signal
def callback_mismatch(case: MessageCase) -> Iterator[Finding]:
    """A number to call is none of the claimed company's, where some of its numbers are known; else it is only
    ``callback_unconfirmed``. Of landlines (0.3) and 050 numbers (0.8) companies have more than any list knows, and no list
    has the mobiles of drivers and clerks who say who they are (0.3)."""
    if not case.brands:
        return
    claim = case.brands[0]
    known = {number for one in case.brands for number in one.numbers}
    for seen in case.callbacks:
        line = line_type(seen.mention.key)
        if seen.mention.kind != "phone":
            continue
        if known:
            weight = 0.0 if line in FREEPHONE else _MISMATCH.get(line, 0.3)
            weight = 0.3 if line == "mobile" and gives_name(case.text) else weight
            official = ", ".join(display(number) for number in sorted(known)[:2])
            yield finding(
                "callback_mismatch",
                (seen.mention.key,),
                weight,
                name=claim.said,
                display=seen.display,
                official=official,
            )
        elif line not in LARGE_NEVER:
            weight = 0.0 if line in FREEPHONE else None
            yield finding("callback_unconfirmed", (seen.mention.key,), weight, name=claim.said, display=seen.display)


@message_signal
def callback_line(case: MessageCase) -> Iterator[Finding]:
    """It has you call a mobile, a number abroad or a 050 number for a large company. Drivers and clerks, who say who they
    are, do call from mobiles (0.5)."""
    weights = LARGE_NEVER | {"mobile": 0.5} if gives_name(case.text) else LARGE_NEVER
    for claim in case.brands[:1]:
        yield from _odd_lines("callback_line", case.callbacks, claim, weights)


@message_signal
def sender_number_odd(case: MessageCase) -> Iterator[Finding]:
    """It comes from a number abroad or a mobile while claiming a large company."""
    for claim in case.brands[:1]:
        yield from _odd_lines("sender_number_odd", case.senders, claim, {"international": 1.5, "mobile": 1.0})


@message_signal
def order_callback(case: MessageCase) -> Iterator[Finding]:
    """It tells in the name of a large company of an order or renewal for much money, and has who knows nothing of it call a
    number of which desks have few; nobody is owed that money, whoever calls is asked for more. By mail shops on a market
    do so, too, in the market's name."""
    for claim in case.brands[:1] if case.kind != "mail" else ():
        if _ORDER.search(case.text) and _CANCEL.search(case.text):
            for seen in case.callbacks:
                if seen.mention.kind == "phone" and line_type(seen.mention.key) in LARGE_NEVER and not seen.owners:
                    yield finding("order_callback", (seen.mention.key,), name=claim.said, display=seen.display)
                    return


_SUM = r"(?<![0-9０-９,，])[0-9０-９][0-9０-９,，]{3,11}+[ ]?円|[¥￥$][ ]?[0-9０-９][0-9０-９,，.]{3,11}+"
_ORDERED = r"(?:注文|購入|決済|更新|契約|請求|引き?落と|代金|支払)"
_ORDER = re.compile(rf"{_ORDERED}[^。\n]{{0,24}}(?:{_SUM})|(?:{_SUM})[^。\n]{{0,16}}{_ORDERED}")
_CANCEL = re.compile(r"キャンセル|取り?消し?|解約|返金|(?:覚え|心当たり)[がの]?(?:な|あ?りませ|ござ)")


def _odd_lines(code: str, found: tuple[Seen, ...], claim: Claim, weights: dict[str, float]) -> Iterator[Finding]:
    for seen in found:
        line = line_type(seen.mention.key) if seen.mention.kind == "phone" else ""
        if line in weights and not seen.owners:
            yield finding(
                code, (seen.mention.key,), weights[line], name=claim.said, line=LINE_TYPES[line], display=seen.display
            )


@message_signal
def sender_id_other(case: MessageCase) -> Iterator[Finding]:
    """The sender name shown is another company's than the one the text claims to be, and of no company in its group, whose
    names begin alike."""
    named = {claim.key for claim in case.claims}
    for seen in case.senders:
        other = case.brands and seen.named and seen.named not in named
        if other and not _akin(case.owner_names.get(seen.named, seen.named), case.brands[0].name):
            yield finding("sender_id_other", (seen.mention.key,), sender=seen.display, name=case.brands[0].said)


def _akin(one: str, other: str) -> bool:
    """Whether one name begins with the other: 楽天, 楽天カード."""
    return one.startswith(other) or other.startswith(one)


@message_signal
def callback_abroad(case: MessageCase) -> Iterator[Finding]:
    """It has you call a number abroad, in nobody's name."""
    for seen in case.callbacks:
        if not case.brands and seen.mention.kind == "phone" and line_type(seen.mention.key) == "international":
            yield finding("callback_abroad", (seen.mention.key,), display=seen.display)


@message_signal
def callback_unallocated(case: MessageCase) -> Iterator[Finding]:
    """A number lies in a block that nobody was designated."""
    for seen in case.working:
        if any(found.code == "block_unallocated" for found in seen.answer.findings):
            yield finding("callback_unallocated", (seen.mention.key,), _new(seen), display=seen.display)


@message_signal
def displayed_number_forged(case: MessageCase) -> Iterator[Finding]:
    """The number shown is one that nobody can own."""
    for seen in case.working:
        if seen.mention.kind == "displayed_id":
            yield finding("displayed_number_forged", (seen.mention.key,), _new(seen), display=seen.display)


@message_signal
def masked_callback(case: MessageCase) -> Iterator[Finding]:
    """The number to call is partly hidden in the text as given."""
    for seen in case.callbacks:
        if seen.mention.kind == "masked_phone" and not seen.answer.known:
            yield finding("masked_callback", (seen.mention.key,), display=seen.display)


@message_signal
def several_callbacks(case: MessageCase) -> Iterator[Finding]:
    """It gives several numbers to call."""
    count = len({seen.mention.key for seen in case.callbacks})
    if count > 1 and case.kind != "page":
        yield finding("several_callbacks", count=count)


_ACCOUNT = re.compile(
    r"(?:(?:口座)?名義(?:人|は|:|：| ){0,3}|(?:普通|当座)[ 　]?[0-9]{7}[ 　])"
    r"([ァ-ヺー一-鿿]{1,8}[ 　・][ァ-ヺー一-鿿]{1,8})(?![ァ-ヺ一-鿿])"
)
_COMPANY_SIGNS = re.compile(r"^[カユドシ]\)|\([株有カ]\)|株式|有限|合同|協会|法人|組合|サービス|センター|シヤ|会$")


@message_signal
def personal_payee(case: MessageCase) -> Iterator[Finding]:
    """The account to pay into is a person's."""
    for found in _ACCOUNT.finditer(unicodedata.normalize("NFKC", case.text)):
        if not _COMPANY_SIGNS.search(found[1]):
            yield finding("personal_payee")
            return
