"""Records → the database: first all are read and checked, then all are stored, in one transaction of the caller's.

In between they wait in a temporary file, so that memory is flat and nobody has to wait for the database while a
scraper reads.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Self

from repdb import company, domain, ingest, page_address, phone, sender, store
from repdb.admission import Admission
from repdb.contracts import Cursor, Page, Record, SourceSpec, Withdrawn
from repdb.db import Database
from repdb.filing import Described, Filed, file, identity
from repdb.intake import Intake
from repdb.records import Company, Identifier, NumberBlock, OfficialChannel, Reject, Report, Source, Unreadable
from repdb.scrape import register, retract

_READERS: dict[str, Callable[[str], Identifier]] = {
    "phone": phone.read,
    "domain": domain.read,
    "sender_id": sender.read,
}
BATCH = 10_000  # reports and rejects in memory
Batch = tuple[list[Source], Filed, list[Reject]]


class Sink:
    """Takes the records of one source and reads them; ``store`` puts them into the database.

    Without a database it only counts. A context manager: leaving it forgets what was taken.
    """

    def __init__(self, db: Database | None, spec: SourceSpec, today: date, summary: ingest.Summary) -> None:
        self._db, self._today, self.summary = db, today, summary
        self._status = status = "pending" if spec.review else "accepted"
        self._public = {spec.name} if spec.kind in page_address.PUBLIC else set()
        self._intake = Intake(
            {"source": spec.name, "status": status}, today.isoformat(), admission=Admission(self._public)
        )
        self._sources = [spec.as_source()]
        self._reports: list[Described] = []
        self._rejects: list[Reject] = []
        self._blocks: list[NumberBlock] = []
        self._companies: list[Company] = []
        self._channels: list[OfficialChannel] = []
        self._withdrawn: list[str] = []
        self._spec = spec
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__; ours alone, nameless
        self._batches = 0
        self.cursor: dict[str, str] = {}
        self.retired = 0  # companies that were licensed before, and are not on this list

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def take(self, page: Page, record: Record) -> None:
        try:
            self._take(record)
        except Unreadable as error:
            shown = record if isinstance(record, dict) else repr(record)
            self._reject(page.reject(self.summary.read + 1, error.code, error.text.en, str(shown)))
        if len(self._reports) + len(self._rejects) >= BATCH:
            self._put_aside()

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
                if record.kind in page_address.PUBLIC:
                    self._public.add(record.source)
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
                self._withdrawn.append(identity(gone)[0])
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

    def _put_aside(self) -> None:
        batch: Batch = (self._sources, file(self._reports, self._today), self._rejects)
        if self._db:
            pickle.dump(batch, self._spool, pickle.HIGHEST_PROTOCOL)
            self._batches += 1
        self._sources, self._reports, self._rejects = [], [], []

    def _taken(self) -> Iterator[Batch]:
        self._put_aside()
        self._spool.seek(0)
        for _ in range(self._batches):
            yield pickle.load(self._spool)

    def _store_reports(self, db: Database) -> set[str]:
        """Store the reports with their sources, and the rejects. Returns the reports' ids, if they are one whole list."""
        given: set[str] = set()
        for sources, reports, rejects in self._taken():
            store.save_sources(db, sources)
            ids = [row[0] for row in reports.reports]
            retract.says_again(db, self._spec.name, ids, self._status, self._today)
            given |= {*ids} if self._spec.whole else set()
            saved = store.save_filed(db, reports, self._today)
            self.summary.stored += saved.stored
            self.summary.duplicates += saved.duplicates
            self.summary.changed += saved.changed
            store.save_rejects(db, self.summary.run, rejects)
        return given

    def store(self, *, whole: bool, complete: bool = False) -> None:
        """Store all that was taken: reports, rejects, reference rows, and what the source took back.

        Number blocks replace the list that is there, so they are stored only when they are the ``whole`` of theirs; and only
        the whole of a register tells who is no longer on it. ``complete``: every page of the source was read just now, so
        of a list that is one whole, reports that are not on it are no longer said.
        """
        db = self._db
        if db is None:
            return
        given = self._store_reports(db)
        if complete and given:
            self.summary.stored += retract.says_no_more(db, self._spec.name, given, self._today)
        blocks = self._blocks if whole else []
        companies = [register.with_old(db, row) for row in self._companies]
        again = sum(register.known(db, rows) for rows in (blocks, companies, self._channels))
        if whole and self._spec.whole and len(companies) >= self._spec.rows[0]:
            day = max(row.checked_on for row in companies)
            self.retired = register.retire(db, self._spec.name, day, companies, self._channels)
        if blocks:
            store.save_number_blocks(db, blocks)
        if companies:
            store.save_companies(db, companies, company.fold)
        if self._channels:
            store.save_official_channels(db, self._channels)
        if self._channels or self.retired:
            store.recount(db, self._today)
        if self._withdrawn:
            known = [one for one in self._withdrawn if db.one("SELECT 1 FROM reports WHERE report_id = ?", (one,))]
            store.set_status(db, known, "withdrawn", self._today)
        self.summary.stored += len(blocks) + len(companies) + len(self._channels) + len(self._withdrawn) - again
        self.summary.duplicates += again
