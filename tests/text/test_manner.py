"""How messages speak: by a name or without, and of a desk that the reader has as the road to take or the one not to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.manner import introduces, is_denied, signs

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


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("取下げの相談は青空局 03-9999-0001", True),
        ("期日を経て開始します。\n青空局\n東京都港区", True),
        ("開始します 青空局", True),
        ("青空局です。未納があります", True),
        ("【青空局】未納があります", True),
        ("「青空局」より未納のお知らせ", True),
        ("青空局 お問合せ窓口 03-9999-0001", True),
        ("相談は青空局までお電話ください", True),
        ("こちらは青空局、担当の者だ", True),
        ("「青空局」と書かれたはがき", False),
        ("「青空局」\n「星空局」\nにご注意", False),
        ("・青空局\n・星空局\nにご注意", False),
        ("差出人は青空局です", False),
        ("青空局ですか", False),
        ("青空局の件で電話して", False),
        ("青空局、星空局などの名前", False),
        ("青空局からはがきが届いた", False),
        ("青空局で検索した", False),
    ],
)
def test_a_name_signs_where_who_writes_puts_it(text: str, signed: bool) -> None:
    at = text.index("青空局")
    assert signs(text, at, at + 3) is signed


@given(
    st.text(alphabet="青空局です「」【】・\n 03-差出人は担当まで", max_size=60), st.integers(0, 60), st.integers(0, 9)
)
def test_any_place_signs_or_does_not(text: str, start: int, size: int) -> None:
    assert signs(text, start, start + size) in (True, False)
