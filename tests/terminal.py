"""Running a command with its three streams on a terminal, as a person has it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence


def converse(args: Sequence[str], *answers: str, stdin: bool = True, stderr: bool = True) -> tuple[str, str, int]:
    """Give each answer when a question has come; returns what the terminal showed, stdout, and the exit code."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "repdb", *args],
        stdin=slave if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=slave if stderr else subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(slave)
    shown, waiting, deadline = b"", list(answers), time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([master], [], [], 0.2)
        if ready:
            try:
                piece = os.read(master, 65536)
            except OSError:  # Linux says so when the other end has been closed
                break
            if not piece:
                break
            shown += piece
            if waiting and shown.rstrip(b" ").endswith((b":", b"]:")):
                os.write(master, waiting.pop(0).encode() + b"\n")
        elif process.poll() is not None:
            break
    os.close(master)
    out = process.stdout.read().decode() if process.stdout else ""
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()
    return shown.decode(), out, process.wait()
