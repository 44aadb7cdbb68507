"""Links and numbers of which a publisher left nothing to look up."""

from __future__ import annotations

import pytest

from repdb.text.hidden import hides_link, hides_number, leaves_unread


@pytest.mark.parametrize(
    "text",
    [
        "ご確認ください https://****",
        "ご確認ください http://○○.com?abc",
        "こちらから www.●●●●.jp へ",
        "詳しくは http://...",
        "hxxps://xxxxxxx.com/ を開く",
        "お手続きはこちら(URL)",
        "お支払い:ＵＲＬ",
        "再開手続き\n【偽サイトへのリンク】",
        "http://bait●●●●.com",
        "続きは https://",
    ],
)
def test_a_hidden_link(text: str) -> None:
    assert hides_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.jp/a",
        "https://x.com/abc",
        "URLを開かないでください",
        "https://xn--p8j.example",
        "次のURLから",
    ],
)
def test_no_hidden_link(text: str) -> None:
    assert not hides_link(text)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("050-XXXX-XXXX へ電話", True),
        ("０５０－××××－１２３４", True),
        ("担当まで（電話番号）", True),
        ("050-9999-0001 へ電話", False),
        ("電話番号を教えて", False),
    ],
)
def test_a_hidden_number(text: str, hidden: bool) -> None:
    assert hides_number(text) is hidden


@pytest.mark.parametrize(
    ("text", "spans", "unread"),
    [
        ("https://a.jp/ と https://b.jp/", [(0, 13)], True),
        ("https://a.jp/ と https://b.jp/", [(0, 13), (16, 29)], False),
        ("https://a.jp/ と https://b.jp/", [(-1, -1), (0, 99)], False),
        ("https://a.jp/ と https://b.jp/", [(0, 30), (2, 4)], False),
        ("https://mihonx/", [], True),
        ("https://mihon****.jp/", [], False),
        ("http://localhost/ http://10.0.0.1/ https://で始まる", [], False),
        ("https : // mihon . jp", [], True),
        ("https: //mihon.jp", [(8, 16)], False),
        ("https: //mihon.jp", [(0, 16)], False),
        ("http: / /mihonx https の話", [], True),
        ("https: とは", [], False),
        ("見本", [], False),
    ],
)
def test_a_link_that_was_not_read(text: str, spans: list[tuple[int, int]], unread: bool) -> None:
    assert leaves_unread(text, spans) is unread
