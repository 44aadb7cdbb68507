"""US Do-Not-Call complaints (FTC): daily CSV files, linked from one page that keeps about a month of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from repdb.contracts import Page, Record, Request, SourceSpec
from repdb.records import Text

from ._table import records

SOURCE = SourceSpec(
    name="ftc-dnc",
    title=Text("米国 Do Not Call 苦情データ（FTC）", "Do Not Call complaints (US FTC)"),
    url="https://www.ftc.gov/policy-notices/open-government/data-sets/do-not-call-data",
    kind="feed",
    trust=0.3,
    rows=(500, 2_000_000),
    cadence="daily",
    licence="US public domain",
    redistributable=True,
    terms="Unverified complaints of consumers in the United States.",
)
_COLUMNS = ("Company_Phone_Number", "Created_Date", "Violation_Date", "Subject")
_CATEGORIES = {"Dropped call or no message": "silent_call", "Other": "other"}  # all others: nuisance sales
_NOTE = "米国の消費者が Do Not Call 登録簿に寄せた苦情"


def follow(page: Page) -> Iterator[Request]:
    if page.kind == "html":
        files = [url for url in page.links if "DNC_Complaint_Numbers_" in url and url.endswith(".csv")]
        yield from (Request(url, "csv") for url in page.need(files, "DNC_Complaint_Numbers_….csv"))


def parse(page: Page) -> Iterator[Record]:
    """One report per number, day and subject of a file, weighing as many complaints as the file has of it."""
    complaints: Counter[tuple[str, str, str]] = Counter()
    for row in records(page, _COLUMNS) if page.kind != "html" else ():
        number, created, violation, subject = (row.cells.get(name, "") for name in _COLUMNS)
        if len(number) == 10 and number.isdigit() and number[0] in "23456789":
            complaints[f"+1{number}", (violation or created)[:10], subject] += 1
        elif number or not row.cells:
            yield page.reject(row.line, "bad_number", "not ten digits of the North American plan", row.written)
    file = page.url.rpartition("/")[2]
    for (number, day, subject), count in complaints.items():
        told = {"sender_number": number, "reported_on": day, "count": str(count), "note": _NOTE, "note_en": subject}
        category = _CATEGORIES.get(subject, "nuisance_sales")
        yield told | {"category": category, "ref": f"{file}:{number}:{day}:{subject}"}
