"""The self-check: answers → level, situations and steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repdb import assess, seed
from repdb.records import Unreadable

CODES = [question.code for question in assess.questions()]
LEVELS = list(seed.assessment()["levels"])


def test_nothing_said_is_the_lowest_level_and_no_promise() -> None:
    found = assess.assess([])
    assert (found.level, found.points, found.situations) == ("low", 0, ()), "nobody said that anything came"
    assert "保証" in found.detail.ja and "no guarantee" in found.detail.en
    assert found.steps


def test_numbers_and_codes_mean_the_same() -> None:
    assert assess.assess(["5", 7]) == assess.assess(["message_arrived", "called_with_number", "5"])


@pytest.mark.parametrize(
    ("yes", "level"),
    [
        (["1", "2"], "low"),
        (["1", "2", "3"], "watch"),
        (["5", "7", "8", "1"], "high"),
        (["11"], "urgent"),
        (["10"], "high"),
    ],
)
def test_levels(yes: list[str], level: str) -> None:
    assert assess.assess(yes).level == level


def test_paying_leaves_open_how_until_it_is_said() -> None:
    assert set(assess.assess(["paid"]).situations) == {"paid_bank", "paid_card", "paid_prepaid"}
    assert assess.assess(["paid"], ["paid_card"]).situations == ("paid_card",)
    steps = [step.code for step in assess.assess(["paid"]).steps]
    assert {"call_bank", "stop_card", "call_code_issuer"} <= set(steps[:4])


@pytest.mark.parametrize("code", sorted(assess.situations()))
def test_every_situation_leads_to_steps(code: str) -> None:
    found = assess.assess([], [code])
    assert found.situations == (code,)
    assert [step.code for step in found.steps] == list(seed.advice()["situations"][code]["steps"])


@pytest.mark.parametrize("code", ["real_debt", "unjust_contract", "gave_personal_data", "called_back"])
def test_what_has_happened_is_not_called_nothing(code: str) -> None:
    found, plain = assess.assess([], [code]), assess.assess(["1", "2", "3"])
    assert found.level == plain.level == "watch"
    assert found.detail != plain.detail and found.detail.ja and found.detail.en
    assert "十分" not in found.detail.ja, "its own steps say more than to do nothing"
    assert assess.assess([], ["received"]).level == "low"


def test_several_are_told_of_and_what_is_worse_goes_before_them() -> None:
    both = assess.assess([], ["real_debt", "called_back"])
    assert all(assess.assess([], [code]).detail.en in both.detail.en for code in ("real_debt", "called_back"))
    assert assess.assess([], ["real_debt", "paid_bank"]).detail == assess.assess([], ["paid_bank"]).detail


def test_a_court_paper_is_not_ignored_and_a_refund_offer_is_a_trap() -> None:
    assert assess.assess([], ["court_paper"]).steps[0].code == "court_paper_do_not_ignore"
    assert assess.assess([], ["refund_offer"]).steps[0].code == "secondary_victim"


def test_what_cannot_wait_comes_first() -> None:
    found = assess.assess(["called_with_number"], ["paid_bank", "threatened", "received"])
    assert found.situations == ("threatened", "paid_bank", "called_back")
    assert [step.code for step in found.steps][:2] == ["police_110", "call_bank"]


@pytest.mark.parametrize(("yes", "happened", "code"), [(["13"], [], "bad_answer"), ([], ["moon"], "bad_situation")])
def test_what_is_not_known_is_refused(yes: list[str], happened: list[str], code: str) -> None:
    with pytest.raises(Unreadable) as error:
        assess.assess(yes, happened)
    assert error.value.code == code


@given(st.sets(st.sampled_from(CODES)), st.sampled_from(CODES))
def test_one_more_yes_never_lowers_the_level(yes: set[str], more: str) -> None:
    before, after = assess.assess(sorted(yes)), assess.assess([*sorted(yes), more])
    assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    codes = [step.code for step in after.steps]
    assert 2 <= len(codes) == len(set(codes)) <= assess.MOST_STEPS


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_json(lang: str) -> None:
    form = assess.form_json(lang)
    assert len(form["questions"]) == 12 and len(form["levels"]) == 4 and len(form["situations"]) >= 10
    shown = assess.to_json(assess.assess(["11"]), lang)
    assert shown["level"] == "urgent" and shown["steps"][0]["contacts"]
