"""Reports and disputes from the web: read, redacted, kept as pending with a receipt (floor 3).

Nothing here is counted or shown before a moderator has accepted it. A contributor is a keyed hash whose salt changes
every day and is then thrown away: reports of one day by one client fold together, and nobody can tell afterwards
who it was, not even with the database and its key.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from repdb import company, identify, receipts
from repdb.categories import INNOCENT_ROLES, ROLES
from repdb.db import Database
from repdb.free_text import as_read, tidy
from repdb.ingest import save_raw
from repdb.records import Mention, Text, Unreadable
from repdb.subjects import SUBJECT_OF
from repdb.text import called
from repdb.text.redact import redact, redaction_preview

SOURCE = "web"
# A field that people do not see and machines fill in.
HONEYPOT = "website"

# Field of a report → the most characters it may have. ``subject`` is a number, domain, URL, address or name as typed.
LIMITS: dict[str, int] = {
    "subject": 300,
    "kind": 20,
    "role": 20,
    "category": 40,
    "stance": 10,
    "company": 120,
    "message": 4000,
    "note": 1000,
    "reported_on": 10,
}
# The roles in which a contributor may name a subject.
REPORTED_ROLES = tuple(role for role in ROLES if role not in INNOCENT_ROLES)
DISPUTE_LIMITS: dict[str, int] = {"subject": 300, "kind": 20, "statement": 2000, "contact": 200}
MAX_MENTIONS = 12
_FIELD_NAMES: dict[str, Text] = {
    "subject": Text("番号・リンク・名前", "number, link or name"),
    "kind": Text("種類", "kind"),
    "role": Text("役割", "role"),
    "category": Text("分類", "category"),
    "stance": Text("立場", "stance"),
    "company": Text("名乗った会社名", "claimed company"),
    "message": Text("届いた文面", "message"),
    "note": Text("補足", "note"),
    "reported_on": Text("受け取った日", "day received"),
    "statement": Text("何が違うか", "what is wrong"),
    "contact": Text("連絡先", "contact"),
}

_ERRORS = {
    "too_long": Text("「{value}」が長すぎます（{most} 文字まで）。", "'{value}' is too long ({most} characters at most)."),
    "no_subject": Text(
        "番号・リンク・会社名のどれかを書くか、届いた文面を貼ってください。文面からは、折り返すよう求める番号とリンクだけを採ります。",
        "Name a number, link or company, or paste the message. Of a message, only links and the numbers that it asks to call are taken.",
    ),
    "bad_stance": Text("立場は adverse か benign です。", "The stance is adverse or benign."),
    "bad_role": Text("役割は {known} のどれかです。", "The role is one of {known}."),
    "no_statement": Text("何が違うのかを書いてください。", "Say what is wrong."),
    "no_contact": Text(
        "ご本人と確かめるための連絡先を書いてください。", "Give a way to reach you, so that we can verify the owner."
    ),
}  # fmt: skip


def refuse(code: str, **values: object) -> Unreadable:
    return Unreadable(code, _ERRORS[code].format(**values))


# --- who


def client_hash(db: Database, client: str, today: date) -> str:
    """The pseudonym of a client for one day: a keyed hash with that day's salt. The caller holds the transaction."""
    key = _secret(db, "client_key", "")
    salt = _secret(db, "client_salt", today.isoformat())
    return hmac.new(bytes.fromhex(key), bytes.fromhex(salt) + client.encode(), hashlib.sha256).hexdigest()[:24]


def _secret(db: Database, name: str, day: str) -> str:
    """A random value kept in ``meta``; one that belongs to another day is replaced."""
    row = db.one("SELECT value FROM meta WHERE key = ?", (name,))
    kept, _, value = str(row[0]).partition(":") if row else ("", "", "")
    if row and kept == day:
        return value
    value = secrets.token_hex(32)
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (name, f"{day}:{value}"),
    )
    return value


# --- reports


def submit(
    db: Database, fields: Mapping[str, str], client: str, today: date, mentions: Iterable[Mention] = ()
) -> receipts.Receipt:
    """Take in one report as pending. ``fields``: see ``LIMITS``; ``mentions`` are what was found in its message.

    A filled honeypot gets a receipt like any other and is not stored. Raises Unreadable, StorageError.
    """
    given = _checked(fields, LIMITS)
    if fields.get(HONEYPOT):
        return receipts.Receipt(receipts.new_code(), "report", "", "pending")
    row = report_row(given, mentions, today)
    with db.transaction():
        _know_source(db)
        defaults = {"source": SOURCE, "status": "pending", "reporter": client_hash(db, client, today)}
        summary, ids = save_raw(db, [row], defaults, today)
        code = "" if summary.duplicates else receipts.give(db, "report", ids[0], today)
    return receipts.Receipt(code, "report", ids[0], "pending") if code else receipts.repeat(db, ids[0], today)


def _know_source(db: Database) -> None:
    """The source of web reports is one of the seeds; a database without them gets it."""
    if not db.one("SELECT 1 FROM sources WHERE source = ?", (SOURCE,)):
        from repdb import seed, store

        store.save_sources(db, [source for source in seed.load().sources if source.source == SOURCE])


def _checked(fields: Mapping[str, str], limits: Mapping[str, int]) -> dict[str, str]:
    given = {name: fields.get(name, "").strip() for name in limits}
    for name, most in limits.items():
        if len(given[name]) > most:
            raise refuse("too_long", value=_FIELD_NAMES[name], most=f"{most:,}")
    return given


# Kind of identifier → field of ``ingest`` by the role it has.
_FIELD = {"domain": "domain", "email": "email", "sender_id": "sender_id", "company": "company"}
_NUMBER_FIELD = {"sender": "sender_number", "callback": "callback_number"}


def report_row(given: Mapping[str, str], mentions: Iterable[Mention], today: date) -> dict[str, str]:
    """The row for ``ingest`` of one web report. Raises Unreadable (``no_subject``, what ``identify`` raises …)."""
    if given["stance"] not in ("", "adverse", "benign"):
        raise refuse("bad_stance")
    if given["role"] and given["role"] not in REPORTED_ROLES:
        raise refuse("bad_role", known=", ".join(REPORTED_ROLES))
    told = {m.key: m.role for m in mentions if m.role not in INNOCENT_ROLES}
    parts: dict[str, list[str]] = {}
    named: set[tuple[str, str]] = set()

    def name(kind: str, key: str, written: str, role: str) -> None:
        if (SUBJECT_OF[kind], key) in named or "|" in written:
            return
        if kind == "company":
            company.read_claimed(written)
        named.add((SUBJECT_OF[kind], key))
        parts.setdefault(_FIELD.get(kind) or _NUMBER_FIELD.get(role, "number"), []).append(written)

    if given["subject"]:
        found = identify.candidates(given["subject"].replace("|", " "), given["kind"] or None)[0]
        name(found.kind, found.key, given["subject"].replace("|", " "), given["role"] or told.get(found.key, ""))
    if given["company"]:
        claimed = company.read_claimed(given["company"].replace("|", " "))
        name("company", claimed.key, claimed.display, "claimed")
    for mention in called.offered(as_read(given["message"]), mentions, _subjects(given))[:MAX_MENTIONS]:
        name(mention.kind, mention.key, mention.written or mention.key, mention.role)
    if not parts:
        raise refuse("no_subject")
    row = {field: " | ".join(some) for field, some in parts.items()}
    row |= {n: given[n] for n in ("category", "stance", "message", "note") if given[n]}
    row["reported_on"] = given["reported_on"] or today.isoformat()
    return row


def _subjects(given: Mapping[str, str]) -> frozenset[str]:
    """The key of what is reported by name, if it can be read: it stays in the message."""
    with contextlib.suppress(Unreadable):
        if given["subject"]:
            return frozenset({identify.candidates(given["subject"].replace("|", " "), given["kind"] or None)[0].key})
    return frozenset()


def preview(fields: Mapping[str, str], mentions: Iterable[Mention] = ()) -> dict[str, object]:
    """What will be left of the free texts: for each the redacted text and what went, for people to see as they type.

    ``mentions`` are those that ``submit`` will be given: what of them is reported is not redacted.

    ``{"message": {"text": …, "removed": [{"start", "end", "what", "token"}]}, "note": {…}}``; offsets are those of
    the text that was given; of the source of a mail, which is kept as it is read, those of what is read. Raises
    Unreadable ``too_long``.
    """
    given = {name: as_read(text) for name, text in _checked(fields, LIMITS).items()}
    keep = _subjects(given)
    keep |= {mention.key for mention in called.offered(given["message"], mentions, keep)}
    return {
        name: {
            "text": redact(given[name], keep=keep),
            "removed": [span._asdict() for span in redaction_preview(given[name], keep=keep)],
        }
        for name in ("message", "note")
    }


# --- disputes


def open_dispute(db: Database, fields: Mapping[str, str], today: date) -> receipts.Receipt:
    """An owner objects to what is reported. ``fields``: see ``DISPUTE_LIMITS``. The same objection twice is one.

    The statement is redacted but for the subject itself: it is published once the owner is verified. Raises
    Unreadable, StorageError.
    """
    given = _checked(fields, DISPUTE_LIMITS)
    if not given["subject"]:
        raise refuse("no_subject")
    if not given["statement"]:
        raise refuse("no_statement")
    if not given["contact"]:
        raise refuse("no_contact")
    found = identify.candidates(given["subject"], given["kind"] or None)[0]
    if fields.get(HONEYPOT):
        return receipts.Receipt(receipts.new_code(), "dispute", "", "pending")
    kind = SUBJECT_OF[found.kind]
    statement = redact(given["statement"], keep=frozenset({found.key}))
    content = f"{kind}\x1d{found.key}\x1d{given['statement']}\x1d{given['contact']}"
    name = f"{today.isoformat().replace('-', '')}-{hashlib.blake2b(content.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
    with db.transaction():
        key = found.key
        if kind == "company" and (row := db.one("SELECT company FROM company_aliases WHERE alias = ?", (key,))):
            key = str(row[0])
        there = db.one("SELECT 1 FROM disputes WHERE dispute = ?", (name,))
        if not there:
            db.execute(
                "INSERT INTO disputes (dispute, kind, key, opened_on, statement, contact) VALUES (?, ?, ?, ?, ?, ?)",
                (name, kind, key, today.isoformat(), tidy(statement), tidy(given["contact"])),
            )
        code = receipts.give(db, "dispute", name, today)
    return receipts.Receipt(code, "dispute", name, "duplicate" if there else "pending")
