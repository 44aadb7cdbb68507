"""Reports and disputes from the web: read, redacted, pending, folded."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from storage_fixtures import TODAY

from repdb import contribute, receipts, review_queue, seed
from repdb.db import Database
from repdb.records import Mention, Unreadable
from repdb.text.extract import Extractor

ME, YOU = "192.0.2.1", "192.0.2.2"


def submit(
    database: Database, client: str = ME, day: Any = TODAY, mentions: Any = (), **fields: str
) -> receipts.Receipt:
    return contribute.submit(database, fields, client, day, mentions)


def stored(database: Database) -> list[dict[str, Any]]:
    names = ("report_id", "source", "category", "stance", "note", "message", "reporter", "status", "reported_on")
    return [
        dict(zip(names, row, strict=True)) for row in database.all(f"SELECT {', '.join(names)} FROM reports ORDER BY 1")
    ]


def mentioned(database: Database) -> set[tuple[str, str, str]]:
    return {(m.kind, m.key, m.role) for item in review_queue.reports(database) for m in item.mentions}


# --- reports


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"subject": "０５０－９９９９－０００１"}, {("phone", "+815099990001", "reported")}),
        ({"subject": "03-9999-00**"}, {("masked_phone", "+813999900**", "reported")}),
        ({"subject": "#9110"}, {("phone", "jp:#9110", "reported")}),
        ({"subject": "https://bad.example/a|b?c=d"}, {("domain", "bad.example", "link")}),
        ({"subject": "info@bad.example"}, {("domain", "bad.example", "sender")}),
        ({"subject": "架空商事", "kind": "company"}, {("company", "架空商事", "claimed")}),
        ({"subject": "PAYMENT", "kind": "sender_id"}, {("sender_id", "payment", "sender")}),
        ({"subject": "050-9999-0001", "role": "callback", "company": "架空商事"}, {("phone", "+815099990001", "callback"), ("company", "架空商事", "claimed")}),
    ],
)  # fmt: skip
def test_anything_reported_waits_and_counts_nothing(
    database: Database, fields: dict[str, str], expected: set[Any]
) -> None:
    receipt = submit(database, **fields)
    assert receipt.state == "pending"
    assert mentioned(database) == expected
    (row,) = stored(database)
    assert (row["status"], row["source"], row["reported_on"]) == ("pending", "web", TODAY.isoformat())
    assert all(m.report_count == 0 for item in review_queue.reports(database) for m in item.mentions)


def test_what_a_message_mentions_is_reported_with_its_role(database: Database) -> None:
    found = [
        Mention("phone", "+815099990001", "callback", "050-9999-0001"),
        Mention("domain", "bad.example", "link", "https://bad.example/x"),
        Mention("phone", "+815099990009", "official", "050-9999-0009"),
    ]
    submit(database, subject="050 9999 0001", message="050-9999-0001 へ https://bad.example/x", mentions=found)
    assert mentioned(database) == {("phone", "+815099990001", "callback"), ("domain", "bad.example", "link")}


@pytest.mark.parametrize(
    "message",
    ["公式: 050-9999-0001", "最寄りの警察署 03-9999-0001 まで", "ご登録の電話番号 090-9999-0001", "家は 03-9999-0001"],
)
def test_a_number_that_nobody_is_asked_to_call_is_not_reported(database: Database, message: str) -> None:
    found = [mention._replace(role="callback") for mention in Extractor().extract(message) if mention.kind == "phone"]
    assert found
    submit(database, subject="050-9999-0009", message=message, mentions=found)
    assert mentioned(database) == {("phone", "+815099990009", "reported")}
    with pytest.raises(Unreadable, match="numbers that it asks to call") as caught:
        submit(database, message=message, mentions=found)
    assert caught.value.code == "no_subject"


def test_the_victim_s_number_is_gone_though_the_message_names_it(database: Database) -> None:
    message = "お届け先 090-9999-0002 の件。080-9999-0003 へお電話ください"
    found = [Mention("phone", key, "callback", key) for key in ("+819099990002", "+818099990003")]
    submit(database, subject="050-9999-0001", message=message, mentions=found)
    assert {key for _, key, _ in mentioned(database)} == {"+815099990001", "+818099990003"}
    kept = stored(database)[0]["message"]
    assert "0002" not in kept and "080-9999-0003" in kept
    shown: Any = contribute.preview({"subject": "x.x.x", "message": message}, found)
    assert shown["message"]["text"] == kept


def test_a_message_alone_is_enough(database: Database) -> None:
    submit(database, message="050-9999-0001", mentions=[Mention("phone", "+815099990001", "sender", "050-9999-0001")])
    assert mentioned(database) == {("phone", "+815099990001", "sender")}


def test_personal_data_is_gone_before_storing(database: Database) -> None:
    submit(
        database,
        subject="050-9999-0001",
        message="山田太郎様 090-1234-5678 会員番号 123456789",
        note="taro@mail.example から",
    )
    (row,) = stored(database)
    for secret in ("山田", "090-1234-5678", "123456789", "taro"):
        assert secret not in row["message"] + row["note"]


def test_the_same_by_the_same_client_folds(database: Database) -> None:
    first = submit(database, subject="050-9999-0001", note="同じ")
    again = submit(database, subject="０５０ ９９９９ ０００１", note="同じ")
    other = submit(database, YOU, subject="050-9999-0001", note="同じ")
    assert (first.state, again.state, other.state) == ("pending", "duplicate", "pending")
    assert first.subject == again.subject != other.subject
    assert len(stored(database)) == 2
    assert receipts.follow(database, again.code).subject == receipts.follow(database, first.code).subject


def test_the_pseudonym_changes_every_day_and_is_no_address(database: Database) -> None:
    for day in range(2):
        submit(database, day=TODAY + timedelta(days=day), subject="050-9999-0001", reported_on="2026-11-20")
    first, second = (row["reporter"] for row in stored(database))
    assert first and second and first != second
    kept = str(database.all("SELECT * FROM meta")) + str(stored(database))
    assert ME not in kept
    salts = database.all("SELECT value FROM meta WHERE key = 'client_salt'")
    assert len(salts) == 1 and salts[0][0].startswith("2026-11-22:"), "yesterday's salt is gone for good"


def test_the_honeypot_gets_a_receipt_and_nothing_else(database: Database) -> None:
    receipt = submit(database, subject="050-9999-0001", website="https://spam.example")
    assert receipt.state == "pending" and len(receipt.code) == 19
    assert stored(database) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "no_subject"),
        ({"note": "何か"}, "no_subject"),
        ({"subject": "050"}, "too_short"),
        ({"subject": "050-9999-0001", "note": "あ" * 1001}, "too_long"),
        ({"subject": "050-9999-0001", "category": "nonsense"}, "bad_category"),
        ({"subject": "050-9999-0001", "stance": "dispute"}, "bad_stance"),
        ({"subject": "050-9999-0001", "role": "nonsense"}, "bad_role"),
        ({"subject": "050-9999-0001", "reported_on": "2030-01-01"}, "future_date"),
        ({"subject": "050-9999-0001", "kind": "nonsense"}, "bad_kind"),
    ],
)
def test_what_cannot_be_used_says_why_and_stores_nothing(database: Database, fields: dict[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        submit(database, **fields)
    assert caught.value.code == code
    assert stored(database) == [] and database.all("SELECT * FROM receipts") == []


def test_a_database_without_the_source_gets_it(database: Database) -> None:
    with database.transaction():
        database.execute("DELETE FROM sources WHERE source = 'web'")
    submit(database, subject="050-9999-0001")
    (expected,) = (source for source in seed.load().sources if source.source == "web")
    assert database.one("SELECT title, title_en, licence, terms, trust, redistributable FROM sources WHERE source = 'web'") == (
        expected.title, expected.title_en, expected.licence, expected.terms, expected.trust, 1
    )  # fmt: skip


def test_the_preview_shows_what_storing_keeps(database: Database) -> None:
    given = {"subject": "090-1234-5678", "message": "山田太郎様 090-1234-5678 と 080-1111-2222", "note": ""}
    shown: Any = contribute.preview(given)
    text = shown["message"]["text"]
    assert "090-1234-5678" in text, "the number that is reported stays"
    assert "山田" not in text and "080-1111-2222" not in text
    for removed in shown["message"]["removed"]:
        assert given["message"][removed["start"] : removed["end"]] not in text
    json.dumps(shown)
    submit(database, **given)
    assert stored(database)[0]["message"] == text
    assert contribute.preview({"subject": "no number"})["note"] == {"text": "", "removed": []}


# --- disputes

OBJECTION = {"subject": "050-9999-0001", "statement": "当社の番号です。担当 田中様", "contact": "owner@contact.example"}


def test_an_objection_waits_with_its_contact_and_without_names(database: Database) -> None:
    receipt = contribute.open_dispute(database, OBJECTION, TODAY)
    again = contribute.open_dispute(database, OBJECTION, TODAY)
    assert (receipt.kind, receipt.state, again.state, again.subject) == (
        "dispute",
        "pending",
        "duplicate",
        receipt.subject,
    )
    (open_,) = review_queue.disputes(database)
    assert (open_.kind, open_.key, open_.contact) == ("phone", "+815099990001", "owner@contact.example")
    assert "当社の番号です" in open_.statement and "田中" not in open_.statement
    followed = receipts.follow(database, again.code)
    assert (followed.kind, followed.status, followed.withdrawable) == ("dispute", "open", True)
    assert receipts.withdraw(database, receipt.code, TODAY).status == "closed"


def test_an_objection_to_an_alias_is_one_to_the_company(database: Database) -> None:
    with database.transaction():
        database.execute("INSERT INTO companies (company, name, status) VALUES ('本物', '本物', 'genuine')")
        database.execute("INSERT INTO company_aliases VALUES ('ホンモノ', 'ほんもの', '本物')")
    contribute.open_dispute(database, OBJECTION | {"subject": "ほんもの", "kind": "company"}, TODAY)
    assert [d.key for d in review_queue.disputes(database)] == ["本物"]


@pytest.mark.parametrize(("change", "code"), [({"subject": ""}, "no_subject"), ({"statement": " "}, "no_statement"), ({"contact": ""}, "no_contact"), ({"statement": "あ" * 2001}, "too_long")])  # fmt: skip
def test_an_objection_that_cannot_be_used(database: Database, change: dict[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        contribute.open_dispute(database, OBJECTION | change, TODAY)
    assert caught.value.code == code and review_queue.disputes(database) == []


def test_an_objection_in_the_honeypot_is_not_kept(database: Database) -> None:
    contribute.open_dispute(database, OBJECTION | {"website": "x"}, TODAY)
    assert review_queue.disputes(database) == []


# --- what is pasted and named


def test_a_pasted_mail_is_kept_as_it_is_read(database: Database) -> None:
    body = base64.encodebytes("山田太郎様\n至急 03-9999-0001 へお電話ください。taro@mihon.example".encode()).decode()
    source = (
        "From: a@mihon.example\nSubject: =?utf-8?b?5pyq57SN?=\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}"
    )
    seen: Any = contribute.preview({"message": source})["message"]
    submit(database, subject="03-9999-0001", message=source)
    (row,) = stored(database)
    for text in (row["message"], seen["text"]):
        assert "山田" not in text and "taro" not in text and body[:16] not in text and "件名: 未納" in text
    assert "03-9999-0001 へお電話ください" in row["message"] and {one["what"] for one in seen["removed"]} >= {
        "name",
        "email",
    }


@pytest.mark.parametrize(
    "name", ["佐藤花子 090-9999-0002", "taro.mihon@example.jp", "090-9999-0011 山田", "山田太郎様"]
)
def test_a_person_is_no_company(database: Database, name: str) -> None:
    for fields in ({"subject": "050-9999-0001", "company": name}, {"subject": name, "kind": "company"}):
        with pytest.raises(Unreadable) as caught:
            submit(database, **fields)
        assert caught.value.code == "personal_name"
    assert stored(database) == []


def test_of_a_telling_message_the_frauds_number_is_taken_and_nobody_elses(database: Database) -> None:
    text = "詐欺の番号は03-9999-5555です。母の電話は045-999-3333です"
    submit(database, message=text, mentions=Extractor().extract(text))
    assert mentioned(database) == {("phone", "+81399995555", "reported")}
