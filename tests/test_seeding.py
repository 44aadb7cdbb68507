"""A new version of the seed leaves nothing of an older one, and all that operators and scrapers have added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from seeded_fixtures import TODAY
from storage_fixtures import counts, phone, recounted, report, save, subject

from repdb import seed as seeds
from repdb import seeding, tally
from repdb.db import Database, open_database

TABLES = ("official_channels", "company_aliases", "notices", "advice_contacts", "companies", "sources", "reports")


@pytest.fixture
def db(seeded: Path) -> Iterator[Database]:
    with closing(open_database(str(seeded), write=True)) as db:
        yield db


def again(db: Database) -> None:
    """What a release with other seed rows does."""
    db.execute("UPDATE meta SET value = 'older' WHERE key = 'seed'")
    assert seeding.seed(db, TODAY)
    assert not seeding.seed(db, TODAY)
    assert counts(db) == recounted(db, TODAY)


def content(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.all(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def fill(db: Database, source: str, company: str, number: str) -> None:
    """What a seed file, an operator or a scraper may have brought."""
    with db.transaction():
        db.execute(
            "INSERT INTO sources (source, title, kind) VALUES (?, ?, 'reference') ON CONFLICT DO NOTHING",
            (source, source),
        )
        db.execute(
            "INSERT INTO companies (company, name, status, licence, note, source) VALUES (?, ?, 'genuine', '9', 'n', ?)",
            (company, company, source),
        )
        db.execute("INSERT INTO company_aliases VALUES (?, ?, ?)", (f"alias{company}", f"alias {company}", company))
        db.execute(
            "INSERT INTO official_channels (kind, key, company, source) VALUES ('phone', ?, ?, ?)",
            (number, company, source),
        )
        db.execute(
            "INSERT INTO notices (notice, issuer, title, kind, key, source) VALUES (?, 'i', 't', 'phone', ?, ?)",
            (f"notice-{company}", number, source),
        )
        db.execute(
            "INSERT INTO advice_contacts (contact, name, name_en, source) VALUES (?, 'n', 'n', ?)",
            (f"c-{company}", source),
        )
        tally.recount(db, TODAY)


def test_what_the_new_seed_does_not_have_is_taken_back(db: Database) -> None:
    save(db, report(phone(1), "caa-notices"), as_of=TODAY)
    before = content(db)
    assert subject(db, "phone", phone(1))["verdict"] != "official"
    fill(db, "brand-domains", "退いた会社", phone(1))
    again(db)
    assert subject(db, "phone", phone(1))["verdict"] != "official"
    after = content(db)
    withdrawn = db.one("SELECT status, licence, note, source FROM companies WHERE company = '退いた会社'")
    assert withdrawn == ("unverified", "", "", None), "reports may name it"
    after["companies"] = [row for row in after["companies"] if row[0] != "退いた会社"]
    assert after == before


def test_while_it_stands_an_official_number_is_counted_as_one(db: Database) -> None:
    save(db, report(phone(1), "caa-notices"), as_of=TODAY)
    official = [c for c in seeds.load().channels if c.kind == "phone" and not c.shared][0]
    save(db, report(official.key, "caa-notices"), as_of=TODAY)
    db.execute("DELETE FROM official_channels WHERE key = ?", (official.key,))
    again(db)
    assert subject(db, "phone", official.key)["verdict"] == "official"


@pytest.mark.parametrize("source", ["my-own", "local", "moj-servicers"])
def test_what_others_added_stays(db: Database, source: str) -> None:
    db.execute(
        "INSERT INTO runs (run, command, input, signature, started_at, state)"
        " VALUES ('r', 'scrape', '', 'scrape:moj-servicers', '', 'done')"
    )
    fill(db, source, "山吹商会", phone(1))
    before = content(db)
    again(db)
    assert content(db) == before


def test_a_source_that_left_the_seed_takes_its_rows_along(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = seeds.load()
    left = "brand-domains"
    smaller = rows._replace(
        sources=tuple(s for s in rows.sources if s.source != left),
        channels=tuple(c for c in rows.channels if c.source != left),
        companies=tuple(c for c in rows.companies if c.source != left),
    )
    channels = {c.company for c in smaller.channels}
    smaller = smaller._replace(
        companies=(*smaller.companies, *(c for c in rows.companies if c.source == left and c.company in channels))
    )
    monkeypatch.setattr(seeds, "load", lambda: smaller)
    assert db.one("SELECT COUNT(*) > 0 FROM official_channels WHERE source = ?", (left,)) == (1,)
    again(db)
    assert db.one("SELECT COUNT(*) FROM official_channels WHERE source = ?", (left,)) == (0,)


def test_the_operators_trust_stays_and_the_seeds_moves(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    save(db, report(phone(1), "page-reborn-sms"), report(phone(2), "kokusen-notices"), as_of=TODAY)

    def trust(source: str) -> tuple[object, ...] | None:
        return db.one("SELECT trust, redistributable FROM sources WHERE source = ?", (source,))

    db.execute("UPDATE sources SET trust = 0.1 WHERE source = 'local'")
    db.execute("UPDATE sources SET redistributable = 0 WHERE source = 'page-reborn-sms'")
    again(db)
    assert (trust("local"), trust("page-reborn-sms")) == ((0.1, 1), (1.0, 0))
    rows = seeds.load()
    monkeypatch.setattr(
        seeds, "load", lambda: rows._replace(sources=tuple(replace(s, trust=0.7) for s in rows.sources))
    )
    again(db)
    assert (trust("local"), trust("kokusen-notices"), trust("page-reborn-sms")) == ((0.1, 1), (0.7, 1), (0.7, 0))
    db.execute("DELETE FROM meta WHERE key = 'declared_sources'")  # as versions before had it
    db.execute("UPDATE sources SET trust = 0.2 WHERE source = 'import'")
    again(db)
    assert trust("import") == (0.2, 0)


def test_two_processes_seed_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter(["older", seeds.version()])
    monkeypatch.setattr(seeding, "_version", lambda db: next(versions))
    assert not seeding.seed(db, TODAY)
