"""A whole message, pasted or shared from another app (floor 4)."""

from __future__ import annotations

from repdb.web.context import Request
from repdb.web.message import check, present_message
from repdb.web.responses import Response
from repdb.web.routes import LONGEST


async def form(request: Request) -> Response:
    """The empty form; or the answer, where another app shares a text with us by address."""
    text = shared(request.args)
    return await checked(request, text) if text else request.page("check.html", text="", shown=None)


async def submit(request: Request) -> Response:
    text = shared(await request.form())
    return await checked(request, text) if text else Response.redirect(request.url("/check"))


async def checked(request: Request, text: str) -> Response:
    """The answer's page. The text goes nowhere else: it is neither stored nor part of an address of ours."""
    result = await check(request, text[:LONGEST])
    shown = present_message(request, result)
    return request.page(
        "check.html",
        cache=None,
        text=result.case.text,
        shown=shown,
        read=LONGEST if len(text) > LONGEST else 0,
        og_card=f"card-{shown.verdict}.png",
    )


def shared(fields: dict[str, str]) -> str:
    """The fields of Web Share Target as one text: apps put the message into any of them."""
    return "\n".join(part for name in ("title", "text", "q", "url") if (part := fields.get(name, "").strip()))
