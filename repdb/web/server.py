"""The server process: Datasette with our settings behind uvicorn, started, watched over and stopped gently (floor 4)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from repdb.web.generation import NotASnapshot, connect, described, read_meta
from repdb.web.site import Settings, Site

# Datasette's settings for strangers: SQL is welcome, but it may not keep the machine busy.
PRODUCTION: dict[str, Any] = {
    "sql_time_limit_ms": 1000,
    "facet_time_limit_ms": 200,
    "facet_suggest_time_limit_ms": 50,
    "suggest_facets": False,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "num_sql_threads": 3,
    "max_csv_mb": 50,
    "default_cache_ttl": 60,
    "allow_download": True,
    "allow_facet": True,
    "template_debug": False,
    "trace_debug": False,
}
HEADER_SECONDS = 10.0
KEEP_ALIVE_SECONDS = 15
GRACE_SECONDS = 20
MAX_CONNECTIONS = 2000


class Protocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen when uvicorn is imported
    """HTTP that gives a client ten seconds for its headers; uvicorn itself would wait for ever (slowloris)."""

    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait_no_longer()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._calm()
        elif self._slow is None:
            self._wait_no_longer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._calm()
        super().connection_lost(exc)

    def _wait_no_longer(self) -> None:
        self._slow = asyncio.get_running_loop().call_later(HEADER_SECONDS, self._give_up)

    def _calm(self) -> None:
        if self._slow is not None:
            self._slow.cancel()
            self._slow = None

    def _give_up(self) -> None:
        self._slow = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


class Server(uvicorn.Server):
    """Says where it listens, once it does: with port 0 nobody knows before."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[str], None]) -> None:
        super().__init__(config)
        self.listening = listening

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self.listening(f"http://{f'[{host}]' if ':' in host else host}:{port}")


def make_datasette(path: str, settings: Settings, base_url: str = "/") -> Any:
    """Datasette on a snapshot with production settings; the metadata beside the file is taken along."""
    from datasette.app import Datasette

    metadata = _described(path)
    secret = os.environ.get("DATASETTE_SECRET") or None
    datasette = Datasette(
        immutables=[path], metadata=metadata, settings={**PRODUCTION, "base_url": base_url}, secret=secret, cors=False
    )
    site = Site.of(datasette)
    if site is not None:
        site.configure(settings)
    return datasette


def _described(path: str) -> dict[str, Any] | None:
    try:
        with contextlib.closing(connect(path)) as connection:
            return described(path, read_meta(connection)["snapshot"])
    except (sqlite3.Error, NotASnapshot):
        return None  # no snapshot, which the caller finds out


def serve(
    datasette: Any,
    host: str,
    port: int,
    listening: Callable[[str], None],
    proxies: str = "",
    access_log: bool = False,
) -> bool:
    """Serve until SIGTERM or SIGINT; requests under way are finished, waiting reports stored. False: it never started.

    ``proxies`` are the addresses whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed. What people look up
    is nobody's business: there is no access log unless asked for.
    """
    config = uvicorn.Config(
        datasette.app(),
        host=host,
        port=port,
        http=Protocol,
        lifespan="on",
        log_level="info" if access_log else "warning",
        access_log=access_log,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MAX_CONNECTIONS,
    )
    server = Server(config, listening)
    try:
        server.run()
    finally:
        if (site := Site.of(datasette)) is not None:
            site.writer.close()
    return bool(server.started)
