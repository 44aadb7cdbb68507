"""How messages speak: by a name or without, and of a desk that the reader has as the road to take or the one not to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.manner import introduces, is_denied

OWN = "カード裏面"


@pytest.mark.parametrize(
    "behind",
    [
        "の番号ではなく、こちらへ",
        "からではなく返信してください",
        "の番号は使えません",
        "は現在ご利用いただけません",
        "には電話しないでください",
        "の番号にはかけないで",
        "以外の番号へ",
        "ではお手続きできかねます",
        "の電話はつながりません",
        "を確認せずに",
    ],
)
def test_what_the_reader_is_kept_from_is_denied(behind: str) -> None:
    assert is_denied(OWN + behind, len(OWN))


@pytest.mark.parametrize(
    "behind",
    [
        "の番号へ",
        "に記載の電話番号までご連絡ください",
        "からご利用停止のお手続きをお願いします",
        "の番号にお電話ください。今はできません",
        "",
        "をご覧ください",
        "または窓口へ",
    ],
)
def test_what_the_reader_is_sent_to_is_not(behind: str) -> None:
    assert not is_denied(OWN + behind, len(OWN))


@given(st.text(max_size=40), st.integers(0, 50))
def test_any_place_has_an_answer(text: str, end: int) -> None:
    assert is_denied(text, end) in (True, False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("青空工務店の青木です。明日伺います", True),
        ("こちらは、青空新聞合同世論調査です。支持する方は1を押してください", True),
        ("私、青空工務店の青木と申します", True),
        ("お客様センターです。至急ご連絡ください", False),
        ("こちらは、担当の者です。至急ご連絡ください", False),
        ("未納料金があります。至急ご連絡ください", False),
    ],
)
def test_who_says_a_name_introduces_himself(text: str, named: bool) -> None:
    assert introduces(text) is named
