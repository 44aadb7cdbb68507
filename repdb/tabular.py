"""Reading CSV, TSV and JSON Lines from files, gzip and standard input, in bounded memory (floor 3)."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from repdb import content
from repdb.records import RepdbError, Text

_SAMPLE = 1 << 20
_MAX_FIELD = 1 << 20
_DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_JSON_LINES = (".jsonl", ".ndjson")

_ERRORS = {
    "file_missing": Text("{file} がありません。名前を確かめてください。", "There is no file {file}. Check the name."),
    "file_unreadable": Text("{file} を読めません: {detail}", "Cannot read {file}: {detail}"),
    "file_empty": Text("{file} は空です。", "{file} is empty."),
}


class FileError(RepdbError):
    """A file that cannot be opened or is no table."""

    exit_code = 2

    def __init__(self, code: str, file: str, detail: str = "") -> None:
        super().__init__(code, _ERRORS[code].format(file=file, detail=detail))


@dataclass(slots=True)
class Row:
    """One data row: where it stood, its column names and values; ``problem`` if it could not be split into columns."""

    line: int
    header: tuple[str, ...]
    values: Sequence[str]
    problem: str = ""

    def shown(self) -> str:
        """The row as it may be kept with a reject: as JSON, at most 2 000 characters."""
        named = dict(zip(self.header, self.values, strict=False)) if self.header else list(self.values)
        return json.dumps(named, ensure_ascii=False)[:2000]


@dataclass(slots=True)
class Table:
    """An opened input. ``size`` is bytes on disk, 0 for a pipe; ``position()`` how many were read of them."""

    name: str
    size: int
    signature: str
    rows: Iterator[Row]
    _raw: IO[bytes] = field(repr=False)

    def position(self) -> int:
        return self._raw.tell() if self.size else 0

    def close(self) -> None:
        if self._raw is not sys.stdin.buffer:
            self._raw.close()


def open_table(path: str) -> Table:
    """Open a file, or ``-`` for standard input. Raises FileError, or Unreadable for an unknown encoding."""
    if path == "-":
        return _table("-", sys.stdin.buffer, 0, "")
    try:
        raw = open(path, "rb")  # noqa: SIM115 - closed by Table.close
        status = os.fstat(raw.fileno())
    except FileNotFoundError as error:
        raise FileError("file_missing", path) from error
    except OSError as error:
        raise FileError("file_unreadable", path, error.strerror or str(error)) from error
    signature = f"{os.path.abspath(path)}:{status.st_size}:{status.st_mtime_ns}"
    try:
        return _table(path, raw, status.st_size if os.path.isfile(path) else 0, signature)
    except BaseException:
        raw.close()
        raise


def _table(name: str, raw: IO[bytes], size: int, signature: str) -> Table:
    stream: Any = io.BufferedReader(_Peekable(raw), buffer_size=_SAMPLE)
    try:
        if stream.peek(2)[:2] == b"\x1f\x8b":
            stream = io.BufferedReader(gzip.GzipFile(fileobj=stream), buffer_size=_SAMPLE)
        sample = stream.peek(_SAMPLE)
    except (OSError, EOFError) as error:
        raise FileError("file_unreadable", name, str(error)) from error
    if not sample.strip():
        raise FileError("file_empty", name)
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    charset = content.decode(whole_lines).charset
    text = io.TextIOWrapper(stream, encoding=charset, errors="replace", newline="")
    suffix = os.path.splitext(name.removesuffix(".gz"))[1].lower()
    head = whole_lines.decode(charset, "replace").lstrip("\ufeff \r\n")
    if suffix in _JSON_LINES or head.startswith("{"):
        rows = _json_rows(text)
    else:
        rows = _csv_rows(text, _DELIMITERS.get(suffix) or _sniff(head))
    return Table(name, size, signature, rows, raw)


class _Peekable(io.RawIOBase):
    """A binary stream as a raw one, so that a buffer of our own size can peek into it (pipes included)."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.raw.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _sniff(head: str) -> str:
    line = head.partition("\n")[0]
    return max((",", "\t", ";"), key=line.count)


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(text, delimiter=delimiter)
    header = tuple(name.strip().lstrip("\ufeff") for name in next(reader, []))
    width = len(header)
    while True:
        try:
            for values in reader:
                if len(values) == width:
                    yield Row(reader.line_num, header, values)
                elif values:
                    problem = "" if len(values) < width else "too_many_columns"
                    yield Row(reader.line_num, header, [*values, *[""] * (width - len(values))], problem)
            return
        except csv.Error as error:
            yield Row(reader.line_num, (), [str(error)], "bad_csv")
        except (OSError, EOFError) as error:
            yield Row(reader.line_num, (), [str(error)], "truncated")
            return


def _json_rows(text: io.TextIOWrapper) -> Iterator[Row]:
    line = 0
    try:
        for line, written in enumerate(text, 1):
            if not written.strip():
                continue
            try:
                row = json.loads(written)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                yield Row(line, tuple(map(str, row)), [_as_text(value) for value in row.values()])
            else:
                yield Row(line, (), [written.rstrip("\n")], "bad_json")
    except (OSError, EOFError) as error:
        yield Row(line + 1, (), [str(error)], "truncated")


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        return " | ".join(_as_text(item) for item in value)
    return json.dumps(value, ensure_ascii=False)
