"""Storing reports: the same twice changes nothing, a changed statement replaces, counts always equal a recount."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_fixtures import TODAY, counts, happen, opened, phone, recounted, report, save, subject

from repdb import filing, store, tally
from repdb.db import Database
from repdb.records import Company, Mention, NumberBlock, Reject, Source
from repdb.storage_error import StorageError
from repdb.subjects import SUBJECTS

NUMBER = phone(1)


def dump(db: Database) -> dict[str, list[Any]]:
    tables = ["reports", "numbers", "domains", "companies", "voices", *(s.link for s in SUBJECTS.values())]
    return {table: sorted(db.all(f"SELECT * FROM {table}"), key=repr) for table in tables}


def status_of(db: Database) -> list[str]:
    return [status for (status,) in db.all("SELECT status FROM reports ORDER BY report_id")]


# --- identity


def test_the_same_batch_twice_changes_nothing(database: Database) -> None:
    batch = [
        report(phone(n), on=f"2026-1{n % 2}-01", others=(Mention("domain", "bad.example", "link"),)) for n in range(9)
    ]
    assert save(database, *batch) == store.Saved(9, 0, 0)
    before = dump(database)
    assert save(database, *batch) == store.Saved(0, 9, 0)
    assert dump(database) == before
    assert save(database, *batch[3:], report(phone(99))) == store.Saved(1, 6, 0)
    assert {row[0] for row in database.all("SELECT number FROM numbers")} == {phone(n) for n in (*range(9), 99)}
    assert counts(database) == recounted(database)


def test_twins_in_one_batch_are_one_report(database: Database) -> None:
    assert save(database, report(), report(), report(note="other")) == store.Saved(2, 1, 0)
    assert save(database) == store.Saved(0, 0, 0)


def test_identity_is_what_was_said_not_how_it_was_described() -> None:
    one = report(others=(Mention("domain", "bad.example", "link"), Mention("company", "x", "claimed")))
    swapped = report(others=(Mention("company", "x", "claimed"), Mention("domain", "bad.example", "link")))
    assert filing.identity(one) == filing.identity(swapped)
    again = filing.Described(one.report._replace(title="t", url="u", status="pending"), one.describe, one.content)
    assert filing.identity(again) == filing.identity(one)
    for change in ({"source": "board"}, {"on": "2026-11-02"}, {"weight": 2}, {"reporter": "r"}, {"stance": "benign"}):
        assert filing.identity(report(**change)) != filing.identity(report()), change  # type: ignore[arg-type]
    assert filing.identity(report(on=""))[0].startswith("undated-")
    assert filing.identity(report())[0].startswith("20261101-") and filing.identity(report())[1] == ""


def test_fields_do_not_run_into_each_other() -> None:
    ids = {filing.identity(report(source=s, on=o, category=c))[0] for s, o, c in [("a", "", "bc"), ("ab", "", "c")]}
    assert len(ids) == 2


def test_a_changed_statement_replaces_the_earlier_one(database: Database) -> None:
    save(database, report(phone(1), ref="case-7", others=(Mention("domain", "old.example", "link"),)))
    assert save(database, report(phone(2), ref="case-7")) == store.Saved(1, 0, 1)
    assert database.all("SELECT COUNT(*) FROM reports") == [(1,)]
    assert subject(database, "phone", phone(1))["verdict"] == "unreported"
    assert subject(database, "domain", "old.example")["report_count"] == 0
    assert subject(database, "phone", phone(2))["report_count"] == 1
    assert save(database, report(phone(2), ref="case-7")) == store.Saved(0, 1, 0)
    assert counts(database) == recounted(database)


def test_the_same_reference_of_another_source_is_another_statement(database: Database) -> None:
    assert save(database, report(ref="1"), report(source="board", ref="1")) == store.Saved(2, 0, 0)


@pytest.mark.parametrize("decided", ["rejected", "withdrawn"])
def test_what_a_moderator_decided_stays_decided(database: Database, decided: str) -> None:
    save(database, report(ref="case-7"))
    (report_id,) = (row[0] for row in database.all("SELECT report_id FROM reports"))
    with database.transaction():
        store.set_status(database, [report_id], decided, TODAY)
    assert save(database, report(phone(2), ref="case-7")) == store.Saved(0, 1, 0)
    assert status_of(database) == [decided]


def test_an_alias_stands_for_its_company(database: Database) -> None:
    company = Company("あまぞん", "Amazon", "genuine", source="article", aliases=("AMZN", "アマゾン"))
    with database.transaction():
        store.save_companies(database, [company], str.casefold)
    save(
        database,
        report(phone(1), others=(Mention("company", "amzn", "claimed"), Mention("company", "あまぞん", "claimed"))),
        report(phone(2), others=(Mention("company", "アマゾン", "claimed"),)),
    )
    assert {row[0] for row in database.all("SELECT company FROM companies")} == {"あまぞん"}
    assert subject(database, "company", "あまぞん")["report_count"] == 2
    assert database.all("SELECT alias, name FROM company_aliases ORDER BY alias") == [
        ("amzn", "AMZN"),
        ("アマゾン", "アマゾン"),
    ]
    assert counts(database) == recounted(database)


def test_a_subject_mentioned_twice_counts_once_in_its_first_role(database: Database) -> None:
    save(database, report(NUMBER, role="callback", others=(Mention("phone", NUMBER, "official"),)))
    assert database.all("SELECT role FROM report_numbers") == [("callback",)]


def test_a_description_is_kept_from_the_first_report(database: Database) -> None:
    save(database, report(NUMBER))
    database.execute("UPDATE numbers SET note = 'kept'")
    save(database, report(NUMBER, "board"))
    assert database.all("SELECT note, display, line_type FROM numbers") == [("kept", NUMBER, "voip")]


# --- moderation


def test_set_status_changes_counts_and_back(database: Database) -> None:
    save(database, report(), report(source="notice"))
    before = counts(database)
    ids = [row[0] for row in database.all("SELECT report_id FROM reports")]
    with database.transaction():
        store.set_status(database, ids, "withdrawn", TODAY)
    assert subject(database, "phone", NUMBER) == {
        "report_count": 0, "benign_count": 0, "source_count": 0, "first_reported_on": "", "last_reported_on": "",
        "adverse": 0.0, "benign": 0.0, "score": 0.0, "verdict": "unreported",
    }  # fmt: skip
    with database.transaction():
        store.set_status(database, ids, "accepted", TODAY)
    assert counts(database) == before == recounted(database)


def test_a_pending_report_counts_when_accepted(database: Database) -> None:
    save(database, report(status="pending"))
    assert subject(database, "phone", NUMBER)["report_count"] == 0
    ids = [row[0] for row in database.all("SELECT report_id FROM reports WHERE status = 'pending'")]
    with database.transaction():
        store.set_status(database, ids, "accepted", TODAY)
    assert subject(database, "phone", NUMBER)["verdict"] == "suspicious"


# --- counts equal a recount, whatever happened before


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("store") / "repdb.db"
    with closing(opened(str(path) if request.param == "sqlite" else request.getfixturevalue("postgres")())) as db:
        with db.transaction():
            store.save_companies(db, [Company("架空", "架空", "fictitious", aliases=("別名",))], str)
            store.recount(db, TODAY)
        yield db


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_counts_equal_a_recount_after_any_history(shared: Database, draw: random.Random, steps: int) -> None:
    for table in [*(s.link for s in SUBJECTS.values()), "reports"]:
        shared.execute(f"DELETE FROM {table}")
    with shared.transaction():
        store.recount(shared, TODAY)
    for _ in range(steps):
        happen(draw, shared)
    # Scores are as of the day of the count: all actions happen on one day, so they must agree too.
    assert counts(shared) == recounted(shared)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_batches_does_not_matter(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    batch = [
        report(
            phone(draw.randrange(4)),
            draw.choice(["notice", "board"]),
            f"2026-0{draw.randint(1, 9)}-01",
            reporter=str(n),
        )
        for n in range(30)
    ]
    found = []
    for name, size in (("one", 30), ("two", 7), ("three", 1)):
        with closing(opened(str(tmp_path / name))) as db:
            draw.shuffle(batch)
            for start in range(0, len(batch), size):
                save(db, *batch[start : start + size])
            found.append(counts(db))
    assert found[0] == found[1] == found[2]


def test_both_databases_count_alike(postgres: Any, tmp_path: Path) -> None:
    found = []
    for target in (str(tmp_path / "a.db"), postgres()):
        draw = random.Random(5)
        with closing(opened(target)) as db:
            for _ in range(25):
                happen(draw, db)
            found.append((counts(db), dump(db)["reports"]))
    assert found[0] == found[1]


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    save(database, report())
    before = dump(database)

    class Stop(Exception):
        pass

    with pytest.raises(Stop), database.transaction():
        store.save_reports(database, [report(phone(2)), report(phone(3))], TODAY)
        raise Stop
    assert dump(database) == before
    with pytest.raises(StorageError), database.transaction():
        store.save_reports(database, [report(phone(4), "nobody")], TODAY)
    assert dump(database) == before
    assert save(database, report(phone(2))) == store.Saved(1, 0, 0)


def test_time_passing_between_batches_keeps_votes(database: Database) -> None:
    """Scores are brought up to date only for what is touched; the sums behind them never depend on the day."""
    save(database, report(phone(1), on="2026-11-20"))
    save(database, report(phone(2), on="2026-11-20"), as_of=TODAY + timedelta(days=900))
    one, two = subject(database, "phone", phone(1)), subject(database, "phone", phone(2))
    assert one["adverse"] == two["adverse"] and one["score"] > two["score"]


# --- the other tables


def test_sources_are_updated_and_flags_are_whole_numbers(database: Database) -> None:
    with database.transaction():
        store.save_sources(database, [Source("board", "新しい題", "board", redistributable=True, trust=0.7)])
    assert database.all("SELECT title, redistributable, trust FROM sources WHERE source = 'board'") == [
        ("新しい題", 1, 0.7)
    ]


def test_number_blocks_are_replaced_by_kind(database: Database) -> None:
    blocks = [
        NumberBlock("0501000", "0501099", "甲", "050", "article"),
        NumberBlock("0120000", "0120099", "乙", "0120", "article"),
    ]
    with database.transaction():
        store.save_number_blocks(database, blocks)
        store.save_number_blocks(database, [NumberBlock("0502000", "0502099", "丙", "050", "article")])
        store.save_number_blocks(database, [])
    assert database.all("SELECT prefix_from, carrier FROM number_blocks ORDER BY 1") == [
        ("0120000", "乙"),
        ("0502000", "丙"),
    ]


def test_a_company_that_was_only_claimed_becomes_known(database: Database) -> None:
    save(database, report("本物", kind="company", role="claimed"))
    with database.transaction():
        store.save_companies(
            database, [Company("本物", "本物株式会社", "genuine", source="article", licence="第1号")], str
        )
        tally.count(database, "company", ["本物"], TODAY)
    assert database.all("SELECT name, licence, report_count, verdict FROM companies") == [
        ("本物株式会社", "第1号", 1, "suspicious")
    ]


def test_save_rows_adds_and_updates(database: Database) -> None:
    row: dict[str, object] = {"contact": "c", "name": "窓口", "name_en": "desk", "source": "article"}
    with database.transaction():
        store.save_rows(database, "advice_contacts", ("contact",), [row])
        store.save_rows(database, "advice_contacts", ("contact",), [row | {"name": "新窓口"}])
        store.save_rows(database, "advice_contacts", ("contact",), [])
    assert database.all("SELECT name, about FROM advice_contacts") == [("新窓口", "")]


def test_rejects_are_kept_once_whatever_is_in_them(database: Database) -> None:
    database.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state) VALUES ('r', 'ingest', 'f', 's', 't', 'x')"
    )
    rejects = [
        Reject("f.csv", 2, "bad_date", "why", "half a pair \ud800, then 日本"),
        Reject("f.csv", 3, "bad_date", "why \udce9", "a\0b😀"),
        Reject("odd\udce9.csv", 3, "bad_date", "why", "a\0b😀"),
    ]
    with database.transaction():
        for _ in range(2):
            store.save_rejects(database, "r", rejects)
        store.save_rejects(database, "r", [])
    assert database.all("SELECT file, line, reason, content FROM rejects ORDER BY file, line") == [
        ("f.csv", 2, "why", "half a pair \ufffd, then 日本"),
        ("f.csv", 3, "why \ufffd", "a\ufffdb😀"),
        ("odd\ufffd.csv", 3, "why", "a\ufffdb😀"),
    ]


def test_recount_repairs_counts(database: Database) -> None:
    save(database, report(), report(source="notice"))
    before = counts(database)
    database.execute("UPDATE numbers SET report_count = 7, verdict = 'official', adverse = 0")
    database.execute("DELETE FROM voices")
    with database.transaction():
        store.recount(database, TODAY)
    assert counts(database) == before
