"""What belongs to one subject beside its answer: when it was reported, and what was seen together with it (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from repdb.db import Database
from repdb.subjects import SUBJECTS

# How many of the latest reports are followed from a subject, a campaign or a name, and how much is shown of each kind.
FOLLOWED = 60
SHOWN = 8

_COUNTED = "r.status = 'accepted' AND r.stance = 'adverse' AND m.role NOT IN ('official', 'advertiser')"
_MINE = {
    s.kind: f"""
SELECT m.report_id FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
WHERE m.{s.key} = ? AND {_COUNTED} ORDER BY m.report_id DESC LIMIT {FOLLOWED}"""
    for s in SUBJECTS.values()
}
_MONTHS = {
    s.kind: f"""
SELECT SUBSTR(r.reported_on, 1, 7), SUM(r.weight) FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
WHERE m.{s.key} = ? AND {_COUNTED} GROUP BY SUBSTR(r.reported_on, 1, 7) ORDER BY 1"""
    for s in SUBJECTS.values()
}
_MENTIONED = {
    s.kind: f"""
SELECT m.report_id, k.{s.key}, k.{"name" if s.kind == "company" else "display"}, k.verdict, k.report_count
FROM {s.link} m JOIN {s.table} k ON k.{s.key} = m.{s.key} JOIN reports r ON r.report_id = m.report_id
WHERE {_COUNTED} AND m.report_id IN ({{marks}})"""
    for s in SUBJECTS.values()
}
_CAMPAIGNS = "SELECT DISTINCT campaign FROM reports WHERE campaign IS NOT NULL AND report_id IN ({marks}) LIMIT 5"
_OF_CAMPAIGN = f"""
SELECT report_id FROM reports WHERE campaign = ? AND status = 'accepted' ORDER BY report_id DESC LIMIT {FOLLOWED}"""
_NAMES = "SELECT DISTINCT company FROM report_companies WHERE role = 'claimed' AND report_id IN ({marks}) LIMIT 5"
_OF_NAME = f"""
SELECT report_id FROM report_companies WHERE company = ? AND role = 'claimed' ORDER BY report_id DESC LIMIT {FOLLOWED}"""
_CAMPAIGN_MONTHS = """
SELECT SUBSTR(reported_on, 1, 7), SUM(weight) FROM reports WHERE campaign = ? AND status = 'accepted'
GROUP BY SUBSTR(reported_on, 1, 7) ORDER BY 1"""


class Related(NamedTuple):
    """Another subject. ``via`` is the closest tie: ``report``, ``campaign`` or ``name`` (claimed by both)."""

    kind: str
    key: str
    display: str
    verdict: str
    report_count: int
    via: str


class Surroundings(NamedTuple):
    """``months`` are (``YYYY-MM``, ``YYYY`` or empty, reports), oldest first."""

    months: tuple[tuple[str, int], ...] = ()
    campaigns: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()


class Campaign(NamedTuple):
    campaign: str
    category: str
    sample: str
    report_count: int
    first_reported_on: str
    last_reported_on: str


def place(db: Database, kind: str, key: str) -> tuple[str, int]:
    """The key that a subject is stored under (a company's other names lead to one), and its number of reports."""
    if kind == "company" and (row := db.one("SELECT company FROM company_aliases WHERE alias = ?", (key,))):
        key = str(row[0])
    subject = SUBJECTS[kind]
    row = db.one(f"SELECT report_count FROM {subject.table} WHERE {subject.key} = ?", (key,))
    return key, int(row[0]) if row else 0


def surroundings(db: Database, kind: str, key: str) -> Surroundings:
    """Of one subject (``kind`` of ``subjects.SUBJECTS``). Raises StorageError."""
    mine = [row[0] for row in db.all(_MINE[kind], (key,))]
    if not mine:
        return Surroundings()
    campaigns = _of(db, _CAMPAIGNS, mine)
    names = [key] if kind == "company" else _of(db, _NAMES, mine)
    ties = dict.fromkeys((row[0] for name in names for row in db.all(_OF_NAME, (name,))), "name")
    ties |= dict.fromkeys((row[0] for name in campaigns for row in db.all(_OF_CAMPAIGN, (name,))), "campaign")
    ties |= dict.fromkeys(mine, "report")
    months = tuple((str(month), int(count)) for month, count in db.all(_MONTHS[kind], (key,)))
    return Surroundings(months, tuple(campaigns), tuple(_mentioned(db, ties, (kind, key))))


def campaign(db: Database, name: str) -> tuple[Campaign, Surroundings] | None:
    """A campaign and what its reports mention; None where there is none of the name. Raises StorageError."""
    row = db.one(f"SELECT {', '.join(Campaign._fields)} FROM campaigns WHERE campaign = ?", (name,))
    if row is None:
        return None
    reports = [found[0] for found in db.all(_OF_CAMPAIGN, (name,))]
    months = tuple((str(month), int(count)) for month, count in db.all(_CAMPAIGN_MONTHS, (name,)))
    related = tuple(_mentioned(db, dict.fromkeys(reports, "campaign"), ("campaign", name)))
    return Campaign(*row), Surroundings(months, related=related)


def _of(db: Database, sql: str, reports: list[str]) -> list[str]:
    return [row[0] for row in db.all(sql.format(marks=_marks(reports)), reports)]


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)


_NEAREST = ("report", "campaign", "name")


def _mentioned(db: Database, ties: dict[str, str], self_: tuple[str, str]) -> Iterable[Related]:
    """The subjects of these reports, the closest tie and the most reported first, ``SHOWN`` of each kind."""
    if not ties:
        return
    reports = list(ties)
    for kind in SUBJECTS:
        found: dict[str, Related] = {}
        for report, key, display, verdict, count in db.all(_MENTIONED[kind].format(marks=_marks(reports)), reports):
            one = Related(kind, key, display, verdict, count, ties[report])
            if (kind, key) != self_ and (key not in found or _rank(one) < _rank(found[key])):
                found[key] = one
        yield from sorted(found.values(), key=_rank)[:SHOWN]


def _rank(one: Related) -> tuple[int, int, str]:
    return _NEAREST.index(one.via), -one.report_count, one.key
