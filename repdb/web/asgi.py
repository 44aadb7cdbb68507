"""The front of the site: our own addresses are answered here, all others by Datasette behind it (floor 4).

Answering before Datasette's routing is what makes a look-up cheap; every response, ours or Datasette's, leaves
through here with the security headers.
"""

from __future__ import annotations

import asyncio
import gzip
import inspect
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import blake2b
from typing import Any

from repdb.records import RepdbError, Text
from repdb.web import language
from repdb.web.context import Request
from repdb.web.responses import HTML, Problem, Response, problem_json, status_of
from repdb.web.routes import NOT_FOUND, Match, Route
from repdb.web.site import Site

log = logging.getLogger("repdb.web")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}
STRICT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Datasette's own pages carry inline script and style; nothing from elsewhere is loaded there either.
DATASETTE_CSP = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_CSP = "default-src 'none'; frame-ancestors 'none'"
_CORS = {"access-control-allow-origin": "*"}
_PREFLIGHT = _CORS | {
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "content-type, accept-language",
    "access-control-max-age": "86400",
}
INTERNAL = Text(
    "こちらの不具合です。少し待ってから、もう一度試してください。",
    "Something went wrong on our side. Wait a moment and try again.",
)
# Another site may ask us anything, but not send in something in the name of its visitors.
_OWN_PAGES_ONLY = ("/api/v1/reports", "/api/v1/disputes")
NO_API = Text(
    "この API はありません。/api/v1/openapi.json を見てください。", "There is no such API. See /api/v1/openapi.json."
)
_PACK_FROM = 1400


def _encode(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in headers.items()]


_ALWAYS_BYTES = _encode(_ALWAYS)
_PAGE_BYTES = [*_ALWAYS_BYTES, *_encode({"content-security-policy": STRICT_CSP})]
_API_BYTES = [*_ALWAYS_BYTES, *_encode({"content-security-policy": API_CSP})]
_OPEN_BYTES = [*_API_BYTES, *_encode(_CORS)]


_NOWHERE = Route("GET", "", "")


def _missing(request: Request) -> Response:
    raise Problem(404, "not_found", NOT_FOUND)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that has been read, for the next who wants to."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Any:
        return messages.pop() if messages else await receive()

    return read


class Front:
    """The ASGI application around Datasette's."""

    def __init__(self, site: Site, behind: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.site = site
        self.behind = behind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.behind(scope, receive, send)
            return
        self.site.watch()
        path = self._path(scope)
        api = path.startswith("/api/")
        if api and scope["method"] == "OPTIONS":
            allowed = dict(_PREFLIGHT) if _base(path) is _OPEN_BYTES else {}
            await _send(send, Response(b"", 204, headers=allowed), path, None)
            return
        try:
            match = self.site.table.find(scope["method"], path)
        except Problem as error:
            await _send(send, problem_json(error, "ja"), path, None)
            return
        if match is None and api:
            await _send(send, problem_json(Problem(404, "not_found", NO_API), "en"), path, None)
            return
        if match is None:
            from repdb.web.browsing import known, pass_on

            if not known(self.site, path):
                await self._answer(scope, receive, send, Match(_NOWHERE, _missing, {}), path)
                return
            if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                request = Request(self.site, scope, receive, Match(_NOWHERE, _missing, {}))
                try:
                    receive = _again(await request.text(), receive)
                except Problem as error:
                    await _send(send, problem_json(error, request.lang), path, None)
                    return
            await pass_on(self.site, self.behind, scope, receive, send, path)
            return
        await self._answer(scope, receive, send, match, path)

    def _path(self, scope: Scope) -> str:
        """The path as it was sent, still encoded, below the base URL."""
        raw = scope.get("raw_path")
        path: str = raw.decode("latin-1").partition("?")[0] if raw else scope["path"]
        base = self.site.base_url
        return "/" + path[len(base) :] if base != "/" and path.startswith(base) else path

    async def _answer(self, scope: Scope, receive: Receive, send: Send, match: Match, path: str) -> None:
        request = Request(self.site, scope, receive, match)
        response = await respond(request, match, path.startswith("/api/"))
        if request.scope["method"] == "POST" and not request.body_read:
            response.headers.setdefault("connection", "close")
        await _send(send, response, path, request)


async def respond(request: Request, match: Match, api: bool) -> Response:
    """The response of the handler, of the cache, or of what went wrong."""
    try:
        tag = _tag(request) if match.route.snapshot else ""
        if tag and request.headers.get("if-none-match") == tag:
            return Response(b"", 304, headers={"etag": tag}, cache=60)
        if match.route.limit:
            request.site.limits.check(match.route.limit, request.client)
        response = match.handler(request)
        if inspect.isawaitable(response):
            response = await response
        assert isinstance(response, Response)
        if tag and response.status == 200 and response.cache is not None:
            response.headers["etag"] = tag
        return response
    except RepdbError as error:
        if status_of(error) >= 500:
            log.error("%s: %s", match.route.path, error)
        return problem_json(error, request.lang) if api else error_page(request, error)
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("failed: %s", match.route.path)
        problem = Problem(500, "internal", INTERNAL)
        return problem_json(problem, "ja") if api else error_page(request, problem)


def _tag(request: Request) -> str:
    """ETag of an answer that depends on address, language, day and snapshot alone."""
    asked = f"{request.scope.get('raw_path')}?{request.query} {request.lang} {request.site.today()}"
    return f'W/"{request.generation.etag_base}-{blake2b(asked.encode(), digest_size=8).hexdigest()}"'


def error_page(request: Request, error: RepdbError) -> Response:
    status = status_of(error)
    text = error.text if status != 500 else INTERNAL
    response = request.page("error.html", status, None, code=error.code, text=text.pick(request.lang))
    if isinstance(error, Problem):
        response.headers.update(error.headers)
    return response


def _base(path: str) -> list[tuple[bytes, bytes]]:
    """The security headers for a path; the open part of the API may be asked by other sites' pages."""
    if not path.startswith("/api/"):
        return _PAGE_BYTES
    return _API_BYTES if path.startswith(_OWN_PAGES_ONLY) else _OPEN_BYTES


async def _send(send: Send, response: Response, path: str, request: Request | None) -> None:
    headers = response.headers
    body = response.body
    headers.setdefault("cache-control", "no-store" if response.cache is None else _cache_control(response.cache))
    if request is not None:
        headers.setdefault("vary", "Accept-Language, Cookie")  # the language may be remembered
        if (
            "lang=" in request.query
            and response.content_type == HTML
            and request.args.get("lang") in language.LANGUAGES
        ):
            response.cookies.append(language.remember(request.lang, request.secure))
            headers["cache-control"] = "private, no-cache"
        response.cookies += request.cookies_set
        if _may_pack(request, response):
            body = gzip.compress(body, 1)
            headers["content-encoding"] = "gzip"
            headers["vary"] += ", Accept-Encoding"
        if request.scope["method"] == "HEAD":
            headers["content-length"] = str(len(body))
            body = b""
    out = [*_base(path), *_encode(headers)]
    if response.status not in (204, 304):
        out.append((b"content-type", response.content_type.encode("latin-1")))
        if "content-length" not in headers:
            out.append((b"content-length", b"%d" % len(body)))
    out += [(b"set-cookie", cookie.encode("latin-1")) for cookie in response.cookies]
    await send({"type": "http.response.start", "status": response.status, "headers": out})
    await send({"type": "http.response.body", "body": body})


def _cache_control(seconds: int) -> str:
    if seconds >= 31_536_000:
        return f"public, max-age={seconds}, immutable"
    return f"public, max-age={seconds}, stale-while-revalidate={seconds}"


def _may_pack(request: Request, response: Response) -> bool:
    """Pages that hold a token stay as they are: packing them beside echoed input would leak it (BREACH)."""
    return (
        response.content_type == HTML
        and response.cache is not None
        and len(response.body) > _PACK_FROM
        and "gzip" in request.headers.get("accept-encoding", "")
    )


__all__ = ["DATASETTE_CSP", "Front", "Route", "STRICT_CSP", "error_page", "respond"]
