"""``repdb review`` (floor 4): the moderation queue, by keys on a terminal or by flags in a script."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.cli.common import DbOption, JsonOption, LangOption, note, open_db, say, show_json, t, today
from repdb.cli.render_review import shown, shown_dispute
from repdb.records import Unreadable

if TYPE_CHECKING:
    from repdb.db import Database
    from repdb.review import Decision

# Key → action on a report.
KEYS = {"a": "accept", "r": "reject", "w": "withdraw"}
# Key → reason of a rejection.
REASON_KEYS = {
    "s": "spam", "n": "not_a_scam", "o": "official_number", "p": "personal_data", "d": "defamation", "u": "unclear",
    "x": "duplicate",
}  # fmt: skip
DISPUTE_KEYS = {"v": "verify", "f": "refuse", "c": "close"}


_Ids = list[str] | None
_Accept = Annotated[_Ids, typer.Option(metavar="ID", help=t("受理する。", "Accept a report."))]
_Reject = Annotated[_Ids, typer.Option(metavar="ID", help=t("却下する。", "Reject a report."))]
_Withdraw = Annotated[_Ids, typer.Option(metavar="ID", help=t("取り下げる。", "Withdraw a report."))]
_Merge = Annotated[
    _Ids,
    typer.Option(
        metavar="ID", help=t("同じ報告をまとめる（最初を残す）。", "Merge the same reports; the first stays.")
    ),
]
_Verify = Annotated[
    str, typer.Option(metavar="ID", help=t("異議の持ち主を確認済みにする。", "The owner of a dispute is verified."))
]
_Close = Annotated[str, typer.Option(metavar="ID", help=t("異議を終わらせる。", "Close a dispute."))]
_AcceptSource = Annotated[
    str,
    typer.Option(
        metavar="SOURCE",
        help=t("信頼する情報源の確認待ちを全部受理する。", "Accept all that waits of a trusted source."),
    ),
]
_Undo = Annotated[str, typer.Option(metavar="DECISION|last", help=t("決定を取り消す。", "Undo a decision."))]
_Reason = Annotated[str, typer.Option(help=t("理由の符号。", "Code of the reason."))]
_Remark = Annotated[str, typer.Option(help=t("理由の補足。", "The reason in words."))]
_Waiting = Annotated[bool, typer.Option("--list", help=t("確認待ちを表示する。", "Show what waits."))]
_Log = Annotated[bool, typer.Option("--log", help=t("これまでの決定を表示する。", "Show past decisions."))]
_AddModerator = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=t("ウェブで確認する人を加え、鍵を表示する。", "Let somebody review on the web; shows the token."),
    ),
]
_RevokeModerator = Annotated[str, typer.Option(metavar="NAME", help=t("その人を外す。", "Revoke a moderator."))]
_Actor = Annotated[
    str, typer.Option("--as", metavar="NAME", help=t("だれの決定として記録するか。", "Whose decision it is."))
]


def review(
    accept: _Accept = None,
    reject: _Reject = None,
    withdraw: _Withdraw = None,
    merge: _Merge = None,
    verify: _Verify = "",
    close: _Close = "",
    accept_source: _AcceptSource = "",
    undo: _Undo = "",
    reason: _Reason = "",
    remark: _Remark = "",
    waiting: _Waiting = False,
    log: _Log = False,
    add_moderator: _AddModerator = "",
    revoke_moderator: _RevokeModerator = "",
    actor: _Actor = "",
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    asked: dict[str, Any] = {
        "accept": accept, "reject": reject, "withdraw": withdraw, "merge": merge, "verify": verify,
        "close": close, "accept_source": accept_source, "undo": undo,
    }  # fmt: skip
    with open_db(db, write=True, create=False) as database:
        if add_moderator or revoke_moderator:
            _moderators(database, add_moderator, revoke_moderator)
        elif log:
            _log(database, json)
        elif done := _decisions(database, asked, actor or _me(), reason, remark):
            _say_done(done, json)
        elif waiting or json or not sys.stdin.isatty():
            _list(database, json)
        else:
            _by_key(database, actor or _me())


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def _decisions(db: Database, asked: dict[str, Any], who: str, reason: str, remark: str) -> list[Decision]:
    """What the flags ask for, in the order of the flags."""
    from repdb import review as flow

    day = today()
    done = [
        flow.decide(db, asked[action], action, who, day, reason, remark)
        for action in ("accept", "reject", "withdraw")
        if asked[action]
    ]
    if asked["merge"]:
        done.append(flow.merge(db, asked["merge"], who, day, remark))
    done += [
        flow.decide_dispute(db, asked[action], action, who, day, reason, remark)
        for action in ("verify", "close")
        if asked[action]
    ]
    if asked["accept_source"]:
        done.append(flow.accept_source(db, asked["accept_source"], who, day))
    if asked["undo"]:
        done.append(flow.undo(db, who, day, "" if asked["undo"] == "last" else asked["undo"]))
    return done


def _say_done(done: list[Decision], json: bool) -> None:
    if json:
        show_json({"decisions": [one._asdict() for one in done]})
        return
    from repdb.review import ACTIONS

    for one in done:
        action = say(ACTIONS[one.action])
        if not one.changed:
            print(t(f"{action}: 変わったものはありません。", f"{action}: nothing has changed."))
            continue
        print(
            t(
                f"{action}: {len(one.changed)} 件（取り消すには --undo {one.decision}）",
                f"{action}: {len(one.changed)} (undo with --undo {one.decision})",
            )
        )


def _moderators(db: Database, add: str, revoke: str) -> None:
    from repdb import moderators

    if add:
        token = moderators.add_moderator(db, add, today())
        note(t("この鍵は今だけ表示します。", "This token is shown only now."))
        print(token)
    if revoke:
        gone = moderators.revoke_moderator(db, revoke, today())
        print(t("外しました。", "Revoked.") if gone else t("その人はいません。", "There is no such moderator."))


def _log(db: Database, json: bool) -> None:
    from repdb import review as flow

    entries = flow.audit(db)
    if json:
        show_json({"log": [entry._asdict() for entry in entries]})
        return
    for e in entries:
        undone = t("（取消済み）", " (undone)") if e.undone_by else ""
        why = say(flow.REASONS[e.reason]) if e.reason in flow.REASONS and e.reason else e.remark
        action, before, after = say(flow.ACTIONS[e.action]), _state(e.kind, e.before), _state(e.kind, e.after)
        print(f"{e.at[:19]}  {e.actor}  {action}  {e.subject}  {before} → {after}  {why}{undone}")


def _state(kind: str, state: str) -> str:
    """The name of a state of a report or of a dispute."""
    from repdb.categories import REPORT_STATUS
    from repdb.review import DISPUTE_STATUS

    return say((REPORT_STATUS if kind == "report" else DISPUTE_STATUS)[state])


def _list(db: Database, json: bool) -> None:
    from repdb import review_queue

    items, open_ = review_queue.reports(db), review_queue.disputes(db)
    if json:
        reports = [asdict(one) | {"mentions": [m._asdict() for m in one.mentions]} for one in items]
        show_json({"waiting": review_queue.waiting(db), "reports": reports, "disputes": [d._asdict() for d in open_]})
        return
    for one in items:
        print("\n".join(shown(one)))
    for dispute in open_:
        print(shown_dispute(dispute))
    counts = review_queue.waiting(db)
    note(
        t(
            f"確認待ち {counts['reports']} 件、異議 {counts['disputes']} 件",
            f"{counts['reports']} reports and {counts['disputes']} disputes wait",
        )
    )


def _by_key(db: Database, who: str) -> None:
    """One report at a time: a key decides, the next follows. What is skipped comes again next time."""
    from repdb import review as flow
    from repdb import review_queue

    after = ""
    menu = t("[a]受理 [r]却下 [w]取下げ [s]後で [z]取消 [q]終了", "[a]ccept [r]eject [w]ithdraw [s]kip [z]undo [q]uit")
    while items := review_queue.reports(db, 1, after):
        one = items[0]
        typer.echo("\n".join(shown(one)))
        key = _key(menu)
        if key == "q":
            return
        if key == "z":
            after = _undo(db, who) or after
        elif key in KEYS:
            reason = _reason() if key == "r" else ""
            flow.decide(db, [one.report_id], KEYS[key], who, today(), reason)
        else:
            after = one.report_id
    for dispute in review_queue.disputes(db):
        typer.echo(shown_dispute(dispute))
        key = _key(t("[v]本人と確認 [f]退ける [c]終了 [s]後で [q]やめる", "[v]erify [f]refuse [c]lose [s]kip [q]uit"))
        if key == "q":
            return
        if key in DISPUTE_KEYS:
            flow.decide_dispute(db, dispute.dispute, DISPUTE_KEYS[key], who, today())
    note(t("確認待ちはもうありません。", "Nothing waits any more."))


def _undo(db: Database, who: str) -> str:
    """Undo the last decision; the queue starts again from the front."""
    from repdb import review as flow

    try:
        flow.undo(db, who, today())
    except Unreadable as error:
        note(say(error.text))
        return ""
    return " "


def _reason() -> str:
    from repdb.review import REASONS

    menu = " ".join(f"[{key}]{say(REASONS[code])}" for key, code in REASON_KEYS.items())
    return REASON_KEYS.get(_key(menu), "")


def _key(menu: str) -> str:
    """One key press."""
    typer.echo(menu + " ", nl=False)
    key = typer.getchar().lower()
    typer.echo(key if key.isprintable() else "")
    if key in ("\x03", "\x04"):
        raise KeyboardInterrupt
    return key


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "確認待ちの報告と異議を、1 件ずつキーで決める。オプションで決めることもできる。",
            "Decide about waiting reports and disputes, one at a time by a key, or by options.",
        )
    )(review)
