"""The page of one number, domain, sender, company or campaign (floor 4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from repdb import identify
from repdb.categories import CATEGORIES
from repdb.dates import show_date
from repdb.lookup import Lookup
from repdb.records import Answer, Identifier, Text
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
    """The answer's page at the one address of its key; other ways to write it lead there."""
    found = identify.candidates(query, kind)[0]
    key, reports = place(request.lookup.db, SUBJECT_OF[found.kind], found.key)
    path = page_of(found.kind, key)
    if unquote(path) != f"/{path.split('/')[1]}/{request.params['key']}":
        return Response.redirect(request.url(path), 302)
    answer, around = await request.in_snapshot(_both, found) if reports > QUICK else _both(request.lookup, found)
    unknown = not answer.known and answer.verdict != "official"
    return request.page(
        "result.html",
        cache=None if unknown else 60,  # what was asked for in vain is kept nowhere
        shown=present(request, answer, around),
        unknown=unknown,
        og_card=f"card-{answer.verdict}.png",
        path=path,
    )


def _both(lookup: Lookup, found: Identifier) -> tuple[Answer, Surroundings]:
    answer = lookup.identified(found.key, found)
    if not answer.tally.report_count:
        return answer, Surroundings()
    return answer, surroundings(lookup.db, SUBJECT_OF[found.kind], answer.key)


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
