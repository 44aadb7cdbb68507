"""Tables whose headings say whose numbers they hold."""

from __future__ import annotations

import pytest

from repdb.text.columns import told
from repdb.text.extract import Extractor
from repdb.text.markup import Cell, read

ROWS = "<tr><td>050-9999-0001</td><td>03-9999-0002</td></tr><tr><td>050-9999-0003</td><td>0120-999-004</td></tr>"


def roles(heads: tuple[str, str], rows: str = ROWS) -> list[str]:
    page = (
        f"<html><body><h1>ご注意</h1><table><tr><th>{heads[0]}</th><th>{heads[1]}</th></tr>{rows}</table></body></html>"
    )
    return [found.role for found in Extractor().extract(page) if found.kind == "phone"]


@pytest.mark.parametrize(
    ("heads", "want"),
    [
        (("不審な番号", "正しい番号"), ["reported", "official"] * 2),
        (("本物の電話番号", "偽の電話番号"), ["official", "reported"] * 2),
        (("発信番号", "被害者の番号"), ["reported", "advertiser"] * 2),
        (("Number used by scammers", "Genuine number"), ["reported", "official"] * 2),
        (("偽の問い合わせ先", "迷惑電話の相談窓口"), ["reported", "official"] * 2),
        (("警察を名乗る番号", "警察署の番号"), ["reported", "official"] * 2),
        (("相談の多い番号", "相談先"), ["reported", "official"] * 2),
    ],
)
def test_the_heading_of_a_column_says_whose_its_numbers_are(heads: tuple[str, str], want: list[str]) -> None:
    assert roles(heads) == want


def test_a_table_in_a_cell_has_headings_of_its_own() -> None:
    inner = "<table><tr><td>本物の番号<td>名前</tr><tr><td>03-9999-0005</td></tr></table>"
    page = read(f"<table><tr><th>偽の番号<th>名前<tr><td>{inner}</table>")
    assert [c.head for c in page.cells if page.shown.text[c.start : c.end].strip()] == ["本物の番号"]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>詐欺電話情報</td></tr><tr><td>お問い合わせ 03-9999-0001</td></tr>",
        "<tr><td>メニュー</td><td>詐欺にご注意ください</td></tr><tr><td></td><td>お問い合わせ 03-9999-0001</td></tr>",
        f"<tr><td>メニュー</td><td>詐欺電話情報</td></tr><tr><td></td><td>{'市からのお知らせです。' * 9}お問い合わせ 03-9999-0001</td></tr>",
    ],
)
def test_a_page_laid_out_in_a_table_has_no_headings(table: str) -> None:
    page = f"<html><body><p>詐欺が増えています。</p><table>{table}</table></body></html>"
    assert [found.role for found in Extractor().extract(page, kind="page") if found.kind == "phone"] == ["official"]


def test_cells_are_found_in_tables_that_nobody_closes() -> None:
    page = read("<td>x<table><tr><th>偽の番号<th>名前<tr><td>050-9999-0001<td>甲<tr><td>050-9999-0002")
    text = page.shown.text
    assert [(text[c.start : c.end].strip(), c.head) for c in page.cells] == [
        ("050-9999-0001", "偽の番号"), ("甲", "名前"),
    ]  # fmt: skip
    assert told(page.cells) == [(page.cells[0].start, page.cells[0].end, "fraud")]


def test_other_headings_say_nothing() -> None:
    assert told([Cell(0, 5, "電話番号", "名称 電話番号"), Cell(6, 9, "", "")]) == []


@pytest.mark.parametrize(("beside", "whose"), [("名乗った名称", "fraud"), ("課名", "genuine"), ("確認日", "")])
def test_the_other_columns_say_whose_a_bare_heading_is(beside: str, whose: str) -> None:
    assert [one[2] for one in told([Cell(0, 12, "電話番号", f"{beside} 電話番号")])] == [whose] * bool(whose)
