"""What waits for a moderator: reports with what their decision needs to know, and the disputes of owners (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from repdb.db import Database
from repdb.records import Text
from repdb.review import WAITING, refuse
from repdb.subjects import SUBJECTS


class Mentioned(NamedTuple):
    """A subject that a report names, with what is known of it today, waiting reports not counted."""

    kind: str
    key: str
    display: str
    role: str
    verdict: str
    report_count: int
    source_count: int
    waiting: int
    official: str


@dataclass(slots=True)
class Item:
    """A report in the queue. ``warnings`` are codes of ``WARNINGS``."""

    report_id: str
    source: str
    reported_on: str
    category: str
    stance: str
    title: str
    note: str
    message: str
    url: str
    reporter: str
    status: str
    mentions: tuple[Mentioned, ...] = ()
    same_reporter: int = 0
    warnings: tuple[str, ...] = field(default_factory=tuple)


WARNINGS: dict[str, Text] = {
    "official": Text("公式の連絡先を名指ししています", "names an official contact"),
    "private_mobile": Text("個人の携帯番号かもしれません", "may be a private person's mobile"),
    "many": Text("同じ人から多数の報告があります", "many reports by the same person"),
    "shared": Text("多くの人が使う共用のドメインです", "a domain that many people share"),
    "contradicts": Text("問題ないという報告もあります", "others say that it is harmless"),
}
MANY = 5  # reports by one person


class Dispute(NamedTuple):
    """An owner's objection. ``contact`` never leaves the working database."""

    dispute: str
    kind: str
    key: str
    opened_on: str
    status: str
    statement: str
    contact: str
    verified_on: str
    closed_on: str


def waiting(db: Database) -> dict[str, int]:
    """How many reports are pending and how many disputes open."""
    pending = db.one(f"SELECT COUNT(*) FROM reports WHERE {WAITING}")
    opened = db.one("SELECT COUNT(*) FROM disputes WHERE status = 'open'")
    return {"reports": int(pending[0]) if pending else 0, "disputes": int(opened[0]) if opened else 0}


_REPORTS = (
    "SELECT report_id, source, reported_on, category, stance, title, note, message, url, reporter, status FROM reports"
)


def reports(db: Database, limit: int = 50, after: str = "") -> list[Item]:
    """Reports that wait by id (the day comes first), behind the id ``after``. Raises StorageError."""
    rows = db.all(f"{_REPORTS} WHERE {WAITING} AND report_id > ? ORDER BY report_id LIMIT ?", (after, limit))
    return [_described(db, Item(*row)) for row in rows]


def report(db: Database, report_id: str) -> Item:
    """One report with what a moderator needs to see. Raises Unreadable ``no_such_report``."""
    row = db.one(f"{_REPORTS} WHERE report_id = ?", (report_id,))
    if row is None:
        raise refuse("no_such_report", report_id)
    return _described(db, Item(*row))


_MENTIONED = {
    s.kind: f"""
SELECT '{s.kind}', k.{s.key}, k.{"name" if s.kind == "company" else "display"}, m.role, k.verdict, k.report_count, k.source_count,
 (SELECT COUNT(*) FROM {s.link} o JOIN reports p ON p.report_id = o.report_id
  WHERE o.{s.key} = m.{s.key} AND p.status = 'pending'),
 COALESCE((SELECT MIN(c.name) FROM official_channels f JOIN companies c ON c.company = f.company
  WHERE f.key = k.{s.key} AND f.kind = {"k.kind" if s.kind == "phone" else f"'{s.kind}'"}), ''), k.benign_count,
 {"CASE k.line_type WHEN 'mobile' THEN 'mobile' ELSE '' END" if s.kind == "phone" else "CASE k.shared WHEN 1 THEN 'shared' ELSE '' END" if s.kind == "domain" else "''"}
FROM {s.link} m JOIN {s.table} k ON k.{s.key} = m.{s.key} WHERE m.report_id = ?"""
    for s in SUBJECTS.values()
}


def _described(db: Database, found: Item) -> Item:
    rows = [row for sql in _MENTIONED.values() for row in db.all(sql, (found.report_id,))]
    found.mentions = tuple(Mentioned(*row[:9]) for row in rows)
    if found.reporter:
        count = db.one(f"SELECT COUNT(*) FROM reports WHERE {WAITING} AND reporter = ?", (found.reporter,))
        found.same_reporter = int(count[0]) if count else 0
    signs = {
        "official": any(row[8] for row in rows),
        "private_mobile": any(row[10] == "mobile" and row[6] < 2 for row in rows),
        "shared": any(row[10] == "shared" for row in rows),
        "contradicts": found.stance == "adverse" and any(row[9] for row in rows),
        "many": found.same_reporter >= MANY,
    }
    found.warnings = tuple(code for code, there in signs.items() if there)
    return found


def disputes(db: Database, status: str = "open", limit: int = 100) -> list[Dispute]:
    """Disputes in this state, oldest first."""
    columns = ", ".join(Dispute._fields)
    rows = db.all(
        f"SELECT {columns} FROM disputes WHERE status = ? ORDER BY opened_on, dispute LIMIT ?", (status, limit)
    )
    return [Dispute(*row) for row in rows]
