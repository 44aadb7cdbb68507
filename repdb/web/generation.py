"""One snapshot file as it is being served, and its place among Datasette's databases (floor 4).

A snapshot never changes: a new one takes the file's name by renaming. Each generation opens all its connections when
it starts, to one and the same file, and keeps them; requests that began with it end with it, and with the last of them
its connections go. So the new file is picked up without a request failing or seeing half of each.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import queue
import re
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.database import Database as DatasetteDatabase

from repdb.db import Database
from repdb.lookup import Lookup

if TYPE_CHECKING:
    from repdb.check import Checker

THREADS = 3


class NotASnapshot(Exception):
    """The file is no published repdb snapshot."""


def signature(path: str) -> tuple[int, int, int, int]:
    """What tells one file of a name from the next. Raises OSError."""
    found = os.stat(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


# What a stranger's SQL may make. The time limit stops neither one call of a function, which may make a gigabyte, nor the
# planning of a query, which doubles with each table named twice.
LONGEST_VALUE, MOST_COLUMNS, MOST_BYTES, MOST_HEAP = 200_000, 200, 32_000_000, 256_000_000
_TOO_LARGE = "more than 32 MB of text in one answer: ask for fewer rows or columns"
_TOO_COMPLEX = "the query needs too much memory: make it simpler"


class _Measured(sqlite3.Cursor):
    """Gives up on an answer that would not fit in memory beside those of others."""

    def execute(self, *args: Any) -> _Measured:
        try:
            return super().execute(*args)
        except MemoryError as error:
            raise sqlite3.OperationalError(_TOO_COMPLEX) from error

    def _within(self, rows: Iterable[Any]) -> list[Any]:
        kept, size = [], 0
        for row in rows:
            size += sum(len(value) for value in row if isinstance(value, str | bytes))
            if size > MOST_BYTES:
                raise sqlite3.OperationalError(_TOO_LARGE)
            kept.append(row)
        return kept

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return self._within(islice(self, size))

    def fetchall(self) -> list[Any]:
        return self._within(self)


class _MeasuredConnection(sqlite3.Connection):
    def cursor(self, factory: Any = _Measured) -> Any:
        return super().cursor(factory)


def connect(path: str, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    uri = f"file:{quote(os.path.abspath(path))}?immutable=1"
    connection = sqlite3.connect(
        uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=256, factory=factory
    )
    connection.execute("PRAGMA query_only = ON")
    # Not mapped into memory, which is a quarter faster: who copies a new file over the old one, instead of renaming it,
    # would kill the process.
    connection.execute("PRAGMA mmap_size = 0")
    return connection


def open_to_all(connection: sqlite3.Connection) -> None:
    """Make a connection fit for the SQL of strangers: bounded in what it makes, and ``PRAGMA database_list``, which tells
    where on the server the file lies, finds nothing."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, MOST_COLUMNS)
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_HEAP}")  # of the whole process

    def authorised(action: int, name: str | None, *_: str | None) -> int:
        hidden = action == sqlite3.SQLITE_PRAGMA and (name or "").lower() == "database_list"
        return sqlite3.SQLITE_IGNORE if hidden else sqlite3.SQLITE_OK

    connection.set_authorizer(authorised)


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """The snapshot's own description. Raises NotASnapshot."""
    try:
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except sqlite3.Error as error:
        raise NotASnapshot from error
    if "snapshot" not in meta:
        raise NotASnapshot
    return meta


def described(path: str, version: str) -> dict[str, Any]:
    """Datasette's metadata for a snapshot: those in the file beside it, unless they are of another snapshot."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # absent, or not what we write
        beside = json.loads(Path(path).with_name("datasette-metadata.json").read_text(encoding="utf-8"))
        if beside.get("snapshot", {}).get("snapshot", version) == version:
            return dict(beside)
    from repdb.snapshot_file import metadata_of

    return metadata_of(path)


class Desk:
    """A connection to the snapshot with what works on it; one thread at a time."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.lookup = Lookup(db, date.min)
        self._checker: Checker | None = None

    def checker(self) -> Checker:
        """Checks messages as of the day of the look-ups. Made on first use: it reads the register of companies."""
        from repdb.check import Checker

        if self._checker is None or self._checker.as_of != self.lookup.as_of:
            self._checker = Checker(self.db, self.lookup.as_of)
        return self._checker


class Generation:
    """An open snapshot: ``meta`` (see ``repdb.snapshot.META``), look-ups here, and look-ups in worker threads."""

    def __init__(self, path: str, executor: ThreadPoolExecutor, datasette_threads: int = 0) -> None:
        self.path = path
        self.executor = executor
        for _ in range(100):
            self.signature = signature(path)
            connections = [connect(path) for _ in range(1 + THREADS)]
            connections += [connect(path, _MeasuredConnection) for _ in range(datasette_threads)]
            self._connections = tuple(connections)
            if signature(path) == self.signature:
                break
            self.__del__()
        self.meta = read_meta(connections[0])
        self.version = self.meta["snapshot"]
        self._lookup = Lookup(self._database(connections.pop(0)), date.min)
        self._pool: queue.LifoQueue[Desk] = queue.LifoQueue()
        for _ in range(THREADS):
            self._pool.put(Desk(self._database(connections.pop(0))))
        self.remembered: dict[str, Any] = {}
        self.for_datasette = connections
        self.etag_base = hashlib.blake2b(self.version.encode(), digest_size=6).hexdigest()

    def __del__(self) -> None:
        """The last request that used it is done."""
        for connection in getattr(self, "_connections", ()):
            connection.close()

    def _database(self, connection: sqlite3.Connection) -> Database:
        return Database(connection, "sqlite", self.path, readonly=True)

    def lookup(self, today: date) -> Lookup:
        """For the thread of the event loop alone."""
        self._lookup.as_of = today
        return self._lookup

    async def run(self, today: date, work: Callable[..., Any], *args: Any) -> Any:
        """``work(lookup, *args)`` in a worker thread."""
        return await self.at_desk(today, lambda desk: work(desk.lookup, *args))

    async def at_desk(self, today: date, work: Callable[[Desk], Any]) -> Any:
        """``work(desk)`` in a worker thread: for what needs ``desk.checker()``."""

        def here() -> Any:
            desk = self._pool.get()
            try:
                desk.lookup.as_of = today
                return work(desk)
            finally:
                self._pool.put(desk)

        return await asyncio.get_running_loop().run_in_executor(self.executor, here)


_table: ContextVar[str] = ContextVar("table", default="")
_FIRST_PAGE = re.compile(r"(?s)(?P<sorted>select .* order by [^\s,]+(?: desc)?) (?P<limit>limit \d+)")


def browse(table: str) -> None:
    """The request being answered is for Datasette's page of this table: any page, also of what is none."""
    _table.set(table)


class SnapshotDatabase(DatasetteDatabase):
    """A generation as Datasette's database: immutable, with connections that were opened at its start."""

    def __init__(self, datasette: Any, generation: Generation) -> None:
        super().__init__(datasette, generation.path, is_mutable=False)
        self.generation = generation
        self._connections: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._prepared: set[int] = set()
        for connection in generation.for_datasette:
            self._connections.put(connection)
        # What Datasette would read from the whole file, or take over from the file before.
        self.cached_hash = generation.version
        self.cached_size = generation.signature[2]
        prefix = "rows_"
        self._cached_table_counts = {
            k.removeprefix(prefix): int(v) for k, v in generation.meta.items() if k.startswith(prefix)
        } or None

    async def execute(self, sql: str, *args: Any, **options: Any) -> Any:
        """As Datasette does, but for the first page of a table: its next page goes on after the sorted column and the primary
        key, so the first has to be in that order too. Datasette 0.65 leaves rows out between the two.
        """
        found = _FIRST_PAGE.fullmatch(sql) if _table.get() else None
        if found and (keys := await self.primary_keys(_table.get())):
            order = ", ".join(f'"{key}"' for key in keys)
            sql = f"{found['sorted']}, {order} {found['limit']}"
        return await super().execute(sql, *args, **options)

    def connect(self, write: bool = False) -> sqlite3.Connection:
        assert not write, "a snapshot is never written"
        connection = connect(self.generation.path, _MeasuredConnection)
        open_to_all(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        def here() -> Any:
            connection = self._connections.get()
            try:
                if id(connection) not in self._prepared:
                    self.ds._prepare_connection(connection, self.name)
                    open_to_all(connection)
                    self._prepared.add(id(connection))
                return fn(connection)
            finally:
                self._connections.put(connection)

        if self.ds.executor is None:
            return here()
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, here)
