"""What differs between the last snapshot and what is to be published now (floor 3).

Every published row is compared, in the order of the keys, with the row that was published: nothing is trusted to have
noted its changes.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from repdb import snapshot_file
from repdb.db import Row
from repdb.migrate import latest_version
from repdb.published import Table
from repdb.score import MODEL
from repdb.snapshot_file import Change

# More changed rows than this are not worth a patch.
MAX_PATCH = 100_000


def last_meta(target: Path) -> dict[str, str] | None:
    """``meta`` of the snapshot that is there, if it can be built upon."""
    try:
        with contextlib.closing(snapshot_file.open_last(target)) as last:
            meta: dict[str, str] = dict(last.execute("SELECT key, value FROM meta").fetchall())
            version = last.execute("SELECT MAX(version) FROM schema_migrations").fetchone()[0]
            whole = all(snapshot_file.shape(last)[0].values())
    except (sqlite3.Error, OSError):
        return None
    fits = meta.get("format") == snapshot_file.FORMAT and meta.get("model") == MODEL and version == latest_version()
    return meta if fits and whole else None


def find(
    target: Path, tables: Callable[[sqlite3.Connection], list[Table]], new_rows: Callable[[Table], Iterator[Row]]
) -> list[tuple[Table, list[Change]]] | None:
    """By table what differs from the snapshot at ``target``; None where a new one has to be built.

    ``tables`` gives those to publish with the columns of an open snapshot, ``new_rows`` the rows of one by its key.
    """
    if last_meta(target) is None:
        return None
    left = MAX_PATCH
    changes = []
    try:
        with contextlib.closing(snapshot_file.open_last(target)) as last:
            for table in tables(last):
                order = ", ".join(table.key)
                old = last.execute(f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {order}")
                some = list(islice(_compare(table, old, new_rows(table)), left + 1))
                if len(some) > left:
                    return None
                left -= len(some)
                changes.append((table, some))
    except sqlite3.DatabaseError:
        return None
    return changes


def _compare(table: Table, old_rows: Iterator[Row], new_rows: Iterator[Row]) -> Iterator[Change]:
    """Both sides in the order of their keys, each read once."""
    places = [table.columns.index(column) for column in table.key]
    single = places[0] if len(places) == 1 else -1

    def key(row: Row) -> Any:
        return row[single] if single >= 0 else tuple([row[p] for p in places])

    old = next(old_rows, None)
    for new in new_rows:
        while old is not None and old != new and key(old) < key(new):
            yield Change(old, None)
            old = next(old_rows, None)
        if old is None or (old != new and key(old) != key(new)):
            yield Change(None, new)
        else:
            if old != new:
                yield Change(old, new)
            old = next(old_rows, None)
    while old is not None:
        yield Change(old, None)
        old = next(old_rows, None)
