"""The page of one number, domain, sender, company or campaign (floor 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from repdb import identify
from repdb.categories import CATEGORIES
from repdb.dates import show_date
from repdb.lookup import Lookup
from repdb.records import Answer, Text
from repdb.related import Surroundings, campaign, place, surroundings
from repdb.subjects import SUBJECT_OF
from repdb.web.charts import timeline
from repdb.web.context import Request
from repdb.web.plain import defang, page_of
from repdb.web.present import groups, present
from repdb.web.responses import Problem, Response

# Beyond so many reports an answer is gathered in a worker thread, so that others need not wait for it.
QUICK = 100
NO_CAMPAIGN = Text("この手口の記録はありません。", "There is no such campaign on record.")


async def number(request: Request) -> Response:
    return await _result(request, "phone", request.params["key"].removeprefix("jp:"))


async def domain(request: Request) -> Response:
    return await _result(request, "domain", request.params["key"])


async def sender(request: Request) -> Response:
    return await _result(request, "sender_id", request.params["key"])


async def company(request: Request) -> Response:
    return await _result(request, "company", request.params["key"])


async def _result(request: Request, kind: str, query: str) -> Response:
    """The answer's page at the one address of its key. Other ways to write it lead there, unless they tell more than the
    key: a whole host that poses as a brand's, a name with another company's legal form."""
    found = identify.candidates(query, kind)[0]
    key, reports = place(request.lookup.db, SUBJECT_OF[found.kind], found.key)
    answer: Answer = await _quickly(request, reports, Lookup.identified, query, found)
    path = page_of(found.kind, key)
    own = unquote(path) == f"/{path.split('/')[1]}/{request.params['key']}"
    if not own and await is_told_by_key(request, answer):
        return Response.redirect(request.url(path), 302)
    unknown = not answer.known and answer.verdict != "official"
    cache = None if unknown else 60  # what was asked for in vain is kept nowhere
    return await show(request, answer, cache, answer.key if own else query)


async def show(request: Request, answer: Answer, cache: int | None = None, query: str = "") -> Response:
    """The page of an answer. ``query``: what an address of ours may hold that leads to the same answer, if anything."""
    around = await _quickly(request, answer.tally.report_count, _around, answer)
    return request.page(
        "result.html",
        cache=cache,
        shown=present(request, answer, around),
        unknown=not answer.known and answer.verdict != "official",
        og_card=f"card-{answer.verdict}.png",
        path=page_of(answer.kind, answer.key),
        query=query,
    )


async def is_told_by_key(request: Request, answer: Answer) -> bool:
    """Whether the page of the bare key says what this answer says."""
    subject = SUBJECT_OF[answer.kind]
    if subject in ("phone", "masked_phone"):
        return True
    found = identify.candidates(answer.key, subject)[0]
    bare: Answer = await _quickly(request, answer.tally.report_count, Lookup.identified, answer.key, found)
    return (bare.verdict, bare.findings) == (answer.verdict, answer.findings)


async def _quickly(request: Request, reports: int, work: Callable[..., Any], *args: Any) -> Any:
    """``work(lookup, *args)``, in a worker thread where there are many reports to read."""
    return await request.in_snapshot(work, *args) if reports > QUICK else work(request.lookup, *args)


def _around(lookup: Lookup, answer: Answer) -> Surroundings:
    if not answer.tally.report_count:
        return Surroundings()
    return surroundings(lookup.db, SUBJECT_OF[answer.kind], answer.key)


async def one_campaign(request: Request) -> Response:
    found: Any = await request.in_snapshot(lambda lookup: campaign(lookup.db, request.params["id"]))
    if found is None:
        raise Problem(404, "not_found", NO_CAMPAIGN)
    one, around = found
    lang = request.lang
    return request.page(
        "campaign.html",
        campaign=one,
        category=CATEGORIES[one.category].pick(lang),
        sample=defang(one.sample),
        period=tuple(show_date(day).pick(lang) for day in (one.first_reported_on, one.last_reported_on)),
        chart=timeline(request.t("報告された時期", "When it was reported"), around.months, lang),
        groups=tuple(groups(request, around.related)),
    )
