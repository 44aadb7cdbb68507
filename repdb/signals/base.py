"""What signals look at, how they are found, and the shape of their table (floor 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from repdb.company import named
from repdb.records import Finding, Tally, Text
from repdb.signals.weights import WEIGHTS


class Official(NamedTuple):
    """An official channel that the subject is."""

    company: str
    name: str
    label: str
    label_en: str
    shared: bool
    checked_on: str
    url: str
    name_en: str = ""


class Mask(NamedTuple):
    """A reported masked number that may stand for the subject."""

    masked_number: str
    display: str
    hidden: int
    last_reported_on: str


class Notice(NamedTuple):
    """An official statement that names the subject."""

    notice: str
    issuer: str
    title: str
    published_on: str
    note: str
    note_en: str
    issuer_en: str = ""


class Name(NamedTuple):
    """What the register says of a company name."""

    name: str
    status: str
    licence: str
    company: str = ""
    name_en: str = ""

    @property
    def said(self) -> Text:
        return named(self.name, self.name_en)


NOTHING_REPORTED = Tally()


@dataclass(slots=True)
class Case:
    """Everything stored about one subject, gathered before any signal looks at it."""

    kind: str
    key: str
    subject_kind: str
    display: str
    as_of: date
    flags: frozenset[str] = frozenset()
    query: str = ""
    tally: Tally = NOTHING_REPORTED
    category: str = "other"
    benign_count: int = 0
    official: tuple[Official, ...] = ()
    masks: tuple[Mask, ...] = ()
    neighbours: int = 0
    covered: int = 0
    block_allocated: bool | None = None
    line_type: str = "unknown"
    shared: bool = False
    notices: tuple[Notice, ...] = ()
    register: Name | None = None
    office: str | None = None
    near_name: tuple[str, float] | None = None
    lookalike: str | None = None
    claimed: tuple[Name, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.tally.report_count > 0 and not self.shared


Signal = Callable[[Case], Finding | None]
SIGNALS: dict[str, list[Signal]] = {}


def signal(*kinds: str) -> Callable[[Signal], Signal]:
    """Register a signal for these kinds of subject (``votes.HALF_LIFE``); no kind means all."""

    def register(function: Signal) -> Signal:
        for kind in kinds or ("phone", "masked_phone", "domain", "sender_id", "company"):
            SIGNALS.setdefault(kind, []).append(function)
        return function

    return register


def finding(code: str, evidence: tuple[str, ...] = (), weight: float | None = None, **values: object) -> Finding:
    """The finding of this code: its weight and sentences come from the table, ``values`` fill the sentences."""
    row = WEIGHTS[code]
    return Finding(code, row.weight if weight is None else weight, row.text, evidence, values)
