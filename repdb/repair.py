"""Putting right what ``doctor`` finds, after a backup (floor 3).

No statement is deleted: what a row points to in vain is put back under its own key, and every count is taken again
from the reports.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from repdb import phone, store
from repdb.db import Database, is_postgres, open_database
from repdb.doctor import VOCABULARIES, Problem, examine
from repdb.migrate import migrate, refuse_snapshot
from repdb.records import RepdbError, Text
from repdb.running import at_work, unfinished
from repdb.shape import expected_shape, shape_of

# How a row that others point to is put back when all that is left of it is its key.
_RESTORED: dict[str, tuple[str, str]] = {
    "sources": ("source, title, kind", "{key}, {key}, 'partner'"),
    "runs": ("run, command, input, signature, started_at, state", "{key}, '', '', '', '', 'lost'"),
    "companies": ("company, name", "{key}, {key}"),
    "numbers": (
        "number, kind, display",
        "{key}, CASE WHEN {key} LIKE 'jp:%' THEN 'short_number' ELSE 'phone' END, {key}",
    ),
    "masked_numbers": (
        "masked_number, display, hidden",
        "{key}, {key}, LENGTH({key}) - LENGTH(REPLACE({key}, '*', ''))",
    ),
    # Whether a host is shared is not in its key: until it is known, it accuses nobody.
    "domains": ("domain, display, shared", "{key}, {key}, 1"),
    "sender_ids": ("sender_id, display", "{key}, {key}"),
}
# What stands for a word that nobody knows, where it says least. Of a report whose stance, status or role is unknown nobody
# can tell whether it accuses: it waits for review.
_UNKNOWN = {"category": "other", "stance": "adverse", "role": "reported"}
_UNKNOWN_STATUS = {"reports": "pending", "companies": "unverified"}
_REFUSED = Text(
    "PostgreSQL の控えは repdb では作れません。pg_dump で控えを取ってから --force を付けて実行してください。",
    "repdb cannot back up PostgreSQL. Make a backup with pg_dump, then run this again with --force.",
)


class Repaired(NamedTuple):
    """What a repair did. ``backup`` is the file it made first, empty if it made none; ``left`` is wrong still."""

    backup: str
    actions: tuple[Text, ...]
    left: tuple[Problem, ...]


def repair(target: str, as_of: date, now: datetime | None = None, *, force: bool = False) -> Repaired:
    """Put right what ``examine`` finds, after a backup; a sound database is left untouched, without a backup.

    Raises RepdbError ``backup_first`` for PostgreSQL without ``force``, StorageError when the database cannot be
    opened, backed up or written.
    """
    with open_database(target, write=True) as db:
        problems = examine(refuse_snapshot(db), as_of)
        todo = {problem.code for problem in problems if problem.repairable}
        closed = _close_lost(db, now or datetime.now(UTC)) if "run_lost" in todo else []
        if not todo - {"run_lost"}:
            left = [problem for problem in problems if problem.code != "run_lost"]
            return Repaired("", tuple(closed), tuple(left))
        if is_postgres(target) and not force:
            raise RepdbError("backup_first", _REFUSED)
        backup = "" if is_postgres(target) else back_up(db, now or datetime.now(UTC))
        actions = closed
        actions += [Text(f"控えを {backup} に作りました。", f"Made a backup: {backup}")] if backup else []
        actions += _mend(db, todo, as_of, now or datetime.now(UTC))
        return Repaired(backup, tuple(actions), tuple(examine(db, as_of)))


def back_up(db: Database, now: datetime) -> str:
    """Copy a SQLite database beside itself, as of now, whatever state it is in; returns the copy's name."""
    stem = f"{db.target}.backup-{now:%Y%m%dT%H%M%SZ}"
    name = next(n for n in (stem, *(f"{stem}-{i}" for i in range(2, 1000))) if not os.path.exists(n))
    try:
        with contextlib.closing(sqlite3.connect(name)) as copy:
            db.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whoever reads it
    except sqlite3.Error as error:
        for left in (name, f"{name}-wal", f"{name}-shm", f"{name}-journal"):
            with contextlib.suppress(OSError):
                os.remove(left)
        raise db.translate(error) from error
    return name


def _mend(db: Database, todo: set[str], as_of: date, now: datetime) -> list[Text]:
    actions: list[Text] = []
    if "index_damaged" in todo:
        db.execute("REINDEX")
        actions.append(Text("索引を作り直しました。", "Rebuilt the indexes."))
        todo = todo | {problem.code for problem in examine(db, as_of) if problem.repairable}
    if todo & {"schema_older", "view_missing"}:
        migrate(db, now.isoformat(timespec="seconds"))
        actions.append(Text("スキーマとビューを最新にしました。", "Brought the schema and its views up to date."))
    with db.transaction():
        for name, sql in expected_shape().indexes.items():
            if name not in shape_of(db).indexes:
                db.execute(sql)
                actions.append(Text(f"索引 {name} を作りました。", f"Made index {name}."))
        actions += _reconnect(db)
        _describe_numbers(db)
        actions += _known_words(db)
        store.recount(db, as_of)
    return [*actions, Text("すべての集計を報告から数え直しました。", "Counted everything again from the reports.")]


def _close_lost(db: Database, now: datetime) -> list[Text]:
    """Note runs that nobody can continue as interrupted: a line of the log, for which no backup is needed."""
    closing = "UPDATE runs SET state = 'interrupted', finished_at = ?, message = '' WHERE run = ? AND state = 'running'"
    actions = []
    for lost in [run for run in unfinished(db) if run.code == "run_lost"]:
        with at_work(db, lost.lock) as alone:  # what it left of its lock goes with it
            if alone:
                with db.transaction():
                    db.execute(closing, (now.isoformat(timespec="milliseconds"), lost.run))
                actions.append(
                    Text(f"取り込み {lost.run} を「中断」としました。", f"Noted ingest {lost.run} as interrupted.")
                )
    return actions


def _reconnect(db: Database) -> Iterator[Text]:
    """Give every row what it points to. Mentions of a report that is gone say nothing any more: they go too."""
    for key in expected_shape().keys:
        row = db.one(f"SELECT COUNT(*) FROM {key.table} c WHERE {key.orphans()}")
        count, place = int(row[0]) if row else 0, f"{key.table}.{key.column}"
        if not count:
            continue
        if key.parent in _RESTORED:
            columns, values = _RESTORED[key.parent]
            db.execute(
                f"INSERT INTO {key.parent} ({columns}) SELECT DISTINCT {values.format(key=f'c.{key.column}')}"
                f" FROM {key.table} c WHERE {key.orphans()}"
            )
            yield Text(f"{place}: {key.parent} に行を戻しました。", f"{place}: put rows back into {key.parent}.")
        elif key.nullable:
            db.execute(f"UPDATE {key.table} AS c SET {key.column} = NULL WHERE {key.orphans()}")
            yield Text(f"{place}: {count} 行の参照を外しました。", f"{place}: cleared {count} references.")
        else:
            db.execute(f"DELETE FROM {key.table} AS c WHERE {key.orphans()}")
            yield Text(f"{place}: {count} 行を除きました。", f"{place}: removed {count} rows.")


def _describe_numbers(db: Database) -> None:
    """A number that was put back by its key alone gets the display and line that every other has."""
    for (key,) in db.all("SELECT number FROM numbers WHERE line_type = 'unknown'"):
        db.execute(
            "UPDATE numbers SET display = ?, line_type = ? WHERE number = ?",
            (phone.display(key), phone.line_type(key), key),
        )
    for (key,) in db.all("SELECT masked_number FROM masked_numbers WHERE display = masked_number"):
        db.execute("UPDATE masked_numbers SET display = ? WHERE masked_number = ?", (phone.display(key), key))


def _known_words(db: Database) -> Iterator[Text]:
    """Words outside a vocabulary become those that say least."""
    for table, column, words in VOCABULARIES:
        known = _UNKNOWN_STATUS[table] if column == "status" else _UNKNOWN[column]
        for word, count in db.all(f"SELECT {column}, COUNT(*) FROM {table} GROUP BY {column}"):
            if word in words:
                continue
            if column in ("stance", "role"):
                db.execute(
                    "UPDATE reports SET status = 'pending' WHERE status = 'accepted' AND report_id IN"
                    f" (SELECT report_id FROM {table} WHERE {column} = ?)",
                    (word,),
                )
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (known, word))
            yield Text(
                f"{table}.{column}: 「{word}」の {count} 行を「{known}」にしました。",
                f"{table}.{column}: set {count} rows from '{word}' to '{known}'.",
            )
