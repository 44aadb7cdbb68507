"""The frozen contracts that every floor passes around (floor 0: no I/O, no clock).

Keys, once and for all:

* ``phone``         E.164, ``+815031983490``
* ``masked_phone``  E.164 with one ``*`` per hidden digit, ``+813670902**``
* ``short_number``  ``jp:188``, ``jp:#9110``, ``jp:0120…`` never: freephone numbers are ordinary E.164
* ``displayed_id``  a caller ID that no numbering plan allows, digits as shown: ``+1800335814321``
* ``domain``        the host or registrable domain that one party controls, lower-case ASCII (punycode)
* ``email``         looked up as its domain; the address itself is never a key
* ``sender_id``     alphanumeric sender, case-folded: ``amazon``; 0005 short codes are ``jp:0005…`` short numbers
* ``company``       folded name (``company.fold``)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


class Text(NamedTuple):
    """One sentence in both languages."""

    ja: str
    en: str

    def pick(self, lang: str) -> str:
        return self.ja if lang == "ja" else self.en

    def format(self, **values: object) -> Text:
        """Both sentences filled in; a value that is itself a Text gives each its own language."""
        ja, en = dict(values), values
        for name, value in values.items():
            if isinstance(value, Text):
                ja[name], en[name] = value
        return Text(self.ja.format(**ja), self.en.format(**en))


class RepdbError(Exception):
    """An error that a person can act on: a stable code, a sentence in ja and en, and the CLI's exit code."""

    exit_code = 3

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text


class Unreadable(RepdbError, ValueError):
    """Input that cannot be read as what was asked for. Never a guess instead."""

    exit_code = 2


class Identifier(NamedTuple):
    """One identifier that was read from one written form: what the readers of floor 0 return.

    ``display`` is what a person is shown (national format for Japanese numbers); ``flags`` are facts that the
    reading itself found, such as ``caller_id_prefix``, ``extension``, ``invisible_characters``, ``shared_host``.
    """

    kind: str
    key: str
    display: str
    flags: frozenset[str] = frozenset()


class Mention(NamedTuple):
    """An identifier found in a text, where, and in which role (``categories.ROLES``)."""

    kind: str
    key: str
    role: str
    written: str = ""
    start: int = -1
    end: int = -1


class Report(NamedTuple):
    """One statement by one source about a message or call, read and redacted: ready to store.

    ``reported_on`` is ISO ``YYYY-MM-DD``, or a prefix of it where the source gives only a year or a month, or empty
    where it gives none. ``weight`` is how many reports the source says it stands for (still one voice).
    ``reporter`` is a keyed hash or empty; ``ref`` is the source's own id for the statement, if it has one.
    """

    source: str
    mentions: tuple[Mention, ...]
    category: str = "other"
    stance: str = "adverse"
    reported_on: str = ""
    weight: int = 1
    title: str = ""
    note: str = ""
    note_en: str = ""
    message: str = ""
    url: str = ""
    ref: str = ""
    reporter: str = ""
    status: str = "accepted"


# What a file row, a form or a scraper hands to ingest: canonical field name → text as the source wrote it.
# Reading, validating and redacting happen once, in ingest. Fields: see ``headers.FIELDS``.
RawReport = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be used, kept with the reason. ``line`` counts from 1, header included."""

    file: str
    line: int
    code: str
    reason: str
    row: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where reports come from. ``trust`` is the weight of its vote, ``votes.MAX_TRUST`` at most."""

    source: str
    title: str
    kind: str
    title_en: str = ""
    url: str = ""
    licence: str = ""
    redistributable: bool = False
    terms: str = ""
    trust: float = 0.5


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """A run of national-number prefixes designated to one carrier: ``0503196``–``0503202`` → KDDI."""

    prefix_from: str
    prefix_to: str
    carrier: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Company:
    """A name that messages claim. ``status`` is ``genuine``, ``fictitious`` or ``unverified``."""

    company: str
    name: str
    status: str
    name_en: str = ""
    licence: str = ""
    legal_form: str = ""
    url: str = ""
    note: str = ""
    note_en: str = ""
    source: str = ""
    checked_on: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialChannel:
    """A number, domain or sender ID that a genuine company or public body really uses, with source and date."""

    kind: str
    key: str
    company: str
    label: str = ""
    label_en: str = ""
    shared: bool = False
    url: str = ""
    source: str = ""
    checked_on: str = ""


class Finding(NamedTuple):
    """What one signal observed. ``weight`` is in log-odds (``score.combine``); evidence are report or row ids.

    ``sentence`` is filled with ``values`` when it is read as ``text``: many findings are only weighed.
    """

    code: str
    weight: float
    sentence: Text
    evidence: tuple[str, ...] = ()
    values: Mapping[str, object] | None = None

    @property
    def text(self) -> Text:
        return self.sentence if self.values is None else self.sentence.format(**self.values)


class Evidence(NamedTuple):
    """One stored statement as shown in an answer."""

    report_id: str
    source: str
    source_title: str
    reported_on: str
    category: str
    stance: str
    role: str
    note: str
    note_en: str
    url: str
    title: str = ""
    source_title_en: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One next step, in the order to take it."""

    code: str
    text: Text


class Tally(NamedTuple):
    """The sufficient statistics of one subject (DESIGN §4), as stored.

    ``adverse`` and ``benign`` are Σ over sources of vote · 2^(days since EPOCH / half-life); see ``votes``.
    """

    report_count: int = 0
    source_count: int = 0
    first_reported_on: str = ""
    last_reported_on: str = ""
    adverse: float = 0.0
    benign: float = 0.0
    disputes: int = 0


class Answer(NamedTuple):
    """What a look-up says of one query: the JSON contract of DESIGN §5, before a language is chosen."""

    query: str
    kind: str
    key: str
    display: str
    known: bool
    verdict: str
    score: float
    tally: Tally
    as_of: str
    model: str
    facts: Mapping[str, object] = MappingProxyType({})
    claimed_companies: tuple[str, ...] = ()
    categories: Mapping[str, int] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advice: tuple[Advice, ...] = ()
