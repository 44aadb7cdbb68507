"""The spelling of a host: IDNA, punycode, IP addresses in every notation, scripts (floor 0)."""

from __future__ import annotations

import re

from repdb.records import Text, Unreadable

MAX_HOST = 253  # RFC 1035 §2.3.4, without the root dot
# Signs that stand for hidden characters. A key that holds one is nobody's domain.
MASK = frozenset("*○◯〇●×□■△▲…?")
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.){1,126}[a-z0-9_-]{1,63}")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
# Browsers ask for such hosts too (WHATWG URL, forbidden host code points), and who owns a domain may answer for any name
# below it; no registry sells one. Quotes and brackets end a link in a text.
ODD = frozenset("!$&+,;={}~")
_ODD_LABEL = re.compile(r"[a-z0-9_!$&+,;={}~-]{1,63}")
_NUMBER = re.compile(r"0x[0-9a-f]{0,16}|[0-9]{1,63}")
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "HEBREW", "ARABIC", "THAI", "HANGUL"})
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


def unreadable(code: str) -> Unreadable:
    return Unreadable(code, _ERRORS[code])


def to_ascii(host: str, in_url: bool) -> str:
    """Lower-case host as ASCII, IP addresses normalised; labels that hold a mask sign stay as they are.

    IDNA 2008 with UTS 46 where it applies, plain punycode for what registries sell beyond it. ``in_url`` lets short
    IPv4 notations pass, which outside a URL are ordinary numbers, and the signs of ``ODD``. Raises ``Unreadable``.
    """
    if host[:1] == "[" or host.count(":") > 1:
        return _ip6(host.strip("[]"))
    if len(host) > MAX_HOST:
        raise unreadable("too_long")
    if not host.isascii():
        host = _idna(host)
    if host[-1:].isdigit() or "0x" in host:
        ip = _ip4(host, in_url)
        if ip:
            return ip
    if not _HOST.fullmatch(host):
        _check_labels(host.split("."), _ODD_LABEL if in_url else _LABEL)
    if len(host) > MAX_HOST:
        raise unreadable("too_long")
    return host


def to_unicode(host: str) -> str:
    """The host as people read it; labels that do not decode stay as they are."""
    return ".".join(ulabel(label) for label in host.split(".")) if "xn--" in host else host


def ulabel(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        shown = label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return label
    return shown if shown.isprintable() and not shown.isascii() else label


def mixes_scripts(host: str) -> bool:
    """True when one label mixes alphabets. Latin beside kana and kanji is ordinary (UTS 39 "highly restrictive")."""
    from unicodedata import name

    for label in host.split("."):
        scripts = {name(char, "").split(" ", 1)[0] for char in label if char.isalpha()}
        known = scripts & _SCRIPTS
        if len(known) > 1 or (known - {"LATIN"} and len(scripts) > 1):
            return True
    return False


def is_ip(host: str) -> bool:
    """True for a host as ``to_ascii`` returns it that is an IP address: no top-level domain is a number."""
    return ":" in host or (host[-1:].isdigit() and host.rpartition(".")[2].isdigit())


def is_global(ip: str) -> bool:
    """True for an address of the public Internet. Private ones belong to everybody."""
    from ipaddress import ip_address

    return ip_address(ip).is_global


def _check_labels(labels: list[str], allowed: re.Pattern[str]) -> None:
    if len(labels) < 2:
        raise unreadable("not_a_domain")
    for label in labels:
        masked = not MASK.isdisjoint(label) and all(char.isalnum() or char in MASK or char in "-_" for char in label)
        if not masked and not allowed.fullmatch(label):
            raise unreadable("too_long" if len(label) > 63 else "not_a_domain")


def _idna(host: str) -> str:
    import idna

    try:
        host = idna.uts46_remap(host, std3_rules=False, transitional=False)
    except idna.IDNAError:
        from unicodedata import normalize

        host = normalize("NFKC", normalize("NFKC", host).casefold())
    return ".".join(_alabel(label) for label in host.strip(".").split("."))


def _alabel(label: str) -> str:
    """One label as ASCII. Registries sell some that IDNA 2008 rejects (emoji), so letters and symbols get punycode."""
    if label.isascii() or not MASK.isdisjoint(label):
        return label
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except idna.IDNAError:
        from unicodedata import category

        if len(label) > 63 or not all(
            category(char) in ("So", "Sk") or category(char)[0] in "LMN" or char in "-_・" for char in label
        ):
            raise unreadable("too_long" if len(label) > 63 else "not_a_domain") from None
        return "xn--" + label.encode("punycode").decode("ascii")


def _ip4(host: str, in_url: bool) -> str:
    """Dotted IPv4, or "" for a name. Decimal, hex and octal as browsers read them (WHATWG URL, IPv4 parser)."""
    parts = host.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return ""
    if len(parts) > 4 or (len(parts) < 4 and not in_url):
        raise unreadable("not_a_domain")
    numbers = [_ip4_part(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise unreadable("not_a_domain")
    value = numbers[-1] + sum(number << (24 - 8 * place) for place, number in enumerate(numbers[:-1]))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _ip4_part(part: str) -> int:
    if not _NUMBER.fullmatch(part):
        raise unreadable("not_a_domain")
    try:
        return int(part[2:] or "0", 16) if part[:2] == "0x" else int(part, 8 if part[0] == "0" else 10)
    except ValueError:  # 08, 09: no octal digits
        raise unreadable("not_a_domain") from None


def _ip6(text: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        address = IPv6Address(text.partition("%")[0])
    except AddressValueError:
        raise unreadable("not_a_domain") from None
    return str(address.ipv4_mapped or address)
