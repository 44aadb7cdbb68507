"""Phrases that a text says itself, and those that it only tells of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.phrases import find_phrases
from repdb.text.told import sentences, split_told, warning


@pytest.mark.parametrize(
    "text",
    [
        "市役所をかたる電話に注意!\n■内容\n「還付金があります」と話します。\n■対策\n暗証番号を聞くことはありません。\n通帳を預からせてください",
        "見本町安全メール\n\n\n\n宅配業者を装う迷惑メールに注意!\n\n\n荷物を届けたが不在だった\n\nという内容です。\n\n\n\n\n開くとウイルスに感染します。\n\n\n十分注意してください。",
        "不審な電話が増えています。\n役所の者だと名乗ります。\n医療費の還付金があると言います。\n不審に思ったら相談を。\n詐欺に注意してください。",
    ],
)
def test_a_text_that_warns_throughout_says_nothing_itself(text: str) -> None:
    said, told = split_told(text, find_phrases(text))
    assert told and not [hit for hit in said if not hit.group.startswith("demand_")]


def test_warnings_beside_a_contact_of_its_own_excuse_nothing() -> None:
    warnings = "詐欺にご注意ください。還付金詐欺が増えています。不審な電話に注意してください。"
    threat = "有料サイトの未納料金があります。本日中に 050-9999-0001 へご連絡なき場合、法的手続きに移行します。"
    for text in (warnings + threat, threat + warnings):
        at = text.index("050")
        assert not [hit for hit in split_told(text, find_phrases(text))[0] if hit.group == "legal_threat"]
        said, _ = split_told(text, find_phrases(text), [at])
        assert {"unpaid_fee", "legal_threat"} <= {hit.group for hit in said}
    helpline = warnings + "すぐに契約や支払いをせず、見本センター 050-9999-0001 へ。"
    said, _ = split_told(helpline, find_phrases(helpline), [helpline.index("050")])
    assert not [hit for hit in said if not hit.group.startswith("demand_")]


@pytest.mark.parametrize(
    ("text", "warns"),
    [
        ("未納だから払えって電話が来た", True),
        ("口座が止まるって来た", True),
        ("カードを買ってきて番号を送って", False),
        ("店に行ってきて番号を送って", False),
        ("現金を持って来て", False),
        ("「未納があります」って。", True),
        ("「見本堂」って店で買ってきて", False),
        ("偽サイトではありません", False),
        ("詐欺ではないのでご安心ください", False),
        ("詐欺ではありませんか?", False),
        ("偽サイトではないかという電話", True),
        ("警察には連絡しないでください", False),
        ("家族や銀行員に相談しないようにしてください", False),
        ("Do not call the police.", False),
        ("Don't tell anyone.", False),
        ("不審な番号に電話しないでください", True),
        ("第三者に教えないでください", True),
        ("Do not call the number.", True),
    ],
)
def test_who_comes_back_with_cards_tells_of_nothing(text: str, warns: bool) -> None:
    assert warning(text) is warns


def test_what_a_call_commands_between_warnings_it_wants() -> None:
    warnings = "詐欺にご注意ください。還付金詐欺が増えています。不審な電話に注意してください。"
    for text, group in (
        (warnings + "暗証番号を教えてください。", "credentials"),
        (warnings + "「暗証番号を教えてください」などと言います。", ""),
    ):
        hits = [hit for hit in find_phrases(text) if hit.group == "credentials"]
        assert hits and ({hit.group for hit in split_told(text, hits, spoken=True)[0]} == ({group} if group else set()))
        assert not split_told(text, hits)[0]


def test_sentences_end_in_english_too() -> None:
    text = 'Beware of scams. Reply to Dr. Lee now, or v1.2 at a.jp. "Really." No. 5'
    assert [text[start:end].strip() for start, end in sentences(text)] == [
        "Beware of scams.", "Reply to Dr.", 'Lee now, or v1.2 at a.jp. "Really." No. 5',
    ]  # fmt: skip
    text = "We never ask for your password. Beware of scams. Reply with your 6-digit code to secure your account."
    assert [hit.group for hit in split_told(text, find_phrases(text))[0]] == ["credentials"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("偽サイトです、と表示されても {} に暗証番号を入力してください。", False),
        ("フィッシング詐欺を防ぐため {} でカード番号のご入力をお願いします", False),
        ("偽サイト {} が増えているので、暗証番号を入力しないでください。", True),
        ("「{} に暗証番号を入力」という詐欺メールは削除してください。", True),
        ("詐欺メールの {} に暗証番号を入力した方は銀行へ。", True),
    ],
)
def test_who_commands_by_a_contact_tells_of_nothing(text: str, told: bool) -> None:
    shown = text.format("http://aozora.top")
    hits = [hit for hit in find_phrases(shown) if hit.group == "credentials"]
    assert hits and bool(split_told(shown, hits, [shown.index("http")])[1]) is told


def test_one_warning_covers_no_bait() -> None:
    text = "詐欺メールにご注意ください。\nお客様のカードの利用を停止しました。\n本日中にご確認ください。"
    said, _ = split_told(text, find_phrases(text))
    assert {"account_stop"} <= {hit.group for hit in said}


@pytest.mark.parametrize(
    "text",
    [
        "「未納料金があり裁判になる」という電話は詐欺です。",
        "当社を装い「口座を停止しました」などと書かれたメールにご注意ください。",
        "警察官を名乗り、あなた名義の口座が犯罪に使われていると告げる手口です。",
        "当行が暗証番号の入力をお願いすることは一切ありません。",
        "「ウイルスに感染しました」と表示されても、電話しないでください。",
        "ギフト券を購入して番号を教えるよう言われたら、警察に相談してください。",
        "Beware of messages that say your account has been suspended.",
        "Be careful with fake delivery notices that say your parcel could not be delivered.",
        "The text may ask you to enter your password, claiming to be from a bank.",
        "自動音声の不審電話が増えています。",
    ],
)
def test_words_of_a_warning_are_told(text: str) -> None:
    said, told = split_told(text, find_phrases(text))
    assert told and not said


@pytest.mark.parametrize(
    "text",
    [
        "未納料金があり、ご連絡がない場合は裁判になります。",
        "警視庁です。あなた名義の口座が犯罪に使われています。",
        "口座を停止しました。暗証番号を入力してください。",
        "ウイルスに感染しました。至急お電話ください。",
        "第三者による不正利用の可能性があります。",
        "Your account is suspended if you do not respond immediately.",
    ],
)
def test_words_of_a_fraud_are_said(text: str) -> None:
    said, told = split_told(text, find_phrases(text))
    assert said and not told


def test_a_warning_spares_its_own_sentence_only() -> None:
    text = "当社を装う詐欺にご注意ください。口座を停止しました。"
    said, told = split_told(text, find_phrases(text))
    assert {hit.group for hit in said} == {"account_stop"} and all(hit.end < 17 for hit in told)


def test_a_quotation_belongs_to_the_sentence_around_it() -> None:
    text = "「至急です。未納料金があります。」という電話は詐欺です。以上。"
    assert [text[start:end] for start, end in sentences(text)] == [text[:-3], "以上。"]
    assert warning(text[:-3]) and not warning("以上。")


@given(st.text(alphabet="「」『』。!\nあ詐欺", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentences(text)) == text


@given(st.text(max_size=80))
def test_no_phrase_is_lost(text: str) -> None:
    hits = find_phrases(text)
    said, told = split_told(text, hits)
    assert sorted((*said, *told)) == sorted(hits)
