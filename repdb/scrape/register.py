"""A register that a source publishes as one list: what of it is new, and whom a newer edition no longer has (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from repdb.dates import show_date
from repdb.db import Database
from repdb.records import Company, NumberBlock, OfficialChannel, Text

# Of a register that we have, if it is not just a few: a list with less of it is a part or another list, no newer edition.
SAME_LIST, _FEW = 0.6, 20
_GONE = Text(
    "{day}の許可業者の一覧にありません（以前の許可: {licence}）。",
    "Not on the list of licensed companies of {day} (licence before: {licence}). ",
)
_WAS_GONE = re.compile(
    r"[^（]{1,30}の許可業者の一覧にありません（以前の許可: [^）]{0,80}）。"
    r"|Not on the list of licensed companies of [^(]{1,30} \(licence before: [^)]{0,80}\)\. "
)
_KEYS = {Company: ("companies", 1), OfficialChannel: ("official_channels", 3), NumberBlock: ("number_blocks", 2)}


def known(db: Database, rows: Sequence[Company | OfficialChannel | NumberBlock]) -> int:
    """How many of these rows the database has as they are, but for the day on which they were checked."""
    if not rows:
        return 0
    table, first = _KEYS[type(rows[0])]
    names = [field.name for field in fields(rows[0]) if field.name not in ("checked_on", "aliases")]
    where = " AND ".join(f"{name} = ?" for name in names[:first])
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where}"
    count = 0
    for row in rows:
        values = tuple(int(v) if isinstance(v, bool) else v for v in (getattr(row, name) for name in names))
        count += db.one(sql, values[:first]) == values
    return count


def with_old(db: Database, row: Company) -> Company:
    """A company keeps what is known of it and what the new list does not speak of: its note, its English name. Whoever is
    on the list again is no longer told to be missing."""
    names = [field.name for field in fields(Company) if field.name not in ("company", "aliases")]
    old = db.one(f"SELECT {', '.join(names)} FROM companies WHERE company = ?", (row.company,))
    if old is None:
        return row
    kept = {name: value for name, value in zip(names, old, strict=True) if value and not getattr(row, name)}
    for name in ("note", "note_en"):
        if row.licence and name in kept:
            kept[name] = _WAS_GONE.sub("", kept[name])
    return replace(row, **kept)


def retire(
    db: Database, source: str, day: str, companies: Sequence[Company], channels: Iterable[OfficialChannel]
) -> int:
    """Take the licence from those who had one of this register and are not on its newer edition, with the day of the list in
    their note; numbers that only an older edition gave go too. Returns how many companies lost their licence.

    The caller holds the transaction, stores the list and counts again, in this order.
    """
    listed = {row.company for row in companies}
    kinds = {_kind(row.licence) for row in companies if row.licence}
    rows = db.all("SELECT company, licence, note, note_en FROM companies WHERE licence <> ''")
    ours = [row for row in rows if _kind(row[1]) in kinds]
    gone = [row for row in ours if row[0] not in listed]
    if len(ours) >= _FEW and len(ours) - len(gone) < SAME_LIST * len(ours):
        return 0
    shown = show_date(day)
    for company, licence, note, note_en in gone:
        said = _GONE.format(day=shown, licence=licence)
        db.execute(
            "UPDATE companies SET licence = '', note = ?, note_en = ?, source = ?, checked_on = ? WHERE company = ?",
            (said.ja + note, said.en + note_en, source, day, company),
        )
    kept = {(one.kind, one.key, one.company) for one in channels}
    stored = db.all("SELECT kind, key, company FROM official_channels WHERE source = ?", (source,))
    old = [tuple(row) for row in stored if tuple(row) not in kept]
    db.many("DELETE FROM official_channels WHERE kind = ? AND key = ? AND company = ?", old)
    return len(gone)


def _kind(licence: str) -> str:
    """A licence without its number: 法務大臣許可第号."""
    return re.sub(r"\d+", "", licence)
