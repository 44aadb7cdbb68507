"""Raw responses as they came: compressed, named by their SHA-256, with an index by URL.

This is the HTTP cache too: a validator is sent only while the body it stands for is here and intact. A general cache
library would keep a second copy of every body and could not replay last month's run.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
import threading
import zlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stored:
    """One answer of one URL. ``sha256`` names the body, hex; ``fetched_at`` is UTC, ISO 8601."""

    url: str
    final_url: str
    status: int
    content_type: str
    etag: str
    last_modified: str
    sha256: str
    fetched_at: str


_COLUMNS = ", ".join(field.name for field in fields(Stored))


class RawStore:
    """``<root>/ab/abcdef….gz`` and ``<root>/index.sqlite3``. May be killed any time and shared by threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)  # pages as they came may name people
        self._lock = threading.Lock()
        self._db = sqlite3.connect(root / "index.sqlite3", timeout=30, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS responses (url TEXT NOT NULL, final_url TEXT NOT NULL, status INTEGER NOT NULL,"
            " content_type TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL, sha256 TEXT NOT NULL,"
            " fetched_at TEXT NOT NULL, PRIMARY KEY (url, sha256)) WITHOUT ROWID"
        )

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / f"{sha256}.gz"

    def save(self, answer: Stored, content: bytes) -> None:
        """Body first, index second: a name in the index always has its body."""
        path = self.path(answer.sha256)
        if self.read(answer.sha256) is None:
            path.parent.mkdir(exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
            with open(part, "wb") as file:
                file.write(gzip.compress(content, compresslevel=6, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        with self._lock:
            marks = ", ".join(f":{field.name}" for field in fields(Stored))
            self._db.execute(f"INSERT OR REPLACE INTO responses ({_COLUMNS}) VALUES ({marks})", asdict(answer))

    def latest(self, url: str) -> tuple[Stored, bytes] | None:
        """The last answer of a URL and its body, or ``None`` when there is none whose body is intact."""
        with self._lock:
            query = f"SELECT {_COLUMNS} FROM responses WHERE url = ? ORDER BY fetched_at DESC, sha256 LIMIT 1"
            row = self._db.execute(query, (url,)).fetchone()
        if row is None:
            return None
        answer = Stored(*row)
        content = self.read(answer.sha256)
        return None if content is None else (answer, content)

    def read(self, sha256: str) -> bytes | None:
        """A body by its name, or ``None`` when it is absent or damaged."""
        try:
            content = gzip.decompress(self.path(sha256).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def prune(self, before: str) -> int:
        """Remove the answers fetched before an ISO date that a later answer of their URL has replaced.

        Returns how many. Index first, body second: a kill between them leaves a body that the next prune removes.
        """
        later = "SELECT 1 FROM responses n WHERE n.url = o.url AND n.fetched_at > o.fetched_at"
        with self._lock:
            gone = self._db.execute(
                f"DELETE FROM responses AS o WHERE fetched_at < ? AND EXISTS ({later})", (before,)
            ).rowcount
            named = {sha256 for (sha256,) in self._db.execute("SELECT sha256 FROM responses")}
        for path in self.root.glob("??/*.gz*"):
            if path.name.partition(".")[0] not in named:
                path.unlink()
        return int(gone)

    def close(self) -> None:
        self._db.close()
