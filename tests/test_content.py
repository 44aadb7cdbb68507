from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.content import decode, read, sniff
from repdb.records import Unreadable

SENTENCES = [
    "架空請求にご注意ください。電話番号は 050-9999-0001 です。",
    "事業者名：さくら債権管理株式会社（架空の名称）",
    "東京都千代田区",
    "フィッシング",
]
CODECS = ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"]
HEADERS = ["", "text/html", "text/html; charset=utf-8", "text/csv; charset=Shift_JIS", "text/html; charset=EUC-JP"]
HEADERS += ["text/plain; charset=iso-8859-1", "text/html; charset=nonsense", "text/html; charset=base64", "junk"]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", SENTENCES)
def test_japanese_is_read_whatever_the_header_says(text: str, codec: str, header: str) -> None:
    assert decode(text.encode(codec), header).text == text


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-8", "iso2022_jp"])
@pytest.mark.parametrize("meta", ["Shift_JIS", "EUC-JP", "utf-8", "windows-1252"])
def test_a_meta_element_is_a_hint_only(codec: str, meta: str) -> None:
    page = f'<html><head><meta charset="{meta}"><title>通知</title></head><body>未納料金のお知らせ</body></html>'
    assert decode(page.encode(codec)).text == page


def test_vendor_characters_of_both_legacy_charsets() -> None:
    assert decode("①㈱髙島".encode("cp932"), "text/html; charset=Shift_JIS").text == "①㈱髙島"
    text = "㈱さくらは①の業者です"
    assert decode(text.encode("euc_jis_2004"), "text/html; charset=EUC-JP").text == text


def test_other_languages_by_their_header() -> None:
    assert decode("Café Zürich".encode("cp1252"), "text/plain; charset=windows-1252").text == "Café Zürich"


@pytest.mark.parametrize(
    ("text", "codec", "said"),
    [
        ("L'école supérieure à l'été", "cp1252", "iso-8859-1"),
        ("It’s your friend’s", "cp1252", "iso-8859-1"),
        ("ÄÖÜ Grüße aus München", "cp1252", "us-ascii"),
        ("Здравствуйте, друзья", "cp1251", "windows-1251"),
        ("Здравствуйте, друзья", "koi8_u", "koi8-u"),
        ("您的账户已被冻结", "gb18030", "gb2312"),
        ("안녕하세요", "cp949", "ks_c_5601-1987"),
        ("見本カード", "gb18030", "x-gbk"),
        ("①㈱見本", "utf-7", "unicode-1-1-utf-7"),
        ("見本 1", "utf-16-le", "utf-16le"),
        ("円", "cp932", ""),
        ("3月 5日", "cp932", ""),
        ("ﾐﾎﾝ ｶｰﾄﾞ", "cp932", ""),
    ],
)
def test_a_declaration_that_fits_is_believed(text: str, codec: str, said: str) -> None:
    assert decode(text.encode(codec), f"text/plain; charset={said}" if said else "").text == text
    assert read(text.encode(codec), said).text == text


def test_western_letters_without_a_declaration_are_a_last_guess_for_mails_only() -> None:
    for text in ("Café", "L'école supérieure", "größe"):
        assert read(text.encode("cp1252")).text == text
        with pytest.raises(Unreadable):
            decode(text.encode("cp1252"))


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_a_damaged_part_is_read_as_what_it_says_it_is(codec: str) -> None:
    pieces = ["不在のため荷物を", "持ち帰りました。", "至急 050-9999-0001 まで", "ご連絡ください。"]
    found = read(b"\xff".join(piece.encode(codec) for piece in pieces), codec.replace("cp932", "Shift_JIS"))
    assert all(piece in found.text for piece in pieces)


def test_a_vendor_character_is_not_lost_in_a_long_page() -> None:
    text = "①" + "見本の文です。" * 1000
    assert decode(text.encode("euc_jis_2004"), "text/html; charset=EUC-JP").text == text


@given(
    st.binary(max_size=60),
    st.sampled_from([*HEADERS, "utf-7", "hz", "utf-16", "iso-2022-kr", "big5", "cp037", "undefined"]),
)
def test_a_part_of_a_mail_is_always_read(content: bytes, said: str) -> None:
    read(content, said.rpartition("=")[2]).text.encode()


def test_a_broken_byte_in_a_long_page_is_shown_not_fatal() -> None:
    page = "これは長いページです。" * 100
    read = decode(page.encode("cp932") + b"\xfd" + page.encode("cp932"))
    assert (read.charset, read.text.replace("\ufffd", "")) in {
        ("cp932", page + page),
        ("cp932", page + "\uf8f1" + page),
    }


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 3, b"\xff\x00\x81" * 50])
def test_what_is_no_text_is_not_guessed(content: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(content)
    assert caught.value.code == "bad_encoding"


@given(st.binary(max_size=300), st.sampled_from(HEADERS))
def test_any_bytes_are_read_or_refused(content: bytes, header: str) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(content, header).text, str)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x1b")))
def test_utf8_is_always_read_back(text: str) -> None:
    assert decode(text.encode(), "text/plain; charset=Shift_JIS").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"date,URL\n", "text"),
        (b"[1] a note", "text"),
        (b"PK\x03\x04...", "xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "xls"),
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\n <!doctype html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?>', "html"),
        (b'{"rows": []}', "json"),
        (b"[]", "json"),
        ("番号,日付".encode("cp932"), "text"),
    ],
)
def test_sniff(content: bytes, kind: str) -> None:
    assert sniff(content) == kind
