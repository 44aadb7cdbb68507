"""Tables as they come: encodings, compression, delimiters, and everything that can be wrong with a file."""

from __future__ import annotations

import gzip
import io
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import write

from repdb import tabular
from repdb.file_error import FileError
from repdb.tabular import Row, Table, open_table

HEADER = ("電話番号", "日付", "備考")
LINES = "電話番号,日付,備考\n050-9999-0001,2026-01-02,テスト\n050-9999-0002,令和8年1月3日,「架空」の請求\n"


def rows(path: str) -> list[Row]:
    with closing(open_table(path)) as table:
        return list(table.rows)


def values(path: str) -> list[list[str]]:
    return [list(row.values) for row in rows(path)]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "iso2022_jp"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_encodings(tmp_path: Path, charset: str, packed: bool) -> None:
    content = (("\ufeff" if charset == "utf-16-le" else "") + LINES).encode(charset)
    path = write(tmp_path, "a.csv.gz" if packed else "a.csv", gzip.compress(content) if packed else content)
    with closing(open_table(path)) as table:
        assert table.header == HEADER
        assert [row.values[0] for row in table.rows] == ["050-9999-0001", "050-9999-0002"]


@pytest.mark.parametrize(
    ("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.txt", "\t"), ("a.tsv", "\t"), ("a.csv", "\t")]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, name: str, delimiter: str, ending: str) -> None:
    path = write(tmp_path, name, LINES.replace(",", delimiter).replace("\n", ending))
    found = rows(path)
    assert [row.header for row in found] == [HEADER, HEADER]
    assert [row.line for row in found] == [2, 3]
    assert found[1].values == ["050-9999-0002", "令和8年1月3日", "「架空」の請求"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.RawIOBase):
        """A pipe that gives ASCII first and Japanese later: the encoding is still told from all of it."""

        pieces = [b"number,note\n", "050-9999-0001,テスト\n".encode("cp932"), b""]

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            piece = self.pieces.pop(0) if self.pieces else b""
            buffer[: len(piece)] = piece
            return len(piece)

    class Stdin:
        buffer = io.BufferedReader(Slow())

    monkeypatch.setattr(sys, "stdin", Stdin)
    table = open_table("-")
    assert (table.name, table.size, table.signature, table.position()) == ("-", 0, "", 0)
    assert [row.values for row in table.rows] == [["050-9999-0001", "テスト"]]
    table.close()
    assert not Stdin.buffer.closed


def test_position_follows_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "number\n" + "050-9999-0001\n" * 200_000)
    with closing(open_table(path)) as table:
        before = table.position()
        assert sum(1 for _ in table.rows) == 200_000
        assert before < table.position() == table.size


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"a": "x", "b": ["y", 2], "c": null, "d": {"e": true}, "f": 1.5}',
        "",
        "[1]",
        "no",
        '{"a": "z"}',
        "[" * 99_999,
    ]
    found = rows(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [(row.line, row.problem) for row in found] == [
        (1, ""),
        (3, "bad_json"),
        (4, "bad_json"),
        (5, ""),
        (6, "bad_json"),
    ]
    assert found[0].header == ("a", "b", "c", "d", "f")
    assert found[0].values == ["x", "y | 2", "", '{"e": true}', "1.5"]
    assert values(write(tmp_path, "a.txt", '{"a": "x"}\n')) == [["x"]]
    with closing(open_table(write(tmp_path, "b.ndjson", '{"a": 1}\n'))) as table:
        assert table.header == ()


def test_ragged_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a,b\n1\n1,2,3\n1,2,\n\n,\n1,2\n")
    assert [(row.line, list(row.values), row.problem) for row in rows(path)] == [
        (2, ["1", ""], ""),
        (3, ["1", "2", "3"], "too_many_columns"),
        (4, ["1", "2"], ""),
        (7, ["1", "2"], ""),
    ]


def test_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'a,b\n1,"two\nlines, ""quoted"""\n2,x\n')
    assert [(row.line, list(row.values)) for row in rows(path)] == [(2, ["1", 'two\nlines, "quoted"']), (4, ["2", "x"])]


@pytest.mark.parametrize("ending", ["", "\n"])
def test_a_quote_that_is_never_closed_costs_one_line(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, "a.csv", 'a,b\n1,"open\n2,x\n3,y' + ending)
    found = rows(path)
    assert [(row.line, row.problem) for row in found] == [(2, "bad_csv"), (3, ""), (4, "")]
    assert found[0].values == ['1,"open'] and found[0].header == ()


def test_many_open_quotes_take_linear_time(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a,b\n" + '1,"x"y\n' * 20_000 + '2,"z\n' + "3,w\n" * 20_000)
    found = rows(path)
    assert sum(row.problem == "bad_csv" for row in found) == 20_001
    assert sum(row.problem == "" for row in found) == 20_000


def test_huge_fields_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.csv", "a,b\n1," + "x" * 3_000_000 + "\n2,y\n")
    found = rows(path)
    assert [(row.line, row.problem) for row in found] == [(2, "bad_csv"), (3, "")]
    assert len(found[0].shown()) == 2000
    monkeypatch.setattr(tabular, "_MAX_LINE", 1000)
    path = write(tmp_path, "b.csv", "a,b\n" + "1," * 5_000 + "\n2,y\n")
    assert [(row.line, row.problem) for row in rows(path)] == [(2, "too_many_columns"), (3, "")]


def test_a_hundred_thousand_columns(tmp_path: Path) -> None:
    width = 100_000
    path = write(tmp_path, "a.csv", ",".join(f"c{n}" for n in range(width)) + "\n" + ",".join("v" * width) + "\n")
    (row,) = rows(path)
    assert len(row.values) == len(row.header) == width


def test_nul_bytes(tmp_path: Path) -> None:
    assert values(write(tmp_path, "a.csv", "a,b\n1,x\0y\n2,z\n")) == [["1", "x\0y"], ["2", "z"]]


def test_a_header_without_rows(tmp_path: Path) -> None:
    with closing(open_table(write(tmp_path, "a.csv", "\n\n number , date\n"))) as table:
        assert table.header == ("number", "date") and list(table.rows) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b" \n\r\n", "file_empty"),
        ("a.csv", bytes(range(256)) * 40, "file_encoding"),
        ("a.xlsx", b"PK\x03\x04" + bytes(range(256)), "file_no_table"),
        ("a.pdf", b"%PDF-1.7\nnumber\n050-9999-0001\n", "file_no_table"),
        ("a.csv", b"<html><table><tr><td>number</table>", "file_no_table"),
        ("a.json", b'[{"number": 1}]', "file_is_array"),
        ("a.json", b'[\n  {"number": 1}\n]', "file_is_array"),
        ("a.csv.gz", gzip.compress(LINES.encode() * 50, mtime=0)[:80], "file_unreadable"),
        ("a.csv.gz", b"\x1f\x8b" + b"\x00" * 50, "file_unreadable"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "file_empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_no_table(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(FileError) as caught:
        open_table(path)
    assert caught.value.code == code and caught.value.exit_code == 2
    assert name in caught.value.text.ja and name in caught.value.text.en


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "file_missing"), (tmp_path, "file_is_folder"), ("a\0b", "file_missing")):
        with pytest.raises(FileError) as caught:
            open_table(str(path))
        assert caught.value.code == code
    with pytest.raises(FileError) as caught:
        open_table("x" * 5000)
    assert caught.value.code == "file_unreadable"


@pytest.mark.parametrize("name", ["a.csv.gz", "a.jsonl.gz"])
def test_a_compressed_file_cut_short_keeps_what_can_be_read(tmp_path: Path, name: str) -> None:
    import random

    noise = random.Random(7)
    line = {"a.csv.gz": "{0},{1}\n", "a.jsonl.gz": '{{"number": "{0}", "note": "{1}"}}\n'}[name]
    text = "number,note\n" if name == "a.csv.gz" else ""
    text += "".join(line.format(n, noise.getrandbits(200)) for n in range(60_000))
    packed = gzip.compress(text.encode())
    for cut in (packed[: len(packed) * 3 // 4], packed[:-6] + b"\0" * 6):
        found = rows(write(tmp_path, name, cut))
        assert len(found) > 30_000 and [row.problem for row in found[-1:]] == ["truncated"]
        assert all(row.problem == "" for row in found[: len(found) - 2])


def test_a_rejected_row_is_shown_as_json() -> None:
    assert json.loads(Row(2, ("a", "b"), ["1", "二"]).shown()) == {"a": "1", "b": "二"}
    assert json.loads(Row(2, (), ["raw"]).shown()) == ["raw"]
    assert json.loads(Row(2, ("a",), ["1", "2"]).shown()) == {"a": "1", "": ["2"]}


def test_tables_can_be_made_by_hand() -> None:
    table = Table("x", 0, "", (), iter(()), io.BytesIO())
    assert table.position() == 0 and list(table.rows) == []
    table.close()


def test_bars_may_part_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("番号 | 日付|備考\n050-9999-0001 | 2026-11-01|a,b\n", encoding="utf-8")
    with closing(open_table(str(path))) as table:
        assert table.header == ("番号", "日付", "備考")
        assert [row.values for row in table.rows] == [["050-9999-0001 ", " 2026-11-01", "a,b"]]


@pytest.mark.parametrize("harm", ["cut", "changed", "no gzip"])
def test_damaged_gzip_is_told_in_both_languages(tmp_path: Path, harm: str) -> None:
    whole = gzip.compress(LINES.encode() * 50, mtime=0)
    damaged = {"cut": whole[:40], "changed": whole[:-8] + bytes(8), "no gzip": b"\x1f\x8b" + b"x" * 40}[harm]
    with pytest.raises(FileError) as caught:
        open_table(str(write(tmp_path, "a.csv.gz", damaged)))
    assert caught.value.code == "file_unreadable"
    assert "gzip の中身が壊れているか" in caught.value.text.ja and "damaged or cut short" in caught.value.text.en
