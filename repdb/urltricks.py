"""What a URL shows besides where it leads: a host before an @, another address that it carries (floor 0)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from repdb import domain
from repdb.records import Unreadable
from repdb.urltext import SLASHES

# https://www.example.jp:x@other.example/ leads to what stands behind the @.
# A blank before the slash ends the link for no reader.
_POSED = re.compile(
    rf"[a-z*]{{2,8}}:/{{1,3}}((?:[a-z0-9-]{{1,63}}\.){{1,9}}[a-z]{{2,63}})"
    rf"(?:[:{SLASHES}][^@/?#\s]{{0,64}}|[ \u3000][/{SLASHES}])?@",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"[?&#=;][^?&#=;]{0,40}?(?:https?:)?//([^/?#&=\s\"'<>]{4,253})", re.IGNORECASE)
_MOST = 2048


def posed_host(url: str) -> str | None:
    """The key of the host that the credentials of a URL look like, which readers take for where it leads."""
    return _key(_POSED.search(url[:_MOST]))


def carried_host(url: str) -> str | None:
    """The key of the first host of an address in the query or fragment of a URL, to which the page may lead on."""
    return _key(_CARRIED.search(unquote(unquote(url[:_MOST]))))


def _key(found: re.Match[str] | None) -> str | None:
    try:
        return domain.read(found[1]).key if found else None
    except Unreadable:
        return None
