from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import sender
from repdb.records import Unreadable


@pytest.mark.parametrize(
    ("text", "key", "display"),
    [
        ("Amazon", "amazon", "Amazon"),
        ("ＡＭＡＺＯＮ", "amazon", "AMAZON"),
        ("  Japan  Post ", "japan post", "Japan Post"),
        ("au-info", "au-info", "au-info"),
        ("Bank4You", "bank4you", "Bank4You"),
        ("Straße", "strasse", "Straße"),
        ("A", "a", "A"),
        ("２４３０５６", "243056", "243056"),
        ("NTT_DOCOMO", "ntt_docomo", "NTT_DOCOMO"),
        ("[abcdefgh]"[:9], "[abcdefgh", "[abcdefgh"),
    ],
)
def test_sender_ids_fold_to_one_key(text: str, key: str, display: str) -> None:
    assert sender.read(text) == ("sender_id", key, display, frozenset())


def test_invisible_characters_are_dropped_and_flagged() -> None:
    found = sender.read("Ama\u200bzon")
    assert (found.key, found.flags) == ("amazon", {"invisible_characters"})


def test_short_codes_are_short_numbers() -> None:
    assert sender.read("0005-1234")[:2] == ("short_number", "jp:00051234")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_sender_id"),
        ("ヤマト運輸", "not_a_sender_id"),
        ("Аmazon", "not_a_sender_id"),  # Cyrillic А: no such letter in the GSM alphabet
        ("12345", "not_a_sender_id"),
        ("050-9999-3490", "not_a_sender_id"),
        ("110", "not_a_sender_id"),
        ("---", "not_a_sender_id"),
        ("AmazonJapan1", "too_long"),
        ("[abcdefgh]", "too_long"),  # brackets take two septets each
        ("a" * 65, "too_long"),
    ],
)
def test_what_no_sender_can_show_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        sender.read(text)
    assert caught.value.code == code and caught.value.text.ja and caught.value.text.en


def test_the_refusal_says_which_digits_would_do() -> None:
    with pytest.raises(Unreadable) as caught:
        sender.read("12345")
    assert "2 to 9" in caught.value.text.en and "先頭は 2〜9" in caught.value.text.ja


@given(st.text(max_size=80))
def test_nothing_but_unreadable_is_raised(text: str) -> None:
    try:
        found = sender.read(text)
    except Unreadable:
        return
    if found.kind == "sender_id":
        assert found.key == found.display.casefold() and any(char.isalpha() for char in found.display)
        assert sender.read(found.display).key == found.key
