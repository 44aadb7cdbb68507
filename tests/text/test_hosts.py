from __future__ import annotations

import pytest

from repdb.text import hosts
from repdb.text.fold import fold


def found(text: str) -> list[tuple[str, str, str]]:
    return [(hit.found.kind, hit.found.key, text[hit.at : hit.to]) for hit in hosts.find(fold(text, lower=True), text)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("確認を http://bad.duckdns.org をご覧", [("domain", "bad.duckdns.org", "http://bad.duckdns.org")]),
        ("http://bad.duckdns.orgをご確認/24時間", [("domain", "bad.duckdns.org", "http://bad.duckdns.org")]),
        ("こちら: mihon-unyu.com/saihai。", [("domain", "mihon-unyu.com", "mihon-unyu.com/saihai")]),
        ("ＥＸＡＭＰＬＥ．ＣＯＭ", [("domain", "example.com", "ＥＸＡＭＰＬＥ．ＣＯＭ")]),
        ("exam\u200bple.com", [("domain", "example.com", "exam\u200bple.com")]),
        ("hxxps://bad[.]example[.]com/x?y", [("domain", "example.com", "hxxps://bad[.]example[.]com/x?y")]),
        ("hxxps[://]bad[.]example/x", [("domain", "bad.example", "hxxps[://]bad[.]example/x")]),
        ("bad(.)example", [("domain", "bad.example", "bad(.)example")]),
        ("a-jp。bad-verify。com で", [("domain", "bad-verify.com", "a-jp。bad-verify。com")]),
        ("お支払いは mihon。company の", []),
        ("差出人 <info@mail.example.jp>", [("email", "example.jp", "info@mail.example.jp")]),
        ("a[at]example.jp", [("email", "example.jp", "a[at]example.jp")]),
        ("a{at}example.jp", [("email", "example.jp", "a{at}example.jp")]),
        ("a [at] example.jp", [("email", "example.jp", "a [at] example.jp")]),
        ("info_atmark_example.jp", [("email", "example.jp", "info_atmark_example.jp")]),
        ("info【at】mail.example.jp", [("email", "example.jp", "info【at】mail.example.jp")]),
        ("info（アットマーク）example.jp", [("email", "example.jp", "info（アットマーク）example.jp")]),
        ("見本 <info×example.jp>", [("email", "example.jp", "info×example.jp")]),
        ("差出人: ***@example.jp", [("email", "example.jp", "@example.jp")]),
        ("***mple.jp です", []),
        ("mi×××mple.jp/a です", []),
        ("あなたのIPアドレスは192.0.XXX.XXXです", []),
        ("PiiType.EMAIL と Aozora.COM", [("domain", "aozora.com", "Aozora.COM")]),
        ("★example.jp", [("domain", "example.jp", "example.jp")]),
        (
            "「@example.jp」と~@mail.example.com",
            [("email", "example.jp", "@example.jp"), ("email", "example.com", "@mail.example.com")],
        ),
        (
            "・末尾:\n-example.jp\n-info@example.com",
            [("domain", "example.jp", "example.jp"), ("email", "example.com", "-info@example.com")],
        ),
        ("https://日本語.jp/あ", [("domain", "xn--wgv71a119e.jp", "https://日本語.jp")]),
        ("http://аmazon.example/", [("domain", "xn--mazon-3ve.example", "http://аmazon.example")]),
        ("аmazon.example より", [("domain", "xn--mazon-3ve.example", "аmazon.example")]),
        ("http://41.216.0.1/login", [("domain", "41.216.0.1", "http://41.216.0.1/login")]),
        ("(https://example.com/a).", [("domain", "example.com", "https://example.com/a")]),
        ("amazon.co.jp.bad.example へ", [("domain", "bad.example", "amazon.co.jp.bad.example")]),
        ("**example.com** へ", [("domain", "example.com", "example.com")]),
        ("Visit example.com.", [("domain", "example.com", "example.com")]),
        (
            "https://bad.example,https://a.jp/",
            [("domain", "bad.example", "https://bad.example"), ("domain", "a.jp", "https://a.jp/")],
        ),
        ("http://bad.example,a.jp/x", [("domain", "bad.example", "http://bad.example"), ("domain", "a.jp", "a.jp")]),
        (
            "https://a.jphttps://bad.example/",
            [("domain", "a.jp", "https://a.jp"), ("domain", "bad.example", "https://bad.example/")],
        ),
        ("https://https://bad.example", [("domain", "bad.example", "https://https://bad.example")]),
        ("https://a.jp/?to=https://bad.example", [("domain", "a.jp", "https://a.jp/?to=https://bad.example")]),
        ("https://a.jp}", [("domain", "a.jp", "https://a.jp")]),
        *(
            (
                f"https://www.mihon.co.jp{sign}x.bad.example/",
                [("domain", "bad.example", f"https://www.mihon.co.jp{sign}x.bad.example/")],
            )
            for sign in "!,&;$+={}~"
        ),
        ("https://a.jp\u2044@bad.example/ へ", [("domain", "bad.example", "https://a.jp\u2044@bad.example/")]),
        (
            "https://a.jp\u2215x\u2215y@bad.example。",
            [("domain", "bad.example", "https://a.jp\u2215x\u2215y@bad.example")],
        ),
        ("https://a.jp /@bad.example/", [("domain", "bad.example", "https://a.jp /@bad.example/")]),
        ("https://a.jp /info@b.jp", [("domain", "a.jp", "https://a.jp"), ("email", "b.jp", "info@b.jp")]),
        ("https://a.jp \u2044 info@b.jp", [("domain", "a.jp", "https://a.jp"), ("email", "b.jp", "info@b.jp")]),
        ("https://a.jp/@b.jp", [("domain", "a.jp", "https://a.jp/@b.jp")]),
        ("https://www.mihon-\nshika.jp/x", [("domain", "mihon-shika.jp", "https://www.mihon-\nshika.jp/x")]),
        ("https://mihon-\r\nshika.jp.", [("domain", "mihon-shika.jp", "https://mihon-\r\nshika.jp")]),
        ("https://mihon-\nabc と b.jp", [("domain", "b.jp", "b.jp")]),
        (
            "https://a.jpー再配達.bad.example/",
            [("domain", "a.jp", "https://a.jp"), ("domain", "bad.example", "bad.example/")],
        ),
        (
            "www.google.com/url?q=https://bad.example/",
            [("domain", "bad.example", "www.google.com/url?q=https://bad.example/")],
        ),
        ("https://www.google.com/url?q=%", [("domain", "google.com", "https://www.google.com/url?q=%")]),
        ("公式の「r10.to」など", [("domain", "r10.to", "r10.to")]),
        ("**mihon.example**と mihon.example*", [("domain", "mihon.example", "mihon.example")] * 2),
        ("x.jp <x.jp@bad.example>", [("domain", "x.jp", "x.jp"), ("email", "bad.example", "x.jp@bad.example")]),
    ],
)
def test_links_hosts_and_addresses(text: str, want: list[tuple[str, str, str]]) -> None:
    assert found(text) == want


@pytest.mark.parametrize(
    "text",
    ["yahoo.co,jp", "***mple.ne.jp", "xxx.xxx.xxx.xxx", "node.js", "e.g", "run.sh と README.md", "expired.Click here", "162.158.10.10", "3.5倍", "1.my", "7-2.DMの実物例", "http://*****.com", "http://XXXXXXX.com/", "htt*://mihon.ex*jp.example/", "a@mihon.ex*mple.jp",
     "https://….", "http://〇〇〇.duckdns.org", "http://bad.t", "a@b", "file:///etc", "v1.2.3", "No.12", "「-jp.com」等", "a-.com", "http://-a.com/", "Instagram: @mihon.tokyo", "フォロー @mihon.example.jp", "{{ member.name }}", "<%= user.email", "http://", "http:///", "a.b.c.d.e.f.g.h.i.j.k.com"],
)  # fmt: skip
def test_what_is_no_host(text: str) -> None:
    assert found(text) == []


def test_the_host_that_a_link_shows() -> None:
    shown = hosts.spoken("詳しくは https://www.example.com/ まで")
    assert shown is not None and shown.key == "example.com"
    assert hosts.spoken("info@example.com へ、こちら") is None
