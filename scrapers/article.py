"""Any page that warns of numbers, domains or names: a saved or fetched HTML page, or plain text.

The library finds the main text, ``repdb.text`` the identifiers and their roles. Each accused identifier becomes one
report with the claimed name nearest to it. Notes are made from these facts; no sentence of the page is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator

from repdb.contracts import Page, Record, SourceSpec
from repdb.records import Text

from ._prose import accusations, note_of, read_prose
from ._site import site_of

SOURCE = SourceSpec(
    name="page",
    title=Text("注意を呼びかける記事", "Warning pages"),
    url="",
    kind="article",
    trust=0.6,
    rows=(0, 10_000),
    cadence="asked",
    redistributable=True,
    review=True,
    terms="Facts only (numbers, names, dates) in our own words; the text of the page is not copied.",
)


def parse(page: Page) -> Iterator[Record]:
    site, prose = site_of(page, SOURCE), read_prose(page)
    yield site
    found = accusations(prose)
    if not found:
        yield page.reject(1, "nothing_accused", "no number, domain or name is accused on this page", prose.title)
    for accusation in found:
        field, value, role, category, name = accusation
        note = note_of(accusation)
        head = {"source": site.source, "reported_on": prose.day, "title": prose.title, "page_url": page.address}
        told = {field: value, "category": category, "ref": f"{page.url}#{value}" if page.address else ""}
        told |= ({"role": role} if field == "number" else {}) | ({"company": name} if name else {})
        yield head | told | {"note": note.ja, "note_en": note.en}
