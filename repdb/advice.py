"""Advice in a language: a step with the contacts that it names, and what kind of demand it answers (floor 3). Contacts are
ours, never a message's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from repdb import seed
from repdb.records import Advice

# Verdicts that say that something is demanded, and as what.
_TELLING = frozenset({"dangerous", "suspicious", "past"})


def demand(verdict: str, categories: Mapping[str, int], facts: Mapping[str, object]) -> str:
    """The category of what is demanded with a subject of look-ups; empty where the verdict tells none, and of a genuine
    company, which does not demand what others demand in its name."""
    if verdict not in _TELLING or facts.get("status") == "genuine":
        return ""
    return next(iter(categories), "")


def claim_json(category: str, lang: str) -> dict[str, str] | None:
    """``code`` and ``text`` of the kind of demand; ``None`` where the right reaction does not differ."""
    text = seed.claim(category)
    return {"code": category, "text": text.pick(lang)} if text else None


def contacts(step: Advice) -> list[seed.Row]:
    """The rows of ``advice_contacts.csv`` that the step sends people to."""
    known = {row["contact"]: row for row in seed.contacts()}
    return [known[code] for code in seed.advice()["steps"][step.code].get("contacts", ())]


def advice_json(step: Advice, lang: str) -> dict[str, Any]:
    """``code``, ``text`` and ``contacts`` (name, number, url) of one step."""
    return {
        "code": step.code,
        "text": step.text.pick(lang),
        "contacts": [
            {"name": row["name" if lang == "ja" else "name_en"], "number": row["number"], "url": row["url"]}
            for row in contacts(step)
        ],
    }
