"""What is written to the database, and how (floor 1). Every change to reports goes through here.

Reports are stored in batches: staged in temporary tables, then moved by set-based statements in one transaction with
the votes and counts they change. The same report has the same id everywhere, so storing it twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from repdb import campaigns, tally
from repdb.db import Database
from repdb.records import Company, NumberBlock, OfficialChannel, Reject, Report, Source
from repdb.subjects import SUBJECT_OF, SUBJECTS
from repdb.votes import strength

# As ``_report_row`` gives them: Report's own fields without ``mentions``, behind id and digest.
_REPORT_COLUMNS = ("report_id", "digest", "source", *Report._fields[2:])
_MENTION_COLUMNS = (
    "m", "kind", "key", "report_id", "role", "strength", "source", "reporter", "stance", "weight", "reported_on",
    "status", "d1", "d2", "d3",
)  # fmt: skip
_ASKED_AT_ONCE = 500


class Described(NamedTuple):
    """A report with the descriptions of the subjects it may be the first to mention.

    ``describe`` runs parallel to ``report.mentions``: the values of ``Subject.describe`` as text. ``content`` is the
    free text as the source wrote it, for the report's identity only: better redaction must not make a new report.
    """

    report: Report
    describe: tuple[tuple[str, ...], ...]
    content: str


class Saved(NamedTuple):
    """What became of a batch of reports: stored + duplicates = reports given; ``changed`` of the stored replaced one."""

    stored: int
    duplicates: int
    changed: int


def identity(item: Described) -> tuple[str, str]:
    """(report_id, digest). The id is the day and a hash of what identifies the statement; the digest of all of it.

    A statement with the source's own reference is that reference: when the source changes it, it stays the same
    report with another digest; elsewhere the digest is in the id, and empty. The day in front keeps ids of one time together, in the index and for the reader.
    """
    report = item.report
    mentions = "\x1e".join(sorted([f"{m[0]}\x1f{m[1]}\x1f{m[2]}" for m in report.mentions]))
    content = (
        f"{report.source}\x1d{report.reported_on}\x1d{report.category}\x1d{report.stance}\x1d{report.weight}"
        f"\x1d{report.reporter}\x1d{mentions}\x1d{item.content}"
    )
    digest = _hash(content)
    if report.ref:
        return f"ref-{_hash(report.source + chr(29) + report.ref)}", digest
    return f"{report.reported_on.replace('-', '') or 'undated'}-{digest}", ""


def _hash(content: str) -> str:
    """64 bits in 16 hex digits: in one day's reports a chance meeting is out of sight (10⁶ a day: 3 · 10⁻⁸)."""
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def save_reports(db: Database, batch: Sequence[Described], as_of: date) -> Saved:
    """Store a batch inside the caller's transaction, with the votes and counts it changes."""
    tally.prepare(db)
    tally.clear(db)
    given: dict[str, tuple[Described, str]] = {}
    for item in batch:
        report_id, digest = identity(item)
        given.setdefault(report_id, (item, digest))
    stored = _stored(db, sorted(given))
    # What a moderator decided stays decided, whatever its source says now.
    changed = [i for i, (digest, status) in stored.items() if digest != given[i][1] and status in _OPEN]
    left = campaigns.touched(db, changed)
    if changed:
        remove_reports(db, changed)
    fresh = [(report_id, *given[report_id]) for report_id in sorted(given.keys() - stored.keys() | set(changed))]
    db.load("reports", _REPORT_COLUMNS, [(i, digest, item.report[0], *item.report[2:]) for i, item, digest in fresh])
    db.load("stage_mentions", _MENTION_COLUMNS, _mention_rows(fresh, as_of))
    _resolve_aliases(db)
    if fresh:
        _move(db, as_of)
    campaigns.follow(db, [report_id for report_id, item, _ in fresh if item.report.message])
    campaigns.count(db, left)
    return Saved(len(fresh), len(batch) - len(fresh), len(changed))


_OPEN = frozenset({"accepted", "pending"})


def _stored(db: Database, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Those of the reports that are stored already, with their digest and status."""
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        some = ids[start : start + _ASKED_AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = db.all(f"SELECT report_id, digest, status FROM reports WHERE report_id IN ({marks})", some)
        found.update({report_id: (digest, status) for report_id, digest, status in rows})
    return found


def _mention_rows(fresh: Sequence[tuple[str, Described, str]], as_of: date) -> list[tuple[object, ...]]:
    """One row for each subject of each report, in the order of the subjects' keys: the tables' own order."""
    # No vote is stronger than one of today: the middle of a year that has just begun lies in the future.
    today = {kind: strength(kind, as_of.isoformat()) for kind in SUBJECTS}
    rows: list[tuple[object, ...]] = []
    for report_id, item, _ in fresh:
        source, mentions, _, stance, on, weight = item.report[:6]
        vote = (source, item.report.reporter, stance, weight, on, item.report.status)
        seen: set[tuple[str, str]] = set()
        for mention, words in zip(mentions, item.describe, strict=True):
            kind = SUBJECT_OF[mention.kind]
            if (kind, mention.key) not in seen:
                seen.add((kind, mention.key))
                strong = min(strength(kind, on), today[kind])
                rows.append((kind, mention.key, report_id, mention.role, strong, *vote, *words, *_PADDING[len(words)]))
    rows.sort()
    return [(m, *row) for m, row in enumerate(rows)]


_PADDING = (("", "", ""), ("", ""), ("",), ())


def _resolve_aliases(db: Database) -> None:
    """Let names that are aliases stand for their company. Done here, so that a report's identity is what was said."""
    aliased = db.execute(
        "UPDATE stage_mentions SET key = (SELECT a.company FROM company_aliases a WHERE a.alias = stage_mentions.key)"
        " WHERE kind = 'company' AND key IN (SELECT alias FROM company_aliases)"
    ).rowcount
    if aliased:
        db.execute(
            "DELETE FROM stage_mentions WHERE m NOT IN (SELECT MIN(m) FROM stage_mentions GROUP BY report_id, kind, key)"
        )


def remove_reports(db: Database, report_ids: Sequence[str]) -> None:
    """Delete reports and recount the voices they were part of; the caller counts the touched subjects afterwards."""
    rows = [(report_id,) for report_id in report_ids]
    for subject in SUBJECTS.values():
        for report_id in report_ids:
            tally.touch(
                db,
                ((subject.kind, key) for (key,) in db.all(
                    f"SELECT {subject.key} FROM {subject.link} WHERE report_id = ?", (report_id,)
                )),
            )  # fmt: skip
        db.many(f"DELETE FROM {subject.link} WHERE report_id = ?", rows)
    db.many("DELETE FROM reports WHERE report_id = ?", rows)
    for kind in SUBJECTS:
        tally.recount_voices(db, kind)


def _move(db: Database, as_of: date) -> None:
    db.execute(
        "INSERT INTO touched SELECT kind, key, MIN(d1), MIN(d2), MIN(d3) FROM stage_mentions GROUP BY kind, key"
        " ON CONFLICT (kind, key) DO UPDATE SET d1 = excluded.d1, d2 = excluded.d2, d3 = excluded.d3"
    )
    for (kind,) in db.all("SELECT DISTINCT kind FROM touched"):
        subject = SUBJECTS[kind]
        describe = ", ".join(
            f"CAST(d{i} AS INTEGER)" if column in ("hidden", "shared") else f"d{i}"
            for i, column in enumerate(subject.describe, 1)
        )
        db.execute(
            f"INSERT INTO {subject.table} ({subject.key}, {', '.join(subject.describe)})"
            f" SELECT key, {describe} FROM touched WHERE kind = ? AND d1 IS NOT NULL ORDER BY key"
            " ON CONFLICT DO NOTHING",
            (kind,),
        )
        db.execute(
            f"INSERT INTO {subject.link} ({subject.key}, report_id, role, strength)"
            " SELECT key, report_id, role, strength FROM stage_mentions WHERE kind = ? ORDER BY m",
            (kind,),
        )
        tally.add_voices(db, kind)
        tally.count(db, kind, as_of)


def set_status(db: Database, report_ids: Sequence[str], status: str, as_of: date) -> None:
    """Accept, reject or withdraw reports, and count their subjects again, inside the caller's transaction."""
    tally.prepare(db)
    tally.clear(db)
    db.many("UPDATE reports SET status = ? WHERE report_id = ?", [(status, report_id) for report_id in report_ids])
    for subject in SUBJECTS.values():
        for report_id in report_ids:
            keys = db.all(f"SELECT {subject.key} FROM {subject.link} WHERE report_id = ?", (report_id,))
            tally.touch(db, ((subject.kind, key) for (key,) in keys))
        tally.recount_voices(db, subject.kind)
        tally.count(db, subject.kind, as_of)
    campaigns.follow(db, report_ids)


def _upsert(
    db: Database, table: str, key: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    db.many(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}",
        rows,
    )


def save_sources(db: Database, sources: Iterable[Source]) -> None:
    columns = ("source", "title", "kind", "title_en", "url", "licence", "redistributable", "terms", "trust")
    rows = [tuple(int(v) if v is True or v is False else v for v in (getattr(s, c) for c in columns)) for s in sources]
    _upsert(db, "sources", ("source",), columns, rows)


def save_number_blocks(db: Database, blocks: Iterable[NumberBlock]) -> None:
    """Replace the blocks of each kind that is given: a designation that is gone from the new list is gone."""
    rows = [(b.prefix_from, b.prefix_to, b.kind, b.carrier, b.source) for b in blocks]
    db.many("DELETE FROM number_blocks WHERE kind = ?", sorted({(row[2],) for row in rows}))
    db.many("INSERT INTO number_blocks (prefix_from, prefix_to, kind, carrier, source) VALUES (?, ?, ?, ?, ?)", rows)


def save_companies(db: Database, companies: Iterable[Company], fold: Callable[[str], str]) -> None:
    """Add or update companies with their aliases; ``fold`` makes keys of names."""
    columns = (
        "company",
        "name",
        "name_en",
        "status",
        "licence",
        "legal_form",
        "url",
        "note",
        "note_en",
        "source",
        "checked_on",
    )
    rows, aliases = [], {}
    for c in companies:
        rows.append(tuple(getattr(c, column) or (None if column == "source" else "") for column in columns))
        aliases.update({fold(alias): (fold(alias), alias, c.company) for alias in c.aliases})
    _upsert(db, "companies", ("company",), columns, rows)
    _upsert(db, "company_aliases", ("alias",), ("alias", "name", "company"), aliases.values())


def save_official_channels(db: Database, channels: Iterable[OfficialChannel]) -> None:
    columns = ("kind", "key", "company", "label", "label_en", "shared", "url", "source", "checked_on")
    rows = [tuple(int(v) if isinstance(v, bool) else v for v in (getattr(c, col) for col in columns)) for c in channels]
    _upsert(db, "official_channels", ("kind", "key", "company"), columns, rows)


def save_rows(db: Database, table: str, key: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Add or update rows of a reference table, given as dictionaries with the same columns."""
    if rows:
        columns = tuple(rows[0])
        _upsert(db, table, key, columns, [tuple(row[c] for c in columns) for row in rows])


def _storable(text: str) -> str:
    """Text with ``�`` for what UTF-8 (half a surrogate pair, as JSON may hold) or PostgreSQL (NUL) cannot keep."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def save_rejects(db: Database, run: str, rejects: Sequence[Reject]) -> None:
    """Keep rows that could not be used. The same row of the same file is kept once."""
    rows = []
    for r in rejects:
        file, reason, row = (_storable(text) for text in (r.file, r.reason, r.row))
        content = f"{file}\x1d{r.line}\x1d{row}".encode()
        rows.append((hashlib.blake2b(content, digest_size=10).hexdigest(), run, file, r.line, r.code, reason, row))
    db.many("INSERT INTO rejects VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)


def recount(db: Database, as_of: date) -> None:
    """Count everything again from the reports, inside the caller's transaction."""
    tally.prepare(db)
    tally.recount(db, as_of)
    campaigns.recount(db)
