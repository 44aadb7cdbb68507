"""Hosts that a URL shows besides the one it leads to."""

from __future__ import annotations

import pytest

from repdb import domain
from repdb.urltricks import carried_host, posed_host


@pytest.mark.parametrize(
    ("url", "posed"),
    [
        ("https://www.mihon.co.jp@evil-parcel.com/", "mihon.co.jp"),
        ("https://www.mihon.co.jp:443@evil-parcel.com/", "mihon.co.jp"),
        ("https://www.mihon.co.jp\u2044@evil-parcel.com/", "mihon.co.jp"),
        ("https://www.mihon.co.jp\u2215saihai\u2215a@evil-parcel.com/", "mihon.co.jp"),
        ("hxxps://mihon.jp@evil-parcel.com", "mihon.jp"),
        ("https://user:pass@evil-parcel.com/", None),
        ("https://evil-parcel.com/a@mihon.jp", None),
        ("https://no.suffixofours@evil-parcel.com/", None),
        ("taro@evil-parcel.com", None),
    ],
)
def test_credentials_that_look_like_a_host(url: str, posed: str | None) -> None:
    assert posed_host(url) == posed
    assert not posed or "posed_host" in domain.read(url).flags


def test_a_blank_before_the_slash_ends_no_link_for_the_eye() -> None:
    assert posed_host("https://www.mihon.co.jp /@evil-parcel.com/") == "mihon.co.jp"
    assert posed_host("https://www.mihon.co.jp /a@evil-parcel.com/") is None


@pytest.mark.parametrize(
    ("url", "carried"),
    [
        ("https://mihon.co.jp/redirect?url=https://evil-parcel.com", "evil-parcel.com"),
        ("https://mihon.co.jp/a?return_to=https%3A%2F%2Fevil-parcel.com%2Flogin", "evil-parcel.com"),
        ("https://mihon.co.jp/a?next=https%253A%252F%252Fx.duckdns.org", "x.duckdns.org"),
        ("https://mihon.co.jp/a?to=//evil-parcel.com/b", "evil-parcel.com"),
        ("https://mihon.co.jp/#https://evil-parcel.com", "evil-parcel.com"),
        ("https://mihon.co.jp/a?b=c&d=//", None),
        ("https://mihon.co.jp/a//b?c=d", None),
        ("https://mihon.co.jp/?date=1//2", None),
    ],
)
def test_an_address_that_another_carries(url: str, carried: str | None) -> None:
    assert carried_host(url) == carried
