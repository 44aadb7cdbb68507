"""What ``repdb review`` shows of a report and of a dispute that wait (floor 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repdb.cli.common import say, t

if TYPE_CHECKING:
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
        lines.append(_safe(f"   {say(ROLES[m.role])}: {m.display}  {known}{f'  ⚑ {m.official}' if m.official else ''}"))
    lines += [f"   {_safe(text)}" for text in (one.title, one.note, one.message, one.url) if text]
    return lines + [f"   ⚠ {say(WARNINGS[code])}" for code in one.warnings]


def shown_dispute(one: Dispute) -> str:
    from repdb.categories import KINDS

    return _safe(
        f"── {one.dispute}  {one.opened_on}  {say(KINDS[one.kind])} {one.key}\n   {one.statement}\n   → {one.contact}"
    )


def _safe(text: str) -> str:
    """A stranger's text on our terminal: no control or direction marks."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
