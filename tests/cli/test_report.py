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
    assert json.loads(again.stdout) == {
        "report": told["report"],
        "state": "duplicate",
        "status": "accepted",
        "added": [],
    }
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


@pytest.mark.parametrize("action", ["reopen", "reject", "withdraw"])
def test_a_twin_that_does_not_count_is_told_with_the_way_to_count_it(cli: Cli, seeded: Path, action: str) -> None:
    args = ("report", "number", "050-9999-0001", "-c", "refund")
    first = json.loads(cli(*args, "--json").stdout)["report"]
    assert cli("review", f"--{action}", first).returncode == 0
    again = json.loads(cli(*args, "--json").stdout)
    status = {"reopen": "pending", "reject": "rejected", "withdraw": "withdrawn"}[action]
    assert (again["report"], again["state"], again["status"]) == (first, "duplicate", status)
    for lang in ("ja", "en"):
        assert f"repdb review --accept {first}" in cli("--lang", lang, *args).stdout
    assert cli("review", "--accept", first).returncode == 0
    assert "--accept" not in cli(*args).stdout


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
    assert (
        "phone number:" in shown
        and "There is no '謎'" in shown
        and "   5  parcel delivery impersonation (delivery)" in shown
    )
    ((category, note),) = stored(seeded, "SELECT category, note FROM reports WHERE source = 'local'")
    assert (category, note) == ("delivery", "")
    assert stored(
        seeded, "SELECT COUNT(*) FROM report_companies rc JOIN reports USING (report_id) WHERE source='local'"
    ) == [(1,)]


def test_the_kind_is_asked_and_what_cannot_be_read_is_asked_again(seeded: Path) -> None:
    shown, out, code = converse(["report", "--lang", "ja"], "9", "電話番号", "こんにちは", "110番", "", "", "３")
    assert code == 0 and out.startswith("報告を保存しました（"), shown
    assert "   1  電話番号（number）" in shown and "「9」はありません" in shown and "050-1234-5678" in shown
    assert stored(
        seeded, "SELECT category, number FROM reports JOIN report_numbers USING (report_id) WHERE source = 'local'"
    ) == [("one_click", "jp:110")]


def test_nobody_is_asked_where_there_is_no_terminal(cli: Cli, seeded: Path) -> None:
    done = cli("report", "--lang", "ja")
    assert done.returncode == 2 and "種類は number, domain, company, sender のどれかです" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--stance", "dispute", "--pending", "-d", "2026-11-01"), "Not with --stance dispute: --date, --pending"),
        (("--stance", "dispute", "-n", "x", "-m", "y"), "Not with --stance dispute: --message"),
        (("--stance", "dispute", "--source", "x", "--no-mentions"), "--mentions, --source"),
        (("--contact", "a@own.example"), "--contact goes with --stance dispute"),
        (("--withdraw",), "--withdraw goes with --receipt"),
        (("--receipt", "AAAA"), "Not with --receipt: number|domain|company|sender"),
    ],
)
def test_no_flag_is_dropped(cli: Cli, seeded: Path, args: tuple[str, ...], says: str) -> None:
    done = cli("report", "number", "050-9999-0001", *args)
    assert (done.returncode, done.stdout) == (2, "") and says in done.stderr


def test_what_is_too_long_is_told(cli: Cli, seeded: Path) -> None:
    done = cli("report", "number", "050-9999-0001", "-c", "other", "-m", "あ" * 20_001)
    assert done.returncode == 0 and "20,001 characters; of these the first 20,000" in done.stderr
    args = ("--lang", "ja", "report", "number", "050-9999-0001", "--stance", "dispute", "--contact", "a@own.example")
    done = cli(*args, "-n", "あ" * 2_001)
    assert done.returncode == 2 and "「何が違うか」が長すぎます（2,000 文字まで）" in done.stderr


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


# --- what the message names

MESSAGE = (
    "【Amazon】未納料金があります。本日中に 050-9999-0001 または ０５０－９９９９－０００２ へご連絡ください。"
    "https://pay.bad-host.example/login https://bit.ly/3xyz 公式 https://www.amazon.co.jp/ 相談は 188 へ"
)


def named(db: Path) -> dict[str, str]:
    """Key → role of what the reports of this test name."""
    tables = {"report_numbers": "number", "report_masked_numbers": "masked_number", "report_domains": "domain"}
    return dict(
        row
        for table, key in tables.items()
        for row in stored(db, f"SELECT {key}, role FROM {table} JOIN reports USING (report_id) WHERE source = 'local'")
    )


def test_what_a_message_names_is_reported_on_request_only(cli: Cli, seeded: Path) -> None:
    args = ("report", "number", "050-9999-0001", "-c", "fake_billing", "-m", MESSAGE, "--json")
    assert json.loads(cli(*args).stdout)["added"] == []
    assert named(seeded) == {"+815099990001": "reported"}
    done = cli(*args, "--mentions", "--role", "callback")
    assert json.loads(done.stdout)["added"] == ["+815099990002", "bad-host.example"]
    assert done.stderr == "In the message: 050-9999-0002 (callback), bad-host[.]example (link)\n"
    found = json.loads(cli("lookup", "--json", "bad-host.example").stdout)
    assert found["known"] and found["evidence"][0]["role"] == "link"
    again = cli(*args, "--mentions", "--role", "callback")
    assert json.loads(again.stdout)["state"] == "duplicate"


@pytest.mark.parametrize(
    ("kind", "subject", "role", "expected"),
    [
        ("number", "050-9999-0001", "sender", {"+815099990001": "sender", "+815099990002": "callback", "bad-host.example": "link"}),
        ("number", "050-9999-0009", "reported", {"+815099990009": "reported", "+815099990001": "callback", "+815099990002": "callback", "bad-host.example": "link"}),
        ("domain", "mail.example", "sender", {"mail.example": "sender", "+815099990001": "callback", "+815099990002": "callback", "bad-host.example": "link"}),
        ("domain", "bad-host.example", "", {"bad-host.example": "link", "+815099990001": "callback", "+815099990002": "callback"}),
        ("company", "架空例示商事", "", {"bad-host.example": "link", "+815099990001": "callback", "+815099990002": "callback"}),
        ("number", "050-9999-0001", "official", {"+815099990001": "official"}),
    ],
)  # fmt: skip
def test_each_has_its_own_role(
    cli: Cli, seeded: Path, kind: str, subject: str, role: str, expected: dict[str, str]
) -> None:
    done = cli("report", kind, subject, "-m", MESSAGE, "--mentions", *(("--role", role) if role else ()))
    assert done.returncode == 0, done.stderr
    assert named(seeded) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("03-9999-02** へお電話ください", {"+813999902**": "callback"}),
        ("+1 800 335 814 321 に電話してください", {"+1800335814321": "callback"}),
        (
            "From: a@bad-mail.example\nSubject: 未納料金のお知らせ\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
            '<a href="https://bad-host.example/x">お支払い</a> 未納料金があります。050-9999-0001 へお電話ください',
            {"+815099990001": "callback", "bad-host.example": "link"},
        ),
    ],
    ids=["masked number", "displayed ID", "mail as received"],
)
def test_whatever_form_it_has(cli: Cli, seeded: Path, message: str, expected: dict[str, str]) -> None:
    done = cli("report", "sender", "PAYMENT", "-m", message, "--mentions")
    assert done.returncode == 0, done.stderr
    assert named(seeded) == expected


@pytest.mark.parametrize(
    "message",
    [
        "公式: 0120-999-373",
        "お支払いの確認(Amazonカスタマーサービス) 0120-999-373",
        "最寄りの警察署03-9999-0003",
        "裁判所 03-9999-0003",
        "ご登録の電話番号 090-9999-0003",
        "090-9999-0003 様",
        "相談者の電話は080-9999-0003",
        "家は03-9999-0003",
    ],
)
def test_nobody_is_reported_whom_the_message_asks_nobody_to_call(cli: Cli, seeded: Path, message: str) -> None:
    done = cli("report", "number", "050-9999-0001", "-c", "other", "-m", message, "--mentions", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["added"] == []
    assert named(seeded) == {"+815099990001": "reported"}
    ((kept,),) = stored(seeded, "SELECT message FROM reports WHERE source = 'local'")
    assert "0-9999-0003" not in kept or "裁判所" in kept or "警察署" in kept or "家は" in kept


def test_a_dispute_is_opened_and_is_no_report(cli: Cli, seeded: Path) -> None:
    args = (
        "report",
        "number",
        "050-9999-0001",
        "--stance",
        "dispute",
        "-n",
        "当社の番号です",
        "--contact",
        "a@own.example",
    )
    done = cli(*args, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["state"] == "pending" and told["receipt"]
    assert stored(seeded, "SELECT dispute, kind, key, contact FROM disputes") == [
        (told["dispute"], "phone", "+815099990001", "a@own.example")
    ]
    assert stored(seeded, "SELECT COUNT(*) FROM reports WHERE source = 'local'") == [(0,)]
    again = cli(*args).stdout
    assert again.startswith(f"The same dispute is there already ({told['dispute']}).\n")
    code = again.split("--receipt ")[1].strip()
    assert len(code) == 19 and cli("report", "--receipt", code).stdout.startswith("Dispute ")
    gone = cli("--lang", "ja", "report", "--receipt", code, "--withdraw")
    assert f"異議 {told['dispute']}: 取下げ・終了（報告した人の取下げ）" in gone.stdout
    assert json.loads(cli("report", "--receipt", told["receipt"], "--json").stdout)["status"] == "closed"
    assert cli("report", "--receipt", "AAAA-BBBB").returncode == 2
    company = cli("report", "company", "架空例示商事", *args[3:], "--lang", "ja")
    assert company.stdout.startswith("異議を受け付け、確認待ちに置きました（")


def test_what_a_verified_owner_says_stands_beside_the_evidence(cli: Cli, seeded: Path) -> None:
    args = ("report", "number", "050-9999-0001")
    told = json.loads(
        cli(*args, "--stance", "dispute", "-n", "当社の\x1b[2J番号です", "--contact", "a@own.example", "--json").stdout
    )
    cli(*args, "-c", "refund")
    assert "当社" not in cli("lookup", "050-9999-0001").stdout, "an open dispute is an unproven claim"
    assert cli("review", "--verify", told["dispute"]).returncode == 0
    said = cli("--lang", "ja", "lookup", "050-9999-0001").stdout
    assert said.startswith("異議申立て中") and "持ち主から" in said and "番号です" in said and "\x1b" not in said
    facts = json.loads(cli("lookup", "--json", "050-9999-0001").stdout)["facts"]
    assert [one["statement"] for one in facts["disputes"]] and "own.example" not in str(facts)
    cli("review", "--close", told["dispute"])
    assert "disputes" not in json.loads(cli("lookup", "--json", "050-9999-0001").stdout)["facts"]


@pytest.mark.parametrize("given", [(), ("-n", "x"), ("--contact", "a@own.example")])
def test_a_dispute_without_owner_or_reason_is_refused(cli: Cli, seeded: Path, given: tuple[str, ...]) -> None:
    done = cli("report", "number", "050-9999-0001", "--stance", "dispute", *given)
    assert done.returncode == 2 and done.stdout == "" and "--contact" in done.stderr and "--note" in done.stderr
    assert stored(seeded, "SELECT * FROM disputes") == []


def test_who_disputes_on_a_terminal_is_asked(seeded: Path) -> None:
    shown, out, code = converse(
        ["report", "number", "050-9999-0001", "--stance", "dispute"], "当社の番号です", "a@own.example"
    )
    assert code == 0 and out.startswith("The dispute waits for review ("), shown
    assert stored(seeded, "SELECT contact FROM disputes") == [("a@own.example",)]


def test_a_message_that_names_nothing_more(cli: Cli, seeded: Path) -> None:
    done = cli("report", "number", "050-9999-0001", "-m", "050-9999-0001 へ電話を。公式 188", "--mentions")
    assert done.returncode == 0 and "names no number or link to add" in done.stderr
    assert named(seeded) == {"+815099990001": "reported"}


def test_what_cannot_be_stored_is_told_before_anything_is_asked(seeded: Path) -> None:
    shown, out, code = converse(["report", "number", "hello", "-c", "other", "-m", MESSAGE])
    assert (code, out) == (2, "") and "050-1234-5678" in shown and "In the message" not in shown


@pytest.mark.parametrize(
    ("answers", "options", "added"),
    [(("",), (), True), (("はい",), (), True), (("dunno", "Ｎ"), (), False), ((), ("--no-mentions",), False)],
)
def test_a_person_is_asked(seeded: Path, answers: tuple[str, ...], options: tuple[str, ...], added: bool) -> None:
    shown, out, code = converse(
        ["report", "number", "050-9999-0001", "-c", "other", "-m", MESSAGE, *options, "--lang", "ja"], *answers
    )
    assert code == 0 and out.startswith("報告を保存しました（"), shown
    assert ("文面から: 050-9999-0002（折り返し先）、bad-host[.]example（リンク先）" in shown) is not bool(options)
    assert ("報告に加えますか [Y/n]" in shown) is not bool(options)
    assert (len(answers) == 2) is ("y（はい）か n（いいえ）で" in shown)
    assert named(seeded).keys() == {"+815099990001"} | ({"+815099990002", "bad-host.example"} if added else set())


def test_nothing_is_asked_where_a_message_names_nothing(seeded: Path) -> None:
    shown, out, code = converse(
        ["report", "number", "050-9999-0001", "-c", "other", "-m", "至急 050-9999-0001 へ電話を"]
    )
    assert (code, shown) == (0, "") and out.startswith("Stored the report (")
