"""Which schema a database has, and bringing it to the current one (floor 1): ``schema/migrations`` and ``schema/views``."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from repdb.db import Database
from repdb.storage_error import StorageError, public_name


def migrations() -> list[tuple[int, str, str]]:
    """(version, name, SQL) of every migration, in order."""
    folder = resources.files("repdb.schema") / "migrations"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [(int(name[:4]), name[5:-4], (folder / name).read_text(encoding="utf-8")) for name in names]


def views() -> list[tuple[str, str]]:
    """(name, SQL) of every view, by name."""
    folder = resources.files("repdb.schema") / "views"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [(name[:-4], (folder / name).read_text(encoding="utf-8")) for name in names]


@lru_cache(maxsize=1)
def latest_version() -> int:
    return max(
        int(item.name[:4])
        for item in (resources.files("repdb.schema") / "migrations").iterdir()
        if item.name.endswith(".sql")
    )


# PostgreSQL's codes for a table and a column that are not there.
_UNKNOWN_NAMES = frozenset({"42P01", "42703"})


def schema_version(db: Database) -> int:
    """The version of an existing repdb database. Raises StorageError: ``db_empty`` where no table is, ``db_foreign`` if it
    is something else."""
    try:
        # Other tools keep a table of this name too, but not with these columns.
        row = db.one("SELECT MAX(version), MAX(name), MAX(applied_at) FROM schema_migrations")
    except StorageError as error:
        unknown = getattr(error.__cause__, "sqlstate", "") in _UNKNOWN_NAMES or "no such " in str(error.__cause__)
        if not unknown:
            raise
        raise StorageError("db_empty" if is_empty(db) else "db_foreign", public_name(db.target)) from error.__cause__
    return int(row[0]) if row and row[0] is not None else 0


# "repd", SQLite's application id of a published snapshot.
SNAPSHOT_ID = 0x72657064


def refuse_snapshot(db: Database) -> Database:
    """The database, unless it is a published snapshot: that lacks what writing, reviewing and counting need.

    Raises StorageError ``db_snapshot``.
    """
    if db.dialect == "sqlite" and db.one("PRAGMA application_id") == (SNAPSHOT_ID,):
        raise StorageError("db_snapshot", public_name(db.target))
    return db


def check_version(db: Database) -> Database:
    """Refuse a database that this version of repdb does not understand."""
    version = schema_version(db)
    if version != latest_version():
        raise StorageError("db_newer" if version > latest_version() else "db_older", public_name(db.target))
    return db


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
}


def tables(db: Database) -> frozenset[str]:
    """The names of the tables that are there."""
    return frozenset(name for (name,) in db.all(_TABLES[db.dialect]))


def is_empty(db: Database) -> bool:
    """Whether no table is there. Where it cannot be told, in a transaction that has failed, there may be one."""
    try:
        return not tables(db)
    except StorageError:
        return False


def migrate(db: Database, applied_at: str) -> list[str]:
    """Bring a new or older database to the current schema, in one transaction; returns what was applied.

    Raises StorageError ``db_foreign`` rather than adding our tables to those of somebody else, and ``db_snapshot``.
    """
    refuse_snapshot(db)
    applied = []
    with db.transaction():
        if "schema_migrations" not in (there := tables(db)) and there:
            raise StorageError("db_foreign", public_name(db.target))
        db.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"
        )
        version = schema_version(db)
        if version > latest_version():
            raise StorageError("db_newer", public_name(db.target))
        for name, _ in views():
            db.execute(f"DROP VIEW IF EXISTS {name}")
        for number, name, sql in migrations():
            if number > version:
                db.script(sql if db.dialect == "sqlite" else sql.replace(" WITHOUT ROWID", ""))
                db.execute("INSERT INTO schema_migrations VALUES (?, ?, ?)", (number, name, applied_at))
                applied.append(f"{number:04d}_{name}")
        for _, sql in views():
            db.script(sql)
    return applied
