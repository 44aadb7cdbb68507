"""An answer as a page shows it: verdict, why, what now, facts, evidence, in one language (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast
from urllib.parse import quote

from repdb import phone, seed
from repdb.answers import claim, summary
from repdb.categories import CATEGORIES, COMPANY_STATUS, KINDS, ROLES, STANCES
from repdb.dates import show_date
from repdb.phone import LINE_TYPES
from repdb.phone_foreign import country
from repdb.records import Advice, Answer, Text
from repdb.related import Related, Surroundings
from repdb.subjects import SUBJECT_OF
from repdb.web.charts import Timeline, timeline
from repdb.web.context import Request
from repdb.web.plain import defang, page_of, shown, tel

# Kinds of sources that look after their own addresses: only these links are live. A feed's or a stranger's link may
# be the fraud itself.
TRUSTED_LINKS = frozenset({"official", "article", "reference"})
# Advice that explains and asks for no action: the sentence of the verdict says it already.
STATEMENTS = frozenset({"not_safe_because_unreported"})


# Kind of subject → the table and column that list all its reports.
_ALL_REPORTS = {
    "phone": "number_evidence?number",
    "masked_phone": "report_masked_numbers?masked_number",
    "domain": "report_domains?domain",
    "sender_id": "report_sender_ids?sender_id",
    "company": "report_companies?company",
}


class Contact(NamedTuple):
    """Who helps; ``tel`` is the link that dials, where we know the number to be genuine."""

    name: str
    number: str
    tel: str
    url: str


class Step(NamedTuple):
    text: str
    contacts: tuple[Contact, ...] = ()


class Fact(NamedTuple):
    name: str
    text: str


class Statement(NamedTuple):
    """One piece of evidence. ``url`` is a live link, ``address`` one that is only shown."""

    date: str
    what: str
    role: str
    source: str
    source_href: str
    title: str
    note: str
    url: str
    address: str
    times: int


class Link(NamedTuple):
    """Another subject with a page of its own. ``tel`` and ``url`` are for official contacts only."""

    href: str
    display: str
    verdict: str
    about: str = ""
    tel: str = ""
    url: str = ""


# What is asked for is then not the company that the facts are about.
_POSING = frozenset({"name_disguised", "legal_form_differs"})


class Shown(NamedTuple):
    """An answer for the template ``result.html``."""

    verdict: str
    kind: str
    key: str
    subject: str
    display: str
    genuine: bool
    sentence: str
    claim: str
    reasons: tuple[str, ...]
    first: Step | None
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    evidence: tuple[Statement, ...]
    objections: tuple[Fact, ...]
    more: int
    all_reports: str
    chart: Timeline | None
    uncharted: int
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    channels: tuple[Link, ...]
    campaigns: tuple[str, ...]
    score: str
    as_of: str
    model: str
    known: bool


@lru_cache(maxsize=256)
def contact(code: str, lang: str) -> Contact:
    """A row of ``advice_contacts.csv``. Raises KeyError."""
    row = next((row for row in seed.contacts() if row["contact"] == code), None)
    if row is None:
        raise KeyError(code)
    number = row["number"]
    return Contact(row["name"] if lang == "ja" else row["name_en"], number, tel(number) if number else "", row["url"])


@lru_cache(maxsize=4096)
def _step(advice: Advice, lang: str) -> Step:
    codes = seed.advice()["steps"].get(advice.code, {}).get("contacts", ())
    return Step(advice.text.pick(lang), tuple(contact(code, lang) for code in codes))


def steps(advice: tuple[Advice, ...], lang: str) -> tuple[Step, ...]:
    """The next steps with whom to ask."""
    return tuple(_step(one, lang) for one in advice)


def first_step(advice: tuple[Advice, ...], lang: str) -> Step | None:
    """The first step that is something to do: it stands on the first screen."""
    return next((_step(one, lang) for one in advice if one.code not in STATEMENTS), None)


def present(request: Request, answer: Answer, around: Surroundings) -> Shown:
    """The answer and its surroundings in the visitor's language."""
    lang = request.lang
    posing = not _POSING.isdisjoint(finding.code for finding in answer.findings)
    return Shown(
        verdict=answer.verdict,
        kind=answer.kind,
        key=answer.key,
        subject=KINDS[answer.kind].pick(lang),
        display=(not posing and str(answer.facts.get("name") or "")) or _display(answer),
        genuine=answer.facts.get("status") == "genuine" and not posing,
        sentence=summary(answer).pick(lang),
        claim=kind.pick(lang) if (kind := claim(answer)) else "",
        reasons=tuple(defang(finding.text.pick(lang)) for finding in answer.findings),
        first=first_step(answer.advice, lang),
        steps=steps(answer.advice, lang),
        facts=tuple(Fact(name.pick(lang), text) for name, text in _facts(answer, request.t) if text),
        evidence=tuple(_evidence(request, answer)),
        objections=tuple(
            Fact(show_date(one["verified_on"]).pick(lang), defang(one["statement"]))
            for one in cast("list[dict[str, str]]", answer.facts.get("disputes", []))
        ),
        more=max(0, answer.tally.report_count - sum(e.stance == "adverse" for e in answer.evidence)),
        all_reports=request.url(f"/{request.site.route}/{_ALL_REPORTS[SUBJECT_OF[answer.kind]]}={quote(answer.key)}"),
        chart=timeline(request.t("報告された時期", "When it was reported"), around.months, lang),
        uncharted=max(0, answer.tally.report_count - sum(count for _, count in around.months)),
        groups=tuple(groups(request, around.related)),
        channels=tuple(_channels(request, answer)),
        campaigns=tuple(request.url(page_of("campaign", name)) for name in around.campaigns),
        score=f"{answer.score:.2f}",
        as_of=show_date(answer.as_of).pick(lang),
        model=answer.model,
        known=answer.known,
    )


def _display(answer: Answer) -> str:
    return answer.display if answer.verdict == "official" else shown(answer.kind, answer.display)


def _facts(answer: Answer, t: Any) -> Iterator[tuple[Text, str]]:
    facts: Mapping[str, Any] = answer.facts
    lang = t("ja", "en")
    if "line_type" in facts:
        yield Text("回線", "Line"), LINE_TYPES[facts["line_type"]].pick(lang)
        yield Text("地域", "Area"), facts.get("area") or ""
        yield Text("国", "Country"), country(facts["country"]).pick(lang) if facts.get("country") else ""
        yield Text("この番号", "Service"), (facts.get("service") if lang == "ja" else facts.get("service_en")) or ""
        yield Text("番号帯の事業者", "Block held by"), _carrier(facts, t)
    if answer.kind == "company":
        yield from _company_facts(facts, lang)
    if facts.get("unicode") not in (None, answer.key):
        yield Text("文字での表記", "In letters"), shown("domain", str(facts["unicode"]))
    yield Text("公式に使う会社", "Official of"), t("、", ", ").join(facts.get("official_of", ()))
    yield Text("名乗った名前", "Names it claimed"), t("、", ", ").join(answer.claimed_companies)
    yield Text("報告された種類", "Reported for"), _kinds(answer, t)
    tally = answer.tally
    if tally.report_count:
        yield Text("報告", "Reports"), t(f"{tally.report_count:,} 件（情報源 {tally.source_count}）", f"{tally.report_count:,} ({tally.source_count} sources)")  # fmt: skip
        days = dict.fromkeys(show_date(day).pick(lang) for day in (tally.first_reported_on, tally.last_reported_on))
        yield Text("最初・最後の報告", "First and last"), " – ".join(days)


def _carrier(facts: Mapping[str, Any], t: Any) -> str:
    if facts.get("carrier"):
        return str(t("{}（かけてきた人とは限りません）", "{} (not necessarily the caller)").format(facts["carrier"]))
    return str(t("どの事業者にも割り当てられていません", "designated to no carrier")) if facts.get("block_allocated") is False else ""  # fmt: skip


def _company_facts(facts: Mapping[str, Any], lang: str) -> Iterator[tuple[Text, str]]:
    yield Text("名前", "Name"), facts.get("name") or ""
    yield Text("英語名", "English name"), facts.get("name_en") or ""
    yield Text("確認状況", "Status"), COMPANY_STATUS[facts["status"]].pick(lang)
    yield Text("許可・登録", "Licence"), facts.get("licence") or ""
    yield Text("説明", "Note"), (facts.get("note") if lang == "ja" else facts.get("note_en")) or ""
    yield Text("確認した日", "Checked"), show_date(facts["checked_on"]).pick(lang) if facts.get("checked_on") else ""


def _kinds(answer: Answer, t: Any) -> str:
    lang = t("ja", "en")
    return str(t("、", ", ")).join(f"{CATEGORIES[c].pick(lang)} {n:,}" for c, n in answer.categories.items())


def _evidence(request: Request, answer: Answer) -> Iterator[Statement]:
    """What was stated, newest first; statements that read alike are one."""
    kinds = source_kinds(request)
    merged: dict[Statement, int] = {}
    for e in answer.evidence:
        live = e.url if e.url.startswith("https://") and kinds.get(e.source) in TRUSTED_LINKS else ""
        what = CATEGORIES[e.category] if e.stance == "adverse" else STANCES[e.stance]
        lang = request.lang
        one = Statement(
            date=show_date(e.reported_on).pick(lang),
            what=what.pick(lang),
            role=ROLES[e.role].pick(lang),
            source=(e.source_title if lang == "ja" else e.source_title_en) or e.source_title,
            source_href=request.url("/sources") + f"#{e.source}",
            title=defang(e.title),
            note=defang((e.note if lang == "ja" else e.note_en) or e.note or e.note_en),
            url=live,
            address="" if live else defang(e.url),
            times=1,
        )
        merged[one] = merged.get(one, 0) + 1
    yield from (one._replace(times=times) for one, times in merged.items())


def source_kinds(request: Request) -> dict[str, str]:
    """Source → its kind, read once for each snapshot."""
    generation: Any = request.generation
    if not hasattr(generation, "source_kinds"):
        generation.source_kinds = dict(request.lookup.db.all("SELECT source, kind FROM sources"))
    found: dict[str, str] = generation.source_kinds
    return found


_GROUP = {
    "phone": Text("電話番号", "Numbers"),
    "masked_phone": Text("一部を伏せた番号", "Masked numbers"),
    "domain": Text("ドメイン", "Domains"),
    "sender_id": Text("送信者名", "Sender IDs"),
    "company": Text("名前", "Names"),
}
_VIA = {
    "report": Text("同じ報告", "same report"),
    "campaign": Text("同じ手口", "same campaign"),
    "name": Text("同じ名前を名乗る", "same claimed name"),
}


def groups(request: Request, related: tuple[Related, ...]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for kind, title in _GROUP.items():
        rows = [one for one in related if one.kind == kind]
        if rows:
            yield title.pick(request.lang), tuple(
                Link(request.url(page_of(kind, one.key)), shown(kind, one.display), one.verdict, _VIA[one.via].pick(request.lang))
                for one in rows
            )  # fmt: skip


def _channels(request: Request, answer: Answer) -> Iterator[Link]:
    """Official contacts, of a company or the one that was asked for: these may be dialled and followed."""
    rows: Any = answer.facts.get("official_channels", ())
    if answer.verdict == "official" and answer.kind in ("phone", "short_number", "domain"):
        rows = [{"kind": answer.kind, "key": answer.key, "label": "", "label_en": ""}]
    for row in rows:
        kind, key = row["kind"], row["key"]
        is_number = kind in ("phone", "short_number")
        yield Link(
            href=request.url(page_of(kind, key)),
            display=phone.display(key) if is_number else key,
            verdict="official",
            about=(row["label"] if request.lang == "ja" else row["label_en"]) or row["label"],
            tel=tel(key.removeprefix("jp:")) if is_number else "",
            url=f"https://{key}/" if kind == "domain" else "",
        )
