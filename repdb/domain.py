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
from typing import NamedTuple

from repdb import bundled, hostname, urltext
from repdb.hostname import unreadable
from repdb.records import Identifier, Unreadable

# A key with one of these flags serves many parties and is never condemned for one of them.
SHARED_FLAGS = frozenset({"shared_host", "dynamic_dns", "shortener", "free_mail", "private_ip"})
# RFC 2606, 6761, 7686: names that no registry sells; documents and tests use them.
RESERVED_SUFFIXES = frozenset({"example", "invalid", "onion", "test"})
_LISTS = {
    "free_mail": "hosts_free_mail.txt",
    "shared_host": "hosts_shared.txt",
    "shortener": "hosts_shortener.txt",
    "dynamic_dns": "hosts_dynamic_dns.txt",
}
_PLAIN = re.compile(r"https?://([a-z0-9.-]{4,253})(?=[/?#]|$)")
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
    Flags: those of ``flags_of`` and ``punycode``, ``port``, ``credentials``, ``defanged``, ``broken_scheme``,
    ``invisible_characters``.
    """
    plain = _PLAIN.match(text)
    if plain:
        return _identify(plain[1].strip("."), True)
    found = _locate(text)
    host = _identify(found.host, found.in_url)
    if found.email:
        return Identifier("email", host.key, f"@{host.display}", host.flags | found.flags)
    return Identifier("domain", host.key, host.display, host.flags | found.flags)


def host_of(text: str) -> str:
    """The full host as lower-case ASCII. Raises ``Unreadable`` as ``read`` does."""
    found = _locate(text)
    _identify(found.host, found.in_url)
    return hostname.to_ascii(found.host, found.in_url)


@lru_cache(maxsize=65536)
def flags_of(key: str) -> frozenset[str]:
    """What a stored key is: ``SHARED_FLAGS``, ``ip_host``, ``reserved`` (no registry sells it), ``idn``,
    ``mixed_script``, and ``on_<flag>`` for one tenant of such a host. No flags for what is no key of ours."""
    try:
        return _flags(_place(key))
    except Unreadable:
        return frozenset()


def is_shared(key: str) -> bool:
    """True for a host that many parties use: never to be condemned for one of them."""
    return not SHARED_FLAGS.isdisjoint(flags_of(key))


def facts(key: str) -> dict[str, object]:
    """Of a stored key: ``kind`` (host, ip), ``suffix``, ``suffix_origin``, ``shared``, ``shared_kinds``, ``tenant_of``
    (the shared host that it is one party of) and ``unicode`` (as people read it)."""
    flags = flags_of(key)
    try:
        place = _place(key)
    except Unreadable:
        place = Place(key, "", "")
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


def skeleton(host: str) -> str:
    """The host as a hurried eye reads it: see ``lookalike.skeleton``."""
    from repdb import lookalike as eye

    return eye.skeleton(host)


def lookalike(host: str, officials: Iterable[str]) -> str | None:
    """The official domain that a foreign host imitates, or ``None``: see ``lookalike.imitated`` for the rules.

    ``host`` as ``host_of`` returns it. A host below an official domain, a shared host, an IP address: never.
    """
    from repdb import lookalike as eye

    try:
        place = _place(host)
    except Unreadable:
        return None
    known = frozenset(officials)
    own = {host.split(".", start)[-1] for start in range(host.count(".") + 1)}
    if place.origin == "ip" or is_shared(place.key) or not own.isdisjoint(known):
        return None
    return eye.imitated(host, place.key, place.suffix, _brands(known))


@lru_cache(maxsize=16)
def _brands(officials: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """(label that the brand registered, official domain), without those that do not read."""
    found = []
    for official in sorted(officials):
        try:
            place = _place(official)
        except Unreadable:
            continue
        found.append((place.key.split(".", 1)[0], official))
    return tuple(found)


def _locate(text: str) -> urltext.Location:
    found = urltext.split(text)
    if found is None or not found.host:
        raise unreadable("not_a_domain")
    return found


@lru_cache(maxsize=65536)
def _identify(host: str, in_url: bool) -> Identifier:
    name = hostname.to_ascii(host, in_url)
    place = _place(name)
    flags = _flags(place)
    if "xn--" not in name:
        return Identifier("domain", place.key, name, flags)
    shown = hostname.to_unicode(name)
    flags |= _spelling(name) | (frozenset({"punycode"}) if "xn--" in host else frozenset())
    return Identifier("domain", place.key, name if "mixed_script" in flags else shown, flags)


def _flags(place: Place) -> frozenset[str]:
    key, suffix, origin = place
    if origin == "ip":
        return frozenset({"ip_host"} if hostname.is_global(key) else {"ip_host", "private_ip"})
    listed = _lists()[0]
    flags = listed.get(suffix) or (frozenset({"shared_host"}) if origin == "private" else frozenset())
    if key != suffix:
        flags = frozenset(f"on_{kind}" for kind in flags) | listed.get(key, frozenset())
    if origin == "reserved":
        flags |= {"reserved"}
    return flags | _spelling(key) if "xn--" in key else flags


def _spelling(host: str) -> frozenset[str]:
    shown = hostname.to_unicode(host)
    if shown == host:
        return frozenset()
    return frozenset({"idn", "mixed_script"} if hostname.mixes_scripts(shown) else {"idn"})


def _place(host: str) -> Place:
    """The key of an ASCII host: the reviewed lists first, then the Public Suffix List; the longest match wins."""
    if hostname.is_ip(host):
        return Place(host, "", "ip")
    labels = host.split(".")
    size, origin = _suffix_size(labels)
    if not size:
        raise unreadable("masked_host" if _MASKED.search(labels[-1]) else "no_public_suffix")
    key, suffix = _key(labels, size, origin == "private")
    if not key:
        raise unreadable("public_suffix")
    if _MASKED.search(key):
        raise unreadable("masked_host")
    return Place(key, suffix, "listed" if origin == "icann" and suffix in _lists()[0] else origin)


def _key(labels: list[str], size: int, private: bool) -> tuple[str, str]:
    """Key and suffix. ``www.`` of a shared host is the provider's own page, so its key is the shared host."""
    listed, tenants = _lists()
    last = len(labels) - size
    for start in range(last + 1):
        tail = ".".join(labels[start:])
        shared = private and start == last
        if shared or tail in listed:
            if start and (shared or tail in tenants) and labels[start - 1] != "www":
                return f"{labels[start - 1]}.{tail}", tail
            return tail, tail
    return (f"{labels[last - 1]}.{tail}" if last else ""), tail


def _suffix_size(labels: list[str]) -> tuple[int, str]:
    """Number of labels in the public suffix and its origin; 0 when no rule matches (publicsuffix.org/list)."""
    rules = _rules()
    best, origin, tail = 0, "", ""
    for size, label in enumerate(reversed(labels), 1):
        above, tail = f"*.{tail}", f"{hostname.ulabel(label)}.{tail}" if tail else hostname.ulabel(label)
        if tail in rules:
            best, origin = size, rules[tail]
        elif above in rules:
            if f"!{tail}" in rules:
                return size - 1, rules[above]
            best, origin = size, rules[above]
        elif size > 8:
            break
    return best, origin


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    """Rule as written → section. Read from publicsuffixlist's file: its class takes 74 ms to build, this 4 ms.

    Comment lines equal no host, so they may stay. Rules of a section win as the file orders them.
    """
    icann, _, private = bundled.text("public_suffix_list.dat", "publicsuffixlist").partition("===BEGIN PRIVATE DOMAINS")
    reserved = dict.fromkeys(RESERVED_SUFFIXES, "reserved")
    return dict.fromkeys(private.split("\n"), "private") | dict.fromkeys(icann.split("\n"), "icann") | reserved


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
