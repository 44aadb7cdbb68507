"""What was found in a mail, placed in its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from repdb.text.extract import Extractor
from repdb.text.mail import read_mail
from repdb.text.places import NOWHERE, Places

BODY = "見本運送です。050-9999-0001 へ至急。\nhttp://bait.example/x\n担当 050-9999-0001"


def spans(source: str) -> list[tuple[str, int, int]]:
    mail = read_mail(source.encode())
    places = Places(mail, source)
    return [(one.written, *places.find(one.start, one.end)) for one in Extractor().extract_mail(mail)]


def test_each_place_of_a_plain_mail_is_found() -> None:
    source = f'From: "見本運送" <info@bait.example>\nSubject: 050-9999-0001 より\nX-Note: 050-9999-0001\n\n{BODY}'
    found = spans(source)
    assert len(found) >= 5
    assert all(source[start:end] == written for written, start, end in found)
    numbers = [start for written, start, _ in found if written == "050-9999-0001"]
    body = source.index("\n\n")
    assert numbers == [source.index("050"), source.index("050", body), source.rindex("050")]


def test_what_is_encoded_has_no_place() -> None:
    source = (
        "From: a@bait.example\nSubject: =?utf-8?B?MDUwLTk5OTktMDAwMQ==?=\nContent-Transfer-Encoding: base64\n\n"
        "MDUwLTk5OTktMDAwMg==\n"
    )
    assert spans(source) == [
        ("a@bait.example", 6, 20), ("050-9999-0001", *NOWHERE), ("050-9999-0002", *NOWHERE)
    ]  # fmt: skip


def test_what_is_encoded_in_the_body_is_not_where_the_head_shows_it() -> None:
    source = (
        "From: a@bait.example\nSubject: 050-9999-0002 0\nContent-Transfer-Encoding: base64\n\nMDUwLTk5OTktMDAwMg==\n"
    )
    assert spans(source)[1:] == [("050-9999-0002", 30, 43), ("050-9999-0002", *NOWHERE)]


def test_what_stands_once_between_encoded_words_is_found() -> None:
    source = (
        "From: a@bait.example\nSubject: x\nContent-Type: text/html\n\n"
        "<p>Call <b>050-9999-0001</b> or <i>050-9999-0002</i> <!-- 050-9999-0002 --></p>"
    )
    found = {written: (start, end) for written, start, end in spans(source)}
    start = source.index("050-9999-0001")
    assert found["050-9999-0001"] == (start, start + 13)
    assert found["050-9999-0002"] == NOWHERE


@given(
    st.lists(st.sampled_from(["From: 見本 <a@bait.example>", "from: b@bait.example", "Subject: 至急 050-9999-0003",
                              "Subject: 件名:\n 続き bait.example", "To: c@bait.example", "Reply-To: d@bait.example",
                              "Content-Type: text/html", "Content-Transfer-Encoding: quoted-printable"]), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.sampled_from(["050-9999-0001", " bait.example ", "見本運送", "\n", "\n\n", "<p>", "=\n", "　", "電話"]), max_size=20),
)  # fmt: skip
def test_a_place_is_where_it_is_written_or_nowhere(head: list[str], end: str, body: list[str]) -> None:
    source = end.join([*head, "", "".join(body).replace("\n", end)])
    for written, start, stop in spans(source):
        assert (start, stop) == NOWHERE or source[start:stop] == written
