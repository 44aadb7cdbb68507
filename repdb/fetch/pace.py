"""When to ask: so many requests per host at once, so long between two of them, so long before trying again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import tenacity


@dataclass
class _Lane:
    slots: threading.Semaphore
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0


class Pace:
    """``with pace.turn(host, interval):`` waits for a free slot and for ``interval`` seconds since the last start."""

    def __init__(
        self,
        concurrency: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._concurrency, self._clock, self._sleep = concurrency, clock, sleep
        self._lanes: dict[str, _Lane] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, interval: float) -> Iterator[None]:
        with self._lock:
            lane = self._lanes.setdefault(host, _Lane(threading.Semaphore(self._concurrency)))
        with lane.slots:
            with lane.lock:
                now = self._clock()
                start = max(now, lane.next_at)
                lane.next_at = start + interval
            if start > now:
                self._sleep(start - now)
            yield


class Wait(tenacity.wait.wait_base):
    """The server's own ``Retry-After`` where it gave one, else exponential back-off with jitter."""

    def __init__(self, initial: float, longest: float) -> None:
        self._usual = tenacity.wait_exponential(initial, max=longest) + tenacity.wait_random(0, initial)

    def __call__(self, retry_state: tenacity.RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        return getattr(error, "retry_after", 0.0) or self._usual(retry_state)


def retry_after(value: str) -> float:
    """Seconds of a ``Retry-After`` header (a number or an HTTP date); 0 when there is none to understand."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0
