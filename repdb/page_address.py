"""The address of the page that a report stands on, as far as it may be kept and published (floor 0)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from repdb.domain import redact_url
from repdb.records import Unreadable
from repdb.text.full_names import is_full_name
from repdb.text.redact import redact

# Kinds of sources that publish for everybody: their pages are there to be read, and answers lead to them.
PUBLIC = frozenset({"official", "article", "reference"})

_ADDRESS = re.compile(r"(https?://)(?:[^/?#@\s]*@)?([^/?#@\s]+)([^?#\s]*)(\?[^#\s]*)?(?:#\S*)?", re.IGNORECASE)
_NUMBER_OR_WORD = r"[0-9]{1,8}|[A-Za-z_-]{1,16}|[A-Za-z]{0,4}[0-9_-]{1,12}"
_QUERY = re.compile(rf"\?[A-Za-z][A-Za-z0-9_-]{{0,19}}=(?:{_NUMBER_OR_WORD})(?:&[A-Za-z][A-Za-z0-9_-]{{0,19}}=(?:{_NUMBER_OR_WORD})?)*")  # fmt: skip
# Parameters that tell who reads, not what is read.
_OF_A_PERSON = re.compile(
    r"[?&][a-z_-]*(?:user|uid|member|customer|client|mail|name|account|login|sess|sid|token|auth|key|pass|phone|tel|birth|addr)",
    re.IGNORECASE,
)
# A reference that is nothing but one, and has fewer digits than a telephone number.
_PLAIN_REF = re.compile(r"(?=(?:[^0-9]{0,64}[0-9]){0,9}[^0-9]{0,64}$)[A-Za-z0-9_.:#-]{1,64}")
_JOINTS = re.compile(r"[/#?&=:]")
_LINKING = re.compile(r"[/?&=@:]")


@lru_cache(maxsize=4096)
def kept(address: str, public: bool) -> str:
    """What of an address may be kept: its host and the words of its path (``domain.redact_url``).

    A page of a ``public`` source keeps its whole address but for user, fragment, and a query that tells who reads; one
    with personal data in its path is cut like the others. Of what names no host a text is left, redacted, and nothing
    of a piece of an address. Doing it again changes nothing.
    """
    try:
        short = _nameless(redact_url(address))
    except Unreadable:
        return "" if _LINKING.search(address) else redact(address)
    return (_followed(address) if public else "") or short


def reference(ref: str, public: bool, keep: frozenset[str] = frozenset()) -> str:
    """What of a source's own reference may be kept: all that is nothing but one, of an address what ``kept`` leaves, and
    nothing of what holds personal data or is a person's name. ``keep``: keys of numbers that may stand in it.
    """
    if _PLAIN_REF.fullmatch(ref):
        return ref
    words = _JOINTS.sub(" ", ref) if public else ref
    if redact(words, keep=keep) == words and not is_full_name(ref):
        return ref
    return kept(ref, public) if "://" in ref else ""


def _nameless(short: str) -> str:
    """A shortened address without the words of its path that are somebody's name."""
    host, *words = short.split("/")
    kept = ["…" if is_full_name(word) else word for word in words]
    return "/".join([host, *(word for at, word in enumerate(kept) if not word == "…" == "".join(kept[at - 1 : at]))])


def _followed(address: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None or _personal(found[3]):
        return ""
    query = found[4] or ""
    harmless = _QUERY.fullmatch(query) and not _OF_A_PERSON.search(query) and not _personal(query)
    return f"{found[1]}{found[2]}{found[3]}{query if harmless else ''}"


def _personal(text: str) -> bool:
    plain = unquote(text)
    return redact(plain) != plain or any(is_full_name(part) for part in _JOINTS.split(plain))
