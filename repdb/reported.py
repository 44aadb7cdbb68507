"""What the accepted reports on one subject say: the latest of them, their categories, the names they claim (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from repdb.db import Database, Row
from repdb.records import Evidence
from repdb.signals.base import Name
from repdb.subjects import SUBJECTS

MAX_EVIDENCE = 5
MAX_NAMES = 5

_ABOUT_IT = "r.status = 'accepted' AND m.role NOT IN ('official', 'advertiser')"
# In the order of Evidence; behind it the report's weight, and whether it names any company.
_CATEGORY, _STANCE = Evidence._fields.index("category"), Evidence._fields.index("stance")
_WEIGHT, _NAMES_COMPANY = len(Evidence._fields), len(Evidence._fields) + 1
_LATEST = {
    s.kind: f"""
SELECT r.report_id, r.source, s.title, r.reported_on, r.category, r.stance, m.role, r.note, r.note_en, r.url, r.title,
       s.title_en, r.weight, EXISTS (SELECT 1 FROM report_companies rc WHERE rc.report_id = r.report_id)
FROM {s.link} m JOIN reports r ON r.report_id = m.report_id JOIN sources s ON s.source = r.source
WHERE m.{s.key} = ? AND {_ABOUT_IT}
ORDER BY r.reported_on DESC, r.report_id LIMIT {MAX_EVIDENCE}"""
    for s in SUBJECTS.values()
}
_CATEGORIES = {
    s.kind: f"""
SELECT r.category, SUM(r.weight) FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
WHERE m.{s.key} = ? AND {_ABOUT_IT} AND r.stance = 'adverse' GROUP BY r.category"""
    for s in SUBJECTS.values()
}
_NAMES = {
    s.kind: f"""
SELECT c.name, c.status, c.licence, c.company, c.name_en FROM {s.link} m JOIN reports r ON r.report_id = m.report_id
JOIN report_companies rc ON rc.report_id = r.report_id JOIN companies c ON c.company = rc.company
WHERE m.{s.key} = ? AND {_ABOUT_IT} AND r.stance = 'adverse' AND rc.role = 'claimed'
GROUP BY c.company, c.name, c.status, c.licence, c.name_en ORDER BY COUNT(*) DESC, 1 LIMIT {MAX_NAMES}"""
    for s in SUBJECTS.values()
    if s.kind != "company"
}


class Reported(NamedTuple):
    """``evidence`` is the latest ``MAX_EVIDENCE`` reports; ``categories`` count the adverse ones, as their sources
    state them, the commonest first; ``claimed`` are the names in them that are not the subject itself."""

    evidence: tuple[Evidence, ...] = ()
    categories: Mapping[str, int] = MappingProxyType({})
    claimed: tuple[Name, ...] = ()


def reported(db: Database, kind: str, key: str) -> Reported:
    """Of one subject (``kind`` of ``subjects.SUBJECTS``). Raises StorageError."""
    rows = db.all(_LATEST[kind], (key,))
    # A list that was not cut is all there is, as with most subjects: nothing needs to be asked beyond it.
    whole = len(rows) < MAX_EVIDENCE
    counts = _by_category(rows) if whole else dict(db.all(_CATEGORIES[kind], (key,)))
    named = kind in _NAMES and (not whole or any(row[_NAMES_COMPANY] for row in rows))
    return Reported(
        tuple([Evidence._make(row[:_WEIGHT]) for row in rows]),
        {category: int(counts[category]) for category in sorted(counts, key=lambda c: (-counts[c], c))},
        tuple([Name._make(row) for row in db.all(_NAMES[kind], (key,))]) if named else (),
    )


def _by_category(rows: list[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        if row[_STANCE] == "adverse":
            counts[row[_CATEGORY]] = counts.get(row[_CATEGORY], 0) + row[_WEIGHT]
    return counts
