"""The parts of an e-mail: what its reader sees at once, instead, or when opening it (floor 0)."""

from __future__ import annotations

import re
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


class _Leaf(NamedTuple):
    """A part without parts. ``choice``: which set of alternatives it is one of; 0 for none."""

    part: Message
    choice: int


def _leaves(message: Message) -> tuple[list[_Leaf], bool]:
    """The leaves of the MIME tree in order, as many and as deep as any honest mail has, and whether there are more."""
    found: list[_Leaf] = []
    cut = False
    stack: list[tuple[Message, int, int]] = [(message, 0, 0)]
    for step in range(1, MAX_PARTS + 1):
        if not stack:
            break
        part, depth, choice = stack.pop()
        if not part.is_multipart() or part.get_content_type() == "message/rfc822":
            found.append(_Leaf(part, choice))
        if not part.is_multipart():
            continue
        cut = cut or depth >= MAX_DEPTH
        if depth < MAX_DEPTH:
            choice = choice or (step if part.get_content_subtype() == "alternative" else 0)
            children = (child for child in reversed(list(part.get_payload())) if isinstance(child, Message))
            stack += [(child, depth + 1, choice) for child in children]
    return found, cut or bool(stack)


def bodies(message: Message) -> Bodies:
    """What a mail says in its parts, HTML in attachments and invitations to a date included."""
    texts: dict[str, list[str]] = {"plain": [], "spare": [], "html": [], "attached": []}
    attachments: list[str] = []
    leaves, unread = _leaves(message)
    outdone: set[int] = set()  # alternatives that have HTML: what stands behind it is what mail programs prefer
    for part, choice in leaves:
        kind, name = _kind(part), plain(said(part.get_filename))
        attached = part.get_content_disposition() == "attachment"
        attachments += [name] if name and (attached or kind not in _TEXTS) else []
        if kind == "message/rfc822":
            texts["plain"] += [_passed_on(child) for child in part.get_payload() if isinstance(child, Message)]
        elif name.lower().endswith(_PAGES) or kind == _DRAWING or (attached and kind == "text/html"):
            texts["attached"].append(_text(part))
        elif kind == "text/calendar":
            texts["plain"].append(_FOLD.sub("", _text(part)).replace("\\n", "\n").replace("\\,", ","))
        elif attached or kind not in _TEXTS:
            unread = unread or not kind.startswith(_HARMLESS)
        elif kind == "text/html":
            outdone.add(choice)
            texts["html"].append(_text(part))
        else:
            texts["spare" if choice and choice not in outdone else "plain"].append(_text(part))
    joined = {kind: "\n".join(found) for kind, found in texts.items()}
    return Bodies(**joined, attachments=tuple(attachments), unread=unread)


_TEXTS = frozenset({"text/plain", "text/html", "text/calendar"})
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".svg")
_DRAWING = "image/svg+xml"  # opens in a browser, with links and scripts
_DATA = frozenset({"text/css", "text/csv", "text/directory", "text/vcard", "text/x-vcard", "text/xml"})
_HARMLESS = (
    "image/",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/",
)


def _kind(part: Message) -> str:
    """The type by which mail programs show a part: HTML by any name as such, other texts and what is broken as plain text."""
    kind = part.get_content_type()
    if kind in _TEXTS or kind in _DATA:
        return kind
    main, _, sub = kind.partition("/")
    if sub == "xhtml+xml" or (main == "text" and "html" in sub):
        return "text/html"
    return "text/plain" if main in ("text", "multipart") else kind


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
