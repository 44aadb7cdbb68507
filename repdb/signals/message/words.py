"""What the wording does to the reader, and whether the text is known (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repdb.dates import show_date
from repdb.records import Finding
from repdb.signals.base import finding
from repdb.signals.message.base import MessageCase, message_signal
from repdb.text.phrases import glosses

# All groups of phrases together weigh at most this much: words alone make a message suspicious, never dangerous.
MOST = 3.0
_SHOWN = 40


@message_signal
def phrase(case: MessageCase) -> Iterator[Finding]:
    """Set phrases of fraud, and those of ordinary reminders; each group counts once, all together at most ``MOST``."""
    share = min(1.0, MOST / case.pressure) if case.pressure else 1.0
    for group, hit in case.groups.items():
        weight = hit.weight * share if hit.weight > 0 else hit.weight
        yield finding("phrase", (group,), round(weight, 3), written=hit.written[:_SHOWN], gloss=glosses()[group])


_VAGUE = re.compile(
    r"の件で.{0,12}(?:確認|連絡|お話|相談|お伝え|お知らせ)|(?:大切|重要|大事)な(?:お知らせ|ご?連絡|お話)が"
)


@message_signal
def vague_reason(case: MessageCase) -> Iterator[Finding]:
    """It wants a call and does not say what for."""
    if case.callbacks and case.kind != "page" and _VAGUE.search(case.text):
        yield finding("vague_reason")


_LINE_ID = re.compile(r"line[ 　]?[(（［\[「]?(?:id|アイディ|@|公式|登録|追加|で|:|：)", re.IGNORECASE)


@message_signal
def job_by_messenger(case: MessageCase) -> Iterator[Finding]:
    """It offers work or profit and moves the reader to a messenger."""
    offers = {"job", "investment", "prize"} & case.groups.keys()
    if offers and ("messenger" in case.groups or _LINE_ID.search(case.text)):
        yield finding("job_by_messenger")


_TRICKS = {
    "invisible_characters": ("hidden_characters", None),
    "reversed_text": ("hidden_characters", None),
    "foreign_lookalike": ("disguised_letters", None),
    "kana_lookalike": ("disguised_letters", None),
    "styled_letters": ("disguised_letters", 0.5),
    "spaced_letters": ("disguised_letters", 0.6),
    "letter_digits": ("disguised_contact", None),
    "kanji_digits": ("disguised_contact", None),
    "circled_digits": ("disguised_contact", None),
}


@message_signal
def disguised(case: MessageCase) -> Iterator[Finding]:
    """Characters that hide words from filters, or numbers and links from machines (``text.tricks``)."""
    found = {_TRICKS[code] for code in case.tricks if code in _TRICKS}
    for code in sorted({code for code, _ in found}):
        weights = [weight for one, weight in found if one == code]
        yield finding(code, (), None if None in weights else max(w for w in weights if w))


@message_signal
def known_campaign(case: MessageCase) -> Iterator[Finding]:
    """Nearly the same text was reported before, by several sources or (1.4) by one."""
    known = case.campaign
    if known:
        yield finding(
            "known_campaign",
            (known.campaign,),
            None if known.source_count > 1 else 1.4,
            count=f"{known.report_count:,}",
            first=show_date(known.first_reported_on),
            last=show_date(known.last_reported_on),
            similarity=f"{known.similarity:.2f}",
        )


@message_signal
def no_demand(case: MessageCase) -> Iterator[Finding]:
    """It asks for nothing."""
    if not case.demands and not case.callbacks and not case.links and case.pressure < 0.5:
        yield finding("no_demand")
