"""The site: which snapshot is served, with which settings, and what else it needs (floor 4)."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sqlite3
import time
import weakref
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from datasette.utils import tilde_encode

from repdb import clock
from repdb.web.generation import Generation, NotASnapshot, SnapshotDatabase, connect, described, read_meta, signature
from repdb.web.limits import Limits
from repdb.web.writer import Writer

log = logging.getLogger("repdb.web")
WATCH_SECONDS = 1.0
FORGET_SECONDS = (1.0, 5.0, 30.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """``working`` is the private database that reports go to (empty: the site takes none).

    ``contact`` is shown as the operator's address; ``limits`` replaces rates of ``limits.RATES`` by name.
    """

    working: str = ""
    contact: str = ""
    limits: Mapping[str, str] | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """For plain ``datasette``: ``REPDB_WORKING_DB`` (deliberately not ``REPDB_DB``) and ``REPDB_CONTACT``."""
        return cls(environment.get("REPDB_WORKING_DB", ""), environment.get("REPDB_CONTACT", ""))


class Site:
    """Everything that requests share. One per Datasette that serves a snapshot."""

    def __init__(self, datasette: Any, name: str, path: str, settings: Settings) -> None:
        from repdb.web.routes import ROUTES, Table

        self.datasette = datasette
        self.name = name
        self.route: str = tilde_encode(name)  # as Datasette writes the name of a file in its addresses
        self.path = path
        self.table = Table(ROUTES)
        self.today = clock.today
        self.base_url: str = datasette.setting("base_url")
        self.secret = sha256(b"repdb" + str(datasette._secret).encode()).digest()
        self.configure(settings)
        self.executor = ThreadPoolExecutor(max_workers=3, thread_name_prefix="repdb")
        self.generation: Generation
        self._watched = 0.0
        self._refused: tuple[int, ...] = ()  # the file that was found to be no snapshot
        self._refreshing: asyncio.Task[None] | None = None
        self._forgetting: set[asyncio.Task[None]] = set()
        self.adopt(self.open())

    @classmethod
    def of(cls, datasette: Any) -> Site | None:
        """The site of this Datasette; None where it serves no snapshot of ours."""
        if not hasattr(datasette, "_repdb_site"):
            found = _snapshot_of(datasette)
            settings = Settings.from_environment(os.environ)
            datasette._repdb_site = cls(datasette, *found, settings) if found else None
            if found:
                _quiet()
        site: Site | None = datasette._repdb_site
        return site

    def configure(self, settings: Settings) -> None:
        """Datasette makes its plugins' sites when it is made itself; settings that are no plain text come afterwards."""
        self.settings = settings
        self.limits = Limits(self.secret, settings.limits)
        self.writer = Writer(settings.working)

    def open(self) -> Generation:
        """The snapshot that has the name now. Raises NotASnapshot, OSError."""
        return Generation(self.path, self.executor, max(1, self.datasette.setting("num_sql_threads")))

    def open_next(self) -> tuple[Generation, dict[str, Any]]:
        """``open``, and Datasette's metadata: the day and the figures of the snapshot stand there, unless the operator's own do."""
        generation, now = self.open(), self.datasette._metadata_local
        return generation, described(self.path, generation.version) if "snapshot" in now else now

    def adopt(self, generation: Generation) -> None:
        """Serve this snapshot from now on; requests under way end with the one they began with."""
        self.generation = generation
        replacement = SnapshotDatabase(self.datasette, generation)
        replacement.name = self.name
        replacement.route = self.datasette.databases[self.name].route
        self.datasette.databases = type(self.datasette.databases)(
            (name, replacement if name == self.name else db) for name, db in self.datasette.databases.items()
        )

    def watch(self) -> None:
        """Look for a new file at most once a second, and open it beside the running requests."""
        now = time.monotonic()
        if now < self._watched + WATCH_SECONDS or (self._refreshing and not self._refreshing.done()):
            return
        self._watched = now
        try:
            found = signature(self.path)
        except OSError:
            return  # The file is gone for now: what is open goes on being served.
        if found not in (self.generation.signature, self._refused):
            self._refreshing = asyncio.get_running_loop().create_task(self._refresh(found))

    async def _refresh(self, found: tuple[int, ...]) -> None:
        try:
            generation, metadata = await asyncio.get_running_loop().run_in_executor(self.executor, self.open_next)
        except (NotASnapshot, OSError, sqlite3.Error) as error:
            self._refused = found
            log.warning("the new file at %s is not served: %r", self.path, error)
            return
        old = weakref.ref(self.generation)
        self.adopt(generation)
        self.datasette._metadata_local = metadata
        log.info("now serving snapshot %s", generation.version)
        task = asyncio.get_running_loop().create_task(_forget(old))
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)


async def _forget(old: weakref.ref[Generation]) -> None:
    """Exceptions that were caught keep frames alive in circles, and these an old snapshot: connections and disk space."""
    for seconds in FORGET_SECONDS:
        await asyncio.sleep(seconds)
        if old() is None:
            return
        gc.collect()


def _quiet() -> None:
    """Where rich is installed, Datasette 0.65 prints each exception with all local variables, which holds what people
    looked up, and fails with a 500 where there is no exception, on every 404 of an unknown path. So it shall not.
    """
    from datasette import handle_exception

    handle_exception.rich = None


def _snapshot_of(datasette: Any) -> tuple[str, str] | None:
    """(name, path) of the first database that is a snapshot of ours."""
    for name, database in datasette.databases.items():
        if not database.path or database.is_memory:
            continue
        try:
            connection = connect(database.path)
        except sqlite3.Error:
            continue
        try:
            read_meta(connection)
            return name, str(database.path)
        except NotASnapshot:
            continue
        finally:
            connection.close()
    return None
