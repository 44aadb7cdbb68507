"""An answer on a terminal: verdict first, one screen, lines broken as Japanese breaks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Cli
from hypothesis import given
from hypothesis import strategies as st

from repdb.cli.render import shorten, width, wrap

JAPANESE = "番号帯の指定事業者は「ＫＤＤＩ」です（発信者とは限りません）。公式サイト https://www.example.co.jp/ で確かめてください！"


def test_width() -> None:
    assert [width(text) for text in ("abc", "日本", "ｱ", "・", "…", "か\u3099", "")] == [3, 4, 1, 2, 1, 2, 0]


@given(st.text(alphabet="日本語、。「」（）abc DEF-12ーっ・…", max_size=80), st.integers(4, 60))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = list(wrap(text, columns))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)


@pytest.mark.parametrize("columns", range(16, 60, 3))
def test_kinsoku(columns: int) -> None:
    lines = list(wrap(JAPANESE, columns))
    assert not [line for line in lines[1:] if line[0] in "、。）」！ーっ"]
    assert not [line for line in lines[:-1] if line[-1] in "（「"]
    assert columns < 30 or any("https://www.example.co.jp/" in line for line in lines)


def test_latin_text_breaks_at_spaces() -> None:
    assert list(wrap("one two three four", 9)) == ["one two", "three", "four"]
    assert list(wrap("abcdefghij", 4)) == ["abcd", "efgh", "ij"]
    assert list(wrap("", 10)) == [""]


@given(st.text(alphabet="日本ab、", max_size=40), st.integers(2, 30))
def test_shortening(text: str, columns: int) -> None:
    short = shorten(text, columns)
    assert width(short) <= columns and (short == text or short.endswith("…"))
    assert (short == text) == (width(text) <= columns)


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_answer_is_one_screen_with_the_verdict_first(cli: Cli, seeded: Path, columns: int, lang: str) -> None:
    done = cli("lookup", "050-3198-3490", "--lang", lang, env={"COLUMNS": str(columns)})
    lines = done.stdout.splitlines()
    assert [line for line in lines if width(line) > columns] == []
    assert len(lines) <= (24 if columns >= 80 else 32)
    assert lines[0].endswith("   050-3198-3490")
    assert lines[0].startswith({"ja": "過去に報告あり", "en": "Reported in the past"}[lang])
    labels = [line.split(" ")[0] for line in lines[3:] if not line.startswith(" ")]
    assert labels == {"ja": ["なぜ", "いまする事", "わかる事", "根拠"], "en": ["Why", "What", "Facts", "Evidence"]}[
        lang
    ] or (labels[0] == "" and labels[1:])
    said = "".join(done.stdout.split())
    assert "法務大臣許可第115号" in said and "KDDI" in said and "188" in said


def test_a_company_with_its_impostors(cli: Cli, seeded: Path) -> None:
    said = cli("lookup", "リボーン債権回収", "--lang", "ja").stdout
    assert "[実在] 法務大臣許可第115号" in said and "名前をかたった報告: 050-3116-5334、" in said
    said = cli("lookup", "Amazon").stdout
    assert "[genuine]" in said and "official: amazon.co.jp " in said


def test_statements_that_read_alike_share_a_line(cli: Cli, seeded: Path) -> None:
    rows = "date,URL,description\n" + "".join(f"2026-01-05,https://bad.example/{n},例示銀行\n" for n in range(7))
    assert cli("ingest", "-", stdin=rows).returncode == 0
    said = cli("lookup", "bad.example").stdout
    assert said.count("[1]") == 1 and "[2]" not in said and "×5" in said and "and 2 more reports" in said


def test_benign_statements_and_foreign_hosts(cli: Cli, seeded: Path) -> None:
    cli("report", "number", "+44 20 7946 0958", "--stance", "benign", "--note", "my bank")
    said = cli("lookup", "+44 20 7946 0958").stdout
    assert "benign" in said and "my bank" in said and "country" in said
    assert "例え[.]jp" in cli("lookup", "xn--r8jz45g.jp").stdout or "例え.jp" in cli("lookup", "xn--r8jz45g.jp").stdout
    assert "block not designated" in cli("lookup", "050-9999-0001").stdout


def test_countries_have_names_and_numbers_are_written_for_people(cli: Cli, seeded: Path) -> None:
    assert "国 ジャマイカ" in cli("--lang", "ja", "lookup", "+1 876 555 0123").stdout
    assert "country Jamaica" in cli("lookup", "+1 876 555 0123").stdout
    said = cli("--lang", "ja", "lookup", "ヤマト運輸").stdout
    assert "公式: 0120-" in said and "+81" not in said
    assert "9110" in cli("--lang", "ja", "lookup", "9110").stderr
