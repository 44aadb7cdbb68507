"""Taking the seed rows in, and back: a new version of them leaves nothing of an older one (floor 3).

What operators and scrapers have added stays: only rows of the seed's own sources are taken back.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from repdb import seed as seeds
from repdb import store, tally
from repdb.company import fold
from repdb.db import Database, Row, lots
from repdb.ingest import save_raw
from repdb.subjects import SUBJECT_OF

_SOURCES = "seed_sources"  # in ``meta``: the names of the sources of the seed that was taken in last
# Kinds of sources that others fill.
_OTHERS = frozenset({"contributor", "partner"})


def seed(db: Database, today: date) -> bool:
    """Take in the seed rows unless this version of them is there already; tells whether anything was done."""
    if _version(db) == seeds.version():
        return False
    with db.transaction():
        if _version(db) == seeds.version():  # another process was faster
            return False
        rows = seeds.load()
        before = _standing(db)
        _take_back(db, rows)
        _take_in(db, rows, today)
        _count_again(db, before, today)
        names = json.dumps([source.source for source in rows.sources])
        meta = {"seed": seeds.version(), _SOURCES: names}
        store.save_rows(db, "meta", ("key",), [{"key": key, "value": value} for key, value in meta.items()])
    return True


def _version(db: Database) -> str:
    return _meta(db, "seed")


def _meta(db: Database, key: str) -> str:
    row = db.one("SELECT value FROM meta WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def _take_in(db: Database, rows: seeds.Seed, today: date) -> None:
    store.save_sources(db, rows.sources)
    store.save_companies(db, rows.companies, fold)
    store.save_official_channels(db, rows.channels)
    store.save_number_blocks(db, rows.blocks)
    store.save_rows(db, "notices", ("kind", "key", "notice"), rows.notices)
    store.save_rows(db, "advice_contacts", ("contact",), rows.contacts)
    # The lexicon of this version is all there is: a phrase that was dropped is gone.
    db.execute("DELETE FROM phrases")
    store.save_rows(db, "phrases", ("phrase",), rows.phrases)
    save_raw(db, rows.reports, {}, today)


def _take_back(db: Database, rows: seeds.Seed) -> None:
    """Of the seed's own sources, all that the new seed does not have."""
    own = _own_sources(db, rows)
    kept: dict[str, tuple[tuple[str, ...], Collection[Row]]] = {
        "official_channels": (("kind", "key", "company"), {(c.kind, c.key, c.company) for c in rows.channels}),
        "notices": (("kind", "key", "notice"), {(n["kind"], n["key"], n["notice"]) for n in rows.notices}),
        "advice_contacts": (("contact",), {(c["contact"],) for c in rows.contacts}),
    }
    for some, marks in lots(own):
        for table, (key, new) in kept.items():
            there = db.all(f"SELECT {', '.join(key)} FROM {table} WHERE source IN ({marks})", some)
            where = " AND ".join(f"{column} = ?" for column in key)
            db.many(f"DELETE FROM {table} WHERE {where}", [row for row in there if tuple(row) not in new])
        aliases = {fold(alias) for company in rows.companies for alias in company.aliases}
        there = db.all(
            "SELECT a.alias FROM company_aliases a JOIN companies c ON c.company = a.company"
            f" WHERE c.source IN ({marks})",
            some,
        )
        db.many("DELETE FROM company_aliases WHERE alias = ?", [row for row in there if row[0] not in aliases])
        companies = {company.company for company in rows.companies}
        there = db.all(f"SELECT company FROM companies WHERE source IN ({marks})", some)
        # Reports may name it: the name stays, what was known of it does not.
        db.many(
            "UPDATE companies SET status = 'unverified', licence = '', legal_form = '', url = '', note = '', note_en = '',"
            " source = NULL, checked_on = '' WHERE company = ?",
            [row for row in there if row[0] not in companies],
        )


def _own_sources(db: Database, rows: seeds.Seed) -> list[str]:
    """The sources of this seed and the last one that nobody else has filled here."""
    scraped = {name for (name,) in db.all("SELECT DISTINCT signature FROM runs WHERE command = 'scrape'")}
    names = {source.source for source in rows.sources} | set(json.loads(_meta(db, _SOURCES) or "[]"))
    others = {name for name, kind in db.all("SELECT source, kind FROM sources") if kind in _OTHERS}
    return sorted(name for name in names - others if f"scrape:{name}" not in scraped)


def _standing(db: Database) -> set[Row]:
    """What verdicts and counts rest on besides the reports."""
    channels = db.all("SELECT kind, key, CAST(shared AS TEXT), '' FROM official_channels")
    companies = db.all("SELECT 'company', company, status, '' FROM companies")
    sources = db.all("SELECT '', source, kind, CAST(trust AS TEXT) FROM sources")
    return {tuple(row) for row in (*channels, *companies, *sources)}


def _count_again(db: Database, before: set[Row], today: date) -> None:
    """Count the subjects of which something is known now that was not, or no more: in a large database all would be long."""
    changed = before ^ _standing(db)
    heard = {row[1] for row in before if not row[0]}
    if any(not kind and name in heard for kind, name, *_ in changed):
        store.recount(db, today)
        return
    keys: dict[str, set[str]] = {}
    for kind, key, *_ in changed:
        if kind:
            keys.setdefault(SUBJECT_OF[kind], set()).add(key)
    for kind, some in keys.items():
        tally.count(db, kind, sorted(some), today)
