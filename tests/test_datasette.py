"""What ordinary Datasette makes of a database with our metadata file; and that the generated files are up to date."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from floors import ROOT

from repdb import db as storage
from repdb import doctor, filing, migrate, models, schema_docs, store
from repdb.records import Company, Mention, Report, Source

METADATA = ROOT / "datasette-metadata.json"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database with one report, as ``repdb.db``."""
    path = tmp_path_factory.mktemp("datasette") / "repdb.db"
    mentions = (
        Mention("phone", "+815099990001", "callback"),
        Mention("masked_phone", "+815099990***", "callback"),
        Mention("domain", "bad.example", "link"),
        Mention("company", "架空商事", "claimed"),
    )
    words = (("phone", "050-9999-0001", "voip"), ("050-9999-0***", "3"), ("bad.example", "0"), ("架空商事",))
    report = Report("board", mentions, "fake_billing", reported_on="2026-11-01", note="説明", reporter="secret-hash")
    older = Report("board", (Mention("phone", "+815099990000", "sender"),), "delivery", reported_on="2019-03")
    with storage.open_database(str(path), write=True, create=True) as db:
        migrate.migrate(db, "2026-11-21T00:00:00Z")
        with db.transaction():
            store.save_sources(db, [Source("board", "掲示板", "board", redistributable=True, trust=1.0)])
            store.save_companies(db, [Company("架空商事", "架空商事", "fictitious", source="board")], str)
            store.save_reports(
                db,
                [
                    filing.Described(report, words, "説明"),
                    filing.Described(older, (("phone", "050-9999-0000", "voip"),), ""),
                ],
                date(2026, 11, 21),
            )
    return path


@pytest.fixture(scope="module")
def datasette(served: Path) -> Datasette:
    return Datasette([str(served)], metadata=json.loads(METADATA.read_text(encoding="utf-8")))


def get(datasette: Datasette, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        await datasette.invoke_startup()
        return await datasette.client.get(path)

    return asyncio.run(ask())


# --- the generated files


@pytest.mark.parametrize("name", ["schema/schema.sql", "schema/README.md", "datasette-metadata.json"])
def test_generated_files_are_up_to_date(name: str) -> None:
    made = schema_docs.documents()[name]
    assert (ROOT / name).read_text(encoding="utf-8") == made, "run `make schema` and commit"


def test_the_command_writes_them(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    subprocess.run([sys.executable, "-m", "repdb.schema_docs", tmp_path], check=True)
    for name, text in schema_docs.documents().items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_schema_sql_makes_the_same_database(tmp_path: Path) -> None:
    with sqlite3.connect(":memory:") as made:
        made.executescript((ROOT / "schema" / "schema.sql").read_text(encoding="utf-8"))
        rows = made.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    made.close()
    with schema_docs.migrated(str(tmp_path)) as db:
        assert rows == db.all("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def test_the_dictionary_explains_every_column_and_marks_the_private_ones() -> None:
    sections = re.split(r"^## ", (ROOT / "schema" / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    by_table = {section.splitlines()[0]: section for section in sections[1:]}
    assert set(by_table) == {*models.MODELS, *models.VIEWS}
    assert (
        "| `reporter` 🔒 |" in by_table["reports"]
        and "| `source` | TEXT | → [`sources`](#sources) |" in by_table["reports"]
    )
    assert "🔒 なし · none" in by_table["voices"]
    assert "`report_numbers_by_report` (report_id)" in by_table["report_numbers"]
    for table, model in models.MODELS.items():
        for column in model.__table__.columns:  # type: ignore[attr-defined]
            assert f"| `{column.name}`" in by_table[table]


def test_metadata_names_only_what_exists(tmp_path: Path) -> None:
    with schema_docs.migrated(str(tmp_path)) as db:
        tables = schema_docs.metadata(db, "other")["databases"]["other"]["tables"]
        for table, entry in tables.items():
            names = {row[0] for row in schema_docs.columns(db, table)}
            used = {*entry.get("facets", ()), *(entry[k] for k in ("sort", "sort_desc", "label_column") if k in entry)}
            assert used <= names, table
            assert set(entry["columns"]) == names


def test_browsing_indexes_serve_every_sort_and_facet(tmp_path: Path) -> None:
    with schema_docs.migrated(str(tmp_path)) as db:
        for sql in schema_docs.browsing_indexes():
            db.execute(sql)
        for table, shown in schema_docs.SHOWN.items():
            if table in models.VIEWS:
                continue
            for column in {*shown.get("facets", ()), *(shown[k] for k in ("sort", "sort_desc") if k in shown)}:
                plan = db.all(f"EXPLAIN QUERY PLAN SELECT {column} FROM {table} ORDER BY {column} DESC")
                assert "TEMP B-TREE" not in str(plan), (table, column)
        assert doctor.examine(db, date(2026, 11, 21)) == [], "more indexes are no fault"


# --- Datasette in this process


@pytest.mark.parametrize("table", [t for t in (*models.MODELS, *models.VIEWS) if models.about(t).published != "no"])
def test_every_published_table_is_titled_described_and_licensed(datasette: Datasette, table: str) -> None:
    page = get(datasette, f"/repdb/{table}")
    assert page.status_code == 200
    text, about = unescape(page.text), models.about(table)
    assert about.title.ja in text and about.title.en in text
    assert about.description.ja in text and about.description.en in text
    assert "CC BY 4.0" in text and "電気通信番号指定状況" in text and "JPCERT/CC" in text
    facets = get(datasette, f"/repdb/{table}.json").json()["facet_results"]
    assert set(facets) == set(schema_docs.SHOWN.get(table, {}).get("facets", ()))


@pytest.mark.parametrize("table", ["voices", "runs", "rejects"])
def test_private_tables_are_hidden_and_closed(datasette: Datasette, table: str) -> None:
    assert get(datasette, f"/repdb/{table}").status_code == 403
    assert get(datasette, f"/repdb/{table}.json").status_code == 403
    assert f'href="/repdb/{table}"' not in get(datasette, "/repdb").text


def test_columns_are_explained_in_both_languages(datasette: Datasette) -> None:
    text = unescape(get(datasette, "/repdb/numbers").text)
    for column in ("number", "verdict", "last_reported_on"):
        meaning = models.description("numbers", column)
        assert meaning.ja in text and meaning.en in text


def test_facets_sorting_and_labels(datasette: Datasette) -> None:
    answer = get(datasette, "/repdb/numbers.json?_shape=objects").json()
    assert [row["display"] for row in answer["rows"]] == ["050-9999-0001", "050-9999-0000"], "newest first"
    counts = {row["value"]: row["count"] for row in answer["facet_results"]["verdict"]["results"]}
    assert counts == {"suspicious": 1, "past": 1}
    assert ">050-9999-0001</a>" in get(datasette, "/repdb/report_numbers").text, "the label of the number it points to"


def test_queries_answer(datasette: Datasette) -> None:
    found = get(datasette, "/repdb/evidence_for_number.json?number=%2B815099990001&_shape=array").json()
    assert [row["report_id"][:9] for row in found] == ["20261101-"]
    found = get(datasette, "/repdb/numbers_claiming_company.json?name=架空&_shape=array").json()
    assert {row["display"] for row in found} == {"050-9999-0001", "050-9999-0***", "bad.example"}


# --- Datasette as people run it


@pytest.fixture
def server(served: Path, tmp_path: Path) -> Iterator[str]:
    log = (tmp_path / "log").open("w+")
    command = [sys.executable, "-m", "datasette", str(served), "-m", str(METADATA), "-h", "127.0.0.1", "-p", "0"]
    process: subprocess.Popen[Any] = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(300):
            log.seek(0)
            found = re.search(r"running on (http://127\.0\.0\.1:\d+)", log.read())
            if found:
                yield found[1]
                return
            assert process.poll() is None, "datasette ended"
            time.sleep(0.1)
        pytest.fail("datasette did not start")
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_the_stock_command_serves_it(server: str) -> None:
    with httpx.Client(base_url=server, timeout=20) as client:
        front = unescape(client.get("/").text)
        assert schema_docs.TITLE.ja in front and "CC BY 4.0" in front
        listing = unescape(client.get("/repdb").text)
        assert "番号の根拠を見る" in listing
        page = unescape(client.get("/repdb/numbers").text)
        assert "電話番号 / Phone numbers" in page and "050-9999-0001" in page
        assert client.get("/repdb/voices").status_code == 403
        row = client.get("/repdb/numbers/~2B815099990001.json?_shape=objects").json()
        assert row["rows"][0]["verdict"] == "suspicious"
