"""What the source is, and what its pages look like. Written by ``repdb scrape --new``; replace what is in capitals."""

from __future__ import annotations

from collections.abc import Iterator

from repdb.contracts import Page, Record, SourceSpec
from repdb.records import Text

from ._table import records

SOURCE = SourceSpec(
    name="NAME",
    title=Text("情報源の名前", "NAME OF THE SOURCE"),
    url="https://example.jp/list.csv",
    kind="feed",
    trust=0.5,
    rows=(1, 100_000),
    cadence="daily",
    terms="WHAT ITS LICENCE OR TERMS ALLOW",
)


def parse(page: Page) -> Iterator[Record]:
    for row in records(page, ("date", "number")):
        if number := row.cells.get("number"):
            yield {"reported_on": row.cells.get("date", ""), "category": "other", "sender_number": number}
        else:
            yield page.reject(row.line, "no_number", "not two columns, or no number", row.written)
