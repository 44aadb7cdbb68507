"""What is wanted of a run: where from, how much, and what of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from repdb.contracts import Scraper, State
from repdb.scrape.errors import ScrapeError


@dataclass(frozen=True, slots=True)
class Plan:
    """What is wanted of a run. ``state.cursor`` is filled in by the run.

    ``limit`` stops after so many records, stores them and remembers nothing; ``again`` reads pages that have not
    changed; ``accept`` takes a list that has grown or shrunk too much; ``files`` are read instead of the network.
    """

    state: State
    files: tuple[Path, ...] = ()
    limit: int = 0
    dry_run: bool = False
    again: bool = False
    accept: bool = False


def plan_for(
    scraper: Scraper, today: date, environment: Mapping[str, str], base: str = "", urls: Sequence[str] = ()
) -> Plan:
    """The plan of an ordinary run: base and URLs as given, or from ``REPDB_<NAME>_BASE`` and ``REPDB_<NAME>_URLS``.

    Raises ``ScrapeError``: ``key_missing`` or ``no_url``.
    """
    spec, name = scraper.spec, f"REPDB_{scraper.name.upper()}"
    urls = tuple(urls) or tuple(environment.get(f"{name}_URLS", "").split())
    base = base or environment.get(f"{name}_BASE", "") or spec.base or ("" if spec.cadence == "asked" else spec.url)
    key = environment.get(spec.key_env, "") if spec.key_env else ""
    if spec.key_env and not key:
        raise ScrapeError("key_missing", scraper.name, spec.key_env)
    if not base and not urls:
        raise ScrapeError("no_url", scraper.name)
    return Plan(State(base, today.isoformat(), key=key, urls=urls))


def origins(urls: Sequence[str]) -> list[str]:
    """The origins of URLs that the operator named, for ``Fetcher(local_origins=…)``."""
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls) if parts.netloc]
