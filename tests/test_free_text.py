"""What is kept of a free text: read, without personal data, tidy."""

from __future__ import annotations

import base64

import pytest

from repdb.free_text import MAX_TEXT, as_given, kept, tidy


@pytest.mark.parametrize(
    ("text", "expected"), [("一行\r\n二行\r三行", "一行\n二行\n三行"), ("　 前後\n", "前後"), ("同じ", "同じ")]
)
def test_lines_end_in_one_way_as_given(text: str, expected: str) -> None:
    assert as_given(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x00b\u202ec", "a b c"), ("行\n\t　字 ", "行\n\t　字"), ("あ" * (MAX_TEXT + 1), "あ" * MAX_TEXT)],
)
def test_tidy_has_no_control_characters_and_an_end(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_personal_data_goes_and_the_subject_stays() -> None:
    text = "山田太郎様 至急 050-9999-0001 へ。taro@mihon.example"
    left = kept(text, frozenset({"+815099990001"}))
    assert "050-9999-0001" in left and "山田" not in left and "taro" not in left


def test_a_stock_note_is_kept_as_it_is_and_never_for_another_subject() -> None:
    note, number = "留守電に未納料金と入っていた", "090-9999-0001 に折り返しと言われた"
    for keep in (frozenset[str](), frozenset({"+819099990001"}), frozenset[str]()):
        assert kept(f" {note} ", keep) == note
        assert ("090" in kept(number, keep)) is bool(keep)


@pytest.mark.parametrize(
    "head",
    [
        "From: a@mihon.example\nSubject: test",
        "\ufeff \nFrom: a@mihon.example\nSubject: test",
        "From x\nReceived: by mihon.example",
        "X-Ms2-Id: 1\nReceived: by mihon.example",
    ],
)
def test_of_a_pasted_mail_what_is_read_is_kept(head: str) -> None:
    body = base64.encodebytes("山田太郎様\n至急お電話ください".encode()).decode()
    source = f"{head}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}"
    left = kept(source, frozenset())
    assert "至急お電話ください" in left and "山田" not in left and body[:20] not in left


def test_what_only_begins_like_a_mail_stays_as_it_is() -> None:
    text = "TEL: 050-9999-0001 へ\nご連絡ください"
    assert kept(text, frozenset({"+815099990001"})) == text
