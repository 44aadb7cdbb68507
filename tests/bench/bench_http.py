"""HTTP: look-up JSON and the number page against stock Datasette's row JSON, and swaps under load.

``python tests/bench/bench_http.py [--numbers N] [--seconds S] [--snapshot FILE]``. Both servers serve the same snapshot in
the same run, asked in turns by the same client over eight kept connections. Aim: look-up ≥ 1.0 × with p99 no worse,
home and number page ≥ 0.6 ×, no failed request while snapshots are swapped.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import dataset

from repdb.db import open_database
from repdb.snapshot import publish

CONNECTIONS = 8
TURNS = 3


class Heard(NamedTuple):
    """One turn: answers per second, 99th percentile in milliseconds, answers that were not 200."""

    rate: float
    p99: float
    failed: int


async def _one(port: int, paths: Sequence[str], until: float, taken: list[float], failed: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    draw = random.Random(id(reader))
    while time.monotonic() < until:
        started = time.perf_counter()
        writer.write(f"GET {draw.choice(paths)} HTTP/1.1\r\nhost: localhost\r\naccept-language: ja\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if length := re.search(rb"(?i)content-length: *(\d+)", head):
            await reader.readexactly(int(length[1]))
        else:
            while size := int((await reader.readline()).strip(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        taken.append(time.perf_counter() - started)
        if b" 200 " not in head[:16]:
            failed.append(head[:60])
    writer.close()


def ask(port: int, paths: Sequence[str], seconds: float) -> Heard:
    """Ask for ``seconds`` over all connections at once."""
    taken: list[float] = []
    failed: list[bytes] = []

    async def all_of_them() -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(_one(port, paths, until, taken, failed) for _ in range(CONNECTIONS)))

    asyncio.run(all_of_them())
    taken.sort()
    return Heard(len(taken) / seconds, taken[int(len(taken) * 0.99)] * 1000, len(failed))


@contextlib.contextmanager
def server(command: Sequence[str], said: str) -> Iterator[int]:
    """A server process; gives the port that it says it listens on."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "LANG": "C.UTF-8"})
        try:
            while True:
                log.seek(0)
                text = log.read().decode()
                if found := re.search(said, text):
                    yield int(found[1])
                    return
                if process.poll() is not None:
                    raise RuntimeError(text)
                time.sleep(0.1)
        finally:
            process.terminate()
            process.wait(40)


def keys(snapshot: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(snapshot)) as opened:
        found = opened.execute("SELECT number FROM numbers WHERE kind = 'phone' ORDER BY RANDOM() LIMIT 20000")
        return [number.removeprefix("+") for (number,) in found]


def compare(snapshot: Path, seconds: float) -> None:
    numbers = keys(snapshot)
    row = [f"/{snapshot.stem}/numbers/~2B{n}.json" for n in numbers]
    ours = {
        "look-up JSON": [f"/api/v1/lookup/%2B{n}" for n in numbers],
        "number page": [f"/number/%2B{n}" for n in numbers],
        "home page": ["/"],
    }
    # Datasette as it comes: as in its own tests, it then loads no plugin that is installed.
    bare = "import sys; sys._called_from_test = True; from datasette.cli import cli; cli(sys.argv[1:])"
    stock = [sys.executable, "-c", bare, "serve", "-i", str(snapshot), "-p", "0"]
    site = [sys.executable, "-m", "repdb", "serve", str(snapshot), "--port", "0", "--no-reports"]
    with (
        server(stock, r"running on http://127\.0\.0\.1:(\d+)") as theirs,
        server(site, r"serving on http://\S+:(\d+)") as port,
    ):
        heard: dict[str, list[Heard]] = {"stock": [], **{name: [] for name in ours}}
        ask(theirs, row, 1)
        for paths in ours.values():
            ask(port, paths, 1)
        for _ in range(TURNS):
            heard["stock"].append(ask(theirs, row, seconds))
            for name, paths in ours.items():
                heard[name].append(ask(port, paths, seconds))
    _print(heard)


def _print(heard: dict[str, list[Heard]]) -> None:
    base = statistics.median(h.rate for h in heard["stock"]), statistics.median(h.p99 for h in heard["stock"])
    for name, turns in heard.items():
        rate, p99 = statistics.median(h.rate for h in turns), statistics.median(h.p99 for h in turns)
        failed = sum(h.failed for h in turns)
        print(
            f"{name:14} {rate:8.0f}/s  {rate / base[0]:5.2f} x   p99 {p99:7.1f} ms  {p99 / base[1]:5.2f} x   failed {failed}"
        )


def swaps(working: Path, snapshot: Path, seconds: float) -> None:
    """Publish again and again while the site is asked."""
    site = [sys.executable, "-m", "repdb", "serve", str(snapshot), "--port", "0", "--no-reports"]
    again = (
        "import sys, time; from datetime import timedelta; from repdb.db import open_database; from repdb.snapshot import publish\n"
        "sys.path.insert(0, sys.argv[3]); import dataset\n"
        "end = time.time() + float(sys.argv[4]); n = 0\n"
        "while time.time() < end:\n"
        "    n += 1; publish(open_database(sys.argv[1]), sys.argv[2], dataset.TODAY + timedelta(days=n))\n"
        "print(n)"
    )
    with server(site, r"serving on http://\S+:(\d+)") as port:
        command = [sys.executable, "-c", again, str(working), str(snapshot), str(Path(__file__).parent), str(seconds)]
        publishing = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        heard = ask(port, [f"/api/v1/lookup/%2B{n}" for n in keys(snapshot)], seconds)
        count = publishing.communicate()[0].strip()
    print(
        f"swaps          {count} snapshots published in {seconds:.0f} s: {heard.rate:.0f}/s, p99 {heard.p99:.1f} ms, failed {heard.failed}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--numbers", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--snapshot", type=Path, help="serve this one instead of a new one")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.snapshot:
            compare(chosen.snapshot, chosen.seconds)
            return
        working, snapshot = dataset.database(Path(folder), chosen.numbers), Path(folder) / "public.db"
        with open_database(str(working)) as db:
            publish(db, str(snapshot), dataset.TODAY)
        compare(snapshot, chosen.seconds)
        swaps(working, snapshot, 3 * chosen.seconds)


if __name__ == "__main__":
    main()
