"""Many people at once: reports and look-ups from 200 clients while a full publish runs again and again.

``python tests/bench/bench_load.py [--numbers N] [--seconds S] [--clients C]``. Prints what was answered and whether each
report that was acknowledged stands in the working database. Exits with 1 if one is lost or anything failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import dataset
import httpx

from repdb.db import open_database

sys.path.insert(0, str(Path(__file__).parent.parent))
from serving import serving

LOOKUPS = 8


def visit(url: str, client: int, until: float) -> tuple[list[str], Counter[str]]:
    """One person: a report, some look-ups, a breath; the numbers acknowledged and how each request ended."""
    acknowledged: list[str] = []
    ends: Counter[str] = Counter()
    with httpx.Client(base_url=url, timeout=60) as made:
        for turn in range(1000):
            if time.monotonic() >= until:
                break
            number = f"050-{9000 + client // 10:04d}-{client % 10 * 1000 + turn:04d}"
            sent = made.post("/api/v1/reports", json={"subject": number, "note": f"load {client} {turn}"})
            ends[f"report {sent.status_code}"] += 1
            if sent.status_code == 202:
                acknowledged.append("+81" + number.replace("-", "")[1:])
            if "lock" in sent.text:
                ends["lock shown"] += 1
            for _ in range(LOOKUPS):
                ends[f"look-up {made.get(f'/api/v1/lookup/{number}').status_code}"] += 1
            time.sleep(5)
    return acknowledged, ends


def publishing(working: Path, snapshot: Path, stop: threading.Event, done: list[int]) -> None:
    """``repdb publish --full`` until told to stop; collects the exit codes."""
    while not stop.is_set():
        command = [sys.executable, "-m", "repdb", "publish", str(snapshot), "--full", "--db", str(working)]
        done.append(subprocess.run(command, capture_output=True, check=False).returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=200)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        working, snapshot = dataset.database(Path(folder), chosen.numbers), Path(folder) / "public.db"
        subprocess.run([sys.executable, "-m", "repdb", "publish", str(snapshot), "--db", str(working)], check=True)
        stop, published = threading.Event(), list[int]()
        with serving(snapshot, working) as running, ThreadPoolExecutor(chosen.clients) as people:
            background = threading.Thread(target=publishing, args=(working, snapshot, stop, published))
            background.start()
            until = time.monotonic() + chosen.seconds
            visits = list(people.map(lambda n: visit(running.url, n, until), range(chosen.clients)))
            stop.set()
            background.join()
        acknowledged = {number for numbers, _ in visits for number in numbers}
        ends = sum((counted for _, counted in visits), Counter[str]())
        with closing(open_database(str(working))) as db:
            kept = {number for (number,) in db.all("SELECT number FROM report_numbers")}
    lost = len(acknowledged - kept)
    print(f"{chosen.clients} clients, {chosen.seconds:.0f} s: {dict(sorted(ends.items()))}")
    print(
        f"{len(acknowledged)} reports acknowledged, {lost} lost; {len(published)} full publishes, exit codes {set(published)}"
    )
    sys.exit(bool(lost or set(ends) - {"report 202", "look-up 200"} or set(published) - {0}))


if __name__ == "__main__":
    main()
