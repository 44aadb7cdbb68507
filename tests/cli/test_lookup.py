"""``repdb lookup`` as a stranger tries it: real processes, a real SQLite file, the seed data."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli, json_lines

SPELLINGS = ("05031983490", "050-3198-3490", "０５０－３１９８－３４９０", "+81 50 3198 3490", "〇五〇三一九八三四九〇")


def report(cli: Cli, *args: str) -> None:
    done = cli("report", *args)
    assert done.returncode == 0, done.stderr


def ask(cli: Cli, *queries: str) -> tuple[dict[str, Any], int]:
    done = cli("lookup", "--json", *queries)
    return json.loads(done.stdout), done.returncode


def test_five_spellings_of_one_number_have_one_answer(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "--json", *SPELLINGS)
    found = json_lines(done.stdout)
    assert done.returncode == 1
    assert {answer["key"] for answer in found} == {"+815031983490"}
    assert all(answer["known"] and answer["verdict"] == "past" for answer in found)
    assert [answer["query"] for answer in found] == list(SPELLINGS)
    one = {name: value for name, value in found[0].items() if name != "query"}
    assert all({n: v for n, v in answer.items() if n != "query"} == one for answer in found)
    assert cli("lookup", SPELLINGS[-1]).returncode == 1


def test_the_contract_of_a_known_number(cli: Cli, seeded: Path) -> None:
    found, _ = ask(cli, "050-3198-3490")
    assert found["kind"] == "phone" and found["display"] == "050-3198-3490"
    assert found["facts"]["line_type"] == "voip" and found["facts"]["carrier"] == "KDDI"
    assert found["facts"]["block_allocated"] is True
    assert found["claimed_companies"] == ["リボーン債権回収株式会社"]
    assert found["categories"] == {"fake_billing": 1}
    assert found["report_count"] == found["source_count"] == 1
    assert found["first_reported_on"] is None
    codes = {reason["code"] for reason in found["reasons"]}
    assert codes == {"reported_by_sources", "undated", "claims_genuine_name"}
    assert found["evidence"][0]["source"] == "page-reborn-sms" and found["evidence"][0]["note"]
    assert found["advice"] and found["model"] == "1" and found["as_of"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("リボーン債権回収株式会社 050-3198-3490", "several"),
        ("アマゾンマーケティングサービス株式会社 03-6709-0212", "several"),
        ("アマゾンマーケティングサービスから未納料金", "message"),
    ],
)
def test_a_name_beside_a_number_is_never_a_name_without_reports(cli: Cli, seeded: Path, query: str, code: str) -> None:
    found, status = ask(cli, query)
    assert status == 2 and found["error"]["code"] == code and "repdb check" in found["error"]["text"]
    for lang in ("ja", "en"):
        done = cli("lookup", "--lang", lang, query)
        assert done.returncode == 2 and "repdb check" in done.stderr and not done.stdout
    assert cli("check", query).returncode == 1


def test_a_mask_that_shares_numbers_with_a_reported_one_is_a_hint(cli: Cli, seeded: Path) -> None:
    for query in ("03-6709-0***", "03-6709-02?0"):
        found, code = ask(cli, query)
        assert code == 0 and found["verdict"] == "unreported" and found["known"] is False
        assert "03-6709-02**" in next(r["text"] for r in found["reasons"] if r["code"] == "mask_overlaps")


def test_a_masked_number_is_a_hint_and_convicts_nobody(cli: Cli, seeded: Path) -> None:
    found, code = ask(cli, "03-6709-0234")
    assert code == 0 and found["verdict"] == "unreported" and found["known"] is False
    assert [reason["code"] for reason in found["reasons"]] == ["masked_match"]
    assert "03-6709-02**" in found["reasons"][0]["text"] and "100" in found["reasons"][0]["text"]
    found, code = ask(cli, "03-6709-02**")
    assert code == 1 and found["kind"] == "masked_phone" and found["verdict"] == "past"
    assert "covered_reported" in {reason["code"] for reason in found["reasons"]}


def test_official_numbers(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "--json", "188", "#9110")
    assert done.returncode == 0
    assert [(a["key"], a["kind"], a["verdict"]) for a in json_lines(done.stdout)] == [
        ("jp:188", "short_number", "official"),
        ("jp:#9110", "short_number", "official"),
    ]
    assert "forged" in cli("lookup", "188").stdout


def test_an_official_number_stays_official_when_it_is_reported(cli: Cli, seeded: Path) -> None:
    for source in ("one", "two", "three"):
        report(cli, "number", "188", "-c", "fake_billing", "--source", source)
    found, code = ask(cli, "188")
    assert (found["verdict"], found["known"], found["report_count"], code) == ("official", True, 3, 0)


def test_a_number_of_nobody(cli: Cli, seeded: Path) -> None:
    found, code = ask(cli, "050-9999-0001")
    assert code == 0 and found["verdict"] == "unreported" and found["facts"]["block_allocated"] is False
    assert [reason["code"] for reason in found["reasons"]] == ["block_unallocated"]
    assert "does not mean it is safe" in found["summary"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("hello", "--kind"),
        ("", "Nothing"),
        ("  ", "Nothing"),
        ("03-XXXX-XXXX", "hidden"),
        ("12", "few digits"),
        ("http://", "example.com"),
        ("example.nosuchtld", "top-level domain"),
        ("\x1b[31mred\x1b[0m", "--kind"),
        ("a" * 100_000, "repdb check"),
    ],
)
def test_what_cannot_be_read_is_told_on_one_line(cli: Cli, seeded: Path, query: str, says: str) -> None:
    done = cli("lookup", query)
    assert done.returncode == 2 and done.stdout == ""
    assert says in done.stderr and done.stderr.count("\n") == 1 and "\x1b" not in done.stderr


def test_hello_in_japanese(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "hello", "--lang", "ja")
    assert done.returncode == 2 and "電話番号" in done.stderr and "--kind" in done.stderr


def test_a_list_gives_one_object_per_line_and_errors_in_their_place(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "--json", "-", stdin="050-3198-3490\n\nhello\r\n188\n")
    first, second, third = json_lines(done.stdout)
    assert done.returncode == 1 and done.stderr == ""
    assert first["known"] and third["verdict"] == "official"
    assert second["query"] == "hello" and second["error"]["code"] == "unrecognised" and second["error"]["text"]
    assert cli("lookup", "--json", "-", stdin="hello\n188\n").returncode == 2
    assert cli("lookup", "--json", "-", stdin="").returncode == 0


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16"])
def test_a_list_as_windows_writes_it(cli: Cli, seeded: Path, charset: str) -> None:
    done = cli("lookup", "--json", "-", stdin="050-3198-3490\r\n\r\nリボーン債権回収\r\n".encode(charset))
    assert [answer["query"] for answer in json_lines(done.stdout)] == ["050-3198-3490", "リボーン債権回収"]
    assert all(answer["known"] for answer in json_lines(done.stdout)) and done.returncode == 1


def test_bytes_that_are_no_text_stop_nothing(cli: Cli, seeded: Path) -> None:
    rows = [b"\x81", b"05\x000", "\u202e050-3198-3490".encode(), b"\xed\xa0\x80", b"x" * 10_000_000, b"188"]
    done = cli("lookup", "--json", "-", stdin=b"\n".join(rows))
    found = json_lines(done.stdout)
    assert [answer.get("key") for answer in found] == [None, None, "+815031983490", None, None, "jp:188"]
    assert found[4]["error"]["code"] == "too_long" and "Traceback" not in done.stderr
    raw = subprocess.run(
        [sys.executable, "-m", "repdb", "lookup", "--json", b"\xff\xfe"], capture_output=True, check=False
    )
    assert raw.returncode == 2 and json.loads(raw.stdout)["error"]["code"] == "not_a_domain"


def test_names(cli: Cli, seeded: Path) -> None:
    genuine, code = ask(cli, "リボーン債権回収")
    assert code == 1 and genuine["facts"]["status"] == "genuine" and "第115号" in genuine["facts"]["licence"]
    assert {abuser["display"] for abuser in genuine["facts"]["abusers"]} == {
        "050-3198-3490",
        "050-5374-1540",
        "050-3116-5334",
    }
    assert genuine["verdict"] in ("past", "suspicious") and genuine["summary"].startswith("A genuine company")
    fictitious, code = ask(cli, "アマゾンマーケティングサービス")
    assert code == 1 and fictitious["verdict"] == "dangerous" and fictitious["facts"]["status"] == "fictitious"
    unknown, code = ask(cli, "架空例示債権回収")
    assert code == 0 and unknown["verdict"] == "unreported"
    assert [reason["code"] for reason in unknown["reasons"]] == ["licence_unknown"]


def test_a_genuine_company_is_never_condemned_for_its_impostors(cli: Cli, seeded: Path) -> None:
    for number in range(6):
        report(
            cli, "number", f"050-9999-10{number:02d}", "--company", "リボーン債権回収", "--source", f"board-{number}"
        )
    found, _ = ask(cli, "リボーン債権回収株式会社")
    assert found["source_count"] == 7 and found["verdict"] == "suspicious"


def test_domains(cli: Cli, seeded: Path) -> None:
    assert ask(cli, "https://www.amazon.co.jp/gp/x")[0]["verdict"] == "official"
    report(cli, "domain", "x.duckdns.org", "--source", "one")
    for source in ("two", "three", "four"):
        report(cli, "domain", "http://x.duckdns.org/login", "--source", source)
    report(cli, "domain", "phisher@gmail.com", "--source", "one")
    report(cli, "domain", "gmail.com", "--source", "two")
    tenant, code = ask(cli, "x.duckdns.org")
    assert tenant["verdict"] == "dangerous" and tenant["known"] and code == 1
    for host in ("duckdns.org", "y.duckdns.org", "gmail.com", "somebody@gmail.com"):
        found, code = ask(cli, host)
        assert (found["verdict"], found["known"], code) == ("unreported", False, 0), host
    private, code = ask(cli, "http://192.168.0.1/")
    assert code == 0 and [reason["code"] for reason in private["reasons"]] == ["private_address"]


def test_kinds_can_be_asked_for(cli: Cli, seeded: Path) -> None:
    assert ask(cli, "--kind", "sender_id", "hello")[0]["kind"] == "sender_id"
    assert ask(cli, "--kind", "company", "hello")[0]["kind"] == "company"
    done = cli("lookup", "--kind", "colour", "188")
    assert done.returncode == 2 and "sender_id" in done.stderr
    assert ask(cli, "amazon")[0]["kind"] == "company"


def test_the_database_is_made_on_first_use_and_that_is_said_once(cli: Cli, tmp_path: Path) -> None:
    first = cli("lookup", "188", env={"REPDB_DB": ""})
    again = cli("lookup", "188", env={"REPDB_DB": ""})
    assert first.returncode == again.returncode == 0
    assert first.stderr.count("created the database") == 1 and first.stderr.count("\n") == 1
    assert again.stderr == "" and first.stdout == again.stdout
    assert (tmp_path / "home" / "data" / "repdb" / "repdb.db").exists()


def test_a_database_that_was_named_is_not_made_by_a_look_up(cli: Cli, tmp_path: Path) -> None:
    done = cli("lookup", "188", "--db", tmp_path / "none.db")
    assert done.returncode == 3 and "repdb init" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("damage", ["text", "cut", "noise", "foreign", "empty"])
def test_a_file_that_is_no_sound_database(cli: Cli, seeded: Path, damage: str) -> None:
    content = seeded.read_bytes()
    seeded.write_bytes(
        {
            "text": b"not a database at all\n" * 500,
            "cut": content[:20_000],
            "noise": content[:100] + b"\xa5" * (len(content) - 100),
            "foreign": b"",
            "empty": b"",
        }[damage]
    )
    if damage == "foreign":
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(seeded)) as other:
            other.execute("CREATE TABLE schema_migrations (x)")
            other.commit()
    done = cli("lookup", "050-3198-3490", "--db", seeded)
    assert done.returncode == 3 and done.stdout == ""
    assert done.stderr.startswith("repdb: ") and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


# File permissions do not bind root, unless it gives up CAP_DAC_OVERRIDE: prctl(PR_CAPBSET_DROP, 1), then exec.
BOUND = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "repdb", *sys.argv[1:]])
"""


def bound_by_permissions(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BOUND, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_file_and_folder_that_may_only_be_read(seeded: Path) -> None:
    folder = seeded.parent / "shelf"
    folder.mkdir()
    file = folder / "read.db"
    file.write_bytes(seeded.read_bytes())
    file.chmod(0o444)
    folder.chmod(0o555)
    try:
        done = bound_by_permissions("lookup", "--json", "050-3198-3490", "--db", file)
        assert done.returncode == 1 and json.loads(done.stdout)["known"], done.stderr
        done = bound_by_permissions("report", "number", "050-9999-0001", "--db", file)
        assert done.returncode == 3 and "permissions" in done.stderr and done.stderr.count("\n") == 1
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("env", "args", "japanese"),
    [
        ({}, (), False),
        ({"LANG": "ja_JP.UTF-8"}, (), True),
        ({"LC_ALL": "ja_JP.UTF-8"}, (), True),
        ({"REPDB_LANG": "ja"}, (), True),
        ({"LANG": "ja_JP.UTF-8"}, ("--lang", "en"), False),
        ({}, ("--lang=ja",), True),
    ],
)
def test_language(cli: Cli, seeded: Path, env: dict[str, str], args: tuple[str, ...], japanese: bool) -> None:
    done = cli("lookup", "188", *args, env=env)
    assert ("公式" in done.stdout.splitlines()[0]) == japanese
    assert done.stdout.splitlines()[0].startswith("Official") != japanese
    assert cli(*args, "lookup", "188", env=env).stdout == done.stdout


def test_a_language_that_is_not_there(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "188", "--lang", "fr")
    assert done.returncode == 2 and "--lang" in done.stderr and "Traceback" not in done.stderr


def on_terminal(args: list[str], **env: str) -> tuple[str, int]:
    """What a command prints when its output is a terminal, and its exit code."""
    reading, writing = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "repdb", *args], stdout=writing, env={**os.environ, "TERM": "xterm", **env}
    )
    os.close(writing)
    shown = b""
    try:
        while piece := os.read(reading, 65536):
            shown += piece
    except OSError:  # Linux says so when the other end has been closed
        pass
    os.close(reading)
    return shown.decode(), process.wait()


def test_colour_on_a_terminal_only(cli: Cli, seeded: Path) -> None:
    assert "\x1b" not in cli("lookup", "188", env={"TERM": "xterm"}).stdout
    shown, code = on_terminal(["lookup", "050-3198-3490"])
    assert code == 1 and "\x1b[1;30;43m Reported in the past \x1b[0m" in shown
    assert "\x1b" not in on_terminal(["lookup", "188"], NO_COLOR="1")[0]
    assert "\x1b" not in on_terminal(["lookup", "188"], TERM="dumb")[0]
    assert "\n  " in on_terminal(["lookup", "--json", "188"])[0]


def test_the_reader_of_the_output_may_leave(seeded: Path) -> None:
    command = [sys.executable, "-m", "repdb", "lookup", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"188\n" * 300)
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"Official")
    process.stdout.close()
    try:
        process.stdin.write(b"188\n" * 300)
        process.stdin.close()
    except BrokenPipeError:
        process.stdin = None
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0 and errors == b""


def test_a_reader_that_leaves_early_does_not_make_the_answer_harmless(seeded: Path) -> None:
    """Neither where all is written at the end nor where each piece is, as a long answer or PYTHONUNBUFFERED has it."""
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    asked: list[tuple[list[str], bytes, int]] = [
        (["lookup", "050-3198-3490"], b"", 1),
        (["lookup", "188"], b"", 0),
        (["check", "050-3198-3490"], b"", 1),
        (["check", "--json", "050-3198-3490"], b"", 1),
        (["check", "--jsonl"], b'{"text": "050-3198-3490"}', 1),
        (["extract", "--jsonl"], b"{broken", 2),
    ]
    for args, given, code in asked:
        for env in (buffered, {**buffered, "PYTHONUNBUFFERED": "1"}):
            come, go = os.pipe()
            os.close(come)
            command = [sys.executable, "-m", "repdb", *args]
            done = subprocess.run(command, input=given, stdout=go, stderr=subprocess.PIPE, env=env, check=False)
            os.close(go)
            assert (done.returncode, done.stderr) == (code, b""), args


def test_a_claimed_name_is_told_in_the_readers_letters(cli: Cli, seeded: Path) -> None:
    english, japanese = (
        "".join(cli("--lang", lang, "lookup", "050-3198-3490").stdout.split()) for lang in ("en", "ja")
    )
    assert "RebornSaikenKaishu(RebornServicer)リボーン債権回収株式会社,thenameitclaimed" in english
    assert "名乗ったリボーン債権回収株式会社は" in japanese and "Reborn" not in japanese
    notice = cli("lookup", "アマゾンマーケティングサービス").stdout
    assert "Published by Tokyo Metropolitan Government 東京都: " in notice
    assert "Facts       Yamato Transport ヤマト運輸 [genuine]\n" in cli("lookup", "ヤマト運輸").stdout


def test_the_json_is_that_of_the_api(cli: Cli, seeded: Path) -> None:
    from repdb.web.openapi import ANSWER, CHECKED, UNREADABLE

    known, strange = map(json.loads, cli("lookup", "--json", "050-3198-3490", "090").stdout.splitlines())
    assert (known.keys(), strange.keys()) == (ANSWER["properties"].keys(), UNREADABLE["properties"].keys())
    checked = json.loads(cli("check", "--json", "未納料金があります。本日中に 050-9999-0001 へ").stdout)
    assert checked.keys() == CHECKED["properties"].keys() - {"snapshot"}


def test_output_that_cannot_be_written(seeded: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "repdb", "lookup", "188"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3 and done.stderr.startswith("repdb: could not write") and "Traceback" not in done.stderr


def test_closed_streams(seeded: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m repdb lookup 188 <&- >&-"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_an_answer_can_be_asked_as_of_a_day(cli: Cli, seeded: Path) -> None:
    done = cli("lookup", "--json", "188", env={"REPDB_TODAY": "2030-01-01"})
    assert json.loads(done.stdout)["as_of"] == "2030-01-01"
    done = cli("lookup", "188", env={"REPDB_TODAY": "soon"})
    assert done.returncode == 2 and "REPDB_TODAY" in done.stderr
