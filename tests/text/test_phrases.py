from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from repdb.categories import CATEGORIES
from repdb.text.fold import fold
from repdb.text.phrases import DEMANDS, GAP, GAP_LATIN, demands, find_phrases, glosses, phrases


def groups(text: str) -> set[str]:
    return {hit.group for hit in find_phrases(text)}


def test_the_file_is_sorted_unique_and_in_reading_form() -> None:
    lines = files("repdb.data").joinpath("phrases.csv").read_text(encoding="utf-8").splitlines()
    header, *rows = list(csv.reader(line for line in lines if line[0] != "#"))
    assert header == "phrase topic weight category gloss gloss_en".split()
    assert "Licence" in lines[2] and rows == sorted(rows) and len({row[0] for row in rows}) == len(rows)
    assert all(fold(row[0], lower=True).text == row[0] and row[0] == row[0].strip() for row in rows)
    assert {row[3] for row in rows} <= {"", *CATEGORIES}
    assert all(-2 <= float(row[2]) <= 2 and row[4] and row[5] and "…" not in (row[0][0], row[0][-1]) for row in rows)
    assert len({(row[1], row[4], row[5]) for row in rows}) == len({row[1] for row in rows})
    # Genuine messages use the same words, so what is said of them must hold of an honest sender too.
    assert not [row[0] for row in rows if "よそお" in row[4] or "Poses" in row[5]]


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: "…".join(piece[0] for piece in phrase.pieces))
def test_every_phrase_is_found_as_it_stands(phrase: object) -> None:
    pieces: tuple[tuple[str, ...], ...] = phrase.pieces  # type: ignore[attr-defined]
    for place in range(max(map(len, pieces))):
        text = "の".join(words[place % len(words)] for words in pieces)
        assert phrase.group in groups(f"、{text}、")  # type: ignore[attr-defined]


def test_a_demand_in_every_disguise() -> None:
    text = "有料動画の未納\u200b料金があります。本日中に御連絡なき場合、法的手続きへ"
    hits = find_phrases(text)
    assert {"paid_content", "unpaid_fee", "deadline", "legal_threat", "demand_call"} <= {hit.group for hit in hits}
    assert all(text[hit.start : hit.end] == hit.written for hit in hits)
    assert demands(hits) == {"call"}
    assert groups("ＦＩＮＡＬ　ＮＯＴＩＣＥ") >= {"final_notice"}


def test_pieces_belong_to_one_sentence_and_stand_near() -> None:
    assert "deadline" in groups("至急、必ずご連絡")
    assert "deadline" not in groups("至急です。連絡")
    assert "deadline" not in groups("至急" + "あ" * (GAP + 1) + "連絡")
    assert "deadline" not in groups("連絡は至急")


def test_latin_words_may_stand_farther_apart_within_a_sentence() -> None:
    assert "attachment" in groups("please open at your convenience the attached form")
    assert "attachment" in groups("please open at your\nconvenience the attached form")
    assert "attachment" not in groups("please open it. the attached form")
    assert "attachment" not in groups("please open it\n\nthe attached form")
    assert "attachment" not in groups(f"please open {'x ' * (GAP_LATIN // 2)} the attached form")
    assert "attachment" not in groups("please open できるだけ早めに必ずこちらの attached form")


def test_latin_pieces_are_whole_words() -> None:
    assert groups("blacklist") == {"investigation"}
    assert groups("blacklisted") == set()


def test_of_overlapping_phrases_the_longer_speaks() -> None:
    (hit,) = [hit for hit in find_phrases("裁判取り下げ費用") if hit.group == "settlement"]
    assert hit.written in ("裁判取り下げ", "裁判取り下げ費用")


def test_groups_are_explained_and_demands_are_groups() -> None:
    assert set(DEMANDS) <= set(glosses())
    assert demands(find_phrases("お支払いください。下記リンクをクリックして返信ください")) >= {"pay", "click", "reply"}


def test_ordinary_words_threaten_nobody() -> None:
    assert groups("明日は晴れ。友だちと昼ごはんを食べた。") == set()


def test_a_reassurance_that_is_denied_is_none() -> None:
    assert "reassurance" in groups("カード裏面の番号へお電話ください")
    assert "reassurance" not in groups("カード裏面の番号ではなくこちらへ")
    assert "self_initiated" not in groups("お心当たりのない方も破棄しないでください")
    assert "self_initiated" in groups("ご登録内容は下記の通りです")
    assert "self_initiated" not in groups("ご登録内容について確認したいことがございます")
    assert "refund" in groups("書類をお送りしましたが期限が過ぎておりまして、銀行の方から折り返しお電話があります")
    assert "refund" not in groups("書類をお送りしました。詳しくは銀行の窓口でおたずねください")
    assert "secrecy" in groups("誰にも話さないでください")
