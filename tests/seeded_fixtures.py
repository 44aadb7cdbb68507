"""A database with the seed rows, built once per run of the tests and copied for each test that asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from repdb import db as storage
from repdb.setup import initialise

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "seeded.db"
    initialise(str(path), TODAY)
    return path


@pytest.fixture
def seeded(seeded_file: Path, db_path: Path) -> Path:
    """The test's own database (``REPDB_DB``) with the seed rows."""
    shutil.copy(seeded_file, db_path)
    return db_path


@pytest.fixture
def seeded_db(seeded: Path) -> Iterator[storage.Database]:
    with closing(storage.open_database(str(seeded), write=True)) as db:
        yield db
