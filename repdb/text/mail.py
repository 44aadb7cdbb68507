"""An e-mail as received (``.eml``) → what a reader sees, who sent it, and where its links really lead (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from repdb import domain
from repdb.records import Unreadable
from repdb.text import mail_checks, mail_parts, markup, numbers
from repdb.text.fold import fold
from repdb.text.hosts import find, spoken, target
from repdb.text.mail_head import header, sender

_HEADERS = (b"received:", b"return-path:", b"delivered-to:", b"mime-version:", b"message-id:", b"dkim-signature:",
            b"authentication-results:")  # fmt: skip
# Others that people copy along with From and Subject. "TEL: 050-…" and "https://…" are the message itself.
_COPIED = frozenset((b"from:", b"subject:", b"to:", b"cc:", b"bcc:", b"date:", b"sent:", b"sender:", b"reply-to:", b"importance:",
                     b"priority:", b"attachments:", b"organization:", b"user-agent:", b"in-reply-to:", b"references:"))  # fmt: skip
_FAMILIES = (b"x-", b"content-", b"list-", b"thread-")
BLANK = "\ufeff \t\r\n"  # what pasting and saving put before the first line


class HiddenLink(NamedTuple):
    """A link that shows one host and leads to another; both are keys of ``domain.read``, or of
    numbers."""

    shown: str
    target: str
    url: str


class Mail(NamedTuple):
    """``text``: what is read, the HTML where mail programs show that instead of the plain part; addresses without display
    name; ``checks``: results of SPF, DKIM and DMARC as the receiving server wrote them (``pass``, ``fail``, …);
    ``hidden_text``: text that styles hide; ``links``: every target in the HTML, and in a plain part that is not shown;
    ``apart``: a host to which that part leads and one to which the HTML does, where they have none in common; ``unread``: it has
    parts that nobody has read here."""

    subject: str
    from_name: str
    from_address: str
    reply_to: str
    return_path: str
    date: str
    text: str
    html: str
    checks: Mapping[str, str]
    links: tuple[markup.Link, ...]
    hidden_links: tuple[HiddenLink, ...]
    hidden_text: str
    attachments: tuple[str, ...]
    apart: tuple[str, str] | None
    unread: bool

    def as_text(self) -> str:
        """Sender, subject and body as one text, for ``Extractor.extract``."""
        shown = f"{self.from_name} <{self.from_address}>" if self.from_address else self.from_name
        return f"差出人: {shown.strip()}\n件名: {self.subject}\n\n{self.text}"


def is_mail(data: bytes) -> bool:
    """True for a message with the header lines that mail servers write, or From and Subject at its very beginning, with no
    line before its body that is no header."""
    head = data[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    if head.startswith(b"from "):
        head = head.partition(b"\n")[2]
    names = [line.partition(b":")[0] + b":" for line in head.split(b"\n") if line[:1].strip()]
    plain = all(name[:-1].replace(b"-", b"").isalnum() for name in names)
    if not plain or any(name in _HEADERS for name in names):
        return plain
    copied = all(name in _COPIED or name.startswith(_FAMILIES) for name in names)
    return copied and {b"from:", b"subject:"} <= set(names)


def pasted(text: str) -> Mail | None:
    """The mail whose source somebody has pasted; None for any other text."""
    data = text.lstrip(BLANK).encode("utf-8", "replace")
    return read_mail(data) if is_mail(data) else None


def read_mail(data: bytes) -> Mail:
    """Read one message. Never fails: what is broken is read as far as it goes."""
    try:
        message = message_from_bytes(data)
    except RecursionError:  # multipart in multipart, a thousand deep
        message = Message()
        message.set_payload(data.decode("ascii", "surrogateescape"))
    bodies = mail_parts.bodies(message)
    page, opened = markup.read(bodies.html), markup.read(bodies.attached)
    shown, spare = _shown(bodies, _readable(page.shown.text))
    from_name, from_address = sender(message)
    return Mail(
        subject=header(message, "Subject"),
        from_name=from_name,
        from_address=from_address,
        reply_to=parseaddr(header(message, "Reply-To"))[1],
        return_path=parseaddr(header(message, "Return-Path"))[1],
        date=header(message, "Date"),
        text="\n\n".join(filter(None, (shown, _readable(opened.shown.text)))),
        html=bodies.html,
        checks=mail_checks.results(message),
        links=(*page.links, *spare, *opened.links),
        hidden_links=tuple(hidden_links((*page.links, *opened.links))),
        hidden_text="".join(page.hidden),
        attachments=bodies.attachments,
        apart=_apart(spare, (*page.links, *_written(page.shown.text))) if spare else None,
        unread=bodies.unread or not shown or any(_SCRIPT.match(link.target) for link in page.links),
    )


_SCRIPT = re.compile(r"(?:data|javascript|vbscript):", re.IGNORECASE)
_POOR = 20  # characters of HTML that are no more than the frame of pictures


def _shown(bodies: mail_parts.Bodies, html: str) -> tuple[str, tuple[markup.Link, ...]]:
    """What a reader sees of the parts, and the links of a plain part that stands behind the HTML: mail programs show the
    last alternative that they can (RFC 2046 §5.1.4), and only that one speaks to the reader."""
    instead = bodies.spare.strip()
    behind = len(html) >= _POOR
    texts = (html, "" if behind else instead, bodies.plain.strip())
    return "\n\n".join(filter(None, texts)), _written(instead) if behind else ()


def _written(text: str) -> tuple[markup.Link, ...]:
    """The links that are written out in a text."""
    hits = (hit for hit in find(fold(text, lower=True), text) if hit.found.kind == "domain")
    return tuple(markup.Link(written, written, -1, -1) for hit in hits for written in (text[hit.at : hit.to],))


def _apart(plain: tuple[markup.Link, ...], html: tuple[markup.Link, ...]) -> tuple[str, str] | None:
    there, here = (sorted(filter(None, map(_host, links))) for links in (plain, html))
    return (there[0], here[0]) if there and here and set(there).isdisjoint(here) else None


def _host(link: markup.Link) -> str:
    """The key of the host that a link leads to; empty where it leads to none."""
    try:
        found = target(link.target) or domain.read(link.target)
    except Unreadable:
        return ""
    return found.key if found.kind == "domain" else ""


def hidden_links(links: tuple[markup.Link, ...]) -> Iterator[HiddenLink]:
    """Links whose visible text names a host, or is a number, that is not the one they lead to."""
    for link in links:
        dialled = _DIALS.match(link.target)
        named = numbers.read(link.shown) if dialled else spoken(link.shown)
        if named is None or named.key[:1] == "j":  # jp:188
            continue
        led = numbers.read(dialled[1]) if dialled else None
        key = led.key if led else _host(link)
        if key and key != named.key:
            yield HiddenLink(named.key, key, link.target)


_DIALS = re.compile(r"(?:tel|callto):([0-9+() .-]{3,30})", re.IGNORECASE)


def _readable(text: str) -> str:
    """Visible text without the blank lines that layout tables leave."""
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
