"""The shared fixtures do what they promise: a guard that guards nothing would make every other test weaker."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from conftest import is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "::1%lo", "localhost", "", None, b"127.0.0.1"])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "169.254.169.254", "2001:db8::1", "example.com", "0.0.0.0"])
def test_anything_else_is_not_local(host: str) -> None:
    assert not is_local(host)


def test_connections_outward_are_refused() -> None:
    with socket.socket() as sock, pytest.raises(PermissionError, match="loopback only"):
        sock.connect(("192.0.2.1", 80))
    with socket.socket() as sock, pytest.raises(PermissionError, match="loopback only"):
        sock.connect_ex(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(PermissionError, match="loopback only"):
        sock.sendto(b"x", ("192.0.2.1", 53))
    with pytest.raises(PermissionError, match="loopback only"):
        socket.create_connection(("example.com", 80))


def test_connections_to_this_machine_work() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.create_connection(("localhost", listening.getsockname()[1])) as client,
        listening.accept()[0] as server,
    ):
        server.sendall(b"hello")
        assert client.recv(5) == b"hello"


def test_addresses_are_taken_apart_without_dns() -> None:
    assert socket.getaddrinfo("192.0.2.1", 80)[0][4] == ("192.0.2.1", 80)


def test_home_and_database_are_this_tests_own(tmp_path: Path, db_path: Path) -> None:
    assert Path.home() == tmp_path / "home"
    assert os.environ["REPDB_DB"] == str(db_path)
    assert not db_path.exists()
    assert not {"LC_ALL", "LANGUAGE", "NO_COLOR", "REPDB_KEY"} & set(os.environ)


def test_postgres_answers_and_databases_are_separate(postgres: Callable[[], str]) -> None:
    first, second = postgres(), postgres()
    assert first != second
    assert first.startswith("postgresql+psycopg://")
    with psycopg.connect(first.replace("+psycopg", "")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        connection.execute("create table only_here (id text)")
    with psycopg.connect(second.replace("+psycopg", "")) as connection:
        assert connection.execute("select to_regclass('only_here')").fetchone() == (None,)


def test_postgres_url_serves_sqlalchemy(postgres: Callable[[], str]) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine(postgres())
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("select 1")).scalar() == 1
    engine.dispose()
