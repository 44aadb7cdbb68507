"""What can be reported, and where each kind is kept: one row per kind of subject (floor 0)."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """A table of subjects: its key column, its table of mentions, and the columns that describe a new row.

    ``kind`` is also the key space of votes, notices and disputes. ``standing`` is SQL for what the row ``k`` is apart
    from its votes, as ``votes.judged`` takes it: official, shared, genuine, fictitious, or anything else for nothing.
    """

    kind: str
    table: str
    key: str
    link: str
    describe: tuple[str, ...]
    standing: str


_STANDING = (
    "CASE WHEN EXISTS (SELECT 1 FROM official_channels o WHERE o.kind IN ({kinds}) AND o.key = k.{key} AND o.shared = 0)"
    " THEN 'official' {otherwise} END"
)

SUBJECTS: dict[str, Subject] = {
    s.kind: s
    for s in (
        Subject(
            "phone",
            "numbers",
            "number",
            "report_numbers",
            ("kind", "display", "line_type"),
            _STANDING.format(kinds="'phone', 'short_number'", key="number", otherwise="ELSE ''"),
        ),
        Subject(
            "masked_phone", "masked_numbers", "masked_number", "report_masked_numbers", ("display", "hidden"), "''"
        ),
        Subject(
            "domain",
            "domains",
            "domain",
            "report_domains",
            ("display", "shared"),
            _STANDING.format(kinds="'domain'", key="domain", otherwise="WHEN k.shared = 1 THEN 'shared' ELSE ''"),
        ),
        Subject(
            "sender_id",
            "sender_ids",
            "sender_id",
            "report_sender_ids",
            ("display",),
            _STANDING.format(kinds="'sender_id'", key="sender_id", otherwise="ELSE ''"),
        ),
        Subject(
            "company",
            "companies",
            "company",
            "report_companies",
            ("name",),
            "k.status",
        ),
    )
}

# Which subject a kind of identifier is stored as: an e-mail address is judged by its domain.
SUBJECT_OF: dict[str, str] = {
    "phone": "phone",
    "short_number": "phone",
    "displayed_id": "phone",
    "masked_phone": "masked_phone",
    "domain": "domain",
    "email": "domain",
    "sender_id": "sender_id",
    "company": "company",
}
