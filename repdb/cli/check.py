"""``repdb check`` (floor 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.cli.common import LANG, DbOption, JsonOption, LangOption, open_db, show_json, t, today, until_closed

if TYPE_CHECKING:
    from repdb.check import Checker
    from repdb.received import Received

KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        help=t(
            "文章の種類: sms, mail, voice, popup, postcard, page。省略すると文面から判断する。メールのソースは mail だけ。",
            "What the text is: sms, mail, voice, popup, postcard, page. Default: judged by the text. The source of a mail is mail.",
        ),
    ),
]
SenderOption = Annotated[
    str,
    typer.Option(
        "--sender",
        "-s",
        help=t(
            "画面に表示された送信者（番号、名前、メールアドレス）。メールでは差出人に加えて調べる。",
            "The sender that was displayed: number, name or address. Of a mail, checked besides its From.",
        ),
    ),
]
JsonlOption = Annotated[
    bool,
    typer.Option(
        "--jsonl",
        help=t(
            '標準入力かファイルの 1 行 1 オブジェクト {"id", "text", "kind"?, "sender"?} に、同じ id の 1 行で順に答える。',
            'Answer a stream: one object {"id", "text", "kind"?, "sender"?} per line in, one with the same id out.',
        ),
    ),
]


def refuse_beside(jsonl: bool, sender: str, kind: str) -> None:
    """Refuse options that a stream would not heed. Raises typer.BadParameter."""
    if jsonl and (sender or kind):
        raise typer.BadParameter(
            t(
                "--jsonl では、sender と kind を各行のオブジェクトに書きます。",
                "With --jsonl, sender and kind stand in the object of each line.",
            )
        )


def check(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[TEXT|FILE|-]",
            help=t(
                "届いた文章そのもの（メールのソースも可）、それを保存したファイル（.eml も可）、「-」か省略で標準入力。",
                "The message or the source of a mail, a file that holds it (.eml), or '-' or nothing for standard input.",
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
    from repdb.check_answers import is_adverse
    from repdb.cli import texts

    refuse_beside(jsonl, sender, kind)
    given = None if jsonl else texts.read_given(text, is_text=True)
    if given:
        given.readable(kind)  # before a database is made for nothing
    with open_db(db) as database:
        checker = Checker(database, today())
        if given is None:
            raise typer.Exit(_stream(checker, text))
        result = received.check(checker, given, kind, sender)
    with until_closed():
        if json:
            show_json(received.check_json(result, given, LANG))
        else:
            from repdb.cli.render_check import show_result

            show_result(result)
    raise typer.Exit(1 if is_adverse(result) else 0)


def _stream(checker: Checker, file: str | None) -> int:
    """Answer JSON lines; 1 if one was adverse, 2 if one could not be read, else 0."""
    from repdb import received
    from repdb.categories import ADVERSE_VERDICTS
    from repdb.cli import texts

    def answer(given: Received, kind: str, sender: str) -> dict[str, Any]:
        return received.check_json(received.check(checker, given, kind, sender), given, LANG)

    adverse = unreadable = False
    with until_closed():
        for row in texts.json_lines(answer, file):
            unreadable = unreadable or "error" in row
            adverse = adverse or row.get("verdict") in ADVERSE_VERDICTS
    return 1 if adverse else 2 if unreadable else 0


PLACES = t(
    "JSON の start と end は、渡した文章（メールではそのソース）の先頭から数えた文字数。base64 の中やリンクの先など、"
    "そのままの形では書かれていないものは -1。",
    "In JSON, start and end count the characters of what was given: of a mail, of its source. -1 stands where it is not"
    " written there as it is read: in base64, behind a link, in --sender.",
)


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "届いた SMS やメールを丸ごと調べる: 判定、理由、次にすること。例: repdb check '未納料金が…'",
            "Check a whole SMS or e-mail: verdict, reasons, what to do next. Example: repdb check message.eml",
        ),
        epilog=PLACES,
    )(check)
