"""Datasette's own pages on the snapshot: what we add to them on the way (floor 4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

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


def cell(site: Site, table: str | None, column: str, value: Any) -> Any:
    """How a value is shown in Datasette's tables; None leaves it to Datasette."""
    return None


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
