"""What is demanded with a number that has been reported, and what to do about it."""

from __future__ import annotations

import pytest
from storage_fixtures import NUMBER, TODAY, report, save

from repdb.advice import claim_json, demand
from repdb.answers import claim, to_json
from repdb.db import Database
from repdb.lookup import Lookup
from repdb.records import Company, Mention
from repdb.store import save_companies


@pytest.mark.parametrize(
    ("category", "there", "not_there"),
    [
        ("fake_billing", {"do_not_call", "do_not_pay", "consult_188"}, {"unjust_not_just_ignore"}),
        ("unjust_billing", {"do_not_pay", "keep_evidence", "unjust_not_just_ignore"}, {"do_not_call", "do_not_reply"}),
        ("one_click", {"do_not_call", "one_click_no_contract"}, {"unjust_not_just_ignore"}),
    ],
)
def test_a_look_up_tells_what_its_reports_say(
    database: Database, category: str, there: set[str], not_there: set[str]
) -> None:
    save(database, report(source="article", category=category), report(source="notice", category=category))
    answer = Lookup(database, TODAY).answer(NUMBER)
    shown = {lang: to_json(answer, lang)["claim"] for lang in ("ja", "en")}
    assert shown["ja"]["code"] == shown["en"]["code"] == category
    assert claim(answer) and shown["en"]["text"].isascii() and shown["ja"]["text"] != shown["en"]["text"]
    codes = {step.code for step in answer.advice}
    assert there <= codes and not_there.isdisjoint(codes)


def test_reports_of_something_else_and_no_reports_tell_none(database: Database) -> None:
    save(database, report(source="article", category="silent_call"))
    look = Lookup(database, TODAY)
    assert claim(look.answer(NUMBER)) is None and to_json(look.answer("050-9999-0099"), "ja")["claim"] is None


def test_a_genuine_company_demands_nothing_of_what_is_demanded_in_its_name(database: Database) -> None:
    with database.transaction():
        save_companies(database, [Company("見本商事", "見本商事", "genuine", source="notice")], str)
    claimed = Mention("company", "見本商事", "claimed")
    save(database, report(source="article", category="fake_billing", others=(claimed,)))
    answer = Lookup(database, TODAY).answer("見本商事", "company")
    assert answer.verdict in ("suspicious", "past") and answer.categories == {"fake_billing": 1}
    assert claim(answer) is None


def test_only_a_verdict_that_accuses_tells() -> None:
    told = {verdict: demand(verdict, {"one_click": 2, "other": 1}, {}) for verdict in ("past", "official", "disputed")}
    assert told == {"past": "one_click", "official": "", "disputed": ""}
    assert demand("dangerous", {}, {}) == "" and claim_json("", "ja") is None
