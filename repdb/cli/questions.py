"""Questions to the person at the terminal, on stderr: standard output is for the answer (floor 4)."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Mapping

import typer

from repdb.cli.common import note, say, t
from repdb.records import Text


def ask(question: str, default: str = "", choices: str = "") -> str:
    """Ask on a terminal; elsewhere the default stands. Raises typer.Abort at the end of the input."""
    if not sys.stdin.isatty():
        return default
    choices = f" ({choices})" if choices else ""
    # typer.prompt writes a space to standard output even where it is told to ask on stderr.
    print(f"{question}{choices}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
    if not (answer := sys.stdin.readline()):
        raise typer.Abort
    return answer.strip() or default


def choose(question: str, choices: Mapping[str, Text], default: str, read: Callable[[str], str | None]) -> str:
    """Show the choices as a list and ask until the answer is the number, the code or the name of one, or what ``read``
    knows as one.

    Where nobody can be asked, the default stands.
    """
    if not sys.stdin.isatty():
        return default
    for number, (code, name) in enumerate(choices.items(), 1):
        print(f"{number:>4}  {say(name)}{t(f'（{code}）', f' ({code})')}", file=sys.stderr)
    while True:
        written = ask(question, default)
        folded = unicodedata.normalize("NFKC", written).strip()
        if folded.isascii() and folded.isdigit() and 1 <= int(folded) <= len(choices):
            return list(choices)[int(folded) - 1]
        named = (code for code, name in choices.items() if folded.casefold() in (code, name.ja, name.en.casefold()))
        if (found := next(named, None) or read(written)) in choices:
            return str(found)
        note(
            t(
                f"「{written}」はありません。番号か名前で答えてください。",
                f"There is no '{written}'. Answer with a number or a name.",
            )
        )


_YES_OR_NO = {"y": True, "yes": True, "はい": True, "n": False, "no": False, "いいえ": False}


def yes(question: str, default: bool = False) -> bool:
    """Ask until the answer is yes or no, in either language, in whatever width the keyboard writes it."""
    while True:
        written = ask(f"{question} {'[Y/n]' if default else '[y/N]'}")
        answer = unicodedata.normalize("NFKC", written).strip().casefold()
        if not answer:
            return default
        if answer in _YES_OR_NO:
            return _YES_OR_NO[answer]
        note(t("y（はい）か n（いいえ）で答えてください。", "Answer y or n."))
