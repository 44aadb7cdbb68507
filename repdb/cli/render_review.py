"""What ``repdb review`` shows: a report or dispute that waits, a line of the log, what has been decided (floor 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repdb.cli.common import safe, say, show_json, t
from repdb.clock import in_japan
from repdb.phone import display

if TYPE_CHECKING:
    from repdb.audit_log import Entry
    from repdb.review import Decision
    from repdb.review_queue import Dispute, Item


def shown(one: Item) -> list[str]:
    """Lines: what is reported, what is known of it already, what to look at twice."""
    from repdb.categories import CATEGORIES, ROLES, STANCES
    from repdb.review_queue import WARNINGS

    lines = [
        f"── {one.report_id}  {one.reported_on}  {one.source}  {say(CATEGORIES[one.category])}  {say(STANCES[one.stance])}"
    ]
    for m in one.mentions:
        known = t(
            f"受理済み {m.report_count} 件・確認待ち {m.waiting} 件", f"{m.report_count} accepted, {m.waiting} waiting"
        )
        lines.append(safe(f"   {say(ROLES[m.role])}: {m.display}  {known}{f'  ⚑ {m.official}' if m.official else ''}"))
    lines += [f"   {safe(text)}" for text in (one.title, one.note, one.message, one.url) if text]
    return lines + [f"   ⚠ {say(WARNINGS[code])}" for code in one.warnings]


def shown_dispute(one: Dispute) -> str:
    from repdb.categories import KINDS

    return safe(
        f"── {one.dispute}  {one.opened_on}  {say(KINDS[one.kind])} {display(one.key)}\n   {one.statement}\n   → {one.contact}"
    )


# How a remark that repdb writes by itself begins → what it says in Japanese.
_REMARKS = {"undoes ": "{} の取消し", "same as ": "{} と同じ"}


def shown_entry(e: Entry) -> str:
    """A line of the log: when, who, what of which, and why."""
    from repdb.categories import STATUS_OF
    from repdb.review import ACTIONS, REASONS

    states = STATUS_OF[e.kind]
    begins = next((known for known in _REMARKS if e.remark.startswith(known)), "")
    remark = t(_REMARKS[begins].format(e.remark.removeprefix(begins)), e.remark) if begins else e.remark
    why = t("・", ", ").join(part for part in (say(REASONS[e.reason]) if e.reason else "", remark) if part)
    undone = t("（取消済み）", " (undone)") if e.undone_by else ""
    moved = f"{say(states[e.before])} → {say(states[e.after])}"
    return safe(f"{in_japan(e.at)}  {e.actor}  {say(ACTIONS[e.action])}  {e.subject}  {moved}  {why}{undone}").rstrip()


def show_done(done: list[Decision], json: bool) -> None:
    """What decisions have changed, and how each is undone."""
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
