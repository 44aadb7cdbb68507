"""Questions to the person at the terminal, on stderr: standard output is for the answer (floor 4)."""

from __future__ import annotations

import sys
import unicodedata

import typer

from repdb.cli.common import note, t


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
