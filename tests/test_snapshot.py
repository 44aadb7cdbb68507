"""Publishing: only what may be seen, the same answers, changed rows as good as a new build, one step to take its place."""

from __future__ import annotations

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from storage_fixtures import TODAY, database_to_publish, described, mobile, report, rows, save  # noqa: F401  a fixture

from repdb import models, setup, snapshot, snapshot_file, store
from repdb.answers import to_json
from repdb.db import Database, open_database
from repdb.ingest import save_raw
from repdb.lookup import Lookup
from repdb.records import Mention, Report, Source
from repdb.snapshot import PublishError, publish
from repdb.text.bigrams import match_text

LONE, SEEN, NOTED = "+819099990001", "+819099990002", "+819099990003"


@pytest.fixture
def filled(database: Database) -> Database:
    """What may be published beside what may not."""
    save(
        database,
        report("+815099990001", "web", note="未納料金の詐欺", reporter="hash-of-somebody", message="国税庁です"),
        report("+815099990002", "board", note="board-words", url="https://board.example/secret-page", ref="board-ref"),
        report("+815099990003", "web", note="waiting-words", status="pending"),
        report("+815099990004", "web", note="rejected-words", status="rejected"),
        report("+815099990001", "notice", kind="phone", on="2026-10-01", title="注意喚起"),
        report("waiting.example", "web", kind="domain", status="pending"),
        report("架空商事", "notice", kind="company", role="claimed"),
        mobile(LONE, "web", note="090-9999-0001 から着信。山田の番号", url="https://web.example/09099990001"),
        mobile(SEEN, "web", note="二つの情報源"),
        mobile(SEEN, "board"),
        mobile(NOTED, "notice"),
    )
    with database.transaction():
        database.execute(
            "INSERT INTO disputes (dispute, kind, key, opened_on, status, statement, contact, verified_on) VALUES"
            " ('d1', 'phone', '+815099990001', '2026-11-02', 'verified', '当社の番号です', 'owner@contact.example', '2026-11-03'),"
            " ('d2', 'phone', '+815099990001', '2026-11-02', 'open', 'open-statement', 'x', ''),"
            f" ('d3', 'phone', '{LONE}', '2026-11-02', 'verified', 'lone-statement', 'x', '2026-11-03')"
        )
    return database


def names(path: Path) -> set[str]:
    return {n for (n,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}


# --- what is published


def test_only_what_may_be_published_is_in_the_file(filled: Database, out: Path) -> None:
    done = publish(filled, str(out), TODAY)
    assert (done.how, done.counts["reports"]) == ("built", 6)
    content = out.read_bytes()
    for secret in (
        "hash-of-somebody", "board-words", "board.example", "board-ref", "waiting-words", "rejected-words",
        "waiting.example", "+815099990003", "+815099990004", LONE, "9099990001", "090-9999-0001", "open-statement",
        "lone-statement", "owner@contact.example",
    ):  # fmt: skip
        assert secret.encode() not in content, secret
    for shown in ("未納料金の詐欺", "+815099990002", SEEN, NOTED, "当社の番号です", "架空商事"):
        assert shown.encode() in content, shown
    assert not names(out) & {"voices", "runs", "rejects", "audit_log", "receipts", "moderators"}


def test_private_columns_are_not_there(filled: Database, out: Path) -> None:
    publish(filled, str(out), TODAY)
    for table in snapshot_file.published_names():
        columns = {row[1] for row in rows(out, f"PRAGMA table_info({table})")}
        assert columns == set(models.MODELS[table].model_fields) - models.private_columns(table), table


def test_what_is_withheld_still_counts(filled: Database, out: Path) -> None:
    publish(filled, str(out), TODAY)
    seen = rows(out, f"SELECT report_count, source_count FROM numbers WHERE number = '{SEEN}'")
    assert seen == [(2, 2)], "the board's report is counted and not shown"
    assert rows(out, f"SELECT COUNT(*) FROM report_numbers WHERE number = '{SEEN}'") == [(1,)]
    meta = dict(rows(out, "SELECT key, value FROM meta"))
    assert (meta["withheld_reports"], meta["withheld_numbers"]) == ("2", "1")
    assert json.loads(meta["sources"]) == {"notice": 3, "web": 3}


def test_the_text_about_a_withheld_number_names_it_nowhere(filled: Database, out: Path) -> None:
    publish(filled, str(out), TODAY)
    notes = rows(out, "SELECT note, url FROM reports WHERE note LIKE '%着信%'")
    assert notes == [("〔電話番号〕 から着信。山田の番号", "")]


PAGE = "https://example.com/mypage?member=taro.yamada@example.jp"


def test_the_address_of_a_page_names_nobody(database: Database, out: Path) -> None:
    """Neither what is taken in now nor what an earlier version has stored."""
    row = {"number": "050-9999-0001", "page_url": PAGE, "source": "web"}
    page = {"number": "050-9999-0002", "page_url": "https://notice.example/a_1.html?id=3#x", "source": "notice"}
    with database.transaction():
        save_raw(database, [row, page], {}, TODAY)
    stored = database.all("SELECT url FROM reports ORDER BY url")
    assert stored == [("example.com/mypage",), ("https://notice.example/a_1.html?id=3",)]
    save(
        database,
        report("+815099990003", "web", url=f"{PAGE}#old", ref="https://example.com/?m=taro.yamada@example.jp"),
        report("+815099990004", "notice", url="https://u:p@notice.example/b_2.html", ref="notice.example/b_2"),
    )
    publish(database, str(out), TODAY)
    content = out.read_bytes()
    assert b"taro" not in content and b"member=" not in content and b"u:p@" not in content
    assert rows(out, "SELECT url, ref FROM reports ORDER BY url, ref") == [
        ("example.com/mypage", ""),
        ("example.com/mypage", "example.com"),
        ("https://notice.example/a_1.html?id=3", ""),
        ("https://notice.example/b_2.html", "notice.example/b_2"),
    ]


def test_sources_of_which_nothing_is_shown_are_not_named(database: Database, out: Path) -> None:
    somebody = "taro.yamada@mihon.example"
    with database.transaction():
        store.save_sources(database, [Source(somebody, somebody, "partner")])
    save(
        database,
        report("+815099990001", somebody, note="private-words"),
        report("+815099990002", "web", ref="会員番号 12345678"),
        report("+815099990003", "web", ref="山田太郎 090-9999-0001"),
        report("+815099990004", "web", ref="A-12"),
    )
    publish(database, str(out), TODAY)
    content = out.read_bytes()
    assert somebody.encode() not in content and b"board" not in content.split(b"http")[0]
    meta = dict(rows(out, "SELECT key, value FROM meta"))
    assert json.loads(meta["sources"]) == {"web": 3} and meta["withheld_reports"] == "1"
    assert rows(out, "SELECT ref FROM reports ORDER BY ref") == [("",), ("",), ("A-12",)]
    assert {one for (one,) in rows(out, "SELECT source FROM sources")} >= {"web"}
    assert rows(out, "PRAGMA foreign_key_check") == []


def test_references_lead_somewhere_and_the_file_is_sound(filled: Database, out: Path) -> None:
    publish(filled, str(out), TODAY)
    assert rows(out, "PRAGMA foreign_key_check") == []
    assert rows(out, "PRAGMA integrity_check") == [("ok",)]
    assert rows(out, "PRAGMA journal_mode") == [("delete",)]
    assert rows(out, "PRAGMA application_id") == [(snapshot.SNAPSHOT_ID,)]


def test_control_and_direction_marks_are_gone(database: Database, out: Path) -> None:
    save(database, report(source="web", note="a\u202eb\u200fc\x07d\ne\u2066f"))
    publish(database, str(out), TODAY)
    assert rows(out, "SELECT note FROM reports") == [("abcd\nef",)]


def test_files_beside_it(filled: Database, out: Path) -> None:
    done = publish(filled, str(out), TODAY)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert (out.parent / "repdb.db.sha256").read_text() == f"{digest}  repdb.db\n"
    assert (done.sha256, done.size) == (digest, out.stat().st_size)
    metadata = json.loads((out.parent / "datasette-metadata.json").read_text())
    assert metadata["snapshot"]["counts"] == done.counts
    assert metadata["snapshot"]["snapshot_date"] == TODAY.isoformat()
    assert metadata["license"] == "CC BY 4.0" and metadata["snapshot"]["credits"]
    for table, count in done.counts.items():
        assert rows(out, f"SELECT COUNT(*) FROM {table}") == [(count,)], table
    listed = {t for t, about in metadata["databases"]["repdb"]["tables"].items() if not t.endswith("_fts")}
    assert listed <= names(out) | {n for (n,) in rows(out, "SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert sorted(p.name for p in out.parent.iterdir()) == [
        ".repdb.db.lock", "datasette-metadata.json", "repdb.db", "repdb.db.sha256",
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), [("詐欺", 1), ("国税", 1), ("税国", 0), ("請求", 0), ("着信", 1)])
def test_two_characters_find_a_report(filled: Database, out: Path, typed: str, found: int) -> None:
    publish(filled, str(out), TODAY)
    with closing(sqlite3.connect(out)) as made:
        sql = "SELECT COUNT(*) FROM reports WHERE rowid IN (SELECT rowid FROM reports_fts WHERE reports_fts MATCH ?)"
        assert made.execute(sql, (match_text(typed),)).fetchone() == (found,)


# --- the same answers


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds with reports of several kinds around them."""
    path = tmp_path_factory.mktemp("seeded") / "work.db"
    setup.initialise(str(path), TODAY)
    with open_database(str(path), write=True) as db:
        more = [
            report(
                f"+81509999{n:04d}",
                "local" if n % 3 else "kokusen-notices",
                f"2026-{1 + n % 11:02d}-05",
                note=f"手口{n}",
            )
            for n in range(30)
        ]
        more += [report(f"bad{n}.example", "local", kind="domain", role="link") for n in range(5)]
        more += [described(Report("kokusen-notices", (Mention("phone", "+815099990000", "callback"), Mention("company", "架空商事", "claimed")), reported_on="2026-11-09", message="未納料金のお知らせ。本日中にご連絡ください。法的手続に移行します。"))]  # fmt: skip
        save(db, *more)
    return path


def test_the_snapshot_answers_like_the_working_database(seeded: Path, tmp_path: Path) -> None:
    out = tmp_path / "repdb.db"
    with open_database(str(seeded)) as db:
        publish(db, str(out), TODAY)
        with open_database(str(out)) as public:
            for day in (TODAY, TODAY + timedelta(days=400)):
                here, there = Lookup(db, day), Lookup(public, day)
                keys = [
                    k
                    for (k,) in db.all(
                        "SELECT number FROM numbers WHERE kind = 'phone' UNION SELECT domain FROM domains"
                    )
                ]
                keys += ["050-9999-0000", "050-9999-9999", "188", "amazon.co.jp", "03-6709-0212"]
                keys += [k for (k,) in db.all("SELECT name FROM companies ORDER BY name LIMIT 40")]
                for key in keys:
                    assert to_json(there.answer(key), "ja") == to_json(here.answer(key), "ja"), key


def test_rows_carry_the_verdict_of_the_day(seeded: Path, tmp_path: Path) -> None:
    out = tmp_path / "repdb.db"
    with open_database(str(seeded)) as db:
        publish(db, str(out), TODAY)
    with open_database(str(out)) as public:
        lookup = Lookup(public, TODAY)
        for key, verdict in public.all("SELECT domain, verdict FROM domains"):
            answer = lookup.answer(key)
            assert verdict == answer.verdict, key
        for key, verdict in public.all("SELECT name, verdict FROM companies WHERE status <> 'unverified'"):
            assert verdict == lookup.answer(key, "company").verdict, key
        listed = public.all(
            "SELECT key FROM notices WHERE kind = 'phone' UNION SELECT key FROM official_channels WHERE kind = 'phone'"
        )
        for (key,) in listed:
            row = public.one("SELECT verdict FROM numbers WHERE number = ?", (key,))
            assert row is None or row[0] == lookup.answer(key).verdict, key


def test_a_verdict_fades_with_the_day(database: Database, tmp_path: Path) -> None:
    save(database, report(source="web"), report(source="notice"))
    for day, verdict in ((TODAY, "dangerous"), (TODAY + timedelta(days=2000), "past")):
        publish(database, str(tmp_path / "repdb.db"), day)
        assert rows(tmp_path / "repdb.db", "SELECT verdict FROM numbers") == [(verdict,)]


# --- taking its place


def test_who_has_the_old_one_open_goes_on_reading_it(filled: Database, out: Path) -> None:
    publish(filled, str(out), TODAY)
    with open_database(str(out)) as old:
        save(filled, report("+815099990077", "web"))
        publish(filled, str(out), TODAY)
        assert old.one("SELECT COUNT(*) FROM numbers WHERE number = '+815099990077'") == (0,)
    assert rows(out, "SELECT COUNT(*) FROM numbers WHERE number = '+815099990077'") == [(1,)]


def test_a_full_disk_leaves_the_last_one(small_disk: Path, tmp_path: Path) -> None:
    work = tmp_path / "work.db"
    setup.initialise(str(work), TODAY)
    out = small_disk / "repdb.db"
    with open_database(str(work), write=True) as db:
        publish(db, str(out), TODAY)
        before = out.read_bytes()
        save(db, *(report(f"+81509998{n:04d}", "local", note="長い説明" * 50) for n in range(2000)))
        with pytest.raises(PublishError) as caught:
            publish(db, str(out), TODAY)
    assert caught.value.code == "publish_failed" and caught.value.exit_code == 3
    assert out.read_bytes() == before
    assert list(small_disk.glob("*.tmp")) + list(small_disk.glob(".*.tmp")) == []


def test_two_at_once_is_one_too_many(filled: Database, out: Path) -> None:
    seen: list[str] = []

    def meanwhile(table: str, count: int) -> None:
        if not seen:
            with pytest.raises(PublishError) as caught, open_database(filled.target) as other:
                publish(other, str(out), TODAY)
            seen.append(caught.value.code)

    publish(filled, str(out), TODAY, progress=meanwhile)
    assert seen == ["publish_busy"]


def test_a_killed_publish_leaves_the_last_one_and_is_swept(tmp_path: Path) -> None:
    work, out = tmp_path / "work.db", tmp_path / "repdb.db"
    setup.initialise(str(work), TODAY)
    with open_database(str(work), write=True) as db:
        publish(db, str(out), TODAY)
        before = out.read_bytes()
        save(db, *(report(f"+81509998{n:04d}", "local") for n in range(3000)))
    code = (
        "import os, signal, sys; from datetime import date; from repdb.db import open_database; from repdb.snapshot import publish\n"
        "def die(table, rows):\n    if table == 'report_numbers': os.kill(os.getpid(), signal.SIGKILL)\n"
        f"publish(open_database({str(work)!r}), {str(out)!r}, date(2026, 11, 21), full=True, progress=die)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert out.read_bytes() == before and len(list(tmp_path.glob(".repdb.db.*.tmp"))) == 1
    with open_database(str(work)) as db:
        assert publish(db, str(out), TODAY).counts["numbers"] >= 3000
    assert list(tmp_path.glob(".repdb.db.*.tmp")) == []


def test_a_folder_that_cannot_be_written_is_named(filled: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError) as caught:
        publish(filled, str(tmp_path / "file" / "repdb.db"), TODAY)
    assert "file" in caught.value.text.ja


@pytest.mark.parametrize("there", ["working", "document"])
def test_what_is_no_snapshot_is_never_replaced(filled: Database, tmp_path: Path, there: str) -> None:
    out = tmp_path / "kept.db"
    if there == "working":
        setup.initialise(str(out), TODAY)
    else:
        out.write_text("minutes of the meeting", encoding="utf-8")
    before, files = out.read_bytes(), set(tmp_path.iterdir())
    with pytest.raises(PublishError) as caught:
        publish(filled, str(out), TODAY)
    assert caught.value.code == "publish_other_file" and "kept.db" in caught.value.text.ja
    assert out.read_bytes() == before and set(tmp_path.iterdir()) == files


def test_publishing_sees_one_moment(tmp_path: Path) -> None:
    work = tmp_path / "work.db"
    setup.initialise(str(work), TODAY)
    with open_database(str(work)) as reading, open_database(str(work), write=True) as writing:
        save(writing, report("+815099990001", "local"))
        wrote: list[int] = []

        def meanwhile(table: str, count: int) -> None:
            if not wrote:
                wrote.append(1)
                save(writing, report("+815099990002", "local"))

        publish(reading, str(tmp_path / "repdb.db"), TODAY, progress=meanwhile)
        assert rows(tmp_path / "repdb.db", "SELECT COUNT(*) FROM numbers WHERE number = '+815099990002'") == [(0,)]
        assert rows(tmp_path / "repdb.db", "PRAGMA foreign_key_check") == []
