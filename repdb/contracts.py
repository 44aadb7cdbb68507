"""What a scraper is: it declares a source, says which URLs to ask for, and reads pages into records (floor 0).

A scraper is a module of ``repdb.scrapers`` with

* ``SOURCE``: a ``SourceSpec``;
* ``parse(page)``: yields records, with every value as the source wrote it. Cleaning, validating and redacting happen
  once, later. A row that cannot be read is yielded as ``page.reject(…)``, a page whose layout is not the known one
  raises ``LayoutChanged``;
* ``pages(state)`` (optional): what to fetch; without it ``state.urls``, or else ``state.base``;
* ``follow(page)`` (optional): further requests that a page's links lead to.

It does no I/O and keeps no state, so that a saved page gives the same records for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

from repdb.content import decode, sniff
from repdb.records import Company, NumberBlock, OfficialChannel, RawReport, Reject, RepdbError, Source, Text

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

T = TypeVar("T")

_LAYOUT_CHANGED = Text(
    "{url} の形が変わりました（{detail}）。何も保存していません。ページを開いて確かめ、読み取り規則を直してください。",
    "The layout of {url} has changed ({detail}). Nothing was stored. Open the page and adapt the scraper.",
)


class LayoutChanged(RepdbError):
    """A page is not what its scraper knows. ``detail`` names what was looked for."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__("layout_changed", _LAYOUT_CHANGED.format(url=url or "–", detail=detail))


_EXTRA_MISSING = Text(
    "この情報源を読むには追加の部品が要ります: pip install 'repdb[scrape]'",
    "Reading this source needs an extra: pip install 'repdb[scrape]'",
)


@contextmanager
def extra() -> Iterator[None]:
    """Around imports that only some sources need: one that is missing says how to install it."""
    try:
        yield
    except ImportError as error:
        raise RepdbError("extra_missing", _EXTRA_MISSING) from error


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source and what is expected of it.

    ``rows``     fewest and most records of one run; fewer or more means that something broke, and nothing is stored
    ``cadence``  how often it is worth asking: ``daily``, ``weekly``, ``monthly``, or ``asked`` for pages given by hand
    ``base``     where its machine-readable pages start, when that is not ``url``; an operator may point it to a mirror
    ``whole``    its pages are one list, read together: when one of them changes, all are read again, and what the list no
                 longer has is no longer said
    ``review``   its reports wait for a person, because a program has read prose
    ``key_env``  the environment variable that holds the API key, when one is needed
    """

    name: str
    title: Text
    url: str
    kind: str
    trust: float
    rows: tuple[int, int]
    cadence: str
    base: str = ""
    licence: str = ""
    redistributable: bool = False
    terms: str = ""
    whole: bool = False
    review: bool = False
    key_env: str = ""

    def as_source(self, **changes: Any) -> Source:
        source = Source(
            source=self.name,
            title=self.title.ja,
            kind=self.kind,
            title_en=self.title.en,
            url=self.url,
            licence=self.licence,
            redistributable=self.redistributable,
            terms=self.terms,
            trust=self.trust,
        )
        return replace(source, **changes)


@dataclass(frozen=True, slots=True)
class State:
    """What a run knows when it starts. Dates are ISO. ``cursor`` is what the last complete run left (``Cursor``)."""

    base: str
    today: str
    since: str = ""
    key: str = ""
    urls: tuple[str, ...] = ()
    cursor: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """One URL to fetch. ``expect`` is a kind known to ``Fetcher.get``.

    ``last_if_missing``: a 404 is no error but the end of the list; what would come after it is not asked for.
    ``robots=False`` is for documented machine interfaces, of which robots.txt does not speak.
    """

    url: str
    expect: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    last_if_missing: bool = False
    robots: bool = True


@dataclass(frozen=True)
class Page:
    """A fetched or saved page. ``fetched_on`` is ISO; ``url`` is what was asked for, empty or a file name for saved text;
    ``final_url`` is where redirects led to, if anywhere."""

    url: str
    content: bytes
    content_type: str = ""
    fetched_on: str = ""
    final_url: str = ""

    @property
    def address(self) -> str:
        """Where the page is; empty for a saved page, whose file name is no address."""
        place = self.final_url or self.url
        return place if "://" in place else ""

    @cached_property
    def kind(self) -> str:
        """``html``, ``json``, ``text``, ``xlsx``, ``xls``, ``pdf`` or ``empty``, by content."""
        return sniff(self.content)

    @cached_property
    def text(self) -> str:
        """Raises ``Unreadable`` when no encoding fits."""
        return decode(self.content, self.content_type).text.removeprefix("\ufeff")

    @cached_property
    def soup(self) -> BeautifulSoup:
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.text, "lxml")

    @cached_property
    def json(self) -> Any:
        """Raises ``LayoutChanged`` when the text is no JSON."""
        import json

        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise LayoutChanged(self.url, "JSON") from error

    def field(self, name: str, kind: type[T]) -> T:
        """A member of the JSON object that the page is. Raises ``LayoutChanged`` when it is not there."""
        value = self.json.get(name) if isinstance(self.json, dict) else None
        if not isinstance(value, kind):
            raise LayoutChanged(self.url, name)
        return value

    @cached_property
    def links(self) -> list[str]:
        """The absolute URLs that an HTML page links to, each once, in order."""
        anchors = self.soup.find_all("a", href=True)
        return list(dict.fromkeys(urljoin(self.address or self.url, str(anchor["href"])) for anchor in anchors))

    def need(self, found: T, what: str) -> T:
        """``found``, unless it is empty: then ``LayoutChanged`` says that ``what`` is missing."""
        if not found:
            raise LayoutChanged(self.url, what)
        return found

    def reject(self, line: int, code: str, reason: str, row: str) -> Reject:
        return Reject(self.url, line, code, reason, row[:2000])


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next run goes on; stored with the run's records or not at all. Of equal names the last one counts."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The source no longer says what it said under this ``ref``."""

    ref: str


# Names and numbers in a ``Company`` or ``OfficialChannel`` are as written too: the run folds them to keys. A raw report
# without ``source`` is the scraper's; one with a ``source`` of its own needs that ``Source`` before it.
Record = RawReport | NumberBlock | Company | OfficialChannel | Source | Reject | Cursor | Withdrawn


def default_pages(state: State) -> Iterable[Request]:
    return [Request(url) for url in state.urls or (state.base,) if url]


def no_links(page: Page) -> Iterable[Request]:
    return ()


@dataclass(frozen=True, slots=True)
class Scraper:
    """A scraper module as the run sees it. ``name`` is the module's, ``spec.name`` the source's."""

    name: str
    spec: SourceSpec
    parse: Callable[[Page], Iterable[Record]]
    pages: Callable[[State], Iterable[Request]] = default_pages
    follow: Callable[[Page], Iterable[Request]] = no_links
