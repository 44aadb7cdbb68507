"""Figures of a database, counted by hand."""

from __future__ import annotations

import json

from storage_fixtures import phone, report, save

from repdb import stats, store
from repdb.db import Database
from repdb.migrate import latest_version, tables
from repdb.records import Reject


def test_figures(database: Database) -> None:
    save(
        database,
        report(phone(1), "notice", "2026-11-20", category="delivery"),
        report(phone(1), "article", "2026-11-19", category="delivery"),
        report(phone(2), "article", "2026-10", category="fake_billing"),
        report(phone(3), "board", "2019", category="other", stance="benign"),
        report(phone(4), "board", "", status="pending"),
        report("bad.example", "article", "2026-11-01", kind="domain", role="link"),
    )
    for n, state in enumerate(["done", "running", "failed"]):
        database.execute(
            "INSERT INTO runs (run, command, input, signature, started_at, state, rows_read, rows_rejected)"
            " VALUES (?, 'ingest', 'f.csv', 's', ?, ?, 9, 2)",
            (f"run-{n}", f"2026-11-2{n}T00:00:00", state),
        )
    with database.transaction():
        store.save_rejects(database, "run-0", [Reject("f", n, "bad_date", "r", "x") for n in range(2)])
        store.save_rejects(database, "run-0", [Reject("f", 9, "not_a_number", "r", "x")])
    found = stats.figures(database)
    assert found.schema_version == latest_version()
    assert found.rows == {
        name: {"numbers": 4, "domains": 1, "reports": 6, "report_numbers": 5, "report_domains": 1, "sources": 4,
               "runs": 3, "rejects": 3, "voices": 5, "meta": 1, "schema_migrations": latest_version()}.get(name, 0)
        for name in found.rows
    }  # fmt: skip
    assert set(found.rows) == tables(database)
    assert found.reports_by_status == {"accepted": 5, "pending": 1}
    assert found.reports_by_category == {"delivery": 2, "other": 2, "fake_billing": 1}
    assert list(found.reports_by_category) == ["delivery", "other", "fake_billing"], "the most frequent first"
    assert found.reports_by_source == {"article": 3, "board": 1, "notice": 1}
    assert list(found.reports_by_month.items()) == [("2026-10", 1), ("2026-11", 3)]
    assert (found.first_reported_on, found.last_reported_on) == ("2019", "2026-11-20")
    assert found.verdicts["phone"] == {"unreported": 2, "dangerous": 1, "suspicious": 1}
    assert found.verdicts["domain"] == {"suspicious": 1} and found.verdicts["company"] == {}
    assert found.rejects_by_code == {"bad_date": 2, "not_a_number": 1}
    assert [(run.run, run.state, run.rows_read) for run in found.runs] == [
        ("run-2", "failed", 9), ("run-1", "running", 9), ("run-0", "done", 9),
    ]  # fmt: skip
    assert [run.run for run in stats.last_runs(database, 1)] == ["run-2"]
    assert json.loads(json.dumps(found.as_json()))["runs"][0]["state"] == "failed"


def test_an_empty_database_has_figures_too(database: Database) -> None:
    found = stats.figures(database)
    assert (found.first_reported_on, found.last_reported_on, found.runs) == ("", "", ())
    assert found.rows["reports"] == 0 and found.reports_by_month == {}
