"""What is wrong with a database: its file, its schema, what points to nothing, what does not add up (floor 3).

Only reads, also where it may not write. ``repair`` puts right what can be.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from repdb import tally
from repdb.categories import CATEGORIES, COMPANY_STATUS, REPORT_STATUS, ROLES, STANCES
from repdb.db import Database
from repdb.migrate import is_empty, latest_version, schema_version
from repdb.problems import NOTES, PROBLEMS
from repdb.records import Text
from repdb.running import unfinished
from repdb.setup import seed_is_older
from repdb.shape import expected_shape, shape_of
from repdb.storage_error import StorageError, public_name
from repdb.subjects import SUBJECTS
from repdb.votes import Total, fading, judged, lower_bound

# Errors that end an examination with a finding.
_FATAL = {"db_corrupt": "corrupt", "db_foreign": "not_repdb"}

# Tables and columns with a closed vocabulary.
VOCABULARIES: tuple[tuple[str, str, Mapping[str, Text]], ...] = (
    ("reports", "category", CATEGORIES),
    ("reports", "stance", STANCES),
    ("reports", "status", REPORT_STATUS),
    ("companies", "status", COMPANY_STATUS),
    *((subject.link, "role", ROLES) for subject in SUBJECTS.values()),
)


class Problem(NamedTuple):
    """One thing that is wrong (``error``) or worth knowing (``note``). ``rows`` is how many rows it concerns, or 0."""

    code: str
    severity: str
    text: Text
    repairable: bool
    rows: int = 0


def sound(problems: Sequence[Problem]) -> bool:
    """Whether the database can be relied on: notes are no faults."""
    return all(problem.severity == "note" for problem in problems)


def as_json(problems: Sequence[Problem], lang: str) -> dict[str, Any]:
    """``{"sound": …, "problems": [{"code", "severity", "text", "repairable", "rows"}]}`` in one language."""
    return {
        "sound": sound(problems),
        "problems": [p._asdict() | {"text": p.text.pick(lang)} for p in problems],
    }


def examine(db: Database, as_of: date) -> list[Problem]:
    """Everything that is wrong with an open database as of today; empty if nothing is.

    Reads in one transaction, so that a writer at work does not look like a fault. Raises StorageError when the
    database cannot be asked at all (locked, unreachable).
    """
    reading = "BEGIN" if db.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    found: list[Problem] = []
    db.execute(reading)
    try:
        for problem in _examine(db, as_of):
            found.append(problem)
    except StorageError as error:
        if error.code not in _FATAL:
            raise
        found.append(_problem(_FATAL[error.code], what=public_name(db.target)))
    finally:
        with contextlib.suppress(StorageError):
            db.execute("ROLLBACK")
    return found


def _problem(code: str, n: int = 0, what: str = "") -> Problem:
    text, repairable = PROBLEMS[code]
    return Problem(code, "note" if code in NOTES else "error", text.format(n=n, what=what), repairable, n)


def _examine(db: Database, as_of: date) -> Iterator[Problem]:
    broken = list(_integrity(db)) or list(_version(db))
    yield from broken
    if broken:
        return
    missing = list(_shape_problems(db))
    yield from missing
    if any(problem.code == "column_missing" for problem in missing):
        return
    yield from _orphans(db)
    yield from _vocabulary(db)
    for kind in SUBJECTS:
        yield from _counts(db, kind, as_of)
    for run in unfinished(db):
        yield _problem(run.code, 1, run.what)
    if seed_is_older(db):
        yield _problem("seed_older", what=public_name(db.target))
    yield from _sources(db, as_of)


def _sources(db: Database, as_of: date) -> Iterator[Problem]:
    """Sources from which nothing has come for days: the database is sound, but it grows old."""
    from repdb import scrape

    for source in scrape.overview(db, [scrape.load(name) for name in scrape.names()], as_of):
        if source.silent_since:
            yield _problem(f"source_{source.state}", what=f"{source.name} ({source.silent_since} –)")


def _integrity(db: Database) -> Iterator[Problem]:
    """SQLite's own check of every page and index; PostgreSQL keeps watch over its files itself."""
    if db.dialect != "sqlite":
        return
    for (message,) in db.all("PRAGMA integrity_check(10)"):
        if message != "ok":
            # integrity_check has two kinds of messages: damaged pages, and entries that an index lacks or has too many.
            code = "index_damaged" if " index " in f" {message} " and "page" not in message.lower() else "corrupt"
            yield _problem(code, 1, str(message))


def _version(db: Database) -> Iterator[Problem]:
    if is_empty(db):
        raise StorageError("db_empty", public_name(db.target))
    version = schema_version(db)
    if version != latest_version():
        yield _problem("schema_newer" if version > latest_version() else "schema_older")


def _shape_problems(db: Database) -> Iterator[Problem]:
    wanted, there = expected_shape(), shape_of(db)
    for table, column in sorted(wanted.columns - there.columns):
        yield _problem("column_missing", what=f"{table}.{column}")
    for name in sorted(wanted.indexes.keys() - there.indexes.keys()):
        yield _problem("index_missing", what=name)
    for name, sql in sorted(wanted.views.items()):
        if name not in there.views or there.views[name] not in ("", sql):
            yield _problem("view_missing", what=name)


def _orphans(db: Database) -> Iterator[Problem]:
    for key in expected_shape().keys:
        (count,) = _row(db, f"SELECT COUNT(*) FROM {key.table} c WHERE {key.orphans()}")
        if count:
            yield _problem("orphans", count, f"{key.table}.{key.column} → {key.parent}")


def _vocabulary(db: Database) -> Iterator[Problem]:
    for table, column, words in VOCABULARIES:
        rows = db.all(f"SELECT {column}, COUNT(*) FROM {table} GROUP BY {column}")
        strange = {str(word): int(count) for word, count in rows if word not in words}
        if strange:
            yield _problem(
                "unknown_word", sum(strange.values()), f"{table}.{column} = {', '.join(sorted(strange)[:5])}"
            )


def _counts(db: Database, kind: str, as_of: date) -> Iterator[Problem]:
    """Votes against the reports, counts against the votes, verdicts against the counts.

    A score is of the day it was counted on. Two days of grace, for clocks in other time zones.
    """
    subject = SUBJECTS[kind]
    counted, differing, missing = _row(
        db,
        f"WITH a (kind, key, source, reporter, {_VOICE}) AS ({tally.voices(kind)}) SELECT COUNT(*),"
        f" SUM(CASE WHEN {_VOICE_DIFFERS} THEN 1 ELSE 0 END), SUM(CASE WHEN v.key IS NULL THEN 1 ELSE 0 END)"
        " FROM a LEFT JOIN voices v"
        " ON v.kind = a.kind AND v.key = a.key AND v.source = a.source AND v.reporter = a.reporter",
    )
    (stored,) = _row(db, f"SELECT COUNT(*) FROM voices WHERE kind = '{kind}'")
    if wrong := differing + missing + stored - (counted - missing):
        yield _problem("voices_differ", wrong, subject.table)
    factor = fading(kind, as_of + timedelta(days=2))
    counts = verdicts = 0
    parties = tally.parties(db)
    for keys in tally.all_keys(db, kind):
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT {_COUNTED} FROM {subject.table} WHERE {subject.key} IN ({marks})"
        expected = tally.totals(db, kind, keys, parties)
        for key, score, verdict, *columns in db.all(sql.format(key=subject.key), keys):
            standing, votes = expected[key]
            counts += _counts_differ(Total(*columns), score, votes, factor)
            verdicts += verdict != judged(standing, columns[0], score)
    for code, wrong in (("counts_differ", counts), ("verdicts_differ", verdicts)):
        if wrong:
            yield _problem(code, wrong, subject.table)


def _counts_differ(stored: Total, score: float, counted: Total, factor: float) -> bool:
    """Sums of floats may differ in the last digits; a score lies between its value today (``factor``: votes only fade)
    and the share of adverse votes."""
    adverse, benign = counted.adverse, counted.benign
    return (
        stored[:-2] != counted[:-2]
        or abs(stored.adverse - adverse) > _LAST_DIGITS * adverse
        or abs(stored.benign - benign) > _LAST_DIGITS * benign
        or score < lower_bound(adverse * factor, benign * factor) - _LAST_DIGITS
        or score * (adverse + benign) > adverse * (1.0 + _LAST_DIGITS)
        or score < 0
        or (score > 0 and adverse == 0)
    )


_LAST_DIGITS = 1e-9
_COUNTED = f"{{key}}, score, verdict, {', '.join(Total._fields)}"
_VOICE_COLUMNS = "report_count benign_count first_reported_on last_reported_on adverse benign".split()
_VOICE = ", ".join(_VOICE_COLUMNS)
_VOICE_DIFFERS = " OR ".join(f"v.{column} <> a.{column}" for column in _VOICE_COLUMNS)


def _row(db: Database, sql: str) -> tuple[int, ...]:
    """The whole numbers of a one-row answer; no rows to sum up are none."""
    return tuple(int(value or 0) for value in db.one(sql) or ())
