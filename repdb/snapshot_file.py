"""The file of a public snapshot: its schema, its rows and words, changed rows, and its description (floor 3)."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from repdb import bundled
from repdb.db import Database, Row
from repdb.ingest import now
from repdb.migrate import migrate
from repdb.published import Table
from repdb.text.bigrams import index_text

# Raise it when what is written changes: the next snapshot is then built anew.
FORMAT = "2"
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


class Change(NamedTuple):
    """A row to insert (no ``old``), replace, or delete (no ``new``)."""

    old: Row | None
    new: Row | None


def open_new(path: Path) -> sqlite3.Connection:
    """A file that is ours alone and thrown away on failure: no journal, no waiting for the disk. In a transaction."""
    out = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE",
                   "cache_size = -65536", "foreign_keys = OFF", "secure_delete = ON"):  # fmt: skip
        out.execute(f"PRAGMA {pragma}")
    return out


def open_last(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise FileNotFoundError(path)
    return sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None)


def shape(out: sqlite3.Connection) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Columns and key columns of the published tables of an open snapshot, in the order of the migrations."""
    columns, keys = {}, {}
    for name in published_names():
        info = out.execute(f"PRAGMA table_info({name})").fetchall()
        columns[name] = tuple(row[1] for row in info)
        keys[name] = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
    return columns, keys


def published_names() -> list[str]:
    """Tables with rows of the working database; what describes the file itself is written by ``_finish``."""
    from repdb import models

    return [n for n in models.MODELS if models.about(n).published != "no" and n not in ("meta", "schema_migrations")]


def make_schema(out: sqlite3.Connection) -> list[str]:
    """The migrated schema without what is private. Returns SQL for the indexes, to be made behind the rows."""
    from repdb import models
    from repdb.migrate import views
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


def load(out: sqlite3.Connection, table: Table, new_rows: Iterator[Row]) -> None:
    marks = ", ".join("?" * len(table.columns))
    sql = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
    out.executemany(sql, new_rows)


def index_words(out: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
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


def patch(out: sqlite3.Connection, table: Table, changes: Sequence[Change]) -> None:
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


def metadata(out: sqlite3.Connection, name: str, meta: Mapping[str, str]) -> dict[str, Any]:
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
    with contextlib.closing(open_last(Path(os.path.abspath(path)))) as opened:
        meta = dict(opened.execute("SELECT key, value FROM meta").fetchall())
        return metadata(opened, Path(path).stem, meta)
