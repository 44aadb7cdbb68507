"""``repdb ingest``: files, pipes, patterns, and a closing summary that a person can act on."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Cli, unmeasured, write
from terminal import converse

ROWS = "電話番号,日付,分類,会社名,備考\n050-9999-0001,2026-01-02,架空請求,例示商事,至急\n０５０-９９９９-０００２,令和8年1月3日,宅配,,\nabc,2026,,,\n"


def reports(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM reports").fetchone()[0])


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_files_as_they_come(cli: Cli, seeded: Path, tmp_path: Path, charset: str) -> None:
    before = reports(seeded)
    plain = write(tmp_path, "a.csv", ROWS.encode(charset))
    packed = write(tmp_path, "a.csv.gz", gzip.compress(ROWS.encode(charset)))
    done = cli("ingest", plain, packed, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["total"] == {"read": 6, "stored": 2, "duplicates": 2, "rejected": 2, "changed": 0, "skipped": 0}
    assert [file["reasons"] for file in told["files"]] == [{"not_a_number": 1}] * 2
    assert told["files"][0]["examples"][0]["line"] == 4
    piped = cli("ingest", "-", "--json", stdin=ROWS.encode(charset))
    assert json.loads(piped.stdout)["total"]["duplicates"] == 2
    assert reports(seeded) == before + 2


def test_a_file_whose_name_is_no_utf_8(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/caf\xe9.csv")
    Path(path).write_text("number\n050-9999-0001\nnothing\n", encoding="utf-8")
    done = cli("ingest", path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["files"][0]["examples"][0]["file"].endswith("caf�.csv")
    missing = cli("ingest", path + ".x")
    assert (missing.returncode, "caf�.csv.x" in missing.stderr) == (2, True)


def test_the_closing_summary(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    name = write(tmp_path, "a.csv", ROWS)
    done = cli("ingest", name)
    assert done.returncode == 0 and done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{name}: 3 rows = 2 stored + 0 duplicates + 1 rejected",
        "  1 × not_a_number (first in line 4): This is not a telephone number. Enter only the number, such as 050-1234-5678.",
    ]
    done = cli("ingest", name, "--lang", "ja")
    assert (
        "3 行 = 保存 0 + 重複 2 + 不可 1" in done.stderr
        and "最初は 4 行目" in done.stderr
        and "電話番号として" in done.stderr
    )


def test_patterns_and_a_total(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for n, name in enumerate(("a.csv", "sub/b.csv", "sub/c.txt")):
        write(tmp_path, name, f"number\n050-9999-{n:04d}\n")
    done = cli("ingest", tmp_path / "**" / "*.csv")
    assert (
        done.returncode == 0 and done.stderr.splitlines()[-1] == "Total: 2 rows = 2 stored + 0 duplicates + 0 rejected"
    )


def test_one_bad_file_does_not_stop_the_others(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    files = [write(tmp_path, name, text) for name, text in (("a.csv", ""), ("b.csv", "x,y\n1,2\n"), ("c.csv", ROWS))]
    done = cli("ingest", *files, tmp_path, tmp_path / "none.csv")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("repdb: ")]
    assert [
        next(word for word in ("is empty", "--map", "is a folder", "There is no file") if word in line) for line in said
    ] == ["is empty", "--map", "is a folder", "There is no file"]
    assert "c.csv: 3 rows = 2 stored" in done.stderr


def test_a_file_of_which_nothing_can_be_used(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    assert cli("ingest", write(tmp_path, "a.csv", "number\nabc\n")).returncode == 2
    assert cli("ingest", write(tmp_path, "b.csv", "number\n")).returncode == 0


def test_columns_can_be_mapped(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    name = write(tmp_path, "a.csv", "Num,When\n050-9999-0001,2026-01-01\n")
    assert cli("ingest", name).returncode == 2
    done = cli(
        "ingest", name, "--map", "num=number", "--map", "When=reported_on", "--source", "s", "--category", "宅配"
    )
    assert done.returncode == 0 and "1 stored" in done.stderr
    found = json.loads(cli("lookup", "--json", "050-9999-0001").stdout)
    assert found["last_reported_on"] == "2026-01-01" and found["evidence"][0]["source"] == "s"
    assert found["categories"] == {"delivery": 1}
    for wrong in ("Num", "Num=colour", "=", "Other=number"):
        done = cli("ingest", name, "--map", wrong)
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert cli("ingest", name, "--map", "Num=number", "--category", "謎").returncode == 2


def test_a_dry_run_needs_and_makes_no_database(cli: Cli, db_path: Path, tmp_path: Path) -> None:
    done = cli("ingest", "--dry-run", write(tmp_path, "a.csv", ROWS))
    assert done.returncode == 0 and "2 of 3 rows are readable (1 rejected, nothing stored)" in done.stderr
    assert not db_path.exists()
    done = cli("ingest", "--dry-run", tmp_path / "a.csv", "--lang", "ja")
    assert "3 行のうち 2 行を読めました" in done.stderr


def test_a_changed_reference_is_told(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    cli("ingest", "--source", "s", write(tmp_path, "a.csv", "number,ref\n050-9999-0001,A\n"))
    done = cli("ingest", "--source", "s", write(tmp_path, "a.csv", "number,ref\n050-9999-0002,A\n"))
    assert "1 of these replaced" in done.stderr


def test_a_bar_on_a_terminal_only(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    name = write(tmp_path, "a.csv", "number\n" + "".join(f"050-9999-{n:04d}\n" for n in range(3000)))
    shown, _, code = converse(["ingest", name], stdin=False)
    assert code == 0 and "\x1b[" in shown and "3,000 rows = 3,000 stored" in shown
    assert re.search("100%.*3,000 rows", shown)
    assert "\x1b" not in cli("ingest", name).stderr
    shown, _, _ = converse(["ingest", "--lang", "ja", name], stdin=False)
    assert re.search("100%.*3,000 行", shown) and "rows" not in shown


def test_a_database_that_fails_stops_everything(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    seeded.write_bytes(b"garbage" * 1000)
    done = cli("ingest", write(tmp_path, "a.csv", ROWS), write(tmp_path, "b.csv", ROWS))
    assert done.returncode == 3 and done.stderr.count("\n") == 1 and "corrupt" in done.stderr


@pytest.mark.parametrize(("pipe", "said"), [(True, b"Send it again"), (False, b"Run the same command again")])
def test_an_interrupt_tells_how_to_go_on(seeded: Path, tmp_path: Path, pipe: bool, said: bytes) -> None:
    rows = "電話番号\n".encode() + b"050-9999-0001\n" * 400_000
    name = tmp_path / "big.csv"
    name.write_bytes(rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "repdb", "ingest", "-" if pipe else str(name)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
        env=unmeasured(),
    )
    assert process.stdin
    if pipe:
        process.stdin.write(rows[:1_500_000])
        process.stdin.flush()
    deadline = time.monotonic() + 30
    while not running(seeded) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and said in errors and b"Traceback" not in errors
    assert running(seeded) == (0 if pipe else 1), "what nobody can continue is not left to be continued"


def running(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM runs WHERE state = 'running'").fetchone()[0])


def test_columns_that_were_not_read_are_told(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    rows = (
        "電話番号,日付,メールアドレス,氏名,連絡先\n"
        + "050-9999-5015,2026-11-01,hanako@mihon.example,見本花子,090-9999-1234\n" * 2
    )
    name = write(tmp_path, "a.csv", rows)
    for more in (["--dry-run"], []):
        lines = cli("ingest", name, "--lang", "ja", *more).stderr.splitlines()
        assert lines[1:3] == [
            "  読まなかった列: 氏名（読むには --map 列名=項目）",
            "  相談者本人の連絡先かもしれないので使わなかった列: メールアドレス, 連絡先（相手のものなら --map 'メールアドレス=email'）",
        ]
    assert "整理番号の列" in lines[3]
    told = json.loads(cli("ingest", name, "--json", "--dry-run").stdout)["files"][0]
    assert told["ignored"] == [
        {"column": "氏名", "why": "unknown", "map": "氏名=FIELD"},
        {"column": "メールアドレス", "why": "personal", "map": "メールアドレス=email"},
        {"column": "連絡先", "why": "personal", "map": "連絡先=callback_number"},
    ]
    for innocent in ("090-9999-1234", "mihon.example"):
        assert json.loads(cli("lookup", "--json", innocent).stdout)["known"] is False
    assert json.loads(cli("lookup", "--json", "050-9999-5015").stdout)["report_count"] == 1


def test_a_table_of_nobody_but_the_complainant(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    done = cli("ingest", write(tmp_path, "a.csv", "氏名,連絡先\n見本花子,090-9999-1234\n"))
    assert done.returncode == 2 and "--map" in done.stderr and done.stderr.count("\n") == 1


def test_a_word_that_is_no_category_and_what_to_do(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    name = write(tmp_path, "a.csv", "電話番号,相談種別\n050-9999-0001,謎\n050-9999-0002,オレオレ詐欺\n")
    done = cli("ingest", name, "--dry-run", "--lang", "ja")
    assert "読まないなら --map '相談種別=ignore'" in done.stderr and "1 行を読めました" in done.stderr
    told = json.loads(cli("ingest", name, "--dry-run", "--lang", "ja", "--json").stdout)["files"][0]
    assert told["examples"][0]["reason"].startswith("分類「謎」はありません") and told["ignored"] == []
    for field in ("ignore", "note"):
        done = cli("ingest", name, "--dry-run", "--map", f"相談種別={field}")
        assert "2 of 2 rows are readable" in done.stderr and "columns not read" not in done.stderr
    vague = write(tmp_path, "b.csv", "number,category,分類\n050-9999-0001,謎,\n")
    assert "--map 'COLUMN=note'" in cli("ingest", vague, "--dry-run").stderr
    long = write(tmp_path, "c.csv", f"number,category,note\n050-9999-0001,謎,{'x' * 3000}\n")
    assert "--map 'COLUMN=note'" in cli("ingest", long, "--dry-run").stderr


def test_a_file_that_fails_is_in_the_json(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    files = [write(tmp_path, name, text) for name, text in (("a.csv", "x,y\n1,2\n"), ("b.csv", ROWS))]
    done = cli("ingest", *files, tmp_path / "none.csv", "--json", "--lang", "ja")
    told = json.loads(done.stdout)
    assert done.returncode == 2 and [Path(file["file"]).name for file in told["files"]] == [
        "a.csv",
        "b.csv",
        "none.csv",
    ]
    assert [file.get("error", {}).get("code") for file in told["files"]] == ["no_column", None, "file_missing"]
    assert "見出し" in told["files"][0]["error"]["text"] and told["total"]["stored"] == 2
    seeded.write_bytes(b"garbage" * 1000)
    done = cli("ingest", tmp_path / "none.csv", files[1], files[0], "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 3, "a database that fails ends it"
    assert [file["error"]["code"] for file in told["files"]] == ["file_missing", "db_corrupt"]


def test_a_map_that_no_row_of_json_has(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    name = write(tmp_path, "a.jsonl", '{"tel1": "050-9999-0001"}\n{"tel1": "050-9999-0002", "when": "2026-01-02"}\n')
    done = cli("ingest", name, "--map", "tel1=number", "--map", "When=reported_on")
    assert done.returncode == 0 and "2 stored" in done.stderr
    done = cli("ingest", name, "--map", "tel1=number", "--map", "tel9=number")
    assert done.returncode == 2 and "no row has 'tel9'" in done.stderr and done.stderr.count("\n") == 1


def test_a_long_list_of_columns_says_that_it_goes_on(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    for columns, more in ((50, False), (51, True)):
        header = ",".join(["number", *(f"c{n}" for n in range(columns))])
        name = write(tmp_path, "a.csv", f"{header}\n050-9999-0001\n")
        assert ("c49, … (to read" in cli("ingest", name, "--dry-run").stderr) is more
        told = json.loads(cli("ingest", name, "--dry-run", "--json").stdout)["files"][0]
        assert len(told["ignored"]) == 50 and told["more_ignored"] is more
