"""Host, URL or e-mail address in any written form → the domain that one party controls (floor 0).

The key is the host under a shared suffix (``b.duckdns.org``), the registrable domain elsewhere (``example.co.jp``),
and the shared host itself where tenants differ only by path (``docs.google.com``, ``bit.ly``). Suffixes come from
the Public Suffix List, private section included, and from the reviewed lists in ``data/hosts_*.txt``.
The only reader of the Public Suffix List.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from repdb import bundled, hostname, urltext
from repdb.hostname import unreadable
from repdb.records import Identifier, Unreadable

if TYPE_CHECKING:
    from repdb.lookalike import Brand

# A key with one of these flags serves many parties and is never condemned for one of them.
SHARED_FLAGS = frozenset({"shared_host", "dynamic_dns", "shortener", "free_mail", "private_ip"})
# RFC 2606, 6761, 7686: names that no registry sells; documents and tests use them.
RESERVED_SUFFIXES = frozenset({"example", "invalid", "onion", "test"})
# Registries that sell only to states, universities and schools: a bad page there is a break-in, never the owner's trade.
_INSTITUTION = re.compile(
    r"edu|gov|mil|int|(?:gov|mil)\.[a-z]{2}|(?:ac|ed|go|lg)\.jp|(?:ac|go)\.(?:id|kr|th)|ac\.uk|edu\.(?:au|cn|tw)"
)
_LISTS = {
    "free_mail": "hosts_free_mail.txt",
    "shared_host": "hosts_shared.txt",
    "shortener": "hosts_shortener.txt",
    "dynamic_dns": "hosts_dynamic_dns.txt",
}
# What nearly every stored URL looks like: a lower-case ASCII name, no port, no credentials. Read without repair.
_PLAIN = re.compile(r"https?://((?:[a-z0-9_-]{1,63}\.){1,9}[a-z]{2,63})(?=[/?#]|$)")
_MASKED = re.compile(r"[*○◯〇●×□■△▲…?]|(?:^|\.)x{4,63}(?:\.|$)")
_WORD = re.compile(r"[a-z]{1,20}(?:[-_][a-z]{1,20}){0,2}(?:\.[a-z]{2,5})?")
_PERSONAL = re.compile(r"u|(?:user|profile|member|mail|email|e-mail|name|account)s?|people|to|for")
_MAX_SEGMENTS = 4


class Place(NamedTuple):
    """Where a host stands: its key, the suffix below which parties differ, and who says so."""

    key: str
    suffix: str
    origin: str  # icann, private, listed, reserved, ip


def read(text: str) -> Identifier:
    """One host, URL (kind ``domain``) or e-mail address (kind ``email``) → ``Identifier``.

    Raises ``Unreadable`` with code ``not_a_domain``, ``no_public_suffix``, ``public_suffix``, ``masked_host`` or
    ``too_long``; never anything else. The local part of an address is dropped: display is ``@host``.
    Flags: those of ``flags_of`` and ``punycode``, ``port``, ``credentials``, ``posed_host`` (they look like a host),
    ``defanged``, ``broken_scheme``, ``invisible_characters``.
    """
    plain = _PLAIN.match(text)
    if plain and "xn--" not in plain[1]:
        return _identify(plain[1])
    found = _locate(text)
    host = _identify(hostname.to_ascii(found.host, found.in_url))
    if "xn--" in found.host:
        host = host._replace(flags=host.flags | {"punycode"})
    if found.email:
        return Identifier("email", host.key, f"@{host.display}", host.flags | found.flags)
    return Identifier("domain", host.key, host.display, host.flags | found.flags)


def host_of(text: str) -> str:
    """The full host as lower-case ASCII. Raises ``Unreadable`` as ``read`` does."""
    found = _locate(text)
    host = hostname.to_ascii(found.host, found.in_url)
    _place(host)
    return host


@lru_cache(maxsize=65536)
def flags_of(key: str) -> frozenset[str]:
    """What a stored key is: ``SHARED_FLAGS``, ``ip_host``, ``reserved`` (no registry sells it), ``institution`` (a
    state body, university or school), ``idn``, ``mixed_script``, and ``on_<flag>`` for one tenant of such a host. No flags for what is no key of ours."""
    place = _stored(key)
    return _flags(place) if place else frozenset()


def is_shared(key: str) -> bool:
    """True for a host that many parties use: never to be condemned for one of them."""
    return not SHARED_FLAGS.isdisjoint(flags_of(key))


def facts(key: str) -> dict[str, object]:
    """Of a stored key: ``kind`` (host, ip), ``suffix``, ``suffix_origin``, ``shared``, ``shared_kinds``, ``tenant_of``
    (the shared host that it is one party of) and ``unicode`` (as people read it)."""
    flags = flags_of(key)
    place = _stored(key) or Place(key, "", "")
    tenant = any(flag.startswith("on_") for flag in flags)
    return {
        "kind": "ip" if place.origin == "ip" else "host",
        "suffix": place.suffix,
        "suffix_origin": place.origin,
        "shared": is_shared(key),
        "shared_kinds": sorted(flags & SHARED_FLAGS),
        "tenant_of": place.suffix if tenant else None,
        "unicode": hostname.to_unicode(key),
    }


def defang(text: str) -> str:
    """Host or redacted URL as text that no program turns into a link; ``read`` takes it back."""
    return text.replace(".", "[.]")


def redact_url(url: str) -> str:
    """Host and the words of the path; scheme, credentials, port, query and fragment dropped.

    A path segment stays only if it is one to three short lower-case words (``login``, ``sign-in.php``) and does not
    follow a word that announces a person (``/users/taro``); every other one, and all after the fourth, becomes ``…``.
    Reading the result gives the same key; redacting it again changes nothing. Raises ``Unreadable`` as ``read`` does.
    """
    host = host_of(url)
    path = re.split(r"[?#\s]", _locate(url).rest[:2048].replace("\\", "/"), maxsplit=1)[0]
    kept: list[str] = []
    for segment in filter(None, path.split("/")):
        personal = bool(kept) and _PERSONAL.fullmatch(kept[-1])
        if len(kept) < _MAX_SEGMENTS and not personal and _WORD.fullmatch(segment):
            kept.append(segment)
        elif kept[-1:] != ["…"]:
            kept.append("…")
    return "/".join([f"[{host}]" if ":" in host else host, *kept])


def lookalike(host: str, officials: Iterable[str]) -> str | None:
    """The official domain that a foreign host imitates, or ``None``: see ``lookalike.imitated`` for the rules.

    ``host`` as ``host_of`` returns it. A host below an official domain, a shared host, an IP address: never.
    """
    from repdb import lookalike as eye

    place = _stored(host)
    known = frozenset(officials)
    if place is None or place.origin == "ip" or is_shared(place.key) or not known.isdisjoint(_tails(host)):
        return None
    return eye.imitated(host.removesuffix(f".{place.suffix}"), place.key, _brands(known))


@lru_cache(maxsize=16)
def _brands(officials: frozenset[str]) -> tuple[Brand, ...]:
    """The officials that read as hosts of one party, longest first so that the closest one is named."""
    from repdb.lookalike import brand

    found = []
    for official in sorted(officials, key=lambda one: (-len(one), one)):
        place = _stored(official)
        if place:
            found.append(brand(place.key.split(".", 1)[0], official))
    return tuple(found)


def _stored(key: str) -> Place | None:
    try:
        return _place(hostname.to_ascii(key.lower(), False))
    except Unreadable:
        return None


def _locate(text: str) -> urltext.Location:
    found = urltext.split(text)
    if found is None or not found.host:
        raise unreadable("not_a_domain")
    return found


@lru_cache(maxsize=65536)
def _identify(host: str) -> Identifier:
    place = _place(host)
    if "xn--" not in host:
        return Identifier("domain", place.key, host, _flags(place))
    flags = _flags(place) | _spelling(host)
    return Identifier("domain", place.key, host if "mixed_script" in flags else hostname.to_unicode(host), flags)


def _flags(place: Place) -> frozenset[str]:
    if place.origin == "ip":
        return frozenset({"ip_host"} if hostname.is_global(place.key) else {"ip_host", "private_ip"})
    flags = _suffix_flags(place.suffix, place.origin, place.key != place.suffix)
    return flags | _spelling(place.key) if "xn--" in place.key else flags


@lru_cache(maxsize=4096)
def _suffix_flags(suffix: str, origin: str, tenant: bool) -> frozenset[str]:
    """Flags of the host itself or, marked ``on_``, of a party below it."""
    kinds = _lists()[0].get(suffix, frozenset()) or frozenset({"shared_host"} if origin == "private" else ())
    plain = {"reserved"} if origin == "reserved" else set()
    if origin == "icann" and _INSTITUTION.fullmatch(suffix):
        plain.add("institution")
    return frozenset(plain | {f"on_{kind}" if tenant else kind for kind in kinds})


def _spelling(host: str) -> frozenset[str]:
    shown = hostname.to_unicode(host)
    if shown == host:
        return frozenset()
    return frozenset({"idn", "mixed_script"} if hostname.mixes_scripts(shown) else {"idn"})


def _place(host: str) -> Place:
    """The key of an ASCII host: the reviewed lists and the Public Suffix List, the longest match of each."""
    if hostname.is_ip(host):
        return Place(host, "", "ip")
    tails = _tails(host)
    size, origin = _suffix_size(_tails(hostname.to_unicode(host)) if "xn--" in host else tails)
    if not size:
        raise unreadable("masked_host" if _MASKED.search(host.rpartition(".")[2]) else "no_public_suffix")
    listed, tenants = _lists()
    parted = origin == "private"
    for length in range(len(tails), size - 1, -1):
        if tails[length - 1] in listed:
            size, parted, origin = length, tails[length - 1] in tenants or (parted and length == size), "listed"
            break
    suffix = tails[size - 1]
    key = tails[size] if len(tails) > size else suffix
    # www. of a shared host is the provider's own page.
    if origin in ("listed", "private") and (not parted or key == f"www.{suffix}"):
        key = suffix
    elif key == suffix and origin not in ("listed", "private"):
        raise unreadable("public_suffix")
    elif key.startswith("-") or "-." in key[: len(key) - len(suffix)] or not hostname.ODD.isdisjoint(key):
        raise unreadable("not_a_domain")  # RFC 1034 §3.5, and no registry sells it
    if ("xxxx" in key or not hostname.MASK.isdisjoint(key)) and _MASKED.search(key):
        raise unreadable("masked_host")
    return Place(key, suffix, origin)


def _tails(host: str) -> list[str]:
    """``a.b.jp`` → ``jp``, ``b.jp``, ``a.b.jp``."""
    tails, tail = [], ""
    for label in reversed(host.split(".")):
        tail = f"{label}.{tail}" if tail else label
        tails.append(tail)
    return tails


def _suffix_size(tails: list[str]) -> tuple[int, str]:
    """Number of labels in the public suffix and its origin; 0 when no rule matches (publicsuffix.org/list)."""
    rules, below = _rules()
    best, origin, above = 0, "", ""
    for size, tail in enumerate(tails[:9], 1):
        if tail in rules:
            best, origin = size, rules[tail]
        elif above in below:
            if f"!{tail}" in rules:
                return size - 1, below[above]
            best, origin = size, below[above]
        above = tail
    return best, origin


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[str, str], dict[str, str]]:
    """Rule as written → section, and the same for what stands below ``*.``: the lists' own file, no copy of it.

    Read here because publicsuffixlist's class takes 74 ms to build. Comment lines equal no host, so they may stay.
    """
    text = bundled.text("public_suffix_list.dat", "publicsuffixlist")
    icann, _, private = text.partition("===BEGIN PRIVATE DOMAINS")
    rules = dict.fromkeys(RESERVED_SUFFIXES, "reserved")
    below: dict[str, str] = {}
    for section, origin in ((private, "private"), (icann, "icann")):
        rules |= dict.fromkeys(section.split("\n"), origin)
        below |= dict.fromkeys(re.findall(r"^\*\.(\S+)$", section, re.MULTILINE), origin)
    return rules, below


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Listed host → its kinds, and the hosts whose every sub-host is a party of its own (a leading dot in the list)."""
    listed: dict[str, frozenset[str]] = {}
    tenants = set()
    for kind, name in _LISTS.items():
        for line in bundled.lines(name):
            host = line.split(" ", 1)[0]
            if host[0] == ".":
                host = host[1:]
                tenants.add(host)
            listed[host] = listed.get(host, frozenset()) | {kind}
    return listed, frozenset(tenants)


def has_only_mail(key: str) -> bool:
    """Whether the public has nothing but mailboxes there, so that its pages are its owner's own: a mobile carrier's."""
    return key in _mailboxes()


@lru_cache(maxsize=1)
def _mailboxes() -> frozenset[str]:
    behind = "  # mailboxes of mobile subscribers"
    return frozenset(line.removesuffix(behind) for line in bundled.lines(_LISTS["free_mail"]) if line.endswith(behind))
