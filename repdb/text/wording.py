"""How a message is worded: letter sequences that fraud or ordinary messages use more, learned from labelled ones (floor 0).

The lexicon (``text.phrases``) knows set phrases; this knows the drift of the rest. ``data/wording.csv`` holds sequences of
two to four letters with the weights of a logistic regression (``tests/bench/fit_wording.py`` learns them): the logit of a
text is the sum over the sequences it has, each counted once, divided by the root of their number, as Joachims (1998)
normalises documents. Names, numbers and addresses are left out, so that no company, number or host is suspect by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt

from repdb import bundled

SIZES = (2, 3, 4)
_MOST = 2000  # letters that are looked at: the message proper stands in front of its footer
_NAME, _ADDRESS = "〓", "¤"
_SIGNS = _NAME + "0、。"
_WORDS = re.compile(rf"[a-zぁ-ゖァ-ヺー々一-鿿{_SIGNS}]+")
_CLAUSE = re.compile(r"[^。、，!！?？\s【】]{4,40}")
_FEW = 8  # known sequences below which nothing can be said
_LINK = re.compile(r"(?:h[tx]{2}ps?:)?[!-~]{0,80}[!-~][./@][!-~]{1,200}")
_BLANK = re.compile(r"\$?\{\{?[^{}\n]{0,60}\}\}?|<%=?[^%\n]{0,80}%>")  # of a template that nobody filled in
_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"[\s─━═=*_-]+")
_BIAS = ""  # the row of the constant term


def logit(text: str, names: Iterable[tuple[int, int]] = ()) -> float:
    """Above 0: worded as fraud is, below: as ordinary messages are; ``names`` are the spans of names in it."""
    weights = _weights()
    found = _sequences(plain(text, names)) & weights.keys()
    if len(found) < _FEW:
        return 0.0
    return weights[_BIAS] + sum([weights[gram] for gram in found]) / sqrt(len(found))


def telling(text: str) -> str:
    """The clause of the text that is worded most as fraud is, as written; empty where none is."""
    clauses = _CLAUSE.findall(text[:_MOST])
    worst = max(clauses, key=_heat, default="")
    return worst if worst and _heat(worst) > 0 else ""


def _heat(clause: str) -> float:
    weights = _weights()
    return sum([weights.get(gram, 0.0) for gram in _sequences(plain(clause))])


def plain(text: str, names: Iterable[tuple[int, int]] = ()) -> str:
    """The text as it is compared: names and addresses by a sign, every number as 0, one space between words."""
    text = text[: 2 * _MOST]
    for start, end in sorted([span for span in names if span[0] < len(text)], reverse=True):
        text = text[:start] + _NAME + text[end:]
    text = unicodedata.normalize("NFKC", text).lower()
    text = _LINK.sub(_ADDRESS, _BLANK.sub(_NAME, text))
    text = _SPACE.sub(" ", _DIGITS.sub("0", text))
    return text[:_MOST]


def grams(shown: str) -> set[str]:
    """The sequences of a text from ``plain`` that have Japanese letters, each once: of other languages it knows nothing."""
    return {gram for gram in _sequences(shown) if not gram.isascii() and gram.strip(_SIGNS)}


def _sequences(shown: str) -> set[str]:
    found: set[str] = set()
    for run in _WORDS.findall(shown):
        found.update([run[at : at + size] for size in SIZES for at in range(len(run) - size + 1)])
    return found


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    return {gram: float(weight) for gram, weight in bundled.rows("wording.csv")}
