"""What is written to the database, and how (floor 1). Every change to reports goes through here.

Reports are stored in batches, in the order of their keys, in one transaction with the votes and counts they change.
The same report has the same id everywhere, so storing it twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from repdb import campaigns, tally
from repdb.content import mended
from repdb.db import Database, lots
from repdb.filing import REPORT_COLUMNS, Described, Filed, file, votes
from repdb.records import Company, NumberBlock, OfficialChannel, Reject, Source
from repdb.subjects import SUBJECTS


class Saved(NamedTuple):
    """What became of a batch of reports: stored + duplicates = reports given; ``changed`` of the stored replaced one."""

    stored: int
    duplicates: int
    changed: int


def save_reports(db: Database, batch: Iterable[Described], as_of: date) -> Saved:
    """Store a batch inside the caller's transaction, with the votes and counts it changes."""
    return save_filed(db, file(batch, as_of), as_of)


def save_filed(db: Database, filed: Filed, as_of: date) -> Saved:
    """``save_reports`` of reports that are filed already, by another process perhaps."""
    digests = {row[0]: row[1] for row in filed.reports}
    stored = _stored(db, [*digests])
    # What a moderator decided stays decided, whatever its source says now.
    changed = {i for i, (digest, status) in stored.items() if digest != digests[i] and status in _OPEN}
    left = campaigns.touched(db, sorted(changed))
    touched = remove_reports(db, sorted(changed)) if changed else {}
    fresh = filed.without(stored.keys() - changed)
    db.load("reports", REPORT_COLUMNS, fresh.reports)
    for kind in fresh.mentions:
        keys = _save_mentions(db, kind, fresh)
        touched[kind] = sorted({*keys, *touched[kind]}) if kind in touched else keys
    for kind, keys in touched.items():
        tally.count(db, kind, keys, as_of)
    campaigns.follow(db, [row[0] for row in fresh.reports if row[_MESSAGE]])
    campaigns.count(db, left)
    return Saved(len(fresh.reports), filed.given - len(fresh.reports), len(changed))


_MESSAGE = REPORT_COLUMNS.index("message")
_OPEN = frozenset({"accepted", "pending"})


def _stored(db: Database, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Those of the reports that are stored already, with their digest and status."""
    found: dict[str, tuple[str, str]] = {}
    for some, marks in lots(ids):
        rows = db.all(f"SELECT report_id, digest, status FROM reports WHERE report_id IN ({marks})", some)
        found.update({report_id: (digest, status) for report_id, digest, status in rows})
    return found


def _save_mentions(db: Database, kind: str, filed: Filed) -> list[str]:
    """Store mentions of a kind of subject, the subjects that are new, and the votes; returns the subjects' keys."""
    subject, mentions = SUBJECTS[kind], filed.mentions[kind]
    if kind == "company" and (names := _aliases(db, [key for key, *_ in mentions.described])):
        mentions = filed.renamed(kind, names)
    db.many(
        f"INSERT INTO {subject.table} ({subject.key}, {', '.join(subject.describe)})"
        f" VALUES (?{', ?' * len(subject.describe)}) ON CONFLICT DO NOTHING",
        mentions.described,
    )
    db.load(subject.link, (subject.key, "report_id", "role", "strength"), mentions.rows)
    tally.add_voices(db, kind, votes(mentions.rows, filed.reports))
    return [words[0] for words in mentions.described]


def _aliases(db: Database, names: Sequence[str]) -> dict[str, str]:
    """The company of each name that is an alias. Only here: a report's identity is what was said."""
    found: dict[str, str] = {}
    for some, marks in lots(names):
        found.update(db.all(f"SELECT alias, company FROM company_aliases WHERE alias IN ({marks})", some))
    return found


def remove_reports(db: Database, report_ids: Sequence[str]) -> dict[str, list[str]]:
    """Delete reports and recount the voices they were part of. Returns the keys of their subjects by kind, which the
    caller is to count."""
    rows = [(report_id,) for report_id in report_ids]
    touched = {kind: sorted(tally.keys_of(db, kind, report_ids)) for kind in SUBJECTS}
    for subject in SUBJECTS.values():
        db.many(f"DELETE FROM {subject.link} WHERE report_id = ?", rows)
    db.many("DELETE FROM reports WHERE report_id = ?", rows)
    for kind, keys in touched.items():
        tally.recount_voices(db, kind, keys)
    return touched


def set_status(db: Database, report_ids: Sequence[str], status: str, as_of: date) -> None:
    """Accept, reject or withdraw reports, and count their subjects again, inside the caller's transaction."""
    db.many("UPDATE reports SET status = ? WHERE report_id = ?", [(status, report_id) for report_id in report_ids])
    for kind in SUBJECTS:
        keys = sorted(tally.keys_of(db, kind, report_ids))
        tally.recount_voices(db, kind, keys)
        tally.count(db, kind, keys, as_of)
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


_DECLARED = "declared_sources"  # in ``meta``: source → redistributable and trust as its seed or scraper last gave them


def save_sources(db: Database, sources: Iterable[Source]) -> None:
    """Add or update sources. How far to trust one, and whether to publish it, is the operator's to say: where a source
    here differs in it from what was declared last, it keeps its own.
    """
    given = list(sources)
    if not given:
        return
    row = db.one("SELECT value FROM meta WHERE key = ?", (_DECLARED,))
    declared = json.loads(row[0]) if row else {}
    there = {name: [*said] for name, *said in db.all("SELECT source, redistributable, trust FROM sources")}
    rows = []
    for s in given:
        said = [int(s.redistributable), s.trust]
        own, last = there.get(s.source, said), declared.get(s.source)
        publish, trust = (mine if last is None or mine != last[n] else said[n] for n, mine in enumerate(own))
        rows.append((s.source, s.title, s.kind, s.title_en, s.url, s.licence, publish, s.terms, trust))
        declared[s.source] = said
    columns = ("source", "title", "kind", "title_en", "url", "licence", "redistributable", "terms", "trust")
    _upsert(db, "sources", ("source",), columns, rows)
    save_rows(db, "meta", ("key",), [{"key": _DECLARED, "value": json.dumps(declared, sort_keys=True)}])


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
    """Text with ``�`` for what UTF-8 or PostgreSQL (NUL) cannot keep."""
    return mended(text).replace("\0", "\ufffd")


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
    tally.recount(db, as_of)
    campaigns.recount(db)
