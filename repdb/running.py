"""Which ingests are at work, and which died (floor 1): a lock ends with its process, whatever that died of.

SQLite: ``flock`` on a file beside the database, removed at the end. PostgreSQL: an advisory lock of the session.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from typing import NamedTuple

from repdb.db import PATIENCE_SECONDS, Database
from repdb.storage_error import StorageError

try:
    import fcntl
except ImportError:  # Windows: whoever starts is taken to be alone
    fcntl = None  # type: ignore[assignment]

_HELD = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = ? AND objid = ?"""


@contextlib.contextmanager
def at_work(db: Database, name: str) -> Iterator[bool]:
    """Be the one at work on ``name`` in this database; False when another one is, in whatever process.

    That is known after a moment only: a server takes some time to notice that a process was killed.
    """
    with contextlib.ExitStack() as held:
        take = _take_postgres if db.dialect == "postgresql" else _take_sqlite
        until = time.monotonic() + PATIENCE_SECONDS
        while not (alone := take(db, name, held)) and time.monotonic() < until:
            time.sleep(0.1)
        yield alone


def is_at_work(db: Database, name: str) -> bool:
    """Whether a process, here or elsewhere, is at work on ``name``. Takes and changes nothing."""
    if db.dialect == "postgresql":
        key = _key(name) & (1 << 64) - 1
        return db.one(_HELD, (key >> 32, key & 0xFFFFFFFF)) is not None
    if fcntl is None:
        return False
    try:
        with open(_path(db, name), "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def file_signature(path: str, status: os.stat_result) -> str:
    """What tells a file from what it was or will be at another time; empty for what is no file, such as a pipe."""
    return f"{os.path.abspath(path)}:{status.st_size}:{status.st_mtime_ns}" if stat.S_ISREG(status.st_mode) else ""


def _is_unchanged(signature: str) -> bool:
    path = signature.rsplit(":", 2)[0]
    try:
        return file_signature(path, os.stat(path)) == signature
    except (OSError, ValueError):
        return False


class Unfinished(NamedTuple):
    """A run that did not finish: the code that ``doctor`` has for it, the name of its lock, and what it was."""

    code: str
    run: str
    lock: str
    what: str


def unfinished(db: Database) -> Iterator[Unfinished]:
    """The runs that did not finish; an ingest that is at work is none of them."""
    sql = "SELECT command, input, started_at, run, signature, message FROM runs WHERE state = 'running' ORDER BY run"
    for command, name, started, run, signature, file in db.all(sql):
        lock, what = signature or run, f"{name} ({started}, {run})"
        if command == "scrape":
            yield Unfinished("scrape_unfinished", run, lock, what)
        elif not is_at_work(db, lock):
            # Earlier versions did not note the file.
            continues = signature and (not file or _is_unchanged(file))
            yield Unfinished("run_unfinished" if continues else "run_lost", run, lock, what)


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def _path(db: Database, name: str) -> str:
    return f"{os.path.realpath(db.target)}-ingest-{_key(name) & (1 << 64) - 1:016x}"


def _take_postgres(db: Database, name: str, held: contextlib.ExitStack) -> bool:
    key = (_key(name),)
    if not (db.one("SELECT pg_try_advisory_lock(?)", key) or (False,))[0]:
        return False

    def leave() -> None:
        with contextlib.suppress(StorageError):  # a lost connection has lost its locks
            db.execute("SELECT pg_advisory_unlock(?)", key)

    held.callback(leave)
    return True


def _take_sqlite(db: Database, name: str, held: contextlib.ExitStack) -> bool:
    """Lock a file of this name. Who had it before may have removed it meanwhile: then the name is another file's."""
    if fcntl is None:
        return True
    path = _path(db, name)
    try:
        file = held.enter_context(open(path, "ab"))  # noqa: SIM115 - the stack closes it
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
            return False
    except (BlockingIOError, FileNotFoundError):
        return False
    except OSError:  # no place or no locks here: as if alone, which costs nothing but a second reading
        return True

    def leave() -> None:
        with contextlib.suppress(OSError):
            os.unlink(path)

    held.callback(leave)
    return True
