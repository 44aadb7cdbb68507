"""What the receiving server found out about the sender of an e-mail: SPF, DKIM, DMARC (floor 0)."""

from __future__ import annotations

import re
from email.message import Message

from repdb import domain
from repdb.records import Unreadable

_CHECK = re.compile(r"(?:^|;)\s{0,20}(spf|dkim|dmarc)(?:/[0-9]{1,3})?\s{0,3}=\s{0,3}([a-z]{2,12})", re.IGNORECASE)
# What the sender chose may stand in these (RFC 8601 §2.2: reason="…", smtp.mailfrom="…"@host, comments).
_GIVEN = re.compile(r"\"(?:[^\"\\]|\\.){0,500}\"|\([^()\"]{0,500}\)")
_GOOD = frozenset({"pass", "bestguesspass"})
_BY = re.compile(r"\bby\s{1,20}([a-z0-9.-]{1,253})", re.IGNORECASE)
_FROM = re.compile(r"\s{0,20}from\s", re.IGNORECASE)
_RECEIVER = re.compile(r"\breceiver=([a-z0-9.-]{1,253})|^\s{0,20}\w{2,12}\s{1,20}\(([a-z0-9.-]{1,253}):", re.IGNORECASE)
_HOPS = 4  # lines that a server may write for its way inside


def results(message: Message) -> dict[str, str]:
    """The nearest server's result of each check. Who writes a mail can write results into it as well, so a good one counts
    only where the reader's own server wrote it: above its Received line, or in its name (RFC 8601 §5); a bad one anywhere."""
    found: dict[str, str] = {}
    servers = _receivers(message)
    above = True
    for name, value in message.raw_items():
        header, written = name.lower(), str(value)
        if header == "received":
            above = False
        elif header in ("authentication-results", "received-spf"):
            own = above or any(_same_party(_server(header, written), server) for server in servers)
            for check, result in _CHECK.findall(f"spf={written}" if header == "received-spf" else _bare(written)):
                if own or result.lower() not in _GOOD:
                    found.setdefault(check.lower(), result.lower())
    return found


def _receivers(message: Message) -> tuple[str, ...]:
    """The names of the servers that took the mail from outside and handed it on: those of the topmost Received lines, down
    to the first that says from whom."""
    names: list[str] = []
    for line in map(str, message.get_all("Received", [])[:_HOPS]):
        names += _BY.findall(_bare(line[:1000]))
        if _FROM.match(line):
            break
    return tuple(names)


def _bare(written: str) -> str:
    """A header line without quoted strings and comments."""
    for _ in range(3):  # comments nest
        written = _GIVEN.sub(" ", written)
    return written


def _server(header: str, written: str) -> str:
    """The server that says to have made a check."""
    if header == "authentication-results":
        return (written.partition(";")[0].split() or [""])[0]
    found = _RECEIVER.search(written[:1000])
    return (found[1] or found[2]) if found else ""


def _same_party(name: str, other: str) -> bool:
    try:
        return name.lower() == other.lower() or domain.read(name).key == domain.read(other).key
    except Unreadable:
        return False
