"""The moderation queue on a terminal: one key decides, the next report follows."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from storage_fixtures import TODAY, opened, report, save

from repdb import audit_log, review, review_queue
from repdb.db import Database

MENU = b"uit "


def press(args: Sequence[str], *keys: str) -> tuple[str, int]:
    """Press each key when a menu has come (of reasons: when it asks); returns stdout and the exit code."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "repdb", *args], stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(slave)
    assert process.stdout is not None
    shown, waiting, deadline = b"", list(keys), time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([process.stdout], [], [], 0.2)[0]:
            continue
        piece = os.read(process.stdout.fileno(), 65536)
        if not piece:
            break
        shown += piece
        if waiting and shown.endswith((MENU, b"ack ")):
            time.sleep(0.1)  # until the terminal is set to single keys
            os.write(master, waiting.pop(0).encode())
    os.close(master)
    process.stdout.close()
    assert waiting == [], shown.decode()
    return shown.decode(), process.wait(30)


def prepared(path: Path, count: int = 4) -> list[str]:
    with closing(opened(str(path))) as db:
        save(db, *(report(f"+81509990000{n}", "web", status="pending", note=f"note {n}\x1b[2J") for n in range(count)))
        return [item.report_id for item in review_queue.reports(db)]


def states(db: Database, ids: Sequence[str]) -> list[str]:
    return [review_queue.report(db, one).status for one in ids]


def test_keys_of_a_keyboard_that_writes_japanese(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db", 2)
    _, code = press(["review", "--db", str(tmp_path / "w.db")], "ａ", "Ｑ")
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert code == 0 and states(db, ids) == ["accepted", "pending"]


def test_keys_decide(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db")
    shown, code = press(["review", "--db", str(tmp_path / "w.db"), "--as", "me"], "a", "r", "y", "s", "\r", "s", "w")
    assert code == 0, shown
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert states(db, ids) == ["accepted", "rejected", "pending", "withdrawn"]
        assert {e.subject: (e.actor, e.reason) for e in audit_log.entries(db)}[ids[1]] == ("me", "spam")
    assert "\x1b[2J" not in shown, "a stranger's text does not act on our terminal"


def test_one_goes_back_from_the_reasons_and_may_give_none(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db", 2)
    shown, code = press(["review", "--db", str(tmp_path / "w.db")], "r", "b", "a", "r", "\r")
    assert code == 0, shown
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert states(db, ids) == ["accepted", "rejected"] and audit_log.entries(db)[0].reason == ""


def test_z_undoes_what_this_sitting_decided_and_nothing_else(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db", 5)
    with closing(opened(str(tmp_path / "w.db"))) as db:
        review.decide(db, ids[:2], "accept", "me", TODAY)
    shown, code = press(["review", "--db", str(tmp_path / "w.db"), "--as", "me"], "z", "s", "a", "z", "z", "q")
    assert code == 0 and shown.count(ids[3]) == 3, shown
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert states(db, ids) == ["accepted", "accepted", "pending", "pending", "pending"]
        assert [entry.action for entry in audit_log.entries(db)] == ["undo", "accept", "accept", "accept"]


def test_undo_and_quit(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db")
    shown, code = press(["review", "--db", str(tmp_path / "w.db")], "a", "z", "s", "z", "q")
    assert code == 0 and shown.count(ids[0]) >= 2
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert states(db, ids) == ["pending"] * 4


def test_what_was_skipped_does_not_come_again_with_what_is_undone(tmp_path: Path) -> None:
    ids = prepared(tmp_path / "w.db", 3)
    shown, code = press(["review", "--db", str(tmp_path / "w.db")], "s", "a", "z", "q")
    assert code == 0, shown
    assert shown.count(ids[0]) == 1 and shown.count(ids[1]) >= 2, shown


def test_disputes_follow(tmp_path: Path) -> None:
    prepared(tmp_path / "w.db", 0)
    with closing(opened(str(tmp_path / "w.db"))) as db, db.transaction():
        for n in range(3):
            db.execute(
                "INSERT INTO disputes (dispute, kind, key, opened_on, statement, contact)"
                f" VALUES ('d{n}', 'phone', '+81509990000{n}', '2026-11-20', 'ours', 'owner@contact.example')"
            )
    shown, code = press(["review", "--db", str(tmp_path / "w.db")], "v", "z", "v", "s", "q")
    assert code == 0 and "owner@contact.example" in shown
    with closing(opened(str(tmp_path / "w.db"))) as db:
        assert [d.dispute for d in review_queue.disputes(db, "verified")] == ["d0"]
        review.undo(db, "nobody", TODAY, audit_log.entries(db)[0].decision)
        assert len(review_queue.disputes(db)) == 3
