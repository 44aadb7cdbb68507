"""Who is at work on a file is known as long as the process lives, and not a moment longer."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from storage_fixtures import opened, ordinary_user

from repdb import running
from repdb.db import Database, open_database

HOLD = """
import sys
from repdb import running
from repdb.db import open_database
with running.at_work(open_database(sys.argv[1]), "a file") as alone:
    print(alone, flush=True)
    sys.stdin.read()
"""


def test_a_killed_process_is_no_longer_at_work(database: Database, target: str) -> None:
    assert not running.is_at_work(database, "a file")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, target], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert running.is_at_work(database, "a file") and not running.is_at_work(database, "another")
        with running.at_work(database, "a file") as alone, running.at_work(database, "another") as elsewhere:
            assert (alone, elsewhere) == (False, True)
        assert running.is_at_work(database, "a file"), "asking takes nothing away"
        other.kill()
        other.wait(timeout=30)
    with running.at_work(database, "a file") as alone:
        assert alone


def test_what_ends_in_an_error_is_free_again(database: Database, target: str) -> None:
    with pytest.raises(ZeroDivisionError), running.at_work(database, "a file"):
        raise ZeroDivisionError
    with running.at_work(database, "a file") as alone:
        assert alone
    if database.dialect == "sqlite":
        assert not [name for name in os.listdir(Path(target).parent) if "-ingest-" in name]


def test_a_lost_connection_loses_its_lock(database: Database, target: str) -> None:
    with closing(open_database(target)) as other, running.at_work(other, "a file"):
        other.close()
    with running.at_work(database, "a file") as alone:
        assert alone


def test_a_lock_that_was_removed_meanwhile_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one before unlinks its file between our opening and our locking it."""
    with closing(opened(str(tmp_path / "a.db"))) as db:
        taken = running.fcntl.flock
        gone: list[str] = []

        def flock(file: object, how: int) -> None:
            if not gone:
                gone.append(file.name)  # type: ignore[attr-defined]
                os.unlink(gone[0])
            taken(file, how)  # type: ignore[arg-type]

        monkeypatch.setattr(running.fcntl, "flock", flock)
        with running.at_work(db, "a file") as alone:
            assert alone and gone and running.is_at_work(db, "a file")


@pytest.mark.parametrize("number", [37, 95])  # ENOLCK, ENOTSUP: network file systems
def test_a_place_without_locks(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(number, "no locks")

    with closing(opened(str(tmp_path / "a.db"))) as db:
        monkeypatch.setattr(running.fcntl, "flock", flock)
        with running.at_work(db, "a file") as alone:
            assert alone
        assert not running.is_at_work(db, "a file")


def test_a_folder_that_cannot_be_written() -> None:
    with ordinary_user() as folder, closing(opened(str(folder / "a.db"))) as db:
        folder.chmod(0o500)
        with running.at_work(db, "a file") as alone:
            assert alone


def test_where_files_cannot_be_locked_whoever_starts_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "fcntl", None)
    with closing(opened(str(tmp_path / "a.db"))) as db, running.at_work(db, "a file") as alone:
        assert alone and not running.is_at_work(db, "a file")
        with running.at_work(db, "a file") as another:
            assert another
