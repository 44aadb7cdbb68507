"""What ``repdb report`` takes from a message besides its subject: numbers to call and hosts of links (floor 4)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from repdb.categories import INNOCENT_ROLES, ROLES
from repdb.cli.common import note as note_to_person
from repdb.cli.common import say, t, today
from repdb.cli.questions import yes

if TYPE_CHECKING:
    from repdb.db import Database
    from repdb.records import Mention

# What of a message may be reported with it: (kind, role) → field.
_FIELD_OF_MENTION = {
    ("phone", "reported"): "number",
    ("phone", "callback"): "callback_number",
    ("masked_phone", "callback"): "callback_number",
    ("displayed_id", "callback"): "callback_number",
    ("domain", "link"): "domain",
}
_MOST_MENTIONS = 12


def chosen(db: Database, row: dict[str, str], wanted: bool | None) -> list[Mention]:
    """What of the row's message is to be reported too; where the command line does not say, the person is asked."""
    asked = wanted is None and sys.stdin.isatty()
    named = _named(db, row) if wanted or asked else []
    if named:
        note_to_person(t("文面から: ", "In the message: ") + t("、", ", ").join(map(_shown, named)))
        return [] if asked and not yes(t("報告に加えますか", "Add to the report?"), default=True) else named
    if wanted:
        note_to_person(t("文面に、加える番号やリンク先はありません。", "The message names no number or link to add."))
    return []


def _named(db: Database, row: dict[str, str]) -> list[Mention]:
    """The callback numbers and link hosts of the row's message that it does not report yet.

    None that is official, the reader's own, or that many people share. Raises Unreadable for a row that cannot be stored.
    """
    from repdb.check import Checker
    from repdb.domain import is_shared
    from repdb.intake import Intake
    from repdb.received import from_text, reported
    from repdb.text.called import offered

    known = {mention.key for mention in Intake({}, today().isoformat()).report(row).report.mentions}
    given = from_text(row["message"])
    found = reported(Checker(db, today()), given)
    innocent = {mention.key for mention in found if mention.role in INNOCENT_ROLES}
    named = {
        mention.key: mention
        for mention in offered(given.mail.as_text() if given.mail else given.text, found, frozenset(known))
        if (mention.kind, mention.role) in _FIELD_OF_MENTION
        and mention.key not in known | innocent
        and not (mention.kind == "domain" and is_shared(mention.key))
    }
    return list(named.values())[:_MOST_MENTIONS]


def _shown(mention: Mention) -> str:
    from repdb.phone import display

    name = mention.key.replace(".", "[.]") if mention.kind == "domain" else display(mention.key)
    return t(f"{name}（{say(ROLES[mention.role])}）", f"{name} ({say(ROLES[mention.role])})")


def joined(row: dict[str, str], mentions: list[Mention]) -> dict[str, str]:
    """The row with the mentions in the fields of their roles."""
    row = dict(row)
    for mention in mentions:
        field = _FIELD_OF_MENTION[mention.kind, mention.role]
        row[field] = " | ".join(filter(None, (row.get(field, ""), mention.key)))
    return row
