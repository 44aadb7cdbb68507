"""Measuring two things in turns, so that what else the machine does falls on both alike."""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import dataset

from repdb.db import open_database
from repdb.lookup import Lookup

_AT_ONCE = 500


class Finished(NamedTuple):
    """What a process took: ``seconds`` of wall time, ``peak`` of the memory of it and its children in bytes."""

    seconds: float
    peak: int


def process(command: Sequence[str], codes: Sequence[int] = (0,), show: bool = False) -> Finished:
    """Run a command to its end. Raises RuntimeError with what it said when it ends otherwise than expected."""
    environment = {**os.environ, "LANG": "C.UTF-8", "REPDB_TODAY": dataset.TODAY.isoformat()}
    output = None if show else subprocess.DEVNULL
    with tempfile.NamedTemporaryFile() as report:
        timed = [sys.executable, "-S", str(Path(__file__).parent / "timed.py"), report.name, *command]
        subprocess.run(timed, stdout=output, stderr=output, env=environment, check=True)
        seconds, peak, code = json.load(report)
    if code not in codes:
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    return Finished(seconds, peak)


def in_turns(repeat: int, ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """The median of both, run alternately; the first run of each only warms up."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(repeat)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


class Lookups(contextlib.AbstractContextManager["Lookups"]):
    """Random known numbers of a database of ``dataset.database``, looked up or selected: seconds for each."""

    def __init__(self, path: Path, numbers: int) -> None:
        self.db = open_database(str(path))
        self.lookup = Lookup(self.db, dataset.TODAY)
        self.plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.rng = random.Random(1)
        self.numbers = numbers

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self.plain.close()

    def answer(self) -> float:
        asked = [dataset.number(self.rng.randrange(self.numbers)) for _ in range(_AT_ONCE)]
        start = time.perf_counter()
        for written in asked:
            known = self.lookup.answer(written).known
            assert known, written
        return (time.perf_counter() - start) / _AT_ONCE

    def select(self) -> float:
        asked = [dataset.key(self.rng.randrange(self.numbers)) for _ in range(_AT_ONCE)]
        start = time.perf_counter()
        for key in asked:
            row = self.plain.execute("SELECT * FROM numbers WHERE number = ?", (key,)).fetchone()
            assert row, key
        return (time.perf_counter() - start) / _AT_ONCE
