"""The self-check: how exposed am I, and what now (floor 4)."""

from __future__ import annotations

from repdb import assess
from repdb.web.context import Request
from repdb.web.present import steps
from repdb.web.responses import Response


def form(request: Request) -> Response:
    return request.page(
        "assess.html", cache=3600, questions=assess.questions(), situations=assess.situations(), found=None
    )


async def submit(request: Request) -> Response:
    """The answer. What was ticked is neither stored nor part of an address."""
    fields = await request.form()
    yes = [question.code for question in assess.questions() if f"q-{question.code}" in fields]
    happened = [code for code in assess.situations() if f"s-{code}" in fields]
    found = assess.assess(yes, happened)
    lang, known = request.lang, assess.situations()
    return request.page(
        "assess.html",
        cache=None,
        found=found,
        title=found.title.pick(lang),
        detail=found.detail.pick(lang),
        happened=[known[code].pick(lang) for code in found.situations],
        steps=steps(found.steps, lang),
    )
