"""Counting: from reports to voices, from voices to the counts and score of each subject (floor 1).

All of it is set-based SQL over a temporary table of touched keys, so that one report, a batch of twenty thousand and
a recount from scratch take the same road.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from repdb.categories import INNOCENT_ROLES
from repdb.db import Database, StorageError
from repdb.subjects import SUBJECTS, Subject
from repdb.votes import CROWD, DANGEROUS, MAX_TRUST, NOTHING, SUSPICIOUS, Z, fading

_INNOCENT = ", ".join(f"'{role}'" for role in sorted(INNOCENT_ROLES))

# What counts as a vote: accepted, adverse or benign, and in a role that accuses.
COUNTED = f"status = 'accepted' AND stance IN ('adverse', 'benign') AND role NOT IN ({_INNOCENT})"

_VOICE_COLUMNS = """
       SUM(CASE stance WHEN 'adverse' THEN weight ELSE 0 END),
       SUM(CASE stance WHEN 'benign' THEN weight ELSE 0 END),
       COALESCE(MIN(CASE stance WHEN 'adverse' THEN NULLIF(reported_on, '') END), ''),
       COALESCE(MAX(CASE stance WHEN 'adverse' THEN reported_on END), ''),
       MAX(CASE stance WHEN 'adverse' THEN strength ELSE 0.0 END),
       MAX(CASE stance WHEN 'benign' THEN strength ELSE 0.0 END)"""

_ADD_VOICES = f"""
INSERT INTO voices
SELECT kind, key, source, reporter, {_VOICE_COLUMNS}
FROM stage_mentions WHERE kind = ? AND {COUNTED}
GROUP BY kind, key, source, reporter
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
SELECT '{kind}', m.{key}, source, reporter, {columns}
FROM {link} m JOIN reports r ON r.report_id = m.report_id
WHERE {counted} AND {touched}
GROUP BY m.{key}, source, reporter
"""

# A source's votes on a subject are the sum of its voices', but never more than MAX_TRUST of its latest: the cap is
# taken relative to its strongest vote, so that it fades with it. All sources of the crowd together have that cap again.
# ``subjects`` drives: in the order of its keys the voices come grouped, and nothing is sorted.
_SCORED = """
WITH per_source AS (
    SELECT d.{key} AS key, SUM(v.report_count) AS reports, SUM(v.benign_count) AS benigns,
           MIN(NULLIF(v.first_reported_on, '')) AS first_on, MAX(v.last_reported_on) AS last_on,
           MAX(CASE WHEN s.kind IN ({crowd}) THEN 1 ELSE 0 END) AS crowd,
           MAX(v.adverse) AS top_adverse, MAX(v.benign) AS top_benign,
           CASE WHEN SUM(v.adverse) * MAX(s.trust) > MAX(v.adverse) * {cap} THEN MAX(v.adverse) * {cap}
                ELSE SUM(v.adverse) * MAX(s.trust) END AS adverse,
           CASE WHEN SUM(v.benign) * MAX(s.trust) > MAX(v.benign) * {cap} THEN MAX(v.benign) * {cap}
                ELSE SUM(v.benign) * MAX(s.trust) END AS benign
    FROM {subjects} d LEFT JOIN voices v ON v.kind = '{kind}' AND v.key = d.{key}
         LEFT JOIN sources s ON s.source = v.source
    WHERE {wanted}
    GROUP BY d.{key}, v.source
), votes AS (
    SELECT key, COALESCE(SUM(reports), 0) AS reports, COALESCE(SUM(benigns), 0) AS benigns,
           SUM(CASE WHEN reports > 0 THEN 1 ELSE 0 END) AS sources,
           COALESCE(MIN(first_on), '') AS first_on, COALESCE(MAX(last_on), '') AS last_on,
           {adverse} AS adverse, {benign} AS benign
    FROM per_source GROUP BY key
), tally AS (
    SELECT votes.*, adverse * {fading} AS a, (adverse + benign) * {fading} AS n FROM votes
), bound AS (
    SELECT tally.*, CASE WHEN n > {nothing} THEN
        (a / n + {half_z2} / n - {z} * SQRT((a / n) * (1.0 - a / n) / n + {quarter_z2} / (n * n))) / (1.0 + {z2} / n)
        ELSE 0.0 END AS bound
    FROM tally
), scored AS (
    SELECT bound.*, CASE WHEN bound > 0 THEN bound ELSE 0.0 END AS score FROM bound
)
"""

# One stance's votes of all sources. An expression of the grouping query itself, so that it is worked out once.
_PARTIES = """
    COALESCE(SUM(CASE WHEN crowd = 0 THEN {stance} ELSE 0.0 END), 0.0)
    + CASE WHEN SUM(CASE WHEN crowd = 1 THEN {stance} ELSE 0.0 END)
                > MAX(CASE WHEN crowd = 1 THEN top_{stance} ELSE 0.0 END) * {cap}
           THEN MAX(CASE WHEN crowd = 1 THEN top_{stance} ELSE 0.0 END) * {cap}
           ELSE COALESCE(SUM(CASE WHEN crowd = 1 THEN {stance} ELSE 0.0 END), 0.0) END"""

_WHOLE = """, whole AS (
    SELECT t.key AS key, t.reports AS reports, t.benigns AS benigns, t.sources AS sources, t.first_on AS first_on,
           t.last_on AS last_on, t.adverse AS adverse, t.benign AS benign, t.score AS score, {verdict} AS verdict
    FROM scored t JOIN {table} k ON k.{key} = t.key
)
"""

_TALLY = """
UPDATE {table} AS k SET
    report_count = t.reports, benign_count = t.benigns, source_count = t.sources, first_reported_on = t.first_on,
    last_reported_on = t.last_on, adverse = t.adverse, benign = t.benign, score = t.score, verdict = {verdict}
FROM scored t WHERE k.{key} = t.key
"""


def prepare(db: Database) -> None:
    """Make the temporary tables of this connection, and the functions that are called."""
    db.script(
        "CREATE TEMP TABLE IF NOT EXISTS stage_mentions (m INTEGER PRIMARY KEY, kind TEXT, key TEXT, report_id TEXT,"
        " role TEXT, strength DOUBLE PRECISION, source TEXT, reporter TEXT, stance TEXT, weight INTEGER,"
        " reported_on TEXT, status TEXT, d1 TEXT, d2 TEXT, d3 TEXT);\n"
        "CREATE TEMP TABLE IF NOT EXISTS touched (kind TEXT NOT NULL, key TEXT NOT NULL, d1 TEXT, d2 TEXT, d3 TEXT,"
        " PRIMARY KEY (kind, key));\n"
    )
    prepare_functions(db)


def prepare_functions(db: Database) -> None:
    """Give this connection what the counting SQL calls: SQRT, which SQLite may be built without. Enough to read."""
    try:
        db.one("SELECT SQRT(4.0)")
    except StorageError:
        import math

        db.connection.create_function("SQRT", 1, math.sqrt, deterministic=True)


def clear(db: Database) -> None:
    """Empty the temporary tables of this connection."""
    for table in ("stage_mentions", "touched"):
        db.execute(f"DELETE FROM {table}")


def touch(db: Database, keys: Iterable[tuple[str, str]]) -> None:
    """Name the subjects to be counted again: (kind, key) pairs."""
    db.many("INSERT INTO touched (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING", keys)


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
    tally = _TALLY.format(table=subject.table, key=subject.key, verdict=verdict(subject, "t.reports", "t.score"))
    db.execute(_scored(kind, as_of, everything) + tally)


def whole(kind: str, as_of: date) -> str:
    """SQL that begins a statement with ``WITH …, whole AS (…)``: for each subject what its voices add up to.

    Columns: key, reports, benigns, sources, first_on, last_on, adverse, benign, score, verdict.
    """
    subject = SUBJECTS[kind]
    judged = verdict(subject, "t.reports", "t.score")
    return _scored(kind, as_of, everything=True) + _WHOLE.format(table=subject.table, key=subject.key, verdict=judged)


def _scored(kind: str, as_of: date, everything: bool) -> str:
    subject = SUBJECTS[kind]
    return _SCORED.format(
        kind=kind,
        subjects=subject.table if everything else "touched",
        key=subject.key if everything else "key",
        wanted="1 = 1" if everything else f"d.kind = '{kind}'",
        cap=repr(MAX_TRUST),
        adverse=_PARTIES.format(stance="adverse", cap=repr(MAX_TRUST)),
        benign=_PARTIES.format(stance="benign", cap=repr(MAX_TRUST)),
        crowd=", ".join(f"'{source_kind}'" for source_kind in sorted(CROWD)),
        fading=repr(fading(kind, as_of)),
        nothing=repr(NOTHING),
        z=repr(Z),
        z2=repr(Z * Z),
        half_z2=repr(Z * Z / 2),
        quarter_z2=repr(Z * Z / 4),
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
