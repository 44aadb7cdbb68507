"""What has been said of the subject before (floor 2)."""

from __future__ import annotations

from functools import lru_cache

from repdb.categories import REPORTED_FOR
from repdb.company import named
from repdb.dates import show_date
from repdb.records import Finding, Text
from repdb.score import votes_weight
from repdb.signals.base import Case, finding, signal
from repdb.votes import HALF_LIFE, SUSPICIOUS, day_of, fading, lower_bound

_NOTHING = Text("", "")
_NEW_OWNER = Text("。持ち主が変わった可能性があります", "; it may have a new owner since")
_IN_THIS_NAME = Text("この名前を使った", " in this name")


@lru_cache(maxsize=1024)
def _sources(count: int) -> Text:
    return Text(f"{count} つの情報源", "1 source reports" if count == 1 else f"{count} sources report")


@lru_cache(maxsize=1024)
def _reports(count: int) -> Text:
    return Text(f"{count:,} 件", "1 report" if count == 1 else f"{count:,} reports")


@lru_cache(maxsize=1024)
def _last(reported_on: str) -> Text:
    day = show_date(reported_on)
    return Text("最後は{day}", "last {day}").format(day=day) if reported_on else day


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
        sources=_sources(tally.source_count),
        reports=_reports(tally.report_count),
        of=_IN_THIS_NAME if case.subject_kind == "company" else _NOTHING,
        last=_last(tally.last_reported_on),
        category=REPORTED_FOR[case.category],
    )


@signal()
def benign_reports(case: Case) -> Finding | None:
    """Somebody says that it is harmless."""
    return finding("benign_reports", reports=_reports(case.benign_count)) if case.benign_count else None


@signal()
def faded(case: Case) -> Finding | None:
    """It was reported, but so long ago that the votes no longer speak."""
    if not case.known or not case.tally.last_reported_on:
        return None
    if (case.as_of - day_of(case.tally.last_reported_on)).days < HALF_LIFE[case.subject_kind]:
        return None
    if lower_bound(case.tally.adverse * fading(case.subject_kind, case.as_of), 0.0) >= SUSPICIOUS:
        return None
    owner = _NOTHING if case.subject_kind == "company" else _NEW_OWNER
    return finding("faded", last=show_date(case.tally.last_reported_on), owner=owner)


@signal()
def undated(case: Case) -> Finding | None:
    """It was reported, and no report says when."""
    return finding("undated") if case.known and not case.tally.last_reported_on else None


@signal()
def disputed(case: Case) -> Finding | None:
    """The verified owner objects, and the dispute is open."""
    return finding("disputed") if case.tally.disputes else None


@signal()
def official_notice(case: Case) -> Finding | None:
    """A public body has named it in a dated notice; of a genuine company's, ``notice_about_name``."""
    if not case.notices:
        return None
    notice = max(case.notices, key=lambda n: n.published_on)
    genuine = bool(case.official) or (case.register is not None and case.register.status == "genuine")
    return finding(
        "notice_about_name" if genuine else "official_notice",
        evidence=(notice.notice,),
        issuer=named(notice.issuer, notice.issuer_en),
        title=notice.title,
        date=show_date(notice.published_on),
    )
