"""A database to work with: the default one, a new one, and the seed rows that every one starts from (floor 3)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import date

from repdb.db import Database, is_postgres, open_database, sqlite_path
from repdb.migrate import check_version, migrate, refuse_snapshot
from repdb.storage_error import StorageError, public_name


def default_target() -> str:
    """``REPDB_DB``, or ``repdb.db`` in the platform's folder for application data."""
    if target := os.environ.get("REPDB_DB"):
        return target
    from platformdirs import user_data_path

    return str(user_data_path("repdb", appauthor=False) / "repdb.db")


def seed_is_older(db: Database) -> bool:
    """Whether the seed rows of a database are of another version than ours. One that was made without has no version."""
    from repdb import seed as seeds

    row = db.one("SELECT value FROM meta WHERE key = 'seed'")
    return row is not None and row[0] != seeds.version()


def initialise(target: str, today: date, *, with_seed: bool = True) -> list[str]:
    """Create or upgrade a database and take in the seed rows. Returns what was done, as short English codes.

    A new SQLite file is built beside its place and moved there whole, so nobody ever opens half of one.
    """
    from repdb.ingest import now
    from repdb.seeding import seed

    if is_postgres(target) or os.path.exists(sqlite_path(target)):
        empty = not is_postgres(target) and not os.path.getsize(sqlite_path(target))
        with open_database(target, write=True, create=empty) as db:
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
    from repdb.seeding import seed

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
    renewed: Callable[[str], None] = lambda path: None,
) -> Database:
    """Open the named database, or the default one, which is created on first use (``created`` is told its name).

    Who writes also creates a database that was named but is not there yet, or is empty, unless ``create`` is false.
    Older seed rows are brought up to date (``renewed`` is told); a database that cannot be written is used as it is.
    Raises StorageError.
    """
    name = target or default_target()
    implicit = target is None and not os.environ.get("REPDB_DB")
    may_create = implicit or (write if create is None else create)
    if may_create and not is_postgres(name) and not os.path.exists(sqlite_path(name)):
        initialise(name, today)
        created(sqlite_path(name))
    db = open_database(name, write=write)
    try:
        check_version(refuse_snapshot(db) if write else db)
    except StorageError as error:
        db.close()
        if error.code != "db_older" and not (error.code == "db_empty" and may_create):
            raise
        initialise(name, today)
        if error.code == "db_empty":
            created(public_name(db.target))
        return check_version(open_database(name, write=write))
    if seed_is_older(db) and _renew(name, today):
        renewed(public_name(db.target))
    return db


_NOT_NOW = frozenset({"db_readonly", "db_locked", "db_full"})


def _renew(name: str, today: date) -> bool:
    """Take in our seed rows, if the database can be written without much waiting."""
    from repdb.db import PATIENCE_SECONDS
    from repdb.seeding import seed

    try:
        with open_database(name, write=True) as db:
            db.wait_for_locks(PATIENCE_SECONDS)
            return seed(db, today)
    except StorageError as error:
        if error.code not in _NOT_NOW:
            raise
        return False
