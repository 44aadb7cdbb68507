"""The performance table: each row a ratio, both sides measured in turns in one run. ``run.py [--rows N] [--numbers N]``

``--rows`` is how many reports are ingested and ``--numbers`` how many numbers the look-ups run on (1 000 000 for the
aims of DESIGN §7; CI asks for fewer); ``--grow`` adds sizes up to that many numbers to the growth row. The other
benchmarks run behind it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import dataset
import measure

from repdb.db import open_database
from repdb.setup import initialise

HERE = Path(__file__).parent
REPDB = [sys.executable, "-m", "repdb"]
# They measure files that are not ours to ship, and are run with the names of these.
NEED_FILES = ("bench_article.py", "bench_scrape.py")


class Line(NamedTuple):
    """One row of the table: ``ratio`` is ours against theirs, and ``aim`` what it is held to."""

    what: str
    ours: str
    theirs: str
    ratio: str
    aim: str


def cold(folder: Path, numbers: int, repeat: int) -> Iterator[Line]:
    """A look-up as a process of its own, against sqlite-utils reading the same row by its primary key."""
    path = dataset.database(folder, numbers)
    query = ["sqlite-utils", "query", str(path), "SELECT * FROM numbers WHERE number = :key"]
    query += ["-p", "key", dataset.key(numbers // 2)]
    ours, theirs = measure.in_turns(repeat, _cold(path, numbers), lambda: measure.process(query).seconds)
    yield Line(
        f"cold look-up, {numbers:,} numbers",
        f"{ours * 1000:.0f} ms",
        f"sqlite-utils query {theirs * 1000:.0f} ms",
        f"{ours / theirs:.2f} × its time",
        "≤ 1.0",
    )


def _cold(path: Path, numbers: int) -> Callable[[], float]:
    command = [*REPDB, "lookup", "--json", "--db", str(path), dataset.number(numbers // 2)]
    return lambda: measure.process(command, codes=(0, 1)).seconds


def bulk(folder: Path, rows: int, repeat: int) -> Iterator[Line]:
    """Reports from a CSV: ours into a seeded database, sqlite-utils' upsert into an empty one. Peak memory of both.

    Beside it what is left to gain: SQLite copying the finished rows from table to table, which nobody has to read.
    """
    peaks: dict[int, tuple[int, int]] = {}
    copied: list[float] = []
    for count in (rows // 10, rows):
        path = dataset.write_csv(folder / f"{count}.csv", count, count * 2 // 5)
        runs: list[tuple[measure.Finished, measure.Finished]] = []
        for turn in range(repeat if count == rows else 1):
            made = folder / f"ours{turn}.db"
            runs.append((_ingest(made, path), _upsert(folder / f"theirs{turn}.db", path)))
            copied.append(_copy(made, folder / "copy.db"))
            made.unlink()
        ours, theirs = (sorted(pair[side].seconds for pair in runs)[len(runs) // 2] for side in (0, 1))
        peaks[count] = max(pair[0].peak for pair in runs), max(pair[1].peak for pair in runs)
    yield Line(
        f"bulk ingest, {rows:,} reports",
        f"{rows / ours:,.0f} rows/s",
        f"sqlite-utils upsert {rows / theirs:,.0f} rows/s",
        f"{theirs / ours:.2f} × its rows/s",
        "≥ 5",
    )
    copy = sorted(copied[1:])[repeat // 2]
    yield Line(
        f"the same rows, ready-made, copied by SQLite alone, {rows:,} reports",
        f"{rows / copy:,.0f} rows/s",
        f"sqlite-utils upsert {rows / theirs:,.0f} rows/s",
        f"{theirs / copy:.2f} × its rows/s",
        "the limit of the row above",
    )
    small, large = peaks.values()
    yield Line(
        f"peak memory, {rows // 10:,} → {rows:,} reports",
        f"{small[0] / 1e6:.0f} → {large[0] / 1e6:.0f} MB",
        f"sqlite-utils {small[1] / 1e6:.0f} → {large[1] / 1e6:.0f} MB",
        f"{large[0] / small[0]:.2f} × as rows grow 10 ×",
        "≤ 300 MB, flat",
    )


def _ingest(db: Path, table: Path) -> measure.Finished:
    measure.process([*REPDB, "init", "--db", str(db)])
    return measure.process([*REPDB, "ingest", "--db", str(db), str(table)])


def _copy(made: Path, copy: Path) -> float:
    """Seconds for the rows of an ingest, in the order of their keys and in one transaction, into a seeded database."""
    initialise(str(copy), dataset.TODAY)
    with open_database(str(copy), write=True) as db:
        db.execute("ATTACH ? AS made", (str(made),))
        start = time.perf_counter()
        with db.transaction():
            for table in ("sources", "reports", "numbers", "report_numbers", "voices"):
                db.execute(f"INSERT OR IGNORE INTO main.{table} SELECT * FROM made.{table} ORDER BY 1, 2, 3, 4")
        seconds = time.perf_counter() - start
    copy.unlink()
    return seconds


def _upsert(db: Path, table: Path) -> measure.Finished:
    done = measure.process(["sqlite-utils", "upsert", str(db), "reports", str(table), "--csv", "--pk", "ref"])
    db.unlink()
    return done


def in_process(folder: Path, numbers: int, repeat: int) -> Iterator[Line]:
    """Look-ups of known numbers in one process, against SELECT by primary key."""
    with measure.Lookups(dataset.database(folder, numbers), numbers) as lookups:
        ours, theirs = measure.in_turns(repeat, lookups.answer, lookups.select)
    yield Line(
        f"look-ups in one process, {numbers:,} numbers",
        f"{1 / ours:,.0f}/s",
        f"sqlite3 SELECT {1 / theirs:,.0f}/s",
        f"1/{ours / theirs:.0f} of its rate",
        "≥ 1/10",
    )


def growth(folder: Path, numbers: int, repeat: int) -> Iterator[Line]:
    """The same look-ups on databases of growing size, each measured in turns with the smallest: as a process of its own,
    which is what whoever types a number waits for, and many in one process."""
    smallest = 10_000
    base_path = dataset.database(folder, smallest)
    with measure.Lookups(base_path, smallest) as base:
        size = smallest * 10
        while size <= numbers:
            path = dataset.database(folder, size)
            with measure.Lookups(path, size) as larger:
                large, small = measure.in_turns(repeat, larger.answer, base.answer)
            yield _grown(f"growth, {smallest:,} → {size:,} numbers, in one process", large, small)
            of_size, of_base = _cold(path, size), _cold(base_path, smallest)
            large, small = measure.in_turns(repeat, of_size, of_base)
            yield _grown(f"growth, {smallest:,} → {size:,} numbers, cold", large, small)
            size *= 10


def _grown(what: str, large: float, small: float) -> Line:
    return Line(
        what, f"{large * 1e6:,.0f} µs a look-up", f"{small * 1e6:,.0f} µs", f"{large / small:.2f} × its time", "≤ 1.3"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--numbers", type=int, default=50_000)
    parser.add_argument("--grow", type=int, default=0, help="largest database of the growth row (default: --numbers)")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    numbers, repeat = options.numbers, options.repeat
    print("| what | ours | against | ratio | aim |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="repdb-bench-") as name:
        folder = Path(name)
        parts = (
            cold(folder, numbers, repeat * 3),
            in_process(folder, numbers, repeat * 3),
            growth(folder, options.grow or numbers, repeat * 3),
            bulk(folder, options.rows, repeat),
        )
        for line in chain.from_iterable(parts):
            print("| " + " | ".join(line) + " |", flush=True)
    for script in sorted(set(HERE.glob("bench_*.py")) - {HERE / name for name in NEED_FILES}):
        print(f"\n{script.name}", flush=True)
        measure.process([sys.executable, str(script)], show=True)


if __name__ == "__main__":
    main()
