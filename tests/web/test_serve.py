"""The server as people run it: swaps under load, nothing private within reach of SQL, rude clients, a gentle stop."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import site_data
from conftest import Cli
from serving import Server, serving
from storage_fixtures import report, save
from web_ask import asking

from repdb import db as storage
from repdb import moderators, review_queue
from repdb.ingest import save_raw
from repdb.snapshot import publish
from repdb.web.server import make_datasette
from repdb.web.site import Settings
from repdb.web.spreadsheet import Neutral


@pytest.fixture(scope="module")
def folder(site_files: site_data.Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies that the server may change: ``working.db`` and ``repdb.db``."""
    made = tmp_path_factory.mktemp("served")
    shutil.copyfile(site_files.working, made / "working.db")
    shutil.copyfile(site_files.snapshot, made / "repdb.db")
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder / "repdb.db", folder / "working.db") as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as made:
        yield made


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


def talk(server: Server, sent: bytes, seconds: float = 5) -> bytes:
    """What the server says to these bytes, until it closes or falls silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as wire:
        wire.sendall(sent)
        heard = b""
        while True:
            try:
                piece = wire.recv(65536)
            except (TimeoutError, ConnectionResetError):
                return heard
            if not piece:
                return heard
            heard += piece


# --- the snapshot and nothing else


def test_health(client: httpx.Client) -> None:
    body = client.get("/-/healthz").json()
    assert body["status"] == "ok" and body["snapshot_date"] == "2026-11-21"


QUERIES = (
    "select * from sqlite_master",
    "select file from pragma_database_list",
    "select * from reports where status <> 'accepted'",
    "select reporter from reports",
    "select contact from disputes",
    "select * from voices",
    "select * from receipts",
    "select * from moderators",
    "attach database '{working}' as w",
    "select * from w.reports",
    "select * from main.audit_log",
    "pragma database_list",
    "select load_extension('x')",
    "select readfile('{working}')",
    "with x as (select 1) insert into meta values ('a', 'b')",
    "select writefile('{working}', 'x')",
    "vacuum into '{folder}/stolen.db'",
)


@pytest.mark.parametrize("sql", QUERIES)
def test_sql_cannot_reach_the_working_database_or_what_waits(client: httpx.Client, folder: Path, sql: str) -> None:
    sent = client.post("/api/v1/reports", json={"subject": "050-9999-4321", "note": "waiting-secret-words"})
    assert sent.status_code == 202
    asked = sql.format(working=folder / "working.db", folder=folder)
    answer = client.get("/repdb.json", params={"sql": asked, "_shape": "objects"})
    assert "waiting-secret-words" not in answer.text and "+815099994321" not in answer.text
    assert "working.db" not in re.sub(re.escape(asked), "", answer.text.replace("\\/", "/")), "not even its name"
    if answer.status_code == 200:
        assert "select" in sql and not answer.json()["rows"] or "sqlite_master" in sql or "pragma" in sql
    assert not (folder / "stolen.db").exists()
    with closing(storage.open_database(str(folder / "working.db"))) as db:
        assert db.one("SELECT COUNT(*) FROM reports WHERE note = 'waiting-secret-words'") == (1,), (
            "it is there, out of reach"
        )


def test_no_table_of_the_site_holds_what_waits(client: httpx.Client) -> None:
    client.post("/api/v1/reports", json={"subject": "050-9999-4322", "note": "another-waiting-word"})
    tables = client.get("/repdb.json").json()["tables"]
    assert len(tables) > 15
    for table in tables:
        text = client.get(f"/repdb/{table['name']}.json", params={"_size": "max"}).text
        assert "another-waiting-word" not in text and "+815099994322" not in text, table["name"]


def test_only_the_snapshot_is_open_for_browsing(client: httpx.Client) -> None:
    assert list(client.get("/.json").json()) == ["repdb"]
    settings = client.get("/-/settings.json").json()
    assert (settings["sql_time_limit_ms"], settings["max_returned_rows"]) == (1000, 1000)


def test_sql_is_stopped_in_time(client: httpx.Client) -> None:
    endless = "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t"
    started = time.monotonic()
    assert client.get("/repdb.json", params={"sql": endless}).status_code == 400
    assert time.monotonic() - started < 10


_PLANS = ", ".join(f"t{n} AS (SELECT a.x FROM {', '.join(f't{n - 1} {c}' for c in 'abcdefg')})" for n in range(1, 9))


@pytest.mark.parametrize(
    "sql",
    [
        "select length(hex(zeroblob(400000000)))",
        "select printf('%150000d', 1) from phrases",
        f"select {', '.join(['*'] * 40)} from phrases",
        f"with t0 as (select 1 as x), {_PLANS} select count(*) from t8",
    ],
    ids=["one value", "many rows", "many columns", "a plan"],
)
def test_sql_is_stopped_before_it_fills_the_memory(client: httpx.Client, server: Server, sql: str) -> None:
    answer = client.get("/repdb.json", params={"sql": sql}, timeout=60)
    assert answer.status_code == 400 and answer.json()["ok"] is False
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text())
    assert peak and int(peak[1]) < 700_000
    assert (
        client.get("/repdb/numbers.json").status_code == 200 and client.get("/number/+815099990001").status_code == 200
    )


# --- browsing


@pytest.mark.parametrize(("typed", "found"), [("電子", True), ("子マ", True), ("マ電", False), ("不在", True)])
def test_two_characters_are_searched(client: httpx.Client, typed: str, found: bool) -> None:
    rows = client.get("/repdb/reports.json", params={"_search": typed, "_shape": "array"}).json()
    assert bool(rows) is found and all(typed in str(row) for row in rows)
    page = client.get("/repdb/reports", params={"_search": typed})
    assert page.status_code == 200 and f'value="{typed}"' in page.text


@pytest.mark.parametrize("typed", ['"', "a OR (", "*", "詐" * 500, "NEAR("])
def test_any_search_is_answered(client: httpx.Client, typed: str) -> None:
    assert client.get("/repdb/reports.json", params={"_search": typed}).status_code == 200


def test_questions_that_people_ask(client: httpx.Client, folder: Path) -> None:
    with closing(storage.open_database(str(folder / "working.db"), write=True)) as db:
        save(db, report("+815099996690", "local", on="2026-11-20"), report("+815099996691", "local", on="2026-11-13"))
        publish(db, str(folder / "repdb.db"), site_data.TODAY)
    until(lambda: client.get("/api/v1/lookup/050-9999-6690").json()["known"])
    new = client.get("/repdb/new_this_week.json?_shape=array").json()
    assert [row["number"] for row in new] == ["+815099996690"]
    blocks = client.get("/repdb/most_reported_050_blocks.json?_shape=array").json()
    assert blocks[0]["block"] == "050-9999" and blocks[0]["reports"] >= blocks[0]["numbers"] > 1
    assert {row["block"]: row["carrier"] for row in blocks}["050-3198"], "designated to somebody"
    claims = client.get("/repdb/numbers_claiming_company.json", params={"name": "アマゾン", "_shape": "array"}).json()
    assert {"050-9999-0001"} <= {row["display"] for row in claims}


def test_rows_come_with_etags(client: httpx.Client) -> None:
    first = client.get("/repdb/numbers.json")
    assert first.headers["cache-control"].startswith("public, max-age=60")
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get("/repdb/numbers.json", headers=tag).status_code == 304
    assert client.get("/repdb/numbers.json?_size=1", headers=tag).status_code == 200
    assert client.get("/repdb/numbers.json", headers=tag | {"cookie": "a=b"}).status_code == 200


def test_every_row_is_on_one_page(site_files: site_data.Files, tmp_path: Path) -> None:
    """Whatever a table is sorted by, and however many rows are alike in it; in whole tables as CSV too."""
    working, snapshot = (Path(shutil.copy(file, tmp_path / file.name)) for file in site_files[:2])
    for turn in (0, 1):  # the second time rows are added to a file that is there
        with closing(storage.open_database(str(working), write=True)) as db:
            rows = [
                {"source": "web", "number": f"050-9999-{1000 + n * 3 % 140:04d}", "company": f"架空{n}", "reported_on": "2026-11-01"}
                for n in range(turn, 140, 2)
            ]  # fmt: skip
            with db.transaction():
                save_raw(db, rows, {}, site_data.TODAY)
        site_data.publish_again(working, snapshot)
    ask = asking(snapshot)
    for table in ("numbers", "reports", "companies", "report_numbers", "phrases", "number_evidence", "report_feed"):
        count = ask(f"/repdb/{table}.json?_size=0").json()["filtered_table_rows_count"]
        seen, page = [], {"next_url": f"/repdb/{table}.json?_size=30"}
        while page["next_url"]:
            page = ask(page["next_url"].removeprefix("http://localhost")).json()
            seen += [str(row) for row in page["rows"]]
        assert len(seen) == count > 100, table
        assert len(set(seen)) == count or table == "report_feed", table
        assert len([*csv.reader(io.StringIO(ask(f"/repdb/{table}.csv?_stream=on").text))]) == count + 1, table


def test_csv_is_no_formula(client: httpx.Client) -> None:
    sql = "select '=1+1' as a, '+815099990001' as number, '@x' as c, 'x=1' as d, '-2+3' as e union all select note, '+813999900**', '', '', '' from reports where note like '%script%'"  # fmt: skip
    response = client.get("/repdb.csv", params={"sql": sql})
    rows = list(csv.reader(io.StringIO(response.text, newline="")))
    assert rows[0] == ["a", "number", "c", "d", "e"]
    assert ["'=1+1", "+815099990001", "'@x", "x=1", "'-2+3"] in rows
    assert len(rows) == 3 and {row[1] for row in rows[1:]} == {"+815099990001", "+813999900**"}
    streamed = client.get("/repdb/numbers.csv", params={"_stream": "on"})
    cells = [row[0] for row in csv.reader(io.StringIO(streamed.text))]
    assert "+815099990001" in cells and not [c for c in cells if c.startswith("'")]


@pytest.mark.parametrize("name", ["_trace", "%5Ftrace", "_tr%61ce"])
def test_no_link_makes_a_page_of_a_csv(client: httpx.Client, name: str) -> None:
    for query in (f"{name}=1&_size=2", f"_size=2&{name}=1&{name}=1"):
        answer = client.get(f"/repdb/numbers.csv?{query}")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8" and "<textarea" not in answer.text
    assert client.get(f"/repdb/numbers.json?{name}=1").json()["rows"]
    assert client.get("/repdb/numbers.json?number__contains=_trace").json()["rows"] == []


def test_a_stream_with_an_or_in_its_condition_ends(client: httpx.Client) -> None:
    asked = {"_stream": "on", "_size": "2", "_sort": "number", "_where": "number > '+8' or number > '+9'"}
    with client.stream("GET", "/repdb/numbers.csv", params=asked) as answer:
        lines = [line for _, line in zip(range(2000), answer.iter_lines(), strict=False)]
    assert 3 < len(lines) == len(set(lines)) < 2000


def test_lines_of_json_are_not_taken_for_csv(client: httpx.Client) -> None:
    asked = {"sql": "select 'p,=q' as v, '-1,+x' as w", "_shape": "array", "_nl": "on"}
    assert client.get("/repdb.json", params=asked).json() == {"v": "p,=q", "w": "-1,+x"}


def test_hostile_notes_in_every_output(client: httpx.Client) -> None:
    for path in (
        "/repdb/reports",
        "/repdb/reports.json?_size=max",
        "/repdb/reports.csv?_size=max",
        "/number/+815099990002",
    ):
        text = client.get(path).text
        for mark in "\u202e\u202c\u200b\0":
            assert mark not in text, (path, mark)
        if ".json" not in path and ".csv" not in path:
            assert "<script>alert" not in text, path
    kinds = {
        p: client.get(p).headers["content-type"].partition(";")[0]
        for p in ("/repdb/reports.json", "/repdb/reports.csv")
    }
    assert kinds == {"/repdb/reports.json": "application/json", "/repdb/reports.csv": "text/plain"}


@pytest.mark.parametrize("seed", range(20))
def test_where_a_csv_is_cut_makes_no_difference(seed: int) -> None:
    import random

    draw = random.Random(seed)
    alphabet = ["=", "+", "-", "@", "8", "*", "a", ",", '"', "\n", "\r", "\t", "漢"]
    rows = [["".join(draw.choices(alphabet, k=draw.randint(0, 6))) for _ in range(3)] for _ in range(20)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    content = out.getvalue().encode()
    whole = Neutral().feed(content, True)
    cuts = sorted(draw.choices(range(len(content) + 1), k=8))
    neutral, pieces = Neutral(), b""
    for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True):
        pieces += neutral.feed(content[start:end])
    assert pieces + neutral.feed(b"", True) == whole
    for given, made in zip(rows, csv.reader(io.StringIO(whole.decode(), newline="")), strict=True):
        for before, after in zip(given, made, strict=True):
            assert after in (before, f"'{before}")
            assert after[:1] not in ("=", "@", "\t") and (after[:1] not in ("+", "-") or after[1:2].isdigit())


# --- swaps


def test_a_new_snapshot_is_picked_up_without_a_failed_request(folder: Path, server: Server) -> None:
    stop, failed, answered = threading.Event(), [], [0]
    paths = (
        "/api/v1/lookup/050-9999-0001",
        "/repdb/numbers.json?_size=5",
        "/number/+815099990001",
        "/-/healthz",
        "/repdb/reports",
    )

    def ask(path: str) -> None:
        with httpx.Client(base_url=server.url, timeout=30) as made:
            while not stop.is_set():
                response = made.get(path)
                answered[0] += 1
                if response.status_code != 200:
                    failed.append((path, response.status_code))

    threads = [threading.Thread(target=ask, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        for turn in range(4):
            number = f"+8150999966{turn:02d}"
            with closing(storage.open_database(str(folder / "working.db"), write=True)) as db:
                save(db, report(number, "local"))
                done = publish(db, str(folder / "repdb.db"), site_data.TODAY)
            assert done.how == "patched"
            with httpx.Client(base_url=server.url, timeout=30) as made:
                until(lambda made=made, number=number: made.get(f"/api/v1/lookup/{number}").json()["known"])  # type: ignore[misc]
                rows = made.get(f"/repdb/numbers.json?number={number.replace('+', '%2B')}&_shape=array").json()
                assert [row["number"] for row in rows] == [number]
                told = made.get("/-/metadata.json").json()
                assert told["snapshot"]["snapshot"] == made.get("/-/healthz").json()["snapshot"]
                assert f"{told['snapshot']['counts']['reports']:,} reports" in made.get("/repdb").text
            time.sleep(0.3)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failed == [] and answered[0] > 50
    if (descriptors := Path(f"/proc/{server.process.pid}/fd")).exists():

        def forgotten() -> bool:
            """One snapshot is open, however many there have been; an old one goes with its last request."""
            with httpx.Client(base_url=server.url) as made:
                made.get("/repdb")
            links = [os.readlink(one) for one in descriptors.iterdir() if one.is_symlink()]
            return not [link for link in links if link.endswith("repdb.db (deleted)")]

        until(forgotten, 20)


def test_a_broken_file_in_its_place_is_not_served(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(folder / "repdb.db", tmp_path / "repdb.db")
    with serving(tmp_path / "repdb.db", None) as server, httpx.Client(base_url=server.url, timeout=30) as made:
        before = made.get("/-/healthz").json()["snapshot"]
        (tmp_path / "broken").write_bytes(b"not a database " * 500)
        (tmp_path / "broken").replace(tmp_path / "repdb.db")
        for _ in range(30):
            assert made.get("/api/v1/lookup/050-9999-0001").json()["snapshot"] == before
            assert made.get("/repdb/numbers.json").status_code == 200
            time.sleep(0.1)
        assert server.log.read_text().count("is not served") == 1, "said once, not each second"
        (tmp_path / "repdb.db").unlink()
        time.sleep(1.2)
        assert made.get("/api/v1/lookup/050-9999-0001").json()["snapshot"] == before
        shutil.copyfile(folder / "repdb.db", tmp_path / "again")
        (tmp_path / "again").replace(tmp_path / "repdb.db")
        assert made.get("/-/healthz").status_code == 200


def test_a_file_copied_over_the_old_one_does_not_take_the_server_down(folder: Path, tmp_path: Path) -> None:
    content = (folder / "repdb.db").read_bytes()
    (tmp_path / "repdb.db").write_bytes(content)
    with serving(tmp_path / "repdb.db", None) as server, httpx.Client(base_url=server.url, timeout=30) as made:
        with (tmp_path / "repdb.db").open("r+b") as file:
            file.truncate(8192)
            for path in ("/number/+815099990001", "/repdb/reports", "/api/v1/stats", "/company/amazon"):
                made.get(path)
            file.write(content)
        until(
            lambda: (
                made.get("/number/+815099990001").status_code == 200 and made.get("/repdb/reports").status_code == 200
            )
        )


def test_a_snapshot_without_its_metadata_or_with_anothers_describes_itself(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(folder / "repdb.db", tmp_path / "repdb.db")
    beside = tmp_path / "datasette-metadata.json"
    own = {"title": "Ours", "databases": {}}
    cases = ("", "{", json.dumps({"snapshot": {"snapshot": "20200101T000000Z"}}), json.dumps(own))
    for text, title in zip(cases, ("repdb: ",) * 3 + ("Ours",), strict=True):
        beside.write_text(text, encoding="utf-8")
        datasette = make_datasette(str(tmp_path / "repdb.db"), Settings())
        assert datasette.metadata()["title"].startswith(title), text


def test_many_reports_while_publishing_runs(folder: Path, server: Server) -> None:
    """200 reports at once, look-ups among them, publishing all the time: none lost, no 5xx, no lock shown."""
    stop = threading.Event()
    published: list[str] = []

    def publishing() -> None:
        while not stop.is_set():
            with closing(storage.open_database(str(folder / "working.db"))) as db:
                published.append(
                    publish(db, str(folder / "repdb.db"), site_data.TODAY, full=len(published) % 2 == 0).how
                )

    def one(n: int) -> tuple[int, int, str]:
        with httpx.Client(base_url=server.url, timeout=60) as made:
            sent = made.post("/api/v1/reports", json={"subject": f"050-9998-{n:04d}", "note": f"load {n}"})
            seen = made.get(f"/api/v1/lookup/050-9998-{n:04d}")
            return sent.status_code, seen.status_code, sent.text

    background = threading.Thread(target=publishing)
    background.start()
    try:
        with ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(one, range(200)))
    finally:
        stop.set()
        background.join()
    assert {a[:2] for a in answers} == {(202, 200)}
    assert not [a for a in answers if "lock" in a[2]]
    assert published
    with closing(storage.open_database(str(folder / "working.db"))) as db:
        stored = {m.key for i in review_queue.reports(db, 1000) for m in i.mentions}
    assert {f"+8150999{n:05d}" for n in range(80000, 80200)} <= stored


# --- rude clients


TRAVERSALS = (
    "/-/site/x/../../../../etc/passwd",
    "/-/site/x/..%2f..%2f..%2fetc%2fpasswd",
    "/-/site/..%2f..%2f/passwd",
    "/-/site/x/%2e%2e%2f%2e%2e%2fsite.py",
    "/-/static/..%2f..%2f..%2f..%2fetc/passwd",
    "/-/static/../../../../../../etc/passwd",
    "/-/static-plugins/repdb.web/../../site.py",
    "/-/static-plugins/repdb.web/..%2fsite.py",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/repdb/..%2f..%2fworking.db",
    "/working.db",
    "//etc/passwd",
    "/-/site/x/\\..\\..\\etc\\passwd",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(server: Server, path: str) -> None:
    heard = talk(server, f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
    assert heard.split()[1] in (b"302", b"400", b"404"), heard[:100]
    assert b"root:" not in heard and b"import " not in heard and b"SQLite format" not in heard


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /api/v1/lookup/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /api/v1/lookup/%ed%a0%80 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"CONNECT x:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET http://x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"BREW /api/v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /api/v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: -5\r\n\r\n",
        b"POST /api/v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: abc\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\ncookie: \xff\xfe=;;;=\r\nconnection: close\r\n\r\n",
        b"GET /?" + b"a&" * 5000 + b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\nx: " + b"y" * 100_000 + b"\r\n\r\n",
        b"POST /-/logout HTTP/1.1\r\nhost: x\r\ncookie: a=b\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        b"content-length: 3\r\nconnection: close\r\n\r\na=\xff",
        b"POST /-/logout HTTP/1.1\r\nhost: x\r\ncookie: a=b\r\ncontent-type: multipart/form-data\r\n"
        b"content-length: 3\r\nconnection: close\r\n\r\na=b",
    ],
)  # fmt: skip
def test_nonsense_is_never_our_failure(server: Server, raw: bytes) -> None:
    heard = talk(server, raw, 2)
    assert not heard or not heard.split()[1].startswith(b"5"), heard[:200]


@pytest.mark.parametrize(
    "head",
    [
        b"POST /api/v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n",
        b"POST /repdb/numbers HTTP/1.1\r\nhost: x\r\ncookie: a=b\r\ncontent-type: application/x-www-form-urlencoded\r\n",
        b"PUT /-/logout HTTP/1.1\r\nhost: x\r\n",
    ],
    ids=["ours", "Datasette's", "put"],
)
def test_a_body_that_is_too_large_is_not_read(server: Server, head: bytes) -> None:
    assert b" 413 " in talk(server, head + b"content-length: 999999999\r\n\r\n{").split(b"\r\n")[0]
    started = time.monotonic()
    chunks = b"transfer-encoding: chunked\r\n\r\n" + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 20
    heard = talk(server, head + chunks, 10).split(b"\r\n")[0]
    # Who hangs up on somebody who is still sending is not always heard.
    assert b" 413 " in heard or (not heard and time.monotonic() - started < 5)


@pytest.mark.slow
def test_slow_clients_are_not_waited_for(server: Server) -> None:
    """Headers that never end, a body that never ends, a second request that never ends: each is given up."""

    def timed(sent: bytes) -> tuple[float, bytes]:
        started = time.monotonic()
        heard = talk(server, sent, 40)
        return time.monotonic() - started, heard

    body = b"POST /api/v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
    first = b"GET /-/healthz HTTP/1.1\r\nhost: x\r\n\r\n"
    with ThreadPoolExecutor(4) as pool:
        header, silent, half, second = pool.map(timed, [b"GET / HTTP/1.1\r\nhost:", b"", body, first + b"GET / HT"])
    assert header[0] < 15 and header[1] == b"" and silent[0] < 15
    assert half[0] < 25 and b" 408 " in half[1].split(b"\r\n")[0]
    assert second[0] < 30 and second[1].count(b"HTTP/1.1 ") == 1


def test_forms_are_for_our_own_pages(client: httpx.Client) -> None:
    page = client.get("/report")
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert token and page.headers["cache-control"] == "no-store"
    form = {"csrftoken": token[1], "subject": "050-9999-5555", "category": "other"}
    for change, headers in (
        ({"csrftoken": ""}, {}),
        ({"csrftoken": token[1] + "x"}, {}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"origin": "https://evil.example"}),
    ):
        assert client.post("/report", data=form | change, headers=headers).status_code == 403, (change, headers)
    with httpx.Client(base_url=str(client.base_url)) as other:
        assert other.post("/report", data=form).status_code == 403, "a token without its cookie"


# --- starting and stopping


def test_a_request_under_way_is_finished_on_sigterm(folder: Path) -> None:
    with serving(folder / "repdb.db", folder / "working.db") as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
            body = b'{"subject": "050-9999-8888", "note": "just in time"}'
            head = f"POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            wire.sendall(head.encode() + body[:10])
            time.sleep(0.5)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            wire.sendall(body[10:])
            assert wire.recv(4096).startswith(b"HTTP/1.1 202 ")
        assert server.process.wait(30) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
        with pytest.raises(OSError, match=r"refused"):
            socket.create_connection(("127.0.0.1", server.port), timeout=5)
    with closing(storage.open_database(str(folder / "working.db"))) as db:
        assert db.one("SELECT COUNT(*) FROM reports WHERE note = 'just in time'") == (1,)


def test_a_taken_port_and_a_wrong_file_are_explained(cli: Cli, folder: Path, server: Server, tmp_path: Path) -> None:
    taken = cli("serve", folder / "repdb.db", "--port", server.port, "--no-reports")
    assert taken.returncode == 3 and str(server.port) in taken.stderr.splitlines()[-1]
    wrong = cli("serve", folder / "working.db", "--port", 0, "--no-reports")
    assert wrong.returncode == 3 and "repdb publish" in wrong.stderr
    limit = cli("serve", folder / "repdb.db", "--limit", "report=often")
    assert limit.returncode == 2 and "--limit" in limit.stderr


def test_publish_and_review_on_the_command_line(cli: Cli, site_files: site_data.Files, tmp_path: Path) -> None:
    shutil.copyfile(site_files.working, tmp_path / "w.db")
    db = ("--db", tmp_path / "w.db")
    first = cli("publish", tmp_path / "out" / "site.db", *db)
    assert first.returncode == 0 and "site.db" in first.stdout
    assert "nothing has changed" in cli("publish", tmp_path / "out" / "site.db", *db).stdout
    assert cli("report", "number", "050-9999-6000", "--pending", *db).returncode == 0
    listed = cli("review", "--list", *db)
    assert "050-9999-6000" in listed.stdout
    report_id = next(r for r in httpx.Response(200, text=cli("review", "--json", *db).stdout).json()["reports"] if r["mentions"][0]["display"] == "050-9999-6000")["report_id"]  # fmt: skip
    assert cli("review", "--accept", report_id, "--reason", "confirmed", *db).returncode == 0
    assert "accept" in cli("review", "--log", *db).stdout
    assert cli("review", "--undo", "last", *db).returncode == 0
    assert cli("review", "--accept", "nothing", *db).returncode == 2
    token = cli("review", "--add-moderator", "花子", *db).stdout.strip()
    with closing(storage.open_database(str(tmp_path / "w.db"))) as opened:
        assert moderators.moderator_of(opened, token) == "花子"


# --- plain Datasette


def test_the_plugin_does_nothing_elsewhere(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as made, made:
        made.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        made.execute("CREATE TABLE t (note TEXT)")
        made.execute("INSERT INTO t VALUES ('https://somewhere.example')")
    done = {}
    for path in ("/", "/api/v1/lookup/188", "/check", "/other/t", "/-/healthz"):
        command = [sys.executable, "-m", "datasette", str(tmp_path / "other.db"), "--get", path]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        done[path] = answer.stdout
        assert (answer.returncode == 0) is (path in ("/", "/other/t")), path
    assert "other" in done["/"] and "repdb" not in done["/"].lower()
    assert '<a href="https://somewhere.example">' in done["/other/t"]
    assert not [text for text in done.values() if "verdict" in text or '"ok"' in text]


def test_the_stock_command_serves_the_site(folder: Path) -> None:
    def get(path: str) -> Any:
        command = [sys.executable, "-m", "datasette", str(folder / "repdb.db"), "--get", path]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert '"verdict": "dangerous"' in get("/api/v1/lookup/050-9999-0001")
    assert '"status": "ok"' in get("/-/healthz")


def test_it_can_be_inspected(folder: Path) -> None:
    command = [sys.executable, "-m", "datasette", "inspect", str(folder / "repdb.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert '"reports"' in done.stdout
