"""An e-mail as received (``.eml``) → what a reader sees, who sent it, and where its links really lead (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from repdb import domain
from repdb.content import read
from repdb.records import Unreadable
from repdb.text import mail_checks, markup
from repdb.text.fold import fold
from repdb.text.hosts import find, spoken, target

_HEADERS = (b"received:", b"return-path:", b"delivered-to:", b"mime-version:", b"message-id:", b"dkim-signature:",
            b"authentication-results:")  # fmt: skip
# Others that people copy along with From and Subject. "TEL: 050-…" and "https://…" are the message itself.
_COPIED = frozenset((b"from:", b"subject:", b"to:", b"cc:", b"bcc:", b"date:", b"sent:", b"sender:", b"reply-to:", b"importance:",
                     b"priority:", b"attachments:", b"organization:", b"user-agent:", b"in-reply-to:", b"references:"))  # fmt: skip
_FAMILIES = (b"x-", b"content-", b"list-", b"thread-")
BLANK = "\ufeff \t\r\n"  # what pasting and saving put before the first line
MAX_PARTS = 100
MAX_DEPTH = 20
_ENCODED = re.compile(r"(?:=\?[^?\s]{1,40}\?[bqBQ]\?[^?\s]{0,1000}\?=){1,200}")
_BETWEEN = re.compile(r"(?<=\?=)\s{1,20}(?==\?)")  # white space between encoded words is no part of the text (RFC 2047)
_FOLDED = re.compile(r"\r?\n[ \t]{1,20}")
_JAPANESE_FOLD = re.compile(r"(?<=[^\x00-\x7f])\0(?=[^\x00-\x7f])")  # a line break inside Japanese is no space


class HiddenLink(NamedTuple):
    """A link that shows one host and leads to another; both are keys of ``domain.read``."""

    shown: str
    target: str
    url: str


class Mail(NamedTuple):
    """``text``: what is read, the HTML where mail programs show that instead of the plain part; addresses without display
    name; ``checks``: results of SPF, DKIM and DMARC as the receiving server wrote them (``pass``, ``fail``, …);
    ``hidden_text``: text that styles hide; ``links``: every target in the HTML, and in a plain part that is not shown;
    ``apart``: a host to which that part leads and one to which the HTML does, where they have none in common."""

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
    bodies = _bodies(message)
    page = markup.read(bodies.html) if bodies.html else None
    shown, spare = _shown(bodies, _readable(page.shown.text) if page else "")
    from_name, from_address = parseaddr(_header(message, "From"))
    return Mail(
        subject=_header(message, "Subject"),
        from_name=from_name,
        from_address=from_address,
        reply_to=parseaddr(_header(message, "Reply-To"))[1],
        return_path=parseaddr(_header(message, "Return-Path"))[1],
        date=_header(message, "Date"),
        text=shown,
        html=bodies.html,
        checks=mail_checks.results(message),
        links=(*(page.links if page else ()), *spare),
        hidden_links=tuple(hidden_links(page.links)) if page else (),
        hidden_text="".join(page.hidden) if page else "",
        attachments=bodies.attachments,
        apart=_apart(spare, (*page.links, *_written(page.shown.text))) if page and spare else None,
    )


_POOR = 20  # characters of HTML that are no more than the frame of pictures


def _shown(bodies: _Bodies, html: str) -> tuple[str, tuple[markup.Link, ...]]:
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
    """Links whose visible text names a host that is not the one they lead to."""
    for link in links:
        named = spoken(link.shown)
        if named is None:
            continue
        host = _host(link)
        if host and host != named.key:
            yield HiddenLink(named.key, host, link.target)


def _header(message: Message, name: str) -> str:
    """A header on one line, encoded words decoded; bytes that no standard allows are read as what they look like."""
    raw = next((str(value) for header, value in message.raw_items() if header.lower() == name.lower()), "")
    joined = _FOLDED.sub("\0", _BETWEEN.sub("", raw))
    parts: list[str] = []
    place = 0
    for words in _ENCODED.finditer(joined):
        parts += _plain(joined[place : words.start()]), _encoded(words[0])
        place = words.end()
    shown = "".join((*parts, _plain(joined[place:])))
    return " ".join(_JAPANESE_FOLD.sub("", shown).replace("\0", " ").split())


def _plain(piece: str) -> str:
    return piece if piece.isascii() else read(piece.encode("utf-8", "surrogateescape")).text


def _encoded(words: str) -> str:
    try:
        pieces = decode_header(words)
    except (ValueError, MessageError):  # broken base64
        return ""
    return "".join(
        read(piece, charset or "").text if isinstance(piece, bytes) else _plain(piece) for piece, charset in pieces
    )


class _Bodies(NamedTuple):
    """The texts of a mail. ``plain`` stands by itself, ``spare`` is the alternative to the HTML."""

    plain: str
    spare: str
    html: str
    attachments: tuple[str, ...]


def _parts(message: Message) -> Iterator[tuple[Message, bool]]:
    """The leaves of the MIME tree in order, as many and as deep as any honest mail has, and whether each is one of several
    alternatives."""
    stack: list[tuple[Message, int, bool]] = [(message, 0, False)]
    for _ in range(MAX_PARTS):
        if not stack:
            return
        part, depth, choice = stack.pop()
        if not part.is_multipart():
            yield part, choice
        elif depth < MAX_DEPTH:
            choice = choice or part.get_content_subtype() == "alternative"
            children = (child for child in reversed(list(part.get_payload())) if isinstance(child, Message))
            stack += [(child, depth + 1, choice) for child in children]


def _bodies(message: Message) -> _Bodies:
    texts: dict[tuple[str, bool], list[str]] = {}
    attachments: list[str] = []
    for part, choice in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in _TEXTS:
            attachments += filter(None, [_plain(_said(part.get_filename))])
            continue
        charset = _said(part.get_content_charset)
        del part["Content-Type"]  # Python would read the text by its charset on the way, and does not know all of them
        payload = part.get_payload(decode=True)
        text = read(payload, charset).text if isinstance(payload, bytes) else ""
        texts.setdefault((kind, choice and kind == "text/plain"), []).append(text)
    plain, spare, html = ("\n".join(texts.get(kind, ())) for kind in _TEXT_KINDS)
    return _Bodies(plain, spare, html, tuple(attachments))


_TEXT_KINDS = (("text/plain", False), ("text/plain", True), ("text/html", False))
_TEXTS = frozenset(kind for kind, _ in _TEXT_KINDS)


def _said(asked: Callable[[], str | None]) -> str:
    """What a header says; nothing where it is written in a charset that Python takes for no name of one."""
    try:
        return asked() or ""
    except ValueError:
        return ""


def _readable(text: str) -> str:
    """Visible text without the blank lines that layout tables leave."""
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
