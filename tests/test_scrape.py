from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import trustme
from fault_server import Answer, FaultServer, slow_drip, truncated_gzip, zip_bomb

from repdb import clock, doctor, review, store
from repdb.contracts import Page, Record, Request, State
from repdb.db import Database
from repdb.fetch import Fetcher
from repdb.scrape import Plan, Result, ScrapeError, load, lock, names, origins, overview, plan_for, scrape
from repdb.scrape.errors import CODES
from repdb.setup import initialise, open_ready
from repdb.storage_error import StorageError

TODAY = date(2026, 11, 21)
HEADER = "date,URL,description\n"
PAIRS = Path(__file__).parent / "scrapers"


def month(year_month: str, rows: int = 60, start: int = 0) -> bytes:
    lines = (
        f"{year_month[:4]}/{year_month[4:]}/05 10:00:00,https://shop{n}-{year_month}.net/login,Amazon\n"
        for n in range(start, start + rows)
    )
    return (HEADER + "".join(lines)).encode()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def upstream(server: FaultServer, tmp_path: Path) -> Path:
    """Two months of the phishing list in its upstream layout, served at ``/list/``."""
    folder = tmp_path / "upstream" / "2019"
    folder.mkdir(parents=True)
    for name in ("201901", "201902"):
        (folder / f"{name}.csv").write_bytes(month(name))
    server.serve_folder("/list/", folder.parent)
    return folder


@pytest.fixture
def db(seeded_db: Database) -> Database:
    return seeded_db


def run(db: Database | None, server: FaultServer, name: str, base: str, tmp_path: Path, **changes: Any) -> Result:
    scraper = load(name)
    options = {key: changes.pop(key) for key in ("timeout", "offline", "local_origins") if key in changes}
    state = {key: changes.pop(key) for key in ("since", "key", "urls") if key in changes}
    plan = Plan(State(base, TODAY.isoformat(), **state), **changes)
    raw = tmp_path / "raw"
    settings = {"local_origins": [server.origin], "backoff": 0.001, "max_bytes": 1_000_000, "attempts": 2} | options
    with Fetcher(raw, **settings) as fetcher:
        return scrape(db, scraper, fetcher, plan, TODAY)


def jpcert(db: Database | None, server: FaultServer, tmp_path: Path, **changes: Any) -> Result:
    return run(db, server, "jpcert_phishurl", server.url("/list/"), tmp_path, **changes)


def content(db: Database) -> dict[str, list[Any]]:
    """All that is published or counted: everything but the notes about runs."""
    tables = ("reports", "numbers", "masked_numbers", "domains", "companies", "official_channels", "number_blocks")
    tables += ("report_numbers", "report_domains", "report_companies", "rejects", "sources", "meta", "voices")
    return {table: db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def count(db: Database, where: str = "source = 'jpcert-phishurl'") -> int:
    return int((db.one(f"SELECT COUNT(*) FROM reports WHERE {where}") or (0,))[0])


# An ordinary life


def test_cold_then_unchanged_then_one_more_month(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    cold = jpcert(db, server, tmp_path)
    assert (cold.state, cold.pages, cold.fetched, cold.unchanged, cold.rows) == ("done", 2, 2, 0, 120)
    assert (cold.summary.stored, cold.summary.rejected, count(db)) == (120, 0, 120)
    before = content(db)
    again = jpcert(db, server, tmp_path)
    assert (again.state, again.fetched, again.unchanged, again.skipped, again.rows) == ("done", 0, 2, 2, 120)
    assert (again.summary.stored, again.bytes, content(db)) == (0, 0, before)
    (upstream / "201903.csv").write_bytes(month("201903"))
    more = jpcert(db, server, tmp_path)
    assert (more.fetched, more.unchanged, more.skipped, more.summary.stored, more.rows) == (1, 2, 2, 60, 180)
    assert server.hits("/list/2019/201905.csv") == 0  # the list ends at the first month that is missing


def test_a_list_does_not_end_at_a_page_that_was_there_before(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    jpcert(db, server, tmp_path)
    before = content(db)
    (upstream / "201901.csv").unlink()
    (upstream / "201903.csv").write_bytes(month("201903"))
    gone = jpcert(db, server, tmp_path)
    assert (gone.state, gone.code, content(db)) == ("failed", "not_found", before)


@pytest.mark.slow
def test_the_same_on_postgresql(
    postgres: Callable[[], str], server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    target = postgres()
    initialise(target, TODAY)
    with open_ready(target, TODAY, write=True) as db:
        assert jpcert(db, server, tmp_path).summary.stored == 120
        before = content(db)
        assert jpcert(db, server, tmp_path).skipped == 2
        server.put("/list/2019/201902.csv", Answer(200, month("201902", 30)))
        assert jpcert(db, server, tmp_path).code == "rows_gone"
        assert content(db) == before
        (row,) = overview(db, [load("jpcert_phishurl")], TODAY)
        assert (row.rows, row.last_success > "") == (120, True)


def test_a_run_is_read_again_from_the_kept_pages(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    jpcert(db, server, tmp_path)
    hits = sum(map(len, server.requests.values()))
    result = jpcert(db, server, tmp_path, offline=True, again=True)
    assert (result.state, result.skipped, result.summary.stored, result.summary.duplicates) == ("done", 0, 0, 120)
    assert sum(map(len, server.requests.values())) == hits
    assert run(db, server, "scam_net_shops", server.url("/rules.txt"), tmp_path, offline=True).code == "not_stored"


def test_a_source_larger_than_memory_is_stored_in_batches_and_still_whole_or_not_at_all(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repdb.scrape.sink.BATCH", 25)
    before = content(db)
    server.put("/list/2019/201902.csv", Answer(200, month("201902", 10)))
    real, calls = store.save_filed, iter("ab")

    def fails_in_the_third_batch(*args: Any) -> store.Saved:
        if next(calls, "") == "":
            raise StorageError("db_full", "repdb.db")
        return real(*args)

    monkeypatch.setattr(store, "save_filed", fails_in_the_third_batch)
    assert (jpcert(db, server, tmp_path).code, content(db)) == ("db_full", before)
    monkeypatch.setattr(store, "save_filed", real)
    assert (jpcert(db, server, tmp_path).summary.stored, count(db)) == (70, 70)


def test_nobody_waits_for_the_database_while_pages_are_read(
    db: Database, db_path: Path, server: FaultServer, upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scraper, written = load("jpcert_phishurl"), []

    def parse(page: Page) -> Iterator[Record]:
        with closing(sqlite3.connect(db_path, timeout=0)) as other:
            other.execute("INSERT INTO meta (key, value) VALUES (?, '')", (page.url,))
            other.commit()
        written.append(page.url)
        yield from scraper.parse(page)

    plan = Plan(State(server.url("/list/"), TODAY.isoformat()))
    with Fetcher(tmp_path / "raw", local_origins=[server.origin]) as fetcher:
        assert scrape(db, replace(scraper, parse=parse), fetcher, plan, TODAY).summary.stored == 120
    assert len(written) == 2


@pytest.mark.parametrize("broken", ["disk", "not_stored", "broken"])
def test_what_nobody_foresaw_is_a_failure_of_this_source_alone(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path, broken: str
) -> None:
    """The folder of raw responses goes away, one body in it goes away, or a scraper has a fault."""
    raw, scraper, before = tmp_path / "raw", load("jpcert_phishurl"), content(db)

    def follow(page: Page) -> Iterator[Request]:
        if broken != "broken":
            shutil.rmtree(raw) if broken == "disk" else [path.unlink() for path in raw.glob("??/*.gz")]
        return iter(())

    def parse(page: Page) -> Iterator[Record]:
        yield {}["surprise"] if broken == "broken" else page.reject(1, "x", "y", "z")

    plan = Plan(State(server.url("/list/"), TODAY.isoformat()))
    with Fetcher(raw, local_origins=[server.origin]) as fetcher:
        result = scrape(db, replace(scraper, follow=follow, parse=parse), fetcher, plan, TODAY)
    assert (result.state, result.code, content(db)) == ("failed", broken, before)
    assert db.all("SELECT state FROM runs WHERE command = 'scrape'") == [("failed",)]
    if broken == "broken":
        assert "KeyError: 'surprise', test_scrape.py:" in result.error.en


def test_since_asks_for_later_months_only(db: Database, server: FaultServer, upstream: Path, tmp_path: Path) -> None:
    assert jpcert(db, server, tmp_path, since="2019-02-20").rows == 60
    assert server.hits("/list/2019/201901.csv") == 0


def test_a_dry_run_stores_nothing(db: Database, server: FaultServer, upstream: Path, tmp_path: Path) -> None:
    before = content(db)
    result = jpcert(db, server, tmp_path, dry_run=True)
    assert (result.state, result.rows, result.summary.stored) == ("done", 120, 0)
    assert content(db) == before
    assert not db.all("SELECT * FROM runs WHERE command = 'scrape'")
    assert jpcert(None, server, tmp_path).rows == 120


def test_a_limited_run_is_a_sample_that_is_not_remembered(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    assert jpcert(db, server, tmp_path, limit=7).summary.stored == 7
    assert jpcert(db, server, tmp_path, limit=70).summary.stored == 63
    assert jpcert(db, server, tmp_path).summary.stored == 50


def test_saved_files_need_no_network(db: Database, tmp_path: Path) -> None:
    def read(name: str, *files: str) -> Result:
        plan = Plan(State("", TODAY.isoformat()), files=tuple(PAIRS / name / file for file in files))
        return scrape(db, load(name), None, plan, TODAY)

    assert read("licensed_collectors", "list.html", "book.xlsx").summary.stored == 7
    assert db.one("SELECT licence, status FROM companies WHERE name = 'みほん債権回収株式会社'") == (
        "法務大臣許可第901号",
        "genuine",
    )
    assert db.one("SELECT kind, source FROM official_channels WHERE key = '+815099990301'") == (
        "phone",
        "moj-servicers",
    )
    assert read("notice_table", "table.html").summary.stored == 3
    missing = read("notice_table", "nothing.html")
    assert (missing.state, missing.code) == ("failed", "file_missing")


def test_what_a_program_read_from_prose_waits_for_a_person(db: Database, server: FaultServer, tmp_path: Path) -> None:
    url = server.put("/a.html", Answer(200, (PAIRS / "article" / "warning.html").read_bytes()))
    result = run(db, server, "article", "", tmp_path, urls=(url,))
    assert (result.state, result.summary.stored, result.pending) == ("done", 2, 2)
    assert [row.pending for row in overview(db, [load("article")], TODAY)] == [2]
    assert db.all("SELECT DISTINCT source, status, url FROM reports WHERE url <> '' AND status = 'pending'") == [
        ("page-127.0.0.1", "pending", url)
    ]


def test_a_source_page_leads_to_its_files_which_are_one_list(db: Database, server: FaultServer, tmp_path: Path) -> None:
    def blocks() -> list[Any]:
        return db.all("SELECT prefix_from, carrier FROM number_blocks WHERE kind = 'fixed' ORDER BY 1")

    pair = PAIRS / "mic_number_blocks"
    index = server.put(
        "/tel/index.html", Answer(200, (pair / "index.html").read_bytes(), {"Content-Type": "text/html"})
    )
    fixed = Answer(200, (pair / "fixed.xls").read_bytes(), {"ETag": '"1"'})
    server.put("/main_content/000900002.xls", fixed)
    server.put("/main_content/000900004.xlsx", Answer(200, (pair / "matrix.xlsx").read_bytes()))
    assert run(db, server, "mic_number_blocks", index, tmp_path).code == "too_few_rows"
    assert blocks() == []
    assert run(db, server, "mic_number_blocks", index, tmp_path, accept=True).summary.stored == 5
    assert blocks() == [("099920", "みほん電話"), ("099922", "架空通信")]
    kept = db.all("SELECT * FROM number_blocks ORDER BY 1")
    # One file changes: the list that replaces the old one is still whole.
    server.put("/main_content/000900004.xlsx", Answer(200, (pair / "matrix.xlsx").read_bytes() + b"\0"))
    server.put("/main_content/000900002.xls", Answer(304))
    assert run(db, server, "mic_number_blocks", index, tmp_path, accept=True).unchanged == 1
    assert db.all("SELECT * FROM number_blocks ORDER BY 1") == kept
    # A sample of a list does not replace the list.
    sample = run(db, server, "mic_number_blocks", index, tmp_path, again=True, limit=1)
    assert (sample.state, sample.summary.stored) == ("done", 0)
    assert db.all("SELECT * FROM number_blocks ORDER BY 1") == kept


def test_a_page_stands_for_the_site_that_it_was_found_on(db: Database, server: FaultServer, tmp_path: Path) -> None:
    """A public office's redirect makes nobody else's page official, and links are read from where the page is."""
    with FaultServer() as other:
        place = other.put("/deep/list.html", Answer(200, (PAIRS / "notice_table" / "table.html").read_bytes()))
        asked = server.put("/go", Answer(302, headers={"Location": place.replace("127.0.0.1", "localhost")}))
        named = [server.origin, other.origin.replace("127.0.0.1", "localhost")]
        result = run(db, server, "notice_table", "", tmp_path, urls=(asked,), local_origins=named)
    assert result.summary.stored > 0
    assert {row[0] for row in db.all("SELECT source FROM reports WHERE source LIKE 'notice%'")} == {"notice-localhost"}
    page = Page("https://a.example/go", b'<a href="b.csv">b</a>', final_url="https://c.example/deep/list.html")
    assert (page.links, page.address) == (["https://c.example/deep/b.csv"], "https://c.example/deep/list.html")
    assert Page("saved.html", b'<a href="b.csv">').links == ["b.csv"]


def test_deltas_go_on_from_the_cursor_and_take_back(db: Database, server: FaultServer, tmp_path: Path) -> None:
    base = server.url("/api/")
    entry = '{"phone":"+815099990001","votes":%d,"rating":"G_FRAUD","lastActivity":1793836800000}'
    body = '{"numbers":[%s],"version":%d}'
    first = "/api/blocklist?since=0&format=json"
    server.put(first, Answer(200, (body % (entry % 9, 42)).encode()))
    server.put("/api/blocklist?since=42&format=json", Answer(200, (body % (entry % 0, 43)).encode()))
    assert run(db, server, "phoneblock", base, tmp_path, key="k").summary.stored == 1
    assert server.requests[first][0]["Authorization"] == "Bearer k"
    assert count(db, "source = 'phoneblock' AND status = 'accepted' AND weight = 9") == 1
    assert run(db, server, "phoneblock", base, tmp_path, key="k").state == "done"
    assert count(db, "source = 'phoneblock' AND status = 'withdrawn'") == 1
    assert db.one("SELECT report_count FROM numbers WHERE number = '+815099990001'") == (0,)
    assert server.hits("/api/blocklist?since=42&format=json") == 1


def test_what_a_source_took_back_counts_again_when_it_says_it_again(
    db: Database, server: FaultServer, tmp_path: Path
) -> None:
    base, entry = server.url("/api/"), '{"phone":"%s","votes":%d,"rating":"G_FRAUD","lastActivity":1793836800000}'
    numbers = ("+815099990001", "+815099990002")
    for version, votes in enumerate((9, 0, 5)):
        entries = ",".join(entry % (number, votes) for number in numbers)
        answer = Answer(200, f'{{"numbers":[{entries}],"version":{version + 1}}}'.encode())
        server.put(f"/api/blocklist?since={version}&format=json", answer)
        if votes == 5:  # meanwhile a person has looked at one of them
            (row,) = db.all("SELECT report_id FROM report_numbers WHERE number = ?", (numbers[1],))
            review.decide(db, [row[0]], "reopen", "mod", TODAY)
            review.decide(db, [row[0]], "reject", "mod", TODAY, "not_a_scam")
        assert run(db, server, "phoneblock", base, tmp_path, key="k").state == "done"
    sql = "SELECT number, status, weight FROM reports JOIN report_numbers USING (report_id) WHERE source = 'phoneblock' ORDER BY 1"
    assert [row[1:] for row in db.all(sql)] == [("accepted", 5), ("rejected", 9)]
    assert db.all("SELECT report_count FROM numbers WHERE number IN (?, ?) ORDER BY number", numbers) == [(5,), (0,)]


def test_what_a_whole_list_no_longer_has_is_no_longer_said(db: Database, server: FaultServer, tmp_path: Path) -> None:
    def rules(*left_out: int) -> Result:
        text = "".join(f"*://*.shop{n}-x.com/*\n" for n in range(600) if n not in left_out)
        server.put("/rules.txt", Answer(200, text.encode()))
        return run(db, server, "scam_net_shops", server.url("/rules.txt"), tmp_path)

    def counted(shop: int) -> int:
        return int((db.one("SELECT report_count FROM domains WHERE domain = ?", (f"shop{shop}-x.com",)) or (0,))[0])

    rules()
    assert (rules(0, 1).summary.stored, counted(0), counted(1), counted(2)) == (2, 0, 0, 1)
    assert (rules(0, 1).skipped, counted(0), counted(2)) == (1, 0, 1), "nothing new, nothing gone"
    assert (rules(1).state, counted(0), counted(1)) == ("done", 1, 0)
    file = tmp_path / "some.txt"
    file.write_text("*://*.shop7-x.com/*\n", encoding="utf-8")
    assert run(db, server, "scam_net_shops", "", tmp_path, files=(file,)).state == "done"
    assert (counted(7), counted(8)) == (1, 1), "a file that somebody gives is a part"
    assert rules(*range(300)).code == "rows_gone" and counted(0) == 1
    assert doctor.sound(doctor.examine(db, TODAY))


@pytest.mark.parametrize(
    "elsewhere", ["http://other.example/feed.json?_next=2", "//other.example/?_next=2", "/x?_next=2"]
)
def test_a_peer_names_the_next_page_and_no_other_host(elsewhere: str) -> None:
    """Or it could invent a witness for each name that it has."""
    page = Page("https://peer.example/db/report_feed.json?_size=max", json.dumps({"next_url": elsewhere}).encode())
    (request,) = load("repdb_peer").follow(page)
    assert request.url == "https://peer.example/db/report_feed.json?_next=2"


def test_a_peer_is_followed_from_page_to_page(db: Database, server: FaultServer, tmp_path: Path) -> None:
    start = "/db/report_feed.json?_shape=objects&_size=max&_sort=reported_on"
    feed = '{"rows":[{"report_id":"r%d","source":"web","reported_on":"2026-11-0%d","category":"delivery","number":"%s"}],"next_url":%s}'
    server.put(
        start, Answer(200, (feed % (1, 1, "+815099990001", f'"{server.url("/db/report_feed.json?_next=2")}"')).encode())
    )
    server.put("/db/report_feed.json?_next=2", Answer(200, (feed % (2, 2, "+815099990002", "null")).encode()))
    assert run(db, server, "repdb_peer", server.url("/db"), tmp_path).summary.stored == 2
    assert count(db, f"source = 'peer-127.0.0.1:{server.port}'") == 2
    run(db, server, "repdb_peer", server.url("/db"), tmp_path)
    assert server.hits(start + "&reported_on__gte=2026-08-04") == 1


def test_a_company_keeps_what_a_new_list_does_not_speak_of(db: Database, tmp_path: Path) -> None:
    page = tmp_path / "list.csv"
    page.write_text(
        "許可番号,商号,電話番号\n115,リボーン債権回収株式会社,050-9999-0001\n116,みほん債権回収株式会社,番号なし\n"
    )
    plan = Plan(State("", TODAY.isoformat()), files=(page,))
    result = scrape(db, load("licensed_collectors"), None, plan, TODAY)
    assert (result.state, result.summary.rejected) == ("done", 1)
    row = db.one("SELECT name_en, note, source, checked_on FROM companies WHERE name = 'リボーン債権回収株式会社'")
    assert row is not None
    assert row[0].startswith("Reborn")
    assert row[1]
    assert row[2:] == ("moj-servicers", "2026-11-21")


# What can go wrong upstream: nothing of that source is stored, and the reason is told

HTML = b"<!doctype html><title>Moved</title>"
FAULTS = {
    "429 for a day": (Answer(429, headers={"Retry-After": "86400"}), "rate_limited"),
    "500s": (Answer(500), "http_status"),
    "slow drip": (Answer(200, slow_drip), "timeout"),
    "truncated gzip": (truncated_gzip(month("201902")), "truncated"),
    "zip bomb": (Answer(200, zip_bomb, {"Content-Encoding": "gzip"}), "too_large"),
    "redirect to loopback": (Answer(302, headers={"Location": "http://localhost:9/x"}), "refused_address"),
    "redirect loop": (Answer(302, headers={"Location": "/list/2019/201902.csv"}), "redirect_loop"),
    "a page instead of the file": (Answer(200, HTML, {"Content-Type": "text/csv"}), "unexpected_content"),
    "no text": (Answer(200, bytes(range(128, 256)) * 20), "bad_encoding"),
    "a column renamed": (Answer(200, month("201902").replace(b"URL", b"Link")), "layout_changed"),
    "half the rows gone": (Answer(200, month("201902", 30)), "rows_gone"),
    "rows in ruins": (Answer(200, month("201902") + b"2019/02/05,not a url\n" * 20), "too_many_rejects"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_database_as_it_was_and_other_sources_go_on(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path, fault: str
) -> None:
    answer, code = FAULTS[fault]
    assert jpcert(db, server, tmp_path).state == "done"
    before = content(db)
    server.put("/list/2019/201902.csv", answer)
    broken = jpcert(db, server, tmp_path, timeout=0.3 if fault == "slow drip" else 10)
    assert (broken.state, broken.code) == ("failed", code)
    assert broken.error.ja and broken.error.en
    assert content(db) == before
    assert db.one("SELECT state, message FROM runs WHERE command = 'scrape' ORDER BY started_at DESC, run DESC LIMIT 1")
    rules = "".join(f"*://*.shop{n}.net/*\n" for n in range(600)).encode()
    other = run(db, server, "scam_net_shops", server.put("/rules.txt", Answer(200, rules)), tmp_path)
    assert (other.state, other.summary.stored) == ("done", 600)


def test_a_bad_certificate_leaves_the_database_as_it_was_and_other_sources_go_on(
    db: Database, server: FaultServer, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)  # of an authority that nobody trusts
    before = content(db)
    with FaultServer(context) as unknown:
        broken = jpcert(db, unknown, tmp_path)
    assert (broken.state, broken.code, dict(unknown.requests)) == ("failed", "tls", {})
    assert content(db) == before
    rules = "".join(f"*://*.shop{n}.net/*\n" for n in range(600)).encode()
    other = run(db, server, "scam_net_shops", server.put("/rules.txt", Answer(200, rules)), tmp_path)
    assert (other.state, other.summary.stored) == ("done", 600)


def test_robots_disallow_leaves_the_database_as_it_was(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    before = content(db)
    server.put("/robots.txt", Answer(200, b"User-agent: *\nDisallow: /list/\n"))
    assert jpcert(db, server, tmp_path).code == "robots_disallow"
    assert content(db) == before


def test_a_wrong_charset_is_seen_through(db: Database, server: FaultServer, tmp_path: Path) -> None:
    text = HEADER + "".join(f"2019/01/05 10:00:00,https://shop{n}.net/,三井住友カード\n" for n in range(60))
    header = {"Content-Type": "text/csv; charset=utf-8"}
    server.put("/list/2019/201901.csv", Answer(200, text.encode("cp932"), header))
    assert jpcert(db, server, tmp_path).summary.stored == 60
    assert db.one("SELECT COUNT(*) FROM report_companies WHERE company LIKE '%カード%'") == (60,)


def test_what_has_shrunk_is_taken_when_a_person_says_so(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    jpcert(db, server, tmp_path)
    server.put("/list/2019/201902.csv", Answer(200, month("201902", 30)))
    assert jpcert(db, server, tmp_path).code == "rows_gone"
    assert jpcert(db, server, tmp_path, accept=True).state == "done"
    assert jpcert(db, server, tmp_path).state == "done"


def test_too_few_and_too_many_rows(db: Database, server: FaultServer, upstream: Path, tmp_path: Path) -> None:
    (upstream / "201902.csv").unlink()
    (upstream / "201901.csv").write_bytes(month("201901", 10))
    assert jpcert(db, server, tmp_path).code == "too_few_rows"
    page = tmp_path / "a.csv"
    page.write_text("許可番号,商号\n" + "".join(f"{n},みほん{n}債権回収株式会社\n" for n in range(1, 1100)))
    base = server.put("/a.csv", Answer(200, page.read_bytes()))
    assert run(db, server, "licensed_collectors", base, tmp_path).code == "too_many_rows"
    assert count(db) == 0


def test_links_that_go_round_in_circles_end(
    db: Database, server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repdb.scrape.run.MAX_PAGES", 3)
    first = "/db/report_feed.json?_shape=objects&_size=max&_sort=reported_on"
    places = [first, *(f"/db/report_feed.json?_next={n}" for n in range(1, 6))]
    for path, after in pairwise(places):
        server.put(path, Answer(200, f'{{"rows":[],"next_url":"{server.url(after)}"}}'.encode()))
    assert run(db, server, "repdb_peer", server.url("/db"), tmp_path).code == "too_many_pages"
    server.put(places[2], Answer(200, f'{{"rows":[],"next_url":"{server.url(places[1])}"}}'.encode()))
    assert run(db, server, "repdb_peer", server.url("/db"), tmp_path).state == "done"


# A killed run

KILLED = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from repdb import store
from repdb.contracts import State
from repdb.fetch import Fetcher
from repdb.scrape import Plan, load, scrape
from repdb.setup import open_ready
real = store.save_filed
def slow(*args):
    saved = real(*args)
    print("stored", flush=True)
    sys.stdin.read()
store.save_filed = slow
plan = Plan(State({base!r}, "2026-11-21"))
with open_ready({db!r}, date(2026, 11, 21), write=True) as db, Fetcher(Path({raw!r}), local_origins=[{origin!r}]) as fetcher:
    scrape(db, load("jpcert_phishurl"), fetcher, plan, date(2026, 11, 21))
"""


def test_a_killed_run_loses_and_doubles_nothing(
    db: Database, db_path: Path, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    before = content(db)
    raw, base = tmp_path / "raw", server.url("/list/")
    values = {"tests": str(Path(__file__).parent), "base": base, "db": str(db_path), "raw": str(raw)}
    script = KILLED.format(**values, origin=server.origin)
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"stored\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    assert content(db) == before
    result = jpcert(db, server, tmp_path)
    assert (result.state, result.summary.stored, result.unchanged, count(db)) == ("done", 120, 2, 120)
    assert db.all("SELECT state FROM runs WHERE command = 'scrape' ORDER BY state") == [("done",), ("interrupted",)]


@pytest.mark.parametrize("damaged", ["lock.sqlite3", "index.sqlite3"])
def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path, damaged: str) -> None:
    (tmp_path / damaged).write_bytes(b"no database" * 400)
    with pytest.raises(ScrapeError) as caught, lock(tmp_path):
        Fetcher(tmp_path).store.close()
    assert caught.value.code == "disk" and str(tmp_path) in caught.value.text.en


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("")
    with pytest.raises(ScrapeError) as caught, lock(tmp_path / "raw"):
        pass
    assert (caught.value.code, caught.value.exit_code) == ("disk", 3)


def test_one_scrape_at_a_time(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from repdb.scrape import lock\nwith lock(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"in\n"
    with pytest.raises(ScrapeError) as caught, lock(tmp_path):
        pass
    assert caught.value.code == "locked"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with lock(tmp_path):
        pass


# What is known of the sources


def test_overview_tells_how_each_source_fares(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    everything = [load(name) for name in names()]

    def state(today: date = TODAY) -> tuple[str, int, str]:
        row = next(row for row in overview(db, everything, today) if row.name == "jpcert_phishurl")
        return row.state, row.rows, row.message

    assert state() == ("never", 0, "")
    jpcert(db, server, tmp_path)
    assert state(date.today()) == ("ok", 120, "")
    assert state(date(2099, 1, 1)) == ("overdue", 120, "")
    server.put("/list/2019/201901.csv", Answer(500))
    for _ in range(2):
        jpcert(db, server, tmp_path)
    assert state()[0] == "failing"
    assert "500" in state()[2]
    row = next(row for row in overview(db, everything, TODAY) if row.name == "jpcert_phishurl")
    assert row.last_success < row.failed_since < row.last_run


def test_the_doctor_notes_sources_that_fail_or_are_left_alone(
    db: Database, server: FaultServer, upstream: Path, tmp_path: Path
) -> None:
    def notes(as_of: date) -> list[tuple[str, str]]:
        found = doctor.examine(db, as_of)
        assert doctor.sound(found)
        return [(problem.code, problem.text.en) for problem in found]

    today = datetime.now(clock.JAPAN).date()  # of the runs' own moments, whatever REPDB_TODAY says
    assert notes(today) == []
    jpcert(db, server, tmp_path)
    assert notes(today) == []
    ((code, text),) = notes(today + timedelta(days=60))
    assert (code, f"jpcert_phishurl ({today}" in text) == ("source_overdue", True)
    db.execute("UPDATE runs SET started_at = '2026-01-02T00:00:00+00:00' WHERE command = 'scrape'")
    server.put("/list/2019/201901.csv", Answer(500))
    jpcert(db, server, tmp_path)
    db.execute("UPDATE runs SET started_at = '2026-01-05T00:00:00+00:00' WHERE state = 'failed'")
    jpcert(db, server, tmp_path)
    assert notes(today) == [
        ("source_failing", "A source keeps failing: jpcert_phishurl (2026-01-05 –). repdb scrape --list says why.")
    ]
    db.execute("UPDATE runs SET state = 'running' WHERE started_at > '2026-02'")
    assert [code for code, _ in notes(today)] == ["scrape_unfinished"]


def test_a_plan_takes_its_addresses_and_keys_from_the_operator() -> None:
    jpcert, phoneblock, article = map(load, ("jpcert_phishurl", "phoneblock", "article"))
    assert plan_for(jpcert, TODAY, {}).state.base == jpcert.spec.base
    assert (
        plan_for(jpcert, TODAY, {"REPDB_JPCERT_PHISHURL_BASE": "http://127.0.0.1/"}).state.base == "http://127.0.0.1/"
    )
    assert plan_for(jpcert, TODAY, {}, base="http://127.0.0.1:1/").state.base == "http://127.0.0.1:1/"
    assert plan_for(phoneblock, TODAY, {"REPDB_PHONEBLOCK_KEY": "k"}).state.key == "k"
    assert plan_for(article, TODAY, {"REPDB_ARTICLE_URLS": "https://a/ https://b/"}).state.urls == (
        "https://a/",
        "https://b/",
    )
    with pytest.raises(ScrapeError) as caught:
        plan_for(phoneblock, TODAY, {})
    assert (caught.value.code, "REPDB_PHONEBLOCK_KEY" in caught.value.text.ja) == ("key_missing", True)
    with pytest.raises(ScrapeError) as caught:
        plan_for(article, TODAY, {})
    assert caught.value.code == "no_url"


def test_origins_of_named_addresses() -> None:
    assert origins(["http://127.0.0.1:8001/db/", "https://a.example/x", "no address"]) == [
        "http://127.0.0.1:8001",
        "https://a.example",
    ]


def test_every_error_says_what_to_do() -> None:
    for code in CODES:
        text = ScrapeError(code, "x", "y").text
        assert text.ja.endswith("ください。") or text.ja.endswith("）。")
        assert text.en.endswith(".")
