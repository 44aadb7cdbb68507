"""Publishing: seconds and peak memory of a snapshot built anew, of one with nothing to do, and of one with few changes.

``python tests/bench/bench_publish.py [--numbers N]`` (1 000 000 for the figures in the documents).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import dataset
import measure

from repdb.db import open_database
from repdb.ingest import save_raw


def line(what: str, done: measure.Finished, base: float) -> None:
    print(f"{what:22} {done.seconds:8.1f} s  {done.seconds / base:5.2f} x   peak {done.peak / 2**20:6.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        working, snapshot = dataset.database(Path(folder), chosen.numbers), Path(folder) / "public.db"
        with open_database(str(working), write=True) as db, db.transaction():
            db.execute("UPDATE sources SET redistributable = 1")
        command = [sys.executable, "-m", "repdb", "publish", str(snapshot), "--db", str(working)]
        built = measure.process(command)
        line("built anew", built, built.seconds)
        line("nothing has changed", measure.process(command), built.seconds)
        with open_database(str(working), write=True) as db, db.transaction():
            changed = [
                {"number": dataset.number(n), "note": "再び", "reported_on": "2026-11-20"} for n in range(0, 1000)
            ]
            save_raw(db, changed, {"source": "web"}, dataset.TODAY)
        line("1 000 reports more", measure.process(command), built.seconds)
        print(
            f"snapshot {snapshot.stat().st_size / 2**20:.0f} MB, working database {working.stat().st_size / 2**20:.0f} MB"
        )


if __name__ == "__main__":
    main()
