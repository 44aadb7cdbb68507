"""What speaks for a message: the official contacts that it gives, the sender that it comes from (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import WORKING, MessageCase, message_signal
from repdb.signals.message.facts import Seen
from repdb.signals.message.links import carried, is_far, is_others, owner_of
from repdb.signals.message.mail import posing_sender
from repdb.text.called import PHONES
from repdb.text.roads import asks_more, other_road

_LURES = frozenset({"credentials", "personal_payee", "advance_fee", "prepaid_card"})
_PROMISES = _LURES | {"investment", "second_victim", "loan", "job", "boss", "prize"}


@message_signal
def official_contacts(case: MessageCase) -> Iterator[Finding]:
    """All that it works with is official: its links, and no number, sender or other road to the reader's money beside them
    that is not. A link that carries another party's address is none of them. Another road that is only told in words is a
    ``road_unconfirmed``."""
    named = {claim.key for claim in case.claimed}
    links = [seen for seen in case.seen if seen.mention.kind in ("domain", "phone") and seen.owners]
    links = [seen for seen in links if not seen.shared and seen.mention.role != "sender"]
    unseen = (
        case.kind == "page" or case.link_hidden or case.link_unread or not _whole(case) or _leads_elsewhere(case, links)
    )
    if (
        not links
        or unseen
        or any(carried(case, seen) for seen in links)
        or any(_strange(seen, named) for seen in case.seen)
    ):
        return
    owners = {owner for seen in links for owner in seen.owners}
    if not named or owners & named:
        yield finding("official_contacts", tuple(seen.mention.key for seen in links), name=owner_of(case, links[0]))
        known = [(seen.mention.start, seen.mention.end) for seen in case.seen if seen.owners]
        known += [(claim.start, claim.end) for claim in case.claims if claim.key in owners]
        known = [place for place in known if place[0] >= 0]
        road = other_road(case.text, known) or asks_more(case.text, known)
        if road:
            yield finding("road_unconfirmed", (), written=road)


def _strange(seen: Seen, named: Container[str]) -> bool:
    """Whether it is a contact that nobody vouches for, be it one that the text only warns of."""
    return seen.mention.role in WORKING and not seen.owners and (not seen.named or seen.named not in named)


# What leads to the reader's money or secrets without a contact that can be read.
_ROADS = _LURES | {"messenger", "demand_install", "payee_change", "secrecy", "atm", "demand_meet"}
_ROAD = re.compile(
    r"(?:普通|当座|口座番号)[ 　:：]{0,3}[0-9０-９]{6,8}(?![0-9０-９])|(?:現金|お金|(?<![一-鿿])金)を?(?:用意|預か|渡|受け取り)|"
    r"QR ?コード|ビットコイン|bitcoin|(?:paypay|line) ?id|anydesk|teamviewer|[0oO〇零０][589oOB五八九５８９][0oO〇零０][-ー・ 　]|ゼロ(?:ハチ|キュウ|ゴ)ゼロ",
    re.IGNORECASE,
)


def _leads_elsewhere(case: MessageCase, links: Iterable[Seen]) -> bool:
    """Whether it names another road than the official ones that were read: an account, a messenger, gift cards, an answer,
    or a call to a number that nobody can read."""
    unread = "call" in case.demands and not any(seen.mention.kind in PHONES for seen in (*links, *case.callbacks))
    return unread or "reply" in case.demands or not _ROADS.isdisjoint(case.groups) or bool(_ROAD.search(case.text))


def _whole(case: MessageCase) -> bool:
    """Whether all links of the message are before us: a pasted mail shows their text, not their targets."""
    return case.kind != "mail" or (case.mail is not None and case.mail.confirmed and not case.mail.links)


@message_signal
def links_to_sender(case: MessageCase) -> Iterator[Finding]:
    """Every link leads to the domain that the mail came from, and it poses as no company of the register. It speaks for
    nobody whose domain is one of the cheap ones, or who wants card numbers or promises money."""
    senders = {seen.mention.key for seen in case.senders if seen.mention.kind in ("email", "domain")}
    targets = {seen.mention.key for seen in case.links}
    if (
        targets
        and targets <= senders
        and not case.brands
        and not any(seen.shared or seen.lookalike or is_far(seen) for seen in case.links)
        and _PROMISES.isdisjoint(case.groups)
    ):
        yield finding("links_to_sender", tuple(sorted(targets)), host=min(targets))


@message_signal
def official_sender(case: MessageCase) -> Iterator[Finding]:
    """The sender shown is an official channel; by itself (-0.5) it can be forged, confirmed it counts in full."""
    for seen in case.senders if posing_sender(case) is None else ():
        if seen.owners and not seen.shared and not is_others(case, seen):
            sure = case.mail is not None and case.mail.confirmed
            yield finding(
                "official_sender",
                (seen.mention.key,),
                None if sure else -0.5,
                host=seen.display,
                name=owner_of(case, seen),
            )
            return
