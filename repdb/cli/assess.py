"""``repdb assess`` (floor 4)."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.cli.common import LANG, JsonOption, LangOption, note, say, show_json, t
from repdb.cli.questions import ask, yes
from repdb.cli.render import block

if TYPE_CHECKING:
    from repdb.assess import Assessment


_Answers = Annotated[
    str | None,
    typer.Option(
        "--answers",
        "-a",
        metavar="1,3,5",
        help=t(
            "「はい」の質問の番号かコードをコンマで区切る（なければ空文字）。聞かずに答える。",
            "Numbers or codes of the questions answered with yes, comma-separated ('' for none); asks nothing.",
        ),
    ),
]
_Situation = Annotated[
    list[str] | None,
    typer.Option(
        "--situation",
        "-s",
        help=t(
            "起きた事のコード（paid_bank など）。何度でも。一覧は --json で見られる。",
            "Code of what has happened (paid_bank …); repeatable. See --json for the list.",
        ),
    ),
]


def assess(
    answers: _Answers = None, situation: _Situation = None, json: JsonOption = False, lang: LangOption = None
) -> None:
    from repdb.assess import assess as judge
    from repdb.assess import form_json, to_json

    agreed, happened = _given(answers, situation or [])
    if agreed is None and not happened:
        if json:
            show_json(form_json(LANG))
            return
        if not sys.stdin.isatty():
            _tell_how()
            raise typer.Exit(2)
        agreed, happened = _ask()
    found = judge(agreed or (), happened)
    if json:
        show_json(to_json(found, LANG))
    else:
        _show(found)


def _given(answers: str | None, happened: list[str]) -> tuple[list[str] | None, list[str]]:
    """Answers of the options, or else of JSON on standard input: a list, or {"answers": […], "situations": […]}."""
    if answers is not None:
        return _words(answers), happened
    if happened or sys.stdin.isatty():
        return None, happened
    return _read(sys.stdin.read())


def _read(text: str) -> tuple[list[str] | None, list[str]]:
    import json

    if not text.strip():
        return None, []
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, list):
        given = {"answers": given}
    lists = [given.get(name, []) for name in ("answers", "situations")] if isinstance(given, dict) else [None]
    if not all(isinstance(one, list) for one in lists):
        raise typer.BadParameter(
            t(
                '標準入力は {"answers": [1, 3], "situations": ["paid_bank"]} の形の JSON にしてください。',
                'Standard input must be JSON such as {"answers": [1, 3], "situations": ["paid_bank"]}.',
            )
        )
    return [str(one) for one in lists[0] or ()], [str(one) for one in lists[1] or ()]


def _ask() -> tuple[list[str], list[str]]:
    """Ask at the terminal: every question, then what has happened."""
    from repdb.assess import questions, situations

    note(t("当てはまるものに y、ほかは Enter で答えてください。", "Answer y where it fits, Enter where it does not."))
    asked = questions()
    agreed = [question.code for question in asked if yes(f"{question.number}/{len(asked)}  {say(question.text)}")]
    known = list(situations().items())
    note("\n" + t("すでに起きた事はありますか。", "What has happened already?"))
    for number, (_, text) in enumerate(known, 1):
        note(f"  {number:2}. {say(text)}")
    places = {word: code for number, (code, _) in enumerate(known, 1) for word in (str(number), code)}
    while True:
        written = _words(
            ask(t("番号をコンマで区切って（なければ Enter）", "Numbers, comma-separated (Enter for none)"))
        )
        if not (strange := [word for word in written if word not in places]):
            return agreed, [places[word] for word in written]
        listed = t("、", ", ").join(strange)
        note(
            t(
                f"「{listed}」はありません。上の番号で答えてください。",
                f"There is no '{listed}'. Answer with numbers of the list.",
            )
        )


def _tell_how() -> None:
    """The questions for somebody who can be asked nothing, and how to answer them."""
    from repdb.assess import questions, situations

    block(t("質問", "Questions"), [f"{question.number}. {say(question.text)}" for question in questions()])
    block(t("起きた事", "Situations"), [f"{code}  {say(text)}" for code, text in situations().items()])
    note(
        t(
            "repdb: まだ答えがありません。当てはまる質問の番号を --answers 1,3 のように、起きた事を --situation paid_bank のように"
            "指定してください（どれも当てはまらなければ --answers ''）。",
            "repdb: no answers yet. Give the questions that fit as in --answers 1,3 and what has happened as in "
            "--situation paid_bank (--answers '' if none fits).",
        )
    )


def _words(written: str) -> list[str]:
    """The words between commas or spaces, as Japanese keyboards write them too: １、３."""
    return unicodedata.normalize("NFKC", written).replace("、", " ").replace(",", " ").split()


def _show(found: Assessment) -> None:
    from repdb.advice import contacts
    from repdb.assess import situations

    known = situations()
    print(f"{say(found.title)}   " + t(f"（{found.points} 点）", f"({found.points} points)"))
    print(say(found.detail) + "\n")
    mark = "・" if LANG == "ja" else "- "
    block(t("状況", "Situation"), [mark + say(known[code]) for code in found.situations])
    block(t("いまする事", "What now"), [f"{n}. {say(step.text)}" for n, step in enumerate(found.steps[:9], 1)])
    seen = {row["contact"]: row for step in found.steps for row in contacts(step)}
    block(
        t("相談先", "Contacts"),
        [
            mark
            + "  ".join(
                part for part in (row["name" if LANG == "ja" else "name_en"], row["number"], row["url"]) if part
            )
            for row in seen.values()
        ],
    )


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "自己診断: どのくらい危ないか、次に何をするか。裁判所の書類や支払い後の手順も。",
            "The self-check: how exposed am I, and what now? Also for court papers and after paying.",
        )
    )(assess)
