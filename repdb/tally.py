"""Counting: from reports to voices, from voices to the counts and score of each subject (floor 1).

All of it is set-based SQL over a temporary table of touched keys, so that one report, a batch of twenty thousand and
a recount from scratch take the same road.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from repdb.categories import INNOCENT_ROLES
from repdb.db import Database
from repdb.subjects import SUBJECTS, Subject
from repdb.votes import DANGEROUS, MAX_TRUST, NOTHING, SUSPICIOUS, Z, fading

_INNOCENT = ", ".join(f"'{role}'" for role in sorted(INNOCENT_ROLES))

# What counts as a vote: accepted, adverse or benign, and in a role that accuses.
COUNTED = f"r.status = 'accepted' AND r.stance IN ('adverse', 'benign') AND m.role NOT IN ({_INNOCENT})"

_VOICE_COLUMNS = """
       r.source, r.reporter,
       SUM(CASE r.stance WHEN 'adverse' THEN r.weight ELSE 0 END),
       SUM(CASE r.stance WHEN 'benign' THEN r.weight ELSE 0 END),
       COALESCE(MIN(CASE r.stance WHEN 'adverse' THEN NULLIF(r.reported_on, '') END), ''),
       COALESCE(MAX(CASE r.stance WHEN 'adverse' THEN r.reported_on END), ''),
       MAX(CASE r.stance WHEN 'adverse' THEN m.strength ELSE 0.0 END),
       MAX(CASE r.stance WHEN 'benign' THEN m.strength ELSE 0.0 END)"""

_ADD_VOICES = f"""
INSERT INTO voices
SELECT m.kind, m.key, {_STAGED_VOICES}
WHERE m.kind = ? AND {_STAGED_COUNTED}
GROUP BY m.kind, m.key, m.source, m.reporter
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
SELECT '{kind}', m.{key}, r.source, r.reporter, {columns}
FROM {link} m JOIN reports r ON r.report_id = m.report_id
WHERE {counted} AND {touched}
GROUP BY m.{key}, r.source, r.reporter
"""

# A source's votes on a subject are the sum of its voices', but never more than MAX_TRUST of its latest: the cap is
# taken relative to its strongest vote, so that it fades with it.
_WHOLE = """
WITH per_source AS (
    SELECT v.key AS key, SUM(v.report_count) AS reports, SUM(v.benign_count) AS benigns,
           MIN(NULLIF(v.first_reported_on, '')) AS first_on, MAX(v.last_reported_on) AS last_on,
           CASE WHEN SUM(v.adverse) * s.trust > MAX(v.adverse) * {cap} THEN MAX(v.adverse) * {cap}
                ELSE SUM(v.adverse) * s.trust END AS adverse,
           CASE WHEN SUM(v.benign) * s.trust > MAX(v.benign) * {cap} THEN MAX(v.benign) * {cap}
                ELSE SUM(v.benign) * s.trust END AS benign
    FROM voices v JOIN sources s ON s.source = v.source
    WHERE v.kind = '{kind}' AND {touched_v}
    GROUP BY v.key, v.source, s.trust
), tally AS (
    SELECT key, SUM(reports) AS reports, SUM(benigns) AS benigns,
           SUM(CASE WHEN reports > 0 THEN 1 ELSE 0 END) AS sources,
           COALESCE(MIN(first_on), '') AS first_on, COALESCE(MAX(last_on), '') AS last_on,
           SUM(adverse) AS adverse, SUM(benign) AS benign,
           SUM(adverse) * {fading} AS a, (SUM(adverse) + SUM(benign)) * {fading} AS n
    FROM per_source GROUP BY key
), scored AS (
    SELECT tally.*, CASE WHEN n <= {nothing} THEN 0.0 ELSE
        (a / n + {half_z2} / n - {z} * SQRT((a / n) * (1.0 - a / n) / n + {quarter_z2} / (n * n))) / (1.0 + {z2} / n)
        END AS score
    FROM tally
), whole AS (
    SELECT k.{key} AS key, COALESCE(t.reports, 0) AS reports, COALESCE(t.benigns, 0) AS benigns,
           COALESCE(t.sources, 0) AS sources, COALESCE(t.first_on, '') AS first_on, COALESCE(t.last_on, '') AS last_on,
           COALESCE(t.adverse, 0.0) AS adverse, COALESCE(t.benign, 0.0) AS benign,
           CASE WHEN t.score > 0 THEN t.score ELSE 0.0 END AS score,
           {verdict} AS verdict
    FROM {table} k LEFT JOIN scored t ON t.key = k.{key}
    WHERE {touched_k}
)
"""

_TALLY = """
UPDATE {table} SET
    report_count = whole.reports, benign_count = whole.benigns, source_count = whole.sources,
    first_reported_on = whole.first_on, last_reported_on = whole.last_on,
    adverse = whole.adverse, benign = whole.benign, score = whole.score, verdict = whole.verdict
FROM whole WHERE {table}.{key} = whole.key
"""


def prepare(db: Database) -> None:
    """Make the temporary tables of this connection, and the functions that are called."""
    db.script(
        "CREATE TEMP TABLE IF NOT EXISTS stage_reports (n INTEGER PRIMARY KEY, report_id TEXT, digest TEXT,"
        " source TEXT, reported_on TEXT, category TEXT, stance TEXT, weight INTEGER, title TEXT, note TEXT,"
        " note_en TEXT, message TEXT, url TEXT, ref TEXT, reporter TEXT, status TEXT);\n"
        "CREATE TEMP TABLE IF NOT EXISTS stage_mentions (m INTEGER, n INTEGER, kind TEXT, key TEXT, role TEXT,"
        " strength DOUBLE PRECISION, d1 TEXT, d2 TEXT, d3 TEXT);\n"
        "CREATE TEMP TABLE IF NOT EXISTS touched (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key));\n"
    )
    prepare_functions(db)


def prepare_functions(db: Database) -> None:
    """Give this connection what the counting SQL calls: SQRT, which SQLite may be built without. Enough to read."""
    if db.dialect == "sqlite":
        import math

        db.connection.create_function("SQRT", 1, math.sqrt, deterministic=True)


def touch(db: Database, keys: Iterable[tuple[str, str]]) -> None:
    """Name the subjects to be counted again: (kind, key) pairs."""
    db.many("INSERT INTO touched VALUES (?, ?) ON CONFLICT DO NOTHING", keys)


def add_voices(db: Database, kind: str) -> None:
    """Add the staged reports' votes to the voices they belong to."""
    db.execute(_ADD_VOICES, (kind,))


def recount_voices(db: Database, kind: str, everything: bool = False) -> None:
    """Forget the voices of the touched subjects, or of all, and count them from the reports."""
    condition = "" if everything else f" AND key IN (SELECT key FROM touched WHERE kind = '{kind}')"
    db.execute(f"DELETE FROM voices WHERE kind = ?{condition}", (kind,))
    db.execute(f"INSERT INTO voices {voices(kind, everything)}")


def voices(kind: str, everything: bool = True) -> str:
    """SQL for the voices of a kind of subject as its reports have them: rows like those of ``voices``."""
    subject = SUBJECTS[kind]
    touched = _touched(kind, f"m.{subject.key}", everything)
    return _VOICES.format(
        kind=kind, key=subject.key, link=subject.link, columns=_VOICE_COLUMNS, counted=COUNTED, touched=touched
    )


def count(db: Database, kind: str, as_of: date, everything: bool = False) -> None:
    """Bring counts, score and verdict of the touched subjects, or of all, up to date with their voices."""
    subject = SUBJECTS[kind]
    db.execute(whole(kind, as_of, everything) + _TALLY.format(table=subject.table, key=subject.key))


def whole(kind: str, as_of: date, everything: bool = True) -> str:
    """SQL that begins a statement with ``WITH …, whole AS (…)``: for each subject what its voices add up to.

    Columns: key, reports, benigns, sources, first_on, last_on, adverse, benign, score, verdict.
    """
    subject = SUBJECTS[kind]
    return _WHOLE.format(
        kind=kind,
        table=subject.table,
        key=subject.key,
        cap=repr(MAX_TRUST),
        fading=repr(fading(kind, as_of)),
        nothing=repr(NOTHING),
        z=repr(Z),
        z2=repr(Z * Z),
        half_z2=repr(Z * Z / 2),
        quarter_z2=repr(Z * Z / 4),
        verdict=verdict(subject, "COALESCE(t.reports, 0)", "COALESCE(t.score, 0.0)"),
        touched_v=_touched(kind, "v.key", everything),
        touched_k=_touched(kind, f"k.{subject.key}", everything),
    )


def verdict(subject: Subject, reports: str, score: str) -> str:
    """SQL for the verdict of the row ``k``, given SQL for its adverse reports and its score."""
    override = subject.verdict.format(reports=reports, score=score, dangerous=DANGEROUS)
    return (
        f"CASE {override} WHEN {reports} = 0 THEN 'unreported' WHEN {score} >= {DANGEROUS} THEN 'dangerous'"
        f" WHEN {score} >= {SUSPICIOUS} THEN 'suspicious' ELSE 'past' END"
    )


def _touched(kind: str, column: str, everything: bool) -> str:
    return "1 = 1" if everything else f"{column} IN (SELECT key FROM touched WHERE kind = '{kind}')"


def recount(db: Database, as_of: date) -> None:
    """Count everything again from the reports. The caller holds the transaction."""
    for kind in SUBJECTS:
        recount_voices(db, kind, everything=True)
        count(db, kind, as_of, everything=True)
