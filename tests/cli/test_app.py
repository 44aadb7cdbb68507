"""The way in and the way out: help, versions, bad usage, all told in the reader's language."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Cli, unmeasured
from terminal import converse

from repdb import __version__
from repdb.cli.app import COMMANDS
from repdb.cli.common import find_language
from repdb.cli.render import width


@pytest.mark.parametrize(
    ("argv", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP"}, "ja"),
        ([], {"LANG": "ja_JP", "REPDB_LANG": "en"}, "en"),
        (["lookup", "--lang", "ja"], {}, "ja"),
        (["--lang=JA", "lookup"], {}, "ja"),
        (["--lang=en"], {"LANG": "ja"}, "en"),
        (["lookup", "--", "--lang=ja"], {}, "en"),
        (["lookup", "--lang"], {"LANG": "ja"}, "ja"),
        (["lookup", "--lang", "fr"], {"LANG": "ja"}, "ja"),
    ],
)
def test_language(argv: list[str], environment: dict[str, str], language: str) -> None:
    assert find_language(argv, environment) == language


def test_version(cli: Cli) -> None:
    done = cli("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"repdb {__version__}")


def test_no_command_shows_the_help(cli: Cli, db_path: Path) -> None:
    done = cli()
    assert done.returncode == 2 and "lookup" in done.stdout + done.stderr
    assert not db_path.exists()


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("command", [[], ["lookup"], ["report"], ["serve"], ["ingest"]])
def test_help_in_japanese_fits_the_terminal(cli: Cli, command: list[str], columns: int) -> None:
    done = cli(*command, "--help", "--lang", "ja", env={"COLUMNS": str(columns)})
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("使い方: repdb") and "オプション:" in lines
    assert [line for line in lines if width(line) > columns] == []
    assert not any(
        english in done.stdout
        for english in ("Options:", "Usage:", "Show this message", "[required]", "[OPTIONS]", "<str>", "<int", "<path>")
    )


def test_help_in_english(cli: Cli) -> None:
    done = cli("lookup", "--help")
    assert done.returncode == 0 and done.stdout.startswith("Usage: repdb lookup")
    assert max(done.stdout) <= "\u2026"


@pytest.mark.parametrize("columns", [60, 80])
def test_help_in_english_is_whole_and_fits_the_terminal(cli: Cli, columns: int) -> None:
    done = cli("--help", env={"COLUMNS": str(columns)})
    assert "with roles and places." in " ".join(done.stdout.split()) and "..." not in done.stdout.split("Commands:")[1]
    assert [line for line in done.stdout.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize(
    ("args", "english", "japanese"),
    [
        (["lookup"], "Missing argument", "引数が足りません（Q...）"),
        (["lookup", "--bogus"], "No such option", "その指定はありません（--bogus）"),
        (
            ["lookup", "--jsn", "188"],
            "Possible options: --json).",
            "その指定はありません（--jsn）。もしかして --json ですか。",
        ),
        (["lookup", "188", "--db"], "requires an argument", "指定の値が足りません（--db）"),
        (["lookup", "188", "--json=3"], "does not take a value", "値を付けられない指定です（--json）"),
        (["bogus"], "No such command", "そのコマンドはありません（bogus）"),
        (["lookpu"], "Did you mean 'lookup'?", "もしかして 'lookup' ですか。"),
        (["init", "extra", "more"], "(extra more).", "余分な引数があります（extra more）"),
        (["review", "--limit", "0"], "not in the range", "--limit に「0」は使えません。1 以上の数"),
        (["review", "--limit", "x"], "not a valid int", "--limit に「x」は使えません。整数に"),
        (["serve", "--port", "70000"], "not in the range", "--port に「70000」は使えません。0 から 65535 までの数"),
        (["lookup", "188", "--lang", "fr"], "not one of", "--lang に「fr」は使えません。使えるのは 'ja', 'en' です。"),
        (["stats", "--limit", "3"], "go with --rejects", "repdb: --limit と --skip は --rejects と使います。"),
        (["doctor", "--force"], "--force goes with --repair", "repdb: --force は --repair と使います。"),
        (["report", "colour", "x"], "The kind is one of", "repdb: 種類は"),
    ],
)
def test_bad_usage(cli: Cli, args: list[str], english: str, japanese: str) -> None:
    command = args[0] if args[0] in COMMANDS else ""
    for language, words, way_out in (("en", english, "Try: repdb"), ("ja", japanese, "使い方は「repdb")):
        done = cli(*args, env={"REPDB_LANG": language})
        assert done.returncode == 2 and done.stdout == ""
        assert words in done.stderr and done.stderr.count("\n") == 1
        assert f"{way_out} {command} --help".replace("  ", " ") in done.stderr


def test_init(cli: Cli, db_path: Path) -> None:
    done = cli("init")
    assert (
        done.returncode == 0 and "is ready (schema up to date, seed data taken in)" in done.stdout and db_path.exists()
    )
    assert "up to date" in cli("init").stdout
    assert '"done": []' in cli("init", "--json").stdout
    done = cli("init", "--db", db_path.with_name("bare.db"), "--no-seed", "--json")
    assert '"seed"' not in done.stdout and "0001_create_core" in done.stdout


def test_an_interrupt_is_no_crash(seeded: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "repdb", "lookup", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
        env=unmeasured(),
    )
    assert process.stdin and process.stdout
    process.stdin.write(b"188\n" * 3000)
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and b"interrupted" in errors and b"Traceback" not in errors


def test_an_interrupt_while_loading_is_no_crash(seeded: Path) -> None:
    """Ctrl-C that falls into an import, where most of a short command's time goes."""
    code = (
        "import os, runpy, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Press:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'typer':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "runpy.run_module('repdb', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "lookup", "188"], capture_output=True, env=unmeasured())
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_the_message_on_first_use_is_for_the_person(seeded: Path) -> None:
    shown, out, code = converse(["lookup", "--json", "188"])
    assert code == 0 and shown == "" and out.startswith("{")
