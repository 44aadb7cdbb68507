"""What a message only shows because its writer calls it a fraud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text import quoted

ANSWER = "差出人: 見本市 <a@mihon.example>\n件名: Re: Amazonから\n\n"
SCAM = "> 未納料金があります。\n> https://bait.example/\n"
RULED = "Microsoft を騙る下記のようなメールが届いています。{said}\n--- 例 ---\n本日中に更新\nhttps://bait.example/\n-----------\n情報システム部\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{ANSWER}それは詐欺です。開かないでください。\n{SCAM}", ["件名: Re: Amazonから", SCAM]),
        (f"母さん、詐欺だから絶対クリックしないで。\n\n2026年11月15日(日) 9:12 山田花子 <h@example.jp>:\n{SCAM}",
         [f"2026年11月15日(日) 9:12 山田花子 <h@example.jp>:\n{SCAM}"]),
        (f"{ANSWER}これは詐欺でしょうか。\n{SCAM}", []),
        (f"これは詐欺ですか？ 開かないで削除しました。\n{SCAM}", []),
        (f"よろしくお願いします。\n{SCAM}", []),
        (RULED.format(said="開かずに削除してください。"), ["--- 例 ---\n本日中に更新\nhttps://bait.example/\n-----------"]),
        (RULED.format(said="ご確認ください。"), []),
        ("詐欺です。開かないでください。\n> ログインはこちら https://bait.example/\n", []),  # a bullet
        ("リンクは開かないでください。\n> 確認はこちら\n> https://bait.example/\n", []),  # phishing warns, too
        ("下記のようなメールが届いています。開かずに削除してください。\nhttps://bait.example/\n", []),
    ],
)  # fmt: skip
def test_only_what_its_writer_calls_a_fraud(text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in quoted.parts(text)] == shown


def test_many_parts_take_no_longer() -> None:
    text = "詐欺です。\n" + "> a\n> b\nc\n" * 100_000
    assert len(quoted.parts(text)) == 100_000 and "a" not in quoted.without(text, quoted.parts(text))


@pytest.mark.parametrize("unit", ["-", "---\n", "> a\n", ">", " ", "a:\n"])
def test_time_grows_with_length_only(unit: str) -> None:
    assert quoted.parts("以下のメール" + unit * 200_000) == []


@given(st.text(alphabet="> \n詐欺です。下記-例メールが届い開かないで削除:", max_size=200))
def test_places_stay(text: str) -> None:
    parts = quoted.parts(text)
    left = quoted.without(text, parts)
    assert len(left) == len(text) and left.count("\n") == text.count("\n")
    assert all(0 <= start < end <= len(text) for start, end in parts)
    assert all(not left[start:end].strip() for start, end in parts)
