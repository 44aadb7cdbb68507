"""Scraping: fetch what a source publishes, check all of it, then store all of it or nothing (floor 3)."""

from __future__ import annotations

from repdb.scrape.errors import ScrapeError
from repdb.scrape.lock import lock
from repdb.scrape.memory import Overview, overview
from repdb.scrape.plan import Plan, origins, plan_for
from repdb.scrape.run import Result, scrape
from repdb.scrape.sources import load, names

__all__ = [
    "Overview",
    "Plan",
    "Result",
    "ScrapeError",
    "load",
    "lock",
    "names",
    "origins",
    "overview",
    "plan_for",
    "scrape",
]
