"""Two instances federate: one publishes ``report_feed`` with a real Datasette, the other scrapes it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from repdb import store
from repdb.db import open_database
from repdb.fetch import Fetcher
from repdb.ingest import save_raw
from repdb.records import Source
from repdb.scrape import load, origins, plan_for, scrape
from repdb.snapshot import publish

TODAY = date(2026, 11, 21)


@pytest.fixture
def peer(seeded_file: Path, tmp_path: Path) -> Iterator[str]:
    """The base URL of a Datasette that serves 230 reports in pages of 100."""
    path = tmp_path / "public" / "peer.db"
    rows = [
        {
            "source": "web",
            "reported_on": f"2026-{n % 10 + 1:02}-15",
            "category": "fake_billing",
            "callback_number": f"050-9999-{n:04}",
            "company": "みほん債権回収株式会社",
            "note": f"未納料金を装う SMS（{n}）",
            "count": str(n % 3 + 1),
        }
        for n in range(229)
    ]
    two = {"callback_number": "03-9999-01** | 050-9999-0900", "sender_number": "050-9999-0901", "reported_on": "2026"}
    work = shutil.copy(seeded_file, tmp_path / "peer_work.db")
    with open_database(str(work), write=True) as db, db.transaction():
        db.execute("UPDATE reports SET status = 'rejected'")
        store.save_sources(db, [Source("web", "web", "contributor", redistributable=True)])
        save_raw(db, [*rows, rows[0] | two], {}, TODAY)
    with open_database(str(work)) as db:
        publish(db, str(path), TODAY)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", str(path), "-p", str(port), "--setting", "max_returned_rows", "100"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/-/versions.json", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/peer"
    finally:
        process.terminate()
        process.wait(20)


def test_published_reports_come_over_with_their_provenance(peer: str, seeded: Path, tmp_path: Path) -> None:
    scraper = load("repdb_peer")
    source = f"peer-{peer.split('/')[2]}"
    with open_database(str(seeded), write=True) as db:

        def run() -> tuple[str, int, int, int]:
            with Fetcher(tmp_path / "raw", local_origins=origins([peer])) as fetcher:
                result = scrape(db, scraper, fetcher, plan_for(scraper, TODAY, {}, urls=[peer]), TODAY)
            return result.state, result.pages, result.summary.stored, result.summary.rejected

        assert run() == ("done", 3, 230, 0)
        assert run()[2] == 0
        assert db.one("SELECT kind, redistributable FROM sources WHERE source = ?", (source,)) == ("peer", 1)
        refs = [ref for (ref,) in db.all("SELECT ref FROM reports WHERE source = ?", (source,))]
        assert all(ref.startswith("web/") for ref in refs)
        assert len(refs) == len(set(refs)) == 230
        found = db.one("SELECT report_count, source_count FROM numbers WHERE number = '+815099990006'")
        assert found == (1, 1)
        weight = db.one(
            "SELECT r.weight, m.role FROM reports AS r JOIN report_numbers AS m ON m.report_id = r.report_id"
            " WHERE m.number = '+815099990002'"
        )
        assert weight == (3, "callback")
        assert db.one("SELECT COUNT(*) FROM masked_numbers WHERE masked_number = '+813999901**'") == (1,)
        roles = db.all(
            "SELECT number, role FROM report_numbers WHERE number LIKE '+815099990900' OR number LIKE '%0901'"
        )
        assert sorted(roles) == [("+815099990900", "callback"), ("+815099990901", "sender")]
