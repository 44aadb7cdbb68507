"""``repdb extract`` (floor 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.categories import KINDS
from repdb.cli.check import PLACES, JsonlOption, KindOption, SenderOption, refuse_beside
from repdb.cli.common import DbOption, JsonOption, LangOption, open_db, say, show_json, t, today, until_closed

if TYPE_CHECKING:
    from repdb.check import Checker
    from repdb.received import Received


def extract(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|-]",
            help=t(
                "文章・HTML・.eml のファイル。「-」か省略で標準入力。",
                "A file of text, HTML or .eml; '-' or nothing for standard input.",
            ),
        ),
    ] = None,
    sender: SenderOption = "",
    kind: KindOption = "",
    json: JsonOption = False,
    jsonl: JsonlOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb import received
    from repdb.check import Checker
    from repdb.cli import texts

    refuse_beside(jsonl, sender, kind)
    given = None if jsonl else texts.read_given(file, is_text=False)
    if given:
        given.readable(kind)
    with open_db(db) as database:
        checker = Checker(database, today())
        if given is None:
            raise typer.Exit(_stream(checker, file))
        found = received.extract(checker, given, kind, sender)
        if json:
            show_json(received.extract_json(found, given))
        else:
            _show(found, checker.registered)


def _stream(checker: Checker, file: str | None) -> int:
    """Answer JSON lines; 2 if one could not be read, else 0."""
    from repdb import received
    from repdb.cli import texts

    def answer(given: Received, kind: str, sender: str) -> dict[str, Any]:
        return received.extract_json(received.extract(checker, given, kind, sender), given)

    unreadable = False
    with until_closed():
        for row in texts.json_lines(answer, file):
            unreadable = unreadable or "error" in row
    return 2 if unreadable else 0


def _show(found: Any, registered: Callable[[str], bool]) -> None:
    """One line each: role, kind, key and, where it differs, the form that was written; hosts are not made clickable."""
    from repdb.cli.render import width
    from repdb.text.roles import shown_role

    if not found:
        print(t("番号・リンク・名前は見つかりませんでした。", "No number, link or name was found."))
    named = [(say(shown_role(one, registered(one.key))), say(KINDS[one.kind])) for one in found]
    roles, kinds = (2 + max((width(names[column]) for names in named), default=0) for column in (0, 1))
    for mention, (role, what) in zip(found, named, strict=True):
        key = mention.key.replace(".", "[.]") if mention.kind in ("domain", "email") else mention.key
        written = " ".join(mention.written.split())[:60].replace("://", "[:]//")
        padded = role + " " * (roles - width(role)) + what + " " * (kinds - width(what))
        print(
            padded
            + key
            + (f"   {written}" if written and written != key and mention.kind not in ("domain", "email") else "")
        )


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "文章やページから番号・リンク・送信者・会社名を、役割と位置つきで取り出す。",
            "Find the numbers, links, senders and company names in a text or page, with roles and places.",
        ),
        epilog=PLACES,
    )(extract)
