"""Records → the database, inside one transaction of the caller's: what is not complete is rolled back as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date

from repdb import company, domain, ingest, phone, sender, store
from repdb.contracts import Cursor, Page, Record, SourceSpec, Withdrawn
from repdb.db import Database
from repdb.intake import Intake
from repdb.records import Company, Identifier, NumberBlock, OfficialChannel, Reject, Report, Source, Unreadable
from repdb.store import Described

_READERS: dict[str, Callable[[str], Identifier]] = {
    "phone": phone.read,
    "domain": domain.read,
    "sender_id": sender.read,
}


class Sink:
    """Counts, reads and stores the records of one source; without a database it only counts and reads."""

    def __init__(self, db: Database | None, spec: SourceSpec, today: date, summary: ingest.Summary) -> None:
        self._db, self._today, self.summary = db, today, summary
        status = "pending" if spec.review else "accepted"
        self._intake = Intake({"source": spec.name, "status": status}, today.isoformat())
        self._sources = [spec.as_source()]
        self._reports: list[Described] = []
        self._rejects: list[Reject] = []
        self._blocks: list[NumberBlock] = []
        self._companies: list[Company] = []
        self._channels: list[OfficialChannel] = []
        self._withdrawn: list[str] = []
        self._spec = spec
        self.cursor: dict[str, str] = {}

    def take(self, page: Page, record: Record) -> None:
        try:
            self._take(record)
        except Unreadable as error:
            shown = record if isinstance(record, dict) else repr(record)
            self._reject(page.reject(self.summary.read + 1, error.code, error.text.en, str(shown)))
        if len(self._reports) + len(self._rejects) >= ingest.BATCH:
            self.flush()

    def _take(self, record: Record) -> None:
        match record:
            case Reject():
                self._reject(record)
                return
            case Cursor(name, value):
                self.cursor[name] = value
                return
            case Source():
                self._sources.append(record)
                return
            case NumberBlock():
                self._blocks.append(record)
            case Company():
                self._companies.append(replace(record, company=company.fold(record.company)))
            case OfficialChannel():
                key = _READERS[record.kind](record.key).key
                self._channels.append(replace(record, key=key, company=company.fold(record.company)))
            case Withdrawn(ref):
                gone = Described(Report(self._spec.name, (), ref=ref), (), "")
                self._withdrawn.append(store.identity(gone)[0])
            case _:
                self._reports.append(self._intake.report(record))
        self.summary.read += 1

    def _reject(self, reject: Reject) -> None:
        self._rejects.append(reject)
        self.summary.read += 1
        self.summary.rejected += 1
        self.summary.reasons[reject.code] = self.summary.reasons.get(reject.code, 0) + 1
        if len(self.summary.examples) < 5:
            self.summary.examples.append(reject)

    def flush(self) -> None:
        """Store the reports and rejects that have come together."""
        if self._db:
            store.save_sources(self._db, self._sources)
            if self._reports:
                saved = store.save_reports(self._db, self._reports, self._today)
                self.summary.stored += saved.stored
                self.summary.duplicates += saved.duplicates
                self.summary.changed += saved.changed
            store.save_rejects(self._db, self.summary.run, self._rejects)
        self._reports, self._rejects, self._sources = [], [], []

    def finish(self, *, whole: bool) -> None:
        """Store the rest: reference rows, and what the source took back. Number blocks replace the list that is there,
        so they are stored only when they are the ``whole`` of theirs.
        """
        self.flush()
        db = self._db
        if db is None:
            return
        if self._blocks and whole:
            store.save_number_blocks(db, self._blocks)
        if self._companies:
            store.save_companies(db, [_with_old(db, row) for row in self._companies], company.fold)
        if self._channels:
            store.save_official_channels(db, self._channels)
            store.recount(db, self._today)
        if self._withdrawn:
            known = [one for one in self._withdrawn if db.one("SELECT 1 FROM reports WHERE report_id = ?", (one,))]
            store.set_status(db, known, "withdrawn", self._today)
        self.summary.stored += len(self._blocks) + len(self._companies) + len(self._channels) + len(self._withdrawn)


def _with_old(db: Database, row: Company) -> Company:
    """A company keeps what is known of it and what the new list does not speak of: its note, its English name."""
    names = [field.name for field in fields(Company) if field.name not in ("company", "aliases")]
    old = db.one(f"SELECT {', '.join(names)} FROM companies WHERE company = ?", (row.company,))
    if old is None:
        return row
    kept = {name: value for name, value in zip(names, old, strict=True) if value and not asdict(row)[name]}
    return replace(row, **kept)
