"""Opening, migrating and talking to a database: SQLite or PostgreSQL behind one small class (floor 1).

The drivers are used directly (``sqlite3``, ``psycopg``): a cold look-up cannot afford an ORM's import. SQL is written
once, in the common subset of both, with ``?`` for parameters.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from repdb.storage_error import StorageError, public_detail, public_name, sqlite_code

Row = tuple[Any, ...]
BUSY_SECONDS = 60.0
PATIENCE_SECONDS = 2.0  # of a person who does not know what is going on
AT_ONCE = 500


def lots(keys: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Any number of keys in lots that one statement can name, each with its ``?, ?, …`` for ``IN (…)``."""
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        yield some, ", ".join("?" * len(some))


@lru_cache(maxsize=512)
def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class Database:
    """One connection. Not for sharing between threads."""

    def __init__(self, connection: Any, dialect: str, target: str, readonly: bool) -> None:
        self.connection = connection
        self.dialect = dialect
        self.target = target
        self.readonly = readonly
        self._inside = False  # a transaction of ours
        self.on_wait: Callable[[], None] | None = None  # told once that a file is locked and we wait

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run one statement; returns the driver's cursor. Raises StorageError."""
        try:
            if self.dialect == "sqlite":
                return self.connection.execute(sql, params)
            return self.connection.execute(_percent(sql), params)
        except Exception as error:
            raise self.translate(error) from error

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        try:
            if self.dialect == "sqlite":
                self.connection.executemany(sql, rows)
            else:
                with self.connection.cursor() as cursor:
                    cursor.executemany(_percent(sql), list(rows))
        except Exception as error:
            raise self.translate(error) from error

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put new rows into a table, the fastest way the driver has."""
        names = ", ".join(columns)
        if self.dialect == "sqlite":
            self.many(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)
            return
        try:
            with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        except Exception as error:
            raise self.translate(error) from error

    def script(self, sql: str) -> None:
        """Run several statements inside the current transaction."""
        try:
            if self.dialect == "sqlite":
                for statement in statements(sql):
                    self.connection.execute(statement)
            else:
                self.connection.execute(sql)
        except Exception as error:
            raise self.translate(error) from error

    def one(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        try:
            row: Row | None = self.execute(sql, params).fetchone()
        except sqlite3.Error as error:
            raise self.translate(error) from error
        return row

    def all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        try:
            rows: list[Row] = self.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            # SQLite works while rows are fetched: a damaged page shows only then.
            raise self.translate(error) from error
        return rows

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time: counting reads what it then writes.

        The lock is taken at once, so that a busy wait cannot turn into a failure half-way.
        """
        self._begin()
        self._inside = True
        try:
            if self.dialect == "postgresql":
                self.execute("SELECT pg_advisory_xact_lock(7263)")
            yield
            self.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(StorageError):
                self.execute("ROLLBACK")
            raise
        finally:
            self._inside = False

    def joining(self) -> contextlib.AbstractContextManager[None]:
        """The caller's transaction where one is open, else one of its own: several steps can be made one."""
        return contextlib.nullcontext() if self._inside else self.transaction()

    def wait_for_locks(self, seconds: float) -> None:
        """How long to wait for what another process has locked before it is an error, ``db_locked``."""
        setting = "PRAGMA busy_timeout" if self.dialect == "sqlite" else "SET lock_timeout"
        self.execute(f"{setting} = {round(seconds * 1000)}")

    def _begin(self) -> None:
        begin = "BEGIN IMMEDIATE" if self.dialect == "sqlite" else "BEGIN"
        if self.on_wait and self.dialect == "sqlite":
            self.wait_for_locks(PATIENCE_SECONDS)
            try:
                self.execute(begin)
                return
            except StorageError as error:
                if error.code != "db_locked":
                    raise
                self.on_wait()
                self.on_wait = None
            finally:
                self.wait_for_locks(BUSY_SECONDS)
        self.execute(begin)

    def translate(self, error: Exception) -> Exception:
        """The driver's exception as a StorageError; anything that is not a driver's comes back unchanged."""
        name = public_name(self.target)
        if isinstance(error, sqlite3.Error):
            return StorageError(sqlite_code(error), name, str(error))
        if self.dialect == "postgresql":
            import psycopg

            if isinstance(error, psycopg.errors.DiskFull):
                return StorageError("db_full", name)
            if isinstance(error, psycopg.errors.LockNotAvailable):
                return StorageError("db_locked", name)
            if isinstance(error, psycopg.errors.ReadOnlySqlTransaction | psycopg.errors.InsufficientPrivilege):
                return StorageError("db_readonly", name)
            if isinstance(error, psycopg.Error):
                return StorageError("db_error", name, public_detail(self.target, error))
        return error


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script, split by SQLite's own tokenizer."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending


def is_postgres(target: str) -> bool:
    return target.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def open_database(target: str, *, write: bool = False, create: bool = False) -> Database:
    """Open an existing database; with ``create`` also a new, empty one. Call ``migrate`` on what was created.

    ``target`` is a file name, ``sqlite:///FILE`` or ``postgresql+psycopg://…``. Raises StorageError.
    """
    return _open_postgres(target, write) if is_postgres(target) else _open_sqlite(target, write or create, create)


def sqlite_path(target: str) -> str:
    """The file of a target that is not PostgreSQL. Raises StorageError (``db_scheme``, ``db_folder``)."""
    path = target.removeprefix("sqlite:///")
    if "://" in path:
        raise StorageError("db_scheme", public_name(target))
    if os.path.isdir(path):
        raise StorageError("db_folder", path.rstrip("/") or path)
    return path


def _open_sqlite(target: str, write: bool, create: bool) -> Database:
    path = sqlite_path(target)
    if not create and not os.path.isfile(path):
        raise StorageError("db_missing", path)
    uri = "file:" + quote(os.path.abspath(path)) + "?mode="
    try:
        connection = _connect_sqlite(uri + ("rwc" if create else "rw" if write else "ro"), write, create)
    except sqlite3.Error as error:
        if write or sqlite_code(error) not in ("db_readonly", "db_error"):
            raise StorageError(sqlite_code(error), path, str(error)) from error
        # A WAL file in a folder that we may not write to can only be read as it stands.
        try:
            connection = _connect_sqlite(uri + "ro&immutable=1", write, create)
        except sqlite3.Error as again:
            raise StorageError(sqlite_code(again), path, str(again)) from again
    return Database(connection, "sqlite", path, readonly=not write)


def _connect_sqlite(uri: str, write: bool, create: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
    try:
        if create:
            connection.execute("PRAGMA journal_mode = WAL")
        if write:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -32768")
            connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open_postgres(target: str, write: bool) -> Database:
    try:
        import psycopg
    except ImportError as error:
        raise StorageError("db_driver", public_name(target)) from error
    try:
        connection = psycopg.connect(target.replace("+psycopg", "", 1), autocommit=True)
        connection.execute(f"SET lock_timeout = {round(BUSY_SECONDS * 1000)}")
        if not write:
            connection.execute("SET default_transaction_read_only = on")
    except psycopg.Error as error:
        raise StorageError("db_unreachable", public_name(target), public_detail(target, error)) from error
    return Database(connection, "postgresql", target, readonly=not write)
