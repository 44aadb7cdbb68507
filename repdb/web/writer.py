"""The working database as the site sees it: one thread, one connection, one thing at a time (floor 4).

It is never attached to Datasette, so no SQL of a visitor can reach it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from repdb.db import Database, open_database
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
        if self._database is None:
            self._database = check_version(open_database(self.target, write=True))
        try:
            return work(self._database, *args)
        except StorageError:
            # A connection that failed once may be broken for good: the next piece of work gets a new one.
            self._database.close()
            self._database = None
            raise

    def close(self) -> None:
        """Finish what is waiting, then close."""
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
