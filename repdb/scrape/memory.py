"""What the database remembers of earlier runs: pages read, cursors, and how each source fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from repdb import store
from repdb.contracts import Scraper
from repdb.db import Database

# After so many times its cadence without success a source is overdue.
_CADENCE = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=31)}
_PATIENCE = 3


class Seen(NamedTuple):
    """A page as it was last stored. ``reader`` names the state of the scraper that read it."""

    sha256: str
    reader: str
    rows: int
    rejected: int


class Memory:
    """The pages and cursors of one source, in the table ``meta``. Nothing is remembered before ``save``."""

    def __init__(self, db: Database | None, source: str) -> None:
        self._prefix = f"scrape:{source}:"
        found = db.all("SELECT key, value FROM meta WHERE key LIKE ?", (f"{self._prefix}%",)) if db else []
        values = {key.removeprefix(self._prefix): value for key, value in found if key.startswith(self._prefix)}
        self.pages = {key[5:]: _seen(value) for key, value in values.items() if key.startswith("page:")}
        self.cursor = {key[7:]: value for key, value in values.items() if key.startswith("cursor:")}

    def save(self, db: Database, pages: dict[str, Seen], cursor: dict[str, str]) -> None:
        """Inside the caller's transaction. Pages that are not asked for any more keep their entry."""
        told = {f"page:{url}": " ".join(map(str, seen)) for url, seen in pages.items()}
        told |= {f"cursor:{name}": value for name, value in cursor.items()}
        rows = [{"key": self._prefix + key, "value": value} for key, value in told.items()]
        store.save_rows(db, "meta", ("key",), rows)


def _seen(value: str) -> Seen:
    sha256, reader, rows, rejected = value.split(" ")
    return Seen(sha256, reader, int(rows), int(rejected))


@dataclass(frozen=True, slots=True)
class Overview:
    """How one source fares. ``state``: ``never``, ``ok``, ``failing``, ``overdue``, ``running`` or ``interrupted``.

    ``last_run`` and ``last_success`` are ISO times or empty; ``failed_since`` is the first failure after the last
    success; ``rows`` are those stored for the source now.
    """

    name: str
    source: str
    title: str
    title_en: str
    licence: str
    redistributable: bool
    cadence: str
    state: str
    last_run: str
    last_success: str
    failed_since: str
    rows: int
    message: str


def overview(db: Database | None, scrapers: list[Scraper], today: date) -> list[Overview]:
    """One row per scraper. ``rows`` counts the reports of its source and of the sites that it stands for.

    Without a database no source has ever run.
    """
    counts: dict[str, int] = dict(db.all("SELECT source, COUNT(*) FROM reports GROUP BY source") if db else ())
    return [_overview(db, scraper, counts, today) for scraper in scrapers]


def _overview(db: Database | None, scraper: Scraper, counts: dict[str, int], today: date) -> Overview:
    spec = scraper.spec
    latest = (
        "SELECT state, started_at, message FROM runs WHERE signature = ? ORDER BY started_at DESC, run DESC LIMIT 100"
    )
    runs = db.all(latest, (f"scrape:{spec.name}",)) if db else []
    success = next((started for state, started, _ in runs if state == "done"), "")
    failures = [started for state, started, _ in runs if state == "failed" and started > success]
    return Overview(
        name=scraper.name,
        source=spec.name,
        title=spec.title.ja,
        title_en=spec.title.en,
        licence=spec.licence,
        redistributable=spec.redistributable,
        cadence=spec.cadence,
        state=_state(runs[0][0] if runs else "", success, spec.cadence, today),
        last_run=runs[0][1] if runs else "",
        last_success=success,
        failed_since=min(failures, default=""),
        rows=sum(n for source, n in counts.items() if source == spec.name or source.startswith(f"{spec.name}-")),
        message=runs[0][2] if runs and runs[0][0] == "failed" else "",
    )


def _state(last: str, success: str, cadence: str, today: date) -> str:
    if last in ("", "failed", "running"):
        return {"": "never", "failed": "failing", "running": "running"}[last]
    limit = _CADENCE.get(cadence)
    late = limit and success and date.fromisoformat(success[:10]) + _PATIENCE * limit < today
    return "overdue" if late else "ok" if last == "done" else last
