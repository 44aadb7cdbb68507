"""A free text of a report: as it was given, and what is kept of it (floor 0)."""

from __future__ import annotations

import re
from functools import lru_cache

from repdb.text.redact import redact

MAX_TEXT = 20_000
# How the source of a mail begins.
_HEADER_LINE = re.compile(r"[\ufeff \t\r\n]{0,99}(?:From |[a-z0-9-]{1,76}:)", re.IGNORECASE)


def as_given(text: str) -> str:
    """A text as its identity has it: lines end in one way, and blanks around it say nothing."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def kept(text: str, keep: frozenset[str]) -> str:
    """The text as it is read, without personal data but for the keys in ``keep``, and tidy."""
    if len(text) <= _STOCK and _has_none(text):
        return tidy(text)
    return tidy(redact(as_read(text), keep=keep))


_STOCK = 100  # characters of a note that many reports may have word for word


@lru_cache(maxsize=1 << 14)
def _has_none(text: str) -> bool:
    """Whether it is read as it stands and nothing of it is personal data, whatever the report is about."""
    return as_read(text) == text == redact(text)


def as_read(text: str) -> str:
    """What a reader sees of a mail whose source was pasted: in base64 nothing can be redacted. Other texts as they are."""
    if not _HEADER_LINE.match(text):
        return text
    from repdb.text.mail import pasted

    mail = pasted(text)
    return mail.as_text() if mail else text


def tidy(text: str) -> str:
    """Free text without control characters, and not longer than is worth keeping."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in "\n\t　" else " " for c in text)
    return text.strip()[:MAX_TEXT]
