"""What tests of the storage share: an empty migrated database of each kind, and reports made of invented numbers."""

from __future__ import annotations

import ctypes
import errno
import os
import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from repdb import db as storage
from repdb import filing, migrate, review_queue, store, tally
from repdb.records import Mention, Report, Source
from repdb.subjects import SUBJECT_OF, SUBJECTS

TODAY = date(2026, 11, 21)
NUMBER = "+815099900001"
SOURCES = (
    Source("notice", "公表", "official", redistributable=True, trust=1.4),
    Source("article", "記事", "article", trust=1.0),
    Source("board", "掲示板", "board", trust=0.5),
    Source("web", "ウェブからの報告", "contributor", trust=0.5),
)


def phone(last: int) -> str:
    return f"+8150999{last:05d}"


def words(mention: Mention) -> tuple[str, ...]:
    """What describes a new subject: as ``Subject.describe`` wants it."""
    return {
        "phone": ("phone", mention.key, "voip"),
        "masked_phone": (mention.key, str(mention.key.count("*"))),
        "domain": (mention.key, str(int(mention.key.startswith("shared")))),
        "sender_id": (mention.key,),
        "company": (mention.key,),
    }[SUBJECT_OF[mention.kind]]


def described(report: Report) -> filing.Described:
    return filing.Described(report, tuple(map(words, report.mentions)), f"{report.message}{report.note}")


def report(key: str = NUMBER, source: str = "article", on: str = "2026-11-01", **more: Any) -> filing.Described:
    """A report on one subject; ``kind`` and ``role`` are those of its mention."""
    mention = Mention(more.pop("kind", "phone"), key, more.pop("role", "callback"))
    return described(Report(source, (mention, *more.pop("others", ())), reported_on=on, **more))


def mobile(key: str, source: str, **more: Any) -> filing.Described:
    """A report on a private mobile number."""
    made = Report(source, (Mention("phone", key, "sender"),), reported_on="2026-11-01", **more)
    shown = f"0{key[3:5]}-{key[5:9]}-{key[9:]}"
    return filing.Described(made, (("phone", shown, "mobile"),), f"{made.note}{made.message}")


def save(db: storage.Database, *reports: filing.Described, as_of: date = TODAY) -> store.Saved:
    with db.transaction():
        return store.save_reports(db, reports, as_of)


def pending(db: storage.Database, count: int = 3, **more: Any) -> list[str]:
    """Waiting reports on ``NUMBER`` by as many people; their ids."""
    save(db, *(report(source="web", status="pending", reporter=f"r{n}", note=f"n{n}", **more) for n in range(count)))
    return [item.report_id for item in review_queue.reports(db)]


def subject(db: storage.Database, kind: str, key: str) -> dict[str, Any]:
    """The counted columns of one subject."""
    names = ("report_count", "benign_count", "source_count", "first_reported_on", "last_reported_on")
    names += ("adverse", "benign", "score", "verdict")
    table = SUBJECTS[kind]
    row = db.one(f"SELECT {', '.join(names)} FROM {table.table} WHERE {table.key} = ?", (key,))
    assert row is not None, key
    return dict(zip(names, row, strict=True))


def counts(db: storage.Database) -> dict[str, Any]:
    """Every voice and every counted column, floats to twelve digits: sums may be taken in another order."""

    def rounded(rows: Iterable[storage.Row]) -> list[tuple[Any, ...]]:
        return sorted(tuple(float(f"{v:.12g}") if isinstance(v, float) else v for v in row) for row in rows)

    found = {"voices": rounded(db.all("SELECT * FROM voices"))}
    for kind, table in SUBJECTS.items():
        found[kind] = rounded(
            db.all(
                f"SELECT {table.key}, report_count, benign_count, source_count, first_reported_on, last_reported_on,"
                f" adverse, benign, score, verdict FROM {table.table}"
            )
        )
    return found


def recounted(db: storage.Database, as_of: date = TODAY) -> dict[str, Any]:
    """The counts after a recount from scratch, which is not kept."""

    class Undone(Exception):
        pass

    found: dict[str, Any] = {}
    try:
        with db.transaction():
            tally.recount(db, as_of)
            found = counts(db)
            raise Undone
    except Undone:
        return found


def opened(target: str) -> storage.Database:
    """A new database with the schema and the sources of ``SOURCES``."""
    db = storage.open_database(target, write=True, create=True)
    migrate.migrate(db, "2026-11-21T00:00:00+00:00")
    with db.transaction():
        store.save_sources(db, SOURCES)
    return db


def damaged(path: Path) -> bytes:
    """A new database file in which the second half of the pages begins with rubbish; its content."""
    with closing(opened(str(path))) as db:
        save(db, *(report(phone(n), note="説明" * 50) for n in range(400)))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    for page in range(pages // 2, pages):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)
    return bytes(content)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database is to be: a file that is not there yet, or an empty PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "storage.db")
    created: str = request.getfixturevalue("postgres")()
    return created


@pytest.fixture
def database(target: str) -> Iterator[storage.Database]:
    with closing(opened(target)) as db:
        yield db


@pytest.fixture(name="database")
def database_to_publish(database: storage.Database) -> storage.Database:
    """Imported by a test file: its ``database`` is one whose contributors' reports may be passed on."""
    with database.transaction():
        database.execute("UPDATE sources SET redistributable = 1 WHERE source = 'web'")
    return database


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a snapshot is to be; neither the file nor its folder is there yet."""
    return tmp_path / "public" / "repdb.db"


def rows(path: Path, sql: str) -> list[Any]:
    """What a database file holds, read past our own code."""
    with closing(sqlite3.connect(path)) as made:
        return made.execute(sql).fetchall()


NOBODY = 65534
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system takes root")


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """As somebody whom permissions stop (root they do not), with a folder that is theirs."""
    was_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="repdb-user-") as name:
        folder = Path(name)
        if was_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            if was_root:
                os.seteuid(0)


def bound_by_permissions() -> None:
    """In a process that is about to run a program: permissions stop the program, root's too. (An ordinary user may have no
    way to the interpreter.)"""
    drop, override = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: prctl(2), capabilities(7)
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).prctl(drop, override, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "root may not be bound here")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder = tmp_path / "disk"
    folder.mkdir()
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=2m"):
        number = ctypes.get_errno()
        pytest.skip(f"cannot mount here: {errno.errorcode.get(number, number)}")
    yield folder
    libc.umount2(os.fsencode(folder), 2)


def happen(draw: random.Random, db: storage.Database) -> None:
    """One random thing that happens to a database."""
    subjects = [("phone", phone(n)) for n in range(3)]
    subjects += [("masked_phone", "+8150999000**"), ("domain", "bad.example"), ("domain", "shared.example")]
    subjects += [("sender_id", "amazon"), ("company", "架空"), ("company", "別名"), ("email", "mail.example")]
    roles = ["sender", "callback", "link", "claimed", "official", "advertiser"]

    def one() -> filing.Described:
        (kind, key), (other, name) = draw.choice(subjects), draw.choice(subjects)
        return report(
            key,
            draw.choice(["notice", "article", "board"]),
            draw.choice(["", "2019", "2024-02", "2026-11-20", "2026-01-05", "1990-01-01", "2026"]),
            kind=kind,
            role=draw.choice(roles),
            others=(Mention(other, name, draw.choice(roles)),),
            stance=draw.choice(["adverse", "adverse", "benign", "dispute"]),
            weight=draw.choice([1, 1, 12]),
            reporter=draw.choice(["", "r1", "r2"]),
            ref=draw.choice(["", "", "ref-1", "ref-2"]),
            status=draw.choice(["accepted", "accepted", "pending"]),
        )

    if draw.random() < 0.75:
        batch = [one() for _ in range(draw.randint(1, 6))]
        saved = save(db, *batch)
        assert saved.stored + saved.duplicates == len(batch)
        return
    ids = sorted(row[0] for row in db.all("SELECT report_id FROM reports"))
    if ids:
        with db.transaction():
            chosen = draw.sample(ids, min(len(ids), draw.randint(1, 3)))
            store.set_status(db, chosen, draw.choice(["accepted", "rejected", "withdrawn", "pending"]), TODAY)
