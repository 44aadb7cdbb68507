"""Two Japanese characters find what they stand in, whatever is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb.text.bigrams import MAX_QUERY, index_text, match_text

TEXTS = {
    1: "国税庁をかたるSMS。佐川急便 NTTドコモ未払い",
    2: "詐欺の電話 ＡＢＣ１２３",
    3: "架空の商事から架空請求。折り返し 050-9999-0001 https://bad.example/path",
    4: "ﾄﾞｺﾓを名乗る カ゛ス会社",
}


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute(
            "CREATE VIRTUAL TABLE f USING fts5 (bigrams, content='x', tokenize='unicode61 remove_diacritics 0')"
        )
        made.executemany("INSERT INTO f (rowid, bigrams) VALUES (?, ?)", ((n, index_text(t)) for n, t in TEXTS.items()))
        yield made


def find(index: sqlite3.Connection, typed: str) -> set[int]:
    return {n for (n,) in index.execute("SELECT rowid FROM f WHERE f MATCH ?", (match_text(typed),))}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("詐欺", {2}),
        ("国税", {1}),
        ("佐川", {1}),
        ("税国", set()),
        ("国庁", set()),
        ("庁", {1}),
        ("欺", {2}),
        ("ドコモ", {1, 4}),
        ("ｎｔｔ ドコモ", {1}),
        ("NT", {1}),
        ("abc123", {2}),
        ("架空請求", {3}),
        ("請求架空", set()),
        ("架空 佐川", set()),
        ("bad.example", {3}),
        ("9999", {3}),
        ("", set()),
        ('"', set()),
        ("(国税 OR", set()),
        ("(国税", {1}),
    ],
)
def test_what_is_typed_finds(index: sqlite3.Connection, typed: str, found: set[int]) -> None:
    assert find(index, typed) == found


@given(st.text(max_size=MAX_QUERY + 20))
def test_whatever_is_typed_is_a_valid_expression(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE VIRTUAL TABLE f USING fts5 (bigrams)")
        assert made.execute("SELECT rowid FROM f WHERE f MATCH ?", (match_text(typed),)).fetchall() == []


@given(st.text(alphabet="詐欺国税アイー请 ab1", min_size=1, max_size=30), st.data())
def test_every_piece_of_a_run_finds_its_text(text: str, data: st.DataObject) -> None:
    runs = [run for run in text.replace("ab", " ").replace("a", " ").replace("b", " ").replace("1", " ").split() if run]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : data.draw(st.integers(start + 1, len(run)))]
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE VIRTUAL TABLE f USING fts5 (bigrams, tokenize='unicode61 remove_diacritics 0')")
        made.execute("INSERT INTO f VALUES (?)", (index_text(text),))
        assert made.execute("SELECT COUNT(*) FROM f WHERE f MATCH ?", (match_text(piece),)).fetchone() == (1,)
