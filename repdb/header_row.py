"""Where in the first lines of a table its header stands, and what parts its columns (floor 3).

Spreadsheets of offices begin with a title, a blank line or a row of merged cells that says whose the columns below are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from repdb.headers import SHAPES, SUBJECT_FIELDS, columns, fold_header, whose

LOOKED = 10  # rows among which the header is looked for
_WIDE = 500  # columns by which a row is judged
_SAMPLE = 1 << 16
_DELIMITERS = (",", "\t", ";", "|")
_VALUE = 5  # digits in one cell that make it a value
_DIGITS = re.compile(r"\d")


def delimiter(head: str, mapping: Mapping[str, str]) -> str:
    """What parts the columns: whichever makes known header words of the first rows, else most columns of the first.

    ``mapping``: folded column names that are known besides."""

    def told(one: str) -> tuple[int, int]:
        rows = [*islice(filled(csv.reader(_lines(head), delimiter=one)), LOOKED)]
        return max((known(row, mapping) for row in rows), default=0), len(rows[0]) if rows else 0

    return max(_DELIMITERS, key=told)


def _lines(head: str) -> Iterator[str]:
    return islice(io.StringIO(head[:_SAMPLE], newline=""), 2 * LOOKED)


def filled(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows that are not blank, their cells on one line and without outer blanks."""
    for row in rows:
        cells = [" ".join(cell.lstrip("\ufeff").split()) for cell in row]
        if any(cells):
            yield cells


def known(row: Sequence[str], mapping: Mapping[str, str]) -> int:
    """How many cells are known header words; 0 where none of them says whom a report is about."""
    header = row[:_WIDE]
    if not mapping and frozenset(map(fold_header, header)) in SHAPES:
        return len(header)
    found = columns(header, mapping, None)
    if not found.personal and not SUBJECT_FIELDS & found.plan.keys():
        return 0
    return sum(map(len, found.plan.values())) + len(found.personal)


def is_late_header(row: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Whether a row below the first is the header: two known words at least, and no number or date."""
    values = any(len(_DIGITS.findall(cell[:100])) >= _VALUE for cell in row[:_WIDE])
    return not values and known(row, mapping) > 1


def under(groups: Sequence[str], header: Sequence[str]) -> list[str]:
    """The names of columns below a row of merged cells: 電話番号 below 相手方 is 電話番号(相手方), and a cell that is
    merged downwards names its column itself."""
    names, group = [], ""
    for at, name in enumerate(header):
        above = groups[at] if at < len(groups) else ""
        group = (above or group) if name else ""
        names.append(f"{name}({group})" if whose(group) else name or above)
    return names
