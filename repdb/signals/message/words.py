"""What the wording does to the reader, and whether the text is known (floor 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repdb.dates import show_date
from repdb.records import Finding, Text
from repdb.signals.base import finding
from repdb.signals.message.base import MessageCase, message_signal
from repdb.signals.message.contacts import counted, is_station
from repdb.signals.message_weights import MESSAGE_WEIGHTS
from repdb.text.manner import introduces
from repdb.text.phrases import glosses
from repdb.text.roads import spelled_out
from repdb.text.wording import quoted

# All groups of phrases together weigh at most this much: words alone make a message suspicious, never dangerous.
MOST = 3.0
# What every letter about a payment that failed says, in one group or in five: all together count as two would.
_ONE_STORY, _ONCE = frozenset({"account_stop", "unpaid_fee", "verify", "deadline", "final_notice"}), 2.0
SHOWN = 40  # characters of the text that a finding quotes


@message_signal
def phrase(case: MessageCase) -> Iterator[Finding]:
    """Set phrases of fraud, and those of ordinary reminders; each group counts once, those of ``_ONE_STORY`` together at most
    ``_ONCE``, all together at most ``MOST``."""
    brief = case.kind in _SPOKEN and len(case.text) <= _BRIEF
    dense = _DENSE if brief and (case.brands or not introduces(case.text)) else 1.0
    if len(case.text) > _LENGTHY and not case.brands:
        dense = _THIN
    story = sum(hit.weight for g, hit in case.groups.items() if g in _ONE_STORY and hit.weight > 0)
    once = min(1.0, _ONCE / story) if story else 1.0
    weights = {
        g: hit.weight * (1.0 if g in ORDINARY else dense) * (once if g in _ONE_STORY else 1.0)
        for g, hit in case.groups.items()
    }
    pressure = sum(weight for weight in weights.values() if weight > 0)
    share = min(1.0, MOST / pressure) if pressure else 1.0
    for group, hit in case.groups.items():
        weight = weights[group] * share if hit.weight > 0 else hit.weight
        yield finding("phrase", (group,), round(weight, 3), written=hit.written[:SHOWN], gloss=glosses()[group])


# A logit of 1 weighs so much; the weights in the table are the most that wording weighs, and this the least that is told.
_PER_LOGIT, _FAINT = 0.5, 0.15
SURE = 1.5  # a logit from which it is worded as fraud is


@message_signal
def worded_as_fraud(case: MessageCase) -> Iterator[Finding]:
    """Its words drift as those of fraud do; ``worded_as_usual`` where they drift the other way and nobody strange stands
    behind them. Families write as those do who pose as one."""
    if case.kind == "page" or case.warns or "family" in case.groups:
        return
    weight = _PER_LOGIT * case.wording
    if weight >= _FAINT:
        most = MESSAGE_WEIGHTS["worded_as_fraud"].weight
        yield finding("worded_as_fraud", (), round(min(most, weight), 3), written=quoted(case.text))
    elif weight <= -_FAINT and not _strange(case):
        yield finding("worded_as_usual", (), round(max(MESSAGE_WEIGHTS["worded_as_usual"].weight, weight), 3))


def _strange(case: MessageCase) -> bool:
    """Whether a contact is on record, none of the company's that it claims to be, or in a short message a number abroad."""
    reported = any(seen.answer.verdict in ("dangerous", "suspicious") and not seen.named for seen in case.working)
    abroad = any(seen.mention.kind == "phone" and seen.mention.key[:3] != "+81" for seen in case.callbacks)
    return (
        reported
        or (abroad and case.kind != "mail")
        or (bool(case.brands) and any(not seen.owners for seen in (*case.links, *case.senders)))
    )


# What private persons write of, who do not say which company they are from; and what shops remind of.
PRIVATE = frozenset({"family", "money_need", "stranger", "deadline"})
# A phrase that is nearly all of a short message weighs more than one that occurs in a long one, too; not where honest
# messages are as short.
ORDINARY = PRIVATE | {"unpaid_fee", "tax", "utility_stop"}
_BRIEF, _DENSE = 90, 1.35
_LENGTHY, _THIN = 1200, 0.6  # long letters come upon many words
_SPOKEN = frozenset({"sms", "voice", "popup"})


_VAGUE = re.compile(
    r"(?:料金|利用|契約|支払い?|お客様|お客さま|サイト|コンテンツ|会員|登録|カード|番号|口座|商品|荷物|回線|請求|未納|滞納|退会|先日|[例そこ])[^。\n]{0,3}の件(?:で|につ|に関)"
    r".{0,12}(?:確認|連絡|お話|相談|お伝え|お知らせ|お?返事|回答)|(?:大切|重要|大事)な(?:お知らせ|ご?連絡|お話|通知|ご?案内)|"
    r"(?:ご?確認|お伝え|お知らせ|ご?相談|お話|ご?連絡)(?:し?たい|する|すべき|しなければならない|が必要な|を要する)?(?:事項|事|こと|内容|件)が|"
    r"(?:至急|早急に|お急ぎ)(?:[^。\n]{0,12}(?:連絡|電話|折り?返)|[^。\n]{0,4}[0-9(+])"
)


@message_signal
def vague_reason(case: MessageCase) -> Iterator[Finding]:
    """It wants a call, or a text message a look at something, and does not say what for. The police need not."""
    station = bool(case.callbacks) and all(is_station(seen) for seen in case.callbacks)
    if case.kind != "page" and gives_no_reason(case) and not station:
        yield finding("vague_reason")


def gives_no_reason(case: MessageCase) -> bool:
    """Whether it wants a call or a look at something and does not say what for."""
    bare = case.kind == "sms" and bool(case.brands) and not any(seen.owners for seen in case.seen)
    return (case.calls or bare or (case.kind == "sms" and case.link_hidden)) and bool(_VAGUE.search(case.text))


def is_vague(case: MessageCase) -> bool:
    """Whether it gives a number to call and says neither what for nor who calls."""
    return gives_no_reason(case) and not introduces(case.text)


_HANDLE = re.compile(r"(?:ID|id|Id|ＩＤ)[はが]?[:： 　]?[ ]?@?[A-Za-z0-9_.]{4,30}")
_ADD = re.compile(
    r"(?:追加|登録|友だち|友達|連絡先?|応募)[^。\n]{0,4}[→⇒:：▶][ 　]?[@＠]?[A-Za-z0-9_]{4,30}(?![A-Za-z0-9_.:/])"
)
_OFFERS = frozenset({"job", "investment", "prize", "loan", "second_victim", "stranger", "boss"})
_LINE_ID = re.compile(r"line[ 　]?[(（［\[「]?(?:id|アイディ|@|公式|登録|追加|で|:|：|→|＠)", re.IGNORECASE)


@message_signal
def job_by_messenger(case: MessageCase) -> Iterator[Finding]:
    """It offers work, profit, a loan, lost money or friendship and moves the reader to a messenger; or an old friend is back
    under an ID there."""
    if "family" in case.groups and _HANDLE.search(case.text):
        yield finding("job_by_messenger", (), 0.7)
        return
    if not _OFFERS.isdisjoint(case.groups) and (
        "messenger" in case.groups or _LINE_ID.search(case.text) or _ADD.search(case.text)
    ):
        yield finding("job_by_messenger")


_TRICKS = {
    "invisible_characters": ("hidden_characters", None),
    "reversed_text": ("hidden_characters", None),
    "foreign_lookalike": ("disguised_letters", None),
    "kana_lookalike": ("disguised_letters", None),
    "noise_letters": ("disguised_letters", None),
    "styled_letters": ("disguised_letters", 0.5),
    "spaced_letters": ("disguised_letters", 0.6),
    "broken_words": ("disguised_letters", 1.5),
    "letter_digits": ("disguised_contact", None),
    "kanji_digits": ("disguised_contact", None),
    "circled_digits": ("disguised_contact", None),
}


@message_signal
def disguised_letters(case: MessageCase) -> Iterator[Finding]:
    """Letters that hide words from filters, unseen ones (``hidden_characters``) too, or signs that hide numbers and links from
    machines (``disguised_contact``)."""
    found = {_TRICKS[code] for code in case.tricks if code in _TRICKS}
    if case.kind != "page" and spelled_out(case.text):
        found.add(("disguised_contact", None))
    for code in sorted({code for code, _ in found}):
        weights = [weight for one, weight in found if one == code]
        yield finding(code, (), None if None in weights else max(w for w in weights if w))


@message_signal
def known_campaign(case: MessageCase) -> Iterator[Finding]:
    """Nearly the same text was reported before, by an office or two sources that are not of the crowd; by others it is
    ``reported_campaign``. What the same reports make of a contact is not added again."""
    known = case.campaign
    if known:
        code = "known_campaign" if case.backing.proven else "reported_campaign"
        again = 0.0 if case.backing.apart else counted(case)
        yield finding(
            code,
            (known.campaign,),
            max(0.0, MESSAGE_WEIGHTS[code].weight - again),
            times=_times(known.report_count),
            when=_when(show_date(known.first_reported_on), show_date(known.last_reported_on)),
            similarity=f"{known.similarity:.2f}",
        )


def _times(count: int) -> Text:
    return Text(f"{count:,} 件", "once" if count == 1 else f"{count:,} times")


def _when(first: Text, last: Text) -> Text:
    return first if first == last else Text("{first}〜{last}", "{first} to {last}").format(first=first, last=last)
