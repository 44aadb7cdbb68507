"""The API (floor 4). Its document is ``openapi.py``."""

from __future__ import annotations

from repdb.web.context import Request
from repdb.web.responses import Response


def health(request: Request) -> Response:
    """Whether the site answers, and from which snapshot: one row is really read."""
    generation = request.generation
    generation.lookup(request.site.today()).db.one("SELECT COUNT(*) FROM meta")
    return Response.json(
        {"status": "ok", "snapshot": generation.version, "snapshot_date": generation.meta.get("snapshot_date", "")}
    )
