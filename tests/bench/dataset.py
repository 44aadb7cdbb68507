"""Invented reports for the benchmarks: the same for the same arguments, as a CSV or as a database of repdb."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from repdb import phone, store
from repdb.db import open_database
from repdb.ingest import Options, ingest
from repdb.records import Source
from repdb.setup import initialise
from repdb.tabular import open_table

HEADER = ("ref", "reported_on", "number", "category", "note")
_CATEGORIES = ("fake_billing", "delivery", "bank_phishing", "silent_call", "nuisance_sales", "other")
_NOTES = (
    "",
    "",
    "",
    "留守電に「未納料金があります」と入っていた",
    "SMSに書かれていた折り返し先",
    "出るとすぐに切れた",
    "Recorded voice about an unpaid bill",
)
_LAST_DAY = date(2026, 10, 31)
TODAY = date(2026, 11, 21)


def number(serial: int) -> str:
    """A number of the plan for each serial below 64 million, scattered over it; ordinary spelling with hyphens."""
    scattered = serial * 40_503_961 % 64_000_000
    block, last = divmod(scattered, 10_000)
    return f"050-{block + 1000}-{last:04d}"


def key(serial: int) -> str:
    return phone.read(number(serial)).key


def rows(count: int, numbers: int) -> Iterator[tuple[str, ...]]:
    """``count`` reports on about ``numbers`` numbers: each number once first, then the heavy tail that boards show."""
    rng = random.Random(20261121)
    for n in range(count):
        serial = n if n < numbers else int(numbers * rng.random() ** 3)
        day = _LAST_DAY - timedelta(days=int(2000 * rng.random() ** 2))
        note = rng.choice(_NOTES)
        yield f"r{n:08d}", day.isoformat(), number(serial), rng.choice(_CATEGORIES), note and f"{note}（{n % 977}）"


def write_csv(path: Path, count: int, numbers: int) -> Path:
    """A CSV of ``rows``; returns ``path``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows(count, numbers))
    return path


def database(folder: Path, numbers: int) -> Path:
    """A seeded database with one report on each of ``numbers`` numbers, made once in a folder; returns its path."""
    path = folder / f"{numbers}.db"
    if path.exists():
        return path
    table = write_csv(folder / f"{numbers}.csv", numbers, numbers)
    initialise(str(path), TODAY)
    with open_database(str(path), write=True) as db, closing(open_table(str(table))) as opened:
        with db.transaction():
            store.save_sources(db, [Source("bench", "bench", "board")])
        ingest(db, opened, Options({"source": "bench"}), TODAY)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    table.unlink()
    return path
