"""Opening, migrating and failing: on real files, real locks, a real full disk and a real PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from storage_fixtures import (
    SOURCES,
    TODAY,
    counts,
    damaged,
    opened,
    ordinary_user,
    phone,
    recounted,
    report,
    root_only,
    save,
)

from repdb import db as storage
from repdb import migrate, store
from repdb.db import Database
from repdb.doctor import examine
from repdb.storage_error import StorageError


def code_of(action: Callable[[], Any]) -> str:
    with pytest.raises(StorageError) as caught:
        action()
    text = caught.value.text
    assert text.ja and text.en and text.ja != text.en and "{" not in text.ja + text.en
    assert caught.value.exit_code == 3
    return caught.value.code


# --- schema


def test_migrations_apply_once(target: str) -> None:
    with closing(storage.open_database(target, write=True, create=True)) as db:
        names = [f"{number:04d}_{name}" for number, name, _ in migrate.migrations()]
        assert migrate.migrate(db, "2026-11-21T00:00:00Z") == names
        assert migrate.schema_version(db) == migrate.latest_version() == len(names)
        applied = db.all("SELECT * FROM schema_migrations")
        db.execute("INSERT INTO meta VALUES ('k', 'v')")
        assert migrate.migrate(db, "later") == []
        assert db.all("SELECT * FROM schema_migrations") == applied
        assert db.all("SELECT * FROM meta") == [("k", "v")]
        assert migrate.check_version(db) is db


@pytest.mark.parametrize("version", [2, 3])
def test_an_older_database_keeps_every_row(target: str, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of subject, with mentions and votes, is in the tables that migration 0004 writes anew."""

    def rows(db: Database) -> dict[str, list[Any]]:
        return {name: sorted(db.all(f"SELECT * FROM {name}"), key=repr) for name in before}

    subjects = [
        ("domain", "bad.example"),
        ("company", "架空"),
        ("sender_id", "yamato"),
        ("masked_phone", "+815099990****"),
    ]
    others = tuple(report(key, kind=kind).report.mentions[0] for kind, key in subjects)
    with closing(storage.open_database(target, write=True, create=True)) as db:
        with monkeypatch.context() as patch:
            older = migrate.migrations()[:version]
            patch.setattr(migrate, "migrations", lambda: older)
            migrate.migrate(db, "then")
        with db.transaction():
            store.save_sources(db, SOURCES)
        save(db, *(report(phone(n), on=f"2026-11-{n:02d}", others=others, note=str(n)) for n in range(1, 20)))
        before = {name: [] for name in migrate.tables(db) - {"schema_migrations"}}
        before = rows(db)
        assert all(before[name] for name in ("numbers", "domains", "sender_ids", "masked_numbers", "voices"))
        assert len(migrate.migrate(db, "now")) == migrate.latest_version() - version
        assert rows(db) == before
        assert counts(db) == recounted(db) and examine(db, TODAY) == []
        assert save(db, report(phone(1), on="2026-11-20", others=others)).stored == 1


def test_every_view_answers(database: Database) -> None:
    others = tuple(
        report(k, kind=kind).report.mentions[0] for kind, k in [("company", "架空"), ("domain", "bad.example")]
    )
    masked = report("+815099990****", kind="masked_phone").report.mentions
    claimed = others[0]._replace(role="claimed")
    save(database, report(phone(1), on="2026-11-02", others=(claimed, others[1], *masked), weight=12, note="説明"))
    save(database, report(phone(2), status="pending", others=(claimed,)), report(phone(3), stance="benign"))
    found = {name: database.all(f"SELECT * FROM {name}") for name, _ in migrate.views()}
    assert sorted(row[3:5] for row in found["company_abusers"]) == [
        ("domain", "bad.example"), ("masked_phone", "+815099990****"), ("phone", phone(1)),
    ]  # fmt: skip
    assert {row[0] for row in found["number_evidence"]} == {phone(1), phone(3)}
    assert found["reports_by_company"] == [("架空", "架空", "unverified", 1, 12, "2026-11-02", "2026-11-02")]
    assert found["reports_by_month"] == [("2026-11", "other", 1, 12)]
    assert {row[0]: row[6:8] for row in found["source_figures"]} == {
        "notice": (0, 0), "article": (2, 13), "board": (0, 0), "web": (0, 0),
    }  # fmt: skip


def test_a_failed_migration_leaves_the_database_as_it_was(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(opened(target)) as db:
        bad = [
            *migrate.migrations(),
            (migrate.latest_version() + 1, "break", "CREATE TABLE half (x TEXT);\nCREATE TABLE half (x TEXT);\n"),
        ]
        monkeypatch.setattr(migrate, "migrations", lambda: bad)
        assert code_of(lambda: migrate.migrate(db, "now")) == "db_error"
        assert "half" not in migrate.tables(db)
        assert migrate.schema_version(db) == migrate.latest_version()
        assert db.all("SELECT COUNT(*) FROM source_figures") == [(4,)], "the views are still there"


def test_an_older_and_a_newer_schema_are_named(database: Database) -> None:
    for version, code in ((0, "db_older"), (9999, "db_newer")):
        database.execute("DELETE FROM schema_migrations")
        database.execute("INSERT INTO schema_migrations VALUES (?, 'x', '')", (version,))
        assert code_of(lambda: migrate.check_version(database)) == code
    assert code_of(lambda: migrate.migrate(database, "now")) == "db_newer"


def test_somebody_elses_database_is_left_alone(target: str) -> None:
    with closing(storage.open_database(target, write=True, create=True)) as db:
        db.execute("CREATE TABLE customers (name TEXT)")
        assert code_of(lambda: migrate.check_version(db)) == "db_foreign"
        assert code_of(lambda: migrate.migrate(db, "now")) == "db_foreign"
        assert migrate.tables(db) == {"customers"}
        # Other tools keep their versions in a table of the same name.
        db.execute("CREATE TABLE schema_migrations (version TEXT)")
        db.execute("INSERT INTO schema_migrations VALUES ('20260101')")
        assert code_of(lambda: migrate.check_version(db)) == "db_foreign"
        assert code_of(lambda: migrate.migrate(db, "now")) == "db_foreign"
        assert migrate.tables(db) == {"customers", "schema_migrations"}


def test_two_processes_may_create_at_once(target: str) -> None:
    code = (
        "import sys; from repdb.db import open_database; from repdb.migrate import migrate\n"
        "with open_database(sys.argv[1], write=True, create=True) as db: print(len(migrate(db, 'now')))"
    )
    command = [sys.executable, "-c", code, target]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    outputs = [process.communicate(timeout=60) for process in running]
    assert [error for _, error in outputs] == [b""] * 4
    assert sorted(int(out) for out, _ in outputs) == [0, 0, 0, len(migrate.migrations())]


# --- opening


def test_missing(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert code_of(lambda: storage.open_database(str(path))) == "db_missing"
    assert code_of(lambda: storage.open_database(str(path), write=True)) == "db_missing"
    assert not path.exists(), "looking must not create"
    assert code_of(lambda: storage.open_database(str(tmp_path))) == "db_folder"
    assert code_of(lambda: storage.open_database(f"{tmp_path}/", create=True)) == "db_folder"


@pytest.mark.parametrize(
    "content", [b"not a database at all, only some words" * 40, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    for write in (False, True):
        assert code_of(lambda w=write: storage.open_database(str(path), write=w)) == "db_corrupt"  # type: ignore[misc]
    assert path.read_bytes() == content


def test_an_empty_database_is_nobodys_until_it_is_made_ready(target: str) -> None:
    if not storage.is_postgres(target):
        Path(target).touch()
    with closing(storage.open_database(target)) as db:
        assert code_of(lambda: migrate.check_version(db)) == "db_empty"


def test_damaged_pages_are_found_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    damaged(path)
    with closing(storage.open_database(str(path))) as db:
        assert code_of(lambda: db.all("SELECT note FROM reports")) == "db_corrupt"


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}"])
def test_odd_file_names(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a b?c#d%41 日本.db"
    with closing(opened(form.format(path=path))) as db:
        assert db.target == str(path)
    assert path.is_file()
    with closing(storage.open_database(form.format(path=path))) as db:
        assert db.readonly and migrate.schema_version(db) == migrate.latest_version()


def test_what_is_opened_to_read_cannot_be_written(database: Database, target: str) -> None:
    save(database, report())
    with closing(storage.open_database(target)) as db:
        assert code_of(lambda: db.execute("DELETE FROM reports")) == "db_readonly"
        assert db.one("SELECT COUNT(*) FROM reports") == (1,)


def test_connection_settings(tmp_path: Path) -> None:
    with closing(opened(str(tmp_path / "s.db"))) as db:
        pragmas = {name: db.one(f"PRAGMA {name}") for name in ("journal_mode", "foreign_keys", "busy_timeout")}
    assert pragmas == {
        "journal_mode": ("wal",),
        "foreign_keys": (1,),
        "busy_timeout": (int(storage.BUSY_SECONDS * 1000),),
    }


def test_foreign_keys_hold(database: Database) -> None:
    broken = "INSERT INTO report_numbers VALUES ('+81999', 'nothing', 'sender', 1.0)"
    assert code_of(lambda: database.execute(broken)) == "db_error"


# --- permissions


def _only_read(path: Path, protected: Path, mode: int) -> None:
    """A new database of which the file or the folder is then protected: it is read and not written."""
    with closing(opened(str(path))) as db:
        save(db, report())
    protected.chmod(mode)
    with closing(storage.open_database(str(path))) as db:
        assert db.one("SELECT COUNT(*) FROM reports") == (1,)

    def write() -> None:
        with closing(storage.open_database(str(path), write=True)) as db:
            save(db, report(phone(2)))

    assert code_of(write) == "db_readonly"


def test_a_read_only_file_can_be_read_but_not_written() -> None:
    with ordinary_user() as folder:
        path = folder / "repdb.db"
        _only_read(path, path, 0o444)
        path.chmod(0o000)
        assert code_of(lambda: storage.open_database(str(path))) == "db_readonly"


def test_a_read_only_folder_can_be_read_but_not_written() -> None:
    with ordinary_user() as folder:
        path = folder / "repdb.db"
        _only_read(path, folder, 0o500)
        assert code_of(lambda: storage.open_database(str(folder / "new.db"), create=True)) == "db_readonly"
        folder.chmod(0o700)
        with closing(storage.open_database(str(path))) as db:
            assert counts(db)["phone"][0][0] == phone(1)


# --- locks


def test_locked(database: Database, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second writer waits, then is told; the database goes on when the first is done."""
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.2)
    with closing(storage.open_database(target, write=True)) as other:
        with database.transaction():
            database.execute("UPDATE sources SET title = 'held' WHERE source = 'board'")
            begun = time.monotonic()

            def write() -> None:
                with other.transaction():
                    other.execute("UPDATE sources SET title = 'late' WHERE source = 'board'")

            assert code_of(write) == "db_locked"
            assert 0.1 < time.monotonic() - begun < 20
        write()
        assert database.one("SELECT title FROM sources WHERE source = 'board'") == ("late",)


def test_who_waits_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.1)
    told: list[str] = []
    path = str(tmp_path / "w.db")
    with closing(opened(path)) as holder, closing(storage.open_database(path, write=True)) as other:
        other.on_wait = lambda: told.append("waits")

        def write() -> None:
            with other.transaction():
                other.execute("UPDATE sources SET title = 'late' WHERE source = 'board'")

        write()
        with other.transaction():
            assert code_of(write) == "db_error", "a transaction inside another is no lock"
        assert told == []
        with holder.transaction():
            assert [code_of(write), code_of(write)] == ["db_locked"] * 2
        write()
        assert told == ["waits"]
        assert other.one("PRAGMA busy_timeout") == (200,)


def test_a_reader_is_not_stopped_by_a_writer(database: Database, target: str) -> None:
    with closing(storage.open_database(target)) as reader, database.transaction():
        store.save_reports(database, [report()], TODAY)
        assert reader.one("SELECT COUNT(*) FROM reports") == (0,)


def test_writers_wait_for_each_other(database: Database, target: str) -> None:
    """Four connections write at once: nothing is lost, nothing doubled."""
    failures: list[BaseException] = []

    def work(mine: int) -> None:
        try:
            with closing(storage.open_database(target, write=True)) as db:
                for n in range(5):
                    save(db, report(phone(n), "board", reporter=f"r{mine}"), report(phone(50), "article", note="same"))
        except BaseException as error:  # noqa: BLE001  shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert database.one("SELECT COUNT(*) FROM reports") == (21,)
    assert counts(database) == recounted(database)


# --- a full disk


def fill(db: Database) -> None:
    for n in range(4000):
        save(db, *(report(phone(n * 20 + k), note="説明" * 60) for k in range(20)))


def sound(path: Path, stored: int) -> None:
    with closing(storage.open_database(str(path), write=True)) as db:
        assert db.one("PRAGMA integrity_check") == ("ok",)
        assert counts(db) == recounted(db)
        (now,) = db.one("SELECT COUNT(*) FROM reports") or (0,)
        assert now >= stored and now % 20 == 0, "whole batches only"


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    with closing(opened(str(path))) as db:
        db.execute("PRAGMA max_page_count = 250")
        assert code_of(lambda: fill(db)) == "db_full"
        (stored,) = db.one("SELECT COUNT(*) FROM reports") or (0,)
        assert stored
        db.execute("PRAGMA max_page_count = 100000")
        assert save(db, report(phone(99_999))) == store.Saved(1, 0, 0), "it goes on when there is room"
        with db.transaction():
            db.execute("DELETE FROM report_numbers WHERE number = ?", (phone(99_999),))
            db.execute("DELETE FROM reports WHERE note = ''")
            store.recount(db, TODAY)
    sound(path, stored)


@root_only
def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "repdb.db"
    db = opened(str(path))
    assert code_of(lambda: fill(db)) == "db_full"
    (stored,) = db.one("SELECT COUNT(*) FROM reports") or (0,)
    assert stored >= 20
    db.close()
    bigger = tmp_path / "bigger"
    shutil.copytree(small_disk, bigger)
    sound(bigger / "repdb.db", stored)


@root_only
def test_no_room_for_a_new_database(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"\0" * (2 * 1024 * 1024 - 8192))
    assert code_of(lambda: opened(str(small_disk / "repdb.db"))) == "db_full"


# --- a killed process


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_a_killed_writer_leaves_a_sound_database(tmp_path: Path, after: float) -> None:
    path = tmp_path / "killed.db"
    opened(str(path)).close()
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from contextlib import closing; from repdb import db; import test_db\n"
        "with closing(db.open_database(sys.argv[1], write=True)) as one:\n"
        "    print('ready', flush=True); test_db.fill(one)"
    )
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    time.sleep(after)
    process.kill()
    process.wait()
    process.stdout.close()
    sound(path, 0)


# --- PostgreSQL's own troubles


def test_a_server_that_is_not_there() -> None:
    target = "postgresql+psycopg://user:secret@127.0.0.1:1/nothing"
    with pytest.raises(StorageError) as caught:
        storage.open_database(target)
    assert caught.value.code == "db_unreachable"
    assert "secret" not in caught.value.text.ja + caught.value.text.en


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert code_of(lambda: storage.open_database("postgresql://localhost/x")) == "db_driver"


def test_a_connection_that_breaks_is_a_storage_error(postgres: Callable[[], str]) -> None:
    import psycopg

    target = postgres()
    db = opened(target)
    with psycopg.connect(target.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert code_of(lambda: migrate.schema_version(db)) == "db_error", "broken, not foreign"
    db.close()


def test_a_role_without_rights_is_told_so(postgres: Callable[[], str]) -> None:
    target = postgres()
    opened(target).close()
    with closing(storage.open_database(target, write=True)) as db:
        db.execute("CREATE ROLE visitor_role")
        db.execute("GRANT SELECT ON sources TO visitor_role")
        db.execute("SET ROLE visitor_role")
        assert len(db.all("SELECT source FROM sources")) == 4
        assert code_of(lambda: db.execute("DELETE FROM sources")) == "db_readonly"
        db.execute("RESET ROLE")
        db.execute("REVOKE ALL ON sources FROM visitor_role")
        db.execute("DROP ROLE visitor_role")


# --- small things


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("postgresql+psycopg://me:secret@host/db", "postgresql+psycopg://…@host/db"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db"),
        ("postgresql://one:1,two:2/db?user=me&password=secret", "postgresql://one:1,two:2/db"),
        ("postgresql://me:s@cret@host/db?password=secret@host", "postgresql://…@host/db"),
        ("postgresql://host/db?password=s@cret", "postgresql://…"),
        ("postgresql://me:secr?et@host/db", "postgresql://…"),
        ("postgresql://me:secret/db", "postgresql://me:…/db"),
        ("mysql://me:secret@host/db?x=secret", "mysql://…@host/db"),
        ("/home/me@work/repdb.db", "/home/me@work/repdb.db"),
        ("sqlite:///home/me@work/what?.db", "sqlite:///home/me@work/what?.db"),
    ],
)
def test_public_name(target: str, shown: str) -> None:
    assert storage.public_name(target) == shown


@pytest.mark.parametrize(
    "target",
    [
        "postgresql+psycopg://localhost:1/db?user=u&password=S3CRET",
        "postgresql://u:S3CRET@localhost:1/db",
        "postgresql://u:%53%33CRET@localhost:1/db",
        "postgresql://localhost:1/db?S3CRET",
        "postgresql://localhost:1/db?S3CRET=1",
        "postgresql://localhost:1/db?connect_timeout=S3CRET",
        "postgresql://localhost:1/db?host=/S3CRET",
        "postgresql://u:p@S3CRET@localhost:1/db?hostaddr=127.0.0.1",
    ],
)
def test_no_message_repeats_a_password(target: str) -> None:
    with pytest.raises(storage.StorageError) as caught:
        storage.open_database(target)
    assert caught.value.code == "db_unreachable"
    assert "S3CRET" not in str(caught.value.text) and "localhost:1/db" in caught.value.text.en


def test_statements_are_split_where_sqlite_would() -> None:
    text = "CREATE TABLE a (x TEXT DEFAULT ';');\n-- a comment; with a semicolon\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\nEND;\nSELECT 2"
    found = list(storage.statements(text))
    assert [s.split()[0] for s in found] == ["CREATE", "--", "SELECT"] and "".join(found) == text
    db = sqlite3.connect(":memory:")
    for statement in found:
        db.execute(statement)
    db.close()


def test_percent_and_question_marks_mean_the_same_everywhere(database: Database) -> None:
    assert database.all("SELECT source FROM sources WHERE source LIKE 'boa%' AND kind = ?", ("board",)) == [("board",)]


def test_an_error_that_is_not_the_databases_comes_back_unchanged(database: Database) -> None:
    error = KeyError("x")
    assert database.translate(error) is error


def test_load_puts_rows_into_staging(database: Database) -> None:
    database.execute("CREATE TEMP TABLE t (a TEXT, b INTEGER)")
    database.load("t", ("a", "b"), [("x\ty\n\\", 1), ("日本", 2)])
    database.load("t", ("a", "b"), [])
    assert database.all("SELECT a, b FROM t ORDER BY b") == [("x\ty\n\\", 1), ("日本", 2)]
    assert (
        code_of(
            lambda: database.load("t", ("a", "b"), [("x", "no number")] if database.dialect != "sqlite" else [("x",)])
        )
        == "db_error"
    )
    assert code_of(lambda: database.many("INSERT INTO t VALUES (?, ?)", [("x",)])) == "db_error"
    assert code_of(lambda: database.script("SELECT nonsense FROM nowhere;")) == "db_error"
