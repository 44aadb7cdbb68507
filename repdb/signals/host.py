"""What a domain name itself shows (floor 2)."""

from __future__ import annotations

from repdb.records import Finding
from repdb.signals.base import Case, finding, signal


@signal("domain")
def shared_host(case: Case) -> Finding | None:
    """Many parties use it."""
    return finding("shared_host", count=case.tally.report_count) if case.shared else None


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
def lookalike_host(case: Case) -> Finding | None:
    """It resembles a brand's official domain and is not the brand's."""
    return finding("lookalike_host", official=case.lookalike) if case.lookalike and not case.official else None
