"""The number blocks designated to carriers, from the Excel files of the ministry's page 「電気通信番号指定状況」.

Two layouts: a matrix (``050-319`` × digits 0–9, cells are carriers) and, for land lines, one row per block.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from repdb.contracts import Page, Record, Request, SourceSpec
from repdb.records import NumberBlock, Text

from ._table import Grid, tables

SOURCE = SourceSpec(
    name="mic-designation",
    title=Text("電気通信番号指定状況（総務省）", "Designation of telephone numbers (MIC Japan)"),
    url="https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/number_shitei.html",
    kind="reference",
    trust=1.0,
    rows=(100, 100_000),
    cadence="monthly",
    licence="PDL1.0",
    redistributable=True,
    whole=True,
    terms="「電気通信番号指定状況」（総務省）を加工して作成",
)
# What a prefix is, longest first; all others are land lines.
_KINDS = ("0120", "0170", "0180", "0570", "0800", "0910", "0990", "020", "050", "060", "070", "080", "090")
_FIXED = ("市外局番", "市内局番", "指定事業者")
_EMPTY = frozenset({"", "-", "－", "―", "ー", "×"})


def follow(page: Page) -> Iterator[Request]:
    """The Excel files. Their ids change with each edition, so they are found on the page only."""
    if page.kind == "html":
        files = [url for url in page.links if url.lower().endswith((".xlsx", ".xls"))]
        yield from (Request(url, "excel") for url in page.need(files, "Excel"))


def parse(page: Page) -> Iterator[Record]:
    if page.kind == "html":
        return
    blocks = {prefix: carrier for grid in tables(page) for prefix, carrier in _blocks(grid)}
    page.need(blocks, "番号 0 … 9; " + ", ".join(_FIXED))
    first = last = ""
    for prefix in [*sorted(blocks, key=lambda block: (len(block), block)), ""]:
        joins = last and len(prefix) == len(last) and int(prefix) == int(last) + 1
        if not (joins and blocks[prefix] == blocks[first]):
            if first:
                yield NumberBlock(first, last, blocks[first], _kind(first), SOURCE.name)
            first = prefix
        last = prefix


def _kind(prefix: str) -> str:
    return next((kind for kind in _KINDS if prefix.startswith(kind)), "fixed")


def _blocks(grid: Grid) -> Iterator[tuple[str, str]]:
    """Each designated block of a sheet with its carrier, whichever of the two layouts the sheet has."""
    digits: dict[int, str] = {}
    named: dict[str, int] = {}
    for row in grid:
        cells = [unicodedata.normalize("NFKC", cell) for cell in row]
        if set("0123456789") <= set(cells):
            digits = {at: cell for at, cell in enumerate(cells) if len(cell) == 1 and cell.isdigit()}
        elif set(_FIXED) <= set(cells):
            named = {cell: at for at, cell in enumerate(cells)}
        elif named:
            area, office, carrier = (row[named[name]] for name in _FIXED)
            if area.isdigit() and carrier not in _EMPTY:
                yield area + office, carrier
        elif digits:
            label = "".join(char for cell in cells[: min(digits)] for char in cell if char.isdigit())
            yield from ((label + digit, row[at]) for at, digit in digits.items() if label and row[at] not in _EMPTY)
