"""``repdb serve`` as a process of its own, for tests that need a real server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from repdb.web.limits import RATES

# Tests ask faster than people do, all from one address.
NO_LIMITS = tuple(f"{name}=" for name in RATES)


class Server(NamedTuple):
    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def serving(snapshot: Path, working: Path | None, *more: str, limits: tuple[str, ...] = NO_LIMITS) -> Iterator[Server]:
    """The server on a free port, with the tests' day; stopped with SIGTERM at the end."""
    log = Path(tempfile.mkstemp(prefix="repdb-serve-", suffix=".log")[1])
    command = [sys.executable, "-m", "repdb", "serve", str(snapshot), "--port", "0", *more]
    command += ["--db", str(working)] if working else ["--no-reports"]
    command += [word for pair in limits for word in ("--limit", pair)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, "REPDB_TODAY": "2026-11-21", "LANG": "C.UTF-8"}
        )
    try:
        for _ in range(600):
            if found := re.search(r"serving on (http://\S+:(\d+))", log.read_text()):
                break
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            raise AssertionError(f"the server did not start: {log.read_text()}")
        yield Server(found[1], int(found[2]), process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(40)
        log.unlink()
