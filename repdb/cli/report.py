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


def _ask_subject(company: str, note: str) -> tuple[str, str, str]:
    """What the command line did not name, with the name it claimed and a note. Raises typer.BadParameter."""
    subject = _ask(t("番号・ドメイン・名前", "Number, domain or name"))
    if not subject:
        raise typer.BadParameter(
            t("番号・ドメイン・名前を書いてください。", "Name the number, domain, company or sender that you report.")
        )
    company = company or _ask(t("名乗った会社名（なければ空）", "Company name it claimed, if any"))
    return subject, company, note or _ask(t("補足（なければ空）", "A note, if any"))


def _ask_category() -> str:
    """Ask until the word means a category: its code, or its name in Japanese."""
    while True:
        category = _ask(t("分類", "Category"), "other", ", ".join(CATEGORIES))
        if read_category(category) is not None:
            return category
        note_to_person(t(f"分類「{category}」はありません。", f"There is no category '{category}'."))


_Kind = Annotated[
    str, typer.Argument(metavar="number|domain|company|sender", help=t("何の報告か。", "What is reported."))
]
_Subject = Annotated[
    str,
    typer.Argument(
        metavar="SUBJECT", help=t("番号・ドメイン・会社名・送信者名。", "The number, domain, name or sender.")
    ),
]
_Category = Annotated[str, typer.Option("--category", "-c", help=t("分類: ", "Category: ") + ", ".join(CATEGORIES))]
_Date = Annotated[
    str, typer.Option("--date", "-d", help=t("受け取った日（省略すると今日）。", "Day received; default today."))
]
_Company = Annotated[str, typer.Option("--company", help=t("名乗った会社名。", "Company name it claimed."))]
_Message = Annotated[
    str,
    typer.Option(
        "--message",
        "-m",
        help=t("届いた文面。個人情報は保存前に消します。", "The message; personal data is removed before storing."),
    ),
]
_Note = Annotated[
    str, typer.Option("--note", "-n", help=t("補足。個人情報は消します。", "A note; personal data is removed."))
]
_Role = Annotated[str, typer.Option("--role", help=t("その番号の役割: ", "Role of the number: ") + ", ".join(ROLES))]
_Stance = Annotated[str, typer.Option("--stance", help=t("立場: ", "Stance: ") + ", ".join(STANCES))]
_Source = Annotated[str, typer.Option("--source", help=t("情報源。", "Source of the report."))]
_Pending = Annotated[
    bool,
    typer.Option("--pending", help=t("確認待ちに置き、まだ数えない。", "Put it in the review queue, not counted yet.")),
]


def report(
    kind: _Kind,
    subject: _Subject = "",
    category: _Category = "",
    date: _Date = "",
    company: _Company = "",
    message: _Message = "",
    note: _Note = "",
    role: _Role = "",
    stance: _Stance = "adverse",
    source: _Source = "local",
    pending: _Pending = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    if kind not in _FIELD:
        raise typer.BadParameter(
            t(f"種類は {', '.join(_FIELD)} のどれかです。", f"The kind is one of {', '.join(_FIELD)}.")
        )
    if not subject:
        subject, company, note = _ask_subject(company, note)
    row = {
        _FIELD[kind]: subject,
        "category": category or _ask_category(),
        "reported_on": date or today().isoformat(),
        "stance": stance,
        "message": message,
        "note": note,
        "role": role,
    }
    if company:
        row["company"] = " | ".join(filter(None, (row.get("company", ""), company)))
    state, report_id = _save(row, {"source": source, "status": "pending" if pending else "accepted"}, db)
    if json:
        show_json({"report": report_id, "state": state})
    else:
        print(_said(state, report_id))


def _save(row: dict[str, str], defaults: dict[str, str], db: str | None) -> tuple[str, str]:
    """Store the report; its state (``duplicate``, or the status in ``defaults``) and its id."""
    from repdb.ingest import save_raw

    with open_db(db, write=True) as database, database.transaction():
        summary, ids = save_raw(database, [{k: v for k, v in row.items() if v}], defaults, today())
    return "duplicate" if summary.duplicates else defaults["status"], ids[0]


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
