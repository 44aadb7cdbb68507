"""Statistics and sources (floor 4)."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from repdb.categories import CATEGORIES, SOURCE_KINDS
from repdb.dates import show_date
from repdb.overview import Overview, overview, sources
from repdb.phone import LINE_TYPES
from repdb.web.charts import Bars, bars, timeline
from repdb.web.context import Request
from repdb.web.plain import page_of
from repdb.web.responses import Response

# A snapshot never changes, so its figures are counted once.
_COUNTED: WeakKeyDictionary[Any, Overview] = WeakKeyDictionary()


async def stats(request: Request) -> Response:
    found = _COUNTED.get(request.generation)
    if found is None:
        found = await request.in_snapshot(lambda lookup: overview(lookup.db))
        _COUNTED[request.generation] = found
    t = request.t
    months = timeline(t("月ごとの報告", "Reports by month"), found.months, request.lang)
    return request.page("stats.html", cache=300, months=months, charts=_charts(request, found))


def _charts(request: Request, found: Overview) -> list[Bars]:
    t, lang = request.t, request.lang
    reports, numbers = t("報告", "Reports"), t("番号", "Numbers")
    made = [
        bars(t("種類ごとの報告", "Reports by kind"), t("種類", "Kind"), reports, [(CATEGORIES[c].pick(lang), n, "") for c, n in found.categories]),
        bars(t("名乗られた会社名", "Claimed company names"), t("名前", "Name"), reports, [(name, n, request.url(page_of("company", key))) for key, name, n in found.companies]),
        bars(t("回線の種類ごとの番号", "Numbers by line type"), t("回線", "Line"), numbers, [(LINE_TYPES[k].pick(lang), n, "") for k, n in found.lines]),
        bars(t("番号帯の事業者ごとの番号", "Numbers by carrier of the block"), t("事業者", "Carrier"), numbers, [(k, n, "") for k, n in found.carriers]),
    ]  # fmt: skip
    return [chart for chart in made if chart]


async def source_list(request: Request) -> Response:
    rows = await request.in_snapshot(lambda lookup: sources(lookup.db))
    lang = request.lang
    shown = [
        {
            **row._asdict(),
            "title": (row.title_en if lang == "en" else "") or row.title,
            "kind": SOURCE_KINDS[row.kind].pick(lang),
            "last": show_date(row.last_reported_on).pick(lang) if row.reports else "",
            "link": row.url if row.url.startswith("https://") else "",
        }
        for row in rows
    ]
    return request.page("sources.html", cache=300, rows=shown)
