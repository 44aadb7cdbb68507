"""Any written form of a host, URL or e-mail address → its parts (floor 0).

Only text repair lives here: what the letters say, not whose domain it is. The rules follow what browsers do
(WHATWG URL: the last ``@`` ends the credentials, ``\\`` is ``/``, ``%2E`` in a host is a dot) and how people
defang addresses (``hxxp``, ``[.]``, `` dot ``). Linear in the length of the text: at most ``MAX_AUTHORITY``
characters are looked at before the path.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from repdb.invisible import UNSEEN

MAX_AUTHORITY = 4096

INVISIBLE = dict.fromkeys([*UNSEEN, *map(ord, "\t\n\r")])  # browsers drop these blanks, too
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys([0x3002, 0xFF61], ".") | {0x3000: " "}
_TRIM = " \t\r\n\"'`<>「」『』【】〈〉《》（）“”‘’、，,;!！"
# Signs that the eye takes for the slash behind a host, and browsers for a part of the name to sign in with.
SLASHES = "\u2044\u2215\u2216\u29f5\u29f8\u29f9\u2571\u27cb\u1735\u3033\u2cc6\u4e3f\u30ce\uff89\uff3c\uff0f"
_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp", "ws", "wss", "mailto"})
_HOSTLESS = frozenset({"about", "blob", "cid", "data", "file", "javascript", "sms", "smsto", "tel", "urn"})

_PROPER = re.compile(r"([a-z][a-z0-9+-]{1,30})://(?![/:])", re.IGNORECASE)
_OPAQUE = re.compile(r"([a-z]{2,12}):", re.IGNORECASE)
# http:/x  http//x  ttp://x  hhttps://x  h**p://x  hxxp[:]//x  http;//x  https//:x
_BROKEN = re.compile(r"([htpsx*+_]{2,8}|view-source)(?:[:;][ /\\]{0,5}|[/\\]{1,4}:?)(?!\d{1,5}(?:/|$))", re.IGNORECASE)
_DEFANGED_DOT = re.compile(
    r" ?[\[({<](?: ?(?:\.|dot|ドット) ?)[\])}>] ?|\\\.| dot (?=[a-z])| ドット |(?<=[a-z0-9])\.\]|\[\.(?=[a-z0-9])",
    re.IGNORECASE,
)
_DEFANGED_MARK = re.compile(r"[\[({](?: ?(:|//|/|@|://|at) ?)[\])}]", re.IGNORECASE)
_END = re.compile(r"[/\\?#\s\"'<>「」『』【】（）、，|^`]")
# What separates addresses in a list, where another one follows.
_LISTED = re.compile(r"[、，|][^.]{0,80}[a-z0-9]\.[a-z]", re.IGNORECASE)
_ANGLED = re.compile(r"<([^<>@]{1,200}@[^<>@]{1,255})>")
_HOST_LIKE = re.compile(rf"(?:[a-z0-9-]{{1,63}}\.){{1,9}}[a-z]{{2,63}}(?:[:{SLASHES}]|$)", re.IGNORECASE)
_PORT = re.compile(r":(\d{0,5})$")


class Location(NamedTuple):
    """``host`` in lower case, not yet IDNA-encoded; ``rest`` from the path on as written; ``flags`` of the reading."""

    host: str
    rest: str
    email: bool
    in_url: bool
    flags: frozenset[str]


def split(text: str) -> Location | None:
    """The parts of one written address, or ``None`` when the text cannot hold one."""
    flags: set[str] = set()
    head, rest = _clean(text, flags)
    angled = _ANGLED.search(head)
    if angled:
        head, rest = angled[1], ""
    head = _refang(head.strip(_TRIM), flags)
    after = _strip_schemes(head, flags)
    if after is None:
        return None
    head, scheme = after
    end = _END.search(head)
    authority, path = (head[: end.start()], head[end.start() :]) if end else (head, "")
    if end and ((end[0].isspace() and not scheme) or _LISTED.match(head, end.start())):
        return None
    mail = "@" in authority and scheme in ("", "mailto")
    user, at, host = authority.rpartition("@")
    if at and not mail:
        flags.add("credentials")
        if _HOST_LIKE.match(user):
            flags.add("posed_host")
    if mail and not user:
        mail = False
    host = _strip_port(_unquote(host), flags)
    return Location(host.strip(".").lower(), path + rest, mail, scheme not in ("", "mailto"), frozenset(flags))


def visible(text: str) -> str:
    """The text without characters that show nothing."""
    return text if text.isascii() and text.isprintable() else text.translate(INVISIBLE)


def _clean(text: str, flags: set[str]) -> tuple[str, str]:
    """First part in plain width without invisible characters, and the untouched remainder of a very long text."""
    head, rest = text[:MAX_AUTHORITY].strip(), text[MAX_AUTHORITY:]
    shown = visible(head)
    if shown != head:
        flags.add("invisible_characters")
    return (shown if shown.isascii() else shown.translate(_WIDE)).strip(), rest


def _refang(head: str, flags: set[str]) -> str:
    """Undo defanging in the part that can hold the host; brackets of an IPv6 host stay."""
    if not any(mark in head for mark in "[({<\\") and " " not in head:
        return head
    bare = _DEFANGED_MARK.sub(lambda found: "@" if found[1].lower() == "at" else found[1], head)
    bare = _DEFANGED_DOT.sub(".", bare)
    if bare != head:
        flags.add("defanged")
    return bare


def _strip_schemes(head: str, flags: set[str]) -> tuple[str, str] | None:
    """Text after all schemes and the scheme as meant; ``None`` for schemes without a host."""
    scheme = ""
    for _ in range(3):
        found = _PROPER.match(head)
        if found and found[1].lower() in _SCHEMES:
            name = found[1].lower()
        elif (opaque := _OPAQUE.match(head)) and opaque[1].lower() in _HOSTLESS:
            return None
        elif opaque and opaque[1].lower() == "mailto":
            found, name = opaque, "mailto"
        elif found := (_BROKEN.match(head) or found):
            name = "http"
            flags.add("defanged" if re.search(r"[x*+_]", found[1], re.IGNORECASE) else "broken_scheme")
        else:
            break
        if scheme:
            flags.add("broken_scheme")
        head, scheme = head[found.end() :].lstrip(), name
    if head.startswith("//"):
        head, scheme = head.lstrip("/"), scheme or "http"
    return head, scheme


def _unquote(host: str) -> str:
    if "%" not in host:
        return host
    from urllib.parse import unquote

    return visible(unquote(host, errors="replace"))


def _strip_port(host: str, flags: set[str]) -> str:
    if host.startswith("[") or host.count(":") != 1:
        closed, bracket, port = host.partition("]")
        if bracket and port[:1] == ":":
            flags.add("port")
        return closed + bracket if bracket else host
    found = _PORT.search(host)
    if not found:
        return host
    if found[1]:
        flags.add("port")
    return host[: found.start()]
