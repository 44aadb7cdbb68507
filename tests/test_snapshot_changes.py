"""Only what has changed is written again, and the file is then what it would be if it were built anew."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from storage_fixtures import TODAY, database_to_publish, happen, phone, report, rows, save  # noqa: F401  a fixture

from repdb import snapshot_changes, snapshot_file, store
from repdb.db import Database
from repdb.snapshot import publish


@pytest.fixture
def filled(database: Database) -> Database:
    save(database, *(report(phone(n), "web", note=f"note {n}") for n in range(6)))
    return database


def everything(path: Path) -> dict[str, Any]:
    """All rows by key, and every word of the full-text indexes by the key of its row."""
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(path)) as made:
        columns, keys = snapshot_file.shape(made)
        for table in columns:
            found[table] = sorted(made.execute(f"SELECT {', '.join(columns[table])} FROM {table}").fetchall())
        for table in snapshot_file.SEARCHED:
            made.execute(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab(main, {table}_fts, 'instance')")
            key = " || ' ' || ".join(f"t.{k}" for k in keys[table])
            found[f"{table}_fts"] = sorted(
                made.execute(
                    f"SELECT {key}, w.term, w.offset FROM temp.{table}_words w LEFT JOIN {table} t ON t.rowid = w.doc"
                )
            )
        found["counts"] = dict(made.execute("SELECT key, value FROM meta WHERE key LIKE 'rows_%'").fetchall())
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_patched_snapshot_equals_one_built_anew(database: Database, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    hows = set()
    for step in range(6):
        for _ in range(draw.randint(1, 4)):
            happen(draw, database)
        save(
            database,
            report(f"+8150999{draw.randint(0, 3):05d}", "web", note=draw.choice(["詐欺の電話", "国税庁", "架空"])),
        )
        day = TODAY + timedelta(days=step // 2)
        hows.add(publish(database, str(tmp_path / "patched.db"), day).how)
        publish(database, str(tmp_path / "built.db"), day, full=True)
        assert everything(tmp_path / "patched.db") == everything(tmp_path / "built.db")
        assert rows(tmp_path / "patched.db", "PRAGMA integrity_check") == [("ok",)]
    assert "patched" in hows


def test_what_is_taken_back_leaves_the_file(database: Database, out: Path) -> None:
    save(
        database,
        report(source="web", note="zzsecretword to be forgotten"),
        report("+815099990002", "web", note="other"),
    )
    assert publish(database, str(out), TODAY).how == "built"
    with database.transaction():
        ids = [i for (i,) in database.all("SELECT report_id FROM reports WHERE note LIKE 'zz%'")]
        store.set_status(database, ids, "withdrawn", TODAY)
    assert publish(database, str(out), TODAY).how == "patched"
    assert b"zzsecretword" not in out.read_bytes() and b"+815099900001" not in out.read_bytes()


def test_nothing_changed_leaves_the_file_alone(filled: Database, out: Path) -> None:
    first = publish(filled, str(out), TODAY)
    before = out.stat()
    again = publish(filled, str(out), TODAY)
    assert (again.how, again.snapshot, again.sha256) == ("unchanged", first.snapshot, first.sha256)
    assert (again.counts, again.changed) == (first.counts, 0)
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    beside = [out.with_name(f"{out.name}.sha256"), out.with_name("datasette-metadata.json")]
    whole = [path.read_bytes() for path in beside]
    beside[0].write_text("0" * 64)
    beside[1].unlink()
    assert publish(filled, str(out), TODAY).how == "unchanged"
    assert [path.read_bytes() for path in beside] == whole, "a kill between file and description heals"
    later = publish(filled, str(out), TODAY + timedelta(days=1))
    assert later.how == "patched" and rows(out, "SELECT value FROM meta WHERE key = 'snapshot_date'") == [
        ("2026-11-22",)
    ]


@pytest.mark.parametrize("change", ["DELETE FROM meta WHERE key = 'format'", "UPDATE meta SET value = '0' WHERE key = 'model'", "DROP TABLE meta", "DROP TABLE reports"])  # fmt: skip
def test_a_snapshot_that_cannot_be_built_upon_is_built_anew(filled: Database, out: Path, change: str) -> None:
    publish(filled, str(out), TODAY)
    with closing(sqlite3.connect(out)) as made, made:
        made.execute(change)
    assert publish(filled, str(out), TODAY).how == "built"
    assert rows(out, "SELECT COUNT(*) FROM reports") == [(6,)]


@pytest.mark.parametrize("kept", [0, 100])
def test_a_snapshot_that_is_damaged_is_replaced(filled: Database, out: Path, kept: int) -> None:
    """``kept`` bytes of it are whole: its header, or none."""
    publish(filled, str(out), TODAY)
    whole = out.read_bytes()
    out.write_bytes(whole[:kept] + b"damage" * 1000 * bool(kept))
    assert publish(filled, str(out), TODAY).how == "built"
    assert rows(out, "SELECT COUNT(*) FROM reports") == [(6,)]


def test_many_changes_are_built_anew(filled: Database, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(filled, str(out), TODAY)
    monkeypatch.setattr(snapshot_changes, "MAX_PATCH", 3)
    save(filled, *(report(f"+81509998{n:04d}", "web") for n in range(5)))
    assert publish(filled, str(out), TODAY).how == "built"
