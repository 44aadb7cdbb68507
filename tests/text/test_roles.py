"""The words around a number: the tables, and that finding their words first loses no row that holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from repdb.text.cue_weights import weights
from repdb.text.role_cues import AFTER, BEFORE, REACH, Cue
from repdb.text.roles import Setting, innocence, may_be_innocent, prior

WORDS = sorted({word for cue in BEFORE + AFTER for word in cue[0].split("|")})
JOINTS = ["", " ", "\n", "(", "」", "は", "が", "に", "へ", "の", ":", "9", "1-2-3", "is a ", "などの", "。"]
NEAR = st.lists(st.sampled_from(WORDS + JOINTS), max_size=6).map("".join)


def holds(cue: Cue, near: str, first: bool) -> bool:
    if not cue[4]:
        return any(word in near for word in cue[0].split("|"))
    return bool(re.match(cue[4], near) if first else re.search(cue[4], near))


@given(NEAR, NEAR)
def test_every_row_that_holds_is_found(before: str, after: str) -> None:
    text, end = f"{before}050-9999-0001{after}", len(before) + 13
    near = [cue[1:4] for cue in BEFORE if holds(cue, before[-REACH:], False)]
    near += [cue[1:4] for cue in AFTER if holds(cue, after[:REACH], True)]
    for column in range(3):
        assert weights(text, len(before), end, column) == [row[column] for row in near]


def test_no_words_of_a_message_clear_its_own_number() -> None:
    assert all(cue[3] <= 0 for cue in BEFORE + AFTER)
    message = Setting("message", False, True)
    assert not may_be_innocent("+815099990001", message)
    assert prior(message, "") + innocence("公式 050-9999-0001", 3, 16, "+815099990001", "phone", message) < 0
    assert may_be_innocent("+81120999001", message)
    assert may_be_innocent("+815099990001", Setting("page", False, True))


def test_a_mail_that_threatens_as_false_collectors_do_quotes_its_own_number() -> None:
    mail = Setting("mail", False, True)
    assert prior(mail, "ご請求の確認が取れません。法的手続きを検討します。") > 0
    assert prior(mail, "アダルトサイトの料金が未納です。本書を最終通告とし、身辺調査に入ります。") < 0


def test_numbers_abroad_are_doubted_where_a_page_warns() -> None:
    warns, sells = Setting("page", False, True), Setting("page", False, False)
    weight = {around: innocence("+1 212 555 0100", 0, 15, "+12125550100", "phone", around) for around in (warns, sells)}
    assert weight[warns] < weight[sells]
    assert innocence("03-9999-1234", 0, 12, "+81399991234", "phone", warns) > weight[warns]


def test_mobiles_are_doubted_where_a_page_warns() -> None:
    warns, sells = Setting("page", False, True), Setting("page", False, False)
    mobile, free = ("09099990001", "+819099990001"), ("08009990001", "+818009990001")
    weight = {key: innocence(said, 0, len(said), key, "phone", warns) for said, key in (mobile, free)}
    assert weight[mobile[1]] < innocence(mobile[0], 0, 11, mobile[1], "phone", sells)
    assert weight[free[1]] == innocence(free[0], 0, 11, free[1], "phone", sells) > 0
