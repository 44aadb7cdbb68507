"""Publishing: from the private working database to a public snapshot, an immutable SQLite file (floor 3).

A snapshot has the working database's tables and columns where they are published (``published`` decides), so that
``Lookup`` answers from it as it stands; beside them indexes for browsing and full-text search. It is built in a file of
its own and takes its name by renaming: whoever has the old one open goes on reading the old one.

Where little has changed, the last snapshot is copied and the changed rows (``snapshot_changes``) are put into it.
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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from repdb import __version__, snapshot_changes, snapshot_file
from repdb.db import Database, Row
from repdb.ingest import now
from repdb.migrate import SNAPSHOT_ID, refuse_snapshot
from repdb.published import Table, published_tables, rows, settled_verdicts
from repdb.records import RepdbError, Text
from repdb.score import MODEL
from repdb.storage_error import StorageError

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
    "sources": "source that is named → accepted reports, JSON",
    "withheld_reports": "accepted reports that are counted, not shown",
    "withheld_numbers": "mobile numbers that too little is known of to show them",
}

_BUSY = Text(
    "{path} は今、別の処理が公開中です。終わってから、もう一度実行してください。",
    "{path} is being published by another process. Wait for it to finish, then run this again.",
)
_NOT_OURS = Text(
    "{path} は公開用のスナップショットではないので、上書きしません。別の名前を指定してください。不要なファイルなら、先に消してください。",
    "{path} is no published snapshot and is not replaced. Give another name, or remove the file first if nobody needs it.",
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


Progress = Callable[[str, int], None]


def publish(
    db: Database, path: str, as_of: date, *, full: bool = False, progress: Progress = lambda table, rows: None
) -> Published:
    """Bring the snapshot at ``path`` up to date with the working database ``db`` (opened to read), as of a day.

    Beside it: ``PATH.sha256`` and ``datasette-metadata.json``. Raises PublishError (``publish_busy``,
    ``publish_failed``, ``publish_other_file``), StorageError. On any failure the last snapshot stays as it was.
    """
    target = Path(os.path.abspath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replaceable(target)
        with _alone(target), _reading(refuse_snapshot(db)):
            _sweep(target)
            return _Publishing(db, target, as_of, progress).run(full)
    except OSError as error:
        detail = error.strerror or str(error)
        raise PublishError("publish_failed", _NO_WRITE.format(path=path, detail=detail)) from error
    except sqlite3.Error as error:
        raise PublishError("publish_failed", _NO_WRITE.format(path=path, detail=str(error))) from error


def _replaceable(target: Path) -> None:
    """Refuse to put the snapshot in the place of a working database or of somebody's document. What the header calls a
    snapshot may be damaged behind it. Raises PublishError."""
    with contextlib.suppress(FileNotFoundError), target.open("rb") as file:
        head = file.read(_ID.stop)
        if head and head[_ID] != SNAPSHOT_ID.to_bytes(4, "big"):
            raise PublishError("publish_other_file", _NOT_OURS.format(path=str(target)))


_ID = slice(68, 72)  # of SQLite's application id in the header (https://www.sqlite.org/fileformat2.html)


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

    def run(self, full: bool) -> Published:
        try:
            return self._run(full)
        finally:
            self.fresh.unlink(missing_ok=True)

    def _run(self, full: bool) -> Published:
        changes = None if full else snapshot_changes.find(self.target, self._tables, self._counted)
        last = snapshot_changes.last_meta(self.target) or {}
        same_day = last.get("snapshot_date") == self.as_of.isoformat()
        if changes is not None and same_day and not any(some for _, some in changes):
            with contextlib.closing(snapshot_file.open_last(self.target)) as kept:
                metadata = snapshot_file.metadata(kept, self.target.stem, last)
            digest, size = _sum(self.target)
            self._describe(digest, metadata)
            return Published(str(self.target), "unchanged", last["snapshot"], self.counts, 0, digest, size)
        if changes is not None:
            shutil.copyfile(self.target, self.fresh)
        with contextlib.closing(snapshot_file.open_new(self.fresh)) as out:
            if changes is not None:
                out.execute("BEGIN")
                for table, some in changes:
                    snapshot_file.patch(out, table, some)
            else:
                self._build(out)
            meta = self._meta()
            self._finish(out, meta)
            metadata = snapshot_file.metadata(out, self.target.stem, meta)
        changed = sum(self.counts.values()) if changes is None else sum(len(some) for _, some in changes)
        digest, size = self._swap(metadata)
        how = "built" if changes is None else "patched"
        return Published(str(self.target), how, meta["snapshot"], self.counts, changed, digest, size)

    def _build(self, out: sqlite3.Connection) -> None:
        indexes = snapshot_file.make_schema(out)
        for table in self._tables(out):
            snapshot_file.load(out, table, self._counted(table))
        for sql in indexes:
            out.execute(sql)
        for name, columns in snapshot_file.SEARCHED.items():
            snapshot_file.index_words(out, name, columns)

    def _counted(self, table: Table) -> Iterator[Row]:
        """The rows to publish; their number is in ``counts`` when they have been read."""
        count = 0
        for count, row in enumerate(rows(self.db, table), 1):
            if not count % 20_000:
                self.progress(table.name, count)
            yield row
        self.counts[table.name] = count
        self.progress(table.name, count)

    def _tables(self, out: sqlite3.Connection) -> list[Table]:
        columns, keys = snapshot_file.shape(out)
        return published_tables(columns, keys, self.as_of, settled_verdicts(self.db, self.as_of))

    def _meta(self) -> dict[str, str]:
        from repdb import schema_docs

        counted = self.db.all(
            "SELECT r.source, COUNT(*), MAX(s.redistributable) FROM reports r JOIN sources s ON s.source = r.source"
            " WHERE r.status = 'accepted' GROUP BY r.source"
        )
        accepted = sum(count for _, count, _ in counted)
        numbers = self.db.one("SELECT COUNT(*) FROM numbers WHERE report_count > 0 OR benign_count > 0")
        shown = self.counts["numbers"]
        return {
            "snapshot": self.built_at[:19].replace("-", "").replace(":", "") + "Z",
            "snapshot_date": self.as_of.isoformat(),
            "built_at": self.built_at,
            "format": snapshot_file.FORMAT,
            "model": MODEL,
            "repdb": __version__,
            "licence": schema_docs.LICENCE,
            "licence_url": schema_docs.LICENCE_URL,
            "credits": json.dumps(schema_docs.CREDITS, ensure_ascii=False),
            "sources": json.dumps({name: count for name, count, shown in sorted(counted) if shown}, ensure_ascii=False),
            "withheld_reports": str(accepted - self.counts["reports"]),
            "withheld_numbers": str(max(0, (int(numbers[0]) if numbers else 0) - shown)),
            **{f"rows_{name}": str(count) for name, count in self.counts.items()},
        }

    def _finish(self, out: sqlite3.Connection, meta: Mapping[str, str]) -> None:
        """Description and statistics; then the file is complete and is closed by the caller."""
        out.execute("DELETE FROM meta")
        out.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        out.execute(f"PRAGMA application_id = {SNAPSHOT_ID}")
        out.execute("COMMIT")
        out.execute("PRAGMA analysis_limit = 1000")
        out.execute("ANALYZE")

    def _swap(self, metadata: dict[str, Any]) -> tuple[str, int]:
        """Checksum, then the new file takes the name. Returns (SHA-256, size)."""
        digest, size = _sum(self.fresh)
        self.fresh.chmod(0o644)
        os.replace(self.fresh, self.target)
        self._describe(digest, metadata)
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return digest, size

    def _describe(self, digest: str, metadata: dict[str, Any]) -> None:
        """Checksum and metadata beside the file that is there, where a kill may have left none or older ones."""
        _write(self.target.with_name(f"{self.target.name}.sha256"), f"{digest}  {self.target.name}\n")
        _write(
            self.target.with_name("datasette-metadata.json"), json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
        )


def _sum(path: Path) -> tuple[str, int]:
    """SHA-256 in hexadecimal digits and size of a file that is then on the disk."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
        return digest, file.tell()


def _write(path: Path, text: str) -> None:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if path.read_text(encoding="utf-8") == text:
            return
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)
