"""Hosts that a URL shows besides the one it leads to."""

from __future__ import annotations

from base64 import b64encode

import pytest

from repdb import domain
from repdb.urltricks import carried_host, led_host, posed_host


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
        ("https://mihon.co.jp/jump?u=evil-parcel.com", "evil-parcel.com"),
        ("https://mihon.co.jp/?a=b&returnUrl=evil-parcel.com/x", "evil-parcel.com"),
        ("https://mihon.co.jp/r/https:/evil-parcel.com", "evil-parcel.com"),
        ("https://mihon.co.jp/r/#evil-parcel.com", "evil-parcel.com"),
        (f"https://mihon.co.jp/r?url={b64encode(b'https://evil-parcel.com/').decode()}", "evil-parcel.com"),
        (f"https://mihon.co.jp/r/{b64encode(b'https://evil-parcel.com/a').decode().rstrip('=')}", "evil-parcel.com"),
        ("https://mihon.co.jp/?utm_source=evil-parcel.com&ref=evil-parcel.com", None),
        ("https://mihon.co.jp/?url=index.html&to=taro@evil-parcel.com", None),
        ("https://mihon.co.jp/evil-parcel.com/#top", None),
        ("https://mihon.co.jp/?url=aHR0cAAAAAAAA", None),
        ("https://mihon.co.jp/a?b=c&d=//", None),
        ("https://mihon.co.jp/a//b?c=d", None),
        ("https://mihon.co.jp/?date=1//2", None),
    ],
)
def test_an_address_that_another_carries(url: str, carried: str | None) -> None:
    assert carried_host(url) == carried


TARGET = b64encode(b"https://evil-parcel.com/abc").decode()


@pytest.mark.parametrize(
    ("url", "led"),
    [
        ("https://www.google.com/url?q=https://evil-parcel.com/", "evil-parcel.com"),
        ("www.google.co.jp/url?sa=t&url=https%3A%2F%2Fevil-parcel.com", "evil-parcel.com"),
        ("https://www.google.com/url?q=evil-parcel.com&sa=D", "evil-parcel.com"),
        ("https://www.google.com/amp/s/evil-parcel.com/x", "evil-parcel.com"),
        ("https://evil--parcel-com.cdn.ampproject.org/c/s/evil-parcel.com/x", "evil-parcel.com"),
        ("https://translate.google.com/translate?u=evil-parcel.com", "evil-parcel.com"),
        (
            "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil-parcel.com%2F&data=05",
            "evil-parcel.com",
        ),
        ("https://urldefense.com/v3/__https://evil-parcel.com/x__;!!abc", "evil-parcel.com"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil-parcel.com", "evil-parcel.com"),
        (f"https://www.bing.com/ck/a?!&&u=a1{TARGET}&ntb=1", "evil-parcel.com"),
        ("https://docs.google.com/forms?url=https://evil-parcel.com", None),
        ("https://www.google.com/search?q=evil-parcel.com", None),
        ("https://mihon.co.jp/url?q=https://evil-parcel.com/", None),
    ],
)
def test_a_service_that_only_leads_on(url: str, led: str | None) -> None:
    assert led_host(url) == led
