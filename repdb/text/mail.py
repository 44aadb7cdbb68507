"""An e-mail as received (``.eml``) → what a reader sees, who sent it, and where its links really lead (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from repdb import domain
from repdb.records import Unreadable
from repdb.text import markup
from repdb.text.hosts import spoken

MAX_PARTS = 100
MAX_DEPTH = 20
# What mailers declare and what they mean.
_MEANT = {
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-jp": "euc_jis_2004",
    "ks_c_5601-1987": "cp949",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
_ENCODED = re.compile(r"(?:=\?[^?\s]{1,40}\?[bqBQ]\?[^?\s]{0,1000}\?=){1,200}")
_BETWEEN = re.compile(r"(?<=\?=)\s{1,20}(?==\?)")  # white space between encoded words is no part of the text (RFC 2047)
_FOLDED = re.compile(r"\r?\n[ \t]{1,20}")
_JAPANESE_FOLD = re.compile(r"(?<=[^\x00-\x7f])\0(?=[^\x00-\x7f])")  # a line break inside Japanese is no space
_CHECK = re.compile(r"\b(spf|dkim|dmarc)\s{0,3}=\s{0,3}([a-z]{2,12})", re.IGNORECASE)


class HiddenLink(NamedTuple):
    """A link that shows one host and leads to another; both are keys of ``domain.read``."""

    shown: str
    target: str
    url: str


class Mail(NamedTuple):
    """``text``: what is read (from HTML where there is no plain part); addresses without display name; ``checks``: results
    of SPF, DKIM and DMARC as the receiving server wrote them (``pass``, ``fail``, …); ``hidden_text``: text that styles
    hide; ``links``: every target in the HTML part."""

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

    def as_text(self) -> str:
        """Sender, subject and body as one text, for ``Extractor.extract``."""
        shown = f"{self.from_name} <{self.from_address}>" if self.from_address else self.from_name
        return f"差出人: {shown.strip()}\n件名: {self.subject}\n\n{self.text}"


def read_mail(data: bytes) -> Mail:
    """Read one message. Never fails: what is broken is read as far as it goes."""
    try:
        message = message_from_bytes(data)
    except RecursionError:  # multipart in multipart, a thousand deep
        message = Message()
        message.set_payload(decode(data, ""))
    plain, html, attachments = _bodies(message)
    page = markup.read(html) if html else None
    from_name, from_address = parseaddr(_header(message, "From"))
    return Mail(
        subject=_header(message, "Subject"),
        from_name=from_name,
        from_address=from_address,
        reply_to=parseaddr(_header(message, "Reply-To"))[1],
        return_path=parseaddr(_header(message, "Return-Path"))[1],
        date=_header(message, "Date"),
        text=plain.strip() or (_readable(page.shown.text) if page else ""),
        html=html,
        checks=_checks(message),
        links=page.links if page else (),
        hidden_links=tuple(hidden_links(page.links)) if page else (),
        hidden_text="".join(page.hidden) if page else "",
        attachments=attachments,
    )


def hidden_links(links: tuple[markup.Link, ...]) -> Iterator[HiddenLink]:
    """Links whose visible text names a host that is not the one they lead to."""
    for link in links:
        named = spoken(link.shown)
        if named is None:
            continue
        try:
            target = domain.read(link.target)
        except Unreadable:
            continue
        if target.kind == "domain" and target.key != named.key:
            yield HiddenLink(named.key, target.key, link.target)


def decode(data: bytes, charset: str) -> str:
    """Bytes as text: the declared charset as it is meant, then UTF-8, then what the bytes look like."""
    declared = charset.strip("\"' ").lower()
    guesses = [_MEANT.get(declared, declared), "iso2022_jp_ext" if b"\x1b$" in data else "", "utf-8"]
    for guess in filter(None, guesses):
        try:
            return data.decode(guess)
        except (UnicodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252", "utf_16"]).best()
    return str(best) if best is not None else data.decode("cp932", "replace")


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
    return piece if piece.isascii() else decode(piece.encode("utf-8", "surrogateescape"), "")


def _encoded(words: str) -> str:
    try:
        pieces = decode_header(words)
    except (ValueError, MessageError):  # broken base64
        return ""
    return "".join(decode(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces)


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of the MIME tree in order, as many and as deep as any honest mail has."""
    stack: list[tuple[Message, int]] = [(message, 0)]
    for _ in range(MAX_PARTS):
        if not stack:
            return
        part, depth = stack.pop()
        payload = part.get_payload()
        if not isinstance(payload, list):
            yield part
        elif depth < MAX_DEPTH:
            stack += [(child, depth + 1) for child in reversed(payload) if isinstance(child, Message)]


def _bodies(message: Message) -> tuple[str, str, tuple[str, ...]]:
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    attachments: list[str] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in texts:
            name = part.get_filename()
            attachments += [str(name)] if name else []
            continue
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
        texts[kind].append(decode(raw, str(part.get_content_charset() or "")))
    return "\n".join(texts["text/plain"]), "\n".join(texts["text/html"]), tuple(attachments)


def _checks(message: Message) -> dict[str, str]:
    """The topmost result of each check: the nearest server's, which the sender cannot have written below."""
    found: dict[str, str] = {}
    headers = [
        *message.get_all("Authentication-Results", []),
        *(f"spf={one}" for one in message.get_all("Received-SPF", [])),
    ]
    for header in headers:
        for check, result in _CHECK.findall(str(header)):
            found.setdefault(check.lower(), result.lower())
    return found


def _readable(text: str) -> str:
    """Visible text without the blank lines that layout tables leave."""
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
