"""Taking tables in: every row accounted for, nothing twice, nothing lost when a run is cut off."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from storage_fixtures import counts, recounted

from repdb import admission, ingest, migrate, store, tabular
from repdb import db as storage
from repdb.ingest import Options, Summary
from repdb.intake import Intake
from repdb.records import RepdbError, Source, Unreadable
from repdb.tabular import open_table

TODAY = date(2026, 11, 21)
HEADER = "number,date,category,company,note,ref,source\n"


def line(number: int, **more: str) -> str:
    row = {
        "number": f"050-9999-{number:04d}",
        "date": "2026-11-01",
        "category": "",
        "company": "",
        "note": "",
        "ref": "",
    }
    return ",".join({**row, "source": "", **more}.values()) + "\n"


def write(folder: Path, rows: Iterable[str], name: str = "a.csv") -> str:
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return str(path)


def take(db: storage.Database | None, path: str, progress: Any = lambda summary: None, **options: Any) -> Summary:
    with closing(open_table(path)) as table:
        return ingest.ingest(db, table, Options(**options), TODAY, progress)


def dump(db: storage.Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database but the log of runs."""
    return {
        table: sorted(db.all(f"SELECT * FROM {table}"), key=repr) for table in sorted(migrate.tables(db) - {"runs"})
    }


def fates(summary: Summary) -> tuple[int, int, int, int]:
    return summary.read, summary.stored, summary.duplicates, summary.rejected


def test_every_row_has_a_fate(database: storage.Database, tmp_path: Path) -> None:
    rows = [
        line(1),
        line(2),
        line(1),
        "hello,,,,,,\n",
        line(3, date="2099-01-01"),
        line(4, category="謎"),
        "a,b,c,d,e,f,g,h\n",
    ]
    summary = take(database, write(tmp_path, rows))
    assert fates(summary) == (7, 2, 1, 4)
    assert summary.reasons == {"not_a_number": 1, "future_date": 1, "bad_category": 1, "too_many_columns": 1}
    assert [(r.code, r.line) for r in summary.examples] == [
        ("not_a_number", 5), ("future_date", 6), ("bad_category", 7), ("too_many_columns", 8),
    ]  # fmt: skip
    assert summary.explained.keys() == summary.reasons.keys()
    kept = database.all("SELECT line, code, reason, content FROM rejects ORDER BY line")
    assert [row[:2] for row in kept] == [
        (5, "not_a_number"),
        (6, "future_date"),
        (7, "bad_category"),
        (8, "too_many_columns"),
    ]
    assert all(row[2] for row in kept) and '"〔5字〕"' in kept[0][3] and '"h"' in kept[3][3]
    run = database.one("SELECT state, rows_read, rows_stored, rows_duplicate, rows_rejected FROM runs")
    assert run == ("done", 7, 2, 1, 4)
    assert counts(database) == recounted(database)


def test_the_same_file_again_changes_nothing(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(n % 40, note=str(n % 50)) for n in range(120)] + ["bad,,,,,,\n"])
    first = take(database, path, batch=16)
    before = dump(database)
    again = take(database, path, batch=50)
    assert fates(again) == (121, 0, 120, 1) and dump(database) == before
    assert first.stored + first.duplicates == 120 and first.run != again.run


def test_the_order_and_the_batches_do_not_matter(tmp_path: Path) -> None:
    from storage_fixtures import opened

    rows = [line(n % 7, date=f"2026-{n % 11 + 1:02d}-01", source=f"s{n % 3}", note=str(n)) for n in range(90)]
    found = []
    for name, order, batch in (("a", rows, 1000), ("b", rows[::-1], 7)):
        with closing(opened(str(tmp_path / f"{name}.db"))) as db:
            take(db, write(tmp_path, order, f"{name}.csv"), batch=batch)
            found.append((counts(db), sorted(db.all("SELECT report_id FROM reports"))))
    assert found[0] == found[1]


def test_a_dry_run_stores_nothing(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(1), "bad,,,,,,\n"])
    before = dump(database)
    for db in (database, None):
        summary = take(db, path, dry_run=True)
        assert fates(summary) == (2, 0, 0, 1) and summary.run == ""
    assert dump(database) == before and database.all("SELECT * FROM runs") == []


class Stopped(Exception):
    pass


def stop_after(batches: int) -> Any:
    calls = []

    def progress(summary: Summary) -> None:
        calls.append(summary.read)
        if len(calls) == batches:
            raise Stopped

    return progress


@pytest.mark.parametrize("batches", [1, 3])
def test_a_run_that_was_cut_off_goes_on(database: storage.Database, tmp_path: Path, batches: int) -> None:
    path = write(tmp_path, [*(line(n) for n in range(50)), "bad,,,,,,\n", *(line(n) for n in range(60))])
    with pytest.raises(Stopped):
        take(database, path, stop_after(batches), batch=20)
    assert counts(database) == recounted(database)
    summary = take(database, path, batch=20)
    assert fates(summary) == (111, 60, 50, 1) and summary.skipped == 20 * batches
    states = database.all("SELECT state, message FROM runs ORDER BY started_at, run")
    assert sorted(state for state, _ in states) == ["done", "interrupted"]
    assert any(summary.run in message for _, message in states)
    assert take(database, path).skipped == 0
    assert counts(database) == recounted(database)


def test_another_file_or_other_options_do_not_go_on(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(n) for n in range(50)])
    with pytest.raises(Stopped):
        take(database, path, stop_after(1), batch=20)
    assert take(database, path, defaults={"source": "other"}).skipped == 0
    write(tmp_path, [line(n) for n in range(51)])
    assert take(database, path).skipped == 0


def test_a_changed_reference_replaces_what_was_said(database: storage.Database, tmp_path: Path) -> None:
    named = {"defaults": {"source": "a carrier"}}
    take(database, write(tmp_path, [line(1, ref="A", note="first"), line(2, ref="B")]), **named)
    summary = take(database, write(tmp_path, [line(3, ref="A", note="second"), line(2, ref="B")]), **named)
    assert (summary.stored, summary.changed, summary.duplicates) == (1, 1, 1)
    assert database.all("SELECT number, report_count FROM numbers ORDER BY number") == [
        ("+815099990001", 0), ("+815099990002", 1), ("+815099990003", 1),
    ]  # fmt: skip
    assert database.all("SELECT note FROM reports WHERE ref = 'A'") == [("second",)]
    assert counts(database) == recounted(database)


def test_numbers_of_another_year_or_of_nobody_take_nothing_away(database: storage.Database, tmp_path: Path) -> None:
    """An office counts its cases from 1 every year, and two files without a source are two parties'."""
    years = [write(tmp_path, [line(n, ref="1", date=f"{2020 + n}-04-01")], f"{n}.csv") for n in (1, 2)]
    for _ in range(2):
        for path in years:
            take(database, path, defaults={"source": "an office"})
    files = [write(tmp_path, [line(n, ref="1"), line(n, ref="1"), line(n + 1, ref="1")], f"{n}.csv") for n in (3, 5)]
    assert [fates(take(database, path)) for path in files] == [(3, 2, 1, 0)] * 2
    assert [fates(take(database, path)) for path in files] == [(3, 0, 3, 0)] * 2
    assert database.one("SELECT COUNT(*) FROM reports") == (6,)
    assert database.one("SELECT COUNT(*) FROM numbers WHERE report_count = 1") == (6,)


def test_references_that_are_stored_as_names_stay_names(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(1, ref="A")])
    with database.transaction():
        terms = admission.of_files(database, False)
        store.save_sources(database, [Source("import", "import", "partner")])
        read = Intake({}, TODAY.isoformat(), admission=terms._replace(numbered=False))
        store.save_reports(
            database, [read.report({"number": "050-9999-0001", "ref": "A", "date": "2026-11-01"})], TODAY
        )
        database.execute("DELETE FROM meta WHERE key = 'file_references'")
    assert take(database, path).changed == 1, "it is the same statement, in other words"
    assert fates(take(database, path)) == (1, 0, 1, 0)
    assert database.one("SELECT COUNT(*) FROM reports") == (1,)


def test_sources_named_for_the_first_time_start_modestly(database: storage.Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, [line(1, source="new one")], "a.csv"))
    take(database, write(tmp_path, [line(2)], "b.csv"), defaults={"source": "default one"})
    found = database.all("SELECT source, trust, redistributable, kind FROM sources WHERE source LIKE '%one' ORDER BY 1")
    assert found == [("default one", 0.5, 0, "partner"), ("new one", 0.5, 0, "contributor")]


def test_columns_that_tell_nothing(database: storage.Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("foo,bar\n1,2\n")
    for mapping, code, word in (({}, "no_column", "--map"), ({"Nope": "number"}, "no_such_column", "Nope")):
        with pytest.raises(Unreadable) as caught:
            take(database, str(path), mapping=mapping)
        assert caught.value.code == code and word in caught.value.text.ja and "foo" in caught.value.text.en
    assert take(database, str(path), mapping={"FOO": "company"}).rejected == 0
    path.write_text("foo,bar\n")
    with pytest.raises(Unreadable):
        take(database, str(path))
    assert database.all("SELECT state FROM runs") == [("done",)]


def test_json_lines_are_judged_one_by_one(database: storage.Database, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n{"tel": "188", "id": 2}\n{"domain": ["a.example", "b.example"]}\nx\n')
    summary = take(database, str(path))
    assert fates(summary) == (4, 2, 0, 2) and summary.reasons == {"no_subject": 1, "bad_json": 1}
    assert database.all("SELECT ref FROM reports WHERE ref <> ''") == [("2",)]


def test_half_a_surrogate_pair_costs_its_row_at_most(database: storage.Database, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"tel": "188", "note": "a\\ud800b", "ref": "\\udfff"}\n{"company": "ア\\ud800", "tel": "189"}\n{"tel": "110\\udc00"}\n'
    )
    summary = take(database, str(path))
    assert fates(summary) == (3, 1, 0, 2) and summary.reasons == {"bad_text": 2}
    assert database.all("SELECT note, ref FROM reports") == [("a b", "")]
    assert len(database.all("SELECT content FROM rejects")) == 2


def test_the_shape_of_the_largest_feed(database: storage.Database, tmp_path: Path) -> None:
    path = tmp_path / "202601.csv"
    path.write_text(
        "date,URL,description\n2026/01/05 10:00:00,https://x.duckdns.org/a,例示銀行\n"
        "2026/01/05 11:00:00,https://x.duckdns.org/b,例示銀行\n2026/01/05 12:00:00,https://x.duckdns.org/a,例示銀行\n"
        ",hxxp://y.duckdns.org,-\n2026/01/05,https://broken..club/,例示銀行\n"
    )
    summary = take(database, str(path))
    assert fates(summary) == (5, 3, 1, 1)
    assert database.all("SELECT domain, report_count, shared FROM domains ORDER BY domain") == [
        ("x.duckdns.org", 2, 0), ("y.duckdns.org", 1, 0),
    ]  # fmt: skip
    assert database.one("SELECT DISTINCT source FROM reports") == ("jpcert-phishurl",)


def test_progress_is_told_batch_by_batch(database: storage.Database, tmp_path: Path) -> None:
    seen: list[int] = []
    take(database, write(tmp_path, [line(n) for n in range(50)]), lambda s: seen.append(s.read), batch=20)
    assert seen[:2] == [20, 40] and seen[-1] == 50


def test_a_full_disk_leaves_a_sound_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage_fixtures import opened

    with closing(opened(str(tmp_path / "small.db"))) as db:
        pages = db.one("PRAGMA page_count")
        assert pages
        db.execute(f"PRAGMA max_page_count = {pages[0] + 40}")
        path = write(tmp_path, [line(n, note="x" * 200) for n in range(3000)])
        with pytest.raises(storage.StorageError) as caught:
            take(db, path, batch=200)
        assert caught.value.code == "db_full"
        assert db.one("PRAGMA integrity_check") == ("ok",)
        assert counts(db) == recounted(db)
        db.execute("PRAGMA max_page_count = 1000000")
        summary = take(db, path, batch=200)
        assert summary.skipped > 0 and summary.stored == 3000
        assert counts(db) == recounted(db)


def test_a_few_rows_from_a_form(database: storage.Database) -> None:
    rows = [{"number": "050-9999-0001", "reported_on": "2026-11-01"}, {"domain": "a.example"}]
    with database.transaction():
        summary, ids = ingest.save_raw(database, rows, {"source": "web"}, TODAY)
    assert fates(summary) == (2, 2, 0, 0) and len(set(ids)) == 2
    with database.transaction():
        again, same = ingest.save_raw(database, rows, {"source": "web"}, TODAY)
    assert again.duplicates == 2 and same == ids
    with pytest.raises(Unreadable), database.transaction():
        ingest.save_raw(database, [rows[0], {"number": "x"}], {"source": "article"}, TODAY)
    assert database.one("SELECT COUNT(*) FROM reports") == (2,)


def test_a_table_from_a_pipe_is_not_resumed(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(n) for n in range(30)])
    for _ in range(2):
        with closing(open_table(path)) as table, pytest.raises(Stopped):
            piped = replace(table, signature="", path="")
            ingest.ingest(database, piped, Options(batch=10), TODAY, stop_after(1))
    assert {row[0] for row in database.all("SELECT rows_read FROM runs")} == {10}
    assert isinstance(tabular.Table, type)


PERSON = ("山田花子", "hanako@mihon.example", "090-9999-1234", "見本市見本町1-2-3")


@pytest.mark.parametrize(
    ("header", "row", "shown"),
    [
        ("電話番号,分類,氏名,メール,連絡先,住所", "050-9999-0001,謎語,{0},{1},{2},{3}", '"〔2字〕"'),
        ("相手電話番号,分類,日付,件数", "050-9999-0001,{0},2026-11-01,1", '"〔4字〕"'),
        ("相手電話番号,分類,日付", "050-9999-0001,その他,{0}の誕生日", '"その他", "日付": "〔8字〕"'),
        ("相手電話番号,情報源", "050-9999-0001,{0}", '"050-9999-0001", "情報源": "〔4字〕"'),
        ("相手電話番号,日付", "050-9999-000,2026-13-01", '"050-9999-000", "日付": "2026-13-01"'),
        ("相手電話番号,会社名", "{2}22,見本運輸", '{"相手電話番号": "〔15字〕", "会社名": "見本運輸"'),
        ("電話番号,分類,備考", "{2},謎,{0}様 {1} {3}", "〔電話番号〕"),
        ("相手電話番号,氏名", "050-9999-0001,x,{0}", "〔省略〕"),
        ("相手電話番号,氏名", 'abc,"{0}', "〔省略〕"),
        ("電話番号,備考", "abc,x,{1}", '"abc"'),
        ("相手電話番号,備考", "abc,{1}", '"〔3字〕"'),
    ],
)
def test_a_row_that_is_kept_tells_nothing_of_a_person(
    database: storage.Database, tmp_path: Path, header: str, row: str, shown: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n{row.format(*PERSON)}\n", encoding="utf-8")
    summary = take(database, str(path))
    ((line, content, reason),) = database.all("SELECT line, content, reason FROM rejects")
    assert line == 2 and reason and shown in content and summary.examples[0].row == content
    assert [word for word in PERSON if word in content + reason] == []


def test_a_broken_line_of_json_hides_what_it_can(database: storage.Database, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"caller": "abc", "mail": "hanako@mihon.example", "氏名": "山田花子"}\n{broken hanako@mihon.example\n'
    )
    summary = take(database, str(path))
    kept = " ".join(row for (row,) in database.all("SELECT content FROM rejects"))
    assert "hanako" not in kept and "花子" not in kept and '"〔3字〕"' in kept
    assert summary.ignored == {"氏名": "", "mail": "email"}


def test_windows_line_ends_make_no_second_report(database: storage.Database, tmp_path: Path) -> None:
    text = '電話番号,備考\n050-9999-0001,"一行目\n二行目"\n'
    for name, content in (("a.csv", text), ("b.csv", text.replace("\n", "\r\n"))):
        (tmp_path / name).write_bytes(content.encode())
    stored = [take(database, str(tmp_path / name)).stored for name in ("a.csv", "b.csv")]
    assert stored == [1, 0]
    assert database.one("SELECT note FROM reports") == ("一行目\n二行目",)


def test_a_file_that_is_being_taken_in_is_not_taken_over(
    database: storage.Database, target: str, tmp_path: Path
) -> None:
    path = write(tmp_path, [line(n) for n in range(60)])
    refused: list[str] = []

    def meanwhile(summary: Summary) -> None:
        if summary.read == 20:
            with closing(storage.open_database(target, write=True)) as other, pytest.raises(RepdbError) as caught:
                take(other, path)
            refused.append(caught.value.code)

    summary = take(database, path, meanwhile, batch=20)
    assert refused == ["ingest_running"] and fates(summary) == (60, 60, 0, 0)
    assert database.all("SELECT state, rows_read, rows_stored FROM runs") == [("done", 60, 60)]
    assert fates(take(database, path)) == (60, 0, 60, 0), "afterwards anybody may"


def test_all_dead_runs_of_a_file_are_closed(database: storage.Database, tmp_path: Path) -> None:
    path = write(tmp_path, [line(n) for n in range(60)])

    def stop(summary: Summary) -> None:
        if summary.read == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(database, path, stop, batch=20)
    database.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state)"
        " SELECT 'older', command, input, signature, started_at, state FROM runs"
    )
    assert take(database, path, batch=20).skipped == 40
    assert sorted(database.all("SELECT state FROM runs")) == [("done",), ("interrupted",), ("interrupted",)]


def test_a_pipe_that_ends_early_is_not_left_to_be_continued(database: storage.Database, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(
        target=lambda: fifo.write_text("\n".join(["number", *(f"050-9999-{n:04d}" for n in range(60))]))
    )
    writer.start()

    def stop(summary: Summary) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(database, str(fifo), stop, batch=20)
    writer.join()
    assert database.all("SELECT signature, state, rows_read, message FROM runs") == [("", "interrupted", 20, "")]


def test_what_came_through_a_pipe_is_stored_while_it_stays_open(
    database: storage.Database, target: str, tmp_path: Path
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    stored = threading.Event()
    counted: list[int] = []

    def write_slowly() -> None:
        with open(fifo, "wb", buffering=0) as end:
            end.write(("number\n" + "".join(f"050-9999-{n:04d}\n" for n in range(1000))).encode())
            assert stored.wait(30), "the pipe is open, and its rows wait for its end"
            end.write(b"050-9999-2000\n")

    def progress(summary: Summary) -> None:
        with closing(storage.open_database(target)) as other:
            counted.append(other.all("SELECT COUNT(*) FROM reports")[0][0])
        stored.set()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    summary = take(database, str(fifo), progress)
    writer.join()
    assert fates(summary) == (1001, 1001, 0, 0) and counted[0] == 1000


def test_a_pause_behind_a_full_batch_is_not_the_end(database: storage.Database, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def write_slowly() -> None:
        with open(fifo, "wb", buffering=0) as end:
            end.write(b"number\n050-9999-0001\n050-9999-0002\n")
            time.sleep(1.5)
            end.write(b"050-9999-0003\n")

    writer = threading.Thread(target=write_slowly)
    writer.start()
    summary = take(database, str(fifo), batch=2)
    writer.join()
    assert fates(summary) == (3, 3, 0, 0)
