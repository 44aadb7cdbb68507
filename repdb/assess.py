"""The self-check: how exposed am I, and what now? Questions, levels and steps are data (floor 3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from repdb import seed
from repdb.advice import advice_json
from repdb.categories import listed
from repdb.records import Advice, Text, Unreadable

MOST_STEPS = 12
# What cannot wait comes first; situations that are not listed follow in the order of ``advice.toml``.
_URGENT = (
    "threatened", "paid_bank", "paid_prepaid", "paid_card", "gave_card_or_password", "installed_app", "court_paper",
    "refund_offer", "gave_personal_data", "called_back", "unjust_contract", "real_debt", "received",
)  # fmt: skip
_ERRORS = {
    "bad_answer": Text(
        "質問「{given}」はありません。1〜{count} の番号か、質問のコードで答えてください。",
        "There is no question '{given}'. Answer with numbers from 1 to {count}, or with codes of questions.",
    ),
    "bad_situation": Text(
        "状況「{given}」はありません。使える語: {known}", "There is no situation '{given}'. Known: {known}"
    ),
}


class Question(NamedTuple):
    """A yes/no question; ``number`` counts from 1. A yes adds ``weight`` points."""

    number: int
    code: str
    weight: int
    text: Text
    situations: tuple[str, ...]
    at_least: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """``level`` is a code of ``assess.toml``; ``situations`` are what has happened, the most urgent first; empty where the
    person named nothing of the kind, and then ``steps`` are those of the level."""

    level: str
    points: int
    title: Text
    detail: Text
    situations: tuple[str, ...]
    steps: tuple[Advice, ...]
    answers: tuple[str, ...]


def questions() -> tuple[Question, ...]:
    """The questions in the order to ask them."""
    return tuple(
        Question(
            number,
            row["code"],
            row["weight"],
            Text(row["ja"], row["en"]),
            tuple(filter(None, (row.get("situation", ""), *row.get("also", ())))),
            row.get("at_least", ""),
        )
        for number, row in enumerate(seed.assessment()["questions"], 1)
    )


def situations() -> dict[str, Text]:
    """Code → sentence of everything that may have happened already."""
    return {code: Text(row["ja"], row["en"]) for code, row in seed.advice()["situations"].items()}


def assess(yes: Iterable[str | int], happened: Sequence[str] = ()) -> Assessment:
    """The level and the next steps for the questions answered with yes (numbers or codes) and for what the person says
    has happened. Raises Unreadable (``bad_answer``, ``bad_situation``).

    What a person names goes before what an answer only suggests: "paid" leaves open how, until one of the ways is named.
    """
    chosen = tuple(dict.fromkeys(_question(given) for given in yes))
    for code in happened:
        if code not in situations():
            raise Unreadable(
                "bad_situation", _ERRORS["bad_situation"].format(given=code[:40], known=listed(situations()))
            )
    levels, details = seed.assessment()["levels"], seed.assessment()["situations"]
    points = sum(question.weight for question in chosen)
    reached = [code for code, row in levels.items() if row["from"] <= points]
    lifted = [question.at_least for question in chosen if question.at_least]
    lifted += [_LIFTS[code] for code in happened if code in _LIFTS]
    found = _happened(chosen, happened)
    own = [details[code] for code in found if code in details]
    lifted += ["watch"] if own else []
    order = list(levels)
    level = max((*reached, *lifted), key=order.index)
    row = levels[level]
    told = own if own and level == "watch" else [row]
    return Assessment(
        level,
        points,
        Text(row["ja"], row["en"]),
        Text("".join(one["detail_ja"] for one in told), " ".join(one["detail_en"] for one in told)),
        found,
        _steps(found or (row["situation"],)),
        tuple(question.code for question in chosen),
    )


# Situations that a person may name without having answered the question that goes with them.
_LIFTS = {
    "paid_bank": "urgent",
    "paid_card": "urgent",
    "paid_prepaid": "urgent",
    "gave_card_or_password": "urgent",
    "installed_app": "high",
    "threatened": "high",
    "refund_offer": "high",
    "court_paper": "high",
}
_WAYS_TO_PAY = frozenset({"paid_bank", "paid_card", "paid_prepaid"})


def _happened(chosen: Iterable[Question], named: Sequence[str]) -> tuple[str, ...]:
    suggested = {code for question in chosen for code in question.situations}
    if _WAYS_TO_PAY & set(named):
        suggested -= _WAYS_TO_PAY
    found = suggested | set(named)
    if len(found) > 1:
        found -= {"received"}
    order = (*_URGENT, *situations())
    return tuple(sorted(found, key=order.index))


def _steps(found: Sequence[str]) -> tuple[Advice, ...]:
    """The steps of all situations, each once: the first of every situation before the second of any."""
    lists = [list(seed.for_situation(code)) for code in found]
    depth = max(len(steps) for steps in lists)
    mixed = [steps[place] for place in range(depth) for steps in lists if place < len(steps)]
    return tuple(dict.fromkeys(mixed))[:MOST_STEPS]


def _question(given: str | int) -> Question:
    known = questions()
    word = unicodedata.normalize("NFKC", str(given)).strip()
    for question in known:
        if word in (str(question.number), question.code):
            return question
    raise Unreadable("bad_answer", _ERRORS["bad_answer"].format(given=word[:40], count=len(known)))


def form_json(lang: str) -> dict[str, Any]:
    """What to ask: questions, situations and levels, for a program that asks them itself."""
    return {
        "questions": [
            {"number": q.number, "code": q.code, "weight": q.weight, "text": q.text.pick(lang)} for q in questions()
        ],
        "situations": [{"code": code, "text": text.pick(lang)} for code, text in situations().items()],
        "levels": [
            {"code": code, "from": row["from"], "text": row[lang]} for code, row in seed.assessment()["levels"].items()
        ],
    }


def to_json(found: Assessment, lang: str) -> dict[str, Any]:
    """The answer in a language."""
    known = situations()
    return {
        "level": found.level,
        "points": found.points,
        "title": found.title.pick(lang),
        "detail": found.detail.pick(lang),
        "answers": list(found.answers),
        "situations": [{"code": code, "text": known[code].pick(lang)} for code in found.situations],
        "steps": [advice_json(step, lang) for step in found.steps],
    }
