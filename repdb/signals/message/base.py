"""A message as its signals see it, and how they are found (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from repdb.campaigns import Backing, Match
from repdb.records import Finding, Mention
from repdb.signals.message.facts import Claim, MailFacts, Seen
from repdb.text.called import PHONES
from repdb.text.disowned import is_posed, spared
from repdb.text.hidden import hides_link, hides_number, leaves_unread
from repdb.text.manner import is_casual, is_general
from repdb.text.markup import looks_like
from repdb.text.phrases import PhraseHit

# Roles in which an identifier works on the reader. A number or link quoted as a company's own is none of them.
WORKING = frozenset({"callback", "sender", "link", "reported"})
MESSENGERS = frozenset({"line", "telegram", "whatsapp"})
# Groups of phrases that customers' mail from genuine companies is full of, too.
ROUTINE = frozenset("delivery benefit demand_call demand_click demand_reply demand_pay".split())
_SECRETS = frozenset({"credentials", "verify", "messenger"})  # what friends do not ask for in a company's name
_PRESSES, _DRIFTS = 0.5, 0.8  # sum of phrases' weights, logit of the wording, from which a message is not calm
# Words behind the name of a messenger on which the reader is to go on.
_MOVED = re.compile(
    r"[ 　]?(?:で|に|へ|を|の(?:ビデオ|グループ|友|メッセージ|トーク|公式アカウント)|id|ID|Id|グループ|登録|追加|友|交換|[:：@＠(（→+＋])"
)
# Words behind the name of a shop that the reader is only to go to, or of the bank of whom he is to pay.
_TILL = re.compile(
    r"[」』]?(?:[一-鿿ァ-ヶ]{1,8}店|店頭|店舗|各店|などの|等の|の(?:店頭|レジ|端末|ATM|窓口)|"
    r"(?:、|・|または|や)[^。\n]{1,30}?(?:など|等|店頭|で(?:の)?お?支払)|(?:の?(?:指定)?口座)?(?:へ|に|宛に?)(?:の)?お?振り?込)"
)
# A text from so many characters on mentions companies that it does not claim to be.
_LONG, _HEAD, _FOOT, _LINES = 500, 300, 200, 3
_MANY = 50  # identifiers, of which no message of fraud has so many
_OWN = re.compile(
    r"[」』】)）]?[ 　]?(?:を(?:ご利用|お使い|ご愛顧)|より|から(?:の|お)|(?:の)?(?:会員|アカウント|カスタマー|サポート|お客[様さ]|セキュリティ|事務局|管理|運営|窓口|チーム)|です。|株式会社|[(（]株)"
)
# A name at the head of a line, but not where the line before goes on in it.
_SIGNED = re.compile(
    r"(?:©|\(c\)|copyright|株式会社|(?<![とをにのはがでもや、])\n[ 　]*[■◆●▼【《<]*)[ 　]*$", re.IGNORECASE
)
# The name in front of the sender's address, where it is that of a house: a shop, a practice, a firm.
_FROM = re.compile(r"(?:From|差出人|送信者|送信元)[ ]?[:：][ ]?[\"“]?([^<>\n\"”@]{2,40}?)[\"”]?[ ]?<[^<>\n]{1,80}@")
_HOUSE = re.compile(
    r"院|医院|歯科|薬局|整骨|鍼灸|クリニック|サロン|美容室|店$|商店|工房|工務店|不動産|旅館|ホテル|事務所|法人|株式会社|有限会社|合同会社|大学|高校|学園|"
    r"保育園|幼稚園|図書館|市役所|役場|[市区町村]$|組合|自治会|協会|学会|クラブ|教室|スクール"
)
_LABEL = re.compile(r"(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.(?:[a-z]{2,3}\.)?[a-z]{2,}>")  # quokka of mail.quokka.co.jp
_OFTEN = 2  # times that who keeps to a name says it, besides in the head
# What mailers call themselves when they say no name.
_NOBODYS = re.compile(
    r"(?:no-?reply|do-?not-?reply|info(?:rmation)?|support|admin(?:istrator)?|services?|security|accounts?|notices?|notifications?|alerts?|"
    r"e-?mail|mail|news|customer|system|webmaster|postmaster|server|members?|billing|payments?|orders?|shop|store|update|verify|center|team|"
    r"auto|user|contact|help|desk|from|the|my|[0-9\W_])+",
    re.IGNORECASE,
)
_PARTICLES = frozenset("のがをにへでともや、")
# A name that heads a line as one item of a list, 【見本急便】 or ・見本運輸, and does not go on to speak.
_ITEM = re.compile(r"\n[ 　]*(?:[・■●○▼◆□※*-][ 　]*[【「『\[(（]?|【)$")
_SPEAKS = re.compile(r"[】」』\])）]?[ 　]?(?:です|より|から|でございます)")
_SUBJECT = re.compile(r"(?:件名|Subject)[ ]?[:：][^\n]{0,120}")
_TITLE = re.compile(r"(?:件名|Subject)[ ]?[:：][ ]?(?:【重要】|\[重要\])?[【「\[]")
_ALWAYS = re.compile(r"(?:いつも|平素(?:より|から|は)?、?|日頃(?:より|から|は)?、?)[「『]?$")
_USED = re.compile(r"[」』]?を(?:ご利用|ご愛顧|お使い)")
_FORWARDED = re.compile(
    r"-{3,20}[ ]?(?:Forwarded message|Original Message|転送(?:メッセージ|されたメール)?|元のメッセージ|Begin forwarded message)|\n>[ ]?(?:From|差出人|送信者)[ ]?[:：]",
    re.IGNORECASE,
)
_FROM_LINE = re.compile(r"(?:From|差出人|送信者)[ ]?[:：]", re.IGNORECASE)
# Line types (``phone.LINE_TYPES``) of service desks.
FREEPHONE = frozenset({"toll_free", "shared_cost"})


@dataclass
class MessageCase:
    """Everything gathered about one message before any signal looks at it.

    ``kind``: sms, mail, voice, popup, postcard or page. ``officials``: key of an official channel → keys of its companies;
    ``owner_names``: key of a company → its name; ``licences``: how many licensed collectors the register holds; ``told``:
    phrases that it only tells of (``text.told``), not among ``hits``; ``wording``: its logit (``text.wording``)."""

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
        return mention.start in self._spared

    @cached_property
    def _spared(self) -> frozenset[int]:
        return spared(self.text, strange_places(self.seen), "click" in self.demands)

    @cached_property
    def _passed_on(self) -> int:
        """Where the mail begins that this one passes on; 0 where it passes none on."""
        found = _FORWARDED.search(self.text) if self.kind == "mail" and not self.named_sender else None
        return found.start() if found and _FROM_LINE.search(self.text, found.start()) else 0

    @cached_property
    def named_sender(self) -> str:
        """The key of the genuine company whose name stands as the sender's in the head of a mail; friends who pass mail on
        have names of their own."""
        head = _FROM.match(self.text) if self.kind == "mail" else None
        inside = (c.key for c in self.claims if head and c.status == "genuine" and 0 <= c.start < head.end(1))
        return next(inside, "")

    @cached_property
    def writes_as(self) -> frozenset[str]:
        """The keys of the genuine companies whose names a mail has in brackets before its subject, or thanks for the use of."""
        places = {found.end() for found in _TITLE.finditer(self.text[: 2 * _HEAD])} if self.kind == "mail" else set()
        genuine = [claim for claim in self.claims if claim.status == "genuine"]
        return frozenset(c.key for c in genuine if c.start in places or self._thanks_for(c))

    def _thanks_for(self, claim: Claim) -> bool:
        before = self.text[max(0, claim.start - 8) : max(0, claim.start)]
        return self.kind == "mail" and bool(_ALWAYS.search(before) and _USED.match(self.text, claim.end))

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
        cut = self.kind == "sms" and "click" in self.demands and not self.calls and not self._links_to_owner
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
        return _each_once(claim for claim in self.claims if self._goes_by(claim))

    def _goes_by(self, claim: Claim) -> bool:
        """Whether it claims the name. Who warns of others that pose as somebody, and gives no strange contact, does not."""
        if claim.role != "claimed" or claim.general:
            return False
        return claim.start < 0 or not is_posed(self.text, claim.start, claim.end) or bool(self.links or self.callbacks)

    @cached_property
    def brands(self) -> tuple[Claim, ...]:
        """The genuine companies it claims to be; a messenger that it moves the reader to is none of them, nor a shop at
        whose till one pays, nor a name that a long text mentions on its way."""
        return _each_once(claim for claim in self.claims if self._poses_as(claim))

    def _poses_as(self, claim: Claim) -> bool:
        genuine = claim.status == "genuine" and self._goes_by(claim)
        if (self._signed and claim.start > self._signed) or (self.kind == "page" and self.told):
            return False  # a page that warns poses as nobody
        return (
            genuine
            and not self._among_friends
            and not self._moves_to(claim)
            and not self._pays_at(claim)
            and claim.key not in self._offered
            and self._stands_out(claim)
        )

    @cached_property
    def _among_friends(self) -> bool:
        """Whether friends write of a company: Amazonの荷物、来たら受け取っておいて."""
        return self.kind == "sms" and is_casual(self.text) and _SECRETS.isdisjoint(self.groups)

    @cached_property
    def _signed(self) -> int:
        """Where the head of a mail ends in which somebody else signs by a name of their own; 0 where nobody does."""
        found = _FROM.search(self.text[:_HEAD]) if self.kind == "mail" else None
        genuine = [claim for claim in self.claims if claim.status == "genuine"]
        if not found or any(claim.start < found.end() for claim in genuine):
            return 0
        if not _HOUSE.search(found[1]) and not self._keeps_to(found, genuine):
            return 0
        subject = _SUBJECT.search(self.text[: 2 * _HEAD])
        return max(found.end(), subject.end() if subject else 0)

    def _keeps_to(self, sender: re.Match[str], genuine: Iterable[Claim]) -> bool:
        """Whether the name in a mail's head is that of its host, or stands in it again and again, and it never speaks for one
        of the genuine companies that it mentions, nor is built on their names."""
        name, rest = sender[1].strip().casefold(), self.text[sender.end() :].casefold()
        own = _LABEL.match(rest)
        if is_general(name) or _NOBODYS.fullmatch(name) or (name != (own and own[1]) and rest.count(name) < _OFTEN):
            return False
        return not any(_OWN.match(self.text, c.end) or c.written.casefold() in name for c in genuine)

    def _stands_out(self, claim: Claim) -> bool:
        """Whether a name stands where senders put theirs: at the head or foot, or before words of a sender's own."""
        if len(self.text) <= _LONG or claim.start > len(self.text) - _FOOT:
            return True
        if claim.start < _HEAD:
            head = self.text[: claim.start]
            if head.count("\n") < _LINES or head[-1:] in "【「『[(（<《\n ":
                return True
        if _OWN.match(self.text, claim.end):
            return True
        alone = self.text[claim.end : claim.end + 1] not in _PARTICLES  # 法務局の発行する…
        return alone and bool(_SIGNED.search(self.text[max(0, claim.start - 8) : claim.start]))

    @cached_property
    def _offered(self) -> frozenset[str]:
        """The companies among which it leaves the choice, carriers for a parcel or ways to pay: several whose names first
        stand as items of a list."""
        first = {claim.key: claim for claim in reversed(self.claims) if claim.status == "genuine"}
        items = [key for key, claim in first.items() if self._is_item(claim)]
        return frozenset(items if len(items) > 1 else ())

    def _is_item(self, claim: Claim) -> bool:
        before = self.text[max(0, claim.start - 8) : max(0, claim.start)]
        return bool(_ITEM.search(before)) and not _SPEAKS.match(self.text, claim.end)

    def _pays_at(self, claim: Claim) -> bool:
        return bool(_TILL.match(self.text, claim.end))

    def _moves_to(self, claim: Claim) -> bool:
        if claim.key not in MESSENGERS:
            return False
        return "messenger" in self.groups or bool(_MOVED.match(self.text, claim.end))

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


def _each_once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The first claim of each company, in order."""
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.key, claim)
    return tuple(first.values())


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
