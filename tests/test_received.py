"""A message as somebody has it: when it is a mail, and where in it things stand."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from repdb import db, received
from repdb.check import Checker
from repdb.records import Unreadable
from repdb.setup import initialise

TODAY = date(2026, 11, 21)
BODY = "楽天カードの利用を一時停止しました。至急 050-9999-0001 まで。https://bait.example/login"
HEAD = "From: 楽天カード <info@rk.example>\nSubject: ご確認\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
PLAIN = HEAD.format(charset="utf-8") + "\n" + BODY
HIDDEN = (
    HEAD.format(charset="utf-8") + "Content-Transfer-Encoding: base64\n\n" + base64.b64encode(BODY.encode()).decode()
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = str(tmp_path_factory.mktemp("received") / "repdb.db")
    initialise(path, TODAY)
    with closing(db.open_database(path)) as database:
        yield Checker(database, TODAY)


@pytest.mark.parametrize(
    ("text", "is_mail"),
    [
        (PLAIN, True),
        ("\ufeff \r\n\n" + PLAIN, True),
        (PLAIN.replace("\n", "\r\n"), True),
        ("From x@example.com Sat Nov 21\nReceived: by mx.example\n\nhi", True),
        ("from: a@b.example\nSUBJECT: x\n\nhi", True),
        ("差出人: a@b.example\n件名: x\n\nhi", False),
        ("From: a@b.example\n\nhi", False),
        ("Please see: this\nSubject: x\nFrom: y\n\n", False),
        ("From: a@b.example\nSubject: x\nX-Note: y\nContent-Type: text/plain\n\nhi", True),
        ("From: a@b.example\nSubject: x\nhttps://bait.example/x", False),
        ("From: a@b.example\nSubject: x\nTEL: 050-9999-0001\n\nhi", False),
        ("hi\n\nFrom: a@b.example\nSubject: x", False),
        ("", False),
    ],
)
def test_what_is_the_source_of_a_mail(text: str, is_mail: bool) -> None:
    given = received.from_text(text)
    assert (given.mail is not None) is is_mail and given.text == text
    if text:
        assert (received.from_bytes(text.encode()).mail is not None) is is_mail


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_a_saved_mail_in_any_encoding_has_the_places_of_its_source(checker: Checker, codec: str) -> None:
    charset = codec.replace("cp932", "Shift_JIS").replace("_", "-").removesuffix("-sig").replace("utf-16", "utf-8")
    source = HEAD.format(charset=charset.replace("iso2022-jp", "ISO-2022-JP")) + "\n" + BODY
    given = received.from_bytes(source.encode(codec))
    if codec == "iso2022_jp":  # in ASCII, as it is where it is pasted: what is Japanese stands nowhere as it is read
        source = source.encode(codec).decode("ascii")
    assert given.mail and given.text == source
    found = received.extract_json(received.extract(checker, given), given)["mentions"]
    assert {one["key"] for one in found} >= {"+815099990001", "bait.example", "rk.example"}
    placed = [one for one in found if one["start"] >= 0]
    assert all(source[one["start"] : one["end"]] == one["written"] for one in placed)
    assert len(placed) == len(found) or codec == "iso2022_jp"
    assert {one["kind"] for one in placed} >= {"phone", "domain", "email"}


def test_blanks_before_a_mail_count(checker: Checker) -> None:
    given = received.from_text("\n\n" + PLAIN)
    found = received.extract_json(received.extract(checker, given), given)["mentions"]
    assert all(given.text[one["start"] : one["end"]] == one["written"] for one in found)


def test_a_mail_is_judged_by_what_its_reader_sees(checker: Checker) -> None:
    given = received.from_text(HIDDEN)
    shown = received.check_json(received.check(checker, given), given, "ja")
    assert (shown["verdict"], shown["kind"]) == ("dangerous", "mail")
    places = {one["key"]: one["start"] for one in shown["mentions"]}
    assert places == {"rk.example": HIDDEN.index("info@"), "+815099990001": -1, "bait.example": -1}
    assert checker.check(HIDDEN).verdict == "unreported"  # what this is all about


@pytest.mark.parametrize("kind", ["", "mail", "eml"])
def test_the_kinds_of_a_mail(checker: Checker, kind: str) -> None:
    assert received.check(checker, received.from_text(PLAIN), kind).case.kind == "mail"


def test_a_mail_is_nothing_else(checker: Checker) -> None:
    given = received.from_text(PLAIN)
    for ask in (received.check, received.extract):
        with pytest.raises(Unreadable) as caught:
            ask(checker, given, "sms")
        assert caught.value.code == "is_mail"
        with pytest.raises(Unreadable) as caught:
            ask(checker, given, "telegram")
        assert caught.value.code == "bad_kind"
    with pytest.raises(Unreadable) as caught:
        received.extract(checker, received.from_text(PLAIN + "x" * 1_000_000))
    assert caught.value.code == "too_long"


def test_the_displayed_sender_of_a_mail_counts(checker: Checker) -> None:
    given = received.from_text("From: a@bait.example\nSubject: x\n\n佐川急便です。荷物をお届けします")
    result = received.check(checker, given, "", "+44 20 7946 0018")
    assert "sender_number_odd" in {finding.code for finding in result.findings}
    senders = [one.key for one in received.extract(checker, given, "", "b@bait.example") if one.role == "sender"]
    assert senders == ["bait.example"], "the same sender twice is one"


def test_what_is_said_can_be_written(checker: Checker) -> None:
    given = received.from_text(
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-7\n\n+2AA- hi"
    )
    json.dumps(received.check_json(received.check(checker, given), given, "ja"), ensure_ascii=False).encode()


REMINDER = "【見本歯科】明日9/3(水)15:30ご予約です。変更は{}までお願いします。"


def numbers(checker: Checker, text: str, kind: str = "") -> dict[str, str]:
    found = received.extract(checker, received.from_text(text), kind)
    return {mention.key: mention.role for mention in found if mention.kind == "phone"}


def test_readers_who_see_no_verdict_get_it_as_roles(checker: Checker) -> None:
    """A dentist's number is no fraud's, and a number on record is none of a dentist's."""
    assert numbers(checker, REMINDER.format("045-999-8820")) == {"+81459998820": "official"}
    assert numbers(checker, REMINDER.format("050-3198-3490")) == {"+815031983490": "callback"}
    assert numbers(checker, BODY, "sms") == {"+815099990001": "callback"}
    assert numbers(checker, "料金が未納です。本日中に 03-9999-0001 へ。法的手続きに移行します。", "sms") == {
        "+81399990001": "callback"
    }
    assert numbers(checker, f"<p>{REMINDER.format('045-999-8820')}</p>") == {"+81459998820": "official"}
    source = f"From: a@dentist.example\nSubject: x\n\n{REMINDER.format('090-9999-6054')}"
    assert numbers(checker, source) == {"+819099996054": "advertiser"}
    assert numbers(checker, "見本です。", "sms") == {}


def test_who_reports_has_judged_by_themselves(checker: Checker) -> None:
    message = REMINDER.format("045-999-8820")
    for text in (
        message,
        f"From: a@dentist.example\nSubject: x\n\n{message.replace('045-999-8820', '+1 212 555 0100')}",
    ):
        found = received.reported(checker, received.from_text(text))
        assert [mention.role for mention in found if mention.kind == "phone"] == ["callback"]


def test_a_page_is_read_as_it_stands(checker: Checker) -> None:
    text = "架空請求の番号 050-9999-0001 に注意。相談は見本消費生活センター TEL 03-9999-0001"
    assert numbers(checker, text, "page") == {"+815099990001": "reported", "+81399990001": "official"}
