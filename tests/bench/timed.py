"""Run a command from a process that is itself small: a child's peak memory counts from what it was forked from.

Prints one line of JSON to the file named first: seconds, peak memory in bytes, exit code.
"""

import json
import os
import sys
import time

start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
with open(sys.argv[1], "w") as report:
    json.dump([seconds, peak, os.waitstatus_to_exitcode(status)], report)
