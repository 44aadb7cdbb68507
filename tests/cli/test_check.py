"""``repdb check`` and ``repdb extract`` as a stranger tries them: real processes, files, mails and streams."""

from __future__ import annotations

import json
import subprocess
import sys
from operator import itemgetter
from pathlib import Path

import pytest
from conftest import Cli, json_lines

SCAM = "【ヤマト運輸】不在のため荷物を持ち帰りました。再配達 http://yamato-re.example.top/"
UNJUST = "ご契約の中途解約には違約金として残額の全額をお支払いいただきます。期日までに下記口座へお振込みください。050-9999-0002"
CALM = "母です。今日帰りに牛乳買ってきて"
MAIL = b"""Received: from mx.example.net by mail.example.org; Sat, 21 Nov 2026 10:00:00 +0900
From: =?iso-2022-jp?B?GyRCM1pFNyUrITwlSRsoQg==?= <info@rk.example>
Subject: =?iso-2022-jp?B?GyRCPUVNVxsoQg==?=
Content-Type: text/html; charset=iso-2022-jp

<p>""" + "楽天カードの利用を一時停止しました。".encode("iso2022_jp") + b"""</p>
<p><a href="https://bait.example/login">https://www.rakuten-card.co.jp/</a></p>
"""  # fmt: skip


# --- check


def test_a_message_as_argument_in_two_languages(cli: Cli, seeded: Path) -> None:
    done = cli("--lang", "ja", "check", SCAM)
    assert (done.returncode, done.stderr) == (1, "")
    shown = done.stdout.splitlines()
    assert shown[0].startswith("危険") and "宅配便" in shown[0]
    assert "なぜ" in done.stdout and "いまする事" in done.stdout and "188" in done.stdout
    assert "http://yamato" not in done.stdout  # a scam's link is never printed so that a click opens it
    english = cli("--lang", "en", "check", SCAM)
    assert english.stdout.startswith("Dangerous") and "What now" in english.stdout


@pytest.mark.parametrize(
    ("text", "told"), [(SCAM, ("", "")), (UNJUST, ("手口        不当請求：", "What it is  Unjust billing:"))]
)
def test_an_answer_fits_one_screen(cli: Cli, seeded: Path, text: str, told: tuple[str, str]) -> None:
    for lang, words in zip(("ja", "en"), told, strict=True):
        done = cli("--lang", lang, "check", text, env={"COLUMNS": "80"})
        assert len(done.stdout.splitlines()) <= 24 and words in done.stdout


def test_a_harmless_message_is_not_called_safe(cli: Cli, seeded: Path) -> None:
    done = cli("--lang", "ja", "check", CALM)
    assert done.returncode == 0
    assert done.stdout.startswith("報告なし") and "安全という意味ではありません" in done.stdout


def test_a_file_standard_input_and_a_dash_give_the_same(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_text(SCAM, encoding="cp932")
    answers = [
        cli("check", "--json", file),
        cli("check", "--json", "-", stdin=SCAM),
        cli("check", "--json", stdin=SCAM),
    ]
    assert [done.returncode for done in answers] == [1, 1, 1]
    found = [json.loads(done.stdout) for done in answers]
    assert found[0] == found[1] == found[2]
    assert found[0]["verdict"] == "dangerous" and found[0]["category"] == "delivery"


def test_a_mail_file(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(MAIL)
    for done in (cli("check", "--json", file), cli("check", "--json", stdin=MAIL)):
        answer = json.loads(done.stdout)
        codes = {reason["code"] for reason in answer["reasons"]}
        assert {"link_text_differs", "sender_mismatch"} <= codes
        assert (answer["verdict"], answer["kind"]) == ("dangerous", "mail")


def test_the_pasted_source_of_a_mail(cli: Cli, seeded: Path) -> None:
    source = MAIL.decode("ascii")
    for done in (cli("check", "--json", source), cli("check", "--jsonl", stdin=json.dumps({"id": 1, "text": source}))):
        assert "link_text_differs" in {reason["code"] for reason in json.loads(done.stdout)["reasons"]}


PLAIN = "From: 見本運送 <info@bait.example>\nSubject: 【ヤマト運輸】再配達\n\n不在でした。050-9999-0001 http://bait.example/x"
PASTED = (
    PLAIN,
    PLAIN.replace("\n", "\r\n"),
    "Received: by mx.example.net\nTo: me@home.example\n" + PLAIN,
    "Subject: ヤマト運輸 0\nfrom: a@bait.example\n\n\nヤマト運輸です。\n　050-9999-0001 と 050-9999-0001",
    MAIL.decode("ascii"),
)


@pytest.mark.parametrize("text", PASTED)
def test_places_count_in_the_text_as_it_was_given(cli: Cli, seeded: Path, tmp_path: Path, text: str) -> None:
    """As argument, in a stream, in a file and on standard input; ``extract`` counts as ``check`` does."""
    row = json.dumps({"id": 1, "text": text, "kind": "mail"})
    file = tmp_path / "mail.eml"
    file.write_bytes(text.encode())
    checked = [cli("check", "--json", text), cli("check", "--jsonl", stdin=row)]
    checked += [cli("check", "--json", file), cli("check", "--json", stdin=text.encode())]
    extracted = [cli("extract", "--jsonl", stdin=row), cli("extract", "--json", file)]
    extracted += [cli("extract", "--json", stdin=text.encode())]
    place = itemgetter("kind", "key", "start", "end")
    all_found = set()
    for answer in map(json.loads, (done.stdout for done in (*checked, *extracted))):
        found = [one for one in (*answer["mentions"], *answer.get("companies", ())) if one["start"] >= 0]
        assert found or text is PASTED[-1]
        all_found.add(frozenset(place(one) for one in answer["mentions"] if one["kind"] != "company"))
        assert [text[one["start"] : one["end"]] for one in found] == [one["written"] for one in found]
        numbers = {one["start"] for one in answer["mentions"] if one["kind"] == "phone"}
        assert numbers == {at for at in range(len(text)) if text.startswith("050-9999-0001", at)}
    assert len(all_found) == 1


def test_kind_and_sender_of_a_mail(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(MAIL)
    for command in ("check", "extract"):
        for lang, said in (("ja", "メールのソースです"), ("en", "source of a mail")):
            done = cli("--lang", lang, command, file, "--kind", "sms")
            assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1
        row = json.dumps({"id": 1, "text": MAIL.decode("ascii"), "sender": "+44 20 7946 0018"})
        answers = [cli(command, file, "--json", "--sender", "+44 20 7946 0018"), cli(command, "--jsonl", stdin=row)]
        for done in answers:
            senders = {one["key"] for one in json.loads(done.stdout)["mentions"] if one["role"] == "sender"}
            assert senders == {"rk.example", "+442079460018"}


CRAFTED = [
    "Content-Type: text/plain; charset=unicode_escape\n\n\\ud800 050-9999-0001",
    "Content-Type: text/plain; charset=undefined\n\n050-9999-0001 \u00e3",
    "X: =?a\0b?Q?x?=\nSubject: =?a\0b?Q?x?=\n\n050-9999-0001",
]


@pytest.mark.parametrize("source", CRAFTED)
def test_a_crafted_mail_stops_nothing(cli: Cli, seeded: Path, tmp_path: Path, source: str) -> None:
    source = "From: a@b.example\nMIME-Version: 1.0\n" + source
    file = tmp_path / "mail.eml"
    file.write_bytes(source.encode("latin-1"))
    rows = json.dumps({"id": 1, "text": source}) + "\n" + json.dumps({"id": 2, "text": CALM})
    for command in ("check", "extract"):
        for done in (cli(command, "--json", file), cli(command, "--jsonl", stdin=rows)):
            assert (done.returncode, done.stderr) == (0, "")
            first = json_lines(done.stdout)[0]
            assert "+815099990001" in {one["key"] for one in first["mentions"]}
        assert [row["id"] for row in json_lines(done.stdout)] == [1, 2]


def test_the_displayed_sender_counts(cli: Cli, seeded: Path) -> None:
    done = cli("check", "--json", "--sender", "+44 20 7946 0018", "【佐川急便】荷物をお届けします")
    codes = {reason["code"] for reason in json.loads(done.stdout)["reasons"]}
    assert "sender_number_odd" in codes


def test_a_stream_is_answered_line_by_line(cli: Cli, seeded: Path) -> None:
    given = [
        json.dumps({"id": 1, "text": SCAM}),
        "",
        json.dumps({"id": "b", "text": CALM, "kind": "sms", "sender": "Mother"}),
        "{broken",
        json.dumps(["no object"]),
        json.dumps({"id": 5}),
        json.dumps({"id": 6, "text": CALM, "kind": "telegram"}),
        json.dumps({"id": 7, "text": "\ud83d half a pair"}),
        json.dumps({"id": 8, "text": CALM}),
    ]
    done = cli("check", "--jsonl", stdin="\n".join(given) + "\n")
    rows = json_lines(done.stdout)
    assert [row["id"] for row in rows] == [1, "b", None, None, 5, 6, 7, 8]
    assert [row.get("verdict", row.get("error", {}).get("code")) for row in rows] == [
        "dangerous", "unreported", "bad_line", "bad_line", "no_text", "bad_kind", "unreported", "unreported",
    ]  # fmt: skip
    assert done.returncode == 1 and done.stderr == ""


@pytest.mark.parametrize(("given", "code"), [("", 0), ('{"id":1,"text":"母です"}', 0), ("{broken", 2)])
def test_exit_codes_of_a_stream(cli: Cli, seeded: Path, given: str, code: int) -> None:
    assert cli("check", "--jsonl", stdin=given).returncode == code


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", ""), "no text"),
        (("check", "--kind", "telegram", "x"), "no kind"),
        (("extract", "missing.txt"), "Cannot read"),
        (("check", "mesage.eml"), "No such file"),
        (("check", "--jsonl", "--sender", "x"), "sender and kind stand in the object of each line"),
        (("--lang", "ja", "extract", "--jsonl", "--kind", "sms"), "各行のオブジェクトに書きます"),
        (("check", "/"), "Is a directory"),
        (("--lang", "ja", "extract", "missing.txt"), "を読めません: その名前のファイルはありません。"),
        (("--lang", "ja", "check", "/"), "フォルダーです"),
        (("--lang", "ja", "check", " "), "届いた文章か、それを保存したファイル"),
    ],
)
def test_what_cannot_be_read_is_one_line(cli: Cli, seeded: Path, args: tuple[str, ...], said: str) -> None:
    done = cli(*args)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("lang", "said"), [("ja", "文字コードを判別できません"), ("en", "encoding cannot be told")])
def test_a_file_that_is_no_text_is_refused_in_the_readers_language(
    cli: Cli, tmp_path: Path, lang: str, said: str
) -> None:
    file = tmp_path / "bin.eml"
    file.write_bytes(bytes(range(128, 256)) * 20)
    done = cli("--lang", lang, "check", file)
    assert done.returncode == 2 and said in done.stderr and done.stderr.isascii() == (lang == "en")


@pytest.mark.parametrize("args", [("check", ""), ("check", "--kind", "telegram", "x"), ("extract",), ("lookup", "")])
def test_what_cannot_be_read_makes_no_database(cli: Cli, db_path: Path, args: tuple[str, ...]) -> None:
    done = cli(*args, env={"REPDB_DB": ""})
    assert done.returncode == 2 and "created" not in done.stderr


def test_a_word_that_could_be_a_file_but_is_none_is_a_message(cli: Cli, seeded: Path) -> None:
    for word in ("https://example.com/a.html", "See notes.txt", "amazon.co.jp"):
        assert cli("check", word).returncode == 0


def test_an_argument_that_is_no_text_is_read_as_far_as_it_goes(cli: Cli, seeded: Path) -> None:
    command = [sys.executable, "-m", "repdb", "check", "--json", b"\xff 050-3198-3490", "--sender", b"\xfe"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stderr == b"" and done.returncode == 1
    assert [one["key"] for one in json.loads(done.stdout)["mentions"]] == ["+815031983490"]


def test_a_missing_database_is_exit_code_3(cli: Cli, tmp_path: Path) -> None:
    done = cli("check", CALM, "--db", tmp_path / "none.db")
    assert done.returncode == 3 and len(done.stderr.splitlines()) == 1


# --- extract


def test_extract_prints_what_it_finds(cli: Cli, seeded: Path) -> None:
    done = cli("--lang", "ja", "extract", stdin="至急 050-9999-0001 まで。https://bait.example/x")
    assert done.returncode == 0
    assert "折り返し先" in done.stdout and "+815099990001" in done.stdout and "bait[.]example" in done.stdout
    assert "見つかりませんでした" in cli("--lang", "ja", "extract", stdin="こんにちは").stdout
    known, guessed = cli("extract", stdin="公式: 0120-800-000\n公式: 0120-999-001").stdout.splitlines()
    assert known.startswith("official contact") and "not confirmed" in guessed
    assert known.index("phone number") == guessed.index("phone number"), "columns stay columns behind a long role"


def test_extract_of_text_html_and_mail(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    text = "至急 050-9999-0001 までご連絡ください"
    html = tmp_path / "page.html"
    html.write_text(
        f"<html><body><p>{text}</p><a href='https://bait.example/'>こちら</a></body></html>", encoding="utf-8"
    )
    mail = tmp_path / "mail.eml"
    mail.write_bytes(MAIL)
    mention = json.loads(cli("extract", "--json", stdin=text).stdout)["mentions"][0]
    assert text[mention["start"] : mention["end"]] == mention["written"] == "050-9999-0001"
    found = [{m["key"] for m in json.loads(cli("extract", "--json", f).stdout)["mentions"]} for f in (html, mail)]
    assert {"+815099990001", "bait.example"} <= found[0]
    assert {"rk.example", "bait.example", "rakuten-card.co.jp"} <= found[1]


def test_extract_streams(cli: Cli, seeded: Path) -> None:
    done = cli("extract", "--jsonl", stdin='{"id": 1, "text": "03-9999-0001"}\n{"id": 2}\n')
    rows = json_lines(done.stdout)
    assert done.returncode == 2
    assert [m["key"] for m in rows[0]["mentions"]] == ["+81399990001"] and rows[1]["error"]["code"] == "no_text"


def test_a_stream_from_a_file(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text(json.dumps({"id": "a", "text": SCAM}) + "\n", encoding="utf-8")
    assert [row["verdict"] for row in json_lines(cli("check", "--jsonl", file).stdout)] == ["dangerous"]
    assert [row["id"] for row in json_lines(cli("extract", "--jsonl", file).stdout)] == ["a"]
    done = cli("check", "--jsonl", tmp_path / "none.jsonl")
    assert done.returncode == 2 and "Cannot read" in done.stderr


def test_extract_of_a_binary_or_huge_file_is_refused(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(20_000_001)
    done = cli("extract", file)
    assert done.returncode == 2 and "too large" in done.stderr
