"""What a handler gives back, and what it may raise instead (floor 4)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from repdb.records import RepdbError, Text

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"


@dataclass(slots=True)
class Response:
    """``cache``: seconds that any cache may keep it; ``None`` means that none may."""

    body: bytes
    status: int = 200
    content_type: str = HTML
    cache: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)

    @classmethod
    def json(cls, value: Any, status: int = 200, cache: int | None = None, content_type: str = JSON) -> Response:
        return cls(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), status, content_type, cache)

    @classmethod
    def text(cls, text: str, content_type: str = "text/plain; charset=utf-8", cache: int | None = None) -> Response:
        return cls(text.encode("utf-8", "replace"), 200, content_type, cache)

    @classmethod
    def redirect(cls, url: str, status: int = 303) -> Response:
        return cls(b"", status, headers={"location": url})


class Problem(RepdbError):
    """An answer that is an error: HTTP status, stable code, sentence (RFC 9457 where JSON is wanted)."""

    def __init__(self, status: int, code: str, text: Text, **more: Any) -> None:
        super().__init__(code, text)
        self.status = status
        self.headers: dict[str, str] = more.pop("headers", {})
        self.more = more


# Code of a RepdbError → HTTP status. What is not named is the caller's mistake if it is Unreadable, else ours.
STATUS: dict[str, int] = {
    "db_locked": 503,
    "db_full": 503,
    "db_readonly": 503,
    "db_unreachable": 503,
    "db_missing": 503,
    "not_found": 404,
    "bad_receipt": 404,
    "no_such_report": 404,
    "no_such_dispute": 404,
}


def status_of(error: RepdbError) -> int:
    if isinstance(error, Problem):
        return error.status
    return STATUS.get(error.code, 422 if error.exit_code == 2 else 500)


def problem_json(error: RepdbError, lang: str) -> Response:
    """The error as ``application/problem+json``."""
    status = status_of(error)
    # What went wrong inside is for the log, not for the stranger.
    detail = error.text.pick(lang) if status != 500 else "internal error"
    more = error.more if isinstance(error, Problem) else {}
    headers = error.headers if isinstance(error, Problem) else {}
    body = {"type": f"urn:repdb:{error.code}", "title": error.code, "status": status, "detail": detail, **more}
    response = Response.json(body, status, content_type=PROBLEM)
    response.headers.update(headers)
    return response
