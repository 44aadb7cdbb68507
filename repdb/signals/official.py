"""Whether the subject is a contact that a genuine company or public body really uses (floor 2)."""

from __future__ import annotations

from repdb.company import named
from repdb.dates import show_date
from repdb.records import Finding, Text
from repdb.signals.base import Case, finding, signal


@signal("phone", "domain", "sender_id")
def official_channel(case: Case) -> Finding | None:
    """It is a checked official contact."""
    for official in case.official:
        if not official.shared:
            return finding(
                "official_channel",
                name=named(official.name, official.name_en),
                label=Text(official.label, official.label_en or official.label),
                date=show_date(official.checked_on),
            )
    return None


@signal("domain")
def official_shared(case: Case) -> Finding | None:
    """It is a brand's own domain, on which ordinary people have mail or pages too."""
    names = [named(official.name, official.name_en) for official in case.official if official.shared]
    return finding("official_shared", name=names[0]) if names else None
