"""Which column is which field, and which may be the complainant's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.headers import FIELD_OF, FIELDS, columns, fold_header, unmatched


def told(header: str, **mapping: str) -> tuple[dict[str, list[int]], list[str], dict[str, str]]:
    found = columns(header.split(","), {fold_header(name): field for name, field in mapping.items()}, None)
    return found.plan, found.unknown, found.personal


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (
            "number",
            "電話番号（固定） 電話番号１ 電話番号② 電話番号_2 相手方電話番号 相手電話番号 電話番号（業者） 番号[1]",
        ),
        ("sender_number", "発信者番号 発信元電話番号 着信番号 着信番号（表示）"),
        ("callback_number", "折返し先番号 折り返し先 連絡先（業者） 連絡先番号 業者の連絡先"),
        ("reported_on", "受付日 相談日 相談年月日 着信日時 受信日時 受付日（西暦）"),
        ("category", "内容区分 相談区分"),
        ("message", "SMS本文 ＳＭＳ本文 メール本文"),
        ("company", "業者名（自称） 業者名(名乗り)"),
        ("note", "相談概要 相談内容 Notes comments remarks 摘要 特記事項 詳細"),
        ("number", "相手先電話番号 相手先番号 電話No. 不審電話番号 迷惑電話番号 詐欺電話番号 業者電話"),
        ("sender_id", "発信元 発信者"),
        (
            "reported_on",
            "発生日 発生日時 発信日時 通話日時 着信時刻 確認日 確認日時 登録日 登録日時 受電日 入電日時 相談受付日 Received timestamp",
        ),
        ("url", "フィッシングURL 偽サイトURL サイトURL リンクURL ＵＲＬ"),
        ("domain", "FQDN ドメイン名 フィッシングドメイン"),
        ("email", "送信元ドメイン"),
        ("company", "名乗った会社 名乗り 騙られた事業者 ブランド名"),
        ("message", "SMS内容 メッセージ本文"),
        ("count", "申告件数 相談件数 通報件数 件数（件）"),
        ("category", "迷惑種別 被害種別 相談種別"),
        ("ref", "受付番号 管理番号 案件番号 相談番号"),
        ("email", "メール e-mail 差出人アドレス"),
    ],
)
def test_words_as_offices_write_them(field: str, written: str) -> None:
    for word in written.split():
        assert told(word) == ({field: [0]}, [], {}), word


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("number", "電話番号\n（発信元）"),
        ("number", "相手方\r\n電話番号"),
        ("number", "Phone No."),
        ("number", " Telephone\tnumber :"),
        ("reported_on", "受信日\n(西暦)"),
        ("reported_on", "Date received"),
        ("reported_on", "Call  date"),
        ("company", "Brand name*"),
        ("message", "SMS 本文"),
    ],
)
def test_blanks_and_line_breaks_in_a_header(field: str, written: str) -> None:
    assert columns([written], {}, None).plan == {field: [0]}


@pytest.mark.parametrize(
    "word",
    "公式URL 正規サイトURL 参考URL 担当電話番号 センター電話番号 紹介先電話番号 更新日 契約日 生年月日 通話時間 総件数 No. 種類 区分 バランス".split(),
)
def test_an_ending_alone_tells_nothing(word: str) -> None:
    assert told(word) == ({}, [word], {})


def test_a_long_header_takes_linear_time() -> None:
    assert fold_header("a" + " \n" * 500_000 + "b") == "a_b"


# header → positions that are read as somebody's, names left out as perhaps the complainant's
PEOPLE: list[tuple[str, dict[str, list[int]], dict[str, str]]] = [
    (
        "電話番号,日付,メールアドレス,氏名,連絡先",
        {"number": [0]},
        {"メールアドレス": "email", "連絡先": "callback_number"},
    ),
    ("電話番号,連絡先番号,年齢", {"number": [0]}, {"連絡先番号": "callback_number"}),
    ("number,email,victim_name", {}, {"number": "number", "email": "email"}),
    ("電話番号,mail,性別", {"number": [0]}, {"mail": "email"}),
    ("連絡先,会社名", {"company": [1]}, {"連絡先": "callback_number"}),
    ("氏名,電話番号,住所,会社名", {"company": [3]}, {"電話番号": "number"}),
    ("電話番号,着信番号,氏名", {"sender_number": [1]}, {"電話番号": "number"}),
    ("相談者電話番号,電話番号", {"number": [1]}, {}),
    (
        "電話番号（相談者）,電話番号（業者）,メール",
        {"number": [1]},
        {"電話番号（相談者）": "number", "メール": "email"},
    ),
    ("自宅電話,電話番号", {"number": [1]}, {}),
    ("name,phone,email", {}, {"phone": "number", "email": "email"}),
    *(
        (header, {}, {bare: "number"})
        for bare, headers in {
            "電話番号": (
                "受付日,電話番号,氏名,内容",
                "氏名,相談内容,電話番号",
                "受付日,電話番号,相談者名,内容",
                "受付日,電話番号,被害者,内容",
                "日付,電話番号,住所,年齢,相談内容",
                "相談者番号,氏名,電話番号",
                "年齢,電話番号,受付日",
            ),
            "phone": ("date,phone,customer,text", "date,phone,name,text"),
        }.items()
        for header in headers
    ),
    ("受付日,電話番号,年代,性別,手口", {"number": [1]}, {}),
    ("電話番号,内容,市区町村", {"number": [0]}, {}),
    ("受付日,電話番号（業者）,氏名,住所", {"number": [1]}, {}),
    ("受付日,相手方電話番号,電話番号,氏名", {"number": [1]}, {"電話番号": "number"}),
    ("相談者電話番号,内容,電話番号,氏名", {"number": [2]}, {}),
    ("homepage,email", {"email": [1]}, {}),
    ("電話番号,メール,連絡先番号", {"number": [0], "email": [1], "callback_number": [2]}, {}),
]


@pytest.mark.parametrize(("header", "read", "left"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_what_may_be_the_complainants_is_left_out(
    header: str, read: dict[str, list[int]], left: dict[str, str]
) -> None:
    plan, _, personal = told(header)
    assert {
        field: at
        for field, at in plan.items()
        if field in ("number", "sender_number", "callback_number", "email", "company")
    } == read
    assert personal == left


def test_a_map_says_whose_it_is() -> None:
    plan, unknown, personal = told("氏名,連絡先,電話番号２,担当", 連絡先="callback_number", 電話番号2="number")
    assert (plan, unknown, personal) == ({"callback_number": [1], "number": [2]}, ["氏名", "担当"], {})


def test_a_map_may_leave_out_the_brackets_where_one_column_is_meant() -> None:
    assert columns(["番号\n（業者）", "日付"], {"番号": "ref"}, None).plan == {"ref": [0], "reported_on": [1]}
    both = columns(["番号（甲）", "番号（乙）"], {"番号": "ref"}, None)
    assert both.plan == {"number": [0, 1]}
    assert unmatched(["番号（甲）", "番号（乙）"], {"番号": "ref", "番号 (甲)": "ref"}) == ["番号"]
    assert unmatched(["電話番号\n（発信元）"], {"電話番号": "number", "Tel ": "number"}) == ["Tel "]


def test_a_map_may_say_that_a_column_is_nothing() -> None:
    assert told("電話番号,分類,連絡先", 分類="ignore", 連絡先="ignore") == ({"number": [0]}, [], {})


def test_of_several_columns_with_one_value_the_plainest_is_asked_first() -> None:
    assert told("受付日,相談日,日付,電話番号,番号")[0] == {"reported_on": [2, 1, 0], "number": [3, 4]}
    assert told("when,日付,電話番号", when="reported_on")[0]["reported_on"] == [0, 1]


@given(st.lists(st.sampled_from(sorted(FIELD_OF)) | st.text(max_size=12), max_size=8))
def test_every_column_has_one_fate(header: list[str]) -> None:
    found = columns(header, {}, None)
    read = [at for positions in found.plan.values() for at in positions]
    assert len(read) == len(set(read)) and found.plan.keys() <= FIELDS.keys()
    others = set(found.unknown) | found.personal.keys()
    assert {header[at] for at in range(len(header)) if at not in read} - {""} == others - {""}
