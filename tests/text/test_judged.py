"""Whose the numbers of a message are once somebody has judged it."""

from __future__ import annotations

import pytest

from repdb.text.extract import Extractor
from repdb.text.mail import read_mail

READER = Extractor({"見本銀行": "見本銀行"}, {"+81399990009": "見本銀行"})


def roles(text: str, kind: str, fraud: bool | None) -> list[str]:
    return [mention.role for mention in READER.extract(text, kind=kind, fraud=fraud) if mention.kind == "phone"]


@pytest.mark.parametrize("number", ["03-9999-0001", "090-9999-6054", "0120-999-002"])
def test_the_number_of_a_message_is_what_the_message_is(number: str) -> None:
    text = f"見本です。ご都合が悪ければ {number} までお電話ください"
    assert roles(text, "sms", False) == ["official"]
    assert roles(text, "sms", True) == ["callback"]
    assert roles(text, "sms", None) == ["official" if number.startswith("0120") else "callback"]


def test_what_is_known_stays_what_it_is() -> None:
    text = "見本銀行 03-9999-0009 と 110 番。私の携帯電話は 090-9999-6054"
    for fraud in (True, False, None):
        assert roles(text, "sms", fraud) == ["official", "advertiser"], "a bank's own, and the reader's own"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("明日10時にお待ちしております。変更はお電話でどうぞ +675 7234 5518", ["callback"]),
        ("「おれおれ、番号変わった 080-9999-6639」ってSMSきたけど、変えてないよね？", ["callback"]),
        ("「おれおれ、番号変わった 080-9999-6639」ってSMSきたよ。家は 03-9999-0001", ["callback", "advertiser"]),
    ],
)
def test_numbers_abroad_and_quoted_ones_are_not_a_senders_own(text: str, left: list[str]) -> None:
    assert roles(text, "sms", False) == left


MAIL = "差出人: {} <a@bad.example>\n件名: お知らせ\n\n{}お問い合わせ {}"
WON = "おめでとうございます。あなたに5000万円の受け取り資格が与えられました。本日中に手数料をお支払いいただけない場合は権利が失効します。"
LOCKED = "お取引を制限しました。ご本人の確認をお願いします。"


def test_a_fraud_by_mail_quotes_the_numbers_of_whom_it_poses_as() -> None:
    assert roles(MAIL.format("見本銀行", WON, "03-9999-0001"), "mail", True) == ["official"]
    assert roles(MAIL.format("見本銀行", LOCKED, "050-9999-0001"), "mail", True) == ["advertiser"]


def test_but_no_mobiles_and_nothing_abroad() -> None:
    assert roles(MAIL.format("見本銀行", LOCKED, "090-9999-6054"), "mail", True) == ["callback"]
    assert roles(MAIL.format("見本銀行", LOCKED, "+675 7234 5518"), "mail", True) == ["callback"]
    assert roles(MAIL.format("見本銀行", LOCKED, "090-9999-6054"), "mail", False) == ["advertiser"]


def test_and_its_own_where_it_poses_as_nobody_and_is_worded_as_fraud() -> None:
    text = MAIL.format("見本当選協会", WON, "03-9999-0001")
    assert roles(text, "mail", None) == ["official"]
    assert roles(text, "mail", True) == ["callback"]
    assert roles(MAIL.format("見本商店", "新しい住所です。", "03-9999-0001"), "mail", True) == ["official"]


def test_an_ordinary_mail_asks_for_a_call_on_its_own_mobile() -> None:
    text = MAIL.format("見本運送", "明日伺います。090-9999-6054 へお電話ください。", "03-9999-0001")
    assert roles(text, "mail", None) == ["callback", "official"]
    assert roles(text, "mail", False) == ["advertiser", "official"]


def test_pages_tell_of_numbers_of_others() -> None:
    for text in ("架空請求の番号 050-9999-0001 に注意", "被害の相談は 03-9999-0110"):
        assert roles(text, "page", True) == roles(text, "page", False) == roles(text, "page", None)


def test_markup_and_sources_of_mails_are_judged_alike() -> None:
    html = "<p>変更は <b>03-9999-0001</b> までお電話ください</p>"
    assert roles(html, "sms", True) == ["callback"]
    assert roles(html, "sms", False) == ["official"]
    mail = read_mail(
        MAIL.format("x", LOCKED, "090-9999-6054").replace("差出人", "From").replace("件名", "Subject").encode()
    )
    found = READER.extract_mail(mail, fraud=True)
    assert [mention.role for mention in found if mention.kind == "phone"] == ["callback"]
    found = READER.extract_mail(mail, fraud=False)
    assert [mention.role for mention in found if mention.kind == "phone"] == ["advertiser"]
