"""Receipts: a contributor follows a report or dispute by a code and takes it back, without being known (floor 3)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import NamedTuple

from repdb import audit_log, clock, review
from repdb.db import Database
from repdb.records import Text, Unreadable

_BAD_RECEIPT = Text(
    "受付番号が違います。報告のときに一度だけ表示された番号を、そのまま入力してください。",
    "There is no such receipt. Enter it as it was shown, once, when the report was taken.",
)
_NOT_WITHDRAWABLE = Text("この状態からは取り下げられません。", "It cannot be withdrawn in this state.")


class Receipt(NamedTuple):
    """What a contributor takes home. ``state``: ``pending``, or ``duplicate`` when the same was reported already."""

    code: str
    kind: str
    subject: str
    state: str


class Followed(NamedTuple):
    """What has become of a report or dispute. ``reason`` is a code of ``review.REASONS``."""

    kind: str
    subject: str
    status: str
    created_on: str
    decided_on: str
    reason: str
    withdrawable: bool


_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is read two ways


def new_code() -> str:
    """Sixteen signs, 80 random bits, in groups of four to be read aloud."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def _hashed(code: str) -> str:
    signs = "".join(c for c in code.upper()[:40] if c in _ALPHABET)
    return hashlib.sha256(signs.encode()).hexdigest()[:32]


def give(db: Database, kind: str, subject: str, today: date) -> str:
    """A new receipt for a report or dispute, kept as a hash. Returns the code, which is shown this once."""
    code = new_code()
    db.execute("INSERT INTO receipts VALUES (?, ?, ?, ?)", (_hashed(code), kind, subject, today.isoformat()))
    return code


def repeat(db: Database, report_id: str, today: date) -> Receipt:
    """A receipt for a report that was there already. Many people share an address, so it only follows the report
    (``COPY``); but one that was taken back waits again, and belongs to whoever repeats it.
    """
    with db.transaction():  # of all of it: killed between, the old receipt would withdraw what is another's now
        row = db.one("SELECT status FROM reports WHERE report_id = ?", (report_id,))
        last = audit_log.entries(db, 1, report_id)
        reopens = row == ("withdrawn",) and bool(last) and last[0].actor == "reporter"
        if reopens:
            review.decide(db, [report_id], "reopen", "reporter", today)
            db.execute("UPDATE receipts SET kind = ? WHERE subject = ? AND kind = 'report'", (COPY, report_id))
        code = give(db, "report" if reopens else COPY, report_id, today)
    return Receipt(code, "report", report_id, "pending" if reopens else "duplicate")


COPY = "copy"  # of a report that somebody else has the receipt of, for all we know
_TABLE = {"report": ("reports", "report_id"), "dispute": ("disputes", "dispute")}
_WITHDRAWABLE = {"report": ("pending", "accepted"), "dispute": ("open", "verified")}


def follow(db: Database, code: str) -> Followed:
    """What has become of what this receipt was given for. Raises Unreadable ``bad_receipt``."""
    row = db.one("SELECT kind, subject, created_on FROM receipts WHERE receipt = ?", (_hashed(code),))
    if row is None:
        raise Unreadable("bad_receipt", _BAD_RECEIPT)
    kind, subject, created_on = map(str, row)
    own, kind = kind != COPY, "report" if kind == COPY else kind
    table, key = _TABLE[kind]
    state = db.one(f"SELECT status FROM {table} WHERE {key} = ?", (subject,))
    status = str(state[0]) if state else "withdrawn"
    last = audit_log.entries(db, 1, subject)
    decided_on, reason = (clock.in_japan(last[0].at)[:10], last[0].reason) if last else ("", "")
    return Followed(kind, subject, status, created_on, decided_on, reason, own and status in _WITHDRAWABLE[kind])


def withdraw(db: Database, code: str, as_of: date) -> Followed:
    """Take back what was reported or objected; an accepted report leaves with the next publishing.

    Raises Unreadable (``bad_receipt``, ``not_withdrawable``).
    """
    found = follow(db, code)
    if found.status == "withdrawn":
        return found
    if not found.withdrawable:
        raise Unreadable("not_withdrawable", _NOT_WITHDRAWABLE)
    if found.kind == "report":
        review.decide(db, [found.subject], "withdraw", "reporter", as_of, "reporter")
    else:
        review.decide_dispute(db, found.subject, "close", "reporter", as_of, "reporter")
    return follow(db, code)
