"""What redaction lets through at a glance holds nothing that its rules would take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text import redact as module
from repdb.text.fold import fold

# Pieces that the rules are made of, in random order beside each other: labels, values, signs and plain prose.
PIECES = (
    "山田太郎", "様", "さん", "殿", "Dear ", "Mr. ", "Taro Yamada", "hello ", "氏名：", "お名前は", "フリガナ ", "ヤマダ", "name: ",
    "〒100-0001", "東京都千代田区千代田1-1", "大阪府北区", "横浜市中区3丁目2", "12 Baker Street", "5 Low rd", "会員番号", "会員ID", "注文No.",
    "order ", "ref no. ", "A12345", "98765", "下4桁 ", "マイナンバー", "普通預金", "口座番号 ", "iban ", "account no. ", "記号 12345 番号 1",
    "生年月日 ", "1980年1月2日", "生", "DOB: ", "birthday ", "1/2/1980", "4111 1111 1111 1111", "5500000000000004", "3782 822463 10005",
    "090-9999-1234", "080 9999 1234", "+81 (0)90 9999 1234", "自宅の電話 ", "my phone ", "03-9999-1234", "a.b@example.jp", "a[at]example.jp",
    "https://", "example.jp", "/x?id=1", "example.jp:80/a", "user:pass@", " ", "、", "\u200b", "ﾔﾏﾀﾞ", "未納料金", "です", "notice", "id", "０９０", "一二三",
    "相談者 ", "世帯主", "山田", "花子", "久美子", "私は", "妻の", "と申します", "名義", "My name is ", "asked for ", "西新宿", "2-8-1", "2の8の1", "山下町", "301号室",
    "口座 ", "1234567", "パスポート ", "TK1234567", "パスワードは", "abc123", "CVV ", "123", "LINE ID ", "品川300あ", "12-34", " at ", "〇九〇一二三四五六七八", "昭和三十年五月五日", "マイナンバー 1234 5678 9012",
    "To: ", "<", "(普)", "ゆうちょ 10120-1234567", "IP ", "192.0.2.5", "2001:db8::1:2", "緯度", "35.54", "@hanako_y", "#", "職場の", "見本小学校", "メゾン見本", "201", "住所は", "見本1-2", "(やまだ)",
    "ヤマダ ハナコ", "Hanako Yamada", "ヤマダハナコ", "薬をもらった", "と名乗る", "方", "王", "年金番号 ", "1234-567890", "子(ゆい)", "ユーザーID ", "a.b",
    "健太くん", "ゆいちゃん", "田中さくら", "山田太郎君", "父は", "見本誠司", "だけど", "ですが", "旧姓:", "大字", "12番地", "暗証 ", "PIN ", "pass: ", "支店 ", "インスタ ", "mihon_1", "注文 ", "12345678",
    "患者ID ", "born on ", "May 3, 1970", "MAC ", "00:1a:2b:3c:4d:5e", "わたしの", "僕の電話 ", "03-9999-1234", "「", "İ", "ſ", "K", "Hİ ",
)  # fmt: skip


def by_the_rules(text: str, monkeypatch: pytest.MonkeyPatch) -> list[module.Span]:
    with monkeypatch.context() as patch:
        patch.setattr(module, "_suspect", lambda folded: True)
        return module.redaction_preview(text)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join))
def test_what_is_let_through_holds_nothing(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = by_the_rules(text, patch)
    assert module.redaction_preview(text) == found


def test_the_examples_of_the_rules_are_all_looked_at() -> None:
    examples = re.findall(r'"([^"\n]{4,})"', (Path(__file__).parent / "test_redact.py").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        personal = [text for text in examples if by_the_rules(text, patch)]
    assert len(personal) > 20
    assert [text for text in personal if not module._suspect(fold(text).text)] == []


def test_ordinary_notes_are_spared() -> None:
    notes = (
        "留守電に「未納料金があります」と入っていた（5）",
        "Recorded voice about an unpaid bill, 3 times",
        "出るとすぐに切れた",
    )
    assert not any(module._suspect(fold(note).text) for note in notes)
