"""A database to work with: made whole or not at all, seeded once, upgraded when it is old."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from storage_fixtures import ordinary_user

from repdb import db as storage
from repdb import migrate, setup
from repdb.storage_error import StorageError, public_name

TODAY = date(2026, 11, 21)


def content(path: Path) -> list[tuple[object, ...]]:
    with closing(storage.open_database(str(path))) as db:
        tables = sorted(migrate.tables(db) - {"schema_migrations"})
        return [(table, *row) for table in tables for row in sorted(db.all(f"SELECT * FROM {table}"), key=repr)]


def test_default_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert setup.default_target() == str(tmp_path / "repdb.db")
    monkeypatch.delenv("REPDB_DB")
    assert setup.default_target() == str(tmp_path / "home" / "data" / "repdb" / "repdb.db")


def test_a_new_database_has_the_seed_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "new.db"
    done = setup.initialise(str(path), TODAY)
    assert done[-1] == "seed" and "0001_create_core" in done
    assert sorted(os.listdir(path.parent)) == ["new.db"]
    before = content(path)
    assert setup.initialise(f"sqlite:///{path}", TODAY) == []
    assert content(path) == before
    kinds = {row[0] for row in before}
    assert {
        "numbers",
        "masked_numbers",
        "companies",
        "official_channels",
        "number_blocks",
        "notices",
        "sources",
    } <= kinds


def test_without_seed(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    assert "seed" not in setup.initialise(str(path), TODAY, with_seed=False)
    assert {row[0] for row in content(path)} <= {"meta"}
    assert setup.initialise(str(path), TODAY) == ["seed"]


def test_an_outdated_seed_is_taken_in_again(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    setup.initialise(str(path), TODAY)
    before = content(path)
    with closing(storage.open_database(str(path), write=True)) as db:
        db.execute("UPDATE meta SET value = 'old' WHERE key = 'seed'")
        db.execute("UPDATE official_channels SET label = 'wrong' WHERE key = 'jp:188'")
    assert setup.initialise(str(path), TODAY) == ["seed"]
    assert content(path) == before


def test_who_comes_second_finds_the_other_ones_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "race.db"
    setup.initialise(str(path), TODAY)
    before = path.read_bytes()
    monkeypatch.setattr(os.path, "exists", lambda name: False)
    assert setup.initialise(str(path), TODAY) == []
    assert path.read_bytes() == before


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.db"
    assert setup.initialise(str(path), TODAY)[-1] == "seed" and content(path)


@pytest.mark.parametrize(("place", "code"), [("file/new.db", "db_readonly"), ("/proc/none/new.db", "db_readonly")])
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError) as caught:
        setup.initialise(str(tmp_path / place), TODAY)
    assert caught.value.code == code and caught.value.exit_code == 3


def test_a_full_disk(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
    with pytest.raises(StorageError) as caught:
        setup.initialise(str(small_disk / "new.db"), TODAY)
    assert caught.value.code == "db_full"
    filler.unlink()
    assert not (small_disk / "new.db").exists()
    assert setup.initialise(str(small_disk / "new.db"), TODAY, with_seed=False)


@pytest.mark.parametrize(
    ("target", "code"), [("mysql://host/name", "db_scheme"), ("sqlite://x.db", "db_scheme"), (".", "db_folder")]
)
def test_what_is_no_database_is_not_made_one(
    tmp_path: Path, target: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for attempt in (
        lambda: setup.initialise(target, TODAY),
        lambda: setup.open_ready(target, TODAY, write=True),
        lambda: setup.open_ready(target, TODAY),
    ):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.code == code and "init --db" not in caught.value.text.en
    assert not list(tmp_path.iterdir())


def test_opening_for_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def opened(target: str | None, write: bool = False) -> str:
        with closing(setup.open_ready(target, TODAY, write=write, created=made.append)) as db:
            return db.target

    named = str(tmp_path / "named.db")
    with pytest.raises(StorageError) as caught:
        opened(named)
    assert caught.value.code == "db_missing" and made == []
    assert opened(named, write=True) == named and opened(named) == named
    assert made == [named]
    with pytest.raises(StorageError):
        opened(None)
    monkeypatch.delenv("REPDB_DB")
    default = opened(None)
    assert opened(None) == default and made == [named, default]


def test_an_older_schema_is_upgraded_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with closing(storage.open_database(str(path), create=True)) as db:
        db.execute("CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)")
    with closing(setup.open_ready(str(path), TODAY)) as db:
        assert migrate.schema_version(db) == migrate.latest_version()
        assert db.one("SELECT COUNT(*) > 0 FROM official_channels") == (1,)


def test_an_empty_database_is_made_ready_by_who_may_create(target: str) -> None:
    if not storage.is_postgres(target):
        Path(target).touch()
    made: list[str] = []
    for refused in ({}, {"write": True, "create": False}):
        with pytest.raises(StorageError) as caught:
            setup.open_ready(target, TODAY, created=made.append, **refused)
        assert caught.value.code == "db_empty" and "repdb init --db" in caught.value.text.en
    assert made == []
    with closing(setup.open_ready(target, TODAY, write=True, created=made.append)) as db:
        assert db.all("SELECT kind FROM official_channels WHERE key = 'jp:188'") == [("short_number",)]
        assert made == [public_name(target)]
        if db.dialect == "sqlite":
            assert db.one("PRAGMA journal_mode") == ("wal",)


def test_older_seed_rows_are_brought_up_to_date_on_the_way(target: str) -> None:
    setup.initialise(target, TODAY)
    told: list[str] = []
    with closing(storage.open_database(target, write=True)) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'seed'")
        db.execute("DELETE FROM official_channels WHERE key = 'smbc-card.com'")
    for _ in range(2):
        with closing(setup.open_ready(target, TODAY, renewed=told.append)) as db:
            assert db.all("SELECT key FROM official_channels WHERE key = 'smbc-card.com'") == [("smbc-card.com",)]
            assert db.readonly
    assert told == [public_name(target)]


def outdated(path: Path) -> Path:
    setup.initialise(str(path), TODAY)
    with closing(storage.open_database(str(path), write=True)) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'seed'")
    return path


def test_older_seed_rows_serve_where_nothing_can_be_written() -> None:
    told: list[str] = []
    with ordinary_user() as folder:
        path = outdated(folder / "mine.db")
        with closing(storage.open_database(str(path), write=True)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.chmod(0o400)
        folder.chmod(0o500)
        with closing(setup.open_ready(str(path), TODAY, renewed=told.append)) as db:
            assert db.one("SELECT value FROM meta WHERE key = 'seed'") == ("older",)
    assert told == []


def test_older_seed_rows_serve_while_another_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.05)
    path = outdated(tmp_path / "busy.db")
    with closing(storage.open_database(str(path), write=True)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(setup.open_ready(str(path), TODAY)) as db:
            assert db.one("SELECT value FROM meta WHERE key = 'seed'") == ("older",)
        writer.execute("ROLLBACK")


def test_what_goes_wrong_otherwise_while_seeding_is_told(tmp_path: Path) -> None:
    path = outdated(tmp_path / "odd.db")
    with closing(storage.open_database(str(path), write=True)) as db:
        db.execute("ALTER TABLE phrases RENAME TO other")
    with pytest.raises(StorageError) as caught:
        setup.open_ready(str(path), TODAY)
    assert caught.value.code == "db_error"


def test_who_wants_no_seed_gets_none(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    setup.initialise(str(path), TODAY, with_seed=False)
    with closing(setup.open_ready(str(path), TODAY, write=True)) as db:
        assert db.one("SELECT COUNT(*) FROM official_channels") == (0,)


def test_a_newer_or_foreign_file_is_left_alone(tmp_path: Path) -> None:
    newer, foreign = tmp_path / "newer.db", tmp_path / "foreign.db"
    setup.initialise(str(newer), TODAY, with_seed=False)
    with closing(storage.open_database(str(newer), write=True)) as db:
        db.execute("INSERT INTO schema_migrations VALUES (9999, 'from_the_future', '2099')")
    with closing(storage.open_database(str(foreign), create=True)) as db:
        db.execute("CREATE TABLE mine (x)")
    for path, code in ((newer, "db_newer"), (foreign, "db_foreign")):
        for call in (lambda name: setup.open_ready(name, TODAY), lambda name: setup.initialise(name, TODAY)):
            with pytest.raises(StorageError) as caught:
                call(str(path))
            assert caught.value.code == code


def test_postgresql(postgres: Callable[[], str]) -> None:
    target = postgres()
    assert setup.initialise(target, TODAY)[-1] == "seed"
    assert setup.initialise(target, TODAY) == []
    with closing(setup.open_ready(target, TODAY)) as db:
        assert db.dialect == "postgresql"
        assert db.one("SELECT report_count FROM numbers WHERE number = '+815031983490'") == (1,)
