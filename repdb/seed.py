"""The rows that a new database starts from, and the advice on every answer: ``data/*.csv`` and ``data/*.toml``.

Read from the package on first use, never written. What each file is, and where it comes from: ``data/README.md``.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Any, NamedTuple

from repdb import bundled
from repdb.records import Advice, Company, NumberBlock, OfficialChannel, RawReport, Source, Text

Row = dict[str, str]
FILES = (
    "advice_contacts.csv",
    "companies.csv",
    "company_aliases.csv",
    "notices.csv",
    "number_blocks.csv",
    "official_channels.csv",
    "phrases.csv",
    "reports.csv",
    "sources.csv",
)


class Seed(NamedTuple):
    """All seed rows. ``notices``, ``contacts`` and ``phrases`` are rows of the tables ``notices``, ``advice_contacts``
    and ``phrases``.

    ``reports`` are for ``ingest``: canonical field → text, empty fields left out.
    """

    sources: tuple[Source, ...]
    companies: tuple[Company, ...]
    channels: tuple[OfficialChannel, ...]
    blocks: tuple[NumberBlock, ...]
    reports: tuple[RawReport, ...]
    notices: tuple[Row, ...]
    contacts: tuple[Row, ...]
    phrases: tuple[dict[str, object], ...]


@lru_cache(maxsize=1)
def load() -> Seed:
    """The seed rows as records, companies and notices under their folded keys."""
    return Seed(
        sources=tuple(_source(row) for row in _rows("sources.csv")),
        companies=_companies(),
        channels=tuple(_channel(row) for row in _rows("official_channels.csv")),
        blocks=tuple(_block(row) for row in _rows("number_blocks.csv")),
        reports=tuple({name: text for name, text in row.items() if text} for row in _rows("reports.csv")),
        notices=tuple(_notice(row) for row in _rows("notices.csv")),
        contacts=contacts(),
        phrases=tuple(_phrase(row) for row in bundled.rows("phrases.csv")),
    )


@lru_cache(maxsize=1)
def version() -> str:
    """Checksum of what ``load`` reads, 16 hex digits: another version means that the seed has to be taken in again.

    Every command asks for it, so it is one that costs next to nothing; nobody gains by forging their own package.
    """
    from zlib import adler32, crc32

    cyclic, sums = 0, 1
    for name in FILES:
        content = _bytes(name)
        content = b"%s %d\n%s" % (name.encode(), len(content), content)
        cyclic, sums = crc32(content, cyclic), adler32(content, sums)
    return f"{cyclic:08x}{sums:08x}"


@lru_cache(maxsize=1)
def contacts() -> tuple[Row, ...]:
    """Where to ask for help: the only contacts that an answer may name."""
    return tuple(_rows("advice_contacts.csv"))


@lru_cache(maxsize=1)
def advice() -> Mapping[str, Any]:
    """``advice.toml``: tables ``steps``, ``verdict``, ``situations`` and ``claims``."""
    return tomllib.loads(_bytes("advice.toml").decode())


@lru_cache(maxsize=1)
def assessment() -> Mapping[str, Any]:
    """``assess.toml``: table ``levels`` and list ``questions``."""
    return tomllib.loads(_bytes("assess.toml").decode())


def steps(codes: Sequence[str]) -> tuple[Advice, ...]:
    """The steps with these codes, in this order. Raises ``KeyError`` for one that ``advice.toml`` does not define."""
    known = advice()["steps"]
    return tuple(Advice(code, Text(known[code]["ja"], known[code]["en"])) for code in codes)


def for_verdict(verdict: str, kind: str, category: str = "") -> tuple[Advice, ...]:
    """What to do next about an identifier of this kind that was answered with this verdict, and what is demanded with it.
    A company that says it collects debts is a ``collector``."""
    lists = advice()["verdict"][verdict]
    codes = lists.get(kind) or lists.get("company" if kind == "collector" else kind, lists["steps"])
    return steps(for_claim(codes, category))


def for_situation(code: str) -> tuple[Advice, ...]:
    """What to do next after what has happened already: ``received``, ``called_back``, ``paid_bank`` …"""
    return steps(advice()["situations"][code]["steps"])


def claim(category: str) -> Text | None:
    """What this kind of demand is, told from its neighbours; ``None`` where the right reaction does not differ."""
    row = advice()["claims"].get(category)
    return Text(row["ja"], row["en"]) if row else None


def for_claim(codes: Sequence[str], category: str) -> tuple[str, ...]:
    """Codes of general steps as this kind of demand wants them: without those that do not fit it, its own behind what must
    not be done at all."""
    row = advice()["claims"].get(category, {"steps": ()})
    kept = [code for code in codes if code not in row.get("without", ())]
    bans = takewhile(lambda code: code.startswith("do_not_"), kept)
    return tuple(dict.fromkeys((*bans, *row["steps"], *kept)))


def _bytes(name: str) -> bytes:
    return files("repdb.data").joinpath(name).read_bytes()


def _rows(name: str) -> list[Row]:
    return list(csv.DictReader(_bytes(name).decode().splitlines()))


def _source(row: Row) -> Source:
    typed: dict[str, Any] = {"trust": float(row["trust"]), "redistributable": row["redistributable"] == "1"}
    return Source(**row | typed)


def _companies() -> tuple[Company, ...]:
    aliases: dict[str, list[str]] = {}
    for row in _rows("company_aliases.csv"):
        aliases.setdefault(row["company"], []).append(row["alias"])
    return tuple(_company(row, tuple(aliases.get(row["company"], ()))) for row in _rows("companies.csv"))


def _company(row: Row, aliases: tuple[str, ...]) -> Company:
    name = row["company"]
    del row["category"]  # what an impostor of that name is after: repdb.brands
    return Company(**row | {"company": _key(name)}, name=name, aliases=aliases)


def _channel(row: Row) -> OfficialChannel:
    typed: dict[str, Any] = {"company": _key(row["company"]), "shared": row["shared"] == "1"}
    return OfficialChannel(**row | typed)


def _block(row: Row) -> NumberBlock:
    return NumberBlock(row["prefix_from"], row["prefix_to"], row["carrier_short"], row["kind"], row["source"])


def _phrase(row: Sequence[str]) -> dict[str, object]:
    phrase, topic, weight, category, gloss, gloss_en = row
    return {
        "phrase": phrase, "topic": topic, "weight": float(weight), "category": category, "gloss": gloss, "gloss_en": gloss_en
    }  # fmt: skip


def _notice(row: Row) -> Row:
    return row | {"key": _key(row["key"])} if row["kind"] == "company" else row


def _key(name: str) -> str:
    from repdb.company import fold  # the tables of names are not needed for advice

    return fold(name)
