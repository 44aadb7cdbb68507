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
