"""Companies licensed to collect debts (債権管理回収業): the ministry's list, as a page, Excel, CSV or PDF.

These are genuine companies, whose names fake bills like to borrow; their numbers are official channels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repdb.contracts import Page, Record, SourceSpec
from repdb.records import Company, OfficialChannel, Text

from ._table import rows

SOURCE = SourceSpec(
    name="moj-servicers",
    title=Text("債権管理回収業の許可会社（法務省）", "Licensed debt collection companies (Ministry of Justice)"),
    url="https://www.moj.go.jp/",
    kind="official",
    trust=1.4,
    rows=(30, 1_000),
    cadence="asked",
    redistributable=True,
    whole=True,
    terms="Facts only: licence number, name, telephone number.",
)
_COLUMNS = {"licence": ("許可番号",), "name": ("商号", "会社名", "名称"), "phone": ("電話", "TEL", "連絡先")}
_LABEL = Text("法務省の一覧にある電話番号", "telephone number on the ministry's list")


def parse(page: Page) -> Iterator[Record]:
    source, day = SOURCE.name, page.fetched_on
    for line, cells, written in rows(page, _COLUMNS, ["licence", "name"], many=["phone"]):
        number = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", cells.get("licence", ""))))
        name = cells.get("name", "")
        if not number or not name:
            yield page.reject(line, "bad_row", "no licence number or no name", written)
            continue
        yield Company(name, name, "genuine", licence=f"法務大臣許可第{number}号", source=source, checked_on=day)
        for phone in filter(None, cells.get("phone", "").split(" | ")):
            yield OfficialChannel("phone", phone, name, *_LABEL, url=page.address, source=source, checked_on=day)
