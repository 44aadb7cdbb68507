"""Which ingests are at work (floor 1): a lock that ends with its process, so that a killed one is never taken for alive.

SQLite: ``flock`` on a file beside the database, removed at the end. PostgreSQL: an advisory lock of the session.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator

from repdb.db import PATIENCE_SECONDS, Database
from repdb.storage_error import StorageError

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
    try:
        with open(_path(db, name), "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


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
