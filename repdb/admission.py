"""On what terms a database takes in rows: whose name a row may speak in, and what becomes of a reporter (floor 3).

A file says itself who it is from, and anybody can write a file. So ``--source`` binds every row, and the names of those
who speak with authority are reserved to whom the operator allows them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from repdb import page_address
from repdb.db import Database
from repdb.records import Text, Unreadable
from repdb.text.full_names import names_person
from repdb.text.redact import redact

# Kinds of sources whose word counts for more than anybody's.
RESERVED = frozenset({"official", "reference", "feed", "article"})
_SECRET = "reporter_secret"
_REFERENCES = "file_references"
_OURS = frozenset({"local", "web"})  # the operator at the terminal, and readers on the site: no file is either
NOBODY = "import"  # the source of a file for which none was named
_AT_ONCE = 20_000
_DIGEST = re.compile(r"[0-9a-f]{16,128}")
# Names of public bodies, as ``_fold`` has them, whatever stands around: 消費者庁（公式）, 見本県警察本部, National Police Agency.
_OFFICE = re.compile(
    r"消費者庁|警察庁|警視庁|金融庁|国税庁|検察庁|デジタル庁|[一-鿿]{2}省(?:公式)?$|^[一-鿿]{2,3}[都道府県]$|^[一-鿿]{1,6}[都道府県市区町村][一-鿿]{2,10}[課局]$|[都道府県]警|警察署|警察本部|^警察$|検察|裁判所|国税局|税務署|法務局|"
    r"(?:消費生活|国民生活|消費者)(?:総合)?センタ|データ通信協会|フィッシング対策協議会|日本年金機構|jpcert|"
    r"^(?:ncac|moj|ftc|npa|caa|fsa|nta|police)$|ministryof|metropolitan(?:government|police)|federaltrade|(?:tokyo|osaka|japan)police|"
    r"nationalpoliceagency|policedepartment|consumeraffairs|financialservicesagency|antiphishingcouncil"
)
_ERRORS = {
    "other_source": Text(
        "列 source は「{named}」ですが、--source は「{given}」です。列を消すか、--allow-source '{named}' を付けてください。",
        "The column source says '{named}', --source says '{given}'. Drop the column, or add --allow-source '{named}'.",
    ),
    "reserved_source": Text(
        "情報源「{named}」は公的機関・公開資料・このデータベース自身の名前です。本当にそこからの資料なら --allow-source '{named}' を付けてください。",
        "'{named}' is the name of a public body, feed or article, or of this database itself. If the rows are truly theirs, add --allow-source '{named}'.",
    ),
    "personal_source": Text(
        "情報源の名前に個人情報（メールアドレス・電話番号など）があります。団体やサイトの名前にしてください。",
        "The name of the source holds personal data, such as a mail address or number. Name a body or site instead.",
    ),
}


class Admission(NamedTuple):
    """``public``: sources whose pages are there for everybody. ``bound``: rows may name no source but the given one.
    ``reserved``: folded names and titles that rows may not take, besides those of public bodies; ``allowed``: names that
    they may take nevertheless.

    ``secret`` keys the pseudonyms of reporters. ``plain``: the ids of reports know reporters as versions without a secret
    did, because such reports are there: else the same file would be new reports. ``numbered``: references are numbers of a
    file, which begin anew every year and in every file of nobody's; those of our own feeds name one statement for ever.
    """

    public: Collection[str] = frozenset()
    bound: bool = False
    reserved: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    secret: bytes = b""
    plain: bool = True
    numbered: bool = False

    def source(self, named: str, given: str) -> str:
        """The source of a row that names ``named`` where ``given`` is the operator's. Raises Unreadable (``other_source``,
        ``reserved_source``, ``personal_source``).
        """
        if is_personal(named):
            raise Unreadable("personal_source", _ERRORS["personal_source"])
        if named in (given, "") or named in self.allowed:
            return named or given
        folded = _fold(named)
        reserved = folded in self.reserved or _OFFICE.search(folded)
        code = "other_source" if self.bound else "reserved_source" if reserved else ""
        if code:
            raise Unreadable(code, _ERRORS[code].format(named=named[:60], given=given[:60]))
        return named

    def reference(self, ref: str, source: str, reported_on: str, subjects: Iterable[str]) -> str:
        """What makes a statement the one that was stored before: its reference, and in a file the year, or where nobody is
        named as its source what it is about."""
        if not ref or not self.numbered:
            return ref
        return "\x1d".join([ref, reported_on[:4]] if source != NOBODY else [ref, *sorted(subjects)])

    def reporter(self, written: str) -> tuple[str, str]:
        """(pseudonym, what the id of the report knows); both empty for nobody."""
        if not written:
            return "", ""
        before = _unkeyed(written)
        keyed = _keyed(before, self.secret) if self.secret else before
        return keyed, before if self.plain else keyed


def of_ours(db: Database, public: Collection[str] | None = None) -> Admission:
    """For rows that our own code names: seeds, forms, scrapers. The caller holds the transaction."""
    secret, plain = _secret(db)
    return Admission(_public(db) if public is None else public, secret=secret, plain=plain)


def of_files(db: Database | None, bound: bool, allowed: Iterable[str] = ()) -> Admission:
    """For rows of a file; ``bound``: the operator has named its source. Without a database the seed's names are
    reserved. The caller holds the transaction.
    """
    if db is None:
        from repdb import seed

        known = [(source.source, source.title, source.title_en, source.kind) for source in seed.load().sources]
        return Admission(frozenset(), bound, _reserved(known), frozenset(allowed), numbered=True)
    known = db.all("SELECT source, title, title_en, kind FROM sources")
    secret, plain = _secret(db)
    return Admission(_public(db), bound, _reserved(known), frozenset(allowed), secret, plain, _numbered(db))


@lru_cache(maxsize=4096)
def is_personal(name: str) -> bool:
    """Whether the name of a source holds personal data, or is a person's."""
    return bool(name) and (redact(name) != name or names_person(unicodedata.normalize("NFKC", name)))


def _reserved(known: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(
        _fold(name) for *names, kind in known if kind in RESERVED or names[0] in _OURS for name in names if name
    )


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _public(db: Database) -> frozenset[str]:
    return frozenset(name for name, kind in db.all("SELECT source, kind FROM sources") if kind in page_address.PUBLIC)


# --- reporters


@lru_cache(maxsize=65536)
def _unkeyed(reporter: str) -> str:
    """The pseudonym that versions without a secret gave: a hash with a key that anybody can read, or one as it was."""
    if _DIGEST.fullmatch(reporter):
        return reporter
    return hashlib.blake2b(reporter.encode("utf-8", "replace"), key=b"repdb reporter", digest_size=16).hexdigest()


@lru_cache(maxsize=65536)
def _keyed(before: str, secret: bytes) -> str:
    """A pseudonym that nobody can try names against without the secret. No older one starts with this letter."""
    return "r" + hashlib.blake2b(before.encode(), key=secret, digest_size=16).hexdigest()


def _secret(db: Database) -> tuple[bytes, bool]:
    """The secret of the database and whether it was given to one that had reporters: made when it is first asked for."""
    row = db.one("SELECT value FROM meta WHERE key = ?", (_SECRET,))
    if row is None:
        made = secrets.token_hex(32)
        plain = _rekey(db, bytes.fromhex(made))
        row = (f"{'plain' if plain else 'keyed'}:{made}",)
        db.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (_SECRET, row[0]))
    kind, _, value = str(row[0]).partition(":")
    return bytes.fromhex(value), kind == "plain"


def _numbered(db: Database) -> bool:
    """Whether references of files are read as their numbers. Not where earlier versions have stored some as names for ever:
    there the same file would be new reports. Found out when it is first asked for."""
    row = db.one("SELECT value FROM meta WHERE key = ?", (_REFERENCES,))
    if row is None:
        stored = db.one(
            "SELECT 1 FROM reports JOIN sources USING (source) WHERE report_id > 'ref-' AND report_id < 'ref.'"
            " AND kind IN ('partner', 'contributor', 'board') LIMIT 1"
        )
        row = ("names" if stored else "numbers",)
        db.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (_REFERENCES, row[0]))
    return bool(row[0] == "numbers")


# Those of the web have a key of the day already, which is gone.
_OLD = "reporter <> '' AND reporter NOT LIKE 'r%' AND NOT (source = 'web' AND LENGTH(reporter) = 24)"


def _rekey(db: Database, secret: bytes) -> bool:
    """Key the pseudonyms that are stored: the same people stay the same. True if there were any."""
    found = False
    for table, keys in (("reports", ("report_id",)), ("voices", ("kind", "key", "source", "reporter"))):
        where = " AND ".join(f"{key} = ?" for key in keys)
        columns = ", ".join(keys)
        while old := db.all(f"SELECT reporter, {columns} FROM {table} WHERE {_OLD} LIMIT {_AT_ONCE}"):
            found = True
            rows = [(_keyed(str(reporter), secret), *key) for reporter, *key in old]
            db.many(f"UPDATE {table} SET reporter = ? WHERE {where}", rows)
    return found
