"""What can be reported, and where each kind is kept: one row per kind of subject (floor 0)."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """A table of subjects: its key column, its table of mentions, and the columns that describe a new row.

    ``kind`` is also the key space of votes, notices and disputes. ``verdict`` is SQL that may override the verdict of
    the votes for the row ``k``: official channels, shared hosts and genuine companies are not judged by votes alone.
    """

    kind: str
    table: str
    key: str
    link: str
    describe: tuple[str, ...]
    verdict: str


_OFFICIAL = (
    "WHEN EXISTS (SELECT 1 FROM official_channels o WHERE o.key = k.{key} AND o.kind IN ({kinds}) AND o.shared = 0)"
    " THEN 'official'"
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
            _OFFICIAL.format(kinds="'phone', 'short_number'", key="number"),
        ),
        Subject("masked_phone", "masked_numbers", "masked_number", "report_masked_numbers", ("display", "hidden"), ""),
        Subject(
            "domain",
            "domains",
            "domain",
            "report_domains",
            ("display", "shared"),
            _OFFICIAL.format(kinds="'domain'", key="domain") + " WHEN k.shared = 1 THEN 'unreported'",
        ),
        Subject(
            "sender_id",
            "sender_ids",
            "sender_id",
            "report_sender_ids",
            ("display",),
            _OFFICIAL.format(kinds="'sender_id'", key="sender_id"),
        ),
        Subject(
            "company",
            "companies",
            "company",
            "report_companies",
            ("name",),
            "WHEN k.status = 'fictitious' THEN 'dangerous'"
            " WHEN k.status = 'genuine' AND {reports} = 0 THEN 'official'"
            " WHEN k.status = 'genuine' AND {score} >= {dangerous} THEN 'suspicious'",
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
