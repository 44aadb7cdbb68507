"""Reading CSV, TSV and JSON Lines from files, gzip and standard input, in bounded memory (floor 3)."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from repdb import content, header_row
from repdb.file_error import DAMAGED, DENIED, FileError, shown_name
from repdb.headers import fold_header
from repdb.records import Unreadable
from repdb.running import file_signature
from repdb.streams import Piped, open_stream

_MAX_FIELD = 1 << 20
_MAX_LINE = 1 << 24
_DELIMITERS = {".tsv": "\t", ".tab": "\t"}
_NO_TABLES = ("xlsx", "xls", "pdf", "sqlite", "html")  # of ``content.sniff``
_JSON_LINES = (".jsonl", ".ndjson")


@dataclass(slots=True)
class Row:
    """One data row: where it stood, its column names and values; ``problem`` if it could not be split into columns."""

    line: int
    header: tuple[str, ...]
    values: Sequence[str]
    problem: str = ""

    def shown(self) -> str:
        """The row as JSON, at most 2 000 characters. Cells without a column are ``""``."""
        if not self.header:
            return json.dumps(list(self.values), ensure_ascii=False)[:2000]
        named: dict[str, object] = dict(zip(self.header, self.values, strict=False))
        if beyond := self.values[len(self.header) :]:
            named[""] = beyond
        return json.dumps(named, ensure_ascii=False)[:2000]


# Among the rows of a pipe: no more of them for the moment, so that those before it may be stored.
PAUSE = Row(0, (), ())


@dataclass(slots=True)
class Table:
    """An opened input. ``size`` is bytes on disk, 0 for a pipe; ``position()`` how many were read of them. ``path`` opens
    it once more, ``signature`` tells it from what the file was or will be at another time; both are empty for a pipe.

    ``header`` names the columns; it is empty for JSON Lines, where each row names its own.
    """

    name: str
    size: int
    signature: str
    header: tuple[str, ...]
    rows: Iterator[Row]
    _raw: IO[bytes] = field(repr=False)
    path: str = ""

    def position(self) -> int:
        return self._raw.tell() if self.size else 0

    def close(self) -> None:
        if self._raw is not sys.stdin.buffer:
            self._raw.close()


def open_table(path: str, mapping: Mapping[str, str] = {}) -> Table:  # noqa: B006 - never written to
    """Open a file, or ``-`` for standard input. Whose header is looked for also knows the columns of ``mapping``. Raises
    FileError."""
    known = {fold_header(name): field for name, field in mapping.items()}
    if path == "-":
        return _table("-", sys.stdin.buffer, 0, "", known)
    try:
        raw = open(path, "rb")  # noqa: SIM115 - closed by Table.close
        status = os.fstat(raw.fileno())
    except (FileNotFoundError, ValueError) as error:  # a name with a NUL names nothing
        raise FileError("file_missing", path) from error
    except IsADirectoryError as error:
        raise FileError("file_is_folder", path.rstrip("/")) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise FileError("file_unreadable", path, DENIED if isinstance(error, PermissionError) else said) from error
    signature = shown_name(file_signature(path, status))
    try:
        table = _table(shown_name(path), raw, status.st_size if signature else 0, signature, known)
    except BaseException:
        raw.close()
        raise
    table.path = path if table.size else ""
    return table


def _table(name: str, raw: IO[bytes], size: int, signature: str, known: Mapping[str, str]) -> Table:
    try:
        stream, pipe, sample = open_stream(raw, piped=not signature)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileError("file_unreadable", name, DAMAGED) from error
    except OSError as error:
        raise FileError("file_unreadable", name, str(error)) from error
    if not sample.strip():
        raise FileError("file_empty", name)
    if (kind := content.sniff(sample)) in _NO_TABLES:
        raise FileError("file_no_table", name, kind.upper())
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        charset = content.decode(whole_lines).charset
    except Unreadable as error:
        raise FileError("file_encoding", name) from error
    text = io.TextIOWrapper(stream, encoding="utf-8" if pipe else charset, errors="replace", newline="")
    suffix = os.path.splitext(name.removesuffix(".gz"))[1].lower()
    head = whole_lines.decode(charset, "replace").lstrip("\ufeff \r\n")
    if suffix in _JSON_LINES or head.startswith("{"):
        return Table(name, size, signature, (), _json_rows(text, pipe), raw)
    if head.startswith(("[{", "[\n", "[\r", "[ ")):
        raise FileError("file_is_array", name)
    lines = _Lines(text, pipe)
    delimiter = _DELIMITERS.get(suffix) or header_row.delimiter(head, known)
    csv.field_size_limit(_MAX_FIELD)
    header = _header(lines, delimiter, known)
    return Table(name, size, signature, header, _csv_rows(lines, header, delimiter), raw)


class _Lines:
    """Lines of a text, numbered from 1, none longer than ``_MAX_LINE``; those of an unfinished record can be put back."""

    def __init__(self, text: io.TextIOWrapper, pipe: Piped | None = None) -> None:
        self._text = text
        self._pipe = pipe
        self._again: list[str] = []
        self.record: list[str] = []
        self.start = 1

    def __iter__(self) -> Iterator[str]:
        read, record = self._text.readline, self.record
        while True:
            if self._again:
                line = self._again.pop()
            else:
                line = rest = read(_MAX_LINE)
                while len(rest) == _MAX_LINE and rest[-1] not in "\r\n":
                    rest = read(_MAX_LINE)
            if not line:
                if record and self.idle():  # in the middle of a record
                    continue
                return
            record.append(line)
            yield line

    def idle(self) -> bool:
        """Whether the lines have not ended: a pipe has no more of them for the moment."""
        return self._pipe is not None and self._pipe.idle()

    def with_pauses(self) -> None:
        if self._pipe is not None:
            self._pipe.pauses = True

    def finish(self) -> int:
        """End a record; gives the number of its first line."""
        number = self.start
        self.start += len(self.record)
        self.record.clear()
        return number

    def put_back(self) -> None:
        self._again += reversed(self.record)
        self.record.clear()

    def give_up(self) -> tuple[int, str]:
        """End a record behind its first line, and put the others back; gives the line's number and text."""
        written, *others = self.record or [""]
        self._again += reversed(others)
        del self.record[1:]
        return self.finish(), written


def _header(lines: _Lines, delimiter: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the columns: the first row that is not blank, or one soon below it where only that is a header."""
    first: list[str] = []
    above: list[str] = []
    rows = header_row.filled(csv.reader(iter(lines), delimiter=delimiter))
    with contextlib.suppress(csv.Error, OSError, EOFError, zlib.error):
        for values in islice(rows, header_row.LOOKED):
            if not first:
                first = values
                lines.finish()
                if header_row.known(first, known):
                    return tuple(first)
            elif header_row.is_late_header(values, known):
                lines.finish()
                return tuple(header_row.under(above, values))
            above = values
    lines.put_back()
    return tuple(first)


def _csv_rows(lines: _Lines, header: tuple[str, ...], delimiter: str) -> Iterator[Row]:
    """Rows as wide as the header. A quote that is never closed costs its own line, not the rest of the file."""
    width, record = len(header), lines.record
    lines.with_pauses()
    while True:
        reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
        try:
            for values in reader:
                number = lines.start
                lines.start += len(record)
                record.clear()
                if not any(values):  # a blank line, or the empty cells below a spreadsheet's last row
                    continue
                problem = ""
                if len(values) < width:
                    values += [""] * (width - len(values))
                elif any(values[width:]):
                    problem = "too_many_columns"
                elif len(values) > width:
                    del values[width:]
                yield Row(number, header, values, problem)
            if not lines.idle():
                return
            yield PAUSE
        except csv.Error:
            number, written = lines.give_up()
            yield Row(number, (), [written.rstrip("\r\n")], "bad_csv")
        except (OSError, EOFError, zlib.error) as error:
            yield Row(lines.start, (), [str(error)], "truncated")
            return


def _json_rows(text: io.TextIOWrapper, pipe: Piped | None) -> Iterator[Row]:
    line = 0
    if pipe is not None:
        pipe.pauses = True
    try:
        while True:
            for written in text:
                line += 1
                if written.strip():
                    yield _json_row(line, written)
            if pipe is None or not pipe.idle():
                return
            yield PAUSE
    except (OSError, EOFError, zlib.error) as error:
        yield Row(line + 1, (), [str(error)], "truncated")


def _json_row(line: int, written: str) -> Row:
    try:
        row = json.loads(written)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        return Row(line, tuple(map(str, row)), [_as_text(value) for value in row.values()])
    return Row(line, (), [written.rstrip("\n")], "bad_json")


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return " | ".join(_as_text(item) for item in value)
    return json.dumps(value, ensure_ascii=False)
