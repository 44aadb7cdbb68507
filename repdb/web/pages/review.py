"""The moderators' page: what waits, decisions with reasons, undo (floor 4). Signed in by token, held to it at each step."""

from __future__ import annotations

from typing import Any

from repdb import audit_log, moderators, phone, review, review_queue
from repdb.clock import in_japan
from repdb.db import Database
from repdb.records import Text
from repdb.web.context import Request
from repdb.web.plain import defang, page_of, shown
from repdb.web.responses import Problem, Response

COOKIE = "repdb_moderator"
SIGNED_IN_SECONDS = 43_200
WRONG_TOKEN = Text("トークンが違うか、取り消されています。", "The token is wrong or has been revoked.")


async def page(request: Request) -> Response:
    actor = await _actor(request)
    if not actor:
        return request.page("review_login.html", cache=None, problem="")
    found = await request.working(_gather)
    lang = request.lang
    return request.page(
        "review.html", cache=None, actor=actor, **found, warnings=review_queue.WARNINGS, reasons=review.REASONS,
        defang=defang, shown=shown, named=_named, link=lambda kind, key: request.url(page_of(kind, key)), done=request.args.get("done", "")[:20],
        title_of=lambda code: review_queue.WARNINGS[code].pick(lang),
    )  # fmt: skip


def _named(kind: str, key: str) -> str:
    return phone.display(key) if kind in ("phone", "masked_phone") else shown(kind, key)


def _gather(db: Database) -> dict[str, Any]:
    return {
        "waiting": review_queue.waiting(db),
        "queue": review_queue.reports(db, 20),
        "disputes": review_queue.disputes(db),
        "log": audit_log.entries(db, 15),
        "in_japan": in_japan,
    }


async def sign_in(request: Request) -> Response:
    """The token becomes a cookie that no script can read and no other site can use."""
    token = (await request.form()).get("token", "").strip()
    if await request.working(moderators.moderator_of, token) is None:
        return request.page("review_login.html", 403, None, problem=WRONG_TOKEN.pick(request.lang))
    response = Response.redirect(request.url("/-/review"))
    response.cookies.append(_cookie(request, token, SIGNED_IN_SECONDS))
    return response


async def sign_out(request: Request) -> Response:
    await request.form()
    response = Response.redirect(request.url("/-/review"))
    response.cookies.append(_cookie(request, "", 0))
    return response


async def act(request: Request) -> Response:
    """One decision: on a report, on a dispute, or the undoing of one."""
    fields = await request.form()
    actor = await _actor(request)
    if not actor:
        raise Problem(403, "not_signed_in", WRONG_TOKEN)
    done = await request.working(_decide, fields, actor, request.site.today())
    return Response.redirect(request.url(f"/-/review?done={done.action}"))


def _decide(db: Database, fields: dict[str, str], actor: str, today: Any) -> review.Decision:
    action, reason, remark = fields.get("action", ""), fields.get("reason", ""), fields.get("remark", "")
    if action == "undo":
        return review.undo(db, actor, today, fields.get("decision", ""))
    if dispute := fields.get("dispute"):
        return review.decide_dispute(db, dispute, action, actor, today, reason, remark)
    return review.decide(db, [fields.get("report", "")], action, actor, today, reason, remark)


async def _actor(request: Request) -> str:
    token = request.cookies.get(COOKIE, "")
    return (await request.working(moderators.moderator_of, token) or "") if token else ""


def _cookie(request: Request, value: str, seconds: int) -> str:
    secure = "; Secure" if request.secure else ""
    return f"{COOKIE}={value}; Path={request.url('/-/review')}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
