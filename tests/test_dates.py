"""Dates: the forms that mean one day to everybody, and no other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.dates import read_date, show_date
from repdb.records import Unreadable


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("", ""),
        ("  ", ""),
        ("2024-03-09", "2024-03-09"),
        ("2024/3/9", "2024-03-09"),
        ("2024.03.09", "2024-03-09"),
        ("20240309", "2024-03-09"),
        ("2024年3月9日", "2024-03-09"),
        ("２０２４年３月９日（土）", "2024-03-09"),
        ("2024年3月", "2024-03"),
        ("2024年", "2024"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("2020/11/26 12:57:00", "2020-11-26"),
        ("2024-03-09T12:57:00+09:00", "2024-03-09"),
        ("令和6年3月9日", "2024-03-09"),
        ("令和元年5月", "2019-05"),
        ("R6.3.9", "2024-03-09"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年", "1989"),
        ("2024年3月9日12時30分", "2024-03-09"),
        ("2024年3月9日午後", "2024-03-09"),
        ("March 9, 2024", "2024-03-09"),
        ("9 Mar 2024", "2024-03-09"),
        ("9 September 2024", "2024-09-09"),
        ("May 9, 2024", "2024-05-09"),
        ("Sept. 9 2024", "2024-09-09"),
        ("2024-02-29", "2024-02-29"),
        ("15-Apr-2024", "2024-04-15"),
        ("15-APR-2024 10:11:12", "2024-04-15"),
        ("2024.4.12.", "2024-04-12"),
        ("令06.04.07", "2024-04-07"),
        ("令6.4.7.", "2024-04-07"),
        ("平31/4/30", "2019-04-30"),
        ("㋿6年4月7日", "2024-04-07"),
        ("13/04/2024", "2024-04-13"),
        ("04/13/2024", "2024-04-13"),
        ("13.04.2024 09:30", "2024-04-13"),
        ("03-03-2024", "2024-03-03"),
    ],
)
def test_reads(written: str, iso: str) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2024", "3-4-2024", "12/11/2024", "13/13/2024", "31/02/2024", "00/13/2024", "13/04-2024", "13/04/24", "15-Apr-24", "2024.4.", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024年0月", "1899", "2201", "99999999",
        "yesterday", "9 Foo 2024", "Junk 5, 2024", "9 Marketing 2024", "Decade 1, 2024", "2024-3-9-1", "R99.99", "令和", "12:00", "-", "2024-03-09x", "2024年3月9日x" * 20,
    ],
)  # fmt: skip
def test_refuses(written: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_date(written)
    assert caught.value.code == "bad_date" and "2024-03-09" in caught.value.text.ja


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_in_each_form(day: date) -> None:
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d %B %Y", "%b %d, %Y")
    assert {read_date(day.strftime(form)) for form in forms} == {day.isoformat()}


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        iso = read_date(written)
    except Unreadable:
        return
    assert iso == "" or date.fromisoformat((iso + "-01-01")[:10])
    assert read_date(iso) == iso


@pytest.mark.parametrize(
    ("iso", "ja", "en"),
    [
        ("", "日付なし", "undated"),
        ("2018", "2018年", "2018"),
        ("2018-06", "2018年6月", "2018-06"),
        ("2018-06-06", "2018年6月6日", "2018-06-06"),
        ("2018-10-30", "2018年10月30日", "2018-10-30"),
    ],
)
def test_shows(iso: str, ja: str, en: str) -> None:
    assert show_date(iso) == (ja, en)
    if iso:
        assert read_date(ja) == iso
