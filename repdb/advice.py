"""One step of advice in a language, with the contacts that it names (floor 3). Contacts are ours, never a message's."""

from __future__ import annotations

from typing import Any

from repdb import seed
from repdb.records import Advice


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
