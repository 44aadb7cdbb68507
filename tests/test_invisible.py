"""Every reader takes the same invisible characters away."""

from __future__ import annotations

import re

import pytest

from repdb import company, domain, phone, sender
from repdb.invisible import CLASS, INVISIBLE, UNSEEN
from repdb.text.extract import extract

MARKS = [chr(code) for code in sorted(INVISIBLE - UNSEEN)]


def test_the_class_and_the_sets_are_one() -> None:
    assert {code for code in range(0x110000) if re.match(f"[{CLASS}]", chr(code))} == INVISIBLE
    assert {0x200B, 0xAD, 0xFE0F, 0xE0041} <= UNSEEN < INVISIBLE
    assert INVISIBLE.isdisjoint(map(ord, "\t\n\r\x85 -"))


@pytest.mark.parametrize("code", sorted(code for code in UNSEEN if code < 0xE0000) + [0xE0041, 0xE0FFF])
def test_an_unseen_character_changes_no_reading(code: int) -> None:
    unseen = chr(code)
    assert phone.read(f"050-99{unseen}99-0001").key == "+815099990001"
    assert domain.read(f"mih{unseen}on.example").key == "mihon.example"
    assert company.read(f"見本{unseen}運送").key == "見本運送"
    assert sender.read(f"Mi{unseen}hon").key == "mihon"
    assert [m.key for m in extract(f"至急 050-99{unseen}99-0001 へ")] == ["+815099990001"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_over_a_digit_hides_it_from_nobody(mark: str) -> None:
    written = "".join(char + mark if char.isdigit() else char for char in "050-9999-0001")
    assert phone.read(written).key == "+815099990001"
    assert [m.key for m in extract(f"至急 {written} へ")] == ["+815099990001"]
