"""One scrape at a time. The lock is SQLite's own on a file beside the raw responses: a killed process leaves none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from repdb.scrape.errors import ScrapeError


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Raises ``ScrapeError`` (``locked``) at once when another process holds it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "lock.sqlite3"
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise ScrapeError("locked", "", path) from error
        yield
