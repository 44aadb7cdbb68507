"""The figures of a database: how much is in it, what kind, where it came from, how the last runs went (floor 3)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from repdb.db import Database
from repdb.migrate import schema_version, tables
from repdb.subjects import SUBJECTS

LAST_RUNS = 10


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest or scrape. ``state`` is ``running``, ``done``, ``failed``, ``interrupted`` …; times are ISO 8601."""

    run: str
    command: str
    input: str
    started_at: str
    finished_at: str
    state: str
    rows_read: int
    rows_stored: int
    rows_duplicate: int
    rows_rejected: int
    message: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of rows. Except for ``reports_by_status``, reports are the accepted ones, whatever their stance.

    ``verdicts`` are as of the day each subject was last counted. ``reports_by_month`` leaves out reports without a
    month; ``first_reported_on`` and ``last_reported_on`` are empty when nothing is dated.
    """

    schema_version: int
    rows: dict[str, int]
    reports_by_status: dict[str, int]
    reports_by_category: dict[str, int]
    reports_by_source: dict[str, int]
    reports_by_month: dict[str, int]
    first_reported_on: str
    last_reported_on: str
    verdicts: dict[str, dict[str, int]]
    rejects_by_code: dict[str, int]
    runs: tuple[Run, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figures(db: Database) -> Figures:
    """The figures of an open database. Raises StorageError."""
    accepted = "FROM reports WHERE status = 'accepted'"
    first, last = db.one(f"SELECT MIN(NULLIF(reported_on, '')), MAX(reported_on) {accepted}") or (None, None)
    return Figures(
        schema_version=schema_version(db),
        rows={table: _number(db, f"SELECT COUNT(*) FROM {table}") for table in sorted(tables(db))},
        reports_by_status=_counts(db, "SELECT status, COUNT(*) FROM reports GROUP BY status"),
        reports_by_category=_counts(db, f"SELECT category, COUNT(*) {accepted} GROUP BY category"),
        reports_by_source=_counts(db, f"SELECT source, COUNT(*) {accepted} GROUP BY source"),
        reports_by_month=dict(
            sorted(
                _counts(
                    db,
                    f"SELECT SUBSTR(reported_on, 1, 7), COUNT(*) {accepted} AND LENGTH(reported_on) >= 7"
                    " GROUP BY SUBSTR(reported_on, 1, 7)",
                ).items()
            )
        ),
        first_reported_on=first or "",
        last_reported_on=last or "",
        verdicts={
            subject.kind: _counts(db, f"SELECT verdict, COUNT(*) FROM {subject.table} GROUP BY verdict")
            for subject in SUBJECTS.values()
        },
        rejects_by_code=_counts(db, "SELECT code, COUNT(*) FROM rejects GROUP BY code"),
        runs=last_runs(db),
    )


def last_runs(db: Database, limit: int = LAST_RUNS) -> tuple[Run, ...]:
    """The last runs, newest first."""
    columns = ", ".join(Run.__slots__)
    rows = db.all(f"SELECT {columns} FROM runs ORDER BY started_at DESC, run DESC LIMIT ?", (limit,))
    return tuple(Run(*row) for row in rows)


def _number(db: Database, sql: str) -> int:
    row = db.one(sql)
    return int(row[0]) if row else 0


def _counts(db: Database, sql: str) -> dict[str, int]:
    """What → how many, the most frequent first."""
    rows = [(str(what), int(count)) for what, count in db.all(sql)]
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))
