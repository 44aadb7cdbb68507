"""JPCERT/CC's confirmed phishing URLs: one CSV per month, ``date,URL,description`` (the impersonated brand)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from repdb.brands import category_of
from repdb.contracts import Page, Record, Request, SourceSpec, State
from repdb.records import Text

from ._table import records

SOURCE = SourceSpec(
    name="jpcert-phishurl",
    title=Text("フィッシング URL（JPCERT/CC）", "Phishing URLs (JPCERT/CC)"),
    url="https://github.com/JPCERTCC/phishurl-list",
    base="https://raw.githubusercontent.com/JPCERTCC/phishurl-list/main/",
    kind="official",
    trust=1.2,
    rows=(50, 2_000_000),
    cadence="weekly",
    terms="No licence stated: host-level evidence and brand statistics with attribution, never the URLs.",
)
FIRST = 2019, 1


def pages(state: State) -> Iterator[Request]:
    """Month by month until one is not there yet; months before ``since`` are not asked for."""
    year, month = max(FIRST, (int(state.since[:4]), int(state.since[5:7]))) if state.since else FIRST
    while f"{year}-{month:02}" <= state.today[:7]:
        yield Request(urljoin(state.base, f"{year}/{year}{month:02}.csv"), "csv", last_if_missing=True)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def parse(page: Page) -> Iterator[Record]:
    for row in records(page, ("date", "URL", "description")):
        day, url, brand = (row.cells.get(name, "") for name in ("date", "URL", "description"))
        if url:
            yield {"reported_on": day, "category": category_of(brand), "url": url, "company": brand}
        else:
            yield page.reject(row.line, "no_url", "not three columns, or no URL", row.written)
