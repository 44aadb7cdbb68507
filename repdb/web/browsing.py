"""Datasette's own pages on the snapshot: what we add to them on the way (floor 4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from repdb.subjects import SUBJECT_OF
from repdb.web.plain import clean, defang, page_of, shown

if TYPE_CHECKING:
    from jinja2 import Environment

    from repdb.web.site import Site

Scope = MutableMapping[str, Any]


def prepare(env: Environment) -> None:
    """Templates of ``templates_datasette/`` stand before Datasette's, in this site only."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    folder = files("repdb.web") / "templates_datasette"
    assert env.loader is not None
    env.loader = ChoiceLoader([FileSystemLoader(str(folder)), env.loader])


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


async def pass_on(
    site: Site,
    behind: Callable[..., Awaitable[None]],
    scope: Scope,
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
    path: str,
) -> None:
    """Let Datasette answer; its response leaves with our security headers."""
    from repdb.web.asgi import _ALWAYS, DATASETTE_CSP

    ours = {**_ALWAYS, "content-security-policy": DATASETTE_CSP}

    async def guarded(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = [(k, v) for k, v in message["headers"] if k.decode("latin-1").lower() not in ours]
            headers += [(k.encode(), v.encode()) for k, v in ours.items()]
            message = {**message, "headers": headers}
        await send(message)

    await behind(scope, receive, guarded)
