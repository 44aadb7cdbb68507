"""Who may decide what is published: names, and tokens of which only the hash is kept (floor 3)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date
from typing import Any

from repdb.db import Database
from repdb.records import Text, Unreadable

_BAD_NAME = Text("名前は 1〜40 文字で書いてください。", "A name has 1 to 40 characters.")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def add_moderator(db: Database, name: str, today: date) -> str:
    """Let somebody decide. Returns the token, which is stored as a hash and shown this once; an old one ends."""
    if not 1 <= len(name.strip()) <= 40:
        raise Unreadable("bad_name", _BAD_NAME)
    token = f"rvw_{secrets.token_urlsafe(24)}"
    with db.transaction():
        db.execute(
            "INSERT INTO moderators (moderator, token, added_on) VALUES (?, ?, ?)"
            " ON CONFLICT (moderator) DO UPDATE SET token = excluded.token, added_on = excluded.added_on, revoked_on = ''",
            (name.strip(), _hashed(token), today.isoformat()),
        )
    return token


def is_moderator(db: Database, name: str) -> bool:
    return bool(db.one("SELECT 1 FROM moderators WHERE moderator = ? AND revoked_on = ''", (name.strip(),)))


def revoke_moderator(db: Database, name: str, today: date) -> bool:
    with db.transaction():
        done: Any = db.execute(
            "UPDATE moderators SET revoked_on = ? WHERE moderator = ? AND revoked_on = ''",
            (today.isoformat(), name.strip()),
        )
        return bool(done.rowcount)


def moderator_of(db: Database, token: str) -> str | None:
    """The name that belongs to a token; None for one that is unknown or revoked."""
    wanted = _hashed(token)
    rows = db.all("SELECT moderator, token FROM moderators WHERE revoked_on = '' ORDER BY moderator")
    return next((str(name) for name, stored in rows if hmac.compare_digest(stored, wanted)), None)
