"""A message as its signals see it, and how they are found (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from repdb.campaigns import Backing, Match
from repdb.lookalike import CHEAP
from repdb.records import Finding, Mention
from repdb.signals.message import pose
from repdb.signals.message.facts import Claim, MailFacts, Seen
from repdb.text.called import PHONES
from repdb.text.disowned import is_posed, spared
from repdb.text.hidden import hides_link, hides_number, leaves_unread
from repdb.text.manner import is_casual
from repdb.text.markup import looks_like
from repdb.text.phrases import PhraseHit

# Roles in which an identifier works on the reader. A number or link quoted as a company's own is none of them.
WORKING = frozenset({"callback", "sender", "link", "reported"})
MESSENGERS = frozenset({"line", "telegram", "whatsapp"})
# Groups of phrases that customers' mail from genuine companies is full of, too.
ROUTINE = frozenset("delivery benefit demand_call demand_click demand_reply demand_pay".split())
_SECRETS = frozenset({"credentials", "verify", "messenger"})  # what friends do not ask for in a company's name
_PRESSES, _DRIFTS = 0.5, 0.8  # sum of phrases' weights, logit of the wording, from which a message is not calm
_MANY = 50  # identifiers, of which no message of fraud has so many
_FORWARDED = re.compile(
    r"-{3,20}[ ]?(?:Forwarded message|Original Message|転送(?:メッセージ|されたメール)?|元のメッセージ|Begin forwarded message)|\n>[ ]?(?:From|差出人|送信者)[ ]?[:：]",
    re.IGNORECASE,
)
_FROM_LINE = re.compile(r"(?:From|差出人|送信者)[ ]?[:：]", re.IGNORECASE)
_CODE = re.compile(r"[0-9０-９]{4,8}[ 　]?を(?:ご)?入力")  # a one-time code is typed where its reader already is
# Line types (``phone.LINE_TYPES``) of service desks.
FREEPHONE = frozenset({"toll_free", "shared_cost"})


@dataclass
class MessageCase:
    """Everything gathered about one message before any signal looks at it.

    ``kind``: sms, mail, voice, popup, postcard or page. ``officials``: key of an official channel → keys of its companies;
    ``owner_names``: key of a company → its name; ``licences``: how many licensed collectors the register holds; ``told``:
    phrases that it only tells of (``text.told``), not among ``hits``; ``wording``: its logit (``text.wording``); ``quoted``:
    where what stands in its parts that only show a fraud begins (``text.quoted``), which are blanks in ``text``."""

    text: str
    kind: str = "sms"
    seen: tuple[Seen, ...] = ()
    claims: tuple[Claim, ...] = ()
    hits: tuple[PhraseHit, ...] = ()
    demands: frozenset[str] = frozenset()
    tricks: frozenset[str] = frozenset()
    mail: MailFacts | None = None
    campaign: Match | None = None
    officials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owner_names: Mapping[str, str] = field(default_factory=dict)
    licences: int = 0
    told: tuple[PhraseHit, ...] = ()
    wording: float = 0.0
    quoted: frozenset[int] = frozenset()
    backing: Backing = Backing()

    @cached_property
    def working(self) -> tuple[Seen, ...]:
        """Identifiers that the message makes work on the reader, each once."""
        found: dict[tuple[str, str, str], Seen] = {}
        for seen in self.seen:
            mention = seen.mention
            own = bool(seen.owners) and not seen.shared and mention.role != "sender"
            if mention.role in WORKING and not own and not self._is_spared(mention):
                found.setdefault((mention.kind, mention.key, mention.role), seen)
        return tuple(found.values())

    def _is_spared(self, mention: Mention) -> bool:
        """Whether the message itself calls it a fake or forbids it, or it is of who only passes the message on."""
        if mention.role == "sender":
            return 0 <= mention.start < self._passed_on
        return mention.start in self._spared or mention.start in self.quoted

    @cached_property
    def _spared(self) -> frozenset[int]:
        places = [place for place in strange_places(self.seen) if place[0] not in self.quoted]
        return spared(self.text, places, "click" in self.demands)

    @cached_property
    def _passed_on(self) -> int:
        """Where the mail begins that this one passes on; 0 where it passes none on."""
        found = _FORWARDED.search(self.text) if self.kind == "mail" and not self.named_sender else None
        return found.start() if found and _FROM_LINE.search(self.text, found.start()) else 0

    @cached_property
    def named_sender(self) -> str:
        """The key of the genuine company whose name stands as the sender's in the head of a mail; friends who pass mail on
        have names of their own."""
        return pose.named_sender(self.text, self.claims) if self.kind == "mail" else ""

    @cached_property
    def writes_as(self) -> frozenset[str]:
        """The keys of the genuine companies whose names a mail has in brackets before its subject, or thanks for the use of."""
        return pose.writes_as(self.text, self.claims) if self.kind == "mail" else frozenset()

    @cached_property
    def links(self) -> tuple[Seen, ...]:
        return tuple(s for s in self.working if s.mention.kind == "domain" and s.mention.role in ("link", "reported"))

    @cached_property
    def callbacks(self) -> tuple[Seen, ...]:
        return tuple(s for s in self.working if s.mention.kind in PHONES and s.mention.role in ("callback", "reported"))

    @cached_property
    def calls(self) -> bool:
        """Whether it gives a number to call, be it one whose digits a publisher hid altogether (050-XXXX-XXXX)."""
        return bool(self.callbacks) or hides_number(self.text)

    @cached_property
    def link_hidden(self) -> bool:
        """Whether the only link it gives is one that a publisher hid (https://****), or of a text message left out."""
        cut = (
            self.kind == "sms"
            and "click" in self.demands
            and not (self.calls or self._links_to_owner or _CODE.search(self.text))
        )
        return not self.links and (cut or hides_link(self.text))

    @cached_property
    def link_unread(self) -> bool:
        """Whether a link stands in it that could not be read. Markup has other addresses than those of links."""
        spans = [(seen.mention.start, seen.mention.end) for seen in self.seen]
        whole = len({seen.mention.key for seen in self.seen}) < _MANY  # of more, the rest is not looked up
        return whole and self.kind != "page" and not looks_like(self.text) and leaves_unread(self.text, spans)

    @property
    def _links_to_owner(self) -> bool:
        """Whether it gives an official link; Booking.com in a sentence is a name."""
        hosts = [seen.mention for seen in self.seen if seen.owners and seen.mention.kind == "domain"]
        return any(not any(claim.start <= host.start < claim.end for claim in self.claims) for host in hosts)

    @cached_property
    def senders(self) -> tuple[Seen, ...]:
        return tuple(s for s in self.working if s.mention.role == "sender")

    @cached_property
    def claimed(self) -> tuple[Claim, ...]:
        """The names it goes by, each once; names that it only mentions left out."""
        return pose.each_once(claim for claim in self.claims if self._goes_by(claim))

    def _goes_by(self, claim: Claim) -> bool:
        """Whether it claims the name. Who warns of others that pose as somebody, and gives no strange contact, does not."""
        if claim.role != "claimed" or claim.general or claim.start in self.quoted:
            return False
        return claim.start < 0 or not is_posed(self.text, claim.start, claim.end) or bool(self.links or self.callbacks)

    @cached_property
    def brands(self) -> tuple[Claim, ...]:
        """The genuine companies it claims to be; a messenger that it moves the reader to is none of them, nor a shop at
        whose till one pays, nor a name that a long text mentions on its way."""
        return pose.each_once(claim for claim in self.claims if self._poses_as(claim))

    def _poses_as(self, claim: Claim) -> bool:
        genuine = claim.status == "genuine" and self._goes_by(claim)
        if (self._signed and claim.start > self._signed) or (self.kind == "page" and self.told):
            return False  # a page that warns poses as nobody
        return (
            genuine
            and not self._among_friends
            and not self._moves_to(claim)
            and not pose.pays_at(self.text, claim)
            and (self._lures or not self._only_names(claim))
            and claim.key not in self._offered
            and pose.stands_out(self.text, claim)
        )

    @cached_property
    def _among_friends(self) -> bool:
        """Whether friends write of a company: Amazonの荷物、来たら受け取っておいて."""
        return self.kind == "sms" and is_casual(self.text) and _SECRETS.isdisjoint(self.groups)

    @cached_property
    def _signed(self) -> int:
        """Where the head of a mail ends in which somebody else signs by a name of their own; 0 where nobody does."""
        return pose.signed(self.text, self.claims) if self.kind == "mail" else 0

    def _only_names(self, claim: Claim) -> bool:
        """Whether its writer, who has a name of his own perhaps, only makes use of the company."""
        apart = claim.start > self._opened > 0 and not pose.speaks_for(self.text, claim)
        return apart or pose.makes_use(self.text, claim)

    @cached_property
    def _lures(self) -> bool:
        """Whether a link leads where no shop has its pages: to a look-alike, a host made in a minute, the cheapest suffixes."""
        return any(
            bool(seen.lookalike) or "dynamic_dns" in seen.flags or seen.mention.key.rpartition(".")[2] in CHEAP
            for seen in self.links
        )

    @cached_property
    def _opened(self) -> int:
        """Where the head of a short message ends in which somebody else says a name of their own; 0 where nobody does."""
        return pose.opened(self.text, self.claims) if self.kind == "sms" else 0

    @cached_property
    def _offered(self) -> frozenset[str]:
        return pose.offered(self.text, self.claims)

    def _moves_to(self, claim: Claim) -> bool:
        if claim.key not in MESSENGERS:
            return False
        return "messenger" in self.groups or pose.moves_to(self.text, claim)

    @cached_property
    def groups(self) -> Mapping[str, PhraseHit]:
        """Group of phrases → the strongest one found. Words that speak for a second group count half there."""
        best: dict[str, PhraseHit] = {}
        for hit in sorted(self.hits, key=lambda hit: -abs(hit.weight)):
            if hit.group not in best:
                again = any(one.start <= hit.start and hit.end <= one.end for one in best.values() if one.weight > 0)
                best[hit.group] = hit._replace(weight=hit.weight / 2) if again and hit.weight > 0 else hit
        return best

    @cached_property
    def warns(self) -> bool:
        """Whether it tells of fraud and presses for nothing itself."""
        return bool(self.told) and self.pressure < 0.5

    @cached_property
    def calm(self) -> bool:
        """Whether nothing in its words presses, lures or is worded as fraud is."""
        pressed = sum(hit.weight for group, hit in self.groups.items() if group not in ROUTINE and hit.weight > 0)
        return pressed < _PRESSES and self.wording < _DRIFTS

    @cached_property
    def pressure(self) -> float:
        """Sum of the adverse groups' weights, before saturation."""
        return sum(hit.weight for hit in self.groups.values() if hit.weight > 0)


def strange_places(seen: Iterable[Seen]) -> list[tuple[int, int]]:
    """Where a message makes its reader call or open what is nobody's official contact."""
    found = (one.mention for one in seen if not one.owners and one.mention.role in WORKING - {"sender"})
    return [(mention.start, mention.end) for mention in found if mention.start >= 0]


MessageSignal = Callable[[MessageCase], Iterator[Finding]]
MESSAGE_SIGNALS: list[MessageSignal] = []


def message_signal(function: MessageSignal) -> MessageSignal:
    """Register a signal of messages. It yields no finding, one, or one for each identifier that it is about."""
    MESSAGE_SIGNALS.append(function)
    return function
