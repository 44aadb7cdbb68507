"""Tables in whatever a public office publishes them: HTML, Excel, CSV, PDF or aligned text → rows with known columns.

Columns are found by the words of their header, never by position, and a table without the needed words is not ours.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from typing import NamedTuple
from xml.parsers import expat

from bs4.element import NavigableString, Tag

from repdb.contracts import LayoutChanged, Page, extra

Grid = list[list[str]]  # a cell keeps its line breaks
_MAX_UNPACKED = 200_000_000
_MAX_SPAN = 1000
_MAX_CELLS = 2_000_000  # of a page's tables, and pieces of text in them: a few bytes can claim to be millions
_BREAKS = frozenset({"br", "p", "div", "li"})


class Row(NamedTuple):
    """A row as it stands in its table. ``line`` counts from 1; ``written`` is all of it, to be kept with a reject.

    ``cells`` holds the columns asked for that are not blank: none at all in a row of another width than its header,
    where nobody can tell which cell is missing.
    """

    line: int
    cells: Mapping[str, str]
    written: str


def rows(
    page: Page, columns: Mapping[str, tuple[str, ...]], needed: Collection[str], many: Collection[str] = ()
) -> Iterator[Row]:
    """The rows of every table of ``page`` whose header has all ``needed`` columns.

    ``columns``: our name → words of which a header cell has to contain one (spaces and width ignored); the first name
    that fits a cell gets it. Lines of a cell are one value, or in the columns of ``many`` several (`` | ``).
    Raises ``LayoutChanged`` when no table fits.
    """
    found = False
    for grid in tables(page):
        header: list[str] = []
        for line, cells in enumerate(grid, 1):
            named = [_name(cell, columns) for cell in cells]
            if set(needed) <= set(named):
                found, header = True, named
            elif header and sum(map(bool, cells)) > (page.kind == "text"):
                whole = page.kind != "text" or len(cells) == len(header)
                pairs = [(name, cell) for name, cell in zip(header, cells, strict=False) if name and cell and whole]
                told = {name: " | ".join(c.split("\n")) if name in many else _flow(c) for name, c in pairs}
                yield Row(line, told, " | ".join(cells))
    page.need(found, "table: " + ", ".join(columns[name][0] for name in needed))


def records(page: Page, columns: Collection[str]) -> Iterator[Row]:
    """The rows of a CSV file whose header has these columns. Raises ``LayoutChanged``."""
    lines = csv.reader(page.text.splitlines())
    header = [name.strip() for name in next(lines, [])]
    page.need(set(columns) <= set(header), ", ".join(columns))
    for row in filter(None, lines):
        told = dict(zip(header, row, strict=True)) if len(row) == len(header) else {}
        yield Row(lines.line_num, {name: told[name] for name in columns if told.get(name)}, ",".join(row))


def tables(page: Page) -> Iterator[Grid]:
    """Every table of a page. Raises ``LayoutChanged`` for a file that cannot be opened."""
    if page.kind == "html":
        left = _Left(page)
        yield from (_html_grid(table, left) for table in page.soup.find_all("table"))
    elif page.kind in ("xlsx", "xls"):
        yield from _sheets(page)
    elif page.kind == "pdf":
        yield _pdf_grid(page)
    else:
        yield _text_grid(page.text)


def _name(cell: str, columns: Mapping[str, tuple[str, ...]]) -> str:
    words = "".join(unicodedata.normalize("NFKC", cell).split()).casefold()
    # A long cell is data that happens to contain the word.
    fits = (name for name, known in columns.items() if any(word.casefold() in words for word in known))
    return next(fits, "") if len(words) <= 20 else ""


def _flow(cell: str) -> str:
    """The lines of a cell as one, with a space only where both sides are ASCII: Japanese is broken anywhere."""
    whole = ""
    for line in cell.split("\n"):
        whole += " " + line if whole[-1:].isascii() and line[:1].isascii() and whole else line
    return whole


def _tidy(text: str) -> str:
    """Lines without empty ones, words apart by one space."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Left:
    """How many cells and pieces of text a page may still have."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, _MAX_CELLS

    def take(self, count: int = 1) -> None:
        self.count -= count
        if self.count < 0:
            raise LayoutChanged(self.page.url, f"table: > {_MAX_CELLS:,}")


def _html_grid(table: Tag, left: _Left) -> Grid:
    """The cells of a table with spans filled in: a text over several columns belongs to the first, unless a header."""
    grid: Grid = []
    below: dict[int, tuple[int, str]] = {}  # column → (rows left, text) of cells that reach down
    for line in _lines(table):
        row: list[str] = []
        cells = line.find_all(["td", "th"], recursive=False)[::-1]
        while cells or len(row) in below:
            if len(row) in below:
                more, text = below.pop(len(row))
                below |= {len(row): (more - 1, text)} if more > 1 else {}
                left.take()
                row.append(text)
                continue
            cell = cells.pop()
            text, down, wide = _html_text(cell, left), _span(cell, "rowspan"), _span(cell, "colspan")
            left.take(wide)
            for nth in range(wide):
                below |= {len(row): (down - 1, text)} if down > 1 else {}
                row.append(text if nth == 0 or cell.name == "th" else "")
        grid.append(row)
    return grid


def _lines(table: Tag) -> Iterator[Tag]:
    """The rows of a table itself, not those of tables in it."""
    waiting = list(table.children)[::-1]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Tag) or node.name == "table":
            continue
        if node.name == "tr":
            yield node
        else:
            waiting += list(node.children)[::-1]


def _html_text(cell: Tag, left: _Left) -> str:
    parts = []
    for node in cell.descendants:
        left.take()
        if isinstance(node, Tag):
            parts.append("\n" if node.name in _BREAKS else "")
        elif type(node) is NavigableString:  # not a comment
            parts.append(" ".join(node.replace("\n", " ").split(" ")))
    return _tidy("".join(parts))


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name, "1"))
    return min(int(written), _MAX_SPAN) if written.isascii() and written.isdigit() and int(written) else 1


def _sheets(page: Page) -> Iterator[Grid]:
    with extra():
        from python_calamine import CalamineError, CalamineWorkbook

    try:
        if page.kind == "xlsx":
            with zipfile.ZipFile(io.BytesIO(page.content)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                    raise LayoutChanged(page.url, "Excel: too large")
                # The reader fills in every cell up to the last one, and takes the process down when there are too many.
                page.need("xl/workbook.xml" in archive.namelist(), "Excel: xlsx")
                for entry in archive.namelist():
                    _Left(page).take(_extent(page, archive.read(entry)))
        book = CalamineWorkbook.from_filelike(io.BytesIO(page.content))
        for sheet in book.sheet_names:
            yield [[_cell(value) for value in row] for row in book.get_sheet_by_name(sheet).to_python()]
    except (CalamineError, zipfile.BadZipFile) as error:
        raise LayoutChanged(page.url, f"Excel: {error}") from error


def _extent(page: Page, part: bytes) -> int:
    """Rows × columns of a sheet as its cells are numbered; 0 for a part that is none."""
    rows = columns = row = column = 0

    def begin(name: str, told: dict[str, str]) -> None:
        nonlocal rows, columns, row, column
        name, place = name.rpartition(":")[2], told.get("r", "")
        if name == "row":
            row, column = int(place) if place.isdecimal() else row + 1, 0
        elif name == "c":
            letters = place.rstrip("0123456789")
            column = reduce(lambda n, letter: 26 * n + ord(letter) - 64, letters, 0) if letters else column + 1
            rows, columns = max(rows, row, int(place[len(letters) :] or 0)), max(columns, column)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        if b"sheetData" in part:
            raise LayoutChanged(page.url, f"Excel: {error}") from error
    return rows * columns


def _cell(value: object) -> str:
    """A spreadsheet's numbers are floats: ``3.0`` was written ``3``."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else _tidy(str(value))


def _pdf_grid(page: Page) -> Grid:
    """The tables of all leaves as one, since a header stands on the first only; without ruled lines, by alignment."""
    with extra():
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException

    by_text = {"vertical_strategy": "text", "horizontal_strategy": "text"}
    try:
        with pdfplumber.open(io.BytesIO(page.content)) as document:
            found = [
                table for leaf in document.pages for table in leaf.extract_tables() or leaf.extract_tables(by_text)
            ]
    except PdfminerException as error:
        raise LayoutChanged(page.url, "PDF") from error
    return [[_tidy(cell or "") for cell in row] for table in found for row in table]


def _text_grid(text: str) -> Grid:
    """CSV, or else columns kept apart by two spaces or a wide one, as ``pdftotext -layout`` writes them."""
    head = text[:4000]
    delimiter = max(",\t;", key=head.count)
    if head.count(delimiter) >= 2 * head.count("  "):
        return [[_tidy(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    lines = (line.replace("\u3000", "  ").split("  ") for line in text.splitlines())
    return [[part.strip() for part in line if part.strip()] for line in lines]
