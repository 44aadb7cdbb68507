"""Whose a number in a message is, and what of a message may be reported along with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.records import Mention
from repdb.text.called import is_asked, is_own, offered
from repdb.text.extract import Extractor

READER = Extractor()


def keys(text: str, *keep: str) -> list[str]:
    found = [mention for mention in READER.extract(text) if mention.kind != "company"]
    return [mention.key for mention in offered(text, found, frozenset(keep))]


@pytest.mark.parametrize(
    "text",
    [
        "公式: 0120-999-373",
        "お支払いの確認(見本カスタマーサービス) 0120-999-373",
        "正規の窓口は 03-9999-0001 です",
        "最寄りの警察署03-9999-0001",
        "最寄りの警察署 03-9999-0001 までご連絡ください",
        "裁判所 03-9999-0001",
        "学校の連絡先03-9999-0001に電話してください",
        "紛失の窓口03-9999-0001に電話して止めてもらった",
        "見本ショップ 03-9999-0001 に電話して止めてもらった",
        "Please call my son at 090-9999-0001 if you have questions",
        "消費生活センター 03-9999-0001",
        "警視庁 03-9999-0001 までお電話ください",
        "ご登録の電話番号 090-9999-0001",
        "ご登録の電話番号 050-9999-0001 へお電話ください",
        "お届け先 090-9999-0001",
        "090-9999-0001 様 お荷物の件",
        "相談者の電話は080-9999-0001",
        "家は03-9999-0001",
        "自宅:050-9999-0001",
        "私の番号は050-9999-0001",
        "お客様の電話番号:050-9999-0001",
        "My phone number is 050-9999-0001",
        "お客様の 090-9999-0001 へ折り返しお電話いたします",
        "090-9999-0001 へSMSを送信しました",
        "050-9999-0001 に電話しました",
        "050-9999-0001 に電話しないでください",
        "お問い合わせ窓口 080-9999-0001",
        "080-9999-0001 から着信",
        "見本さん 03-9999-0001",
        "TEL 050-9999-0001",
        "ご連絡先:050-9999-0001",
        "自宅は 03-9999-0001、03-9999-0002 までお電話ください",
        "困ったら最寄りの警察署へ。\n03-9999-0001",
        "カードの件。0120-999-001",
        "配達に伺いました。090-9999-0001",
        # of others: relatives, friends, neighbours, at work, a lawyer, who lost money
        *(
            f"{who}の電話は03-9999-0001です"
            for who in "父 お母さん 妻 会社 弁護士 被害者 隣の見本さん 同僚 近所の人 町内会長".split()
        ),
        *(f"{who}の連絡先は03-9999-0001です" for who in "妻 友人 会社 弁護士 勤務先 見本さん".split()),
        "うちの店の電話は03-9999-0001ですが詐欺に番号を使われています",
        "友人の連絡先 03-9999-0001 にも詐欺の電話が来ています",
        "町内会長の連絡先03-9999-0001にも電話が来ています",
        "お電話ください。祖父の家は 03-9999-0001",
        "電話は03-9999-0001",
        "母に電話をかけてきた番号は 03-9999-0001",
        "母の携帯 03-9999-0001 まで",
        "My mother's phone is 03-9999-0001",
        "Our lawyer's number is 03-9999-0001",
        "The victim's number is 03-9999-0001",
        "My husband answered a call, now look at 03-9999-0001",
    ],
)
def test_what_nobody_is_asked_to_call_is_not_offered(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "050-9999-0001 未納料金があります。",
        "未納料金があります。050-9999-0001",
        "法的手続きに移行します。\n03-9999-0001 青空債権",
    ],
)
def test_a_number_put_there_alone_is_to_be_called(text: str) -> None:
    assert len(keys(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "050-9999-0001 まで",
        "050-9999-0001 へ電話を",
        "「050-9999-0001」にお電話ください",
        "050-9999-0001 へお電話お願いいたします",
        "至急折り返し 050-9999-0001",
        "本日中にお電話ください。050-9999-0001",
        "下記へお電話ください\n050-9999-0001",
        "【見本】未納料金があります。お客様相談窓口\n050-9999-0001",
        "お問い合わせは050-9999-0001",
        "連絡先:050-9999-0001",
        "担当 見本 050-9999-0001",
        "Call support now: 050-9999-0001",
        "解約・返金はカスタマーサポート 050-9999-0001 まで",
        "お届け先変更は 050-9999-0001 まで",
        "ご登録は 050-9999-0001 へ",
        "裁判所に訴状を出しました。取り下げは 050-9999-0001 まで",
        "<p>至急 <b>050-9999-0001</b> へお電話ください</p>",
        "ご連絡は050-9999-0001",
        "本日中に連絡を。050-9999-0001",
        "未納料金があります。連絡は050-9999-0001",
        "下記の連絡先 050-9999-0001",
        "電話は 050-9999-0001 までお願いします",
        "Please phone 050-9999-0001 today",
        "Give us a call on 050-9999-0001",
    ],
)
def test_what_the_reader_is_to_call_is_offered(text: str) -> None:
    assert keys(text) == ["+815099990001"]


def test_a_mobile_is_offered_only_where_a_call_is_asked_for() -> None:
    assert keys("本日中に 080-9999-0001 へご連絡ください") == ["+818099990001"]
    assert keys("窓口 080-9999-0001") == [] and keys("窓口 080-9999-0001", "+818099990001") == ["+818099990001"]


def test_one_word_for_all_that_joints_part() -> None:
    every = ["+815099990001", "+815099990002", "+815099990003"]
    assert keys("050-9999-0001、050-9999-0002 または 050-9999-0003 へご連絡ください") == every
    assert keys("お問い合わせ窓口 050-9999-0001、050-9999-0002・050-9999-0003") == every
    assert keys("家は 050-9999-0001、050-9999-0002") == []


@pytest.mark.parametrize(
    "said",
    ["詐欺の番号は03-9999-0001です", "犯人の電話番号は「03-9999-0001」", "架空請求に使われた番号は03-9999-0001。"],
)
def test_what_its_writer_calls_a_frauds_number_is_reported_and_nobody_elses(said: str) -> None:
    text = f"{said}。母の電話は045-999-0003です"
    found = [mention for mention in READER.extract(text) if mention.kind != "company"]
    assert [(mention.key, mention.role) for mention in offered(text, found)] == [("+81399990001", "reported")]
    assert keys("詐欺の番号は03-9999-0001ではありません") == []


def test_one_place_that_spares_a_number_spares_it() -> None:
    assert keys("ご登録の電話番号 050-9999-0001 の件。050-9999-0001 へお電話ください") == []


def test_what_is_no_number_is_offered_unless_innocent() -> None:
    link, mine = Mention("domain", "bad.example", "link", "x"), Mention("domain", "a.example", "advertiser", "y")
    sender = Mention("phone", "+815099990001", "sender", "050-9999-0001")
    text = "発信元 050-9999-0001 https://bad.example"
    assert offered(text, [link, mine]) == [link] and offered(text, [sender, link]) == [sender, link]
    assert offered("私の番号は050-9999-0001", [sender]) == [] == offered("", [sender])


def test_own_and_asked() -> None:
    text = "ご登録の電話番号 050-9999-0001 まで"
    assert is_own(text, 9, 22) and is_asked(text, 9, 22)
    assert not is_own("国家 050-9999-0001", 3, 16) and is_own("家 050-9999-0001", 2, 15)
    assert is_own("050-9999-0001 は私の番号です", 0, 13) and not is_own("050-9999-0001 相談", 0, 13)


@given(st.text(alphabet="0509- へまでに電話家のは登録様、折り返しください。\n", max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert set(keys(text)) <= {mention.key for mention in READER.extract(text)}
