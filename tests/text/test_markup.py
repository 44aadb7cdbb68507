from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text import markup


def test_what_a_reader_sees() -> None:
    page = markup.read(
        "<TITLE>x</TITLE><STYLE>a{}</style><p>A&amp;B\t <b>c</b><br>d<!-- no --><script>bad()</SCRIPT>e</p>"
    )
    assert page.shown.text.split() == ["x", "A&B", "c", "de"]
    assert page.links == () and page.hidden == ()


def test_links_keep_target_text_and_place() -> None:
    source = "<a class=x href=https://a.example/?q=1&amp;r=2>go <b>here</b></a><form action='//b.example/'></form><a href>no</a><area href=\"c.example\">"
    page = markup.read(source)
    assert [(link.target, link.shown) for link in page.links] == [
        ("https://a.example/?q=1&r=2", "go here"),
        ("//b.example/", ""),
        ("c.example", ""),
    ]
    assert source[page.links[0].start : page.links[0].end] == "https://a.example/?q=1&amp;r=2"


def test_a_break_inside_an_address_is_none() -> None:
    page = markup.read('<a href="https://mihon-\nshika.jp/">a</a><a href=" https://mihon\t-&#10;shika.jp/ ">b</a>')
    assert [link.target for link in page.links] == ["https://mihon-shika.jp/"] * 2


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ('<base href="https://bait.example/a/"><a href="/login">x</a>', ["https://bait.example/login"]),
        ('<base href="https://bait.example"><a href="login">x</a>', ["https://bait.example/login"]),
        ('<base href="https://bait.example/"><a href="https://a.jp/">x</a><a href="#b">x</a>', ["https://a.jp/", "#b"]),
        ('<base href="/a/"><a href="b">x</a>', ["b"]),
        ('<meta http-equiv=refresh content="0; url=https://bait.example/">', ["https://bait.example/"]),
        ('<meta name=x content="see https://bait.example/">', []),
        ("<button onclick=\"location.href='https://bait.example/'\">x</button>", ["https://bait.example/"]),
        ('<img src="https://bait.example/?onload=1" alt="x">', []),
        ('<a href="https://bait.example/" title=" href=https://a.jp/">x</a>', ["https://bait.example/"]),
        ('<a href=https://bait.example/ href="https://a.jp/">x</a>', ["https://bait.example/"]),
        ("<a data-href=\"https://a.jp/\" HREF = 'https://bait.example/'>x</a>", ["https://bait.example/"]),
        ('<button type=submit formaction="https://bait.example/">x</button>', ["https://bait.example/"]),
    ],
)
def test_other_ways_to_lead_on(source: str, targets: list[str]) -> None:
    page = markup.read(source)
    assert [link.target for link in page.links] == targets
    assert all(0 <= link.start <= link.end <= len(source) for link in page.links)


def test_an_address_is_no_tag_and_links_side_by_side_stay_apart() -> None:
    assert (
        markup.read("<b>M</b> <x.y+z@bad.example> <a1@bad.example>").shown.text
        == "M <x.y+z@bad.example> <a1@bad.example>"
    )
    source = "<a href=x>https://a.example/</a><a href=y>0120-999-001</a>A<a href=z>Pay</a>Pal"
    page = markup.read(source)
    assert page.shown.text == "https://a.example/ 0120-999-001 APayPal"
    assert [link.shown for link in page.links] == ["https://a.example/", "0120-999-001", "Pay"]


def test_hidden_text_is_not_shown() -> None:
    page = markup.read(
        'a<div style="color:red;DISPLAY : none">x<br><i>y</i></div>b<p hidden>z</p><span style="font-size:0">w</span>c<b style="font-size:0.9em">d</b>'
    )
    assert "".join(page.shown.text.split()) == "abcd"
    assert "".join(page.hidden) == "xyzw"


def test_unclosed_and_broken_markup_is_read_to_the_end() -> None:
    assert markup.read("<a href='x.example'>t").links[0].shown == "t"
    assert markup.read("a < b <3 <p").shown.text == "a < b <3 <p"
    assert markup.read("a<!-- b").shown.text == "a"
    assert markup.read("a<script>b").shown.text == "a"
    assert markup.read("a<!doctype html>b&bogus;&#0;").shown.text.startswith("ab")


def test_what_looks_like_html() -> None:
    assert markup.looks_like("<!DOCTYPE html><html>") and markup.looks_like('x <a class="b" href="c">')
    assert not markup.looks_like("1 < 2, <taro@example.jp> <dカード>")


@given(st.text(alphabet="<>/a \"'=hrefp!-&;#1あ\n", max_size=60))
def test_every_shown_character_has_its_place(text: str) -> None:
    shown = markup.read(text).shown
    places = [shown.at(place) for place in range(len(shown.text))]
    assert places == sorted(places) and all(0 <= place < len(text) for place in places)


def test_letters_written_as_entities_are_found_at_their_places() -> None:
    source = "<p>a&lt;&#x3042;&amp;050<i hidden>&lt;&gt;</i>&#48;b</p>"
    page = markup.read(source)
    text = page.shown.text
    assert text.strip() == "a<あ&0500b"
    for letter, written in (("<", "&lt;"), ("あ", "&#x3042;"), ("&", "&amp;"), ("b", "b")):
        at = page.shown.at(text.index(letter))
        assert source[at : at + len(written)] == written
    assert page.hidden == ("<", ">")


def test_the_picture_of_a_button_says_what_its_text_would() -> None:
    source = '<p>a</p><img alt="logo"><a href="https://bait.example/"><img src=x alt="見本カード 03-9999-0001"></a>'
    page = markup.read(source)
    assert page.links[0].shown == "見本カード 03-9999-0001" and "logo" not in page.shown.text
    at = page.shown.text.index("03-")
    assert source[slice(*page.shown.span(at, at + 12))] == "03-9999-0001"
    assert markup.read('<a href="https://bait.example/"><img alt></a>').links[0].shown == ""
