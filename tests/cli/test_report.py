"""``repdb report``: flags, questions on a terminal, and nothing personal stored."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli
from terminal import converse


def stored(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("kind", "subject", "query"),
    [
        ("number", "０５０－９９９９－０００１", "05099990001"),
        ("domain", "https://x.duckdns.org/login", "x.duckdns.org"),
        ("company", "架空例示商事", "架空例示商事"),
        ("sender", "ExampleSend", "examplesend"),
    ],
)
def test_a_report_is_found_by_a_look_up(cli: Cli, seeded: Path, kind: str, subject: str, query: str) -> None:
    done = cli("report", kind, subject, "-c", "架空請求", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["state"] == "accepted" and told["report"]
    found = json.loads(cli("lookup", "--json", query).stdout)
    assert found["known"] and found["verdict"] == "suspicious" and found["categories"] == {"fake_billing": 1}
    assert found["evidence"][0]["id"] == told["report"] and found["evidence"][0]["source"] == "local"
    again = cli("report", kind, subject, "-c", "fake_billing", "--json")
    assert json.loads(again.stdout) == {"report": told["report"], "state": "duplicate"}
    assert json.loads(cli("lookup", "--json", query).stdout)["report_count"] == 1


def test_all_flags(cli: Cli, seeded: Path) -> None:
    done = cli(
        "report", "number", "050-9999-0001", "--date", "2026-10-01", "--company", "リボーン債権回収", "--role", "callback",
        "--note", "山田太郎様と呼ばれた。自宅は 090-1234-5678", "--message", "taro@example.com 様 050-9999-0001 へ電話を",
        "--source", "hearsay", "--category", "refund", env={"REPDB_TODAY": "2026-11-21"},
    )  # fmt: skip
    assert done.returncode == 0 and done.stdout.startswith("Stored the report (20261001-")
    ((note, message, day),) = stored(seeded, "SELECT note, message, reported_on FROM reports WHERE source = 'hearsay'")
    assert day == "2026-10-01"
    assert "山田" not in note and "1234-5678" not in note and "taro" not in message and "050-9999-0001" in message
    found = json.loads(cli("lookup", "--json", "050-9999-0001").stdout)
    assert found["claimed_companies"] == ["リボーン債権回収株式会社"] and found["evidence"][0]["role"] == "callback"


def test_a_pending_report_is_not_counted(cli: Cli, seeded: Path) -> None:
    done = cli("report", "number", "050-9999-0001", "--pending")
    assert done.returncode == 0 and "review" in done.stdout
    found = json.loads(cli("lookup", "--json", "050-9999-0001").stdout)
    assert found["known"] is False and found["report_count"] == 0 and found["evidence"] == []
    assert stored(seeded, "SELECT status FROM reports WHERE source = 'local'") == [("pending",)]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["colour", "red"], "number, domain, company, sender"),
        (["number"], "Name the number"),
        (["number", "hello"], "050-1234-5678"),
        (["number", "050-9999-0001", "-c", "謎"], "fake_billing"),
        (["number", "050-9999-0001", "-d", "03/04/2024"], "year first"),
        (["number", "050-9999-0001", "-d", "2099-01-01"], "future"),
        (["number", "050-9999-0001", "--stance", "angry"], "benign"),
        (["number", "050-9999-0001", "--role", "boss"], "callback"),
        (["company", "株式会社"], "legal form"),
        (["sender", "far too long a name"], "11 characters"),
    ],
)
def test_what_cannot_be_stored_is_told(cli: Cli, seeded: Path, args: list[str], says: str) -> None:
    before = stored(seeded, "SELECT COUNT(*) FROM reports") + stored(seeded, "SELECT COUNT(*) FROM sources")
    done = cli("report", *args, "--source", "new one")
    assert done.returncode == 2 and done.stdout == "" and says in done.stderr and done.stderr.count("\n") == 1
    assert stored(seeded, "SELECT COUNT(*) FROM reports") + stored(seeded, "SELECT COUNT(*) FROM sources") == before


def test_questions_on_a_terminal(seeded: Path) -> None:
    shown, out, code = converse(["report", "number"], "050-9999-0001", "例示商事", "", "謎", "宅配")
    assert code == 0 and out.startswith("Stored the report (")
    assert "Number, domain or name:" in shown and "There is no category '謎'" in shown and "delivery" in shown
    ((category, note),) = stored(seeded, "SELECT category, note FROM reports WHERE source = 'local'")
    assert (category, note) == ("delivery", "")
    assert stored(
        seeded, "SELECT COUNT(*) FROM report_companies rc JOIN reports USING (report_id) WHERE source='local'"
    ) == [(1,)]


def test_no_answer_stops_it(seeded: Path) -> None:
    shown, out, code = converse(["report", "number", "--lang", "ja"], "\x04")
    assert code == 130 and out == "" and "番号" in shown and "Traceback" not in shown


def test_a_new_database_is_made_for_a_report(cli: Cli, db_path: Path) -> None:
    done = cli("report", "number", "050-9999-0001", "--lang", "ja")
    assert (
        done.returncode == 0
        and "データベースを作りました" in done.stderr
        and done.stdout.startswith("報告を保存しました")
    )
    assert db_path.exists()
