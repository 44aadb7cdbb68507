"""What comes through a pipe is there when it has come: rows, pauses, and an encoding that shows late."""

from __future__ import annotations

import gzip
import io
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from repdb import streams, tabular
from repdb.file_error import FileError
from repdb.tabular import PAUSE, Row, Table


@contextmanager
def piped(tmp_path: Path, *pieces: bytes | float) -> Iterator[Table]:
    """A pipe into which these pieces are written, with pauses of so many seconds between them."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def write() -> None:
        with open(fifo, "wb", buffering=0) as end:
            for piece in pieces:
                if isinstance(piece, bytes):
                    end.write(piece)
                else:
                    time.sleep(piece)

    writer = threading.Thread(target=write)
    writer.start()
    with closing(tabular.open_table(str(fifo))) as table:
        yield table
    writer.join()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "IDLE_SECONDS", 0.1)
    monkeypatch.setattr(streams, "_SETTLED_SECONDS", 0.05)


def told(table: Table) -> list[list[str] | str]:
    return ["pause" if row is PAUSE else row.problem or list(row.values) for row in table.rows]


def test_rows_are_there_while_the_pipe_stays_open(tmp_path: Path) -> None:
    with piped(tmp_path, b"number,note\n", 0.3, b"1,a\n2,b\n3,", 0.3, b"c\n", 0.4, b"4,d") as table:
        assert (table.header, table.size, table.path, table.signature) == (("number", "note"), 0, "", "")
        assert told(table) == ["pause", ["1", "a"], ["2", "b"], "pause", ["3", "c"], "pause", ["4", "d"]]


def test_a_record_of_several_lines_is_waited_for(tmp_path: Path) -> None:
    with piped(tmp_path, b'number,note\n1,"a\n', 0.4, b'b"\n2,c\n') as table:
        assert [row for row in told(table) if row != "pause"] == [["1", "a\nb"], ["2", "c"]]


def test_json_lines_pause_too(tmp_path: Path) -> None:
    with piped(tmp_path, b'{"number": "1"}\n\nno json\n', 0.4, b'{"number": "2"}\n') as table:
        rows: list[Row] = list(table.rows)
    assert [(row.line, row.problem) for row in rows if row is not PAUSE] == [(1, ""), (3, "bad_json"), (4, "")]
    assert [at for at, row in enumerate(rows) if row is PAUSE] == [2]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
@pytest.mark.parametrize("late", [False, True])
def test_every_encoding_whenever_it_shows(tmp_path: Path, charset: str, late: bool) -> None:
    head, plain = "number,note\n", "1,plain\n" * 3
    rest = (
        "2,未納料金のお知らせがございます\n3,㈱見本\n"
        if charset in ("cp932", "utf-8")
        else "2,未納料金のお知らせがございます\n3,見本\n"
    )
    content = (head + plain + rest).encode(charset)
    cut = content.index("2,".encode(charset)[-1:] if charset != "utf-16" else b"2") if late else len(content)
    with piped(tmp_path, content[:cut], 0.3, content[cut:]) as table:
        rows = [row for row in told(table) if row != "pause"]
    assert table.header == ("number", "note")
    assert rows == [line.split(",") for line in (plain + rest).splitlines()]


def test_what_no_encoding_reads_is_kept_as_such(tmp_path: Path) -> None:
    with piped(tmp_path, b"number,note\n1,a\n", 0.3, b"2,\xff\xfe\xfd\x81\x00\xff\n" * 3, b"4,b\n") as table:
        rows = [row for row in told(table) if row != "pause"]
    assert rows[0] == ["1", "a"] and "\ufffd" in rows[1][1] and len(rows) == 5


def test_lines_without_end_and_carriage_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_MAX_LINE", 1000)
    with piped(tmp_path, b"number,note\r\n1,", b"x" * 5000, b"\r\n2,b\r\n") as table:
        assert [row for row in told(table) if row != "pause"] == [["1", "x" * 5000], ["2", "b"]]


def test_packed_and_byte_by_byte(tmp_path: Path) -> None:
    packed = gzip.compress(b"number,note\n1,a\n")
    with piped(tmp_path, packed[:1], 0.1, packed[1:]) as table:
        assert told(table) == [["1", "a"]]


def test_a_stream_that_is_no_pipe_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, pipe, sample = streams.open_stream(io.BytesIO(b"number\n" + "1\n未納\n".encode()), True)
    assert pipe is not None and sample == stream.read() and not pipe.idle()


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_pipe(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileError) as caught, piped(tmp_path, content):
        pass
    assert caught.value.code == "file_empty"
