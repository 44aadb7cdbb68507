"""How a message is worded: letter sequences that fraud or ordinary messages use more, learned from labelled ones (floor 0).

The lexicon (``text.phrases``) knows set phrases; this knows the drift of the rest. ``data/wording.csv`` holds sequences of
two to four letters with the weights of a logistic regression (``tests/bench/fit_wording.py`` learns them): the logit of a
text is the sum over the sequences it has, each counted once, divided by the root of their number, as Joachims (1998)
normalises documents. Names, numbers and addresses are left out, so that no company, number or host is suspect by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from repdb import bundled
from repdb.records import Text

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

SIZES = (2, 3, 4)
_MOST = 2000  # letters that are looked at: the message proper stands in front of its footer
_NAME, _ADDRESS = "〓", "¤"
_SIGNS = _NAME + "0、。"
_WORDS = re.compile(rf"[a-zぁ-ゖァ-ヺー々一-鿿{_SIGNS}]+")
# What may be quoted: long enough to be told from any other message, and with the inflection of a verb.
_CLAUSE = re.compile(r"[^。、，!！?？\s【】<>]{8,40}")
_INFLECTED = re.compile("[ぁ-ゖ]{2}")
# Lines of a mail's head: the labels are the program's own or its mailer's, the addresses are nobody's wording.
_HEADER = re.compile(
    r"[ \t]*(?:(?P<subject>件名|subject)|差出人|宛先|日時|送信元|from|to|date)[ \t]*[:：](?P<rest>[^\n]*)(?:\n|$)",
    re.IGNORECASE,
)
_FEW = 8  # known sequences below which nothing can be said
_LINK = re.compile(r"(?:h[tx]{2}ps?:)?[!-~]{0,80}[!-~][./@][!-~]{1,200}")
_BLANK = re.compile(r"\$?\{\{?[^{}\n]{0,60}\}\}?|<%=?[^%\n]{0,80}%>")  # of a template that nobody filled in
_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"[\s─━═=*_-]+")
_BIAS = ""  # the row of the constant term


def logit(text: str, names: Iterable[tuple[int, int]] = ()) -> float:
    """Above 0: worded as fraud is, below: as ordinary messages are; ``names`` are the spans of names in it."""
    _, weights, bias = _learned()
    found = _known(plain(text, names))
    if len(found) < _FEW:
        return 0.0
    return bias + sum([weights[gram] for gram in found]) / sqrt(len(found))


def telling(text: str) -> str:
    """The clause of the text that is worded most as fraud is, as written; empty where none is that says anything."""
    clauses = [clause for clause in _CLAUSE.findall(_headless(text[:_MOST])) if _INFLECTED.search(clause)]
    worst = max(clauses, key=_heat, default="")
    return worst if worst and _heat(worst) > 0 else ""


def quoted(text: str) -> Text:
    """``telling`` as a sentence takes it in; empty where there is nothing to quote."""
    clause = telling(text)
    return Text(f"（「{clause}」など）", f" (“{clause}”)") if clause else Text("", "")


def _headless(text: str) -> str:
    """The text without the head of a mail, of which only the subject is worded by anybody."""
    place, subject = 0, ""
    while found := _HEADER.match(text, place):
        place = found.end()
        subject = subject or (found["rest"] if found["subject"] else "")
    return f"{subject.strip()}\n{text[place:]}" if place else text


def _heat(clause: str) -> float:
    _, weights, _ = _learned()
    return sum([weights[gram] for gram in _known(plain(clause))])


def plain(text: str, names: Iterable[tuple[int, int]] = ()) -> str:
    """The text as it is compared: names and addresses by a sign, every number as 0, one space between words."""
    text = text[: 2 * _MOST]
    for start, end in sorted([span for span in names if span[0] < len(text)], reverse=True):
        text = text[:start] + _NAME + text[end:]
    text = unicodedata.normalize("NFKC", _headless(text)).lower()
    text = _LINK.sub(_ADDRESS, _BLANK.sub(_NAME, text))
    text = _SPACE.sub(" ", _DIGITS.sub("0", text))
    return text[:_MOST]


def grams(shown: str) -> set[str]:
    """The sequences of a text from ``plain`` that have Japanese letters, each once: of other languages it knows nothing."""
    found: set[str] = set()
    for run in _WORDS.findall(shown):
        found.update([run[at : at + size] for size in SIZES for at in range(len(run) - size + 1)])
    return {gram for gram in found if not gram.isascii() and gram.strip(_SIGNS)}


def _known(shown: str) -> set[int]:
    """The learned sequences of a text from ``plain``, each once."""
    automaton, _, _ = _learned()
    shown = shown.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair, which no automaton takes
    return {gram for gram, _, _ in automaton.find_matches_as_indexes(shown, overlapping=True)}


@lru_cache(maxsize=1)
def _learned() -> tuple[AhoCorasick, list[float], float]:
    """What finds the learned sequences, the weight of each, and the constant term."""
    import ahocorasick_rs

    weights = {gram: float(weight) for gram, weight in bundled.rows("wording.csv")}
    bias = weights.pop(_BIAS)
    return ahocorasick_rs.AhoCorasick(list(weights)), list(weights.values()), bias
