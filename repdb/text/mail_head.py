"""The header lines of an e-mail as people read them (floor 0)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from itertools import islice

from repdb.content import read

_SENDERS = 5  # lines that say who sends it
_ENCODED = re.compile(r"(?:=\?[^?\s]{1,40}\?[bqBQ]\?[^?\s]{0,1000}\?=){1,200}")
_BETWEEN = re.compile(r"(?<=\?=)\s{1,20}(?==\?)")  # white space between encoded words is no part of the text (RFC 2047)
_FOLDED = re.compile(r"\r?\n[ \t]{1,20}")
_JAPANESE_FOLD = re.compile(r"(?<=[^\x00-\x7f])\0(?=[^\x00-\x7f])")  # a line break inside Japanese is no space


def header(message: Message, name: str) -> str:
    """A header on one line, encoded words decoded; bytes that no standard allows are read as what they look like."""
    return next(headers(message, name), "")


def headers(message: Message, name: str) -> Iterator[str]:
    """Each header of that name likewise."""
    return (_line(str(value)) for header, value in message.raw_items() if header.lower() == name.lower())


def _line(raw: str) -> str:
    joined = _FOLDED.sub("\0", _BETWEEN.sub("", raw))
    parts: list[str] = []
    place = 0
    for words in _ENCODED.finditer(joined):
        parts += plain(joined[place : words.start()]), _encoded(words[0])
        place = words.end()
    shown = "".join((*parts, plain(joined[place:])))
    return " ".join(_JAPANESE_FOLD.sub("", shown).replace("\0", " ").split())


def plain(piece: str) -> str:
    return piece if piece.isascii() else read(piece.encode("utf-8", "surrogateescape")).text


def _encoded(words: str) -> str:
    try:
        pieces = decode_header(words)
    except (ValueError, MessageError):  # broken base64
        return ""
    return "".join(
        read(piece, charset or "").text if isinstance(piece, bytes) else plain(piece) for piece, charset in pieces
    )


def said(asked: Callable[[], str | None]) -> str:
    """What a header says; nothing where it is written in a charset that Python takes for no name of one."""
    try:
        return asked() or ""
    except ValueError:
        return ""


def sender(message: Message) -> tuple[str, str]:
    """Name and address in From. Of several addresses (RFC 5322 §3.6.2 wants a Sender beside them) the last is the address
    and the first part of the name, which is what most programs show; likewise of several From lines, which no standard allows."""
    written = ", ".join(islice(headers(message, "From"), _SENDERS))
    found = [(name, address) for name, address in getaddresses([written]) if "@" in address]
    if len(found) < 2:
        return found[0] if found else parseaddr(written)
    return " ".join(filter(None, found[0])), found[-1][1]
