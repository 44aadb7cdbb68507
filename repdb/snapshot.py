"""Publishing: from the private working database to a public snapshot, an immutable SQLite file (floor 3).

A snapshot has the working database's tables and columns where they are published (``published`` decides), so that
``Lookup`` answers from it as it stands; beside them indexes for browsing and full-text search. It is built in a file of
its own and takes its name by renaming: whoever has the old one open goes on reading the old one.

Where little has changed, the last snapshot is copied and the changed rows are put into it. What has changed is found by
comparing every published row, in the order of the keys, with the row that was published: nothing is trusted to have
noted its changes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from repdb import __version__, bundled
from repdb.db import Database, Row, StorageError, latest_version, migrate
from repdb.ingest import now
from repdb.published import Table, published_tables, rows, settled_verdicts
from repdb.records import RepdbError, Text
from repdb.score import MODEL
from repdb.text.bigrams import index_text

# Raise it when what is written changes: the next snapshot is then built anew.
FORMAT = "2"
# More changed rows than this are not worth a patch.
MAX_PATCH = 100_000
APPLICATION_ID = 0x72657064  # "repd"

# Table → columns of its full-text index. Datasette finds the index by ``content``; the words are ``text.bigrams``.
SEARCHED: dict[str, tuple[str, ...]] = {
    "reports": ("title", "note", "note_en", "message"),
    "companies": ("name", "name_en", "note", "note_en"),
    "company_aliases": ("name",),
    "campaigns": ("sample",),
    "notices": ("title", "issuer", "note", "note_en"),
    "phrases": ("phrase", "gloss", "gloss_en"),
    "official_channels": ("company", "label", "label_en"),
    "sources": ("title", "title_en"),
    "advice_contacts": ("name", "name_en", "about", "about_en"),
}

# What ``meta`` of a snapshot holds besides ``rows_<table>`` for every table.
META = {
    "snapshot": "version of the snapshot: when it was built, UTC",
    "snapshot_date": "day that scores and verdicts are of",
    "built_at": "when it was built, ISO 8601",
    "format": "layout of the file",
    "model": "version of the verdict model",
    "repdb": "version of repdb that built it",
    "licence": "licence of the rows",
    "licence_url": "its text",
    "credits": "how to credit the sources, JSON list",
    "sources": "source → accepted reports, JSON; counts those that are not shown too",
    "withheld_reports": "accepted reports that are counted, not shown",
    "withheld_numbers": "mobile numbers that too little is known of to show them",
}

_BUSY = Text(
    "{path} は今、別の処理が公開中です。終わってから、もう一度実行してください。",
    "{path} is being published by another process. Wait for it to finish, then run this again.",
)
_NO_WRITE = Text(
    "{path} に書けません: {detail}",
    "{path} cannot be written: {detail}",
)


class PublishError(RepdbError):
    """The snapshot could not be published; the last one stands as it was."""


@dataclass(slots=True)
class Published:
    """What publishing did. ``how``: ``built`` (anew), ``patched`` (changed rows) or ``unchanged`` (nothing to do)."""

    path: str
    how: str
    snapshot: str
    counts: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    sha256: str = ""
    size: int = 0


class Change(NamedTuple):
    """A row to insert (no ``old``), replace, or delete (no ``new``)."""

    old: Row | None
    new: Row | None


class _TooMany(Exception):
    pass


Progress = Callable[[str, int], None]


def publish(
    db: Database, path: str, as_of: date, *, full: bool = False, progress: Progress = lambda table, rows: None
) -> Published:
    """Bring the snapshot at ``path`` up to date with the working database ``db`` (opened to read), as of a day.

    Beside it: ``PATH.sha256`` and ``datasette-metadata.json``. Raises PublishError (``publish_busy``,
    ``publish_failed``), StorageError. On any failure the last snapshot stays as it was.
    """
    target = Path(os.path.abspath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target), _reading(db):
            _sweep(target)
            return _Publishing(db, target, as_of, progress).run(full)
    except OSError as error:
        detail = error.strerror or str(error)
        raise PublishError("publish_failed", _NO_WRITE.format(path=path, detail=detail)) from error
    except sqlite3.Error as error:
        raise PublishError("publish_failed", _NO_WRITE.format(path=path, detail=str(error))) from error


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target.parent / f".{target.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PublishError("publish_busy", _BUSY.format(path=str(target))) from error
        yield


@contextlib.contextmanager
def _reading(db: Database) -> Iterator[None]:
    """All reads see one moment of the working database, and no writer waits for it."""
    if db.dialect == "sqlite":
        db.execute("PRAGMA cache_size = -65536")
    db.execute("BEGIN" if db.dialect == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        with contextlib.suppress(StorageError):
            db.execute("ROLLBACK")


def _sweep(target: Path) -> None:
    """Remove what a killed publish has left behind."""
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
        leftover.unlink()


class _Publishing:
    """One run. The new file grows at ``self.fresh`` and is moved to ``self.target`` when it is whole."""

    def __init__(self, db: Database, target: Path, as_of: date, progress: Progress) -> None:
        self.db = db
        self.target = target
        self.as_of = as_of
        self.progress = progress
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        os.close(handle)
        self.fresh = Path(name)
        self.built_at = now()
        self.counts: dict[str, int] = {}
        self._known: list[Table] = []

    def run(self, full: bool) -> Published:
        try:
            return self._run(full)
        finally:
            self.fresh.unlink(missing_ok=True)

    def _run(self, full: bool) -> Published:
        changes = None if full else self._changes()
        last = self._last() or {}
        same_day = last.get("snapshot_date") == self.as_of.isoformat()
        if changes is not None and same_day and not any(changes.values()):
            size = self.target.stat().st_size
            return Published(
                str(self.target), "unchanged", last["snapshot"], self.counts, 0, _read_sum(self.target), size
            )
        if changes is not None:
            shutil.copyfile(self.target, self.fresh)
        with contextlib.closing(_open(self.fresh)) as out:
            if changes is not None:
                out.execute("BEGIN")
                for name, some in changes.items():
                    _patch(out, next(table for table in self._known if table.name == name), some)
            else:
                self._build(out)
            meta = self._meta()
            self._finish(out, meta)
            metadata = _metadata(out, self.target.stem, meta)
        changed = sum(map(len, changes.values())) if changes is not None else sum(self.counts.values())
        digest, size = self._swap(metadata)
        how = "built" if changes is None else "patched"
        return Published(str(self.target), how, meta["snapshot"], self.counts, changed, digest, size)

    # --- built anew

    def _build(self, out: sqlite3.Connection) -> None:
        indexes = _make_schema(out)
        for table in self._tables(out):
            self.counts[table.name] = _load(out, table, self._counted(table))
        for sql in indexes:
            out.execute(sql)
        for name, columns in SEARCHED.items():
            _index_words(out, name, columns)

    def _counted(self, table: Table) -> Iterator[Row]:
        count = 0
        for count, row in enumerate(rows(self.db, table), 1):
            if not count % 20_000:
                self.progress(table.name, count)
            yield row
        self.progress(table.name, count)

    def _tables(self, out: sqlite3.Connection) -> list[Table]:
        columns, keys = _shape(out)
        return published_tables(columns, keys, self.as_of, settled_verdicts(self.db, self.as_of))

    # --- changed rows into a copy

    def _last(self) -> dict[str, str] | None:
        """``meta`` of the snapshot that is there, if it can be built upon."""
        try:
            with contextlib.closing(_open_last(self.target)) as last:
                meta: dict[str, str] = dict(last.execute("SELECT key, value FROM meta").fetchall())
                version = last.execute("SELECT MAX(version) FROM schema_migrations").fetchone()[0]
                whole = all(_shape(last)[0].values())
        except (sqlite3.Error, OSError):
            return None
        fits = meta.get("format") == FORMAT and meta.get("model") == MODEL and version == latest_version()
        return meta if fits and whole else None

    def _changes(self) -> dict[str, list[Change]] | None:
        """By table what differs from the last snapshot; None where a new one has to be built."""
        if self._last() is None:
            return None
        left = MAX_PATCH
        changes: dict[str, list[Change]] = {}
        try:
            with contextlib.closing(_open_last(self.target)) as last:
                self._known = self._tables(last)
                for table in self._known:
                    order = ", ".join(table.key)
                    old = last.execute(f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {order}")
                    some = []
                    for change in self._compare(table, old):
                        some.append(change)
                        if len(some) > left or len(some) > MAX_PATCH:
                            raise _TooMany
                    left -= len(some)
                    changes[table.name] = some
        except (_TooMany, sqlite3.DatabaseError):
            return None
        return changes

    def _compare(self, table: Table, old_rows: Iterator[Row]) -> Iterator[Change]:
        """Both sides in the order of their keys, each read once."""
        places = [table.columns.index(column) for column in table.key]
        single = places[0] if len(places) == 1 else -1

        def key(row: Row) -> Any:
            return row[single] if single >= 0 else tuple([row[p] for p in places])

        count = 0
        old = next(old_rows, None)
        for new in self._counted(table):
            count += 1
            while old is not None and old != new and key(old) < key(new):
                yield Change(old, None)
                old = next(old_rows, None)
            if old is None or (old != new and key(old) != key(new)):
                yield Change(None, new)
            else:
                if old != new:
                    yield Change(old, new)
                old = next(old_rows, None)
        while old is not None:
            yield Change(old, None)
            old = next(old_rows, None)
        self.counts[table.name] = count

    # --- the end of both roads

    def _meta(self) -> dict[str, str]:
        from repdb import schema_docs

        counted = self.db.all("SELECT source, COUNT(*) FROM reports WHERE status = 'accepted' GROUP BY source")
        accepted = sum(count for _, count in counted)
        numbers = self.db.one("SELECT COUNT(*) FROM numbers WHERE report_count > 0 OR benign_count > 0")
        shown = self.counts["numbers"]
        return {
            "snapshot": self.built_at[:19].replace("-", "").replace(":", "") + "Z",
            "snapshot_date": self.as_of.isoformat(),
            "built_at": self.built_at,
            "format": FORMAT,
            "model": MODEL,
            "repdb": __version__,
            "licence": schema_docs.LICENCE,
            "licence_url": schema_docs.LICENCE_URL,
            "credits": json.dumps(schema_docs.CREDITS, ensure_ascii=False),
            "sources": json.dumps(dict(sorted(counted)), ensure_ascii=False),
            "withheld_reports": str(accepted - self.counts["reports"]),
            "withheld_numbers": str(max(0, (int(numbers[0]) if numbers else 0) - shown)),
            **{f"rows_{name}": str(count) for name, count in self.counts.items()},
        }

    def _finish(self, out: sqlite3.Connection, meta: Mapping[str, str]) -> None:
        """Description and statistics; then the file is complete and is closed by the caller."""
        out.execute("DELETE FROM meta")
        out.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        out.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        out.execute("COMMIT")
        out.execute("PRAGMA analysis_limit = 1000")
        out.execute("ANALYZE")

    def _swap(self, metadata: dict[str, Any]) -> tuple[str, int]:
        """Checksum, then the new file takes the name. Returns (SHA-256, size)."""
        digest = hashlib.sha256()
        with self.fresh.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
            os.fsync(file.fileno())
            size = file.tell()
        self.fresh.chmod(0o644)
        os.replace(self.fresh, self.target)
        _write(self.target.with_name(f"{self.target.name}.sha256"), f"{digest.hexdigest()}  {self.target.name}\n")
        _write(
            self.target.with_name("datasette-metadata.json"), json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
        )
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return digest.hexdigest(), size


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def _read_sum(target: Path) -> str:
    with contextlib.suppress(OSError):
        return target.with_name(f"{target.name}.sha256").read_text(encoding="utf-8").partition(" ")[0]
    return ""


def _open(path: Path) -> sqlite3.Connection:
    """A file that is ours alone and thrown away on failure: no journal, no waiting for the disk. In a transaction."""
    out = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                   "cache_size = -65536", "foreign_keys = OFF", "secure_delete = ON"):  # fmt: skip
        out.execute(f"PRAGMA {pragma}")
    return out


def _open_last(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise FileNotFoundError(path)
    return sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None)


def _shape(out: sqlite3.Connection) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Columns and key columns of the published tables of an open snapshot, in the order of the migrations."""
    columns, keys = {}, {}
    for name in _published_names():
        info = out.execute(f"PRAGMA table_info({name})").fetchall()
        columns[name] = tuple(row[1] for row in info)
        keys[name] = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
    return columns, keys


def _published_names() -> list[str]:
    """Tables with rows of the working database; what describes the file itself is written by ``_finish``."""
    from repdb import models

    return [n for n in models.MODELS if models.about(n).published != "no" and n not in ("meta", "schema_migrations")]


def _make_schema(out: sqlite3.Connection) -> list[str]:
    """The migrated schema without what is private. Returns SQL for the indexes, to be made behind the rows."""
    from repdb import models
    from repdb.db import views
    from repdb.schema_docs import browsing_indexes

    db = Database(out, "sqlite", "snapshot", readonly=False)
    migrate(db, now())
    out.execute("BEGIN")
    for name, _ in views():
        out.execute(f"DROP VIEW {name}")
    for name in models.MODELS:
        if models.about(name).published == "no":
            out.execute(f"DROP TABLE {name}")
            continue
        for column in sorted(models.private_columns(name)):
            out.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    indexes = out.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in indexes:
        out.execute(f"DROP INDEX {name}")
    for _, sql in views():
        db.script(sql)
    db.script(bundled.text("snapshot/report_feed.sql", "repdb.schema"))
    tables = {name for (name,) in out.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    browsing = [sql for sql in browsing_indexes() if sql.rpartition(" ON ")[2].partition(" ")[0] in tables]
    return [sql for _, sql in indexes] + browsing


def _load(out: sqlite3.Connection, table: Table, new_rows: Iterator[Row]) -> int:
    marks = ", ".join("?" * len(table.columns))
    sql = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
    return max(0, out.executemany(sql, new_rows).rowcount)


def _index_words(out: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
    out.execute(
        f"CREATE VIRTUAL TABLE {name}_fts USING fts5"
        f' (bigrams, content="{name}", tokenize="unicode61 remove_diacritics 0")'
    )
    # Words are sorted in pieces of this many bytes before they are written: larger ones need fewer merges.
    out.execute(f"INSERT INTO {name}_fts ({name}_fts, rank) VALUES ('hashsize', 33554432)")
    some = " OR ".join(f"{column} <> ''" for column in columns)
    texts = out.execute(f"SELECT rowid, {', '.join(columns)} FROM {name} WHERE {some} ORDER BY rowid")
    out.executemany(
        f"INSERT INTO {name}_fts (rowid, bigrams) VALUES (?, ?)", ((row[0], index_text(*row[1:])) for row in texts)
    )
    out.execute(f"INSERT INTO {name}_fts ({name}_fts) VALUES ('optimize')")


def _patch(out: sqlite3.Connection, table: Table, changes: Sequence[Change]) -> None:
    """Put changed rows into the copy, words of the full-text index included."""
    places = [table.columns.index(column) for column in table.key]
    where = " AND ".join(f"{column} = ?" for column in table.key)
    searched = SEARCHED.get(table.name)
    words = [table.columns.index(column) for column in searched or ()]
    forgotten = False
    update = f"UPDATE {table.name} SET {', '.join(f'{c} = ?' for c in table.columns)} WHERE {where}"
    insert = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
    for old, new in changes:
        key = [(old or new or ())[place] for place in places]
        rowid = None
        if searched and old is not None:
            rowid = out.execute(f"SELECT rowid FROM {table.name} WHERE {where}", key).fetchone()[0]
            if any(old[w] for w in words):
                forgotten = True
                out.execute(
                    f"INSERT INTO {table.name}_fts ({table.name}_fts, rowid, bigrams) VALUES ('delete', ?, ?)",
                    (rowid, index_text(*(old[w] for w in words))),
                )
        if new is None:
            out.execute(f"DELETE FROM {table.name} WHERE {where}", key)
            continue
        cursor = out.execute(update, [*new, *key]) if old is not None else out.execute(insert, new)
        if searched and any(new[w] for w in words):
            rowid = rowid if rowid is not None else cursor.lastrowid
            text = index_text(*(new[w] for w in words))
            out.execute(f"INSERT INTO {table.name}_fts (rowid, bigrams) VALUES (?, ?)", (rowid, text))
    if forgotten:
        # Words that were taken out are only marked as such: writing the index anew removes them from the file.
        out.execute(f"INSERT INTO {table.name}_fts ({table.name}_fts) VALUES ('optimize')")


def _metadata(out: sqlite3.Connection, name: str, meta: Mapping[str, str]) -> dict[str, Any]:
    """Datasette's metadata for this file: titles, licence, credits, and the snapshot's date, version and counts."""
    from repdb import schema_docs

    made = schema_docs.metadata(Database(out, "sqlite", "snapshot", readonly=True), name)
    inside = {row[0] for row in out.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    database = made["databases"][name]
    database["tables"] = {table: about for table, about in database["tables"].items() if table in inside}
    for table in SEARCHED:
        database["tables"][f"{table}_fts"] = {"hidden": True}
    database["tables"]["report_feed"] = {
        "title": "他の repdb が取り込む報告 / Reports for other instances of repdb",
        "description": "1 行に 1 件の報告。 / One row for each report, with its identifiers: see scrapers/repdb_peer.py.",
    }
    line = (
        f"データ {meta['snapshot_date']} · 判定モデル {meta['model']} · 報告 {int(meta['rows_reports']):,} 件 / "
        f"Data of {meta['snapshot_date']} · model {meta['model']} · {int(meta['rows_reports']):,} reports"
    )
    made["description"] = database["description"] = f"{made['description']} {line}"
    counts = {k.removeprefix("rows_"): int(v) for k, v in meta.items() if k.startswith("rows_")}
    made["snapshot"] = {k: v for k, v in meta.items() if not k.startswith("rows_")} | {
        "credits": json.loads(meta["credits"]), "sources": json.loads(meta["sources"]), "counts": counts,
    }  # fmt: skip
    return made


def metadata_of(path: str) -> dict[str, Any]:
    """Datasette's metadata for a snapshot that came without it. Raises sqlite3.Error for another file."""
    with contextlib.closing(_open_last(Path(os.path.abspath(path)))) as opened:
        meta = dict(opened.execute("SELECT key, value FROM meta").fetchall())
        return _metadata(opened, Path(path).stem, meta)
