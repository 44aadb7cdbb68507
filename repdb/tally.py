"""Counting: from reports to voices, from voices to the counts and score of each subject (floor 1).

Voices are gathered by the database; what they add up to is ``votes.total``, worked out here for many subjects at a
time, so that one report, a batch of fifty thousand and a recount from scratch take the same road.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from repdb.categories import INNOCENT_ROLES
from repdb.company import branch_of, is_branch, is_office
from repdb.db import AT_ONCE, Database, lots
from repdb.subjects import SUBJECTS
from repdb.votes import Party, Total, as_party, fading, judged, lower_bound, total

_INNOCENT = ", ".join(f"'{role}'" for role in sorted(INNOCENT_ROLES))

# What counts as a vote: accepted, adverse or benign, and in a role that accuses. ``counts`` says the same.
COUNTED = f"status = 'accepted' AND stance IN ('adverse', 'benign') AND role NOT IN ({_INNOCENT})"

_ADD_VOICE = """
INSERT INTO voices (kind, key, source, reporter, report_count, benign_count, first_reported_on, last_reported_on,
                    adverse, benign)
VALUES ('{kind}', ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, key, source, reporter) DO UPDATE SET
    report_count = voices.report_count + excluded.report_count,
    benign_count = voices.benign_count + excluded.benign_count,
    first_reported_on = CASE WHEN voices.first_reported_on = '' OR (excluded.first_reported_on <> ''
        AND excluded.first_reported_on < voices.first_reported_on)
        THEN excluded.first_reported_on ELSE voices.first_reported_on END,
    last_reported_on = CASE WHEN excluded.last_reported_on > voices.last_reported_on
        THEN excluded.last_reported_on ELSE voices.last_reported_on END,
    adverse = CASE WHEN excluded.adverse > voices.adverse THEN excluded.adverse ELSE voices.adverse END,
    benign = CASE WHEN excluded.benign > voices.benign THEN excluded.benign ELSE voices.benign END
"""

_VOICES = """
SELECT '{kind}', m.{key}, source, reporter,
       SUM(CASE stance WHEN 'adverse' THEN weight ELSE 0 END),
       SUM(CASE stance WHEN 'benign' THEN weight ELSE 0 END),
       COALESCE(MIN(CASE stance WHEN 'adverse' THEN NULLIF(reported_on, '') END), ''),
       COALESCE(MAX(CASE stance WHEN 'adverse' THEN reported_on END), ''),
       MAX(CASE stance WHEN 'adverse' THEN strength ELSE 0.0 END),
       MAX(CASE stance WHEN 'benign' THEN strength ELSE 0.0 END)
FROM {link} m JOIN reports r ON r.report_id = m.report_id
WHERE {counted} AND {wanted}
GROUP BY m.{key}, source, reporter
"""

_HEARD = """
SELECT k.{key}, {standing}, v.source, v.reporter, v.report_count, v.benign_count, v.first_reported_on,
       v.last_reported_on, v.adverse, v.benign
FROM {table} k LEFT JOIN voices v ON v.kind = '{kind}' AND v.key = k.{key}
WHERE k.{key} IN ({marks})
"""

_COUNT = """
UPDATE {table} SET report_count = ?, benign_count = ?, source_count = ?, first_reported_on = ?, last_reported_on = ?,
       adverse = ?, benign = ?, score = ?, verdict = ?
WHERE {key} = ?
"""


def counts(status: str, stance: str, role: str) -> bool:
    """Whether a mention is a vote: what ``COUNTED`` asks of stored ones."""
    return status == "accepted" and stance in ("adverse", "benign") and role not in INNOCENT_ROLES


def add_voices(db: Database, kind: str, votes: Iterable[Sequence[Any]]) -> None:
    """Add new reports' votes, rows of ``filing.Vote``, to the voices they belong to."""
    db.many(_ADD_VOICE.format(kind=kind), votes)


def recount_voices(db: Database, kind: str, keys: Sequence[str]) -> None:
    """Forget the voices of these subjects and count them from the reports."""
    for some, marks in lots(keys):
        db.execute(f"DELETE FROM voices WHERE kind = '{kind}' AND key IN ({marks})", some)
        db.execute(f"INSERT INTO voices {voices(kind, f'm.{SUBJECTS[kind].key} IN ({marks})')}", some)


def voices(kind: str, wanted: str = "1 = 1") -> str:
    """SQL for the voices of a kind of subject as its reports have them: rows like those of ``voices``."""
    subject = SUBJECTS[kind]
    return _VOICES.format(kind=kind, key=subject.key, link=subject.link, counted=COUNTED, wanted=wanted)


def keys_of(db: Database, kind: str, report_ids: Sequence[str]) -> set[str]:
    """The subjects of a kind that these reports mention."""
    subject, found = SUBJECTS[kind], set()
    for some, marks in lots(report_ids):
        found.update(db.all(f"SELECT {subject.key} FROM {subject.link} WHERE report_id IN ({marks})", some))
    return {key for (key,) in found}


def totals(db: Database, kind: str, keys: Sequence[str], parties: Mapping[str, Party]) -> dict[str, tuple[str, Total]]:
    """Standing and votes of those of these subjects that are there; at most AT_ONCE keys. ``parties``: who speaks, by source."""
    subject = SUBJECTS[kind]
    sql = _HEARD.format(
        kind=kind, table=subject.table, key=subject.key, standing=subject.standing, marks=", ".join("?" * len(keys))
    )
    heard: dict[str, tuple[str, list[Any]]] = {}  # rows like Voice, which costs more to make than to add up
    for row in db.all(sql, keys):
        _, spoken = heard.setdefault(row[0], (row[1], []))
        if row[2] is not None:
            spoken.append(row[2:])
    if kind == "company":
        real = offices(db, [key for key, (standing, _) in heard.items() if standing == "unverified"])
        heard |= {key: ("office", heard[key][1]) for key in real}
    return {key: (standing, total(spoken, parties)) for key, (standing, spoken) in heard.items()}


def offices(db: Database, names: Sequence[str]) -> dict[str, str]:
    """Those of these keys of unverified names that are a local public office's, or a branch's of a genuine company, with
    the name of that company (empty for an office)."""
    found = {name: "" for name in names if is_office(name)}
    if branches := [name for name in names if is_branch(name) and name not in found]:
        genuine: dict[str, str] = dict(db.all("SELECT company, name FROM companies WHERE status = 'genuine'"))
        found |= {name: genuine[of] for name in branches if (of := branch_of(name, genuine))}
    return found


def parties(db: Database) -> dict[str, Party]:
    return {source: as_party(kind, trust) for source, kind, trust in db.all("SELECT source, kind, trust FROM sources")}


def count(db: Database, kind: str, keys: Sequence[str], as_of: date) -> None:
    """Bring counts, score and verdict of these subjects up to date with their voices."""
    factor = fading(kind, as_of)
    sql = _COUNT.format(table=SUBJECTS[kind].table, key=SUBJECTS[kind].key)
    speaking = parties(db) if keys else {}
    for some, _ in lots(keys):
        rows = []
        for key, (standing, votes) in totals(db, kind, some, speaking).items():
            score = lower_bound(votes.adverse * factor, votes.benign * factor)
            rows.append((*votes, score, judged(standing, votes.report_count, score), key))
        db.many(sql, rows)


def all_keys(db: Database, kind: str) -> Iterator[list[str]]:
    """The keys of a table of subjects in order, AT_ONCE at a time. Rows may be changed between two lots."""
    subject, last = SUBJECTS[kind], ""
    sql = f"SELECT {subject.key} FROM {subject.table} WHERE {subject.key} > ? ORDER BY {subject.key} LIMIT {AT_ONCE}"
    while some := [key for (key,) in db.all(sql, (last,))]:
        yield some
        last = some[-1]


def recount(db: Database, as_of: date) -> None:
    """Count everything again from the reports. The caller holds the transaction."""
    for kind in SUBJECTS:
        db.execute(f"DELETE FROM voices WHERE kind = '{kind}'")
        db.execute(f"INSERT INTO voices {voices(kind)}")
        for some in all_keys(db, kind):
            count(db, kind, some, as_of)
