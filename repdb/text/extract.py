"""A whole text → the identifiers in it, each with place, written form, key and role (floor 0).

>>> Extractor().extract("至急 050-9999-0001 までご連絡ください")  # doctest: +SKIP
[Mention(kind='phone', key='+815099990001', role='callback', written='050-9999-0001', start=3, end=16)]
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from repdb import sender as senders
from repdb.records import Mention, Unreadable
from repdb.text import columns, host_roles, hosts, judged, names, numbers, roles
from repdb.text.called import PHONES
from repdb.text.fold import Folded, fold
from repdb.text.markup import Page, looks_like
from repdb.text.markup import read as read_markup
from repdb.text.name_roles import name_role
from repdb.text.numbers import Hit
from repdb.text.register import Register

if TYPE_CHECKING:
    from repdb.text.mail import Mail

_SENDER_ID = re.compile(
    r"(?:送信元|発信元|送信者名?|差出人名?|表示名|sender(?: id)?)(?:の表示)?[ ]?(?:は|が|:|=)?[ ]?[「『【\"(]?"
    r"(?P<id>(?=[0-9 ._-]{0,10}[a-z])[a-z0-9][a-z0-9 ._-]{1,10})(?![a-z0-9@.])[」』】\")]?"
)


class Extractor:
    """Reads texts against a register. Make one per database and keep it: building it costs more than a text.

    ``names``: name or alias, as written or folded → key of the company. ``official``: key of a number, domain or
    sender ID → key of the company or body whose official channel it is.
    """

    def __init__(self, names: Mapping[str, str] | None = None, official: Mapping[str, str] | None = None) -> None:
        self._register = Register(names or {})
        self._official = official or {}

    def extract(
        self, text: str, *, markup: bool | None = None, kind: str = "", sender: str = "", fraud: bool | None = None
    ) -> list[Mention]:
        """Every identifier of the text, in order of place.

        ``markup``: the text is HTML (``None``: decide by looking); places then count in the source, ``written`` is what
        a reader sees. ``kind``: what the text is, if known (sms, mail, page, voice, popup, postcard). ``sender``: what
        the telephone showed as sender; its mention has place -1. ``fraud``: whether a check
        takes the message for one, which then decides on its numbers (``text.judged``); ``None``: nobody has judged it.
        """
        if markup or (markup is None and "<" in text and looks_like(text)):
            found = self._in_markup(read_markup(text), kind, fraud)
        else:
            found = self._in_text(text, kind, fraud=fraud)
        if sender:
            found += self._shown_sender(sender)
        found.sort(key=_place)
        return found

    def extract_mail(self, mail: Mail, *, sender: str = "", fraud: bool | None = None) -> list[Mention]:
        """The identifiers of a mail: its text with sender and subject (``Mail.as_text``, which places count in), then
        reply and return addresses and the true targets of its links, which no reader sees (place -1). ``sender``: what
        was displayed as sender, if somebody tells; ``fraud`` as in ``extract``."""
        found = self._in_text(mail.as_text(), "mail", bool(mail.links), fraud)
        unseen = [
            (mail.reply_to, "sender"),
            (mail.return_path, "sender"),
            *((link.target, "link") for link in mail.links),
        ]
        seen = {(mention.kind, mention.key, mention.role) for mention in found}
        known = {mention.key: mention.role for mention in reversed(found)}
        around = roles.Setting("mail", bool(mail.links), True)
        for written, role in unseen:
            for hit in (*hosts.find(fold(written, lower=True), written), *_dialled(written)):
                shown = "official" if role == "link" and hit.found.key in self._official else role
                if shown == "link" and hit.found.kind in PHONES:
                    shown = known.get(hit.found.key) or roles.dialled_role(hit.found.key, around)
                if (hit.found.kind, hit.found.key, shown) not in seen:
                    seen.add((hit.found.kind, hit.found.key, shown))
                    found.append(Mention(hit.found.kind, hit.found.key, shown, written))
        found += (one for one in self._shown_sender(sender) if (one.kind, one.key, one.role) not in seen)
        return sorted(found, key=_place)

    def _in_text(
        self,
        text: str,
        kind: str,
        linked: bool = False,
        fraud: bool | None = None,
        spans: Sequence[columns.Span] = (),
    ) -> list[Mention]:
        folded = fold(text, lower=True)
        closed = bytearray(len(folded.text) + 1)
        links = hosts.find(folded, text)
        for hit in links:
            closed[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        phones = numbers.find(folded, text, closed)
        linked = linked or (bool(links) and "domain" in [hit.found.kind for hit in links])
        around = roles.setting(folded.text, kind, linked)
        found = [self._host(hit, folded, text, around) for hit in links] if links else []
        named = self._names(links, phones, folded, text, closed, around)
        if phones:
            posed = fraud is True and any(m.role == "claimed" and self._register.holds(m.key) for m in named)
            found += self._phones(phones, folded, text, around, fraud, posed, spans)
        found += named
        shown = folded.text
        if around.kind != "mail" and ("信" in shown or "差" in shown or "表" in shown or "sender" in folded.signs):
            found += _sender_ids(folded, text, closed)
        return found

    def _host(self, hit: Hit, folded: Folded, text: str, around: roles.Setting) -> Mention:
        key, flags = hit.found.key, hit.found.flags
        if hit.found.kind == "email":
            role = host_roles.mail_role(folded.text, hit.start, hit.end, key, around)
            role = "official" if key in self._official and (role != "sender" or around.kind == "page") else role
        else:
            role = (
                "official"
                if key in self._official
                else host_roles.host_role(folded.text, hit.start, hit.end, key, flags, around)
            )
        return Mention(hit.found.kind, key, role, text[hit.at : hit.to], hit.at, hit.to)

    def _phones(
        self,
        hits: list[Hit],
        folded: Folded,
        text: str,
        around: roles.Setting,
        fraud: bool | None = None,
        posed: bool = False,
        spans: Sequence[columns.Span] = (),
    ) -> list[Mention]:
        """One number is innocent or not in all its places, so its weights are taken together before any role."""
        weights: defaultdict[str, list[float]] = defaultdict(list)
        listed = columns.of(hits, spans) if spans else {}
        for start, end, at, _, (kind, key, _, _) in hits:
            if kind in PHONES and key not in self._official and roles.may_be_innocent(key, around):
                said = columns.WEIGHTS.get(listed.get(at, ""), 0.0)
                weights[key].append(said + roles.innocence(folded.text, start, end, key, kind, around))
        innocent = roles.innocent(weights, hits, folded.text, around)
        own, asked = roles.own_and_asked(hits, folded.text, around)
        own |= {hit.found.key for hit in hits if listed.get(hit.at) == "own"}
        if fraud is not None:
            innocent = judged.innocent(innocent, hits, folded.text, around, fraud, posed)
            asked = asked if fraud else set()
        found: list[Mention] = []
        for start, end, at, to, (kind, key, _, _) in hits:
            if kind == "short_number":
                role = "sender" if key.startswith("jp:000") else "official"
            elif key in self._official:
                role = "official"
            elif key in own:
                role = "advertiser"
            elif key in innocent:
                role = roles.innocent_role(folded.text, start, key, key in asked, around)
            else:
                role = roles.phone_role(folded.text, start, end, around)
            found.append(Mention(kind, key, role, text[at:to], at, to))
        return found

    def _names(
        self, links: list[Hit], phones: list[Hit], folded: Folded, text: str, closed: bytearray, around: roles.Setting
    ) -> list[Mention]:
        for hit in links:  # 「Amazon.co.jpより」 names a company; https://amazon.co.jp.example/ does not
            if hit.found.kind == "domain" and self._register.knows(folded.text[hit.start : hit.end]):
                closed[hit.start : hit.end] = bytes(hit.end - hit.start)
        for hit in phones:
            closed[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        found: list[Mention] = []
        shown, spans = folded.text, [hit[:2] for hit in phones]
        for name in names.find(shown, self._register, closed, spans):
            start, end, key, _, _ = name
            at, to = folded.span(start, end)
            found.append(Mention("company", key, name_role(name, shown, around), text[at:to], at, to))
        return found

    def _in_markup(self, page: Page, kind: str, fraud: bool | None) -> list[Mention]:
        spans = columns.told(page.cells)
        kind = kind or ("page" if spans else "")
        shown = self._in_text(page.shown.text, kind, bool(page.links), fraud, spans)
        found = [
            mention._replace(start=at, end=to)
            for mention in shown
            for at, to in (page.shown.span(mention.start, mention.end),)
        ]
        around = roles.setting(page.shown.text.lower(), kind, bool(page.links))
        known = {mention.key: mention.role for mention in reversed(shown)}
        for link in page.links:
            for hit in (*hosts.find(fold(link.target, lower=True), link.target), *_dialled(link.target)):
                key = hit.found.key
                if hit.found.kind in ("domain", "email"):
                    role = "official" if key in self._official else "link" if around.kind != "page" else "advertiser"
                else:
                    role = "official" if key in self._official else known.get(key) or roles.dialled_role(key, around)
                found.append(Mention(hit.found.kind, key, role, link.target, link.start, link.end))
        return found

    def _shown_sender(self, sender: str) -> list[Mention]:
        if not sender.strip():
            return []
        hits = [*hosts.find(fold(sender, lower=True), sender)] or _dialled("tel:" + sender)
        if hits:
            return [Mention(hits[0].found.kind, hits[0].found.key, "sender", sender)]
        try:
            found = senders.read(sender)
        except Unreadable:
            return []
        return [Mention(found.kind, found.key, "sender", sender)]


def extract(text: str, *, markup: bool | None = None) -> list[Mention]:
    """``Extractor().extract`` without a register: roles and unknown names from the text alone."""
    return _bare().extract(text, markup=markup)


@lru_cache(maxsize=1)
def _bare() -> Extractor:
    return Extractor()


_place = itemgetter(4, 5, 0)  # start, end, kind


def _dialled(target: str) -> list[Hit]:
    """The number of a ``tel:`` or ``sms:`` link."""
    scheme, colon, rest = target.partition(":")
    if not colon or scheme.strip().lower() not in ("tel", "sms", "callto"):
        return []
    written = re.split("[?;,]", rest, maxsplit=1)[0]
    found = numbers.read(written)
    return [Hit(0, len(target), 0, len(target), found)] if found else []


def _sender_ids(folded: Folded, text: str, closed: bytearray) -> list[Mention]:
    found: list[Mention] = []
    for match in _SENDER_ID.finditer(folded.text):
        start, end = match.span("id")
        end -= len(match["id"]) - len(match["id"].rstrip(" ._-"))
        if closed.find(1, start, end) >= 0:
            continue
        at, to = folded.span(start, end)
        try:
            read = senders.read(text[at:to])
        except Unreadable:
            continue
        found.append(Mention(read.kind, read.key, "sender", text[at:to], at, to))
    return found
