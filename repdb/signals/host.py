"""What a domain name itself shows (floor 2)."""

from __future__ import annotations

from repdb.records import Finding, Text
from repdb.signals.base import Case, finding, signal

_TENANTS = Text(
    "（{count:,} 件の報告は、その一部の利用者についてのものです）", " (its {count:,} reports concern some of its users)"
)


@signal("domain")
def shared_host(case: Case) -> Finding | None:
    """Many parties use it."""
    if not case.shared or "private_ip" in case.flags:
        return None
    count = case.tally.report_count
    return finding("shared_host", reports=_TENANTS.format(count=count) if count else Text("", ""))


@signal("domain")
def private_address(case: Case) -> Finding | None:
    """An address of a home or office network."""
    return finding("private_address") if "private_ip" in case.flags else None


@signal("domain")
def dynamic_host(case: Case) -> Finding | None:
    """A name under a dynamic-DNS service."""
    return finding("dynamic_host") if "on_dynamic_dns" in case.flags else None


@signal("domain")
def ip_host(case: Case) -> Finding | None:
    """A bare IP address."""
    return finding("ip_host") if "ip_host" in case.flags and not case.shared else None


@signal("domain")
def mixed_script_host(case: Case) -> Finding | None:
    """Look-alike letters of several scripts in one name."""
    return finding("mixed_script_host") if "mixed_script" in case.flags else None


@signal("domain")
def posed_host(case: Case) -> Finding | None:
    """The address as given shows another host before an @."""
    return finding("posed_host", host=case.key) if "posed_host" in case.flags and not case.official else None


@signal("domain")
def lookalike_host(case: Case) -> Finding | None:
    """It resembles a brand's official domain and is not the brand's."""
    return finding("lookalike_host", official=case.lookalike) if case.lookalike and not case.official else None
