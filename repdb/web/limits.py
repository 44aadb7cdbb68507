"""How often one client may do what (floor 4). Clients are counted under a keyed hash that changes every day."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from repdb.records import Text
from repdb.web.responses import Problem

# Name of a limit → its rates, in the words of the ``limits`` library; an empty text means no limit.
RATES: dict[str, str] = {
    "batch": "60/minute",
    "check": "60/minute",
    "preview": "120/minute",
    "report": "6/minute;40/day",
    "receipt": "30/minute",
    "dispute": "3/hour;6/day",
    "login": "6/minute;30/hour",
}
TOO_MANY = Text(
    "回数が多すぎます。{seconds} 秒待ってから、もう一度試してください。",
    "Too many requests. Wait {seconds} seconds, then try again.",
)


def network(client: str) -> str:
    """The address that counts: of IPv6 the /64 that one household has."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return address.exploded[:19]
    return str(address)


class Limits:
    """The counters of one process. They are gone when it ends."""

    def __init__(self, secret: bytes, rates: Mapping[str, str] | None = None) -> None:
        self.secret = secret
        chosen = {**RATES, **(rates or {})}
        self.items: dict[str, list[RateLimitItem]] = {n: parse_many(r) if r else [] for n, r in chosen.items()}
        self.limiter = FixedWindowRateLimiter(MemoryStorage())

    def check(self, name: str, client: str) -> None:
        """Count one request. Raises Problem 429 with Retry-After when it is one too many."""
        who = blake2b(f"{date.today()} {network(client)}".encode(), key=self.secret[:32], digest_size=12).hexdigest()
        for item in self.items[name]:
            if not self.limiter.hit(item, name, who):
                reset = self.limiter.get_window_stats(item, name, who).reset_time
                seconds = max(1, round(reset - time.time()))
                text = TOO_MANY.format(seconds=seconds)
                raise Problem(429, "too_many_requests", text, headers={"retry-after": str(seconds)})
