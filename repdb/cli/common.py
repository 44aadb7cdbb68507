"""What all commands share: language, options, opening the database, printing (floor 4)."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb import clock
from repdb.records import RepdbError, Text

if TYPE_CHECKING:
    from repdb.db import Database


def find_language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """``--lang``, ``REPDB_LANG`` or the locale: ``ja`` where one says Japanese, else ``en``."""
    for place, word in enumerate(argv):
        if word == "--":
            break
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(argv):
            value = argv[place + 1]
        if (language := value[:2].lower()) in ("ja", "en"):
            return language
    names = ("REPDB_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return "ja" if chosen.lower().startswith("ja") else "en"


# Chosen once, before the commands and their help texts are made.
LANG = find_language(sys.argv[1:], os.environ)


def t(ja: str, en: str) -> str:
    """The sentence in the language of this process."""
    return ja if LANG == "ja" else en


def say(text: Text) -> str:
    return text.pick(LANG)


DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH_OR_URL",
        envvar="REPDB_DB",
        help=t(
            "データベース（SQLite のファイルか postgresql+psycopg://…）。省略すると自分用の既定の場所。",
            "Database: a SQLite file or postgresql+psycopg://… Default: your own, made on first use.",
        ),
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=t("JSON で出力する。", "Print JSON."))]


class Language(StrEnum):
    ja = "ja"
    en = "en"


LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang", metavar="ja|en", case_sensitive=False, help=t("表示の言語（ja か en）。", "Language of the output.")
    ),
]


# How to answer goes with whatever is asked.
_ALWAYS = frozenset({"--json", "--db", "--lang"})


def given(context: typer.Context) -> dict[str, Any]:
    """What a command is asked, in the order of its help: the long name of an option, or the name of an argument → its value.
    What is left at its default is not there, nor is how to answer. Of what may be repeated the value is a tuple."""
    asked = {}
    for one in context.command.params:
        name = one.opts[0] if one.opts[0].startswith("-") else one.human_readable_name
        value = context.params.get(one.name or "")
        if name not in _ALWAYS and value not in (one.default, ()):
            asked[name] = value
    return asked


def today() -> date:
    """The day of the answer, in Japan or as ``REPDB_TODAY`` has it."""
    try:
        return clock.today()
    except ValueError as error:
        raise typer.BadParameter(
            t("REPDB_TODAY は 2026-11-21 の形で書きます。", "REPDB_TODAY is written like 2026-11-21.")
        ) from error


def open_db(target: str | None, *, write: bool = False, create: bool | None = None) -> Database:
    """The database to work with; its creation on first use is said once on stderr, as is waiting for another's lock.

    Who writes creates a file that is named but not there, unless ``create`` is false.
    """
    from repdb.setup import open_ready

    def created(path: str) -> None:
        note(t(f"repdb: データベースを作りました: {path}", f"repdb: created the database {path}"))

    def renewed(path: str) -> None:
        note(
            t(
                f"repdb: {path} の初期データを新しい版にしました。",
                f"repdb: brought the seed data of {path} up to date.",
            )
        )

    def waiting() -> None:
        note(
            t(
                f"repdb: {database.target} は他の処理が使用中です。終わるのを待っています。",
                f"repdb: {database.target} is locked by another process; waiting for it to finish.",
            )
        )

    database = open_ready(target or None, today(), write=write, create=create, created=created, renewed=renewed)
    database.on_wait = waiting
    return database


def note(line: str) -> None:
    """A line for the person, not for the pipe."""
    print(line, file=sys.stderr)


def safe(text: str) -> str:
    """A stranger's text on our terminal: no control or direction marks."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def show_json(value: Any, *, lines: bool = False) -> None:
    """One JSON document: indented for a person, on one line for a program."""
    pretty = sys.stdout.isatty() and not lines
    print(json.dumps(value, ensure_ascii=False, indent=2 if pretty else None))


def until_closed() -> contextlib.AbstractContextManager[None]:
    """Print until the reader has seen enough (``… | head``), which does not change the answer nor its exit code."""
    return contextlib.suppress(BrokenPipeError)


def complain(error: RepdbError) -> int:
    """The error's sentence on one line of stderr; returns its exit code."""
    note(f"repdb: {say(error.text)}".replace("\n", " "))
    return error.exit_code
