"""PhoneBlock's community blocklist as JSON: the whole list once, then only what changed since its version number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urljoin

from repdb.contracts import Cursor, Page, Record, Request, SourceSpec, State, Withdrawn
from repdb.records import Text

SOURCE = SourceSpec(
    name="phoneblock",
    title=Text("PhoneBlock ブロックリスト", "PhoneBlock blocklist"),
    url="https://phoneblock.net/",
    base="https://phoneblock.net/phoneblock/api/",
    kind="feed",
    trust=0.5,
    rows=(0, 1_000_000),
    cadence="daily",
    licence="CC BY-NC-SA 4.0",
    terms="Not for republication: non-commercial, share-alike. Needs an API key of the operator.",
    key_env="REPDB_PHONEBLOCK_KEY",
)
_CATEGORIES = {"C_PING": "silent_call", "D_POLL": "nuisance_sales", "E_ADVERTISING": "nuisance_sales"}


def pages(state: State) -> Iterator[Request]:
    url = urljoin(state.base, f"blocklist?since={state.cursor.get('version', '0')}&format=json")
    yield Request(url, "json", {"Authorization": f"Bearer {state.key}"}, robots=False)


def parse(page: Page) -> Iterator[Record]:
    """One report per number, weighing as many votes as it has; no vote left means that the community took it back."""
    entries, version = page.field("numbers", list), page.field("version", int)
    for line, entry in enumerate(entries, 1):
        try:
            phone, votes, rating, last = (entry[name] for name in ("phone", "votes", "rating", "lastActivity"))
            day = (date(1970, 1, 1) + timedelta(milliseconds=last)).isoformat() if last else ""
            told = {"sender_number": phone, "reported_on": day, "count": str(votes), "ref": phone}
            told |= {"stance": "benign"} if rating == "A_LEGITIMATE" else {"category": _CATEGORIES.get(rating, "other")}
            yield told if votes > 0 else Withdrawn(phone)
        except (KeyError, TypeError, OverflowError) as error:
            yield page.reject(line, "bad_entry", repr(error), str(entry))
    yield Cursor("version", str(version))
