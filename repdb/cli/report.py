"""``repdb report`` (floor 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from repdb.categories import CATEGORIES, INNOCENT_ROLES, ROLES, STANCES, listed, read_category
from repdb.cli.common import LANG, DbOption, JsonOption, LangOption, given, open_db, say, show_json, t, today
from repdb.cli.common import note as note_to_person
from repdb.cli.questions import choose
from repdb.cli.report_dispute import dispute
from repdb.cli.report_mentions import chosen, joined
from repdb.cli.report_receipt import follow
from repdb.cli.report_subject import FIELD, ask_subject, read_kind, readable

if TYPE_CHECKING:
    from repdb.db import Database

# (kind, role) → the field whose own role that is: given apart, a role would be that of a link in the message too.
_FIELD_OF_ROLE = {
    ("number", "reported"): "number",
    ("number", "sender"): "sender_number",
    ("number", "callback"): "callback_number",
    ("domain", "link"): "domain",
    ("domain", "sender"): "email",
}


def _ask_category() -> str:
    """Ask until the answer is the number, code or name of a category."""
    return choose(t("分類", "Category"), CATEGORIES, "other", read_category)


_Kind = Annotated[
    str, typer.Argument(metavar="number|domain|company|sender", help=t("何の報告か。", "What is reported."))
]
_Subject = Annotated[
    str,
    typer.Argument(
        metavar="SUBJECT", help=t("番号・ドメイン・会社名・送信者名。", "The number, domain, name or sender.")
    ),
]
_Category = Annotated[str, typer.Option("--category", "-c", help=t("分類: ", "Category: ") + say(listed(CATEGORIES)))]
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
_Mentions = Annotated[
    bool | None,
    typer.Option(
        "--mentions/--no-mentions",
        help=t(
            "文面にある折り返し先の番号とリンク先も報告する（省略すると、端末では尋ね、ほかでは加えない）。",
            "Report the callback numbers and link hosts in the message too. Default: asked on a terminal, else no.",
        ),
    ),
]
_Note = Annotated[
    str, typer.Option("--note", "-n", help=t("補足。個人情報は消します。", "A note; personal data is removed."))
]
_Role = Annotated[str, typer.Option("--role", help=t("その番号の役割: ", "Role of the number: ") + say(listed(ROLES)))]
_Stance = Annotated[str, typer.Option("--stance", help=t("立場: ", "Stance: ") + say(listed(STANCES)))]
_Source = Annotated[str, typer.Option("--source", help=t("情報源。", "Source of the report."))]
_Pending = Annotated[
    bool,
    typer.Option("--pending", help=t("確認待ちに置き、まだ数えない。", "Put it in the review queue, not counted yet.")),
]
_Contact = Annotated[
    str,
    typer.Option(
        "--contact",
        help=t("--stance dispute のとき: 確認のための連絡先。", "With --stance dispute: how to reach the owner."),
    ),
]


_Receipt = Annotated[
    str,
    typer.Option(
        "--receipt",
        metavar="CODE",
        help=t(
            "受付番号で、報告や異議がどうなったかを見る。", "What has become of the report or dispute of this receipt."
        ),
    ),
]
_Withdraw = Annotated[
    bool, typer.Option("--withdraw", help=t("--receipt の報告や異議を取り下げる。", "Take back what --receipt names."))
]


def report(
    context: typer.Context,
    kind: _Kind = "",
    subject: _Subject = "",
    category: _Category = "",
    date: _Date = "",
    company: _Company = "",
    message: _Message = "",
    mentions: _Mentions = None,
    note: _Note = "",
    role: _Role = "",
    stance: _Stance = "",
    source: _Source = "",
    pending: _Pending = False,
    contact: _Contact = "",
    receipt: _Receipt = "",
    withdraw: _Withdraw = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    _check_flags({*given(context)}, receipt, stance)
    if receipt:
        return follow(receipt, withdraw, json, db)
    kind = read_kind(kind)
    if subject:
        said = stance if stance != "dispute" else ""
        subject = readable(kind, subject, role=role, category=category, reported_on=date, stance=said)
    else:
        subject, company, note = ask_subject(kind, company, note)
    if stance == "dispute":
        return dispute(kind, subject, note or message, contact, json, db)
    category, date, stance = category or _ask_category(), date or today().isoformat(), stance or "adverse"
    row = _row(kind, subject, company, role, category, date, stance=stance, message=message, note=note)
    _store(row, mentions, {"source": source or "local", "status": "pending" if pending else "accepted"}, json, db)


def _store(row: dict[str, str], mentions: bool | None, defaults: dict[str, str], json: bool, db: DbOption) -> None:
    """Keep the report, with what else of its message is to be reported, and say what became of it."""
    is_read = row.get("message", "").strip() and row.get("role", "") not in INNOCENT_ROLES
    with open_db(db, write=True) as database:
        added = chosen(database, row, mentions) if is_read else []
        state, status, report_id = _save(database, joined(row, added), defaults)
    _tell_cut(row)
    if json:
        keys = [mention.key for mention in added]
        show_json({"report": report_id, "state": state, "status": status, "added": keys})
    else:
        print(_said(f"again_{status}" if state == "duplicate" else state, report_id))


_SUBJECT = frozenset({"|".join(FIELD), "SUBJECT"})
_OF_A_DISPUTE = _SUBJECT | {"--stance", "--note", "--message", "--contact"}


def _check_flags(named: set[str], receipt: str, stance: str) -> None:
    """Refuse flags that would be ignored."""
    if receipt:
        strange, what = named - {"--receipt", "--withdraw", "SUBJECT"}, "--receipt"
    elif stance == "dispute":
        strange, what = named - _OF_A_DISPUTE, "--stance dispute"
        if {"--note", "--message"} <= named:
            strange = strange | {"--message"}
    else:
        strange, what = set(), ""
        for name, needed in (("--contact", "--stance dispute"), ("--withdraw", "--receipt")):
            if name in named:
                raise typer.BadParameter(t(f"{name} は {needed} と使います。", f"{name} goes with {needed}."))
    if strange:
        names = t("、", ", ").join(sorted(strange))
        raise typer.BadParameter(t(f"{what} のときは使えません: {names}", f"Not with {what}: {names}"))


def _tell_cut(row: dict[str, str]) -> None:
    """A text that is longer than what is kept of it."""
    from repdb.free_text import MAX_TEXT

    for name in ("message", "note"):
        text = row.get(name, "")
        if len(text) > MAX_TEXT:
            note_to_person(
                t(
                    f"--{name} は {len(text):,} 文字あります。保存したのは最初の {MAX_TEXT:,} 文字までです。",
                    f"--{name} has {len(text):,} characters; of these the first {MAX_TEXT:,} are kept.",
                )
            )


def _row(
    kind: str, subject: str, company: str, role: str, category: str, reported_on: str, **texts: str
) -> dict[str, str]:
    """The fields of the report that say something."""
    own = _FIELD_OF_ROLE.get((kind, role))
    row = {own or FIELD[kind]: subject, "category": category, "reported_on": reported_on, **texts}
    row["role"] = "" if own else role
    row["company"] = " | ".join(filter(None, (row.get("company", ""), company)))
    return {field: value for field, value in row.items() if value}


def _save(db: Database, row: dict[str, str], defaults: dict[str, str]) -> tuple[str, str, str]:
    """Store the report; its state (``duplicate``, or the status in ``defaults``), the status it has now, and its id."""
    from repdb.ingest import save_raw

    with db.transaction():
        summary, ids = save_raw(db, [row], defaults, today())
        (status,) = db.one("SELECT status FROM reports WHERE report_id = ?", (ids[0],)) or ("",)
    return "duplicate" if summary.duplicates else defaults["status"], status, ids[0]


def _said(state: str, report_id: str) -> str:
    sentences = {
        "again_accepted": ("同じ報告がすでにあります（{id}）。", "The same report is there already ({id})."),
        "again_pending": (
            "同じ報告が確認待ちで、まだ数えていません（{id}）。数えるには: repdb review --accept {id}",
            "The same report waits for review and does not count yet ({id}). To count it: repdb review --accept {id}",
        ),
        "again_rejected": (
            "同じ報告がすでに却下されていて、数えません（{id}）。数えるには: repdb review --accept {id}",
            "The same report was rejected and does not count ({id}). To count it: repdb review --accept {id}",
        ),
        "again_withdrawn": (
            "同じ報告がすでに取り下げられていて、数えません（{id}）。数えるには: repdb review --accept {id}",
            "The same report was withdrawn and does not count ({id}). To count it: repdb review --accept {id}",
        ),
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
