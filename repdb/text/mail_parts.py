"""The parts of an e-mail: what its reader sees at once, instead, or when opening it (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from repdb.content import read
from repdb.text.mail_head import header, plain, said, sender

MAX_PARTS = 100
MAX_DEPTH = 20


class Bodies(NamedTuple):
    """The texts of a mail. ``plain`` stands by itself, ``spare`` is the alternative to the HTML;
    ``attached``: HTML that one opens; ``unread``: there is a part besides that nobody has read here, no picture."""

    plain: str
    spare: str
    html: str
    attached: str
    attachments: tuple[str, ...]
    unread: bool


def _parts(message: Message) -> Iterator[tuple[Message, bool]]:
    """The leaves of the MIME tree in order, as many and as deep as any honest mail has, and whether each is one of several
    alternatives."""
    stack: list[tuple[Message, int, bool]] = [(message, 0, False)]
    for _ in range(MAX_PARTS):
        if not stack:
            return
        part, depth, choice = stack.pop()
        if not part.is_multipart() or part.get_content_type() == "message/rfc822":
            yield part, choice
        if not part.is_multipart():
            continue
        if depth < MAX_DEPTH:
            choice = choice or part.get_content_subtype() == "alternative"
            children = (child for child in reversed(list(part.get_payload())) if isinstance(child, Message))
            stack += [(child, depth + 1, choice) for child in children]


def bodies(message: Message) -> Bodies:
    """What a mail says in its parts, HTML in attachments and invitations to a date included."""
    texts: dict[str, list[str]] = {"plain": [], "spare": [], "html": [], "attached": []}
    attachments: list[str] = []
    unread = False
    for part, choice in _parts(message):
        kind, name = part.get_content_type(), plain(said(part.get_filename))
        attached = part.get_content_disposition() == "attachment"
        attachments += [name] if name and (attached or kind not in _TEXTS) else []
        if kind == "message/rfc822":
            texts["plain"] += [_passed_on(child) for child in part.get_payload() if isinstance(child, Message)]
        elif name.lower().endswith(_PAGES) or (attached and kind == "text/html"):
            texts["attached"].append(_text(part))
        elif kind == "text/calendar":
            texts["plain"].append(_FOLD.sub("", _text(part)).replace("\\n", "\n").replace("\\,", ","))
        elif attached or kind not in _TEXTS:
            unread = unread or not kind.startswith(_HARMLESS)
        else:
            texts["html" if kind == "text/html" else "spare" if choice else "plain"].append(_text(part))
    joined = {kind: "\n".join(found) for kind, found in texts.items()}
    return Bodies(**joined, attachments=tuple(attachments), unread=unread)


_TEXTS = frozenset({"text/plain", "text/html", "text/calendar"})
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_HARMLESS = (
    "image/",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/",
)
_FOLD = re.compile(r"\r?\n[ \t]")  # RFC 5545 §3.1


def _text(part: Message) -> str:
    charset = said(part.get_content_charset)
    del part["Content-Type"]  # Python would read the text by its charset on the way, and does not know all of them
    payload = part.get_payload(decode=True)
    return read(payload, charset).text if isinstance(payload, bytes) else ""


def _passed_on(message: Message) -> str:
    """The head of a mail that another one brings along, as programs write it that put it into the text."""
    name, address = sender(message)
    return f"---------- Forwarded message ----------\nFrom: {name} <{address}>\nSubject: {header(message, 'Subject')}\n"
