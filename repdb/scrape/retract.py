"""What a source has taken back, and what it says again (floor 3). What a person decided stays decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from repdb import audit_log, store
from repdb.db import Database


def says_no_more(db: Database, source: str, given: Collection[str], as_of: date) -> int:
    """Withdraw the reports of a source that its whole list, read just now, no longer has. Returns how many."""
    rows = db.all("SELECT report_id FROM reports WHERE source = ? AND status IN ('accepted', 'pending')", (source,))
    gone = sorted({str(report_id) for (report_id,) in rows}.difference(given))
    store.set_status(db, gone, "withdrawn", as_of)
    return len(gone)


def says_again(db: Database, source: str, given: Collection[str], status: str, as_of: date) -> None:
    """Let reports count again that the source itself had taken back, and not a moderator or whoever reported them."""
    rows = db.all("SELECT report_id FROM reports WHERE source = ? AND status = 'withdrawn'", (source,))
    back = sorted({str(report_id) for (report_id,) in rows}.intersection(given))
    store.set_status(db, [one for one in back if not audit_log.entries(db, 1, one)], status, as_of)
