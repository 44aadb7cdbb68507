"""What day it is where the reports are from (floor 1)."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone

# Japan has had no summer time since 1951. A server set to another zone would call this morning's reports tomorrow's.
JAPAN = timezone(timedelta(hours=9), "JST")


def today() -> date:
    """The day in Japan; ``REPDB_TODAY`` (ISO 8601) sets it, so that an answer can be reproduced. Raises ValueError."""
    fixed = os.environ.get("REPDB_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(JAPAN).date()


def in_japan(moment: str) -> str:
    """An ISO 8601 moment, which is stored in UTC, as Japan's clocks show it: ``2026-11-23 00:01:33 JST``. None (``''``) stays none."""
    return moment and f"{datetime.fromisoformat(moment).astimezone(JAPAN):%Y-%m-%d %H:%M:%S %Z}"
