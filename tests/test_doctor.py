"""The doctor finds what was broken on purpose, says nothing of what was not, and repairs after a backup."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from storage_fixtures import (
    TODAY,
    counts,
    damaged,
    happen,
    opened,
    ordinary_user,
    phone,
    report,
    root_only,
    save,
    subject,
)

from repdb import db as storage
from repdb import doctor, migrate, running, seed, store, tabular
from repdb.db import Database
from repdb.records import Company, Mention, OfficialChannel, RepdbError
from repdb.repair import back_up, repair
from repdb.storage_error import StorageError, public_name

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


def filled(db: Database) -> Database:
    """Some reports of each kind, one of them with everything."""
    everything = (
        Mention("masked_phone", "+815099990****", "callback"),
        Mention("domain", "bad.example", "link"),
        Mention("sender_id", "amazon", "sender"),
        Mention("company", "架空", "claimed"),
    )
    save(
        db,
        report(phone(1), "notice", others=everything),
        report(phone(1), "article"),
        report(phone(2), "board", "2019", stance="benign"),
        report(phone(3), status="pending"),
    )
    return db


def codes(db: Database, as_of: date = TODAY) -> list[str]:
    return [problem.code for problem in doctor.examine(db, as_of)]


def unconstrained(db: Database, *statements: str) -> None:
    """Break the database behind the back of its constraints."""
    if db.dialect == "sqlite":
        db.execute("PRAGMA foreign_keys = OFF")
    else:
        db.execute("SET session_replication_role = replica")
    for statement in statements:
        db.execute(statement)
    db.execute("PRAGMA foreign_keys = ON" if db.dialect == "sqlite" else "SET session_replication_role = DEFAULT")


# --- a sound database


def test_an_empty_and_a_filled_database_are_sound(database: Database) -> None:
    assert doctor.examine(database, TODAY) == []
    assert doctor.examine(filled(database), TODAY) == []
    assert doctor.as_json([], "ja") == {"sound": True, "problems": []}


@pytest.mark.parametrize("years", [1, 5, 60])
def test_it_stays_sound_as_time_passes(database: Database, years: int) -> None:
    """Stored scores are of the day of the count: that they are old is no fault."""
    assert codes(filled(database), TODAY + timedelta(days=365 * years)) == []


def test_after_any_history_it_is_sound(database: Database) -> None:
    draw = random.Random(11)
    for _ in range(25):
        happen(draw, database)
    assert doctor.examine(database, TODAY) == []


def test_it_only_reads_where_it_may_not_write(database: Database, target: str) -> None:
    filled(database)
    database.execute("UPDATE numbers SET report_count = 9 WHERE number = ?", (phone(1),))
    with closing(storage.open_database(target)) as reader:
        assert reader.readonly and codes(reader) == ["counts_differ"]


def test_it_reads_in_a_folder_that_is_read_only() -> None:
    with ordinary_user() as folder:
        path = folder / "repdb.db"
        with closing(opened(str(path))) as db:
            filled(db)
            db.execute("UPDATE domains SET report_count = 5")
        path.chmod(0o444)
        folder.chmod(0o500)
        with closing(storage.open_database(str(path))) as db:
            assert codes(db) == ["counts_differ"]
        with pytest.raises(StorageError) as caught:
            repair(str(path), TODAY, NOW)
        assert caught.value.code == "db_readonly"


def test_a_writer_at_work_is_no_fault(database: Database, target: str) -> None:
    filled(database)
    with closing(storage.open_database(target)) as reader, database.transaction():
        database.execute("UPDATE numbers SET report_count = 99")
        assert codes(reader) == []


# --- what it finds, and what repair makes of it

BREAKAGE: dict[str, tuple[str, list[str]]] = {
    "a count": ("UPDATE numbers SET report_count = report_count + 1 WHERE number = '{one}'", ["counts_differ"]),
    "a benign count": ("UPDATE numbers SET benign_count = 0", ["counts_differ"]),
    "a source count": ("UPDATE domains SET source_count = 2", ["counts_differ"]),
    "a first date": ("UPDATE companies SET first_reported_on = '2001'", ["counts_differ"]),
    "a last date": ("UPDATE sender_ids SET last_reported_on = '2026-11-21'", ["counts_differ"]),
    "adverse votes": ("UPDATE masked_numbers SET adverse = adverse * 1.001", ["counts_differ"]),
    "benign votes": ("UPDATE numbers SET benign = benign + 0.01", ["counts_differ"]),
    "a score too low": (
        "UPDATE numbers SET score = score / 2 WHERE number = '{one}'",
        ["counts_differ", "verdicts_differ"],
    ),
    "a score too high": ("UPDATE numbers SET score = 1.5 WHERE number = '{one}'", ["counts_differ"]),
    "a score from nowhere": ("UPDATE numbers SET score = 0.2 WHERE number = '{two}'", ["counts_differ"]),
    "a verdict": ("UPDATE numbers SET verdict = 'dangerous' WHERE number = '{two}'", ["verdicts_differ"]),
    "a vote": ("UPDATE voices SET adverse = adverse * 2 WHERE kind = 'domain'", ["voices_differ", "counts_differ"]),
    "a lost vote": (
        "DELETE FROM voices WHERE kind = 'phone' AND source = 'notice'",
        ["voices_differ", "counts_differ"],
    ),
    "an invented vote": (
        "INSERT INTO voices VALUES ('company', '架空', 'board', '', 5, 0, '', '', 1, 0)",
        ["voices_differ", "counts_differ"],
    ),
    "a report's status": ("UPDATE reports SET status = 'accepted'", ["voices_differ"]),
    "a trust": ("UPDATE sources SET trust = 0.1 WHERE source = 'notice'", ["counts_differ"] * 5),
}


@pytest.mark.parametrize("name", BREAKAGE)
def test_what_does_not_add_up_is_found_and_counted_again(database: Database, target: str, name: str) -> None:
    sql, expected = BREAKAGE[name]
    filled(database)
    database.execute(sql.format(one=phone(1), two=phone(2)))
    problems = doctor.examine(database, TODAY)
    assert [problem.code for problem in problems] == expected
    assert all(p.repairable and p.rows > 0 and p.severity == "error" and p.text.ja != p.text.en for p in problems)
    assert not doctor.sound(problems)
    database.close()
    done = repair(target, TODAY, NOW, force=True)
    assert done.left == () and done.actions
    with closing(storage.open_database(target)) as db:
        assert codes(db) == []


ORPHANS: dict[str, tuple[list[str], str, str, int]] = {
    "a source": (["DELETE FROM sources WHERE source = 'article'"], "reports.source", "SELECT COUNT(*) FROM reports", 4),
    "a number": (
        ["DELETE FROM numbers WHERE number = '{one}'"],
        "report_numbers.number",
        "SELECT COUNT(*) FROM numbers",
        3,
    ),
    "a masked number": (
        ["DELETE FROM masked_numbers"],
        "report_masked_numbers.masked_number",
        "SELECT hidden FROM masked_numbers",
        4,
    ),
    "a domain": (["DELETE FROM domains"], "report_domains.domain", "SELECT shared FROM domains", 1),
    "a sender": (["DELETE FROM sender_ids"], "report_sender_ids.sender_id", "SELECT COUNT(*) FROM sender_ids", 1),
    "a company": (["DELETE FROM companies"], "report_companies.company", "SELECT COUNT(*) FROM companies", 1),
    "a report": (
        ["DELETE FROM reports WHERE source = 'board'"],
        "report_numbers.report_id",
        "SELECT COUNT(*) FROM report_numbers",
        3,
    ),
    "a campaign": (
        ["UPDATE reports SET campaign = 'gone' WHERE source = 'board'"],
        "reports.campaign",
        "SELECT COUNT(*) FROM reports WHERE campaign IS NULL",
        4,
    ),
    "a run": (
        ["INSERT INTO rejects VALUES ('x', 'gone', 'f', 1, 'bad_date', 'r', 'c')"],
        "rejects.run",
        "SELECT COUNT(*) FROM rejects",
        1,
    ),
}


@pytest.mark.parametrize("name", ORPHANS)
def test_what_points_to_nothing_is_found_and_no_statement_is_lost(database: Database, target: str, name: str) -> None:
    statements, place, question, answer = ORPHANS[name]
    filled(database)
    unconstrained(database, *(s.format(one=phone(1)) for s in statements))
    problems = doctor.examine(database, TODAY)
    assert any(p.code == "orphans" and p.text.en.startswith(place) and p.rows for p in problems), problems
    database.close()
    assert repair(target, TODAY, NOW, force=True).left == ()
    with closing(storage.open_database(target)) as db:
        assert db.one(question) == (answer,)


def test_a_short_number_is_put_back_as_one(database: Database, target: str) -> None:
    save(database, report("jp:0005123456", kind="short_number", role="sender"))
    unconstrained(database, "DELETE FROM numbers")
    database.close()
    assert repair(target, TODAY, NOW, force=True).left == ()
    with closing(storage.open_database(target)) as db:
        assert db.all("SELECT number, kind, report_count FROM numbers") == [("jp:0005123456", "short_number", 1)]


def test_an_official_channel_added_without_a_count_is_found(database: Database) -> None:
    filled(database)
    with database.transaction():
        store.save_companies(database, [Company("本物", "本物", "unverified")], str)
        store.save_official_channels(database, [OfficialChannel("phone", phone(1), "本物", source="article")])
    assert codes(database) == ["verdicts_differ"]
    with database.transaction():
        store.recount(database, TODAY)
    assert codes(database) == [] and subject(database, "phone", phone(1))["verdict"] == "official"


def test_a_word_outside_the_vocabulary(database: Database) -> None:
    filled(database)
    database.execute("UPDATE reports SET category = 'gossip' WHERE source = 'board'")
    (problem,) = doctor.examine(database, TODAY)
    assert (problem.code, problem.rows, problem.repairable) == ("unknown_word", 1, True)
    assert "reports.category = gossip" in problem.text.en


@pytest.mark.parametrize(
    ("table", "column", "becomes", "status"),
    [
        ("reports", "category", "other", "accepted"),
        ("reports", "stance", "adverse", "pending"),
        ("reports", "status", "pending", "pending"),
        ("report_numbers", "role", "reported", "pending"),
        ("companies", "status", "unverified", "accepted"),
    ],
)
def test_an_unknown_word_becomes_the_one_that_says_least(
    tmp_path: Path, table: str, column: str, becomes: str, status: str
) -> None:
    target = str(tmp_path / "w.db")
    with closing(opened(target)) as db:
        filled(db)
        db.execute(f"UPDATE {table} SET {column} = 'gossip'")
    done = repair(target, TODAY, NOW)
    assert done.left == () and done.backup and any("gossip" in action.ja for action in done.actions)
    with closing(opened(target)) as db:
        assert {row[0] for row in db.all(f"SELECT {column} FROM {table}")} == {becomes}
        assert db.one("SELECT status FROM reports WHERE source = 'notice'") == (status,)
        assert codes(db) == []


def test_a_number_that_is_put_back_is_shown_as_any_other(tmp_path: Path) -> None:
    target = str(tmp_path / "w.db")
    with closing(opened(target)) as db:
        filled(db)
        unconstrained(db, "DELETE FROM numbers")
    assert repair(target, TODAY, NOW).left == ()
    with closing(opened(target)) as db:
        assert db.one("SELECT display, line_type FROM numbers WHERE number = ?", (phone(1),)) == (
            "050-9990-0001",
            "voip",
        )


def test_an_unfinished_run_is_a_note_and_left_to_be_continued(database: Database, target: str) -> None:
    database.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state) VALUES ('r', 'ingest', 'big.csv', 's', 't', 'running')"
    )
    problems = doctor.examine(database, TODAY)
    assert [(p.code, p.severity, p.repairable) for p in problems] == [("run_unfinished", "note", False)]
    assert doctor.sound(problems) and "big.csv" in problems[0].text.ja
    assert repair(target, TODAY, NOW).actions == ()
    assert database.all("SELECT state FROM runs") == [("running",)]


def test_seed_rows_of_another_version_are_a_note(database: Database) -> None:
    database.execute("INSERT INTO meta (key, value) VALUES ('seed', 'older')")
    (problem,) = doctor.examine(database, TODAY)
    assert (problem.code, problem.severity, problem.repairable) == ("seed_older", "note", False)
    assert f"repdb init --db {public_name(database.target)}" in problem.text.en
    database.execute("UPDATE meta SET value = ? WHERE key = 'seed'", (seed.version(),))
    assert codes(database) == []


def test_an_empty_database_is_told_apart(target: str) -> None:
    with closing(storage.open_database(target, write=True, create=True)) as db, pytest.raises(StorageError) as caught:
        doctor.examine(db, TODAY)
    assert caught.value.code == "db_empty"


def test_a_run_that_is_at_work_is_no_finding(database: Database, target: str) -> None:
    database.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state) VALUES"
        " ('r', 'ingest', 'big.csv', 's', 't', 'running'), ('p', 'ingest', '-', '', 't', 'running')"
    )
    with closing(storage.open_database(target)) as other, running.at_work(other, "s"), running.at_work(other, "p"):
        assert codes(database) == [] and repair(target, TODAY, NOW).actions == ()
    assert codes(database) == ["run_lost", "run_unfinished"]


def test_a_run_that_nobody_can_continue_is_closed(database: Database, target: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("number\n")
    with closing(tabular.open_table(str(file))) as table:
        signature = table.signature
    database.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state, message) VALUES"
        " ('file', 'ingest', 'reports.csv', 's', 't', 'running', ?), ('pipe', 'ingest', '-', '', 't', 'running', ''),"
        " ('gone', 'ingest', 'gone.csv', 'g', 't', 'running', '/nowhere/gone.csv:7:9')",
        (signature,),
    )
    assert codes(database) == ["run_unfinished", "run_lost", "run_lost"]
    file.write_text("number\n050-9999-0001\n")
    problems = doctor.examine(database, TODAY)
    assert [(p.code, p.severity, p.repairable) for p in problems] == [("run_lost", "note", True)] * 3
    assert doctor.sound(problems) and "Ingest the same file again" not in problems[0].text.en
    done = repair(target, TODAY, NOW)
    assert (done.backup, len(done.actions), done.left) == ("", 3, ())
    assert set(database.all("SELECT state, finished_at <> '' FROM runs")) == {
        ("interrupted", True if database.dialect == "postgresql" else 1)
    }


# --- schema


def test_a_missing_view_and_index_are_made_again(database: Database, target: str) -> None:
    filled(database)
    database.execute("DROP VIEW source_figures")
    database.execute("DROP INDEX report_numbers_by_report")
    problems = doctor.examine(database, TODAY)
    assert [(p.code, p.text.en.split()[1]) for p in problems] == [
        ("index_missing", "report_numbers_by_report"),
        ("view_missing", "source_figures"),
    ]
    database.close()
    assert repair(target, TODAY, NOW, force=True).left == ()
    with closing(storage.open_database(target)) as db:
        assert len(db.all("SELECT * FROM source_figures")) == 4


def test_a_view_that_says_something_else(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with closing(opened(path)) as db:
        db.execute("DROP VIEW source_figures")
        db.execute("CREATE VIEW source_figures AS SELECT 1 AS one")
        assert codes(db) == ["view_missing"]
    assert repair(path, TODAY, NOW).left == ()


def test_a_missing_column_is_beyond_repair(database: Database, target: str) -> None:
    filled(database)
    database.execute("ALTER TABLE phrases DROP COLUMN gloss_en")
    (problem,) = doctor.examine(database, TODAY)
    assert (problem.code, problem.repairable) == ("column_missing", False)
    assert "phrases.gloss_en" in problem.text.en
    done = repair(target, TODAY, NOW)
    assert (done.backup, done.actions, [p.code for p in done.left]) == ("", (), ["column_missing"])


@pytest.mark.parametrize(("version", "code"), [(0, "schema_older"), (9999, "schema_newer")])
def test_another_schema_version(database: Database, version: int, code: str) -> None:
    database.execute("DELETE FROM schema_migrations")
    database.execute("INSERT INTO schema_migrations VALUES (?, 'x', '')", (version,))
    (problem,) = doctor.examine(database, TODAY)
    assert (problem.code, problem.repairable) == (code, code == "schema_older")


def test_an_older_schema_is_brought_up_to_date(
    database: Database, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database)
    newer = [*migrate.migrations(), (99, "add_shelf", "CREATE TABLE shelf (x TEXT);\n")]
    monkeypatch.setattr(migrate, "migrations", lambda: newer)
    for module in ("repdb.migrate", "repdb.doctor"):
        monkeypatch.setattr(f"{module}.latest_version", lambda: 99)
    assert codes(database) == ["schema_older"]
    done = repair(target, TODAY, NOW, force=True)
    assert done.left == () and migrate.schema_version(database) == 99


def test_somebody_elses_database(target: str) -> None:
    with closing(storage.open_database(target, create=True, write=True)) as db:
        db.execute("CREATE TABLE customers (name TEXT)")
        assert codes(db) == ["not_repdb"]
    assert [problem.code for problem in repair(target, TODAY, NOW).left] == ["not_repdb"]


# --- damage


def test_a_damaged_index_is_rebuilt(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with closing(opened(path)) as db:
        filled(db)
        (sql,) = db.one("SELECT sql FROM sqlite_master WHERE name = 'report_numbers_by_report'") or ("",)
        db.execute("PRAGMA writable_schema = ON")
        row = db.one(
            "SELECT rowid, type, tbl_name, rootpage FROM sqlite_master WHERE name = 'report_numbers_by_report'"
        )
        assert row is not None
        db.execute("DELETE FROM sqlite_master WHERE name = 'report_numbers_by_report'")
    with closing(storage.open_database(path, write=True)) as db:
        save(db, report(phone(7)), report(phone(8)))
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('index', ?, ?, ?, ?)",
            ("report_numbers_by_report", row[2], row[3], sql),
        )
    with closing(storage.open_database(path)) as db:
        assert set(codes(db)) == {"index_damaged"}
    done = repair(path, TODAY, NOW)
    assert done.left == () and Path(done.backup).is_file()


def test_damaged_pages_are_named_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    content = damaged(path)
    with closing(storage.open_database(str(path))) as db:
        found = doctor.examine(db, TODAY)
    assert {problem.code for problem in found} == {"corrupt"} and not doctor.sound(found)
    done = repair(str(path), TODAY, NOW)
    assert (done.backup, done.actions) == ("", ()) and path.read_bytes() == content


def test_a_file_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with closing(opened(str(path))) as db:
        save(db, *(report(phone(n), note="説明" * 50) for n in range(400)))
    with closing(storage.open_database(str(path))) as db:
        os.truncate(path, path.stat().st_size // 2)
        assert codes(db) == ["corrupt"]


def test_a_database_that_others_keep_to_themselves_cannot_be_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "r.db")
    with closing(opened(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.1)
    with closing(storage.open_database(path)) as reader, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError) as caught:
            doctor.examine(reader, TODAY)
        assert caught.value.code == "db_locked"
        other.rollback()
        assert codes(reader) == []


def test_a_file_that_cannot_be_opened_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"not a database, only words" * 99)
    for name, code in (("bad.db", "db_corrupt"), ("none.db", "db_missing")):
        with pytest.raises(StorageError) as caught:
            repair(str(tmp_path / name), TODAY)
        assert caught.value.code == code


# --- the backup


def test_the_backup_holds_what_was_there_before(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with closing(opened(path)) as db:
        filled(db)
        db.execute("UPDATE domains SET report_count = 77")
        broken = counts(db)
    done = repair(path, TODAY, NOW)
    assert done.backup == f"{path}.backup-20261121T123000Z" and done.backup in done.actions[0].ja
    with closing(storage.open_database(done.backup)) as db:
        assert counts(db) == broken
    with closing(storage.open_database(path, write=True)) as db:
        db.execute("UPDATE numbers SET report_count = 78")
    assert repair(path, TODAY, NOW).backup == f"{path}.backup-20261121T123000Z-2"
    assert len(list(tmp_path.glob("*.backup-*"))) == 2, "each is one file"


def test_a_sound_database_is_not_backed_up_nor_written(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with closing(opened(str(path))) as db:
        filled(db)
    before = path.read_bytes()
    assert repair(str(path), TODAY, NOW) == ("", (), ())
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["r.db"]


def test_postgresql_is_not_repaired_without_force(postgres: Callable[[], str]) -> None:
    target = postgres()
    with closing(opened(target)) as db:
        filled(db)
        assert repair(target, TODAY).left == ()
        db.execute("UPDATE domains SET report_count = 77")
        with pytest.raises(RepdbError) as caught:
            repair(target, TODAY)
        assert caught.value.code == "backup_first" and "pg_dump" in caught.value.text.ja
        assert codes(db) == ["counts_differ"], "nothing was changed"
    done = repair(target, TODAY, force=True)
    assert (done.backup, done.left) == ("", ())


@root_only
def test_no_room_for_a_backup_leaves_everything_as_it_was(small_disk: Path) -> None:
    path = small_disk / "r.db"
    with closing(opened(str(path))) as db:
        save(db, *(report(phone(n), note="説明" * 60) for n in range(600)))
        db.execute("UPDATE numbers SET report_count = 77")
    assert path.stat().st_size > 2**19
    (small_disk / "ballast").write_bytes(b"\0" * 2**19)
    with pytest.raises(StorageError) as caught:
        repair(str(path), TODAY, NOW)
    assert caught.value.code == "db_full"
    assert [p.name for p in small_disk.glob("*backup*")] == []
    with closing(storage.open_database(str(path))) as db:
        assert codes(db) == ["counts_differ"]


def test_back_up_copies_while_others_write(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with closing(opened(path)) as db, closing(storage.open_database(path, write=True)) as other:
        filled(db)
        with other.transaction():
            other.execute("UPDATE numbers SET report_count = 5")
            name = back_up(db, NOW)
        with closing(sqlite3.connect(name)) as copy:
            assert copy.execute("SELECT MAX(report_count) FROM numbers").fetchone() == (2,)


def test_problems_read_in_both_languages(database: Database) -> None:
    filled(database)
    database.execute("UPDATE numbers SET report_count = 77")
    problems = doctor.examine(database, TODAY)
    ja, en = (doctor.as_json(problems, lang) for lang in ("ja", "en"))
    assert ja["sound"] is False and ja["problems"][0]["code"] == "counts_differ" == en["problems"][0]["code"]
    assert set(ja["problems"][0]) == {"code", "severity", "text", "repairable", "rows"}
    assert "集計" in ja["problems"][0]["text"] and "recount" in en["problems"][0]["text"]
    for code, (text, _) in doctor.PROBLEMS.items():
        shown = text.format(n=1, what="x")
        assert shown.ja != shown.en and "{" not in shown.ja + shown.en, code
