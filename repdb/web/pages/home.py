"""The front page, and its one box that takes anything (floor 4)."""

from __future__ import annotations

from repdb.records import Answer, Text, Unreadable
from repdb.web.context import Request
from repdb.web.pages.check import checked
from repdb.web.pages.result import is_told_by_key, show
from repdb.web.plain import page_of
from repdb.web.responses import Response

# Something longer is a message, whatever its beginning looks like.
LONGEST_QUERY = 80
# Codes of what identify tells to be more than one thing.
MESSAGES = frozenset({"several", "message"})
UNREAD = Text(
    "「{query}」は、電話番号やドメインとして読めず、登録された名前にもありません。書きまちがいがないか確かめてください。",
    "'{query}' does not read as a number or domain, and is no name on the register. Check it for typing errors.",
)


def home(request: Request) -> Response:
    figures = {name: int(request.generation.meta.get(f"rows_{name}", 0)) for name in ("numbers", "domains", "reports")}
    return request.page("home.html", figures=figures, query="", problem="")


async def search(request: Request) -> Response:
    """What was typed or pasted: a number, domain or name leads to its page, anything else is checked as a message.

    What nobody has on record may be a message all the same, so it is answered here and becomes part of no address.
    """
    fields = await request.form() if request.scope["method"] == "POST" else request.args
    query = fields.get("q", "").strip()
    if not query:
        return Response.redirect(request.url("/"))
    if "\n" in query or len(query) > LONGEST_QUERY:
        return await checked(request, query)
    try:
        answer = request.lookup.answer(query)
    except Unreadable as error:
        if error.code in MESSAGES or len(query) > 20 or " " in query or "。" in query:
            return await checked(request, query)
        text = UNREAD.format(query=query) if error.code == "unrecognised" else error.text
        return request.page("home.html", 422, None, figures={}, query=query, problem=text.pick(request.lang))
    if _is_recorded(answer) and await is_told_by_key(request, answer):
        return Response.redirect(request.url(page_of(answer.kind, answer.key)))
    return await show(request, answer)


def _is_recorded(answer: Answer) -> bool:
    """Whether the text was read as an identifier of fixed shape, or is a name that is registered or reported."""
    return answer.kind != "company" or answer.known or answer.facts["status"] != "unverified"
