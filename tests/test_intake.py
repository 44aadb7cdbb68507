"""One raw row → one report: headers, roles, vocabularies, redaction, and a typed refusal for everything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.admission import Admission
from repdb.categories import CATEGORIES
from repdb.filing import Described, identity
from repdb.headers import FIELD_OF, FIELDS, SHAPES, fold_header
from repdb.intake import Intake
from repdb.records import Unreadable

TODAY = "2026-11-21"


def read(defaults: dict[str, str] | None = None, mapping: dict[str, str] | None = None, **row: str) -> Described:
    return Intake(defaults or {}, TODAY, mapping).read(tuple(row), list(row.values()))


def refused(**row: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(**row)
    return caught.value


def kinds(item: Described) -> list[tuple[str, str, str]]:
    return [(m.kind, m.key, m.role) for m in item.report.mentions]


@pytest.mark.parametrize("source", ["\udcff", "board \ud800", "\ufffd"])
def test_a_default_that_is_no_text_is_refused(source: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Intake({"source": source}, TODAY)
    assert caught.value.code == "bad_text"


def test_a_category_may_be_given_by_any_name_that_we_show() -> None:
    for code, shown in CATEGORIES.items():
        for word in (code, code.replace("_", "-"), shown.ja, shown.en, shown.en.title(), f" {shown.en.upper()} "):
            assert read(number="050-9999-0001", category=word).report.category == code


@pytest.mark.parametrize(
    ("written", "mention"),
    [
        ("Amazon", ("sender_id", "amazon", "sender")),
        ("０５０－９９９９－０００１", ("phone", "+815099990001", "sender")),
        ("0005-1234", ("short_number", "jp:00051234", "sender")),
        ("info@mail.example.com", ("email", "example.com", "sender")),
        ("a@b.co", ("email", "b.co", "sender")),
        ("@nifty", ("sender_id", "@nifty", "sender")),
    ],
)
def test_a_sender_is_whatever_names_the_origin(written: str, mention: tuple[str, str, str]) -> None:
    assert kinds(read(差出人=written)) == [mention]
    assert refused(差出人="例示配送センターからのお知らせ").code == "not_a_sender_id"


def test_a_full_row() -> None:
    item = read(
        電話番号="０５０－９９９９－０００１", 報告日="令和8年11月1日", 分類="架空請求", 会社名="例示債権回収株式会社",
        情報源="例示市", 件数="12", 件名="督促", 備考="至急", 整理番号="A-1", リンク先="https://x.duckdns.org/a?b",
    )  # fmt: skip
    report = item.report
    assert kinds(item) == [
        ("phone", "+815099990001", "reported"),
        ("domain", "x.duckdns.org", "link"),
        ("company", "例示債権回収", "claimed"),
    ]
    assert (report.source, report.reported_on, report.category, report.weight) == (
        "例示市",
        "2026-11-01",
        "fake_billing",
        12,
    )
    assert (report.title, report.note, report.ref, report.stance, report.status) == (
        "督促",
        "至急",
        "A-1",
        "adverse",
        "accepted",
    )
    assert item.describe[0] == ("phone", "050-9999-0001", "voip")
    assert item.describe[1] == ("x.duckdns.org", "0") and item.describe[2] == ("例示債権回収株式会社",)


def test_every_header_word_means_one_field() -> None:
    assert len(FIELD_OF) == sum(map(len, FIELDS.values()))
    for name, words in FIELDS.items():
        assert words[0] == name
        for word in words:
            assert fold_header(word) == word and Intake({}, TODAY).columns([f" {word.upper()} "]).plan == {name: [0]}


def test_unknown_columns_are_ignored_and_a_map_goes_first() -> None:
    assert kinds(read(number="188", colour="red")) == [("short_number", "jp:188", "reported")]
    mapped = read(mapping={"Colour": "number", "number": "note"}, colour="188", number="see above")
    assert kinds(mapped) == [("short_number", "jp:188", "reported")] and mapped.report.note == "see above"


def test_several_columns_of_one_field_and_several_values_in_a_cell() -> None:
    intake = Intake({}, TODAY)
    item = intake.read(("number", "number", "tel"), ["050-9999-0001", "", "050-9999-0002 | 050-9999-0003"])
    assert [m.key[-1] for m in item.report.mentions] == ["1", "2", "3"]
    assert intake.read(("domain",), ["a.example"]).report.mentions[0].key == "a.example"


def test_roles() -> None:
    row = {"number": "050-9999-0001", "sender_number": "050-9999-0002", "callback_number": "050-9999-0003",
           "domain": "a.example", "email": "x@b.example", "sender_id": "abc", "company": "例示"}  # fmt: skip
    assert [
        m.role for m in read(**row).report.mentions
    ] == "reported sender callback link sender sender claimed".split()
    given = read(role="callback", **row).report.mentions
    assert [m.role for m in given] == "callback sender callback callback sender sender claimed".split()
    assert {m.role for m in read(role="official", **row).report.mentions} == {"official"}
    assert refused(number="188", role="boss").code == "bad_role"


def test_the_shape_of_the_largest_feed() -> None:
    item = read(date="2020/11/26 12:57:00", URL="https://login.example/x", description="例示銀行")
    assert kinds(item) == [("domain", "login.example", "link"), ("company", "例示銀行", "claimed")]
    assert item.report.source == "jpcert-phishurl" and item.report.reported_on == "2020-11-26"
    assert item.report.category.endswith("_phishing")
    assert read(defaults={"source": "copy", "category": "other"}, date="", URL="a.example", description="-").report[
        :3
    ] == (
        "copy",
        (item.report.mentions[0]._replace(key="a.example"),),
        "other",
    )
    mapped = read(mapping={"description": "note"}, date="2020", URL="a.example", description="words")
    assert mapped.report.note == "words" and mapped.report.source == "import"
    assert all(set(shape.columns) == header for header, shape in SHAPES.items())


@pytest.mark.parametrize(
    "nothing",
    ["-", "－", " ", "なし", "不明", "N/A", "―", "その他", "無し", "非公開", "名乗らず", "覚えていない", "不詳"],
)
def test_cells_that_say_nothing(nothing: str) -> None:
    assert kinds(read(number="188", company=nothing)) == [("short_number", "jp:188", "reported")]
    assert refused(company=nothing).code == "no_subject"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({}, "no_subject"),
        ({"note": "050-9999-0001"}, "no_subject"),
        ({"number": "hello"}, "not_a_number"),
        ({"number": "188", "domain": "nowhere"}, "not_a_domain"),
        ({"number": "188", "company": "株式会社"}, "not_a_name"),
        ({"number": "188", "company": "ア\ufffdイ"}, "bad_text"),
        ({"number": "188", "note": "\ufffd"}, "bad_text"),
        ({"number": "188", "company": "ア\ud800イ"}, "bad_text"),
        ({"domain": "\udfffa.example"}, "bad_text"),
        ({"number": "188", "category": "謎"}, "bad_category"),
        ({"number": "188", "stance": "angry"}, "bad_stance"),
        ({"number": "188", "date": "2026-11-22"}, "future_date"),
        ({"number": "188", "date": "2027"}, "future_date"),
        ({"number": "188", "date": "03/04/2024"}, "bad_date"),
        ({"number": "188", "date": "36525"}, "bad_date"),
        ({"number": "188", "date": "1989-12-31"}, "old_date"),
        ({"number": "188", "date": "昭和60年1月2日"}, "old_date"),
        *(
            ({"number": "188", "count": count}, "bad_count")
            for count in ("0", "-1", "1.5", "many", "1000001", "9" * 5000)
        ),
    ],
)
def test_refusals(row: dict[str, str], code: str) -> None:
    error = refused(**row)
    assert error.code == code and error.text.ja and len(error.text.en) < 700


def test_today_and_the_running_year_are_no_future() -> None:
    for date in (TODAY, "2026-11", "2026"):
        assert read(number="188", date=date).report.reported_on == date


def test_defaults_fill_what_a_row_leaves_empty() -> None:
    item = read({"source": "s", "category": "delivery", "status": "pending", "reporter": "ab" * 8}, number="188")
    assert (item.report.source, item.report.category, item.report.status) == ("s", "delivery", "pending")
    assert item.report.reporter == "ab" * 8
    assert read({"category": "delivery"}, number="188", category="refund").report.category == "refund"
    assert read(number="188").report.source == "import"


def test_personal_data_does_not_enter() -> None:
    text = "山田太郎様 自宅は090-1234-5678、taro@example.com、〒100-0001。050-9999-0001 に電話しろと言われた"
    item = read(number="050-9999-0001", note=text, message=text, title="山田太郎様")
    for kept in (item.report.note, item.report.message, item.report.title):
        for secret in ("山田", "1234-5678", "taro@", "100-0001"):
            assert secret not in kept
    assert "050-9999-0001" in item.report.note


def test_a_reporter_is_a_pseudonym() -> None:
    report = read(number="188", reporter="taro@example.com").report
    assert "taro" not in report.reporter and len(report.reporter) == 32
    assert read(number="188", reporter="taro@example.com").report.reporter == report.reporter


@pytest.mark.parametrize(
    "name",
    [
        "佐藤花子 090-9999-0002", "taro.mihon@example.jp", "東京都新宿区西新宿2-8-1 山田太郎様", "090-9999-0011 山田", "山田太郎", "佐藤 花子さん",
        "山田様", "03-9999-0001", "０５０９９９９０００１", "https://a.example/x?y=1",
    ],
)  # fmt: skip
def test_a_person_is_no_company(name: str) -> None:
    error = refused(number="050-9999-0001", company=name)
    assert error.code == "personal_name" and name not in error.text.ja + error.text.en


@pytest.mark.parametrize(
    "name",
    [
        "中村屋",
        "小林製薬",
        "山田電機",
        "三井住友カード 様",
        "7-Eleven",
        "株式会社アット・ホーム",
        "石川県警察",
        "Hello Work",
        "Amazon.co.jp",
        "佐藤病院",
    ],
)
def test_a_company_named_like_a_person_is_one(name: str) -> None:
    assert kinds(read(company=name))[0][0] == "company"


@pytest.mark.parametrize(
    ("ref", "kept"),
    [
        ("A-123456789", "A-123456789"),
        ("令和8年 第12号", "令和8年 第12号"),
        ("file:050-9999-0001:x", "file:050-9999-0001:x"),
        ("会員番号 12345678", ""),
        ("山田太郎 090-9999-0001", ""),
        ("山田太郎", ""),
        ("09099990001", ""),
        ("taro@example.jp", ""),
        ("https://mihon.com/mypage?member=taro@mihon.jp", "mihon.com/mypage"),
    ],
)
def test_a_reference_names_nobody_and_still_identifies(ref: str, kept: str) -> None:
    item = read(number="050-9999-0001", ref=ref)
    assert item.report.ref == kept
    as_stored_before = item._replace(report=item.report._replace(ref=ref), ref="")
    assert identity(item) == identity(as_stored_before) and identity(item)[0].startswith("ref-")


def test_the_number_that_is_reported_may_be_its_own_reference() -> None:
    assert read(number="090-9999-0001", ref="+819099990001").report.ref == "+819099990001"


def test_the_source_of_a_mail_is_stored_as_it_is_read() -> None:
    import base64

    body = base64.encodebytes("山田太郎様\n会員番号 12345678\n至急 050-9999-0001 へお電話ください".encode()).decode()
    source = f"From: a@mihon.example\nSubject: test\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}"
    item = read(number="050-9999-0001", message=source, note="TEL: 050-9999-0001\nメモ")
    assert body[:20] not in item.report.message and "〔氏名〕様" in item.report.message
    assert "12345678" not in item.report.message and "050-9999-0001 へお電話" in item.report.message
    assert item.report.note.startswith("TEL: 050") and source.strip() in item.content


def test_texts_are_cleaned_and_cut() -> None:
    report = read(
        number="188", note="a\0b\x1b[31m\tc\n" + "x" * 30_000, source="s\0\x07ource" + "y" * 300, ref="r\0"
    ).report
    assert report.note.startswith("a b [31m\tc\n") and len(report.note) == 20_000
    assert report.source.startswith("source") and len(report.source) == 200 and report.ref == "r"


def test_identity_knows_urls_apart_but_not_spellings_of_a_number() -> None:
    def one(**row: str) -> str:
        return identity(read(**row))[0]

    assert one(url="https://a.example/1") != one(url="https://a.example/2")
    assert one(url="https://a.example/1") == one(url="https://a.example/1")
    assert one(number="050-9999-0001") == one(電話番号="05099990001")
    assert one(number="050-9999-0001", note="x") != one(number="050-9999-0001", note="y")


def test_line_ends_and_outer_blanks_make_no_new_report() -> None:
    def one(note: str) -> tuple[str, str]:
        item = read(number="050-9999-0001", note=note)
        return identity(item)[0], item.report.note

    assert len({one(note) for note in ("a\nb", "a\r\nb", "a\rb", " a\r\nb \n", "a\nb　")}) == 1
    assert one("a\n\nb") != one("a\nb") and one("  ")[0] == one("")[0]


def test_ids_that_were_given_before_stay() -> None:
    plain = read(
        number="050-9999-0001", date="2026-11-01", category="架空請求", note="未納 の\n連絡", company="例示商事"
    )
    assert identity(plain) == ("20261101-095fc1a6c61c92fa", "")
    assert identity(read(url="https://a.example/1", title="t"))[0] == "undated-818b55f95defd222"


@pytest.mark.parametrize(
    ("row", "want"),
    [
        ({"category": "宅配便"}, {"category": "delivery"}),
        ({"category": "フィッシング詐欺"}, {"category": "account_phishing"}),
        ({"category": "オレオレ詐欺"}, {"category": "family_impersonation"}),
        ({"category": "特殊詐欺"}, {"category": "other"}),
        ({"category": "金融商品詐欺"}, {"category": "investment"}),
        ({"category": "預貯金詐欺"}, {"category": "other"}),
        ({"category": "SMS詐欺"}, {"category": "other"}),
        ({"category": "Scam"}, {"category": "other"}),
        ({"category": "架空料金請求"}, {"category": "fake_billing"}),
        ({"category": "営業電話"}, {"category": "nuisance_sales"}),
        ({"category": "謎の分類"}, None),
        ({"stance": "問題なし"}, {"stance": "benign"}),
        ({"stance": "迷惑"}, {"stance": "adverse"}),
        ({"stance": "不明"}, {"stance": "adverse"}),
        *(
            ({column: "安全"}, {"stance": "benign"})
            for column in ("判定", "評価", "状態", "Verdict", "口コミ評価", "迷惑")
        ),
        *(({column: "いいえ"}, {"stance": "benign"}) for column in ("迷惑", "詐欺フラグ", "is_scam")),
        *(({"is_spam": no}, {"stance": "benign"}) for no in ("0", "無", "FALSE", "ham")),
        *(({"is_spam": yes}, {"stance": "adverse"}) for yes in ("1", "有", "true", "spam", "")),
        *(({"status": state}, {"stance": "adverse"}) for state in ("online", "0", "★1", "迷惑", "OK", "good")),
        *(({"rating": good}, {"stance": "benign"}) for good in ("良い", "正規の番号", "信頼できる", "Great service")),
        *(({"rating": bad}, {"stance": "adverse"}) for bad in ("しつこい", "悪質な勧誘", "annoying")),
        *(({"rating": unclear}, None) for unclear in ("★★★★★", "5", "4.8", "良くない", "普通", "not good", "いいえ")),
        *(({"status": void}, None) for void in ("false positive", "rejected", "取消", "削除済", "誤登録")),
        ({"結果": "正規の番号と確認"}, None),
        ({"結果": "公式の番号を装った詐欺"}, {"stance": "adverse"}),
        *(({column: "○"}, {"stance": "benign"}) for column in ("公式", "genuine", "本物")),
        *(({"公式": no}, {"stance": "adverse"}) for no in ("×", "no", "")),
        ({"備考": "三井住友カードの正規の番号と確認"}, None),
        ({"備考": "被害者の電話番号"}, None),
        ({"備考": "詐欺ではありませんでした"}, None),
        ({"備考": "公式の番号だと名乗った"}, {"stance": "adverse"}),
        ({"stance": "benign", "備考": "正規の番号です"}, {"stance": "benign"}),
        ({"label": "0"}, {"stance": "benign"}),
        *(({"label": fine}, {"stance": "benign"}) for fine in ("benign", "official", "whitelisted", "ホワイト")),
        ({"stance": "迷惑", "評価": "安全"}, {"stance": "adverse"}),
        ({"最終報告日": "2026-11-02"}, {"reported_on": "2026-11-02"}),
        ({"submission_time": "2026-11-02"}, {"reported_on": "2026-11-02"}),
        ({"count": "1,200件"}, {"weight": 1200}),
        ({"date": "46328"}, {"reported_on": "2026-11-02"}),
        ({"date": "不明"}, {"reported_on": ""}),
        ({"受付日": "2026-11-03", "相談日": "2026-11-02"}, {"reported_on": "2026-11-02"}),
        *(
            ({"受付日": "2026-11-03", "相談日": nothing}, {"reported_on": "2026-11-03"})
            for nothing in ("", "不明", "-", " なし ")
        ),
        ({"受付日": "不明", "相談日": "-"}, {"reported_on": ""}),
        ({"分類": "-", "手口": "還付金"}, {"category": "refund"}),
        ({"分類": "－"}, {"category": "other"}),
        ({"報告数": "3", "件数": "不明"}, {"weight": 3}),
    ],
)
def test_cells_as_people_fill_them(row: dict[str, str], want: dict[str, str | int] | None) -> None:
    if want is None:
        assert refused(number="188", **row).code in ("bad_category", "bad_rating", "void_row")
    else:
        report = read(number="188", **row).report._asdict()
        assert {name: report[name] for name in want} == want


def test_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    assert refused(number="050-9999-0001", is_scam="maybe").code == "bad_stance"
    assert refused(number="050-9999-0001", 判定="保留").code == "bad_stance"


def test_of_a_call_s_two_numbers_only_the_caller_s_is_read() -> None:
    row = {"発信者番号": "050-9999-0001", "着信番号": "090-9999-0002"}
    assert kinds(read(None, None, **row)) == [("phone", "+815099990001", "sender")]
    assert kinds(read(None, None, 着信番号="050-9999-0001")) == [("phone", "+815099990001", "sender")]
    row = {"偽の番号": "050-9999-0001", "本物の番号": "0120-999-001"}
    assert kinds(read(None, None, **row)) == [("phone", "+815099990001", "reported")]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("折り返し", "callback"),
        ("公式", "official"),
        ("発信元", "sender"),
        ("リンク", "link"),
        ("Callback", "callback"),
    ],
)
def test_roles_in_plain_words(word: str, role: str) -> None:
    assert kinds(read(number="050-9999-0001", role=word)) == [("phone", "+815099990001", role)]


def test_columns_left_out_are_remembered() -> None:
    intake = Intake({}, TODAY)
    header = ("相手方電話番号", "メールアドレス", "氏名", "担当")
    item = intake.read(header, ["050-9999-0001、050-9999-0002", "hanako@mihon.example", "見本花子", "x"])
    assert kinds(item) == [("phone", "+815099990001", "reported"), ("phone", "+815099990002", "reported")]
    assert intake.ignored == {"氏名": "", "担当": "", "メールアドレス": "email"}
    for width in (47, 47):
        intake.columns([f"column {n}" for n in range(width)])
    assert len(intake.ignored) == 50 and "…" not in intake.ignored
    intake.columns([f"column {n}" for n in range(100)])
    assert len(intake.ignored) == 51 and [*intake.ignored][-1] == "…"


def test_the_address_of_a_page_is_cut_but_known_apart() -> None:
    page = "https://mihon.com/mypage?member=taro@mihon.jp"
    assert read(number="050-9999-0001", page_url=page).report.url == "mihon.com/mypage"
    row = {"number": "050-9999-0001", "source": "mihon", "page_url": "https://mihon.com/a_1.html?id=1"}
    told = Intake({}, TODAY, admission=Admission({"mihon"})).report(row)
    assert told.report.url == row["page_url"]
    assert Intake({}, TODAY).report(row).report.url == "mihon.com/…"
    assert identity(told) == identity(Intake({}, TODAY).report(row)), "what was stored before stays one report"
    assert identity(read(number="050-9999-0001", page_url=page)) != identity(
        read(number="050-9999-0001", page_url=f"{page}x")
    )


def test_masked_and_foreign_numbers_are_described() -> None:
    assert read(number="050-9999-00**").describe == (("050-9999-00**", "2"),)
    assert read(number="+44 20 7946 0958").describe[0][0] == "phone"
    assert read(number="+1800335814321").describe[0][0] == "displayed_id"
    assert read(domain="gmail.com").describe == (("gmail.com", "1"),)


@given(st.dictionaries(st.sampled_from(sorted(FIELD_OF)), st.text(max_size=40), max_size=6))
def test_any_row_is_read_or_refused(row: dict[str, Any]) -> None:
    try:
        item = read(**row)
    except Unreadable as error:
        json.dumps([error.text.ja, error.text.en])
        return
    assert item.report.mentions and len(item.describe) == len(item.report.mentions)
    identity(item)
