"""What has become of a report or dispute, by its receipt (floor 4)."""

from __future__ import annotations

from repdb.categories import STATUS_OF
from repdb.cli.common import DbOption, open_db, say, show_json, t, today
from repdb.cli.common import note as note_to_person


def follow(code: str, withdraw: bool, json: bool, db: DbOption) -> None:
    """What has become of a report or dispute, by its receipt; it is taken back first where that is asked."""
    from repdb import receipts
    from repdb.review import REASONS

    with open_db(db, write=withdraw, create=False) as database:
        found = receipts.withdraw(database, code, today()) if withdraw else receipts.follow(database, code)
    if json:
        show_json(found._asdict())
        return
    what = t("報告", "Report") if found.kind == "report" else t("異議", "Dispute")
    status = say(STATUS_OF[found.kind][found.status])
    reason = t(f"（{say(REASONS[found.reason])}）", f" ({say(REASONS[found.reason])})") if found.reason else ""
    on = t(f"、{found.decided_on} に決定", f", decided on {found.decided_on}") if found.decided_on else ""
    print(
        t(
            f"{what} {found.subject}: {status}{reason}（{found.created_on} に受付{on}）",
            f"{what} {found.subject}: {status}{reason} (received on {found.created_on}{on})",
        )
    )
    if found.withdrawable:
        note_to_person(t("取り下げるには --withdraw を付けます。", "To take it back, add --withdraw."))
