"""Run a command from a process that is itself small: a child's peak memory counts from what it was forked from.

Prints one line of JSON to the file named first: seconds, peak memory in bytes, exit code. The peak is that of the
command with all processes that it starts, what they share counted once (Linux; elsewhere the largest of them).
"""

import json
import os
import sys
import time

EVERY = 0.1  # seconds between two looks at the memory


def family(pid: int) -> list[int]:
    """A process and those below it."""
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                for child in file.read().split():
                    found += family(int(child))
    except OSError:  # it has ended meanwhile
        pass
    return found


def memory(pid: int) -> int:
    """Bytes of a process in memory, its share of what it has in common with others; 0 where that is not told."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))
    except OSError:
        return 0


start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
peak, ended, looked = 0, 0, start
while not ended:
    ended, status, usage = os.wait4(child, os.WNOHANG)
    now = time.perf_counter()
    if not ended and now - looked > EVERY:
        peak, looked = max(peak, sum(map(memory, family(child)))), now
    elif not ended:
        time.sleep(0.001)
seconds = time.perf_counter() - start
largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
with open(sys.argv[1], "w") as report:
    json.dump([seconds, max(peak, largest), os.waitstatus_to_exitcode(status)], report)
