"""A message on the site: checked, reported, shown (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from repdb import contribute, received
from repdb.categories import CATEGORIES, COMPANY_STATUS
from repdb.check import CheckResult
from repdb.check_answers import claim, summary, unique_claims, unique_mentions
from repdb.receipts import Receipt
from repdb.records import Mention
from repdb.signals.message import Claim, Seen
from repdb.text.roles import shown_role
from repdb.web.context import Request
from repdb.web.generation import Desk
from repdb.web.plain import clean, defang, page_of, shown
from repdb.web.present import Link, Step, first_step, steps


class ShownMessage(NamedTuple):
    """A check for the template ``check.html``. ``text`` is the message with what was found marked."""

    verdict: str
    category: str
    sentence: str
    claim: str
    reasons: tuple[str, ...]
    first: Step | None
    steps: tuple[Step, ...]
    mentions: tuple[Link, ...]
    companies: tuple[Link, ...]
    campaign: str
    text: Markup
    score: str


async def check(request: Request, text: str) -> CheckResult:
    """The answer on a message or the source of a mail. Raises Unreadable, StorageError."""

    def work(desk: Desk) -> CheckResult:
        return received.check(desk.checker(), received.from_text(text))

    found: CheckResult = await request.generation.at_desk(request.site.today(), work)
    return found


def mentions(desk: Desk, fields: Mapping[str, str]) -> list[Mention]:
    """The identifiers of the message, or source of a mail, that goes with a report. Raises Unreadable."""
    message = fields.get("message", "").strip()[: contribute.LIMITS["message"]]
    return received.reported(desk.checker(), received.from_text(message)) if message else []


async def take_in(request: Request, fields: Mapping[str, str]) -> Receipt:
    """Store one report, with what its message mentions. Raises Problem, RepdbError."""
    today = request.site.today()
    found = await request.generation.at_desk(today, lambda desk: mentions(desk, fields))
    receipt: Receipt = await request.working(contribute.submit, fields, request.client, today, found)
    return receipt


def present_message(request: Request, result: CheckResult) -> ShownMessage:
    lang = request.lang
    return ShownMessage(
        verdict=result.verdict,
        category=CATEGORIES[result.category].pick(lang) if result.category != "other" else "",
        sentence=summary(result).pick(lang),
        claim=kind.pick(lang) if (kind := claim(result)) else "",
        reasons=tuple(defang(finding.text.pick(lang)) for finding in result.findings),
        first=first_step(result.advice, lang),
        steps=steps(result.advice, lang),
        mentions=tuple(_mention(request, seen) for seen in unique_mentions(result)),
        companies=tuple(_company(request, claim) for claim in unique_claims(result)),
        campaign=request.url(page_of("campaign", result.case.campaign.campaign)) if result.case.campaign else "",
        text=marked(result),
        score=f"{result.score:.2f}",
    )


def _mention(request: Request, seen: Seen) -> Link:
    answer = seen.answer
    about = shown_role(seen.mention, bool(seen.owners)).pick(request.lang)
    return Link(
        request.url(page_of(answer.kind, answer.key)), shown(answer.kind, answer.display), answer.verdict, about
    )


def _company(request: Request, claim: Claim) -> Link:
    about = COMPANY_STATUS[claim.status].pick(request.lang)
    return Link(request.url(page_of("company", claim.key)), claim.name, "", about)


def marked(result: CheckResult) -> Markup:
    """The message, defanged, with the identifiers and names that were found in it marked."""
    text = result.case.text
    return Markup("").join(
        Markup("<mark>%s</mark>") % clean(defang(text[start:end])) if found else escape(clean(defang(text[start:end])))
        for start, end, found in _pieces(result, len(text))
    )


def _pieces(result: CheckResult, length: int) -> Iterator[tuple[int, int, bool]]:
    """(start, end, found) of pieces that together are the whole text; what overlaps is cut to the first."""
    spans = {(seen.mention.start, seen.mention.end) for seen in result.case.seen}
    spans |= {(claim.start, claim.end) for claim in result.case.claims}
    at = 0
    for start, end in sorted(spans):
        if start < at or end > length:
            continue
        yield at, start, False
        yield start, end, True
        at = end
    yield at, length, False
