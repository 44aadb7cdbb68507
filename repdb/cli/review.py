"""``repdb review`` (floor 4): the moderation queue, by keys on a terminal or by flags in a script."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.categories import listed
from repdb.cli.common import DbOption, JsonOption, LangOption, given, note, open_db, say, show_json, t, today
from repdb.cli.render_review import show_done, shown, shown_dispute, shown_entry
from repdb.phone import display
from repdb.review import REASONS, read_reason

if TYPE_CHECKING:
    from repdb.db import Database
    from repdb.review import Decision

_Ids = list[str] | None
_Accept = Annotated[_Ids, typer.Option(metavar="ID", help=t("受理する。", "Accept a report."))]
_Reject = Annotated[_Ids, typer.Option(metavar="ID", help=t("却下する。", "Reject a report."))]
_Withdraw = Annotated[_Ids, typer.Option(metavar="ID", help=t("取り下げる。", "Withdraw a report."))]
_Reopen = Annotated[
    _Ids,
    typer.Option(
        metavar="ID", help=t("報告か異議を確認待ちに戻す。", "Let a report or dispute wait for review again.")
    ),
]
_Merge = Annotated[
    _Ids,
    typer.Option(
        metavar="ID", help=t("同じ報告をまとめる（最初を残す）。", "Merge the same reports; the first stays.")
    ),
]
_Verify = Annotated[
    _Ids, typer.Option(metavar="ID", help=t("異議の持ち主を確認済みにする。", "The owner of a dispute is verified."))
]
_Refuse = Annotated[_Ids, typer.Option(metavar="ID", help=t("異議を退ける。", "Refuse a dispute."))]
_Close = Annotated[_Ids, typer.Option(metavar="ID", help=t("異議を終わらせる。", "Close a dispute."))]
_AcceptSource = Annotated[
    str,
    typer.Option(
        metavar="SOURCE",
        help=t("信頼する情報源の確認待ちを全部受理する。", "Accept all that waits of a trusted source."),
    ),
]
_Undo = Annotated[
    str,
    typer.Option(
        metavar="DECISION|last",
        help=t("決定を取り消す（last は自分の最後の決定）。", "Undo a decision; last: your last."),
    ),
]
_Reason = Annotated[str, typer.Option(metavar="CODE", help=t("理由: ", "The reason: ") + say(listed(REASONS)))]
_Remark = Annotated[str, typer.Option(metavar="TEXT", help=t("理由の補足。", "The reason in words."))]
_Waiting = Annotated[bool, typer.Option("--list", help=t("確認待ちを表示する。", "Show what waits."))]
_Log = Annotated[bool, typer.Option("--log", help=t("これまでの決定を表示する。", "Show past decisions."))]
_Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help=t("--list と --log で表示する件数（省略すると 50）。", "How many --list and --log show; default 50."),
    ),
]
_After = Annotated[
    str, typer.Option(metavar="ID", help=t("--list をこの報告の次から始める。", "Begin --list behind this report."))
]
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
    context: typer.Context,
    accept: _Accept = None,
    reject: _Reject = None,
    withdraw: _Withdraw = None,
    reopen: _Reopen = None,
    merge: _Merge = None,
    verify: _Verify = None,
    refuse: _Refuse = None,
    close: _Close = None,
    accept_source: _AcceptSource = "",
    undo: _Undo = "",
    reason: _Reason = "",
    remark: _Remark = "",
    waiting: _Waiting = False,
    log: _Log = False,
    limit: _Limit = None,
    after: _After = "",
    add_moderator: _AddModerator = "",
    revoke_moderator: _RevokeModerator = "",
    actor: _Actor = "",
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    wanted = _wanted(given(context))
    with open_db(db, write=True, create=False) as database:
        if add_moderator or revoke_moderator:
            _moderators(database, add_moderator, revoke_moderator, json)
        elif log:
            _log(database, json, limit or _SHOWN)
        elif wanted:
            show_done(_decide(database, wanted, actor or _me(), read_reason(reason), remark), json)
        elif waiting or json or limit or after or not sys.stdin.isatty():
            _list(database, json, limit or _SHOWN, after)
        else:
            from repdb.cli.review_keys import by_key

            by_key(database, actor or _me())


_SHOWN = 50
_DECISIONS = frozenset(
    "--accept --reject --withdraw --reopen --merge --verify --refuse --close --accept-source --undo".split()
)
_VIEWS = ("--list", "--log")
_ALONE = (*_VIEWS, "--add-moderator", "--revoke-moderator", "--undo")


def _wanted(asked: dict[str, Any]) -> dict[str, Any]:
    """The decisions among what is asked. Refuses flags of which some would be ignored, and two decisions about one thing."""
    decisions = {flag: value for flag, value in asked.items() if flag in _DECISIONS}
    actions = asked.keys() & _DECISIONS.union(_ALONE)
    named = next((flag for flag in _ALONE if flag in asked), "")
    if named and len(actions) > 1:
        raise typer.BadParameter(
            t(f"{named} は、ほかの操作と分けて実行してください。", f"Run {named} by itself, apart from other actions.")
        )
    if asked.keys() & {"--reason", "--remark"} and not decisions.keys() - {"--undo", "--accept-source"}:
        raise typer.BadParameter(
            t(
                "--reason と --remark は、決定（--accept など）と一緒に使います。",
                "--reason and --remark need a decision, such as --accept.",
            )
        )
    if ("--limit" in asked and actions.difference(_VIEWS)) or ("--after" in asked and actions - {"--list"}):
        raise typer.BadParameter(
            t(
                "--limit と --after は --list と使います（--limit は --log とも）。",
                "--limit and --after go with --list; --limit with --log too.",
            )
        )
    ids = [one for value in decisions.values() if isinstance(value, tuple) for one in dict.fromkeys(value)]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise typer.BadParameter(
            t(f"{twice} に二つの決定はできません。", f"There cannot be two decisions about {twice} at once.")
        )
    return decisions


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"


def _decide(db: Database, wanted: dict[str, Any], who: str, reason: str, remark: str) -> list[Decision]:
    """What the flags ask for, in the order of the flags: all of it, or where one is refused nothing."""
    from repdb import review as flow

    day, done = today(), []
    with db.transaction():
        for flag, value in wanted.items():
            action = flag.removeprefix("--")
            if action == "merge":
                done.append(flow.merge(db, value, who, day, remark))
            elif action == "accept-source":
                done.append(flow.accept_source(db, value, who, day))
            elif action == "undo":
                done.append(flow.undo(db, who, day, "" if value == "last" else value))
            else:
                disputes = [one for one in value if action not in flow.REPORT_ACTIONS or _is_dispute(db, action, one)]
                if reports := [one for one in value if one not in disputes]:
                    done.append(flow.decide(db, reports, action, who, day, reason, remark))
                done += [flow.decide_dispute(db, one, action, who, day, reason, remark) for one in disputes]
    return done


def _is_dispute(db: Database, action: str, name: str) -> bool:
    """Whether an action that both have is meant for a dispute."""
    from repdb import review as flow

    return action in flow.DISPUTE_ACTIONS and flow.is_dispute(db, name)


def _moderators(db: Database, add: str, revoke: str, json: bool) -> None:
    from repdb import moderators

    if add:
        again = moderators.is_moderator(db, add)
        token = moderators.add_moderator(db, add, today())
        if json:
            show_json({"moderator": add.strip(), "token": token})
            return
        if again:
            note(t("前の鍵は使えなくなりました。", "The token from before has ended."))
        note(t("この鍵は今だけ表示します。", "This token is shown only now."))
        print(token)
        return
    if not moderators.revoke_moderator(db, revoke, today()):
        raise typer.BadParameter(t(f"確認する人に「{revoke}」はいません。", f"There is no moderator '{revoke}'."))
    if json:
        show_json({"moderator": revoke.strip(), "revoked": True})
    else:
        print(t("外しました。", "Revoked."))


def _log(db: Database, json: bool, limit: int) -> None:
    from repdb import audit_log

    entries = audit_log.entries(db, limit + 1)
    if json:
        show_json({"log": [entry._asdict() for entry in entries[:limit]], "more": len(entries) > limit})
        return
    for entry in entries[:limit]:
        print(shown_entry(entry))
    if len(entries) > limit:
        note(t(f"これより前は --limit {2 * limit} などで表示します。", f"Earlier ones: --limit {2 * limit}"))


def _list(db: Database, json: bool, limit: int, after: str) -> None:
    from repdb import review_queue

    items = review_queue.reports(db, limit + 1, after)
    items, more = items[:limit], len(items) > limit
    open_, counts = review_queue.disputes(db, limit=limit), review_queue.waiting(db)
    if json:
        reports = [asdict(one) | {"mentions": [m._asdict() for m in one.mentions]} for one in items]
        disputes = [d._asdict() | {"display": display(d.key)} for d in open_]
        show_json(
            {"waiting": counts, "reports": reports, "disputes": disputes, "next": items[-1].report_id if more else ""}
        )
        return
    for one in items:
        print("\n".join(shown(one)))
    for dispute in open_:
        print(shown_dispute(dispute))
    note(
        t(
            f"確認待ち {counts['reports']} 件、異議 {counts['disputes']} 件",
            f"Waiting: reports {counts['reports']}, disputes {counts['disputes']}",
        )
    )
    if more:
        last = items[-1].report_id
        note(
            t(
                f"表示したのは {len(items)} 件です。続きは --list --after {last}（件数は --limit）",
                f"{len(items)} are shown. The next: --list --after {last} (how many: --limit)",
            )
        )
    if counts["disputes"] > len(open_):
        note(
            t(
                f"異議は {len(open_)} 件だけ表示しました（--limit）。",
                f"Only {len(open_)} disputes are shown (--limit).",
            )
        )


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "確認待ちの報告と異議を、1 件ずつキーで決める。オプションで決めることもできる（例: repdb review --reject ID --reason spam）。",
            "Decide about waiting reports and disputes, one at a time by a key, or by options. Example: repdb review "
            "--reject ID --reason spam",
        )
    )(review)
