"""Where the header stands, and what parts the columns."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from conftest import write

from repdb import header_row
from repdb.headers import SHAPES
from repdb.tabular import open_table

TITLED = "令和6年度 見本相談所の不審電話一覧,,,\n,,,\nNo.,受付日,相手方電話番号,備考\n1,令和6年4月3日,050-9999-0001,\n"
MERGED = "相談者,,相手方,,\n年代,性別,電話番号,名称,受付日\n60代,女,050-9999-0002,,2024/5/1\n"
DOWNWARDS = "受付番号,相談者情報,,相手方\n,年代,電話番号,電話番号\n7,60代,090-9999-0001,050-9999-0003\n"


def opened(tmp_path: Path, text: str, mapping: dict[str, str] | None = None) -> tuple[tuple[str, ...], list[list[str]]]:
    with closing(open_table(write(tmp_path, "a.csv", text), mapping or {})) as table:
        rows = [[str(row.line), *row.values] for row in table.rows]
    return table.header, rows


@pytest.mark.parametrize(
    ("text", "header", "row"),
    [
        (TITLED, ("No.", "受付日", "相手方電話番号", "備考"), ["4", "1", "令和6年4月3日", "050-9999-0001", ""]),
        (
            MERGED,
            ("年代(相談者)", "性別(相談者)", "電話番号(相手方)", "名称(相手方)", "受付日(相手方)"),
            ["3", "60代", "女", "050-9999-0002", "", "2024/5/1"],
        ),
        (
            DOWNWARDS,
            ("受付番号", "年代(相談者情報)", "電話番号(相談者情報)", "電話番号(相手方)"),
            ["3", "7", "60代", "090-9999-0001", "050-9999-0003"],
        ),
        ("一覧,作成 4/1\n電話番号,日付\n188,2024\n", ("電話番号", "日付"), ["3", "188", "2024"]),
        ('"二行の\n題名"\n電話番号,日付\n188,2024\n', ("電話番号", "日付"), ["4", "188", "2024"]),
    ],
    ids=["title", "merged", "merged downwards", "no group", "title of two lines"],
)
def test_a_header_below_the_first_line(tmp_path: Path, text: str, header: tuple[str, ...], row: list[str]) -> None:
    assert opened(tmp_path, text) == (header, [row])


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n電話,電話\n",  # one word known, twice: it is
        "number\n電話番号,日付\n",
        "電話番号,備考\n番号,日付\n",
        "date,URL,description\n電話番号,日付\n",
        "a,b\n050-9999-0001,電話\nメール,2024-01-02\n",
        "a,b\nメモ,日付\n",
        "a,b\n" + "1,2\n" * header_row.LOOKED + "電話番号,日付\n",
        'a,b\n1,"open\n2,x\n',
    ],
)
def test_a_first_line_that_is_the_header_stays_it(tmp_path: Path, text: str) -> None:
    header, rows = opened(tmp_path, text)
    late = text == "a,b\n電話,電話\n"
    assert header == (("電話", "電話") if late else tuple(text.partition("\n")[0].split(",")))
    assert len(rows) == text.count("\n") - 1 - late, "what was looked at is read all the same"


def test_names_of_columns_are_told_on_one_line(tmp_path: Path) -> None:
    assert opened(tmp_path, '\ufeff" 電話番号\n（発信元）",日付\n188,\n')[0] == ("電話番号 （発信元）", "日付")


def test_a_map_names_the_header_too(tmp_path: Path) -> None:
    text = "題名\nいつ,どこから\n2024-05-01,188\n"
    assert opened(tmp_path, text)[0] == ("題名",)
    assert opened(tmp_path, text, {"どこから": "number", "いつ": "reported_on"})[0] == ("いつ", "どこから")
    first = "どこから,いつ\n電話番号,日付\n"
    assert opened(tmp_path, first, {"どこから": "number"})[0] == ("どこから", "いつ")


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        ("電話番号\t備考, 詳細, その他, 補足\n050-9999-0001\tx\n", "\t"),
        ('"a;b;c;d",Num\n', ","),
        ("Num;When\n1;2,3,4\n", ";"),
        ("一覧, 作成, 4月\n電話番号;日付\n", ";"),
        ("電話番号\n", ","),
        ('"題名, 令和6年, 4月, 5月"\n\n番号|日付\n', "|"),
        ("", ","),
    ],
)
def test_what_parts_the_columns(head: str, delimiter: str) -> None:
    assert header_row.delimiter(head, {}) == delimiter


def test_a_known_shape_is_known_without_words() -> None:
    assert [header_row.known(sorted(header), {}) for header in SHAPES] == [len(header) for header in SHAPES]
    assert header_row.known(["氏名", "連絡先"], {}) == 1
    assert header_row.known(["日付", "備考"], {}) == 0


def test_an_endless_first_line_takes_little_time() -> None:
    for text in ('"' * 3_000_000, "a," * 1_500_000, "(" * 3_000_000, "x\n" * 1_000_000):
        assert header_row.delimiter(text, {}) == ","
