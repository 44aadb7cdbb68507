"""What of the working database may be published, row by row (floor 3). The only place that decides it.

* Reports: accepted ones of redistributable sources, without reporter and digest. What other sources report counts in
  the figures of its subject and is not shown.
* Private individuals' mobile numbers and small shops' names only with enough evidence: ``withheld``. Such a number leaves
  its row, its mentions, and the texts and links of the reports that mention it.
* Sources of which rows are shown, or may be.
* Of the address of a page no more than may be kept: ``page_address``.
* A subject that only waiting, rejected or withdrawn reports mention does not exist here.
* Disputes once the owner is verified, with the statement, never the contact.
* Verdict and score are those of the day of publishing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from repdb import page_address, withheld
from repdb.db import Database, Row
from repdb.storage_error import StorageError
from repdb.subjects import SUBJECT_OF, SUBJECTS, Subject
from repdb.votes import fading, lower_bound, verdict_of

_AT_ONCE = 5000

REPORT = "(r.status = 'accepted' AND r.source IN (SELECT source FROM sources WHERE redistributable = 1))"
_MENTIONS_WITHHELD = f"2 * CASE WHEN r.report_id IN ({withheld.REPORTS}) THEN 1 ELSE 0 END"
_PUBLIC_PAGE = f"""CASE WHEN r.source IN (SELECT source FROM sources
 WHERE kind IN ({", ".join(f"'{kind}'" for kind in sorted(page_address.PUBLIC))})) THEN 1 ELSE 0 END"""

# Of a company there may be facts without any report.
_REGISTERED = """ OR n.source IS NOT NULL OR n.status <> 'unverified'
 OR EXISTS (SELECT 1 FROM official_channels o WHERE o.company = n.company)"""


class Table(NamedTuple):
    """One published table: its columns, how many of the first ones are the key, and where its rows come from.

    ``sql`` follows SELECT columns: FROM, WHERE. ``extra`` is one more column that only ``finish`` sees: it makes the
    published row from a row that was read.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    alias: str
    sql: str
    extra: str = ""
    finish: Callable[[list[Any]], list[Any]] | None = None

    def statement(self, dialect: str) -> str:
        columns = [f"{self.alias}.{c}" for c in self.columns]
        collation = ' COLLATE "C"' if dialect == "postgresql" else ""
        order = ", ".join(f"{self.alias}.{c}{collation}" for c in self.key)
        extra = f", {self.extra}" if self.extra else ""
        return f"SELECT {', '.join(columns)}{extra} {self.sql} ORDER BY {order}"


def clean(text: str) -> str:
    """Text without what can disguise it: control characters, and marks that turn the direction of reading."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t　" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def _report_row(columns: tuple[str, ...]) -> Callable[[list[Any]], list[Any]]:
    """Withheld numbers leave the texts too; a link or reference may name them and goes altogether. Other links and
    references are cut as they are when they are stored, whatever a database of an earlier version holds.
    """
    texts = [columns.index(c) for c in ("title", "note", "note_en", "message")]
    url, ref = columns.index("url"), columns.index("ref")

    def finish(row: list[Any]) -> list[Any]:
        names_withheld, public = divmod(row.pop(), 2)
        if names_withheld:
            for place in texts:
                row[place] = withheld.unnamed(row[place]) if row[place] else ""
            row[url] = row[ref] = ""
        if row[url]:
            row[url] = page_address.kept(row[url], bool(public))
        if row[ref]:
            row[ref] = page_address.reference(row[ref], bool(public))
        return row

    return finish


def _campaign_row(columns: tuple[str, ...]) -> Callable[[list[Any]], list[Any]]:
    """The sample is shown where it is the text of a published report, and names no mobile number."""
    sample = columns.index("sample")

    def finish(row: list[Any]) -> list[Any]:
        row[sample] = withheld.unnamed(row[sample]) if row.pop() and row[sample] else ""
        return row

    return finish


def _subject(subject: Subject, columns: tuple[str, ...], as_of: date, settled: Mapping[tuple[str, str], Row]) -> Table:
    """Subjects that something published is said of, with their score and verdict on the day."""
    mentioned = (
        f"EXISTS (SELECT 1 FROM {subject.link} m JOIN reports r ON r.report_id = m.report_id"
        f" WHERE m.{subject.key} = n.{subject.key} AND {REPORT})"
    )
    registered = _REGISTERED if subject.kind == "company" else ""
    condition = f"(n.report_count > 0 OR n.benign_count > 0 OR {mentioned}{registered})"
    if subject.kind in withheld.CONDITIONS:
        condition += f" AND NOT {withheld.CONDITIONS[subject.kind]}"
    reports, adverse, benign, score, verdict = (
        columns.index(c) for c in ("report_count", "adverse", "benign", "score", "verdict")
    )
    shared = columns.index("shared") if "shared" in columns else -1
    fade = fading(subject.kind, as_of)

    def finish(row: list[Any]) -> list[Any]:
        told = settled.get((subject.kind, row[0]))
        if told is not None:
            row[verdict], points = told
        else:
            points = lower_bound(row[adverse] * fade, row[benign] * fade)
            judged = row[reports] > 0 and not (shared >= 0 and row[shared])
            row[verdict] = verdict_of(points) if judged else "unreported"
        # Two digits: enough to read and to sort by, and yesterday's row is mostly today's.
        row[score] = round(points, 2)
        return row

    return Table(
        subject.table, columns, (subject.key,), "n", f"FROM {subject.table} n WHERE {condition}", finish=finish
    )


def _link(subject: Subject, columns: tuple[str, ...]) -> Table:
    sql = f"FROM {subject.link} m WHERE m.report_id NOT IN (SELECT r.report_id FROM reports r WHERE NOT {REPORT})"
    if subject.kind in withheld.CONDITIONS:
        sql += f" AND m.{subject.key} NOT IN {withheld.KEYS[subject.kind]}"
    return Table(subject.link, columns, (subject.key, "report_id"), "m", sql)


_CAMPAIGN = f"EXISTS (SELECT 1 FROM reports r WHERE r.campaign = k.campaign AND {REPORT})"
_OWN_SAMPLE = (
    "CASE WHEN EXISTS (SELECT 1 FROM reports r WHERE r.campaign = k.campaign"
    f" AND SUBSTR(r.message, 1, LENGTH(k.sample)) = k.sample AND {REPORT}) THEN 1 ELSE 0 END"
)
_DISPUTE = "k.status = 'verified'" + "".join(
    f" AND NOT (k.kind = '{kind}' AND k.key IN {keys})" for kind, keys in withheld.KEYS.items()
)
# A source may be somebody's own name for a file: of those whose rows are not shown nothing is said.
_NAMED = " OR ".join(
    f"k.source IN (SELECT source FROM {table})"
    for table in ("companies", "number_blocks", "official_channels", "notices", "advice_contacts")
)


def published_tables(columns: Mapping[str, tuple[str, ...]], keys: Mapping[str, tuple[str, ...]], as_of: date,
                     settled: Mapping[tuple[str, str], Row]) -> list[Table]:  # fmt: skip
    """Every published table, those that others refer to first. ``columns`` and ``keys`` are those of the new file."""
    by_subject = {s.table: s for s in SUBJECTS.values()}
    by_link = {s.link: s for s in SUBJECTS.values()}
    special: dict[str, tuple[str, str, Any]] = {
        "campaigns": (f"FROM campaigns k WHERE {_CAMPAIGN}", _OWN_SAMPLE, _campaign_row),
        "campaign_bands": (f"FROM campaign_bands k WHERE {_CAMPAIGN}", "", None),
        "disputes": (f"FROM disputes k WHERE {_DISPUTE}", "", None),
        "sources": (f"FROM sources k WHERE k.redistributable = 1 OR {_NAMED}", "", None),
        "reports": (f"FROM reports r WHERE {REPORT}", f"{_MENTIONS_WITHHELD} + {_PUBLIC_PAGE}", _report_row),
    }
    made = []
    for name, names in columns.items():
        if name in by_subject:
            made.append(_subject(by_subject[name], names, as_of, settled))
        elif name in by_link:
            made.append(_link(by_link[name], names))
        elif name in special:
            sql, extra, finish = special[name]
            alias = "r" if name == "reports" else "k"
            made.append(Table(name, names, keys[name], alias, sql, extra, finish and finish(names)))
        else:
            made.append(Table(name, names, keys[name], "k", f"FROM {name} k"))
    return made


# Columns that hold what somebody wrote. All others hold what we made, or what was checked when it was read.
_WRITTEN = frozenset(
    "title title_en note note_en message url ref name name_en display sample statement label label_en issuer licence"
    " legal_form terms about about_en phrase gloss gloss_en carrier law".split()
)


def rows(db: Database, table: Table) -> Iterator[Row]:
    """The published rows of one table in the order of its key, as the caller's transaction sees them. Memory is flat."""
    written = [place for place, column in enumerate(table.columns) if column in _WRITTEN]
    stream = _stream(db, table.statement(db.dialect))
    if not written and table.finish is None:
        return stream
    return _finished(stream, written, table.finish or (lambda row: row))


def _finished(stream: Iterator[Row], written: list[int], finish: Callable[[list[Any]], list[Any]]) -> Iterator[Row]:
    for row in stream:
        values = finish(list(row))
        for place in written:
            if not values[place].isprintable():
                values[place] = clean(values[place])
        yield tuple(values)


def _stream(db: Database, sql: str) -> Iterator[Row]:
    try:
        if db.dialect == "sqlite":
            cursor = db.connection.execute(sql)
            while some := cursor.fetchmany(_AT_ONCE):
                yield from some
        else:
            with db.connection.cursor(name="published") as cursor:
                cursor.itersize = _AT_ONCE
                cursor.execute(sql)
                yield from cursor
    except StorageError:
        raise
    except Exception as error:
        raise db.translate(error) from error


# The kind of a subject and how it is written, where a key does not tell.
_AS_WRITTEN = {
    "phone": "SELECT kind, display FROM numbers WHERE number = ?",
    "company": "SELECT 'company', name FROM companies WHERE company = ?",
}


def settled_verdicts(db: Database, as_of: date) -> dict[tuple[str, str], Row]:
    """(kind, key) → (verdict, score) of the subjects that are not judged by votes alone: named in a notice, disputed
    by a verified owner, official, or on the register of companies.
    """
    from repdb.lookup import Lookup
    from repdb.records import Identifier

    asked = db.all(
        "SELECT kind, key FROM notices UNION SELECT kind, key FROM disputes WHERE status = 'verified'"
        " UNION SELECT kind, key FROM official_channels"
        " UNION SELECT 'company', company FROM companies WHERE status <> 'unverified'"
    )
    lookup = Lookup(db, as_of)
    found: dict[tuple[str, str], Row] = {}
    for kind, key in asked:
        if kind in SUBJECT_OF:
            asked_as = _AS_WRITTEN.get(SUBJECT_OF[kind])
            row = db.one(asked_as, (key,)) if asked_as else None
            shown = Identifier(str(row[0]) if row else kind, key, str(row[1]) if row else key)
            answer = lookup.identified(key, shown)
            found[SUBJECT_OF[kind], key] = (answer.verdict, answer.score)
    return found
