"""The main text of a page, and whom it accuses of what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from repdb import bundled
from repdb.categories import CATEGORIES, CATEGORY_ALIASES, ROLES
from repdb.company import fold, legal_form
from repdb.contracts import Page, extra
from repdb.dates import read_date
from repdb.records import Mention, Text, Unreadable
from repdb.text.extract import Extractor
from repdb.text.names import claimed_after

# Where the day of publication stands in pages without metadata: after one of these words.
_DATED = ("投稿日", "公開日", "掲載日", "更新日", "作成日", "公表日", "発表日")
_NEAR = 600  # characters between an identifier and the name that is claimed with it
_MAX_TITLE = 80
_LETTERS = re.compile(r"[ァ-ヴー]{3}|[A-Za-zＡ-Ｚａ-ｚ]{3}")
# Kind and role of a mention → the field of a raw report that says the same.
_FIELDS = {
    ("phone", "sender"): "sender_number",
    ("phone", "callback"): "callback_number",
    ("phone", "reported"): "number",
    ("domain", "link"): "domain",
    ("domain", "sender"): "domain",
    ("email", "sender"): "email",
    ("email", "link"): "email",
    ("sender_id", "sender"): "sender_id",
}
_NOTE = Text("{category}の{role}として記事に掲載", "Named in an article as {role} in {category}")
_NAME = Text("、「{name}」を名乗る", ", calling itself “{name}”")
_NUMBERS = frozenset({"masked_phone", "displayed_id", "short_number"})


class Prose(NamedTuple):
    """The main text of a page. ``day`` is ISO or empty."""

    text: str
    title: str
    day: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}"


class Accusation(NamedTuple):
    """``field`` and ``value`` of a raw report, the role, the category, and the claimed name or nothing."""

    field: str
    value: str
    role: str
    category: str
    name: str


def read_prose(page: Page) -> Prose:
    if page.kind == "html":
        with extra():
            import trafilatura
            from trafilatura.settings import Document

        found = trafilatura.bare_extraction(
            page.text, url=page.url or None, favor_recall=True, include_comments=False, with_metadata=True
        )
        ours = found if isinstance(found, Document) else Document()
        text, title, day = ours.text or "", ours.title or "", ours.date or ""
    else:
        text, day = page.text, ""
        title = next(filter(None, map(str.strip, text.splitlines())), "")
    # A date that the text gives itself is more certain than one that the library found in a template.
    return Prose(text, title[:_MAX_TITLE], _dated(text) or day)


def accusations(prose: Prose) -> list[Accusation]:
    """One for each identifier that the text does not call innocent; where there is none, for each name that it says is
    being claimed (「…を名乗る」)."""
    mentions = _extractor().extract(prose.whole, markup=False, kind="page")
    names = [m for m in mentions if m.kind == "company" and m.role == "claimed" and _is_proper(m)]
    innocent = {mention.key for mention in mentions if mention.role in ("official", "advertiser")}
    found: dict[str, Accusation] = {}
    for mention in mentions:
        kind = "phone" if mention.kind in _NUMBERS else mention.kind
        field = _FIELDS.get((kind, mention.role))
        if field and mention.key not in innocent:
            value = mention.key if kind in ("phone", "domain") else mention.written
            category, name = _category(prose, mention), _nearest(mention, names)
            found.setdefault(mention.key, Accusation(field, value, mention.role, category, name))
    if not found:
        claimed = [name for name in names if claimed_after(prose.whole, name.end)]
        found = {n.key: Accusation("company", n.written, "claimed", _category(prose, n), "") for n in claimed}
    return list(found.values())


def note_of(accusation: Accusation) -> Text:
    """What the page says of it, from the facts alone: no sentence of the page."""
    category, role, name = CATEGORIES[accusation.category], ROLES[accusation.role], accusation.name
    tail = _NAME.format(name=name) if name else Text("", "")
    return Text(
        _NOTE.ja.format(category=category.ja, role=role.ja) + tail.ja,
        _NOTE.en.format(category=category.en, role=role.en) + tail.en,
    )


def _is_proper(name: Mention) -> bool:
    """A name and no common noun (業者, 弁護士, 債権回収会社): known, with a legal form, or partly in katakana or Latin."""
    return name.key in _known() or bool(legal_form(name.written)) or bool(_LETTERS.search(name.written))


def _nearest(mention: Mention, names: list[Mention]) -> str:
    if len({name.key for name in names}) == 1:
        return names[0].written
    near = [(abs(name.start - mention.start), name.written) for name in names]
    return min((entry for entry in near if entry[0] <= _NEAR), default=(0, ""))[1]


def _category(prose: Prose, mention: Mention) -> str:
    """The category whose words stand most often near a mention, or else on the page."""
    near = prose.whole[max(0, mention.start - _NEAR) : mention.end + _NEAR]
    return _topic(near) or _topic(prose.whole) or "other"


def _topic(text: str) -> str:
    said: Counter[str] = Counter()
    for word, category in CATEGORY_ALIASES.items():
        said[category] += text.count(word) if len(word) > 2 else 0  # short ones (警察, 営業) also stand in advice
    category, times = said.most_common(1)[0]
    return category if times else ""


def _dated(text: str) -> str:
    return next(_dates(text), "")


def _dates(text: str) -> Iterator[str]:
    for word in _DATED:
        _, there, rest = text.partition(word)
        written = rest[:24].lstrip("はの ：:　\n").splitlines()
        if there and written:
            try:
                if day := read_date(written[0].split()[0] if written[0].split() else ""):
                    yield day
            except Unreadable:
                continue


@cache
def _register() -> dict[str, str]:
    """The names and aliases that come with the project → key of the company."""
    names = {row[0]: fold(row[0]) for row in bundled.rows("companies.csv")}
    return names | {alias: fold(name) for name, alias in bundled.rows("company_aliases.csv")}


@cache
def _known() -> frozenset[str]:
    return frozenset(_register().values())


@cache
def _extractor() -> Extractor:
    return Extractor(_register(), {row[1]: fold(row[2]) for row in bundled.rows("official_channels.csv")})
