"""An answer in a language: the JSON contract and the sentence that stands first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from repdb.answers import error_json, is_adverse, summary, to_json
from repdb.categories import KINDS, VERDICTS
from repdb.records import Advice, Answer, Evidence, Finding, Tally, Text, Unreadable
from repdb.signals.weights import WEIGHTS

CONTRACT = {
    "query", "kind", "key", "display", "known", "verdict", "score", "report_count", "source_count", "first_reported_on",
    "last_reported_on", "facts", "claimed_companies", "categories", "reasons", "evidence", "advice", "as_of", "model",
}  # fmt: skip


def answer(verdict: str = "past", *codes: str, **more: Any) -> Answer:
    findings = tuple(Finding(code, 0.123456, Text("日", "en")) for code in codes)
    values: dict[str, Any] = {
        "query": "q", "kind": "phone", "key": "+815099990001", "display": "050-9999-0001", "known": True,
        "verdict": verdict, "score": 0.5, "tally": Tally(3, 2, "2019", "2019-03-01"), "as_of": "2026-11-21", "model": "1",
        "categories": {"fake_billing": 3}, "findings": findings,
    }  # fmt: skip
    return Answer(**values | more)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_contract(lang: str) -> None:
    evidence = Evidence(
        "id", "s", "出典", "2019", "delivery", "adverse", "callback", "注", "note", "https://x.example", "題", "Source"
    )
    whole = answer("past", "faded", evidence=(evidence,), advice=(Advice("a", Text("する", "do")),))
    shown = to_json(whole, lang)
    assert shown.keys() >= CONTRACT
    assert shown["reasons"] == [{"code": "faded", "weight": 0.12, "text": {"ja": "日", "en": "en"}[lang]}]
    assert shown["evidence"][0]["note"] == {"ja": "注", "en": "note"}[lang]
    assert shown["evidence"][0]["source_title"] == {"ja": "出典", "en": "Source"}[lang]
    assert shown["advice"] == [{"code": "a", "text": {"ja": "する", "en": "do"}[lang]}]
    assert json.loads(json.dumps(shown)) == shown


def test_what_is_missing_is_null_and_a_note_falls_back() -> None:
    evidence = Evidence("id", "s", "出典", "", "delivery", "adverse", "callback", "", "only English", "", "")
    shown = to_json(answer(tally=Tally(), evidence=(evidence,)), "ja")
    assert shown["first_reported_on"] is None and shown["last_reported_on"] is None
    assert shown["evidence"][0]["reported_on"] is None and shown["evidence"][0]["note"] == "only English"
    assert to_json(answer(evidence=(evidence,)), "en")["evidence"][0]["source_title"] == "出典"


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_verdict_on_every_kind_has_a_sentence(verdict: str, kind: str) -> None:
    for codes in ((), *((code,) for code in WEIGHTS)):
        for tally in (Tally(), Tally(1, 1, "2020", "2020-02-09")):
            said = summary(answer(verdict, *codes, kind=kind, tally=tally, categories={}))
            assert said.ja.endswith("。") and said.en.endswith(".")
            assert "{" not in said.ja + said.en
            assert verdict != "unreported" or ("安全という意味ではありません" in said.ja and "not mean" in said.en)


@pytest.mark.parametrize(
    ("codes", "verdict", "words"),
    [
        (("faded",), "past", "持ち主が変わった"),
        (("undated",), "past", "持ち主が変わった"),
        (("benign_reports",), "past", "問題ないという報告"),
        ((), "past", "件数が少ないか"),
        (("name_genuine_abused", "faded"), "past", "実在する会社"),
        (("name_fictitious",), "dangerous", "実在しない"),
        (("official_notice",), "dangerous", "公的機関"),
        (("reported_by_sources",), "dangerous", "複数の根拠"),
        (("displayed_id_forged",), "suspicious", "知られている番号計画にない番号"),
        (("lookalike_host",), "suspicious", "報告はまだありません"),
        (("masked_match",), "unreported", "伏せて公表"),
        (("name_genuine",), "official", "実在する"),
        (("official_channel",), "official", "偽装できます"),
    ],
)
def test_the_sentence_follows_what_was_found(codes: tuple[str, ...], verdict: str, words: str) -> None:
    assert words in summary(answer(verdict, *codes)).ja


def test_dates_in_the_sentence() -> None:
    assert "最後の報告は2019年3月1日" in summary(answer("past", "faded")).ja
    assert "last report 2019-03-01" in summary(answer("past", "faded")).en
    assert "報告の日付は不明" in summary(answer("past", "undated", tally=Tally(1, 1))).ja


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_a_scanner_stops_at(verdict: str) -> None:
    adverse = verdict in ("dangerous", "suspicious", "past", "disputed")
    assert is_adverse(answer(verdict)) == is_adverse(answer(verdict)._replace(known=False)) == adverse


def test_errors_stand_in_the_place_of_an_answer() -> None:
    error = Unreadable("code", Text("日本語", "English"))
    assert error_json("q", error, "ja") == {"query": "q", "error": {"code": "code", "text": "日本語"}}
    assert error_json("q", error, "en")["error"]["text"] == "English"
