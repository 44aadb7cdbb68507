"""``repdb lookup`` (floor 4)."""

from __future__ import annotations

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Annotated, cast

import typer

from repdb.answers import error_json, is_adverse, to_json
from repdb.cli.common import (
    LANG,
    DbOption,
    JsonOption,
    LangOption,
    complain,
    open_db,
    show_json,
    t,
    today,
    until_closed,
)
from repdb.records import Unreadable


def _lines() -> Iterator[str]:
    """The lines of standard input as they come, in UTF-8, UTF-16 or what Japanese Windows writes; a line that is none of
    them is read as far as it goes."""
    binary = cast(io.BufferedReader, sys.stdin.buffer)
    if binary.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from io.TextIOWrapper(binary, "utf-16", errors="replace")
        return
    for line in binary:
        try:
            yield line.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield _legacy(line)


def _legacy(line: bytes) -> str:
    from repdb.content import decode

    with contextlib.suppress(Unreadable):
        text = decode(line).text
        if text.expandtabs().rstrip("\r\n").isprintable():
            return text
    return line.decode("utf-8", "replace")


def _queries(words: list[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from (line.rstrip("\r\n") for line in _lines() if line.strip("\r\n \0"))
        else:
            yield word


_Queries = Annotated[
    list[str],
    typer.Argument(
        metavar="Q...",
        help=t(
            "電話番号（どんな書き方でも）、03-6709-02** のように伏せた番号、ドメイン、URL、メールアドレス、送信者名、会社名。「-」は標準入力から 1 行に 1 つ。",
            "A phone number in any form, a masked number such as 03-6709-02**, a domain, URL, e-mail address, sender ID or company name; '-' reads one per line.",
        ),
    ),
]
_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=t("種類を決めて読む: phone, domain, sender_id, company。", "Read as: phone, domain, sender_id, company."),
    ),
]


def lookup(
    queries: _Queries, kind: _Kind = None, json: JsonOption = False, db: DbOption = None, lang: LangOption = None
) -> None:
    from repdb.cli.render import show_answer
    from repdb.identify import candidates
    from repdb.lookup import Lookup

    adverse = unreadable = False
    several = len(queries) > 1 or "-" in queries
    look: Lookup | None = None
    with contextlib.ExitStack() as opened, until_closed():
        for number, query in enumerate(_queries(queries)):
            try:
                if look is None:
                    candidates(query, kind)  # what nobody can read makes no database
                    look = Lookup(opened.enter_context(open_db(db)), today())
                answer = look.answer(query, kind)
            except Unreadable as error:
                unreadable = True
                if json:
                    show_json(error_json(query, error, LANG), lines=several)
                else:
                    complain(error)
                continue
            adverse = adverse or is_adverse(answer)
            if json:
                show_json(to_json(answer, LANG), lines=several)
            else:
                if number:
                    print()
                show_answer(answer)
    raise typer.Exit(1 if adverse else 2 if unreadable else 0)


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "番号・ドメイン・送信者・会社名を調べる。例: repdb lookup 050-3198-3490",
            "Look up a number, domain, sender or company. Example: repdb lookup 050-3198-3490",
        )
    )(lookup)
