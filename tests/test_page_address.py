"""Of the address of a page: what may be kept, for everybody's pages and for all others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.page_address import kept

# address → what is kept of it, and what is kept where its source publishes for everybody
CASES = {
    "https://mihon.com/mypage?member=taro.yamada@mihon.jp": ("mihon.com/mypage", "https://mihon.com/mypage"),
    "https://taro:pass@mihon.com/login#taro": ("mihon.com/login", "https://mihon.com/login"),
    "https://mihon.com/a.php?id=123&page=2": ("mihon.com/a.php", "https://mihon.com/a.php?id=123&page=2"),
    "https://mihon.com/a.php?user=taro": ("mihon.com/a.php", "https://mihon.com/a.php"),
    "https://mihon.com/a.php?id=09012345678": ("mihon.com/a.php", "https://mihon.com/a.php"),
    "https://mihon.com/a.php?id=3&mail_address=x": ("mihon.com/a.php", "https://mihon.com/a.php"),
    "https://mihon.com/taro@mihon.jp/1.html": ("mihon.com/…", "mihon.com/…"),
    "https://mihon.com/taro%40mihon.jp/1.html": ("mihon.com/…", "mihon.com/…"),
    "https://mihon.com/%E5%B1%B1%E7%94%B0%E5%A4%AA%E9%83%8E%E6%A7%98/": ("mihon.com/…", "mihon.com/…"),
    "https://mihon.com/tel/09012345678.html": ("mihon.com/tel/…", "mihon.com/tel/…"),
    "https://www.mihon.lg.jp/news/n-2026_1.html#top": (
        "www.mihon.lg.jp/news/…",
        "https://www.mihon.lg.jp/news/n-2026_1.html",
    ),
    "http://127.0.0.1:8000/a.html": ("127.0.0.1/a.html", "http://127.0.0.1:8000/a.html"),
    "hxxps://mihon[.]com/login?x=1": ("mihon.com/login", "mihon.com/login"),
    "見本新聞 2026年11月1日 12面": ("見本新聞 2026年11月1日 12面",) * 2,
    "見本太郎様からの手紙": ("〔氏名〕様からの手紙",) * 2,
    "mypage?member=taro": ("", ""),
    "https://blog.mihon.jp/yamada-hanako/2026/": ("blog.mihon.jp/…", "blog.mihon.jp/…"),
    "https://blog.mihon.jp/login/sign-in/hanako-yamada": ("blog.mihon.jp/login/sign-in/…",) * 2,
    "https://blog.mihon.jp/yamada-denki/login": (
        "blog.mihon.jp/yamada-denki/login",
        "https://blog.mihon.jp/yamada-denki/login",
    ),
    "javascript:alert(1)": ("", ""),
    "taro@": ("", ""),
}


@pytest.mark.parametrize("address", CASES)
def test_what_is_kept(address: str) -> None:
    assert (kept(address, False), kept(address, True)) == CASES[address]
    for public in (False, True):
        once = kept(address, public)
        assert kept(once, public) == once


@given(
    st.sampled_from(["https://mihon.com", "https://u@mihon.com:8443"]),
    st.text(alphabet="/?#&=@:%ab1.様\\ ", max_size=40),
)
def test_no_address_of_a_person_is_left(start: str, rest: str) -> None:
    address = f"{start}/{rest}?mail=taro.yamada@mihon.jp"
    for public in (False, True):
        once = kept(address, public)
        assert [part for part in ("yamada", "mail=", "#", "u@") if part in once] == []
        assert kept(once, public) == once
