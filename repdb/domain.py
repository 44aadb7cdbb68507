"""Host, URL or e-mail address in any written form → the domain that one party controls (floor 0).

The key is the host under a shared suffix (``b.duckdns.org``), the registrable domain elsewhere (``example.co.jp``),
and the shared host itself where tenants differ only by path (``docs.google.com``, ``bit.ly``). Suffixes come from
the Public Suffix List, private section included, and from the reviewed lists in ``data/hosts_*.txt``.
The only importer of the public suffix list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from repdb import urltext
from repdb.records import Identifier, Text, Unreadable

MAX_HOST = 253  # RFC 1035 §2.3.4, without the root dot
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
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_MASK = frozenset("*○◯〇●×□■△▲…?")
_ERRORS = {
    "not_a_domain": Text(
        "ドメイン・URL・メールアドレスとして読めません。example.com や https://example.com/ の形で入力してください。",
        "This cannot be read as a domain, URL or e-mail address. Write it like example.com or https://example.com/.",
    ),
    "no_public_suffix": Text(
        "末尾が実在するドメイン（.jp や .com など）ではありません。つづりを確かめてください。",
        "The last part is not an existing top-level domain such as .jp or .com. Check the spelling.",
    ),
    "public_suffix": Text(
        "だれか一人のドメインではなく、登録の単位（co.jp など）です。その前の部分も入力してください。",
        "This is a registry suffix such as co.jp, not one party's domain. Add the part before it.",
    ),
    "masked_host": Text(
        "一部が伏せ字になっているため、どのドメインか決まりません。",
        "Part of this host is masked, so it names no single domain.",
    ),
    "too_long": Text(
        "ホスト名が長すぎます（253 文字、各部 63 文字まで）。",
        "The host name is too long (253 characters, 63 in each part).",
    ),
}


class Place(NamedTuple):
    """Where a host stands: its key, the suffix below which parties differ, and who says so."""

    key: str
    suffix: str
    origin: str  # icann, private, listed, reserved, ip


def read(text: str) -> Identifier:
    """One host, URL (kind ``domain``) or e-mail address (kind ``email``) → ``Identifier``.

    Raises ``Unreadable`` with code ``not_a_domain``, ``no_public_suffix``, ``public_suffix``, ``masked_host`` or
    ``too_long``; never anything else. The address of an e-mail is dropped: key and display are its domain's.
    """
    plain = _PLAIN.match(text)
    if plain:
        return _identify(plain[1].strip("."), True)
    place = _locate(text)
    plainly = _identify(place.host, place.scheme)
    kind = "email" if place.email else "domain"
    display = f"@{plainly.display}" if place.email else plainly.display
    return Identifier(kind, plainly.key, display, plainly.flags | place.flags)


def host_of(text: str) -> str:
    """The full host as lower-case ASCII. Raises ``Unreadable`` as ``read`` does."""
    place = _locate(text)
    _identify(place.host, place.scheme)
    return _ascii_host(place.host, place.scheme)


@lru_cache(maxsize=65536)
def flags_of(key: str) -> frozenset[str]:
    """What a stored key is: ``shared_host``, ``dynamic_dns``, ``shortener``, ``free_mail``, ``private_ip`` (none
    of these is ever condemned), ``ip_host``, ``reserved``, ``idn``, ``mixed_script``, and ``on_<flag>`` for a tenant of such a host.
    A key that is none of ours has no flags."""
    try:
        place = _place(key)
    except Unreadable:
        return frozenset()
    if place.origin == "ip":
        return frozenset({"ip_host"}) if _is_global(key) else frozenset({"ip_host", "private_ip"})
    kinds = _listed().get(place.suffix, frozenset()) or (
        frozenset({"shared_host"}) if place.origin == "private" else frozenset()
    )
    flags = set(kinds if key == place.suffix else (f"on_{kind}" for kind in kinds))
    if key != place.suffix:
        flags |= _listed().get(key, frozenset())
    if place.origin == "reserved":
        flags.add("reserved")
    if "xn--" in key:
        shown = _unicode(key)
        flags |= {"idn"} if shown != key else set()
        flags |= {"mixed_script"} if _mixes_scripts(shown) else set()
    return frozenset(flags)


def is_shared(key: str) -> bool:
    """True for a host that many parties use: never to be condemned for one of them."""
    return not SHARED_FLAGS.isdisjoint(flags_of(key))


def facts(key: str) -> dict[str, object]:
    """``{"kind": "host"|"ip", "suffix", "suffix_origin", "shared", "shared_kinds", "unicode"}`` of a stored key."""
    flags = flags_of(key)
    try:
        place = _place(key)
    except Unreadable:
        place = Place(key, "", "")
    return {
        "kind": "ip" if place.origin == "ip" else "host",
        "suffix": place.suffix,
        "suffix_origin": place.origin,
        "shared": is_shared(key),
        "shared_kinds": sorted(flags & SHARED_FLAGS),
        "unicode": _unicode(key),
    }


def defang(text: str) -> str:
    """Host or redacted URL as text that no program turns into a link; ``read`` takes it back."""
    return text.replace(".", "[.]")


_WORD = re.compile(r"[a-z]{1,20}(?:[-_][a-z]{1,20}){0,2}(?:\.[a-z]{2,5})?")
_PERSONAL = frozenset(
    {"u", "user", "users", "profile", "member", "members", "mail", "email", "name", "account", "people"}
)
_MAX_SEGMENTS = 4


def redact_url(url: str) -> str:
    """Host and the words of the path; scheme, credentials, port, query and fragment dropped.

    A path segment stays only if it is one to three short lower-case words (``login``, ``sign-in.php``) and does not
    follow a word that announces a person (``/users/taro``); every other one, and all after the fourth, becomes ``…``.
    Reading the result gives the same key; redacting it again changes nothing. Raises ``Unreadable`` as ``read`` does.
    """
    host = host_of(url)
    rest = _locate(url).rest
    path = re.split(r"[?#\s]", rest.replace("\\", "/")[:2048], maxsplit=1)[0]
    kept: list[str] = []
    for segment in path.split("/"):
        if not segment:
            continue
        hidden = not _WORD.fullmatch(segment) or (kept and kept[-1] in _PERSONAL) or len(kept) >= _MAX_SEGMENTS
        if not hidden:
            kept.append(segment)
        elif not kept or kept[-1] != "…":
            kept.append("…")
    shown = f"[{host}]" if ":" in host else host
    return "/".join([shown, *kept])


def _locate(text: str) -> urltext.Location:
    found = urltext.split(text)
    if found is None or not found.host:
        raise _unreadable("not_a_domain")
    return found


def _unreadable(code: str) -> Unreadable:
    return Unreadable(code, _ERRORS[code])


@lru_cache(maxsize=65536)
def _identify(host: str, scheme: bool) -> Identifier:
    ascii_host = _ascii_host(host, scheme)
    place = _place(ascii_host)
    flags = flags_of(place.key)
    if "xn--" in ascii_host:
        shown = _unicode(ascii_host)
        flags |= {"idn"} if shown != ascii_host else frozenset()
        flags |= {"mixed_script"} if _mixes_scripts(shown) else frozenset()
        flags |= {"punycode"} if "xn--" in host else frozenset()
        return Identifier("domain", place.key, ascii_host if "mixed_script" in flags else shown, flags)
    return Identifier("domain", place.key, ascii_host, flags)


def _ascii_host(host: str, scheme: bool) -> str:
    """Lower-case ASCII host, IP addresses normalised. IDNA 2008 with UTS 46 where it applies, punycode otherwise."""
    if host[:1] == "[" or host.count(":") > 1:
        return _ip6(host.strip("[]"))
    if len(host) > MAX_HOST:
        raise _unreadable("too_long")
    ip = _ip4(host, scheme)
    if ip:
        return ip
    if "." not in host:
        raise _unreadable("not_a_domain")
    if not host.isascii():
        host = _idna(host)
    for label in host.split("."):
        if not _LABEL.fullmatch(label):
            if not _MASK.isdisjoint(label):
                continue
            raise _unreadable("too_long" if len(label) > 63 else "not_a_domain")
    if len(host) > MAX_HOST:
        raise _unreadable("too_long")
    return host


def _idna(host: str) -> str:
    import idna

    try:
        host = idna.uts46_remap(host, std3_rules=False, transitional=False).rstrip(".")
    except idna.IDNAError:
        from unicodedata import normalize

        host = normalize("NFKC", normalize("NFKC", host).casefold())
    return ".".join(_alabel(label) for label in host.split("."))


def _alabel(label: str) -> str:
    """One label as ASCII. Registries sell some that IDNA 2008 rejects (emoji), so letters and symbols get punycode."""
    if label.isascii() or not _MASK.isdisjoint(label):
        return label
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except idna.IDNAError:
        from unicodedata import category

        if len(label) > 63 or any(category(char)[0] not in "LMNS" and char not in "-_・" for char in label):
            raise _unreadable("too_long" if len(label) > 63 else "not_a_domain") from None
        return "xn--" + label.encode("punycode").decode("ascii")


def _unicode(host: str) -> str:
    """The host as people read it; labels that do not decode stay as they are."""
    return ".".join(_ulabel(label) for label in host.split(".")) if "xn--" in host else host


def _ulabel(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return label


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "HEBREW", "ARABIC", "THAI", "HANGUL")


def _mixes_scripts(host: str) -> bool:
    """True when one label mixes alphabets. Latin beside kana and kanji is ordinary in Japan (UTS 39 'highly restrictive')."""
    from unicodedata import name

    for label in host.split("."):
        scripts = {name(char, "").split(" ", 1)[0] for char in label if char.isalpha()}
        known = scripts.intersection(_SCRIPTS)
        if len(known) > 1 or (known - {"LATIN"} and len(scripts) > 1):
            return True
    return False


def _ip4(host: str, scheme: bool) -> str:
    """Dotted IPv4, or '' if this is a name. Decimal, hex and octal as browsers read them (WHATWG IPv4 parser)."""
    last = host.rpartition(".")[2]
    if not last or not (last.isascii() and (last.isdigit() or re.fullmatch(r"0x[0-9a-f]{0,16}", last))):
        return ""
    parts = host.split(".")
    if len(parts) > 4 or (len(parts) < 4 and not scheme):
        raise _unreadable("not_a_domain")
    numbers = [_ip_part(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise _unreadable("not_a_domain")
    value = numbers[-1] + sum(number << (24 - 8 * place) for place, number in enumerate(numbers[:-1]))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _ip_part(part: str) -> int:
    if not re.fullmatch(r"0x[0-9a-f]{0,16}|[0-9]{1,16}", part):
        raise _unreadable("not_a_domain")
    try:
        return int(part[2:] or "0", 16) if part[:2] == "0x" else int(part, 8 if part[0] == "0" else 10)
    except ValueError:
        raise _unreadable("not_a_domain") from None


def _ip6(text: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        address = IPv6Address(text.partition("%")[0])
    except AddressValueError:
        raise _unreadable("not_a_domain") from None
    return str(address.ipv4_mapped or address)


def _is_global(key: str) -> bool:
    from ipaddress import ip_address

    return ip_address(key).is_global


_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*")


def _place(host: str) -> Place:
    """The key of an ASCII host: the reviewed lists first, then the Public Suffix List, longest match."""
    if _IP.fullmatch(host):
        return Place(host, "", "ip")
    labels = host.split(".")
    size, origin = _suffix_size(labels)
    if not size:
        raise _unreadable("no_public_suffix" if _MASK.isdisjoint(labels[-1]) else "masked_host")
    tails = [".".join(labels[start:]) for start in range(len(labels) - size + 1)]  # whole host … public suffix
    key, suffix = _key(labels, tails, origin)
    if not key:
        raise _unreadable("public_suffix")
    if any(not _MASK.isdisjoint(part) or re.fullmatch("x{4,}", part) for part in key.split(".")):
        raise _unreadable("masked_host")
    return Place(key, suffix, "listed" if suffix in _listed() and origin == "icann" else origin)


def _key(labels: list[str], tails: list[str], origin: str) -> tuple[str, str]:
    listed, tenants = _listed(), _tenants()
    for start, tail in enumerate(tails):
        if tail in listed or (start == len(tails) - 1 and origin == "private"):
            own = tail in tenants or (origin == "private" and start == len(tails) - 1)
            if own and start and labels[start - 1] != "www":
                return tails[start - 1], tail
            return tail, tail
    return (tails[-2], tails[-1]) if len(tails) > 1 else ("", tails[-1])


def _suffix_size(labels: list[str]) -> tuple[int, str]:
    """Number of labels in the public suffix and its origin; 0 when no rule matches (publicsuffix.org/list)."""
    if labels[-1] in RESERVED_SUFFIXES:
        return 1, "reserved"
    names = [_ulabel(label) for label in labels]
    icann, private = _rules()
    best, origin = 0, ""
    for size in range(1, min(len(names), 8) + 1):
        tail = ".".join(names[-size:])
        above = "*." + ".".join(names[1 - size :]) if size > 1 else "*"
        for rules, name in ((icann, "icann"), (private, "private")):
            if "!" + tail in rules:
                return size - 1, name
            if tail in rules or above in rules:
                best, origin = size, name
    return best, origin


@lru_cache(maxsize=1)
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """The rules of the ICANN and the private section, read from publicsuffixlist's file.

    Its class spends 74 ms on building; two sets of lines take 3. Comment lines equal no host, so they may stay.
    """
    from importlib.resources import files

    text = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text(encoding="utf-8")
    icann, _, private = text.partition("// ===BEGIN PRIVATE DOMAINS===")
    return frozenset(icann.split("\n")), frozenset(private.split("\n"))


@lru_cache(maxsize=1)
def _entries() -> dict[str, frozenset[str]]:
    """Entry as written in the lists (a leading dot: each host below is a party of its own) → its kinds."""
    from importlib.resources import files

    found: dict[str, frozenset[str]] = {}
    for kind, name in _LISTS.items():
        for line in files("repdb.data").joinpath(name).read_text(encoding="utf-8").splitlines():
            entry = line.partition("#")[0].strip()
            if entry:
                found[entry] = found.get(entry, frozenset()) | {kind}
    return found


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    listed: dict[str, frozenset[str]] = {}
    for entry, kinds in _entries().items():
        host = entry.lstrip(".")
        listed[host] = listed.get(host, frozenset()) | kinds
    return listed


@lru_cache(maxsize=1)
def _tenants() -> frozenset[str]:
    return frozenset(entry[1:] for entry in _entries() if entry[0] == ".")
