"""A database to work with: the default one, a new one, and the seed rows that every one starts from (floor 3)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date

from repdb.db import Database, is_postgres, open_database, sqlite_path
from repdb.migrate import check_version, migrate
from repdb.storage_error import StorageError


def default_target() -> str:
    """``REPDB_DB``, or ``repdb.db`` in the platform's folder for application data."""
    if target := os.environ.get("REPDB_DB"):
        return target
    from platformdirs import user_data_path

    return str(user_data_path("repdb", appauthor=False) / "repdb.db")


def seed(db: Database, today: date) -> bool:
    """Take in the seed rows unless this version of them is there already; tells whether anything was done."""
    from repdb import seed as seeds
    from repdb import store
    from repdb.company import fold
    from repdb.ingest import save_raw

    version = seeds.version()
    if db.one("SELECT value FROM meta WHERE key = 'seed' AND value = ?", (version,)):
        return False
    rows = seeds.load()
    with db.transaction():
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
        store.recount(db, today)
        store.save_rows(db, "meta", ("key",), [{"key": "seed", "value": version}])
    return True


def initialise(target: str, today: date, *, with_seed: bool = True) -> list[str]:
    """Create or upgrade a database and take in the seed rows. Returns what was done, as short English codes.

    A new SQLite file is built beside its place and moved there whole, so nobody ever opens half of one.
    """
    from repdb.ingest import now

    if is_postgres(target) or os.path.exists(sqlite_path(target)):
        with open_database(target, write=True) as db:
            done = migrate(db, now())
            return done + (["seed"] if with_seed and seed(db, today) else [])
    path = os.path.abspath(sqlite_path(target))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".repdb-", dir=os.path.dirname(path)) as folder:
            return _build(os.path.join(folder, "new.db"), path, today, with_seed)
    except OSError as error:
        raise StorageError("db_full" if error.errno == 28 else "db_readonly", path) from error


def _build(fresh: str, path: str, today: date, with_seed: bool) -> list[str]:
    from repdb.ingest import now

    with open_database(fresh, create=True) as db:
        done = migrate(db, now())
        if with_seed:
            seed(db, today)
            done.append("seed")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        os.link(fresh, path)
    except FileExistsError:
        return []
    except OSError:  # a file system without hard links
        os.replace(fresh, path)
    return done


def open_ready(
    target: str | None,
    today: date,
    *,
    write: bool = False,
    create: bool | None = None,
    created: Callable[[str], None] = lambda path: None,
) -> Database:
    """Open the named database, or the default one, which is created on first use (``created`` is told its name).

    Who writes also creates a file that was named but is not there yet, unless ``create`` is false. Raises StorageError.
    """
    name = target or default_target()
    implicit = target is None and not os.environ.get("REPDB_DB")
    if (
        not is_postgres(name)
        and (implicit or (write if create is None else create))
        and not os.path.exists(sqlite_path(name))
    ):
        initialise(name, today)
        created(sqlite_path(name))
    db = open_database(name, write=write)
    try:
        return check_version(db)
    except StorageError as error:
        db.close()
        if error.code != "db_older":
            raise
    initialise(name, today)
    return check_version(open_database(name, write=write))
