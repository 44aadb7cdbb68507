"""Signals of a whole message: each observes one thing in the text and its contacts, and says so (floor 2).

A signal is one function that yields findings. Its name is the code of its main finding, and its docstring names the
others; weights and sentences are rows of ``message_weights.MESSAGE_WEIGHTS``.
"""

from __future__ import annotations

from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message import claims, contacts, innocent, links, mail, official, scenes, words
from repdb.signals.message.base import MESSAGE_SIGNALS, MessageCase
from repdb.signals.message.facts import Claim, LinkText, MailFacts, Seen

__all__ = [
    "MESSAGE_SIGNALS", "Claim", "LinkText", "MailFacts", "MessageCase", "Seen",
    "claims", "contacts", "innocent", "links", "mail", "observe", "official", "scenes", "words",
]  # fmt: skip


def observe(case: MessageCase) -> tuple[Finding, ...]:
    """Every finding on the message, strongest first, the same sentence once."""
    found = {result.text.en: result for look in MESSAGE_SIGNALS for result in look(case)}
    if not any(result.weight > 0 or result.code == "mentions_fictitious" for result in found.values()):
        found["nothing_found"] = finding("nothing_found")
    return tuple(sorted(found.values(), key=lambda f: -abs(f.weight)))
