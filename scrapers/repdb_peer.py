"""Another repdb's published reports, read through its Datasette (``report_feed``): instances federate.

A peer is one voice however many sources it has, so that nobody gains votes by being repeated. Each report keeps its
first source and id; what the peer itself took from a peer is left out, so that nothing goes round in circles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode, urljoin, urlsplit

from repdb.contracts import Cursor, Page, Record, Request, SourceSpec, State
from repdb.records import Text

SOURCE = SourceSpec(
    name="peer",
    title=Text("他の repdb", "Other repdb instances"),
    url="",
    kind="peer",
    trust=0.5,
    rows=(0, 10_000_000),
    cadence="daily",
    licence="CC BY 4.0",
    redistributable=True,
    terms="Published reports of another repdb, with their first source.",
)
_FIELDS = ("reported_on", "category", "stance", "sender_number", "callback_number", "number", "domain", "sender_id")
_TEXTS = ("company", "count", "title", "note", "note_en", "page_url")
_OVERLAP = timedelta(days=90)  # a peer reviews first, so reports appear later than the day they speak of


def pages(state: State) -> Iterator[Request]:
    for base in state.urls or filter(None, (state.base,)):
        asked = {"_shape": "objects", "_size": "max", "_sort": "reported_on"}
        if known := state.since or state.cursor.get(urlsplit(base).netloc):
            asked["reported_on__gte"] = known if state.since else (date.fromisoformat(known) - _OVERLAP).isoformat()
        yield Request(urljoin(base.rstrip("/") + "/", f"report_feed.json?{urlencode(asked)}"), "json")


def follow(page: Page) -> Iterator[Request]:
    """The next page of the same feed: what it is called elsewhere, or by a proxy, is not asked for."""
    page.need(isinstance(page.json, dict), "rows")
    if query := urlsplit(str(page.json.get("next_url") or "")).query:
        yield Request(urljoin(page.url, f"?{query}"), "json")


def parse(page: Page) -> Iterator[Record]:
    host, last = urlsplit(page.url).netloc, ""
    source = SOURCE.as_source(
        source=f"peer-{host}", title=host, title_en=host, url=page.url.partition("/report_feed")[0]
    )
    yield source
    for line, entry in enumerate(page.field("rows", list), 1):
        if not isinstance(entry, dict) or not entry.get("report_id") or not entry.get("source"):
            yield page.reject(line, "bad_entry", "no report_id or source", str(entry))
            continue
        day = str(entry.get("reported_on") or "")
        last = max(last, day) if len(day) == 10 else last
        if not str(entry["source"]).startswith("peer-"):
            told = {name: str(entry[name]) for name in (*_FIELDS, *_TEXTS) if entry.get(name)}
            yield told | {"source": source.source, "ref": f"{entry['source']}/{entry['report_id']}"}
    if last:
        yield Cursor(host, last)
