"""Checking a whole message: find what is in it, look each thing up, let the signals look, judge, advise (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from repdb import campaigns, companies, domain, phone, score
from repdb.categories import INNOCENT_ROLES
from repdb.check_advice import advise
from repdb.check_category import categorise
from repdb.company import fold, nearest
from repdb.db import Database
from repdb.lookup import Lookup
from repdb.records import Advice, Finding, Identifier, Mention, Text, Unreadable
from repdb.signals.message import Claim, LinkText, MailFacts, MessageCase, Seen, observe
from repdb.signals.message.base import strange_places
from repdb.text import markup, quoted, roles, wording
from repdb.text.called import PHONES
from repdb.text.disowned import spared
from repdb.text.extract import Extractor
from repdb.text.mail import Mail, hidden_links
from repdb.text.manner import is_general
from repdb.text.phrases import demands, find_phrases
from repdb.text.roads import spelled_out
from repdb.text.told import split_told
from repdb.text.tricks import closed_up, tricks

MAX_TEXT = 1_000_000  # characters; longer ones are refused
MAX_LOOKUPS = 60  # identifiers of one message that are looked up
KINDS = ("sms", "mail", "voice", "popup", "postcard", "page")
_KIND_OF = {"eml": "mail", "article": "page", "message": "sms", "text": "sms"}
_SPOKEN = frozenset({"sms", "voice", "popup"})
_FAILED = frozenset({"fail", "softfail"})
_ERRORS = {
    "empty": Text(
        "調べる文章がありません。届いた文章か、それを保存したファイルを渡してください。",
        "There is no text to check. Give the message, or a file that holds it.",
    ),
    "too_long": Text("長すぎます（100 万文字まで）。", "The text is too long (1 000 000 characters at most)."),
    "bad_kind": Text(
        "種類「{kind}」はありません。使える種類: {known}", "There is no kind '{kind}'. Known kinds: {known}"
    ),
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is said of a message: the JSON contract of DESIGN §5, before a language is chosen.

    ``findings`` strongest first; ``category`` is ``other`` where nothing tells; ``case`` is what the signals saw.
    """

    verdict: str
    score: float
    category: str
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    case: MessageCase
    as_of: str
    model: str


class Checker:
    """Checks messages against one open database as of one day. Reading the register costs more than a message: make
    one and keep it as long as the register does not change."""

    def __init__(self, db: Database, as_of: date) -> None:
        self.db = db
        self.as_of = as_of
        self._look = Lookup(db, as_of)
        self._register = companies.load(db)
        self._extractor = Extractor(self._register.names, self._register.official)
        self._officials = frozenset(key for keys in self._register.domains.values() for key in keys)
        self._owner_names = {entry.key: entry.name for entry in self._register.entries.values()}
        self._licences = sum(bool(entry.licence) for entry in self._register.entries.values())
        self._near: dict[str, tuple[companies.Entry | None, str]] = {}

    def extract(self, text: str, kind: str = "", sender: str = "", *, fraud: bool | None = None) -> list[Mention]:
        """The identifiers of a text, page or message; ``fraud`` as in ``Extractor.extract``. Raises Unreadable (``empty``,
        ``too_long``, ``bad_kind``)."""
        return self._extractor.extract(text, kind=readable(text, kind), sender=sender, fraud=fraud)

    def extract_mail(self, mail: Mail, sender: str = "", *, fraud: bool | None = None) -> list[Mention]:
        """The identifiers of an e-mail; ``fraud`` likewise. Raises Unreadable (``too_long``)."""
        readable(mail.as_text())
        return self._extractor.extract_mail(mail, sender=sender, fraud=fraud)

    def registered(self, key: str) -> bool:
        """Whether the register has a number or host as somebody's official channel."""
        return key in self._register.owners

    def check(self, text: str, kind: str = "", sender: str = "") -> CheckResult:
        """The answer on one message. ``kind``: one of ``KINDS`` or empty; ``sender``: what the telephone showed.

        Raises Unreadable (``empty``, ``too_long``, ``bad_kind``), StorageError when the database fails.
        """
        found = self.extract(text, kind, sender)
        shown, facts = _markup(text)
        return self._judged(text, shown, _KIND_OF.get(kind, kind) or guess_kind(shown, found), found, facts)

    def check_mail(self, mail: Mail, sender: str = "") -> CheckResult:
        """The answer on an e-mail as received, with what its head and the targets of its links show. ``sender``: what was
        displayed besides. Raises Unreadable (``too_long``), StorageError."""
        text = mail.as_text()
        return self._judged(text, text, "mail", self.extract_mail(mail, sender), _facts(mail))

    def _judged(
        self, text: str, shown: str, kind: str, found: Sequence[Mention], mail: MailFacts | None
    ) -> CheckResult:
        """``text`` is what places count in, ``shown`` what a reader sees of it."""
        own = quoted.without(text, quoted.parts(text)) if shown is text else text
        cited = frozenset(one.start for one in found if one.start >= 0 and own[one.start] != text[one.start])
        text, shown = own, own if shown is text else shown
        seen = tuple(self._seen(found))
        contacts = _contacts(shown, [one for one in seen if one.mention.start not in cited]) if shown is text else ()
        words = closed_up(shown)
        hits, told = split_told(words, find_phrases(words), contacts, spoken=kind in _SPOKEN)
        claims = tuple(self._claim(mention) for mention in found if mention.kind == "company")
        case = MessageCase(
            text,
            kind,
            seen,
            claims,
            hits=hits,
            demands=demands(hits),
            tricks=frozenset(trick.code for trick in tricks(shown)),
            mail=mail,
            campaign=campaigns.find(self.db, shown),
            officials=self._register.owners,
            owner_names=self._owner_names,
            licences=self._licences,
            told=told,
            quoted=cited,
            wording=wording.logit(words, [(c.start, c.end) for c in claims if c.start >= 0] if shown is text else ()),
        )
        if case.campaign:
            case.backing = self._backing(case, case.campaign)
        findings = observe(case)
        verdict, points = score.judge_message(findings)
        category = categorise(case) if verdict in ("dangerous", "suspicious", "past") else "other"
        advice = advise(case, verdict, category)
        return CheckResult(verdict, points, category, findings, advice, case, self.as_of.isoformat(), score.MODEL)

    def _seen(self, found: Iterable[Mention]) -> Iterable[Seen]:
        """The identifiers with their look-ups; what stands twice is looked up once."""
        answers: dict[tuple[str, str], Seen] = {}
        for mention in found:
            place = (mention.kind, mention.key)
            if mention.kind == "company" or (place not in answers and len(answers) >= MAX_LOOKUPS):
                continue
            if place not in answers:
                answers[place] = self._look_up(mention)
            yield answers[place]._replace(mention=_unexcused(mention, answers[place]))

    def _look_up(self, mention: Mention) -> Seen:
        kind, key = mention.kind, mention.key
        answer = self._look.identified(mention.written, _identifier(mention))
        owners = self._register.owners.get(key, frozenset())
        shared = key in self._register.shared and not (kind == "domain" and domain.has_only_mail(key))
        if kind not in ("domain", "email"):
            return Seen(
                mention, answer, owners, shared, named=self._named(mention.written) if kind == "sender_id" else ""
            )
        alike = any(found.code == "lookalike_host" for found in answer.findings)
        lookalike = domain.lookalike(answer.display.lstrip("@"), self._officials) if alike and not owners else None
        return Seen(mention, answer, owners, shared, lookalike, domain.flags_of(key))

    def _named(self, sender: str) -> str:
        """The key of the genuine company whose name it is."""
        key = self._register.names_by_key.get(fold(sender), "")
        entry = self._register.entries.get(key)
        return key if entry and entry.status == "genuine" else ""

    def _claim(self, mention: Mention) -> Claim:
        register, key = self._register, mention.key
        entry = register.entries.get(key)
        abuses, near = (None, "") if entry and entry.status == "genuine" else self._likeness(key)
        return Claim(
            key,
            entry.name if entry else mention.written,
            mention.written,
            mention.role,
            mention.start,
            mention.end,
            status=entry.status if entry else "unverified",
            licence=entry.licence if entry else "",
            legal_form=entry.legal_form if entry else "",
            abuses=abuses.name if abuses else "",
            near="" if abuses else near,
            domains=register.domains.get(key, ()),
            numbers=register.numbers.get(key, ()),
            labels=register.labels.get(key, frozenset()),
            general=entry is None and is_general(mention.written),
            name_en=entry.name_en if entry else "",
            abuses_en=abuses.name_en if abuses else "",
        )

    def _likeness(self, key: str) -> tuple[companies.Entry | None, str]:
        """(genuine company on whose name the key is built, name that the key nearly equals)."""
        if key not in self._near:
            if len(self._near) > 10_000:
                self._near.clear()
            abused = None if _BRANCH.search(key) else self._register.abused(key)
            near = None if abused else nearest(key, self._register.names_by_key)
            owner = self._register.names_by_key[near[0]] if near else ""
            self._near[key] = (abused, self._owner_names.get(owner, ""))
        return self._near[key]

    def _backing(self, case: MessageCase, known: campaigns.Match) -> campaigns.Backing:
        contacts = {(seen.mention.kind, seen.mention.key) for seen in case.working}
        return campaigns.backing(self.db, known.campaign, known.source_count, sorted(contacts))


# Offices of a body that has one in every town bear its name: 川越税務署, 船橋郵便局. Keys are folded names.
_BRANCH = re.compile(
    "[一-鿿](?:税務署|年金事務所|警察署|郵便局|消費生活センター|支店|営業所)$|"
    "[都道府県市区町村]立?消費(?:生活|者)(?:総合|相談|行政|支援)?センター$"
)


def _contacts(text: str, seen: Iterable[Seen]) -> list[int]:
    """Where it makes its reader call or open what is nobody's official contact and no fake, or spells a contact out."""
    places = strange_places(seen)
    excused = spared(text, places)
    spelled = spelled_out(text)
    at = text.find(spelled) if spelled else -1
    return [start for start, _ in places if start not in excused] + ([at] if at >= 0 else [])


def _unexcused(mention: Mention, seen: Seen) -> Mention:
    """Words that make a number look like a company's own excuse nobody who has been reported, only our register does."""
    if mention.role in INNOCENT_ROLES and mention.kind in PHONES and seen.answer.known and not seen.owners:
        return mention._replace(role="callback")
    return mention


def readable(text: str, kind: str = "") -> str:
    """The kind of a text that can be checked, of ``KINDS``. Raises Unreadable (``empty``, ``too_long``, ``bad_kind``)."""
    if not text.strip():
        raise Unreadable("empty", _ERRORS["empty"])
    if len(text) > MAX_TEXT:
        raise Unreadable("too_long", _ERRORS["too_long"])
    known = _KIND_OF.get(kind, kind)
    if known and known not in KINDS:
        raise Unreadable("bad_kind", _ERRORS["bad_kind"].format(kind=kind[:40], known=", ".join(KINDS)))
    return known


def guess_kind(text: str, found: Sequence[Mention]) -> str:
    """What a text of no stated kind is taken for, sms, mail or page, by its looks and what is found in it."""
    linked = any(mention.kind == "domain" for mention in found)
    guessed = roles.setting(text[:20_000].lower(), "", linked).kind
    return _KIND_OF.get(guessed, guessed)


def _identifier(mention: Mention) -> Identifier:
    """What is looked up: the mention as its reader shows it, hosts in full."""
    kind, key = mention.kind, mention.key
    if kind in ("domain", "email"):
        try:
            found = domain.read(mention.written)
            return found._replace(kind=kind) if found.key == key else Identifier(kind, key, key)
        except Unreadable:
            return Identifier(kind, key, key if kind == "domain" else f"@{key}")
    return Identifier(kind, key, key if kind == "sender_id" else phone.display(key))


def _markup(text: str) -> tuple[str, MailFacts | None]:
    """What a reader sees of a text; of HTML, also the links that show another host than they lead to."""
    if not markup.looks_like(text):
        return text, None
    page = markup.read(text)
    return page.shown.text, MailFacts(links=tuple(LinkText(one.shown, one.target) for one in hidden_links(page.links)))


def _facts(mail: Mail) -> MailFacts:
    """DMARC settles it both ways (RFC 7489); without it, SPF counts only where no DKIM signature held."""
    checks = mail.checks
    confirmed = checks.get("dmarc") == "pass"
    failed = () if confirmed else tuple(sorted(check for check, result in checks.items() if result in _FAILED))
    if failed and "dmarc" not in failed and checks.get("dkim") == "pass":
        failed = ()
    return MailFacts(
        _key(mail.from_address),
        _key(mail.reply_to),
        _key(mail.return_path),
        failed,
        confirmed,
        tuple(LinkText(link.shown, link.target) for link in mail.hidden_links),
        mail.apart,
        mail.unread,
    )


def _key(address: str) -> str:
    try:
        return domain.read(address).key if address else ""
    except Unreadable:
        return ""
