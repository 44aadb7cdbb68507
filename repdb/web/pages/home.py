"""The front page (floor 4)."""

from __future__ import annotations

from repdb.web.context import Request
from repdb.web.responses import Response


def home(request: Request) -> Response:
    return request.page("home.html")
