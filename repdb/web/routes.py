"""Every address of the site in one table, and how a path finds its row (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import unquote

from repdb.records import Text
from repdb.web.responses import Problem

NOT_FOUND = Text("このページはありません。", "There is no such page.")
BAD_METHOD = Text("この方法では使えません。使える方法: {allowed}", "Not allowed here. Use: {allowed}")


class Route(NamedTuple):
    """``handler`` is ``module:function`` below ``repdb.web``; ``{name}`` in the path is one segment, decoded.

    ``snapshot``: the answer depends on path, query, language and snapshot alone. ``limit`` names the rate limit
    (``limits.RATES``) that a request counts against. ``body`` is the most that a request may send, in bytes.
    """

    method: str
    path: str
    handler: str
    snapshot: bool = False
    limit: str = ""
    body: int = 65_536
    csrf: bool = True


# Characters of a message that are checked, enough for the source of most mails; and as many of Japanese as a form sends
# them, each in nine bytes.
LONGEST = 60_000
MESSAGE = 10 * LONGEST

ROUTES: tuple[Route, ...] = (
    Route("GET", "/", "pages.home:home", snapshot=True),
    Route("GET", "/search", "pages.home:search", limit="check"),
    Route("POST", "/search", "pages.home:search", limit="check", body=MESSAGE, csrf=False),
    Route("GET", "/number/{key}", "pages.result:number", snapshot=True),
    Route("GET", "/domain/{key}", "pages.result:domain", snapshot=True),
    Route("GET", "/sender/{key}", "pages.result:sender", snapshot=True),
    Route("GET", "/company/{key}", "pages.result:company", snapshot=True),
    Route("GET", "/campaign/{id}", "pages.result:one_campaign", snapshot=True),
    Route("GET", "/check", "pages.check:form", limit="check"),
    Route("POST", "/check", "pages.check:submit", limit="check", body=MESSAGE, csrf=False),
    Route("GET", "/assess", "pages.assess:form", snapshot=True),
    Route("POST", "/assess", "pages.assess:submit", csrf=False),
    Route("GET", "/report", "pages.report:form"),
    Route("POST", "/report", "pages.report:send", limit="report"),
    Route(
        "GET", "/report/preview", "pages.report:form"
    ),  # where the language switch leads from the pages that are posted
    Route("GET", "/report/message", "pages.report:form"),
    Route("POST", "/report/preview", "pages.report:preview", limit="preview"),
    Route("POST", "/report/message", "pages.report:from_message", limit="check", body=MESSAGE, csrf=False),
    Route("GET", "/dispute", "pages.report:dispute_form"),
    Route("POST", "/dispute", "pages.report:dispute", limit="dispute"),
    Route("GET", "/receipt", "pages.report:receipt_form"),
    Route("POST", "/receipt", "pages.report:follow", limit="receipt"),
    Route("GET", "/-/review", "pages.review:page"),
    Route("POST", "/-/review", "pages.review:act"),
    Route("POST", "/-/review/sign-in", "pages.review:sign_in", limit="login"),
    Route("POST", "/-/review/sign-out", "pages.review:sign_out"),
    Route("GET", "/stats", "pages.figures:stats", snapshot=True),
    Route("GET", "/sources", "pages.figures:source_list", snapshot=True),
    Route("GET", "/about", "pages.texts:about", snapshot=True),
    Route("GET", "/method", "pages.texts:method", snapshot=True),
    Route("GET", "/privacy", "pages.texts:privacy", snapshot=True),
    Route("GET", "/api", "pages.texts:api", snapshot=True),
    Route("GET", "/feed.atom", "pages.machine:feed", snapshot=True),
    Route("GET", "/sitemap.xml", "pages.machine:sitemaps", snapshot=True),
    Route("GET", "/sitemap/{part}", "pages.machine:sitemap", snapshot=True),
    Route("GET", "/robots.txt", "pages.machine:robots"),
    Route("GET", "/manifest.webmanifest", "pages.machine:manifest", snapshot=True),
    Route("GET", "/api/v1/lookup/{q}", "api:lookup", snapshot=True),
    Route("GET", "/api/v1/lookup", "api:lookup", snapshot=True),
    Route("POST", "/api/v1/lookup", "api:lookup_batch", limit="batch", body=262_144),
    Route("POST", "/api/v1/check", "api:check", limit="check", body=MESSAGE),
    Route("POST", "/api/v1/reports", "api:report", limit="report"),
    Route("POST", "/api/v1/reports/preview", "api:report_preview", limit="preview"),
    Route("GET", "/api/v1/reports/{receipt}", "api:report_state", limit="receipt"),
    Route("DELETE", "/api/v1/reports/{receipt}", "api:report_withdraw", limit="receipt"),
    Route("POST", "/api/v1/disputes", "api:dispute", limit="dispute"),
    Route("GET", "/api/v1/stats", "api:stats", snapshot=True),
    Route("GET", "/api/v1/openapi.json", "api:document", snapshot=True),
    Route("GET", "/-/healthz", "api:health"),
    Route("GET", "/-/site/{digest}/{name}", "static:serve"),
)


class Match(NamedTuple):
    route: Route
    handler: Callable[[Any], Any]
    params: Mapping[str, str]


@cache
def load(handler: str) -> Callable[[Any], Any]:
    module, _, name = handler.partition(":")
    found: Callable[[Any], Any] = getattr(import_module(f"repdb.web.{module}"), name)
    return found


class Table:
    """Routes by path: literal paths in a dictionary, the others by their first segment."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.literal: dict[str, dict[str, Route]] = {}
        self.patterns: dict[str, list[tuple[re.Pattern[str], dict[str, Route]]]] = {}
        grouped: dict[str, dict[str, Route]] = {}
        for route in routes:
            grouped.setdefault(route.path, {})[route.method] = route
        for path, methods in grouped.items():
            if "{" not in path:
                self.literal[path] = methods
                continue
            pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))
            self.patterns.setdefault(path.split("/")[1], []).append((pattern, methods))

    def find(self, method: str, path: str) -> Match | None:
        """The row for a raw (still percent-encoded) path; None when the path is not ours.

        Raises Problem 405 for a path of ours with another method.
        """
        methods, groups = self.literal.get(path), {}
        if methods is None:
            first = path.removeprefix("/").partition("/")[0]  # "*" and "host:443" are paths too
            for pattern, candidates in self.patterns.get(first, ()):
                if found := pattern.fullmatch(path):
                    methods, groups = candidates, found.groupdict()
                    break
            else:
                return None
        route = methods.get("GET" if method == "HEAD" else method)
        if route is None:
            allowed = ", ".join(sorted(methods))
            raise Problem(405, "method_not_allowed", BAD_METHOD.format(allowed=allowed), headers={"allow": allowed})
        return Match(route, load(route.handler), {k: unquote(v, errors="replace") for k, v in groups.items()})
