"""Texts of strangers: nothing acts, nothing can be followed, and nothing of the text is lost."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from repdb.web import plain

ACTING = ["\0", "\x1b", "\x9f", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\U000e0041", "\u2028"]


@pytest.mark.parametrize("char", ACTING)
def test_what_acts_is_made_visible(char: str) -> None:
    assert plain.clean(f"a{char}b") == "a\ufffdb"


def test_ordinary_text_and_markup_stay() -> None:
    for text in ("架空請求 ｶﾅ é\n\t👍", "plain", ""):
        assert plain.clean(text) == text
    markup = Markup("<b>\u202e</b>")
    assert plain.clean(markup) is markup and plain.clean(3) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("見て https://evil.example/a?b=c ください", "見て hxxps://evil[.]example/a?b=c ください"),
        ("HTTP://Evil.example.net:80/", "hxxp://Evil[.]example[.]net:80/"),
        ("evil.example と www.bad-site.co.jp。", "evil[.]example と www[.]bad-site[.]co[.]jp。"),
        ("hxxp://evil[.]example/", "hxxp://evil[.]example/"),
        ("https://日本語.jp/x", "hxxps://日本語[.]jp/x"),
        ("株式会社 3.5 倍 12:30. 終わり.", "株式会社 3.5 倍 12:30. 終わり."),
        ("", ""),
    ],
)
def test_links_are_taken_apart(text: str, shown: str) -> None:
    assert plain.defang(text) == shown


@given(st.text(max_size=300))
def test_defanging_leaves_no_link_and_is_done_once(text: str) -> None:
    once = plain.defang(text)
    assert plain.defang(once) == once
    assert plain._SCHEME.search(once) is None or "http" not in once.lower().split("://")[0][-5:]


@given(st.from_regex(r"[a-z0-9.\-]{0,400}", fullmatch=True))
def test_defanging_is_quick_on_long_runs(text: str) -> None:
    assert plain.defang(text * 20).replace("[.]", ".") == text * 20


@pytest.mark.parametrize(
    ("kind", "key", "path"),
    [
        ("phone", "+815031983490", "/number/+815031983490"),
        ("masked_phone", "+813670902**", "/number/+813670902**"),
        ("short_number", "jp:#9110", "/number/jp:%239110"),
        ("email", "a.example", "/domain/a.example"),
        ("company", "a/b?c", "/company/a%2Fb%3Fc"),
        ("campaign", "c1", "/campaign/c1"),
    ],
)
def test_addresses_of_pages(kind: str, key: str, path: str) -> None:
    assert plain.page_of(kind, key) == path and unquote(path).endswith(key)


def test_ruby_reads_hard_words_once_in_japanese_only() -> None:
    from repdb.web.templates import environment

    template = environment().from_string("{{ text|ruby }}")
    shown = template.render(lang="ja", text="架空請求と<b>架空請求\u202e")
    assert shown == "<ruby>架空請求<rp>（</rp><rt>かくうせいきゅう</rt><rp>）</rp></ruby>と&lt;b&gt;架空請求\ufffd"
    assert template.render(lang="en", text="架空請求 & b") == "架空請求 &amp; b"


def test_helplines_dial() -> None:
    assert [plain.tel(n) for n in ("188", "#9110", "+81 3-1234")] == ["tel:188", "tel:%239110", "tel:+8131234"]


def test_every_place_of_the_sentences_has_an_example() -> None:
    import re

    from repdb.signals.weights import WEIGHTS

    used = {place for row in WEIGHTS.values() for text in row.text for place in re.findall(r"\{(\w+)\}", text)}
    assert used == set(plain.EXAMPLES)
