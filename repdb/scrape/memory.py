"""What the database remembers of earlier runs: pages read, cursors, and how each source fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from repdb import store
from repdb.clock import in_japan
from repdb.contracts import Scraper
from repdb.db import Database, Row

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
    success; ``rows`` are the reports stored for the source now, ``pending`` those of them that wait for review.
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
    pending: int
    message: str

    @property
    def silent_since(self) -> str:
        """The day since which nothing has come from the source, ISO; empty while it fares well."""
        return in_japan({"failing": self.failed_since, "overdue": self.last_success}.get(self.state, ""))[:10]


def overview(db: Database | None, scrapers: list[Scraper], today: date) -> list[Overview]:
    """One row per scraper. ``rows`` counts the reports of its source and of the sites that it stands for.

    Without a database no source has ever run.
    """
    counted = db.all("SELECT source, status, COUNT(*) FROM reports GROUP BY source, status") if db else []
    return [_overview(db, scraper, counted, today) for scraper in scrapers]


def _overview(db: Database | None, scraper: Scraper, counted: list[Row], today: date) -> Overview:
    spec = scraper.spec
    signature = f"scrape:{spec.name}"
    runs = "FROM runs WHERE signature = ?"
    last, started, message, success, failed = "", "", "", "", ""
    if db and (
        row := db.one(f"SELECT state, started_at, message {runs} ORDER BY started_at DESC, run DESC", (signature,))
    ):
        last, started, message = row
        (success,) = db.one(f"SELECT COALESCE(MAX(started_at), '') {runs} AND state = 'done'", (signature,)) or ("",)
        since = f"SELECT COALESCE(MIN(started_at), '') {runs} AND state = 'failed' AND started_at > ?"
        (failed,) = db.one(since, (signature, success)) or ("",)
    ours = [row for row in counted if row[0] == spec.name or row[0].startswith(f"{spec.name}-")]
    return Overview(
        name=scraper.name,
        source=spec.name,
        title=spec.title.ja,
        title_en=spec.title.en,
        licence=spec.licence,
        redistributable=spec.redistributable,
        cadence=spec.cadence,
        state=_state(last, success, spec.cadence, today),
        last_run=started,
        last_success=success,
        failed_since=failed,
        rows=sum(count for _, _, count in ours),
        pending=sum(count for _, status, count in ours if status == "pending"),
        message=message if last == "failed" else "",
    )


def _state(last: str, success: str, cadence: str, today: date) -> str:
    if last in ("", "failed", "running"):
        return {"": "never", "failed": "failing", "running": "running"}[last]
    limit = _CADENCE.get(cadence)
    late = limit and success and date.fromisoformat(success[:10]) + _PATIENCE * limit < today
    return "overdue" if late else "ok" if last == "done" else last
