"""The register of companies, read once for the reading of many messages (floor 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from repdb.company import fold
from repdb.db import Database
from repdb.text.name_longer import poses

MIN_BRAND = 3  # folded letters of a name that another one may be built on: JCB, 佐川 is too short to prove anything
_COMPANIES_SQL = (
    "SELECT company, name, status, licence, legal_form, name_en FROM companies WHERE status <> 'unverified'"
)
_ALIASES_SQL = """
SELECT a.name, a.company FROM company_aliases a JOIN companies c ON c.company = a.company WHERE c.status <> 'unverified'"""
_CHANNELS_SQL = "SELECT kind, key, company, shared FROM official_channels ORDER BY company, shared, LENGTH(key) < 6, key"  # the short addresses last
_WORDS = (("カード", "card"), ("銀行", "bank"), ("証券", "sec"), ("クレジット", "credit"))
# Texts leave the legal form out that registers write.
_FORM = re.compile(r"^(?:株式会社|有限会社|合同会社|\(株\)|㈱)|(?:株式会社|有限会社|合同会社|\(株\)|㈱)$")
_LATIN = re.compile(r"[a-z0-9]{2,}")


class Entry(NamedTuple):
    """A row of the register."""

    key: str
    name: str
    status: str
    licence: str
    legal_form: str
    name_en: str = ""


@dataclass
class Companies:
    """``names``: name or alias as written → key. ``owners``: key of an official channel → companies; ``shared``: those
    channels that the public uses too. ``labels``: what a company's own hosts and Latin names say it is called."""

    entries: dict[str, Entry] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    owners: dict[str, frozenset[str]] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def official(self) -> dict[str, str]:
        """Key of an official channel that proves something → a company that it belongs to."""
        return {key: min(owners) for key, owners in self.owners.items() if key not in self.shared}

    def abused(self, key: str) -> Entry | None:
        """The genuine company on whose name another name is built: the longest name that stands in its key."""
        names = self.names_by_key
        found = [
            (len(known), owner)
            for known, owner in names.items()
            if known in key  # first: of a thousand names few pass it
            and MIN_BRAND <= len(known) < len(key)
            and _within(known, key)
            and self.entries[owner].status == "genuine"
        ]
        return self.entries[max(found)[1]] if found else None

    @property
    def names_by_key(self) -> dict[str, str]:
        if not self._folded:
            self._folded.update({fold(name): key for name, key in self.names.items()})
        return self._folded

    _folded: dict[str, str] = field(default_factory=dict)


def _within(known: str, key: str) -> bool:
    """Whether a name stands in another, as a word of its own where it is katakana (no ライン in オンライン), and what follows
    does not make it another body (アップル引越センター)."""
    at = key.find(known)
    if at < 0 or (at and _KANA.match(known[0]) and _KANA.match(key[at - 1])):
        return False
    return poses(known[-1], key[at + len(known) :])


_KANA = re.compile("[ァ-ヺー]")


def load(db: Database) -> Companies:
    """The genuine and fictitious companies of the database with their aliases and official channels."""
    entries = {row[0]: Entry(*row) for row in db.all(_COMPANIES_SQL)}
    names = {entry.name: entry.key for entry in entries.values()}
    names |= {name: key for name, key in db.all(_ALIASES_SQL) if name not in names}
    bare = {_FORM.sub("", name): key for name, key in names.items() if _FORM.search(name)}
    names |= {name: key for name, key in bare.items() if len(name) >= MIN_BRAND and name not in names}
    owners: dict[str, set[str]] = {}
    by_kind: dict[str, dict[str, list[str]]] = {"domain": {}, "phone": {}}
    shared = set()
    for kind, key, company, is_shared in db.all(_CHANNELS_SQL):
        owners.setdefault(key, set()).add(company)
        if is_shared:
            shared.add(key)
        by_kind.setdefault(kind, {}).setdefault(company, []).append(key)
    labels = _labels(names, by_kind["domain"])
    return Companies(
        entries,
        names,
        {key: frozenset(found) for key, found in owners.items()},
        frozenset(shared),
        {company: tuple(keys) for company, keys in by_kind["domain"].items()},
        {company: tuple(keys) for company, keys in by_kind["phone"].items()},
        labels,
    )


def _labels(names: dict[str, str], domains: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """Company → its name as hosts write it: labels of its domains, and its Latin names run together (DCカード: dccard)."""
    found: dict[str, set[str]] = {}
    for company, keys in domains.items():
        found.setdefault(company, set()).update(key.split(".", 1)[0].replace("-", "") for key in keys)
    for name, company in names.items():
        latin = fold(name)
        for word, meaning in _WORDS:
            latin = latin.replace(fold(word), meaning)
        if _LATIN.fullmatch(latin):
            found.setdefault(company, set()).add(latin)
    return {company: frozenset(label for label in labels if len(label) > 3) for company, labels in found.items()}
