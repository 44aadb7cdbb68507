"""``repdb report`` (floor 4)."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from repdb.categories import CATEGORIES, ROLES, STANCES, read_category
from repdb.cli.common import LANG, DbOption, JsonOption, LangOption, open_db, show_json, t, today
from repdb.cli.common import note as note_to_person

_FIELD = {"number": "number", "domain": "domain", "company": "company", "sender": "sender_id"}


def _ask(question: str, default: str = "", choices: str = "") -> str:
    """Ask on a terminal; elsewhere the default stands."""
    if not sys.stdin.isatty():
        return default
    choices = f" ({choices})" if choices else ""
    # typer.prompt writes to standard output, which is for the answer.
    print(f"{question}{choices}{f' [{default}]' if default else ''}: ", end="", file=sys.stderr, flush=True)
    if not (answer := sys.stdin.readline()):
        raise typer.Abort
    return answer.strip() or default


def _ask_category() -> str:
    """Ask until the word means a category: its code, or its name in Japanese."""
    while True:
        category = _ask(t("分類", "Category"), "other", ", ".join(CATEGORIES))
        if read_category(category) is not None:
            return category
        note_to_person(t(f"分類「{category}」はありません。", f"There is no category '{category}'."))


def report(
    kind: Annotated[
        str, typer.Argument(metavar="number|domain|company|sender", help=t("何の報告か。", "What is reported."))
    ],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT", help=t("番号・ドメイン・会社名・送信者名。", "The number, domain, name or sender.")
        ),
    ] = "",
    category: Annotated[
        str, typer.Option("--category", "-c", help=t("分類: ", "Category: ") + ", ".join(CATEGORIES))
    ] = "",
    date: Annotated[
        str, typer.Option("--date", "-d", help=t("受け取った日（省略すると今日）。", "Day received; default today."))
    ] = "",
    company: Annotated[str, typer.Option("--company", help=t("名乗った会社名。", "Company name it claimed."))] = "",
    message: Annotated[
        str,
        typer.Option(
            "--message",
            "-m",
            help=t("届いた文面。個人情報は保存前に消します。", "The message; personal data is removed before storing."),
        ),
    ] = "",
    note: Annotated[
        str, typer.Option("--note", "-n", help=t("補足。個人情報は消します。", "A note; personal data is removed."))
    ] = "",
    role: Annotated[
        str, typer.Option("--role", help=t("その番号の役割: ", "Role of the number: ") + ", ".join(ROLES))
    ] = "",
    stance: Annotated[str, typer.Option("--stance", help=t("立場: ", "Stance: ") + ", ".join(STANCES))] = "adverse",
    source: Annotated[str, typer.Option("--source", help=t("情報源。", "Source of the report."))] = "local",
    pending: Annotated[
        bool,
        typer.Option(
            "--pending", help=t("確認待ちに置き、まだ数えない。", "Put it in the review queue, not counted yet.")
        ),
    ] = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb.ingest import save_raw

    if kind not in _FIELD:
        raise typer.BadParameter(
            t(f"種類は {', '.join(_FIELD)} のどれかです。", f"The kind is one of {', '.join(_FIELD)}.")
        )
    if not subject:
        subject = _ask(t("番号・ドメイン・名前", "Number, domain or name"))
        company = company or (
            _ask(t("名乗った会社名（なければ空）", "Company name it claimed, if any")) if subject else ""
        )
        note = note or (_ask(t("補足（なければ空）", "A note, if any")) if subject else "")
    if not subject:
        raise typer.BadParameter(
            t("番号・ドメイン・名前を書いてください。", "Name the number, domain, company or sender that you report.")
        )
    category = category or _ask_category()
    row = {
        _FIELD[kind]: subject,
        "category": category,
        "reported_on": date or today().isoformat(),
        "stance": stance,
        "message": message,
        "note": note,
        "role": role,
    }
    if company:
        row["company"] = " | ".join(filter(None, (row.get("company", ""), company)))
    defaults = {"source": source, "status": "pending" if pending else "accepted"}
    with open_db(db, write=True) as database, database.transaction():
        summary, ids = save_raw(database, [{k: v for k, v in row.items() if v}], defaults, today())
    state = "duplicate" if summary.duplicates else "pending" if pending else "accepted"
    if json:
        show_json({"report": ids[0], "state": state})
    else:
        print(_said(state, ids[0]))


def _said(state: str, report_id: str) -> str:
    sentences = {
        "duplicate": ("同じ報告がすでにあります（{id}）。", "The same report is there already ({id})."),
        "pending": ("確認待ちに置きました（{id}）。", "Waiting for review ({id})."),
        "accepted": ("報告を保存しました（{id}）。", "Stored the report ({id})."),
    }
    return sentences[state][LANG != "ja"].format(id=report_id)


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "番号・ドメイン・会社名・送信者を報告する。例: repdb report number 050-9999-0001 -c fake_billing",
            "Report a number, domain, company or sender. Example: repdb report number 050-9999-0001 -c fake_billing",
        )
    )(report)
