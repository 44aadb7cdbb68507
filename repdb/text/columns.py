"""Whose numbers stand in a column of a table, by its heading (floor 0)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

from repdb.text.markup import Cell
from repdb.text.numbers import Hit

Span = tuple[int, int, str]  # start and end of a cell in the visible text, whose numbers it holds

# Heading → whose: the first row that fits. 偽の問い合わせ先 is the fraud's, 迷惑電話の相談窓口 is not.
_WHOSE = tuple(
    (re.compile(pattern), whose)
    for pattern, whose in (
        (
            r"被害(?:者|に[遭あ]|[宅人])|相談者|通報者|申告者|届出人|受信者|契約者|本人|victim|complainant|recipient",
            "own",
        ),
        (
            r"偽|ニセ|にせ|騙|かた[りる]|装[いうっ]|名乗|自称|なりすま|使われ|犯人|犯行|加害|fake|spoof|scam|fraud|phishing|"
            r"(?:相談|問い?合わ?せ|通報|報告)(?:の(?:あった|多い)|が(?:あった|多い|寄せ|急増)|され)",
            "fraud",
        ),
        (
            r"正しい|正規|本物|本当|公式|実在|相談|窓口|警察|genuine|\breal\b|official|correct|help ?line",
            "genuine",
        ),
        (r"不審|詐欺|迷惑|悪質|架空|発信|着信|caller", "fraud"),
    )
)
# What a heading says outweighs whatever stands around (``role_cues``).
WEIGHTS = {"fraud": -12.0, "genuine": 12.0, "own": 12.0}


# Longer ones hold a page's parts, not its data: many pages are laid out in tables.
_HEAD, _CELL = 24, 80
_SENTENCE = re.compile("[。!！?？]|注意|ください")


def told(cells: Iterable[Cell]) -> list[Span]:
    """The cells whose headings say whose numbers they hold, in order."""
    heads: dict[tuple[str, str], str] = {}
    spans = []
    for start, end, head, row in cells:
        if (head, row) not in heads:
            heads[head, row] = _whose(head.lower(), row.lower())
        if (whose := heads[head, row]) and end - start <= _CELL:
            spans.append((start, end, whose))
    return spans


def _whose(head: str, row: str) -> str:
    """By the heading of the column; where it says only what stands in it, by those of the others."""
    if len(head) > _HEAD or _SENTENCE.search(head):
        return ""
    found = next((whose for sign, whose in _WHOSE if sign.search(head)), "")
    if found or not _BARE.fullmatch(head):
        return found
    return "fraud" if _POSED.search(row) else "genuine" if _OFFICE.search(row) else ""


_BARE = re.compile(r"(?:電話|tel)?(?:番号)?|連絡先|phone(?: number)?|url|ドメイン|リンク先?")
_POSED = re.compile(r"名乗った|自称|騙った|騙られた|かたった|かたられた|偽の?(?:名称|名前|会社名)|手口")
_OFFICE = re.compile(r"課名|部署名?|担当課|所管|窓口名|施設名|センター名|機関名|署名")


def of(hits: Iterable[Hit], spans: Sequence[Span]) -> dict[int, str]:
    """Place of a number → whose it is, of those that stand in one of the cells."""
    found = {}
    for hit in hits:
        at = bisect_right(spans, hit.at, key=itemgetter(0)) - 1
        if at >= 0 and hit.to <= spans[at][1]:
            found[hit.at] = spans[at][2]
    return found
