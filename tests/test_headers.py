"""Which column is which field, and which may be the complainant's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.headers import FIELD_OF, FIELDS, columns, fold_header


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
        ("note", "相談概要 相談内容"),
        ("email", "メール e-mail 差出人アドレス"),
    ],
)
def test_words_as_offices_write_them(field: str, written: str) -> None:
    for word in written.split():
        assert told(word) == ({field: [0]}, [], {}), word


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
