"""What spreadsheets and people do to cells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import cells


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("46328", "2026-11-02"), ("46328.75", "2026-11-02"), (" 36526 ", "2000-01-01"), ("73050", "2099-12-31"),
        ("36525", "36525"), ("73051", "73051"), ("4632", "4632"), ("463280", "463280"), ("2026", "2026"), ("２０２６", "２０２６"),
        ("不明", ""), ("-", ""), ("2026-11-02", "2026-11-02"),
        ("10:15", ""), (" 9:05:30", ""), ("１０：１５", ""), ("10時15分", ""), ("10:15:3", "10:15:3"), ("2:3", "2:3"),
    ],
)  # fmt: skip
def test_dates_that_excel_shows_as_numbers(written: str, read: str) -> None:
    assert cells.date_cell(written) == read


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_century(day: date) -> None:
    assert cells.date_cell(str((day - date(1899, 12, 30)).days)) == day.isoformat()


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("12", 12), ("12件", 12), ("１２ 件", 12), ("1,200", 1200), ("1,000,000", 1_000_000), ("3.0", 3), ("3 reports", 3),
        ("1.5", 0), ("1,20", 0), ("12,3456", 0), ("-1", 0), ("many", 0), ("3.0.0", 0), ("約12", 0), ("3日", 0), ("", 0),
    ],
)  # fmt: skip
def test_counts(written: str, count: int) -> None:
    assert cells.read_count(written) == count


ONE, TWO = "050-9999-0001", "03-9999-0002"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *((f"{ONE}{between}{TWO}", [ONE, TWO]) for between in ("、", "/", " / ", "／", "\n", "\r\n", ",", "；")),
        (f"{ONE} | 0120-999-001、{TWO}", [ONE, "0120-999-001", TWO]),
        ("5099990221.0", ["5099990221"]),
        ("05099990221.0", ["05099990221"]),
        ("050999902.0", ["050999902.0"]),
        (f"5099990221.0 | {ONE}", ["5099990221", ONE]),
        ("1.0", ["1.0"]),
        ("03/9999/0002", ["03/9999/0002"]),
        (f"{ONE} / 5679", [f"{ONE} / 5679"]),
        (f"{ONE}、不明な番号123456789", [f"{ONE}、不明な番号123456789"]),
        (f"{ONE}\n", [ONE]),
        (f"{ONE} {TWO}", [ONE, TWO]),
        (f"{ONE}　+81 3 9999 0002", [f"{ONE}　+81 3 9999 0002"]),
        (f"{ONE} +81399990002", [ONE, "+81399990002"]),
        ("03 9999 0002", ["03 9999 0002"]),
        ("186 0399990002", ["186 0399990002"]),
        (f"{ONE}ほか", [ONE]),
        (f"{ONE} 他", [ONE]),
        (f"{ONE}、{TWO}など", [ONE, TWO]),
        (f"{ONE}（IP電話）", [ONE]),
        (f"{ONE}(携帯) | {TWO}", [ONE, TWO]),
        (f"{ONE}（本人）", [f"{ONE}（本人）"]),
        (f"{ONE}（自宅）ほか", [f"{ONE}（自宅）ほか"]),
        (f"{ONE} 電話", [f"{ONE} 電話"]),
        ("03(9999)0002", ["03(9999)0002"]),
        ("ほか", ["ほか"]),
        ("/", ["/"]),
    ],
)
def test_numbers_in_one_cell(written: str, read: list[str]) -> None:
    assert [*cells.pieces(written, True)] == read


def test_other_cells_are_parted_by_bars_only() -> None:
    assert [*cells.pieces("a/b | c、d", False)] == ["a/b", "c、d"]
