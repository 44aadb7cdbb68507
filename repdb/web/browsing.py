"""Datasette's own pages on the snapshot: what we add to them on the way (floor 4)."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from datasette.utils import tilde_encode
from markupsafe import Markup

from repdb.subjects import SUBJECT_OF
from repdb.text.bigrams import match_text
from repdb.web.generation import browse
from repdb.web.plain import clean, defang, page_of, shown
from repdb.web.spreadsheet import Neutral

if TYPE_CHECKING:
    import sqlite3

    from repdb.web.site import Site

log = logging.getLogger("repdb.web")

Scope = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
CACHE = 60


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Datasette passes what was typed into a search box through ``escape_fts``: ours finds Japanese words too."""
    connection.create_function("escape_fts", 1, lambda typed: match_text(str(typed or "")), deterministic=True)


# Column → kind of the page that it names. Where a table has both, the ``display`` of its key leads there as well.
_KIND_OF_COLUMN = {
    "number": "phone",
    "masked_number": "masked_phone",
    "domain": "domain",
    "sender_id": "sender_id",
    "company": "company",
    "campaign": "campaign",
}
# Table → column of the key whose readable form is in ``display`` or ``name``.
_SHOWN_KEY = {
    "numbers": "number",
    "number_evidence": "number",
    "masked_numbers": "masked_number",
    "domains": "domain",
    "sender_ids": "sender_id",
    "companies": "company",
    "reports_by_company": "company",
}
# Tables of addresses that we checked or that a public body looks after: these may be followed.
_LIVE = frozenset({"sources", "companies", "official_channels", "notices", "advice_contacts"})


def cell(site: Site, table: str | None, column: str, value: Any, row: Any = None) -> Any:
    """How a value is shown in Datasette's tables; None leaves it to Datasette.

    Keys lead to their result pages; texts are defanged, so that nothing of a fraud can be clicked.
    """
    label = value["label"] if isinstance(value, dict) else value
    if not isinstance(label, str) or not label:
        return None
    key = value["value"] if isinstance(value, dict) else value
    kind = _KIND_OF_COLUMN.get(column)
    names = set(row.keys()) if row is not None else set()
    if column in ("display", "name") and _SHOWN_KEY.get(table or "") in names:
        column = _SHOWN_KEY[table or ""]
        kind, key = _KIND_OF_COLUMN[column], row[column]
    elif column in ("subject", "key") and "kind" in names and row["kind"] in SUBJECT_OF:
        kind = row["kind"]
    if kind and isinstance(key, dict):
        key = key["value"]
    if kind:
        href = site.base_url + page_of(kind, str(key)).lstrip("/")
        return Markup('<a class="id" href="{}">{}</a>').format(href, clean(shown(kind, label)))
    if label.startswith("https://") and column == "url" and table in _LIVE:
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(clean(label))
    safe = clean(defang(label))
    return Markup("<bdi>{}</bdi>").format(safe) if safe != label or "://" in label else None


# Datasette's list of its databases says where on the server their files lie.
_TELLS_PATHS = re.compile(r"/-/databases(?:$|[./])", re.IGNORECASE)


def known(site: Site, path: str) -> bool:
    """Whether Datasette has something at this path: one of its databases, or an address of its own."""
    if _TELLS_PATHS.match(path):
        return False
    first = re.split(r"[/.]", path.lstrip("/"), maxsplit=1)[0]
    routes = {tilde_encode(database.route or name) for name, database in site.datasette.databases.items()}
    return path in ("/.json", "/.jsono") or first in routes | {"-", "favicon", ":memory:"}


async def pass_on(
    site: Site,
    behind: Callable[..., Awaitable[None]],
    scope: Scope,
    receive: Callable[[], Awaitable[Any]],
    send: Send,
    path: str,
) -> None:
    """Let Datasette answer, unless the visitor has its answer already; it leaves with our headers."""
    from repdb.web.asgi import _ALWAYS, DATASETTE_CSP

    database, _, rest = path[1:].partition("/")
    browse(re.split(r"[/.]", rest, maxsplit=1)[0] if database == site.route else "")
    ours = {**_ALWAYS, "content-security-policy": DATASETTE_CSP}
    given = {k: v for k, v in scope["headers"] if k in (b"if-none-match", b"cookie", b"authorization")}
    tag = ""
    if (
        scope["method"] in ("GET", "HEAD")
        and path.startswith(f"/{site.route}")
        and len(given.keys() - {b"if-none-match"}) == 0
    ):
        asked = blake2b(path.encode() + b"?" + scope.get("query_string", b""), digest_size=8).hexdigest()
        tag = f'W/"{site.generation.etag_base}-{asked}"'
        ours |= {"etag": tag, "cache-control": f"public, max-age={CACHE}, stale-while-revalidate={CACHE}"}
        if given.get(b"if-none-match", b"").decode("latin-1") == tag:
            headers = [(k.encode(), v.encode()) for k, v in ours.items()]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
    await behind({**scope, "query_string": _untraced(scope.get("query_string", b""))}, receive, _guarded(send, ours))


def _untraced(query: bytes) -> bytes:
    """A query without ``_trace``: with it Datasette 0.65 sends a CSV as a page, traces allowed or not, and the text of an
    error in it unescaped, which may quote a script out of the SQL of a link."""
    if b"trac" not in (plain := unquote_to_bytes(query)) and b"where" not in plain:
        return query
    named = [(unquote_to_bytes(pair.partition(b"=")[0].replace(b"+", b" ")), pair) for pair in query.split(b"&")]
    # Without brackets an OR cancels the condition of the next page, and a stream never ends.
    kept = [
        b"_where=%%28%b%%29" % pair.partition(b"=")[2] if name == b"_where" else pair
        for name, pair in named
        if name != b"_trace"
    ]
    return b"&".join(kept)


def _guarded(send: Send, ours: dict[str, str]) -> Send:
    csv = False
    neutral = Neutral()

    async def guarded(message: Any) -> None:
        nonlocal csv
        if message["type"] == "http.response.start":
            if message["status"] >= 500:
                log.error("Datasette answered %s", message["status"])
            sent = {k.decode("latin-1").lower(): v for k, v in message["headers"]}
            kept = dict(ours)
            if message["status"] != 200 or "set-cookie" in sent or b"private" in sent.get("cache-control", b""):
                kept.pop("etag", None)
                kept.pop("cache-control", None)
            # "text/plain" alone is JSON, one object a line.
            csv = sent.get("content-type", b"").startswith((b"text/csv", b"text/plain;")) and message["status"] == 200
            gone = set(kept) | ({"content-length"} if csv else set())
            headers = [(k, v) for k, v in message["headers"] if k.decode("latin-1").lower() not in gone]
            message = {**message, "headers": headers + [(k.encode(), v.encode()) for k, v in kept.items()]}
        elif csv:
            message = {**message, "body": neutral.feed(message.get("body", b""), not message.get("more_body"))}
        await send(message)

    return guarded
