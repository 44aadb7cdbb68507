from __future__ import annotations

import pytest

from repdb.text.tricks import TRICKS, closed_up, tricks

HONEST = (
    "見本銀行からのお知らせ。サービス一覧、メール一通、プラン一つ、口コミ、窓口サービス、二ヶ月、❤️👨‍👩‍👧 と\ufeff。A B C の順。"
    "050-9999-0001、OO銀行、Привет、I O U、https://example.com/ 東 京"
)


@pytest.mark.parametrize(
    ("code", "text", "written"),
    [
        ("invisible_characters", "メル\u2061カリ", "\u2061"),
        ("invisible_characters", "A\u200b\u200bmazon", "\u200b\u200b"),
        ("reversed_text", "\u202efdp.exe", "\u202e"),
        ("foreign_lookalike", "аmazon", "а"),
        ("kana_lookalike", "ミホンカ一ド", "一"),
        ("kana_lookalike", "ア力ウント", "力"),
        ("kana_lookalike", "、力ード", "力"),
        ("kana_lookalike", "三井見本力ード", "力"),
        ("noise_letters", "、ヺヸエ", "ヺヸ"),
        ("styled_letters", "𝐀𝐦𝐚𝐳𝐨𝐧", "𝐀𝐦𝐚𝐳𝐨𝐧"),
        ("spaced_letters", "横 浜 見 本 より", "横 浜 見 本"),
        ("spaced_letters", "A m a z o n です", "A m a z o n"),
        ("broken_words", "未_納_料_金です", "未_納_料_金"),
        ("broken_words", "お 荷 物 の お 届 け", "お 荷 物 の お 届 け"),
        ("letter_digits", "O5O-9999-OOO1", "O5O-9999-OOO1"),
        ("kanji_digits", "〇五〇九九九九〇〇〇一", "〇五〇九九九九〇〇〇一"),
        ("circled_digits", "⓪⑤⓪⑨⑨⑨⑨⓪⓪⓪①", "⓪⑤⓪⑨⑨⑨⑨⓪⓪⓪①"),
        ("defanged", "hxxps://x", "hxxps://"),
        ("defanged", "bad[.]example", "[.]"),
    ],
)
def test_each_trick_is_found_where_it_stands(code: str, text: str, written: str) -> None:
    assert [(trick.code, trick.written) for trick in tricks(text)] == [(code, written)]
    (trick,) = tricks(text)
    assert text[trick.start : trick.end] == written


def test_honest_writing_holds_none() -> None:
    assert tricks(HONEST) == []
    assert tricks("青木 健 様") == []


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("未_納_料_金。\n至急", "未納料金。   \n至急"),
        ("ア.マ.ゾ.ン 発.生 a.b", "アマゾン 発生 a.b    "),
        ("お 荷 物 の お 届 け です", "お荷物のお届けです       "),
        ("お 知 ら せ", "お 知 ら せ"),
        ("月・火・水・木・金", "月・火・水・木・金"),
    ],
)
def test_broken_words_are_read_as_words(text: str, closed: str) -> None:
    assert closed_up(text) == closed and len(closed) == len(text)


def test_every_code_is_explained() -> None:
    assert all(text.ja and text.en for text in TRICKS.values())
