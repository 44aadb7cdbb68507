"""Scraping a folder of monthly files (``YYYY/YYYYMM.csv``) over HTTP as its publisher lays them out: cold, again with
304s only, and with one more month. ``bench_scrape.py FOLDER``

Time and peak memory are those of the scrape's own process; the server is another. ``locked`` is the longest time that
another writer to the database had to wait.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

_POLL = 0.05  # seconds


def serve(folder: str) -> None:
    from fault_server import FaultServer

    with FaultServer() as server:
        server.serve_folder("/list/", Path(folder))
        print(server.url("/list/"), flush=True)
        sys.stdin.read()


def locked(path: Path) -> bool:
    """Whether another process is writing to a SQLite file just now."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
    return False


def scrape(name: str, base: str, folder: Path) -> None:
    db, report, output = folder / "repdb.db", folder / "report.json", folder / "output.json"
    command = [sys.executable, "-m", "repdb", "scrape", "jpcert_phishurl", "--base", base, "--allow-local", "--json"]
    command += ["--db", str(db), "--raw", str(folder / "raw")]
    timed = [sys.executable, "-S", str(HERE / "timed.py"), str(report), *command]
    longest = since = 0.0
    with output.open("w") as out:
        process = subprocess.Popen(timed, stdout=out, env={**os.environ, "LANG": "C.UTF-8"})
        while process.poll() is None:
            now = time.monotonic()
            since = (since or now) if locked(db) else 0.0
            longest = max(longest, now - since if since else 0.0)
            time.sleep(_POLL)
    seconds, peak, code = json.loads(report.read_text())
    (row,) = json.loads(output.read_text())["sources"]
    assert code == 0, row
    done = row["stored"] + row["duplicates"] + row["rejected"]
    print(
        f"{name:<16} {row['pages']:>3} pages ({row['fetched']} new, {row['unchanged']} × 304), {done:>8,} rows read, "
        f"{row['stored']:,} stored, {row['rejected']:,} rejected: {seconds:6.1f} s, {done / seconds:8,.0f} rows/s, "
        f"peak {peak / 1e6:4.0f} MB, locked {longest:.1f} s",
        flush=True,
    )


def main(source: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, upstream = Path(place), Path(place) / "upstream"
        shutil.copytree(source, upstream, ignore=lambda _, names: [n for n in names if not n[:4].isdigit()])
        last = max(upstream.glob("*/*.csv"))
        held = last.rename(folder / last.name)
        subprocess.run([sys.executable, "-m", "repdb", "init", "--db", folder / "repdb.db"], check=True)
        server = [sys.executable, __file__, "--serve", str(upstream)]
        with subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin and process.stdout
            base = process.stdout.readline().strip()
            scrape("cold", base, folder)
            scrape("nothing new", base, folder)
            held.rename(last)
            scrape("one more month", base, folder)
            process.stdin.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"usage: bench_scrape.py FOLDER\n\n{__doc__}")
    serve(sys.argv[2]) if sys.argv[1] == "--serve" else main(Path(sys.argv[1]))
