"""Lists of fraudulent businesses that public offices publish as HTML tables, Excel, CSV, PDF or aligned text.

The names are what fraudsters *claim*; an honest company may bear the same one. So a name becomes a report that it was
claimed, never a verdict on a company, and addresses are not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator

from repdb.contracts import Page, Record, SourceSpec
from repdb.records import Text

from ._site import site_of
from ._table import rows

SOURCE = SourceSpec(
    name="notice",
    title=Text("公的機関の公表一覧", "Lists published by public offices"),
    url="",
    kind="article",
    trust=0.6,
    rows=(1, 50_000),
    cadence="asked",
    redistributable=True,
    terms="Facts only: names, numbers, dates, the law applied.",
)
_COLUMNS = {
    "company": ("事業者名", "事業者等", "業者名", "名称", "商号", "会社名", "名乗る"),
    "number": ("電話番号", "電話", "連絡先", "TEL"),
    "reported_on": ("公表日", "公表年月日", "掲載日", "年月日", "日付", "処分日"),
    "law": ("法律", "法令", "根拠"),
    "domain": ("URL", "ホームページ", "ウェブサイト", "サイト", "ドメイン"),
    "email": ("メールアドレス", "Eメール"),
    "category": ("分類", "手口", "種別", "類型"),
}
_NONE = frozenset({"-", "－", "―", "ー", "不明", "なし", "非公表"})


def parse(page: Page) -> Iterator[Record]:
    site = site_of(page, SOURCE)
    yield site
    for row in rows(page, _COLUMNS, ["company"], many=("number", "domain", "email")):
        told = {name: text for name, text in row.cells.items() if text not in _NONE}
        name, law = told.get("company"), told.pop("law", "")
        if name:
            note = f"公表一覧に「{name}」を名乗る事業者として掲載" + (f"（{law}）" if law else "")
            note_en = f"Listed as a business calling itself “{name}”" + (f" ({law})" if law else "")
            here = {"source": site.source, "page_url": page.address, "note": note, "note_en": note_en}
            yield {"category": "fake_billing"} | told | here
        else:
            yield page.reject(row.line, "no_company", "no name, or a column too few or too many", row.written)
