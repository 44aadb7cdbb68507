"""How the words around a number on a page lean: learned letter sequences."""

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
from repdb.text import numbers
from repdb.text.extract import Extractor
from repdb.text.fold import fold
from repdb.text.role_wording import LEAST, SIZES, leanings, shown, windows

WARNED = (
    "見本町の防犯だよりです。先月から、通信会社の社員を名乗る自動音声の電話が町内の家庭に続けてかかっています。"
    "「利用料金が支払われていません」などと流れ、番号を押すと男が出ます。着信した番号は 03-9999-0001 と表示されていました。心当たりのある方は出ないでください。",
    "知らない人からメッセージが届きました。「お荷物が戻りました。至急 03-9999-0001 に電話してください」と書かれていて、"
    "友人に見せると、同じ文面が昨日から何人もの人に届いているとのこと。かけ直した人は料金を払うように言われ、怖くなって切ったそうです。",
)
INNOCENT = (
    "見本町の防犯だよりです。通信会社の社員を名乗る自動音声の電話が増えています。お金の話が出たら切ってください。"
    "迷ったとき、払ってしまったときは、ひとりで悩まず町の相談室へご相談ください。見本町くらしの相談室 電話 03-9999-0001（平日 9時から16時、秘密は守ります）",
    "見本製菓株式会社 会社案内\n所在地 見本県見本市見本町一丁目\n設立 昭和五十年\n事業の内容 菓子の製造と販売、店舗の運営\n"
    "代表電話 03-9999-0001\nお客様相談室のご案内は、この下の一覧をご覧ください。工場の見学は、前の月の末までにお申し込みください。",
)
NUMBER = "03-9999-0001"
KEY = "+81399990001"


def leaning(text: str, key: str = KEY) -> float:
    folded = fold(text, lower=True)
    hits = list(numbers.find(folded, text, bytearray(len(folded.text) + 1)))
    return leanings(folded.text, hits, [key])[key]


@pytest.mark.parametrize("text", WARNED)
def test_numbers_that_a_page_tells_of_stand_in_other_words(text: str) -> None:
    assert len(text) > LEAST and leaning(text) < 0


@pytest.mark.parametrize("text", INNOCENT)
def test_than_those_of_desks_and_companies(text: str) -> None:
    assert len(text) > LEAST and leaning(text) > 0


def test_no_number_is_suspect_by_itself() -> None:
    for text in (*WARNED, *INNOCENT):
        assert leaning(text) == leaning(text.replace(NUMBER, "090-9999-1234"), "+819099991234")


def test_all_places_of_a_number_speak_for_it() -> None:
    both = f"{WARNED[0]}\n{INNOCENT[0]}"
    assert leaning(WARNED[0]) < leaning(both)


def test_a_short_text_says_nothing_and_sure_words_outweigh_the_drift() -> None:
    def role(text: str) -> str:
        return next(m.role for m in Extractor().extract(text, kind="page") if m.kind == "phone")

    assert role("詐欺の手口。\n国民生活センターを名乗る 03-9999-0001") == "reported"
    assert role(WARNED[1]) in ("callback", "reported")
    assert role(INNOCENT[0]) == "official"
    assert leaning(INNOCENT[1]) > 0
    assert role(INNOCENT[1].replace("代表電話", "偽の電話番号は")) == "reported"


def test_what_ends_a_paragraph_before_says_nothing_of_a_number() -> None:
    text, other = "不安なときは町の相談室へご相談ください。\n\n", "怖くなって切ったそうです。\n\n"
    rest = f"{NUMBER} 見本債権 「ご登録の有料サイト」という文面が届いた人がいます"
    pages = [shown_of(before + rest) for before in (text, other)]
    assert pages[0]["near"] == pages[1]["near"] == set() != shown_of(text.strip() + rest)["near"]


def shown_of(text: str) -> dict[str, set[str]]:
    folded = fold(text, lower=True)
    hits = list(numbers.find(folded, text, bytearray(len(folded.text) + 1)))
    return windows(*shown(folded.text, hits, [KEY]), KEY)


def test_numbers_are_signs_and_lines_have_ends() -> None:
    text = "窓口\n03-9999-0001（9時）か 188 へ。03-9999-0001"
    folded = fold(text, lower=True)
    hits = list(numbers.find(folded, text, bytearray(len(folded.text) + 1)))
    page, places = shown(folded.text, hits, [KEY])
    assert page == "窓口¶☎(0時)か § へ。☎"
    assert [page[at] for at in places[KEY]] == ["☎", "☎"]
    assert shown(folded.text, [*hits, *hits], []) == (page, {})


def test_what_was_learned_are_short_sequences() -> None:
    rows = bundled.rows("role_wording.csv")
    learned = [(place, gram) for place, gram, _ in rows if gram]
    assert len(rows) == len(set(learned)) + 1  # and the constant
    assert all(len(gram) in SIZES[place] and not gram.isdecimal() or gram == "0" for place, gram in learned)


PIECES = [*WARNED, *INNOCENT, "。", " 03-9999-0001 ", "\n", "相談室", "から着信 ", "ヲ", "A"]


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join))
def test_the_sequences_around_a_number_are_found_at_once(text: str) -> None:
    text += NUMBER
    folded = fold(text, lower=True)
    hits = list(numbers.find(folded, text, bytearray(len(folded.text) + 1)))
    page, places = shown(folded.text, hits, [KEY])
    if KEY not in places:
        return
    expected = 0.0
    learned = {(place, gram): float(weight) for place, gram, weight in bundled.rows("role_wording.csv")}
    expected = learned.pop(("page", ""))
    for place, grams in windows(page, places, KEY).items():
        known = [learned[place, gram] for gram in grams if (place, gram) in learned]
        expected += sum(known) / sqrt(max(12, len(known)))
    assert leanings(folded.text, hits, [KEY])[KEY] == pytest.approx(expected)


def test_anybody_can_learn_the_table_anew(tmp_path: Path) -> None:
    """From labelled pages of their own; the same ones give the same table."""
    files = []
    for name in ("one.jsonl", "other.jsonl"):
        rows = [
            {"text": f"{text}{'。' * n}", "kind": "page", "mentions": [{"kind": "phone", "key": KEY, "group": group}]}
            for group, texts in (("adverse", WARNED), ("benign", INNOCENT))
            for text in texts
            for n in range(3)
        ]
        rows.append({"text": "見本", "kind": "sms", "mentions": []})
        files.append(tmp_path / name)
        files[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    script = Path(__file__).parents[1] / "bench" / "fit_role_wording.py"
    tables = []
    for name in ("a.csv", "b.csv"):
        out = tmp_path / name
        command = [sys.executable, str(script), *map(str, files), "--out", str(out), "--steps", "40"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "other            benign   cues 6 alone 6 both 6 of 6" in done.stdout
        assert "other            adverse  cues" in done.stdout and "alone 6 both" in done.stdout
        tables.append(out.read_text(encoding="utf-8"))
    assert tables[0] == tables[1]
    learned = dict(line.rsplit(",", 1) for line in tables[0].splitlines() if not line.startswith("#"))
    assert float(learned['near,"相談"']) > 0 > float(learned['after,"と"'])
