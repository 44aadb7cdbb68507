"""The published figures: how reports spread over time, kinds, names, lines and carriers (floor 3)."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from repdb.db import Database

NAMES = 15
CARRIERS = 12
FEED = 50

_MONTHS = "SELECT month, SUM(stated_reports) FROM reports_by_month GROUP BY month ORDER BY month"
_CATEGORIES = """
SELECT category, SUM(weight) FROM reports WHERE status = 'accepted' AND stance = 'adverse' GROUP BY category ORDER BY 2 DESC, 1"""
_COMPANIES = f"SELECT company, name, stated_reports FROM reports_by_company ORDER BY 3 DESC, 1 LIMIT {NAMES}"
_LINES = "SELECT line_type, COUNT(*) FROM numbers WHERE report_count > 0 GROUP BY line_type ORDER BY 2 DESC, 1"
_PREFIXES = """
SELECT SUBSTR(number, 4, 6), COUNT(*) FROM numbers WHERE number >= '+81' AND number < '+82' AND report_count > 0
GROUP BY SUBSTR(number, 4, 6)"""
_BLOCKS = "SELECT prefix_from, prefix_to, carrier FROM number_blocks ORDER BY prefix_from"
_SOURCES = """
SELECT f.source, f.title, f.title_en, f.kind, f.licence, f.redistributable, f.stated_reports, f.last_reported_on, s.url, s.terms
FROM source_figures f JOIN sources s ON s.source = f.source ORDER BY f.stated_reports DESC, f.source"""
_NEWEST = f"""
SELECT number, display, first_reported_on, last_reported_on, report_count, source_count FROM numbers
WHERE verdict = 'dangerous' ORDER BY last_reported_on DESC, number LIMIT {FEED}"""


class Overview(NamedTuple):
    """Counts, the largest first, months oldest first. ``companies`` are (key, name, count)."""

    months: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    companies: tuple[tuple[str, str, int], ...]
    lines: tuple[tuple[str, int], ...]
    carriers: tuple[tuple[str, int], ...]


class SourceState(NamedTuple):
    source: str
    title: str
    title_en: str
    kind: str
    licence: str
    redistributable: int
    reports: int
    last_reported_on: str
    url: str
    terms: str


class NewNumber(NamedTuple):
    number: str
    display: str
    first_reported_on: str
    last_reported_on: str
    report_count: int
    source_count: int


def overview(db: Database) -> Overview:
    """All figures of an open database. Raises StorageError."""
    return Overview(
        tuple(db.all(_MONTHS)),
        tuple(db.all(_CATEGORIES)),
        tuple(db.all(_COMPANIES)),
        tuple(db.all(_LINES)),
        _carriers(db),
    )


def _carriers(db: Database) -> tuple[tuple[str, int], ...]:
    """Reported numbers by the carrier that holds their block; what the tables do not cover is left out."""
    blocks = db.all(_BLOCKS)
    starts = [row[0] for row in blocks]
    counts: dict[str, int] = {}
    for national, count in db.all(_PREFIXES):
        prefix = f"0{national}"
        place = bisect_right(starts, prefix) - 1
        if place >= 0 and blocks[place][1][: len(prefix)] >= prefix:
            counts[blocks[place][2]] = counts.get(blocks[place][2], 0) + count
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:CARRIERS])


def sources(db: Database) -> tuple[SourceState, ...]:
    """Every source with what it has contributed. Raises StorageError."""
    return tuple(SourceState(*row) for row in db.all(_SOURCES))


def newest_dangerous(db: Database) -> tuple[NewNumber, ...]:
    """The numbers that are dangerous when the snapshot was made, the latest reported first. Raises StorageError."""
    return tuple(NewNumber(*row) for row in db.all(_NEWEST))


# Kind → table and key: what has a page that is worth finding, once it was reported.
_PAGES = {"phone": ("numbers", "number"), "domain": ("domains", "domain"), "company": ("companies", "company")}
PAGE_KINDS = tuple(_PAGES)


def reported_keys(db: Database, kind: str, limit: int, offset: int) -> list[str]:
    """Keys that have reports, in order. Raises StorageError, KeyError."""
    table, key = _PAGES[kind]
    sql = f"SELECT {key} FROM {table} WHERE report_count > 0 ORDER BY {key} LIMIT ? OFFSET ?"
    return [str(row[0]) for row in db.all(sql, (limit, offset))]


def count_keys(db: Database, kind: str) -> int:
    """How many keys of the kind have reports. Raises StorageError, KeyError."""
    row = db.one(f"SELECT COUNT(*) FROM {_PAGES[kind][0]} WHERE report_count > 0")
    return int(row[0]) if row else 0
