from __future__ import annotations

import base64
import json
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.extract import Extractor
from repdb.text.mail import HiddenLink, read_mail

BODY = "見本カードをご利用いただきありがとうございます。至急ご確認ください。①㈱ミホン"
HTML = '<p>確認: <a href="https://bad.example/login">https://mihoncard.example/</a> <a href="https://bad.example/">こちら</a> <a href="tel:0120999001">電話</a></p>'


def plain(charset: str, codec: str) -> bytes:
    head = f"From: =?{charset}?B?{base64.b64encode('見本カード'.encode(codec)).decode()}?= <info@bad.example>\n"
    head += f"Subject: test\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    return head.encode() + BODY.encode(codec)


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("utf-8", "utf-8"), ("ISO-2022-JP", "iso2022_jp_ext"), ("Shift_JIS", "cp932"), ("windows-31j", "cp932"), ("EUC-JP", "euc_jis_2004"),
        ("us-ascii", "utf-8"), ("x-unknown", "utf-8"), ("gb2312", "gb18030"),
    ],
)  # fmt: skip
def test_charsets_as_they_are_meant(charset: str, codec: str) -> None:
    body = BODY if codec != "iso2022_jp_ext" and codec != "euc_jis_2004" else BODY.replace("①㈱", "")
    mail = read_mail(
        plain(charset, codec).replace(BODY.encode(codec), body.encode(codec))
        if body == BODY
        else plain_of(charset, codec, body)
    )
    assert mail.text == body and mail.from_name == "見本カード" and mail.from_address == "info@bad.example"
    assert mail.as_text().startswith("差出人: 見本カード <info@bad.example>\n件名: test\n\n見本カード")


def plain_of(charset: str, codec: str, body: str) -> bytes:
    head = f"From: =?{charset}?B?{base64.b64encode('見本カード'.encode(codec)).decode()}?= <info@bad.example>\n"
    return (head + f"Subject: test\nContent-Type: text/plain; charset={charset}\n\n").encode() + body.encode(codec)


@pytest.mark.parametrize(
    ("said", "codec"),
    [
        ("", "cp932"), ("", "euc_jp"), ("", "utf-8"), ("", "iso2022_jp"), ("Shift_JIS", "utf-8"), ("iso-8859-1", "cp932"),
        ("us-ascii", "euc_jp"), ("utf-8", "cp932"), ("unicode_escape", "utf-8"), ("undefined", "cp932"), ("a\0b", "utf-8"),
    ],
)  # fmt: skip
def test_a_charset_that_does_not_fit_its_bytes(said: str, codec: str) -> None:
    """Head and body, both short: one reader decides both."""
    text = "至急ご連絡ください"
    head = b"Subject: =?%s?B?%s?=\n" % (said.encode(), base64.b64encode(text.encode(codec))) if said else b""
    head += b"From: " + text.encode(codec) + b" <a@bait.example>\nContent-Type: text/plain"
    mail = read_mail(head + (f"; charset={said}" if said else "").encode() + b"\n\n" + text.encode(codec))
    assert mail.text == text
    assert mail.subject == text or not said or "\0" in said  # with a NUL it is no encoded word
    assert mail.from_name == text or codec == "iso2022_jp"


CRAFTED = [
    *(f"Content-Type: text/plain; charset={name}\n\n\\ud800 +2AA- hi\xe3" for name in
      ("unicode_escape", "raw_unicode_escape", "undefined", "idna", "punycode", "utf-7", "utf-16", "base64", "a\0b", "x" * 9000)),
    "Subject: =?a\0b?Q?x?=\nFrom: =?undefined?B?gA==?= <=?unicode_escape?Q?=5Cud800?=@a.example>\n\nhi",
    "Content-Type: text/plain; charset*=a%00b''x\n\nhi",
    "Content-Type: text/plain; charset*=undefined''x\n\nhi",
    "Content-Type: application/x; name*=undefined''a\nContent-Disposition: attachment; filename*=a\0b''x\n\nhi",
    "Content-Type: application/x; name=\"\xe3\"\n\nhi",
]  # fmt: skip


@pytest.mark.parametrize("source", CRAFTED)
@pytest.mark.parametrize("encoding", ["7bit", "base64", "quoted-printable", "x-uuencode"])
def test_a_crafted_mail_is_read_and_can_be_written(source: str, encoding: str) -> None:
    mail = read_mail(f"Content-Transfer-Encoding: {encoding}\n{source}".encode("latin-1"))
    json.dumps(mail, ensure_ascii=False).encode()
    Extractor().extract_mail(mail)


WORDS = ["From: ", "Subject: ", "Content-Type: text/html; charset=", "Content-Type: multipart/mixed; boundary=b\n", "\n", "\n\n",
         "--b\n", "Content-Transfer-Encoding: base64\n", "=?", "?B?", "?Q?", "?=", "utf-8", "\0", "\\ud800", "unicode_escape",
         "undefined", "\xe3\x81", "\xff", "<a href=", "http://a.example", "filename*=", "''", "%00", ";", '"']  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_no_mail_fails(words: list[str]) -> None:
    json.dumps(read_mail("".join(words).encode("latin-1")), ensure_ascii=False).encode()


def test_a_mail_that_nests_too_deep_is_read_as_text() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    assert "見本です" in read_mail(deep + "\n見本です".encode()).text


def multipart() -> MIMEMultipart:
    mail = MIMEMultipart("alternative")
    mail["From"] = "mihoncard.example <x@bad.example>"
    mail["Reply-To"] = "y@worse.example"
    mail["Return-Path"] = "<z@bounce.example>"
    mail["Subject"] = "見本"
    mail["Authentication-Results"] = "mx.example; spf=fail smtp.mailfrom=x; dkim=none; dmarc=fail"
    mail["Received-SPF"] = "pass (sender)"
    mail.attach(MIMEText("確認: https://mihoncard.example/", "plain", "utf-8"))
    mail.attach(MIMEText(HTML, "html", "utf-8"))
    file = MIMEText("x", "plain")
    file.add_header("Content-Disposition", "attachment", filename="a.zip")
    mail.attach(file)
    return mail


def test_who_sent_it_and_where_its_links_lead() -> None:
    mail = read_mail(multipart().as_bytes())
    assert (mail.reply_to, mail.return_path, mail.from_address) == (
        "y@worse.example",
        "z@bounce.example",
        "x@bad.example",
    )
    assert mail.checks == {"spf": "fail", "dkim": "none", "dmarc": "fail"}
    assert mail.hidden_links == (HiddenLink("mihoncard.example", "bad.example", "https://bad.example/login"),)
    assert mail.attachments == ("a.zip",) and mail.text.startswith("確認")


PASS = "Authentication-Results: {}; dmarc=pass header.from=mihoncard.example"
OUTSIDE = "Received: from bait.example (bait.example [192.0.2.1])\n by mbox.provider.example with ESMTP; Sun, 22 Nov 2026 10:00:00 +0900"
INSIDE = "Received: by 2001:db8::1 with SMTP id x"


@pytest.mark.parametrize(
    ("head", "dmarc"),
    [
        ((PASS.format("provider.example"),), "pass"),
        ((PASS.format("any.example"), OUTSIDE), "pass"),
        ((OUTSIDE, PASS.format("mx.provider.example")), "pass"),
        ((INSIDE, OUTSIDE, PASS.format("mx.provider.example")), "pass"),
        ((OUTSIDE, PASS.format("bait.example")), None),
        ((OUTSIDE, "Received: from a by bait.example; x", PASS.format("bait.example")), None),
        ((INSIDE, OUTSIDE, PASS.format("bait.example")), None),
        ((OUTSIDE, PASS.format("")), None),
        ((OUTSIDE, PASS.format("-.-")), None),
        ((OUTSIDE, PASS.format("bait.example"), PASS.format("provider.example").replace("pass", "fail")), "fail"),
        ((OUTSIDE, PASS.format("bait.example").replace("pass", "fail")), "fail"),
        (('Authentication-Results: a.jp; spf=pass smtp.mailfrom="; dmarc=pass"@bait.example; dmarc=fail',), "fail"),
        (('Authentication-Results: a.jp; dkim=fail reason="; dmarc=pass ;" (x (; dmarc=pass) ; dmarc=pass)',), None),
        (("Authentication-Results: a.jp; spf=pass smtp.mailfrom=dmarc=pass@bait.example",), None),
        (("Authentication-Results: a.jp 1;\n dmarc = Pass (p=none) header.from=mihoncard.example",), "pass"),
        ((OUTSIDE.replace("(bait.example", "(HELO by bait.example"), PASS.format("bait.example")), None),
    ],
)
def test_a_sender_cannot_vouch_for_himself(head: tuple[str, ...], dmarc: str | None) -> None:
    assert read_mail("\n".join((*head, "From: a@mihoncard.example", "", "x")).encode()).checks.get("dmarc") == dmarc


@pytest.mark.parametrize(
    ("said", "spf"),
    [
        ("pass (mx.provider.example: domain of a@bait.example designates 192.0.2.1)", "pass"),
        ("Pass (sender) client-ip=192.0.2.1; receiver=mbox.provider.example;", "pass"),
        ("pass (bait.example: fine)", None),
        ("pass", None),
        ("softfail (anybody: x)", "softfail"),
    ],
)
def test_spf_as_the_receiving_server_says_it(said: str, spf: str | None) -> None:
    mail = read_mail(f"{OUTSIDE}\nReceived-SPF: {said}\nFrom: a@bait.example\n\nx".encode())
    assert mail.checks.get("spf") == spf


def test_mentions_of_a_mail_hold_what_no_reader_sees() -> None:
    mail = read_mail(multipart().as_bytes())
    found = Extractor(official={"mihoncard.example": "ミホンカード", "+81120999001": "ミホンカード"}).extract_mail(mail)
    seen = {(m.kind, m.key, m.role) for m in found if m.start >= 0}
    unseen = {(m.kind, m.key, m.role) for m in found if m.start < 0}
    assert {("email", "bad.example", "sender"), ("domain", "mihoncard.example", "official")} <= seen
    assert unseen == {
        ("email", "worse.example", "sender"),
        ("email", "bounce.example", "sender"),
        ("domain", "bad.example", "link"),
        ("phone", "+81120999001", "official"),
    }
    text = mail.as_text()
    assert all(text[m.start : m.end] == m.written for m in found if m.start >= 0)


def test_a_link_without_a_host_hides_nothing() -> None:
    html = b'<a href="javascript:x()">https://a.example/</a><a href="https://b.example">here</a>'
    assert read_mail(b"Content-Type: text/html\n\n" + html).hidden_links == ()


def two_parts(plain: str, html: str, kind: str = "alternative") -> bytes:
    mail = MIMEMultipart(kind)
    mail.attach(MIMEText(plain, "plain", "utf-8"))
    mail.attach(MIMEText(html, "html", "utf-8"))
    return mail.as_bytes()


LOUD = '<p>カードを停止しました。至急ご確認ください <a href="https://bait.example/">こちら</a></p>'


@pytest.mark.parametrize(
    ("plain", "html", "kind", "shown", "unshown"),
    [
        ("今月の園芸だより", LOUD, "alternative", "カードを停止", "園芸"),
        ("今月の園芸だより", LOUD, "mixed", "カードを停止", ""),
        ("今月の園芸だより", LOUD, "mixed", "園芸", ""),
        ("今月の園芸だより", '<a href="https://bait.example/"><img src="cid:1">開く</a>', "alternative", "園芸", ""),
        ("今月の園芸だより", "", "alternative", "園芸", ""),
    ],
)
def test_the_part_that_mail_programs_show_is_read(plain: str, html: str, kind: str, shown: str, unshown: str) -> None:
    text = read_mail(two_parts(plain, html, kind)).text
    assert shown in text and (not unshown or unshown not in text)


def leaves(kind: str, *given: tuple[str, str]) -> bytes:
    body = "".join(f"--b\nContent-Type: {one}; charset=utf-8\n\n{text}\n" for one, text in given)
    return f"From: a@a.example\nContent-Type: multipart/{kind}; boundary=b\n\n{body}--b--\n".encode()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ((("text/html", "<p>園芸だよりの十一月号です。球根を植えましょう</p>"), ("text/plain", "カードを停止")), True),
        ((("text/plain", "カードを停止"), ("text/html", "<p>園芸だよりの十一月号です。球根を植えましょう</p>")), False),
        ((("text/plain", "園芸だより"), ("text/x-amp-html", LOUD)), True),
        ((("text/plain", "園芸だより"), ("application/xhtml+xml", LOUD)), True),
        ((("text/enriched", "カードを停止"),), True),
        ((("text/csv", "カードを停止"),), False),
    ],
)
def test_of_alternatives_the_last_is_shown_by_whatever_name(given: tuple[tuple[str, str], ...], shown: bool) -> None:
    assert ("カードを停止" in read_mail(leaves("alternative", *given)).text) is shown


def test_parts_beyond_what_is_read_are_told() -> None:
    many = leaves("mixed", *[("text/plain", "見本")] * 120)
    assert read_mail(many).unread and not read_mail(leaves("mixed", *[("text/plain", "見本")] * 90)).unread
    deep = MIMEText("カードを停止", "plain", "utf-8").as_string()
    for level in range(25):
        deep = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{deep}\n--b{level}--\n"
    assert read_mail(parts("Content-Type: text/plain\n\nx", deep)).unread


def test_parts_without_a_boundary_are_text() -> None:
    assert "見本" in read_mail("Content-Type: multipart/mixed\n\n見本です".encode()).text


def test_the_links_of_a_part_that_is_not_shown_are_looked_up_and_compared() -> None:
    mail = read_mail(two_parts("詳しくは https://mihoncard.example/news へ info@mihoncard.example", LOUD))
    assert {link.target for link in mail.links} == {"https://bait.example/", "https://mihoncard.example/news"}
    assert mail.apart == ("mihoncard.example", "bait.example")
    assert "mihoncard.example" in {one.key for one in Extractor().extract_mail(mail)}
    same = "https://www.bait.example/ tel"
    assert read_mail(two_parts(same, LOUD)).apart is None
    assert read_mail(two_parts(same, LOUD.replace("https://bait.example/", "tel:0120999001"))).apart is None
    assert read_mail(two_parts(same, LOUD, "mixed")).apart is None


def test_a_link_through_a_service_hides_what_it_leads_to() -> None:
    html = '<a href="https://www.google.com/url?q=https://{}/">https://mihoncard.example/</a>'
    found = [
        read_mail(b"Content-Type: text/html\n\n" + html.format(host).encode()).hidden_links
        for host in ("bait.example", "www.mihoncard.example")
    ]
    assert [[link.target for link in links] for links in found] == [["bait.example"], []]


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("a@mihoncard.example, b@bait.example", "a@mihoncard.example", "b@bait.example"),
        ("見本 <a@mihoncard.example>, b@bait.example", "見本 a@mihoncard.example", "b@bait.example"),
        ("見本, 太郎 <b@bait.example>", "太郎", "b@bait.example"),
        ("見本", "", "見本"),
        ("見本 <b@bait.example>", "見本", "b@bait.example"),
    ],
)
def test_of_several_senders_the_last_wrote_it(written: str, name: str, address: str) -> None:
    mail = read_mail(f"From: {written}\n\nx".encode())
    assert (mail.from_name, mail.from_address) == (name, address)


def test_of_several_lines_that_say_who_sends_it_none_is_lost() -> None:
    mail = read_mail("From: 見本 <a@mihoncard.example>\nfrom: b@bait.example\n\nx".encode())
    assert (mail.from_name, mail.from_address) == ("見本 a@mihoncard.example", "b@bait.example")


def parts(*leaves: str) -> bytes:
    body = "".join(f"--b\n{leaf}\n" for leaf in leaves)
    return f"From: a@a.example\nContent-Type: multipart/mixed; boundary=b\n\n{body}--b--\n".encode()


PAGE = '<form action="https://bait.example/">カード番号</form>'


@pytest.mark.parametrize(
    ("leaf", "shown", "unread"),
    [
        (
            f"Content-Type: text/html; charset=utf-8\nContent-Disposition: attachment; filename=a.html\n\n{PAGE}",
            "カード番号",
            False,
        ),
        (f"Content-Type: application/octet-stream; name=A.HTM\n\n{PAGE}", "カード番号", False),
        (
            "Content-Type: text/calendar; charset=utf-8\n\nDESCRIPTION:カード\n 番号\\nhttps://bait.example/",
            "カード番号\nhttps",
            False,
        ),
        ("Content-Type: application/zip\nContent-Disposition: attachment; filename=a.zip\n\nx", "", True),
        ("Content-Type: image/png\n\nx", "", False),
        (
            'Content-Type: image/svg+xml\n\n<svg><a xlink:href="https://bait.example/"><text>open here</text></a></svg>',
            "open here",
            False,
        ),
        (
            'Content-Type: text/html\n\n<noscript>login</noscript><button formaction="//bait.example/">go</button>',
            "login",
            False,
        ),
        ('Content-Type: text/html; charset=utf-8\n\n<a href="data:text/html,x">カード番号</a>', "カード番号", True),
        (
            f"Content-Type: message/rfc822\n\nFrom: 見本 <b@bait.example>\nSubject: s\nContent-Type: text/html; charset=utf-8\n\n{PAGE}",
            "From: 見本 <b@bait.example>",
            False,
        ),
    ],
)
def test_what_a_reader_can_open_is_read_or_told(leaf: str, shown: str, unread: bool) -> None:
    mail = read_mail(parts("Content-Type: text/plain; charset=utf-8\n\n見本です", leaf))
    assert "見本です" in mail.text and shown in mail.text
    assert mail.unread is unread
    if "bait" in leaf:
        assert "bait.example" in {one.key for one in Extractor().extract_mail(mail)}


def test_a_mail_without_words_is_not_read() -> None:
    assert read_mail(b"Content-Type: text/html\n\n<img src=cid:x>").unread


def test_a_number_that_is_shown_and_another_dialled() -> None:
    html = '<a href="tel:09099990001">{}</a>'
    for shown, links in (("0120-999-001", 1), ("090-9999-0001", 0), ("電話する", 0), ("188", 0)):
        assert (
            len(read_mail(b"Content-Type: text/html; charset=utf-8\n\n" + html.format(shown).encode()).hidden_links)
            == links
        )


def test_html_alone_is_read_as_shown() -> None:
    mail = read_mail(
        b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n"
        + '<b>a</b><div style="display:none">隠し</div>'.encode()
    )
    assert mail.text == "a" and mail.hidden_text == "隠し"


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        (b"=?utf-8?B?6KaL5pys?= =?utf-8?B?6YqA6KGM?=", "見本銀行"),
        ("見本\n\t銀行".encode(), "見本銀行"),
        ("見本".encode("cp932") + "のお知らせとご案内".encode("cp932"), "見本のお知らせとご案内"),
        (b"=?utf-8?Q?a=20b?= c", "a b c"),
        (b"=?utf-8?B?!!!?=", ""),
        (b"=?utf-8?B?a?= b", "b"),
        (b"plain\r\n words", "plain words"),
    ],
)
def test_headers_as_mailers_write_them(raw: bytes, want: str) -> None:
    assert read_mail(b"Subject: " + raw + b"\n\nx").subject == want


def test_broken_mail_is_read_as_far_as_it_goes() -> None:
    assert read_mail(b"").text == ""
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    assert isinstance(read_mail(deep).text, str)
    many = MIMEMultipart()
    for _ in range(150):
        many.attach(MIMEText("x", "plain"))
    assert len(read_mail(many.as_bytes()).text.split()) <= 100
