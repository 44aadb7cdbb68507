"""Pages that explain: about, method, privacy, API (floor 4)."""

from __future__ import annotations

from repdb import score, votes
from repdb.signals.message_weights import MESSAGE_WEIGHTS
from repdb.signals.weights import WEIGHTS
from repdb.web.context import Request
from repdb.web.responses import Response


def about(request: Request) -> Response:
    return request.page("about.html", cache=3600, contact=request.site.settings.contact)


def method(request: Request) -> Response:
    """Every weight with its reason, from the tables that the judgement itself reads."""
    subject = {code: row for code, row in WEIGHTS.items() if code not in MESSAGE_WEIGHTS}
    return request.page(
        "method.html",
        cache=3600,
        tables=((request.t("番号・ドメイン・名前", "Numbers, domains and names"), subject), (request.t("メッセージ全体", "Whole messages"), MESSAGE_WEIGHTS)),
        votes=votes,
        model=score.MODEL,
        bounds=[f"{votes.lower_bound(n, 0):.2f}" for n in (1, 2, 3)],
    )  # fmt: skip


def privacy(request: Request) -> Response:
    return request.page("privacy.html", cache=3600, contact=request.site.settings.contact)


def api(request: Request) -> Response:
    return request.page("api.html", cache=3600)
