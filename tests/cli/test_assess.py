"""``repdb assess`` as a stranger tries it, at a terminal too."""

from __future__ import annotations

import json

import pytest
from conftest import Cli
from terminal import converse


def test_without_a_terminal_the_questions_are_printed(cli: Cli) -> None:
    form = json.loads(cli("assess", "--json").stdout)
    assert len(form["questions"]) == 12 and form["situations"] and form["levels"]


@pytest.mark.parametrize(("lang", "said"), [("ja", "まだ答えがありません"), ("en", "no answers yet")])
def test_who_cannot_be_asked_is_told_how_to_answer(cli: Cli, lang: str, said: str) -> None:
    done = cli("--lang", lang, "assess")
    assert done.returncode == 2 and said in done.stderr and "--answers 1,3" in done.stderr
    assert "{" not in done.stdout and "12. " in done.stdout and "paid_bank" in done.stdout


def test_nothing_is_said_in_the_persons_place(cli: Cli) -> None:
    done = cli("--lang", "ja", "assess", "--answers", "")
    assert done.returncode == 0 and "届いただけ" not in done.stdout and "状況" not in done.stdout
    assert "いまする事" in done.stdout
    assert "届いただけ" in cli("--lang", "ja", "assess", "--answers", "5").stdout


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (("--answers", "1,3,11"), ""),
        (("-a", "free_site、adult_or_pirate_site、paid"), ""),
        (("-a", "１、３，１１"), ""),
        (("-a", " 1 3 11 "), ""),
        ((), '{"answers": [1, 3, "paid"]}'),
        ((), '["１", "３", "１１"]'),
        ((), "[1, 3, 11]"),
    ],
)
def test_answers_as_numbers_codes_or_json(cli: Cli, args: tuple[str, ...], stdin: str) -> None:
    done = cli("assess", "--json", *args, stdin=stdin)
    found = json.loads(done.stdout)
    assert (found["level"], found["points"], done.returncode) == ("urgent", 5, 0)


def test_a_situation_alone_and_in_japanese(cli: Cli) -> None:
    done = cli("--lang", "ja", "assess", "--situation", "court_paper")
    assert done.returncode == 0 and "特別送達" in done.stdout and "相談先" in done.stdout
    english = cli("--lang", "en", "assess", "--answers", "")
    assert "no guarantee" in english.stdout


@pytest.mark.parametrize(
    ("args", "stdin"),
    [(("--answers", "99"), ""), (("--situation", "moon"), ""), ((), "{broken"), ((), '{"answers": 3}'), ((), "3")],
)
def test_what_cannot_be_read_is_one_line(cli: Cli, args: tuple[str, ...], stdin: str) -> None:
    done = cli("assess", *args, stdin=stdin)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_yes_and_no_as_a_japanese_keyboard_writes_them(cli: Cli) -> None:
    shown, out, code = converse(["--lang", "ja", "assess"], "はい", "うーん", "いいえ", "Ｙ", *[""] * 9, "")
    assert code == 0 and "y（はい）か n（いいえ）で" in shown + out and "invalid" not in shown + out
    assert "2 点" in out


def test_a_person_is_asked(cli: Cli) -> None:
    shown, out, code = converse(["--lang", "en", "assess"], *["n"] * 10, "y", "n", "５")
    assert code == 0 and "12/12" in shown + out
    assert "Act today" in out and "188" in out


def test_a_slip_in_the_last_answer_does_not_lose_the_others(cli: Cli) -> None:
    shown, out, code = converse(["--lang", "ja", "assess"], "y", *[""] * 11, "99、received、ほか", "received、５")
    assert code == 0 and "「99、ほか」はありません" in shown
    assert "状況        ・銀行から振り込んだ" in out and "1 点" in out
