"""Pages that explain: about, method, privacy, API (floor 4)."""

from __future__ import annotations

from repdb import score, votes
from repdb.records import Text
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


# Every operation of the API, as the page lists them; a test compares them with the routes.
OPERATIONS: dict[str, Text] = {
    "GET /api/v1/lookup/{q}": Text("番号・ドメイン・名前の判定", "the verdict on a number, domain or name"),
    "GET /api/v1/lookup": Text("同じものを ?q= で", "the same with ?q="),
    "POST /api/v1/lookup": Text("まとめて調べる", "many at once"),
    "POST /api/v1/check": Text("メッセージ全体の判定", "the verdict on a whole message"),
    "POST /api/v1/reports": Text("報告（確認のあとに公開）", "a report, published after review"),
    "POST /api/v1/reports/preview": Text("保存される形を先に見る", "what will be kept of a report"),
    "GET /api/v1/reports/{receipt}": Text("報告や異議の状態", "the state of a report or dispute"),
    "DELETE /api/v1/reports/{receipt}": Text("取り下げる", "withdraw it"),
    "POST /api/v1/disputes": Text("持ち主の異議", "an owner's objection"),
    "GET /api/v1/stats": Text("統計", "figures"),
    "GET /api/v1/openapi.json": Text("OpenAPI の文書", "the OpenAPI document"),
}


def api(request: Request) -> Response:
    operations = [(call, text.pick(request.lang)) for call, text in OPERATIONS.items()]
    return request.page("api.html", cache=3600, operations=operations)
