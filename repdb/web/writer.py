"""The working database as the site sees it: one thread, one connection, one thing at a time (floor 4).

It is never attached to Datasette, so no SQL of a visitor can reach it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from repdb.db import Database, is_postgres, open_database, sqlite_path
from repdb.migrate import check_version
from repdb.records import Text
from repdb.storage_error import StorageError
from repdb.web.responses import Problem

MAX_WAITING = 1000
NO_REPORTS = Text(
    "このサイトは今、報告を受け付けていません。",
    "This site does not take reports at present.",
)
BUSY = Text("混み合っています。少し待ってから、もう一度送ってください。", "Busy. Wait a moment and send it again.")


class Writer:
    """Runs work on the working database. ``target`` empty: there is none, and every use is a Problem 503."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._database: Database | None = None
        self._opened: tuple[int, int] | None = None
        self._left: list[Database] = []
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="repdb-working")

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """``work(database, *args)``; the work opens its own transaction. Raises Problem 503, RepdbError."""
        if not self.target:
            raise Problem(503, "no_reports", NO_REPORTS)
        if self._waiting >= MAX_WAITING:
            raise Problem(503, "busy", BUSY, headers={"retry-after": "5"})
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work, args)
        except StorageError as error:
            if error.code == "db_locked":
                raise Problem(503, "busy", BUSY, headers={"retry-after": "5"}) from error
            raise
        finally:
            self._waiting -= 1

    def _work(self, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        file = self._file()
        if self._database is not None and file != self._opened:
            # A restored copy has taken the name: what is written to the old file nobody would read. It is not closed,
            # because SQLite would take the new file's log away with it.
            self._left.append(self._database)
            self._database = None
        if self._database is None:
            self._database, self._opened = check_version(open_database(self.target, write=True)), file
        try:
            return work(self._database, *args)
        except StorageError:
            # A connection that failed once may be broken for good: the next piece of work gets a new one.
            self._database.close()
            self._database = None
            raise

    def _file(self) -> tuple[int, int] | None:
        """What tells one file of the target's name from the next; None where it is no file."""
        if is_postgres(self.target):
            return None
        try:
            found = os.stat(sqlite_path(self.target))
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def close(self) -> None:
        """Finish what is waiting, then close."""
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
