"""One request, as a handler sees it (floor 4). What can be done with it: see ``repdb.web``."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from repdb.content import mended
from repdb.lookup import Lookup
from repdb.records import Text
from repdb.web import csrf, language
from repdb.web.responses import Problem, Response
from repdb.web.routes import Match

if TYPE_CHECKING:
    from repdb.web.generation import Generation
    from repdb.web.site import Site

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-fA-F:.]{2,45}\](?::[0-9]{1,5})?")
BODY_SECONDS = 15.0
MAX_FIELDS = 40

TOO_LARGE = Text("大きすぎます（上限 {limit} バイト）。", "That is too large (the limit is {limit} bytes).")
TOO_SLOW = Text("送信が途中で止まりました。もう一度送ってください。", "The request came too slowly. Send it again.")
BAD_FORM = Text("フォームを読めません。", "The form cannot be read.")
BAD_JSON = Text("JSON のオブジェクトとして読めません。", "The body is not a JSON object.")
NOT_JSON = Text("Content-Type は application/json にしてください。", "Send Content-Type: application/json.")
FORGED = Text(
    "確認の印が合いません。ページを開き直してから、もう一度送ってください。",
    "The form's token does not match. Open the page again and send it once more.",
)


class Request:
    """A request and what it needs: the site, the snapshot it is answered from, the visitor's language."""

    def __init__(self, site: Site, scope: Mapping[str, Any], receive: Callable[[], Any], match: Match) -> None:
        self.site = site
        self.scope = scope
        self.receive = receive
        self.route = match.route
        self.params = match.params
        self.generation: Generation = site.generation
        self.headers: dict[str, str] = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        self.query = scope.get("query_string", b"").decode("latin-1")
        self.cookies_set: list[str] = []
        self.body_read = False

    @cached_property
    def args(self) -> dict[str, str]:
        """The query's fields; the first of each name counts."""
        try:
            pairs = parse_qsl(self.query, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
        except ValueError as error:
            raise Problem(400, "bad_query", BAD_FORM) from error
        return dict(reversed(pairs))

    @cached_property
    def cookies(self) -> dict[str, str]:
        """As browsers send them. Other sites of the same domain may have set some that RFC 6265 does not allow, at which
        ``http.cookies`` would stop reading."""
        pairs = (pair.partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs}

    @cached_property
    def lang(self) -> str:
        asked = self.args.get("lang", "") if "lang=" in self.query else ""
        return language.choose(asked, self.cookies, self.headers.get("accept-language", ""))

    @property
    def switched(self) -> str:
        """This page in the other language, with what else was asked for."""
        kept: dict[str, str] = {}
        with contextlib.suppress(Problem):  # the page says that its address cannot be read
            kept = {name: value for name, value in self.args.items() if name != "lang"}
        return "?" + urlencode({**kept, "lang": self.t("en", "ja")})

    @property
    def secure(self) -> bool:
        return self.scope.get("scheme") == "https"

    @property
    def client(self) -> str:
        """Who asks: the address, behind a trusted proxy the one that it names. For rate limits, never stored as such."""
        return str((self.scope.get("client") or ("", 0))[0])

    @property
    def lookup(self) -> Lookup:
        """Look-ups in the snapshot, for the thread of the event loop."""
        return self.generation.lookup(self.site.today())

    def t(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en

    def url(self, path: str) -> str:
        return self.site.base_url + path.lstrip("/")

    def absolute(self, path: str) -> str:
        """A path of ours as a whole address, for what is read elsewhere: cards, feeds, maps of the site."""
        host = self.headers.get("host", "")
        return f"{self.scope.get('scheme', 'http')}://{host}{path}" if _HOST.fullmatch(host) else path

    async def in_snapshot(self, work: Callable[..., Any], *args: Any) -> Any:
        """``work(lookup, *args)`` in a worker thread, with a connection of its own to this request's snapshot."""
        return await self.generation.run(self.site.today(), work, *args)

    async def working(self, work: Callable[..., Any], *args: Any) -> Any:
        """``work(database, *args)`` with the open working database, in its thread. Raises Problem 503 without one."""
        return await self.site.writer.run(work, *args)

    def page(self, name: str, status: int = 200, cache: int | None = 60, **context: Any) -> Response:
        """A rendered template. One that holds a form's token is not cached."""
        from repdb.web.templates import render

        body = render(self, name, context).encode("utf-8", "replace")
        return Response(body, status, cache=None if self.cookies_set else cache)

    def csrf_token(self) -> str:
        """The visitor's token for forms; a cookie is set with the response where there is none yet."""
        token = self.cookies.get(csrf.COOKIE, "")
        if not csrf.genuine(self.site.secret, token):
            token = csrf.new_token(self.site.secret)
            self.cookies[csrf.COOKIE] = token
        if not self.cookies_set:
            self.cookies_set.append(csrf.cookie(token, self.secure))
        return token

    async def body(self) -> bytes:
        """The request's body. Raises Problem 413 beyond the route's limit, 408 when it comes too slowly."""
        limit = self.route.body
        too_large = Problem(413, "too_large", TOO_LARGE.format(limit=limit), headers={"connection": "close"})
        if int(self.headers.get("content-length", "0") or 0) > limit:
            raise too_large
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message = await self.receive()
                    if message["type"] == "http.disconnect":
                        raise Problem(400, "disconnected", TOO_SLOW)
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > limit:
                        raise too_large
                    if not message.get("more_body"):
                        break
        except TimeoutError as error:
            raise Problem(408, "too_slow", TOO_SLOW, headers={"connection": "close"}) from error
        self.body_read = True
        return b"".join(parts)

    async def text(self) -> bytes:
        """A short form for Datasette, which itself would read on for as long as somebody sends, and stumble over what is
        not UTF-8. Raises Problem."""
        if self.headers.get("content-type", "").lower().startswith("multipart/"):
            raise Problem(415, "bad_form", BAD_FORM)
        return (await self.body()).decode("utf-8", "replace").encode()

    async def form(self) -> dict[str, str]:
        """The fields of a posted form (urlencoded); the first of each name counts. Raises Problem."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise Problem(415, "bad_form", BAD_FORM)
        try:
            text = (await self.body()).decode("ascii", "replace")
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
        except ValueError as error:
            raise Problem(400, "bad_form", BAD_FORM) from error
        fields = dict(reversed(pairs))
        if self.route.csrf and not csrf.allowed(
            self.site.secret, self.cookies, self.headers, fields.pop(csrf.FIELD, "")
        ):
            raise Problem(403, "forged", FORGED)
        return fields

    async def json(self) -> dict[str, Any]:
        """The object that was posted. Raises Problem."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Problem(415, "not_json", NOT_JSON)
        try:
            body = await self.body()
            value = json.loads(body)
            if b"\\ud" in body.lower():
                value = json.loads(mended(json.dumps(value, ensure_ascii=False)))
        except (ValueError, RecursionError) as error:
            raise Problem(400, "bad_json", BAD_JSON) from error
        if not isinstance(value, dict):
            raise Problem(400, "bad_json", BAD_JSON)
        return value
