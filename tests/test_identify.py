"""One way in for every query: what it may mean, and the sentence when it can mean nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import identify
from repdb.records import Unreadable

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.mark.parametrize(
    ("query", "kind", "key"),
    [
        ("050-3198-3490", "phone", "+815031983490"),
        ("電話 050-3198-3490", "phone", "+815031983490"),
        ("\u202e050\u200b-3198-3490\n", "phone", "+815031983490"),
        ("０３－６７０９－０２＊＊", "masked_phone", "+813670902**"),
        ("#9110", "short_number", "jp:#9110"),
        ("110番", "short_number", "jp:110"),
        ("局番なし188", "short_number", "jp:188"),
        ("局番なしの１８８番です", "short_number", "jp:188"),
        ("電話番号は050-9999-0001です", "phone", "+815099990001"),
        ("050-9999-0001さん", "phone", "+815099990001"),
        ("この番号「050 9999 0001」は誰？", "phone", "+815099990001"),
        ("03-6709-02**からの着信", "masked_phone", "+813670902**"),
        ("03-6709-02??", "masked_phone", "+813670902**"),
        ("03－6709－02？？", "masked_phone", "+813670902**"),
        ("188??", "short_number", "jp:188"),
        ("243056", "sender_id", "243056"),
        ("３２６６５", "sender_id", "32665"),
        ("+1800335814321", "displayed_id", "+1800335814321"),
        ("hxxps://www.example[.]co[.]jp/a", "domain", "example.co.jp"),
        ("someone@example.co.jp", "email", "example.co.jp"),
        ("リボーン債権回収", "company", "リボーン債権回収"),
        ("77銀行", "company", "77銀行"),
        ("24時間サポート", "company", "24時間サポート"),
        ("77番銀行", "company", "77番銀行"),
        ("合同会社MIHON.com", "company", "mihoncom"),
        ("株式会社みほん.jp", "company", "ミホンjp"),
        ("みほん.jp", "domain", "xn--79jh5d.jp"),
        ("株式会社MIHON.com証券", "company", "mihoncom証券"),
        ("株式会社 MIHON.com", "company", "mihoncom"),
        ("株式会社みほん 第30170027号", "company", "ミホン第30170027号"),
        ("カギ110番", "company", "カギ110番"),
        ("モーニング娘。", "company", "モーニング娘"),
        ("リボーン債権回収 東京支店", "company", "リボーン債権回収東京支店"),
        ("味の素", "company", "味ノ素"),
        ("若鶏から揚げ店", "company", "若鶏カラ揚ゲ店"),
        ("日本の森を守る会", "company", "日本ノ森ヲ守ル会"),
        ("03-1234-5678 内線12", "phone", "+81312345678"),
    ],
)
def test_what_a_query_means(query: str, kind: str, key: str) -> None:
    (found,) = identify.candidates(query)
    assert (found.kind, found.key) == (kind, key)
    assert "if_registered" not in found.flags


@pytest.mark.parametrize(
    "query", ["Amazon", "au PAY", "e5489", "JPCERT/CC", "@nifty", "7-Eleven", "MIHON.com, Inc.", "MIHON.com Services"]
)
def test_latin_words_and_signs_are_names_only_if_a_register_has_them(query: str) -> None:
    found = identify.candidates(query)
    assert found[0].kind == "company" and all("if_registered" in one.flags for one in found)
    assert {one.kind for one in found} <= {"company", "sender_id"}


@pytest.mark.parametrize(
    "query",
    ["株", "銀行", "弁護士", "東京", "宅配便", "IP電話", "ＩＰ電話", "サポートセンター", "警察署", "公式サポート"],
)
def test_words_that_name_nobody_are_names_only_if_a_register_has_them(query: str) -> None:
    (found,) = identify.candidates(query)
    assert found.kind == "company" and "if_registered" in found.flags
    assert identify.unrecognised(query).code == "general"
    (asked,) = identify.candidates(query, "company")
    assert "if_registered" not in asked.flags


@pytest.mark.parametrize(
    "query", ["東京ガス", "銀行ニッポン", "見本宅配便", "見本弁護士法人", "24時間サポート", "千葉銀行"]
)
def test_names_with_such_words_are_names(query: str) -> None:
    (found,) = identify.candidates(query)
    assert found.kind == "company" and "if_registered" not in found.flags


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("非通知", "隠して"),
        ("  非通知設定 ", "隠して"),
        ("No Caller ID", "隠して"),
        ("公衆電話", "公衆電話から"),
        ("通知不可能", "海外"),
        ("表示圏外", "海外"),
    ],
)
def test_where_no_number_was_shown_it_says_what_that_means(query: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        identify.candidates(query)
    assert caught.value.code == "no_number"
    assert told in caught.value.text.ja and "188" in caught.value.text.ja and "188" in caught.value.text.en


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("a" * 2049, "too_long"),
        ("03-XXXX-XXXX", "placeholder"),
        ("12345", "too_short"),
        ("999999999999999", "no_prefix"),
        ("http://", "not_a_domain"),
        ("https://exa mple/", "not_a_domain"),
        ("\x00", "unrecognised"),
        ("\ud800", "not_a_domain"),
        ("！？", "unrecognised"),
        ("「」", "not_a_domain"),
        ("株式会社", "not_a_name"),
        ("○○債権回収", "masked_name"),
        ("5件 123", "not_a_number"),
    ],
)
def test_what_can_mean_nothing(query: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        identify.candidates(query)
    assert caught.value.code == code and caught.value.exit_code == 2
    assert caught.value.text.ja and caught.value.text.en


@pytest.mark.parametrize(
    "query",
    [
        "リボーン債権回収株式会社 050-3198-3490",
        "アマゾンマーケティングサービス株式会社 03-6709-0212",
        "03-6709-0212 アマゾンマーケティングサービス",
        "みほん商事０３－６７０９－０２＊＊",
        "みほん商事 〇五〇三一九八三四九〇",
        "Mihon 050-3198-3490",
        "050-3198-3490 03-6709-0212",
        "電話番号：050-9999-0001（自宅）",
        "リボーン債権回収株式会社 example.com",
        "mihon.co.jp、evil-parcel.com",
        "みほん商事 https://example.com/x",
        "みほん商事 someone@example.com",
        "みほん商事 example[.]com",
        "please call 050-9999-0001 today",
    ],
)
def test_a_number_or_an_address_beside_other_things_is_no_name(query: str) -> None:
    with pytest.raises(Unreadable) as caught:
        identify.candidates(query)
    assert caught.value.code == "several" and caught.value.exit_code == 2
    assert "repdb check" in caught.value.text.ja and "repdb check" in caught.value.text.en


@pytest.mark.parametrize(
    "query",
    [
        "アマゾンマーケティングサービスから未納料金",
        "アマゾンマーケティングサービスから",
        "アマゾンマーケティングサービス 未納料金",
        "リボーン債権回収を名乗る人",
        "アマゾンは詐欺？",
        "山田太郎様 未納料金があります 本日中にご連絡ください",
        "株式会社みほんです。折り返しお電話を",
        "【国税庁】重要なおしらせ",
        "件名: ご利用",
        "ご本人様、担当",
    ],
)
def test_a_sentence_is_no_name(query: str) -> None:
    with pytest.raises(Unreadable) as caught:
        identify.candidates(query)
    assert caught.value.code == "message" and "repdb check" in caught.value.text.ja
    (named,) = identify.candidates(query, "company")
    assert named.kind == "company"


def test_a_name_nobody_knows_is_refused_with_what_came_nearest() -> None:
    assert identify.unrecognised("hello").code == "unrecognised"
    assert "--kind" in identify.unrecognised("hello").text.ja
    assert identify.unrecognised("example.nosuchtld").code == "no_public_suffix"
    assert identify.unrecognised("a.b c").code == "unrecognised"
    assert identify.unrecognised("example.com").code == "unrecognised"


def test_a_query_in_a_message_cannot_act_on_the_terminal() -> None:
    said = identify.unrecognised("\x1b[31m\u202eword" + "x" * 500).text.ja
    assert said.isprintable() and "\u202e" not in said and len(said) < 300


@pytest.mark.parametrize("kind", identify.READER_OF)
def test_a_kind_can_be_asked_for(kind: str) -> None:
    written = {"phone": "188", "domain": "example.com", "sender_id": "hello", "company": "hello"}
    (found,) = identify.candidates(written[identify.READER_OF[kind]], kind)
    assert "if_registered" not in found.flags


def test_a_kind_that_is_not_there() -> None:
    with pytest.raises(Unreadable, match="sender_id") as caught:
        identify.candidates("188", "colour")
    assert caught.value.code == "bad_kind"
    with pytest.raises(Unreadable):
        identify.candidates("hello", "phone")


def test_names_of_the_register_can_be_asked_for() -> None:
    """A name with a dot reads as a domain, as it should; every other one reads as a company."""
    with (DATA / "companies.csv").open(encoding="utf-8", newline="") as file:
        names = [row["company"] for row in csv.DictReader(file)]
    with (DATA / "company_aliases.csv").open(encoding="utf-8", newline="") as file:
        names += [row["alias"] for row in csv.DictReader(file)]
    kinds = {name: {one.kind for one in identify.candidates(name)} for name in names}
    assert [name for name, found in kinds.items() if "company" not in found and "." not in name] == []


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(query: str) -> None:
    try:
        found = identify.candidates(query)
    except Unreadable as error:
        assert error.text.ja and error.text.en
    else:
        assert found and all(one.key for one in found)
