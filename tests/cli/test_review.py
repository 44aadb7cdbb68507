"""``repdb review`` by flags, and ``repdb stats``, as a moderator in a script or at a prompt has them, in both languages."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Cli
from storage_fixtures import opened, report, save

from repdb import admission, company, hostname, intake_errors, phone_text, reading, review_queue, sender
from repdb.stats import REJECTED


def prepared(path: Path) -> list[str]:
    """A database in which four reports wait; their ids."""
    with closing(opened(str(path))) as db:
        save(db, *(report(f"+81509990000{n}", "web", status="pending") for n in range(4)))
        return [item.report_id for item in review_queue.reports(db)]


def test_a_decision_says_what_it_did_and_how_to_undo_it(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    first, *_ = prepared(path)
    done = cli("--lang", "ja", "review", "--db", path, "--accept", first)
    assert done.returncode == 0 and done.stdout.startswith("受理: 1 件（取り消すには --undo ")
    undo = done.stdout.split("--undo ")[1].rstrip("）\n")
    again = cli("--lang", "ja", "review", "--db", path, "--accept", first)
    assert (again.returncode, again.stdout) == (0, "受理: 変わったものはありません。\n")
    assert json.loads(cli("review", "--json", "--db", path, "--accept", first).stdout)["decisions"] == [
        {"decision": "", "action": "accept", "changed": [], "after": ""}
    ]
    assert "nothing has changed" in cli("review", "--db", path, "--accept", first).stdout
    assert cli("--lang", "ja", "review", "--db", path, "--undo", undo).stdout.startswith("取消し: 1 件")


def test_the_log_and_the_queue_speak_japanese(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    first, second, *_ = prepared(path)
    with closing(opened(str(path))) as db, db.transaction():
        db.execute(
            "INSERT INTO disputes (dispute, kind, key, opened_on, statement, contact)"
            " VALUES ('d0', 'phone', '+815099990000', '2026-11-20', 'ours', 'owner@contact.example')"
        )
    listed = cli("--lang", "ja", "review", "--db", path, "--list")
    assert listed.returncode == 0 and "確認待ち 4 件、異議 1 件" in listed.stderr
    assert "電話番号 050-9999-0000" in listed.stdout and "reported:" not in listed.stdout
    assert cli("review", "--db", path, "--accept", first, "--reject", second, "--verify", "d0").returncode == 0
    log = cli("--lang", "ja", "review", "--db", path, "--log").stdout
    assert "受理" in log and "確認待ち → 受理" in log and "確認待ち → 却下" in log and "確認中 → 本人と確認済み" in log
    english = cli("review", "--db", path, "--log").stdout
    assert "reject" in english and "pending review → rejected" in english


def test_a_reason_is_given_by_code_or_by_name(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    first, second, *_ = prepared(path)
    assert (
        cli("--lang", "ja", "review", "--db", path, "--reject", first, "--reason", "不審な連絡ではない").returncode == 0
    )
    assert cli("review", "--db", path, "--reject", second, "--reason", "Spam or a prank ").returncode == 0
    assert [one["reason"] for one in json.loads(cli("review", "--db", path, "--log", "--json").stdout)["log"]] == [
        "spam",
        "not_a_scam",
    ]
    wrong = cli("review", "--db", path, "--reject", second, "--reason", "理由")
    assert wrong.returncode == 2 and "There is no reason '理由'" in wrong.stderr


def test_flags_are_one_action(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    first, second, *_ = prepared(path)
    done = cli("review", "--db", path, "--accept", first, "--reject", "nonsense")
    assert done.returncode == 2 and "There is no report nonsense" in done.stderr
    with closing(opened(str(path))) as db:
        assert review_queue.report(db, first).status == "pending"
    assert (
        cli("review", "--db", path, "--accept", first, "--reject", second, "--reason", "spam").stdout.count("--undo")
        == 2
    )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--accept", "a", "--add-moderator", "me"), "--add-moderator by itself"),
        (("--add-moderator", "me", "--revoke-moderator", "you"), "--add-moderator by itself"),
        (("--accept", "a", "--undo", "last"), "--undo by itself"),
        (("--log", "--list"), "--list by itself"),
        (("--accept", "a", "--reject", "a"), "two decisions about a"),
        (("--accept", "a", "--merge", "a", "--merge", "b"), "two decisions about a"),
        (("--reason", "spam"), "need a decision"),
        (("--accept-source", "web", "--remark", "x"), "need a decision"),
        (("--accept", "a", "--limit", "3"), "go with --list"),
        (("--log", "--after", "a"), "go with --list"),
        (("--revoke-moderator", "nobody"), "There is no moderator 'nobody'"),
        (("--accept-source", "wbe"), "There is no source 'wbe'"),
    ],
)
def test_no_flag_is_dropped(cli: Cli, tmp_path: Path, args: tuple[str, ...], says: str) -> None:
    prepared(tmp_path / "w.db")
    done = cli("review", "--db", tmp_path / "w.db", *args)
    assert (done.returncode, done.stdout) == (2, "") and says in done.stderr


def test_a_dispute_is_refused_and_reopened_by_flags(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    first, *_ = prepared(path)
    with closing(opened(str(path))) as db, db.transaction():
        db.execute(
            "INSERT INTO disputes (dispute, kind, key, opened_on, statement, contact)"
            " VALUES ('d0', 'phone', '+815099990000', '2026-11-20', 'ours', 'owner@contact.example')"
        )
    assert cli("review", "--db", path, "--refuse", "d0", "--accept", first).returncode == 0
    told = json.loads(cli("review", "--db", path, "--reopen", "d0", "--reopen", first, "--json").stdout)
    assert [(one["action"], one["changed"], one["after"]) for one in told["decisions"]] == [
        ("reopen", [first], "pending"),
        ("reopen", ["d0"], "open"),
    ]
    listed = json.loads(cli("review", "--db", path, "--json").stdout)
    assert listed["disputes"][0]["display"] == "050-9999-0000" and listed["waiting"] == {"reports": 4, "disputes": 1}


def test_a_long_queue_says_how_to_see_the_rest(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    ids = prepared(path)
    part = cli("--lang", "ja", "review", "--db", path, "--list", "--limit", "3")
    assert f"続きは --list --after {ids[2]}" in part.stderr and ids[3] not in part.stdout
    told = json.loads(cli("review", "--db", path, "--list", "--limit", "3", "--json").stdout)
    assert told["next"] == ids[2] and len(told["reports"]) == 3
    rest = cli("review", "--db", path, "--list", "--after", ids[2])
    assert ids[3] in rest.stdout and "--after" not in rest.stderr
    assert (
        cli(
            "review", "--db", path, "--accept", ids[0], "--reject", ids[1], "--reason", "spam", "--remark", "ads"
        ).returncode
        == 0
    )
    assert cli("review", "--db", path, "--undo", "last").returncode == 0
    log = cli("--lang", "ja", "review", "--db", path, "--log", "--limit", "2")
    assert "いたずら・宣伝・ads" in log.stdout and "の取消し" in log.stdout and "undoes" not in log.stdout
    assert "--limit 4" in log.stderr and "Earlier" not in cli("review", "--db", path, "--log").stderr
    assert json.loads(cli("review", "--db", path, "--log", "--limit", "2", "--json").stdout)["more"] is True


def test_moderators_come_and_go(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    prepared(path)
    assert "has ended" not in cli("review", "--db", path, "--add-moderator", "花子").stderr
    assert "has ended" in cli("review", "--db", path, "--add-moderator", "花子").stderr
    assert json.loads(cli("review", "--db", path, "--add-moderator", "花子 ", "--json").stdout)["moderator"] == "花子"
    assert cli("review", "--db", path, "--revoke-moderator", "花子 ").stdout == "Revoked.\n"
    assert cli("review", "--db", path, "--revoke-moderator", "花子").returncode == 2


def test_what_cannot_be_chosen_is_named_in_both_languages(cli: Cli, tmp_path: Path) -> None:
    first, *_ = prepared(tmp_path / "w.db")
    args = ("review", "--db", tmp_path / "w.db", "--reject", first, "--reason", "because")
    done = cli("--lang", "ja", *args)
    assert done.returncode == 2 and "いたずら・宣伝(spam)、" in done.stderr
    assert "Known: confirmed, spam, " in cli(*args).stderr
    assert "銀行から振り込んだ(paid_bank)" in cli("--lang", "ja", "assess", "-s", "moon").stderr


@pytest.mark.parametrize("args", [("--list",), ("--log",), ("--accept", "x"), ("--add-moderator", "me")])
def test_a_name_mistyped_makes_no_database(cli: Cli, tmp_path: Path, args: tuple[str, ...]) -> None:
    path = tmp_path / "typo.db"
    done = cli("review", "--db", path, *args)
    assert done.returncode == 3 and "There is no database" in done.stderr and not path.exists()


def test_figures_in_words(cli: Cli, db_path: Path, tmp_path: Path) -> None:
    with closing(opened(str(db_path))) as db:
        save(db, report())
    rows = tmp_path / "rows.csv"
    rows.write_text("number,date\n050-9999-0001,2026-11-01\n050-9999-0002,yesterday\n", encoding="utf-8")
    assert cli("ingest", rows).returncode in (0, 1, 2)
    shown = cli("--lang", "ja", "stats").stdout
    assert "日付を読めない 1" in shown and "bad_date" not in shown
    assert "[完了]読んだ行2=保存1+重複0+使えない行1" in "".join(shown.split())
    assert "\n判定        電話番号: " in shown and "情報源      記事（article） 1\n" in shown
    assert not any(line[:12].strip() and line[11] != " " for line in cli("stats").stdout.splitlines()), "labels fit"
    english = cli("stats").stdout
    assert "unreadable date 1" in english and "[done]2rows=1stored+0duplicate+1rejected" in "".join(english.split())


def test_the_rows_that_could_not_be_used_are_listed(cli: Cli, db_path: Path, tmp_path: Path) -> None:
    assert cli("init").returncode == 0
    assert "could not be used" in cli("stats", "--rejects").stderr and "--rejects" not in cli("stats").stdout
    rows = tmp_path / "rows.csv"
    rows.write_text("number,date\n" + "".join(f"050-9999-{n:04},yester\x1bday\n" for n in range(3)), encoding="utf-8")
    assert cli("ingest", rows).returncode in (0, 1, 2)
    listed = cli("--lang", "ja", "stats", "--rejects")
    assert (
        "rows.csv:2: 日付を読めない\n" in listed.stdout
        and '"number": "050-9999-0000"' in listed.stdout
        and "yester" not in listed.stdout
        and "\x1b" not in listed.stdout
        and listed.stderr == ""
    )
    assert "--rejects" in cli("stats").stdout
    part = cli("stats", "--rejects", "--limit", "2")
    assert part.stdout.count("rows.csv:") == 2 and "--skip 2" in part.stderr
    rest = json.loads(cli("stats", "--rejects", "--limit", "2", "--skip", "2", "--json").stdout)
    assert [(one["line"], one["code"]) for one in rest["rejects"]] == [(4, "bad_date")] and rest["more"] is False
    assert cli("stats", "--limit", "2").returncode == 2


def test_every_reason_of_a_reject_has_a_name() -> None:
    codes = {*intake_errors._ERRORS, *reading._PROBLEMS, *phone_text.ERRORS, *hostname._ERRORS}
    codes |= {*admission._ERRORS, *company._ERRORS, *sender._ERRORS}
    scrapers = Path(__file__).parents[2] / "scrapers"
    own = {code for path in scrapers.glob("*.py") for code in re.findall(r'\.reject\([^,]+, "(\w+)"', path.read_text())}
    assert len(own) > 5 and codes | own <= REJECTED.keys()
