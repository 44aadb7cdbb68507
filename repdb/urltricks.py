"""What a URL shows besides where it leads: a host before an @, another address that it carries (floor 0)."""

from __future__ import annotations

import re
from base64 import b64decode
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
_HOST = r"((?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,63})"
_ENDS = r"(?![a-z0-9.@_-])"
# Names of parameters that hold where to go on to, even without a scheme; "ref" and "utm_source" hold where from.
_TO = (
    r"(?:u|r|l|to|go|out|next|href|goto|forward|continue|(?:[a-z]{0,12}[_-]?)?"
    r"(?:url|uri|link|redirect|return|target|dest|destination|jump|location)(?:[_-]?[a-z]{1,8})?)"
)
_CARRIED = re.compile(
    r"[?&#=;][^?&#=;]{0,40}?(?:https?:)?//([^/?#&=\s\"'<>]{4,253})"  # anything, in the query or fragment
    r"|(?<=[a-z0-9/])/(?:__)?https?:/{1,2}([a-z0-9.-]{4,253})"  # /r/https:/other.example
    rf"|[?&;]{_TO}=/{{0,2}}{_HOST}{_ENDS}"  # ?u=other.example
    rf"|#!?/{{0,2}}{_HOST}(?:[/?].{{0,200}})?$",  # #other.example
    re.IGNORECASE,
)
# "http" in base64, as some services write a target.
_BASE64 = re.compile(r"[=/#](?:a1)?(aHR0c[A-Za-z0-9+/_-]{8,1000})")
# Services that lead anybody on to any address: what they carry is where their links lead.
_SERVICE = re.compile(
    r"(?:[a-z*]{2,8}:/{1,3})?+(?:(?:www\.)?google(?:\.[a-z]{2,3}){1,2}/(?:url|amp|imgres|aclk|translate)|translate\.google(?:\.[a-z]{2,3}){1,2}/"
    r"|(?:www\.|m\.)?youtube\.com/redirect|lm?\.(?:facebook|instagram|messenger)\.com/|(?:www\.)?linkedin\.com/(?:redir|safety)"
    r"|(?:www\.)?bing\.com/ck/|slack-redir\.net/link|vk\.com/away|t\.umblr\.com/redirect|href\.li/|steamcommunity\.com/linkfilter"
    r"|(?:[a-z0-9-]{1,63}+\.){1,3}safelinks\.protection\.outlook\.com/|urldefense\.(?:com|proofpoint\.com)/"
    r"|(?:www\.)?googleadservices\.com/|[a-z0-9-]{1,63}+\.cdn\.ampproject\.org/)",
    re.IGNORECASE,
)
# What only such a service means as an address: /amp/s/other.example, ?q=other.example
_SHOWN = re.compile(rf"(?:/(?:amp|c|v)/(?:s/)?|[?&]q=){_HOST}(?=[/?#&]|$)", re.IGNORECASE)
_MOST = 2048


def posed_host(url: str) -> str | None:
    """The key of the host that the credentials of a URL look like, which readers take for where it leads."""
    return _key(_POSED.search(url[:_MOST]))


def carried_host(url: str) -> str | None:
    """The key of the first host of an address that a URL carries, to which the page may lead on."""
    written = url[:_MOST]
    plain = unquote(unquote(written))
    return _key(_CARRIED.search(plain)) or _key(_CARRIED.search(f"?{_decoded(written)}"))


def led_host(url: str) -> str | None:
    """The key of the host to which a service leads on that exists for leading on; None for any other URL."""
    if not _SERVICE.match(url):
        return None
    return _key(_SHOWN.search(url[:_MOST])) or carried_host(url)


def _decoded(url: str) -> str:
    """The address that a URL holds in base64, if it does."""
    found = _BASE64.search(url)
    if not found:
        return ""
    letters = found[1].translate(_URLSAFE)
    return b64decode(letters[: len(letters) // 4 * 4]).decode("latin-1")


_URLSAFE = str.maketrans("-_", "+/")


def _key(found: re.Match[str] | None) -> str | None:
    try:
        return domain.read("http://" + next(filter(None, found.groups()))).key if found else None
    except Unreadable:
        return None
