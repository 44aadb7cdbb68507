"""Whose the numbers of a message are once it has been judged (floor 0).

Beside a number a message says what it likes: fraudsters have desks, dentists press for answers. A check weighs everything
else, so its word decides where there is one; on pages, which tell of others' numbers, the words around each do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from repdb.phone import line_type
from repdb.text import roles, wording
from repdb.text.called import PHONES
from repdb.text.numbers import Hit

_FRAUD = 1.0  # logit of the wording from which near three of four messages are frauds
_HOME = "+81"
_QUOTE_ENDS = re.compile(r"[^「\n]{0,60}」(?:って|と|などと|という)")


def innocent(
    cleared: Collection[str], hits: Sequence[Hit], text: str, around: roles.Setting, fraud: bool, posed: bool
) -> set[str]:
    """The keys of ``hits`` in the folded text that are innocent in a message judged to be ``fraud`` or not. ``cleared``:
    those that the words around them clear; ``posed``: it poses as a known company.

    An ordinary message gives its sender's own, but those abroad and those that it quotes. A fraud's are its own; a mail
    quotes true helplines besides, mostly of whom it poses as, but they are never mobiles and never abroad.
    """
    if around.kind == "page":
        return set(cleared)
    if not fraud:
        quoted = {hit.found.key for hit in hits if _quoted(hit, text)}
        home = {hit.found.key for hit in hits if hit.found.kind in PHONES and hit.found.key.startswith(_HOME)}
        return (home | set(cleared)) - quoted
    if around.kind == "message" or (not posed and wording.logit(text) > _FRAUD):
        return set()
    return {key for key in cleared if key.startswith(_HOME) and line_type(key) != "mobile"}


def _quoted(hit: Hit, text: str) -> bool:
    """Whether it stands in what somebody else has said: 「番号変わった 080-…」って来た."""
    return _QUOTE_ENDS.match(text, hit.end) is not None and "「" in text[max(0, hit.start - 80) : hit.start]
