"""One scrape at a time. The lock is SQLite's own on a file beside the raw responses: a killed process leaves none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from repdb.scrape.errors import ScrapeError


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Raises ``ScrapeError`` at once: ``locked`` when another process holds it, ``disk`` when the folder cannot be used.
    What fails of the raw store's index while it is held is ``disk``, too: every other database has errors of its own.
    """
    path = folder / "lock.sqlite3"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ScrapeError("disk", str(folder), error.strerror) from error
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            _hold(connection, path)
            yield
    except sqlite3.Error as error:
        raise ScrapeError("disk", str(folder), error) from error


def _hold(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise ScrapeError("locked", "", path) from error
