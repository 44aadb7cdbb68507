"""A small site to test: the seed rows and invented reports in a working database, and the snapshot made of it."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from repdb import db as storage
from repdb import moderators, store
from repdb.ingest import save_raw
from repdb.setup import initialise
from repdb.snapshot import publish

TODAY = date(2026, 11, 21)
DANGEROUS, HOSTILE, MESSAGE_NUMBER = "+815099990001", "+815099990002", "050-9999-0001"
COMPANY = "アマゾンマーケティングサービス"
# What a stranger may try: markup, a link, a turned-round text, an invisible character, a second line.
NASTY = "<script>alert(1)</script> \u202egnp.exe\u202c https://evil-login.example.net/a \u200b=cmd|'/c calc'!A1\nsecond\x00 line"
CAMPAIGN_TEXT = (
    "【アマゾンマーケティングサービス】ご利用料金のお支払い確認が取れておりません。本日中に {number} までご連絡なき場合、"
    "法的手続きへ移行いたします。"
)

_DAYS = ("2026-11-18", "2026-11-02", "2026-10-11", "2026-09-30", "2026-09-02", "2026-07-15", "2026-03-08")
REPORTS: tuple[dict[str, str], ...] = (
    *(
        {
            "source": source, "callback_number": "050-9999-0001", "company": COMPANY, "category": "fake_billing",
            "reported_on": day, "note": f"未納料金があると SMS が届き、{turn} 回目の電話で電子マネーを求められた。",
        }
        for turn, day in enumerate(_DAYS, 1)
        for source in ("web", "import", "tokyo-notices")[: 1 + turn % 3]
    ),
    {"source": "web", "callback_number": "050-9999-0002", "company": COMPANY, "category": "fake_billing", "reported_on": "2026-11-10", "note": "NASTY"},
    {"source": "web", "url": "https://bad-parcel.duckdns.org/x", "category": "delivery", "reported_on": "2026-11-11", "note": "不在通知の SMS から"},
    {"source": "tokyo-notices", "url": "https://bad-parcel.duckdns.org/y", "category": "delivery", "reported_on": "2026-11-12"},
    {"source": "import", "url": "https://bad-parcel.duckdns.org/", "category": "delivery", "reported_on": "2026-11-13"},
    *(
        {"source": "web", "callback_number": f"050-9999-001{n}", "company": COMPANY, "category": "fake_billing", "reported_on": f"2026-11-0{n}", "message": CAMPAIGN_TEXT.format(number=f"050-9999-001{n}")}
        for n in (1, 2, 3)
    ),
    {"source": "web", "number": "03-9999-00**", "category": "other", "reported_on": "2026-10"},
)  # fmt: skip


class Files(NamedTuple):
    working: Path
    snapshot: Path
    token: str


def build(folder: Path) -> Files:
    """Both files in ``folder``, and a moderator's token."""
    working, snapshot = folder / "working.db", folder / "repdb.db"
    initialise(str(working), TODAY)
    with closing(storage.open_database(str(working), write=True)) as db:
        with db.transaction():
            save_raw(db, REPORTS, {}, TODAY)
            store.recount(db, TODAY)
            # Stored as if every check on the way in had failed.
            db.execute(
                "UPDATE reports SET note = ?, note_en = ?, title = ? WHERE note = 'NASTY'", (NASTY, NASTY, NASTY)
            )
        token = moderators.add_moderator(db, "mod", TODAY)
    publish_again(working, snapshot)
    return Files(working, snapshot, token)


def publish_again(working: Path, snapshot: Path) -> None:
    with closing(storage.open_database(str(working))) as db:
        publish(db, str(snapshot), TODAY)
