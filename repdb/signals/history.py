"""What has been said of the subject before (floor 2)."""

from __future__ import annotations

from repdb.categories import CATEGORIES
from repdb.records import Finding, Text
from repdb.score import votes_weight
from repdb.signals.base import Case, finding, signal
from repdb.votes import SUSPICIOUS, fading, lower_bound

UNDATED = Text("日付なし", "undated")


@signal()
def reported_by_sources(case: Case) -> Finding | None:
    """There are accepted adverse reports, and the votes weigh this much today."""
    if not case.known:
        return None
    tally = case.tally
    weight = votes_weight(tally, case.subject_kind, case.as_of)
    return finding(
        "reported_by_sources",
        weight=round(weight, 4),
        sources=tally.source_count,
        count=tally.report_count,
        last=tally.last_reported_on or UNDATED,
        category=CATEGORIES[case.category],
    )


@signal()
def benign_reports(case: Case) -> Finding | None:
    """Somebody says that it is harmless."""
    return finding("benign_reports", count=case.benign_count) if case.benign_count else None


@signal()
def faded(case: Case) -> Finding | None:
    """It was reported, but so long ago that the votes no longer speak."""
    if not case.known or not case.tally.last_reported_on:
        return None
    factor = fading(case.subject_kind, case.as_of)
    if lower_bound(case.tally.adverse * factor, 0.0) >= SUSPICIOUS:
        return None
    return finding("faded", last=case.tally.last_reported_on)


@signal()
def disputed(case: Case) -> Finding | None:
    """The verified owner objects, and the dispute is open."""
    return finding("disputed") if case.tally.disputes else None


@signal()
def official_notice(case: Case) -> Finding | None:
    """A public body has named it in a dated notice."""
    if not case.notices:
        return None
    notice = max(case.notices, key=lambda n: n.published_on)
    genuine = bool(case.official) or (case.register is not None and case.register.status == "genuine")
    return finding(
        "notice_about_name" if genuine else "official_notice",
        evidence=(notice.notice,),
        issuer=notice.issuer,
        title=notice.title,
        date=notice.published_on or UNDATED,
    )
