"""The audit log: every decision of a moderator, a line for each report or dispute that it changed (floor 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from repdb.db import Database


class Entry(NamedTuple):
    """One line of the log: who at which time (UTC, ISO 8601) brought which report or dispute from which state to which,
    and why. ``decision`` names all lines of one decision, ``undone_by`` the one that undid it."""

    entry: str
    at: str
    actor: str
    action: str
    kind: str
    subject: str
    before: str
    after: str
    reason: str
    remark: str
    decision: str
    undone_by: str = ""


_COLUMNS = ", ".join(Entry._fields)


def write(db: Database, entries: Iterable[Entry]) -> None:
    """Add lines, inside the transaction that changes the states."""
    places = ", ".join("?" for _ in Entry._fields)
    db.many(f"INSERT INTO audit_log ({_COLUMNS}) VALUES ({places})", entries)


def entries(db: Database, limit: int = 100, subject: str = "") -> list[Entry]:
    """The log, newest first; of one report or dispute where named."""
    where, values = (" WHERE subject = ?", [subject]) if subject else ("", [])
    rows = db.all(f"SELECT {_COLUMNS} FROM audit_log{where} ORDER BY entry DESC LIMIT ?", [*values, limit])
    return [Entry(*row) for row in rows]


def of_decision(db: Database, decision: str) -> list[Entry]:
    """The lines of one decision in the order in which they were written."""
    rows = db.all(f"SELECT {_COLUMNS} FROM audit_log WHERE decision = ? ORDER BY entry", (decision,))
    return [Entry(*row) for row in rows]


def last_decision(db: Database, actor: str) -> str:
    """The name of somebody's last decision that stands; empty where there is none."""
    row = db.one(
        "SELECT decision FROM audit_log WHERE actor = ? AND undone_by = '' AND action <> 'undo'"
        " ORDER BY entry DESC LIMIT 1",
        (actor,),
    )
    return str(row[0]) if row else ""


def mark_undone(db: Database, decision: str, undone_by: str) -> None:
    db.execute("UPDATE audit_log SET undone_by = ? WHERE decision = ?", (undone_by, decision))
