"""How messages are worded: learned letter sequences."""

from __future__ import annotations

import json
import subprocess
import sys
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import bundled
from repdb.text.wording import grams, logit, plain, quoted, telling

FRAUD = (
    "お客様のアカウントに異常が検出されました。24時間以内に下記リンクより確認してください。",
    "ご利用料金の件で確認したい事がございます。本日中に担当までご連絡ください。",
    "お荷物をお届けにあがりましたが不在のため持ち帰りました。下記よりご確認ください。",
)
ORDINARY = (
    "ご予約ありがとうございます。明日10時にお待ちしております。変更はお電話でどうぞ。",
    "本日の練習は雨のため中止です。来週の土曜日に振り替えますので、よろしくお願いします。",
    "図書館からのお知らせです。ご予約の本が用意できました。十日までにお越しください。",
)


@pytest.mark.parametrize("text", FRAUD)
def test_frauds_are_worded_alike(text: str) -> None:
    assert logit(text) > 0.5
    assert telling(text) and telling(text) in text


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_messages_are_worded_otherwise(text: str) -> None:
    assert logit(text) < 0


def test_names_numbers_and_addresses_say_nothing() -> None:
    one = "青空銀行よりお知らせ。口座を確認してください。https://a.example/x?id=1 電話 050-9999-0001"
    other = "星空証券よりお知らせ。口座を確認してください。http://www.hoshi.example 電話 03-9999-0002"
    assert logit(one, [(0, 4)]) == logit(other, [(0, 4)])


def test_it_knows_nothing_of_other_languages_or_of_two_words() -> None:
    assert logit("Your account has been suspended. Verify it within 24 hours at http://a.example") == 0
    assert logit("確認を") == 0


HEAD = "差出人: 見本銀行 <info@bait.example>\n件名: 【重要】口座の確認\n\n"


@pytest.mark.parametrize("text", FRAUD)
@pytest.mark.parametrize(
    "head", [HEAD, "From: a@bait.example\nTo: b@bait.example\nDate: 2026-11-21\nSubject: \n\n", "送信元：NTT\n"]
)
def test_the_head_of_a_mail_is_nobodys_wording(head: str, text: str) -> None:
    subject = "【重要】口座の確認\n" if head is HEAD else "\n"
    assert logit(head + text) == logit(subject + text)
    assert telling(head + text) == telling(text)


@pytest.mark.parametrize(
    "text",
    ["差出人: サポートセンター <a@bait.example>\n件名: お支払い", "サポート。20万円。至急。", "口座確認番号通知、料金未納金額請求書",
     "<a href='https://bait.example/kakunin'>請求</a>", ""],
)  # fmt: skip
def test_labels_names_and_amounts_are_not_quoted(text: str) -> None:
    assert telling(text) == ""
    assert quoted(text) == ("", "")


def test_a_clause_is_quoted_as_it_is_written() -> None:
    assert quoted(HEAD + "<b>口座を</b>下記リンクより確認してください") == (
        "（「下記リンクより確認してください」など）", " (“下記リンクより確認してください”)",
    )  # fmt: skip


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 30))
def test_any_text_can_be_read(text: str, start: int, length: int) -> None:
    assert -100 < logit(text, [(min(start, len(text)), min(start + length, len(text)))]) < 100
    assert telling(text) in text


def test_half_a_surrogate_pair_says_nothing() -> None:
    text = "本日中にご連絡がない場合は、利用停止といたします。未納料金をお支払いください。"
    assert logit(f"\ud800{text}\udfff") == logit(text) > 0
    assert telling(f"{text}\ud800") == telling(text)


def test_what_was_learned_is_words_only() -> None:
    rows = bundled.rows("wording.csv")
    learned = [gram for gram, _ in rows if gram]
    assert len(rows) == len(learned) + 1  # and the constant
    assert all(gram in grams(gram) for gram in learned)


def test_anybody_can_learn_the_table_anew(tmp_path: Path, seeded_file: Path) -> None:
    """From labelled messages of their own; the same ones give the same table."""
    rows = [
        {"text": f"{text}{'。' * (n % 3)}", "label": label, "kind": "sms"}
        for label, texts in (("scam", FRAUD), ("legit", ORDINARY))
        for n, text in enumerate(texts * 4)
    ]
    messages = tmp_path / "messages.jsonl"
    messages.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    script = Path(__file__).parents[1] / "bench" / "fit_wording.py"
    tables = []
    for name in ("a.csv", "b.csv"):
        out = tmp_path / name
        command = [
            sys.executable,
            str(script),
            str(messages),
            "--db",
            str(seeded_file),
            "--out",
            str(out),
            "--folds",
            "2",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "messages         scam     right 12/12" in done.stdout
        tables.append(out.read_text(encoding="utf-8"))
    assert tables[0] == tables[1]
    learned = dict(line.rsplit(",", 1) for line in tables[0].splitlines() if not line.startswith("#"))
    assert float(learned['"下記"']) > 0 > float(learned['"雨の"'])


@given(st.lists(st.sampled_from([*FRAUD, *ORDINARY, "、", "A1", "ヲ"]), max_size=4).map("".join))
def test_the_learned_sequences_of_a_text_are_found_at_once(text: str) -> None:
    learned = {gram: float(weight) for gram, weight in bundled.rows("wording.csv")}
    bias = learned.pop("")
    found = grams(plain(text)) & learned.keys()
    expected = bias + sum(learned[gram] for gram in found) / sqrt(len(found)) if len(found) >= 8 else 0.0
    assert logit(text) == pytest.approx(expected)
