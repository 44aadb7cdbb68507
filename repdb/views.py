"""The views: what each is and what its columns mean, in Japanese and English (floor 1). Their SQL is schema/views.

A description reads ``日本語 | English``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from repdb.records import Text


class About(NamedTuple):
    """What a table or view is. ``published``: ``all`` rows, the ``accepted`` ones of open sources, or ``no`` row."""

    title: Text
    description: Text
    published: str = "all"


class View(NamedTuple):
    """A view: ``of`` are the tables whose columns it shows under their own names, ``columns`` describes the others."""

    about: About
    of: Sequence[str]
    columns: dict[str, str]


_REPORTS = "報告の数 | Number of reports"
_STATED = "情報源が示す件数の合計 | Reports, as counted by their sources"
_FIRST = "最初の報告の日付 | First report"
_LAST = "最後の報告の日付 | Last report"
_PERIOD = {"reports": _REPORTS, "stated_reports": _STATED, "first_reported_on": _FIRST, "last_reported_on": _LAST}

VIEWS: dict[str, View] = {
    "company_abusers": View(
        About(
            Text("名前と一緒に使われた番号・ドメイン", "Numbers and domains seen with a claimed name"),
            Text(
                "その名前を名乗る報告に出てくる番号とドメイン。名前の会社のものとは限りません。",
                "What appears in reports that claim the name. It need not belong to the company of that name.",
            ),
        ),
        ("companies", "reports", "numbers"),
        {
            "kind": "種類（phone, masked_phone, domain） | Kind: phone, masked_phone, domain",
            "subject": "番号またはドメイン | Number or domain",
            "display": "表示用 | As shown",
            "status": "会社の確認状況 | Whether the company is genuine",
        },
    ),
    "number_evidence": View(
        About(
            Text("番号ごとの根拠", "Evidence by number"),
            Text("番号についての受理された報告。判定の裏付け。", "Every accepted statement about a number."),
        ),
        ("numbers", "report_numbers", "reports", "sources"),
        {
            "source_title": "情報源の題名 | Title of the source",
            "note": "報告の説明（日本語） | The report's note in Japanese",
            "note_en": "報告の説明（英語） | The report's note in English",
            "title": "報告の題名 | Title of the report",
            "url": "根拠のページ | Page it stands on",
            "source": "情報源 | Source",
        },
    ),
    "reports_by_company": View(
        About(
            Text("名乗られた名前の集計", "Reports by claimed name"),
            Text("報告の中でよく名乗られる名前。", "Which names are claimed most often in reports."),
        ),
        ("companies",),
        _PERIOD | {"status": "会社の確認状況 | Whether the company is genuine"},
    ),
    "reports_by_month": View(
        About(
            Text("月ごとの報告", "Reports by month"),
            Text("月と分類ごとの報告の数。", "How many reports there are by month and category."),
        ),
        ("reports",),
        {"month": "年月 | Month", "reports": _REPORTS, "stated_reports": _STATED},
    ),
    "source_figures": View(
        About(
            Text("情報源ごとの集計", "Figures by source"),
            Text("情報源ごとの報告の数と利用条件。", "What each source has contributed, and under which licence."),
        ),
        ("sources",),
        _PERIOD,
    ),
}
