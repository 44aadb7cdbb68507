"""One test per page on disk: ``tests/scrapers/NAME/CASE.EXT`` and its golden ``CASE.json`` (``CASE.golden.json`` for JSON).

A missing golden is written and the test fails once, asking for review. Give it the page's address first if it
matters: a golden that holds only ``{"url": "…"}`` is filled in.
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from repdb.scrapers._table import tables

from repdb.categories import SOURCE_KINDS, read_category
from repdb.contracts import LayoutChanged, Page, Record, Scraper, State, extra
from repdb.headers import FIELDS
from repdb.records import RepdbError, Text, Unreadable
from repdb.scrape import load, names
from repdb.scrape.recipe import start

FOLDER = Path(__file__).parent / "scrapers"
FETCHED_ON = "2026-11-21"
CADENCES = {"daily", "weekly", "monthly", "asked"}


def golden_of(page: Path) -> Path:
    return page.with_suffix(".golden.json" if page.suffix == ".json" else ".json")


def cases() -> list[Path]:
    files = sorted(path for path in FOLDER.glob("*/*") if not path.name.endswith(".golden.json"))
    goldens = {golden_of(path) for path in files if path.suffix != ".json"}
    return [path for path in files if path not in goldens]


def as_json(record: Record) -> dict[str, Any]:
    if isinstance(record, dict):
        return {"record": "report", **record}
    told = {f.name: getattr(record, f.name) for f in dataclasses.fields(record) if getattr(record, f.name) != f.default}
    return {"record": type(record).__name__, **told}


def read(scraper: Scraper, page: Page) -> dict[str, Any]:
    try:
        follow = [dataclasses.asdict(request) for request in scraper.follow(page)]
        return {"follow": [request["url"] for request in follow], "records": [as_json(r) for r in scraper.parse(page)]}
    except LayoutChanged as error:
        return {"error": error.text.en}


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_page_gives_its_golden(path: Path) -> None:
    scraper, file = load(path.parent.name), golden_of(path)
    golden = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    url = golden.get("url", scraper.spec.base or scraper.spec.url)
    found = {"url": url} | read(scraper, Page(url, path.read_bytes(), golden.get("content_type", ""), FETCHED_ON))
    if "content_type" in golden:
        found["content_type"] = golden["content_type"]
    if golden.keys() <= {"url", "content_type"}:
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{file} was written: read it, and run again if it is right")
    assert found == golden
    for record in found.get("records", ()):
        if record.pop("record") == "report":
            assert record.keys() <= FIELDS.keys()
            assert all(isinstance(value, str) for value in record.values())
            assert read_category(record.get("category", "")) is not None


@pytest.mark.parametrize("name", names())
def test_scraper_declares_itself_and_has_a_pair(name: str) -> None:
    scraper = load(name)
    spec = scraper.spec
    assert any(path.parent.name == name for path in cases()), f"tests/scrapers/{name}/ has no page with its golden"
    assert spec.title.ja and spec.title.en and spec.terms + spec.licence
    assert spec.kind in SOURCE_KINDS
    assert spec.cadence in CADENCES
    assert 0 <= spec.rows[0] < spec.rows[1]
    assert 0 < spec.trust <= 1.4
    assert all(url.startswith("https://") for url in (spec.url, spec.base) if url)
    assert bool(spec.url) or spec.cadence in ("asked", "daily")
    assert spec.as_source().source == spec.name
    state = State(spec.base or spec.url, FETCHED_ON)
    assert all(request.url.startswith("https://") for request in scraper.pages(state))


@pytest.mark.parametrize(
    "path", [path for path in cases() if path.parent.name == "article"], ids=lambda path: path.name
)
def test_notes_about_an_article_take_over_no_sentence_of_it(path: Path) -> None:
    """As the project's rule for texts: no run of 28 characters, spaces aside."""
    text = "".join(Page("", path.read_bytes()).text.split())
    for record in load("article").parse(Page("", path.read_bytes())):
        note = "".join(record["note"].split()) if isinstance(record, dict) else ""
        assert not [note[at : at + 28] for at in range(len(note) - 27) if note[at : at + 28] in text]


def test_a_new_source_starts_from_a_file_that_works(tmp_path: Path) -> None:
    """``repdb scrape --new``: the scraper it writes reads the page it writes, and the golden test takes it from there."""
    for folder in ("scrapers", "tests/scrapers"):
        (tmp_path / folder).mkdir(parents=True)
    written, page = start("mihon_list", tmp_path)
    module = ModuleType("repdb.scrapers.mihon_list")
    module.__package__ = "repdb.scrapers"
    exec(compile(written.read_text(encoding="utf-8"), str(written), "exec"), module.__dict__)
    scraper = Scraper("mihon_list", module.SOURCE, module.parse)
    assert scraper.spec.name == "mihon-list"
    assert [request.url for request in scraper.pages(State(scraper.spec.url, FETCHED_ON))] == [scraper.spec.url]
    good, bad = read(scraper, Page("", page.read_bytes()))["records"]
    assert good["sender_number"] == "050-9999-0001"
    assert (bad["record"], bad["line"]) == ("Reject", 3)
    for name, root in (
        ("mihon_list", tmp_path),
        ("../x", tmp_path),
        ("_x", tmp_path),
        ("Mihon", tmp_path),
        ("y", page),
    ):
        with pytest.raises(Unreadable):
            start(name, root)


def test_no_two_pages_share_a_golden() -> None:
    assert len({golden_of(path) for path in cases()}) == len(cases())


def test_sources_have_names_of_their_own() -> None:
    specs = [load(name).spec for name in names()]
    assert len({spec.name for spec in specs}) == len(specs)


def test_scrapers_are_found_by_folder_and_by_either_spelling() -> None:
    assert load("jpcert-phishurl") is not None
    assert not [name for name in names() if name.startswith("_")]
    with pytest.raises(Unreadable) as caught:
        load("_table")
    assert caught.value.code == "unknown_source"
    with pytest.raises(Unreadable):
        load("os")


# What is asked for


def urls(name: str, **state: Any) -> list[str]:
    scraper = load(name)
    given = {"base": scraper.spec.base or scraper.spec.url, "today": FETCHED_ON} | state
    return [request.url for request in scraper.pages(State(**given))]


def test_jpcert_is_asked_month_by_month() -> None:
    assert len(urls("jpcert_phishurl")) == 95
    found = urls("jpcert_phishurl", base="http://127.0.0.1:1/x/", since="2026-09-20")
    assert found == [f"http://127.0.0.1:1/x/2026/2026{month}.csv" for month in ("09", "10", "11")]
    assert urls("jpcert_phishurl", today="2019-02-01", since="2010-05-05")[0].endswith("2019/201901.csv")
    assert urls("jpcert_phishurl", since="2027-01-01") == []


def test_phoneblock_goes_on_from_its_version_with_the_key_in_a_header() -> None:
    scraper = load("phoneblock")
    (request,) = scraper.pages(State(scraper.spec.base, FETCHED_ON, key="pbt_x", cursor={"version": "42"}))
    assert request.url == "https://phoneblock.net/phoneblock/api/blocklist?since=42&format=json"
    assert request.headers == {"Authorization": "Bearer pbt_x"}
    assert "since=0" in urls("phoneblock")[0]


def test_a_peer_is_asked_from_some_months_before_its_last_report() -> None:
    peer = "https://peer.example.jp/repdb"
    first = "https://peer.example.jp/repdb/report_feed.json?_shape=objects&_size=max&_sort=reported_on"
    assert urls("repdb_peer") == []
    assert urls("repdb_peer", urls=(peer,)) == [first]
    assert urls("repdb_peer", urls=(peer,), cursor={"peer.example.jp": "2026-11-01"}) == [
        f"{first}&reported_on__gte=2026-08-03"
    ]
    assert urls("repdb_peer", base=peer, since="2026-11-01") == [f"{first}&reported_on__gte=2026-11-01"]


def test_pages_given_by_hand_are_asked_for_instead_of_the_base() -> None:
    assert urls("notice_table") == []
    assert urls("notice_table", urls=("https://example.lg.jp/a", "https://example.lg.jp/b"))[1].endswith("/b")


# The page itself


def test_a_page_says_what_is_missing() -> None:
    page = Page("https://example.jp/x", b"not json")
    with pytest.raises(LayoutChanged) as caught:
        _ = page.json
    assert caught.value.code == "layout_changed"
    assert "https://example.jp/x" in caught.value.text.ja
    for content in (b"[]", b'{"rows": 3}', b'{"other": []}'):
        with pytest.raises(LayoutChanged, match="rows"):
            Page("https://example.jp/x", content).field("rows", list)


def test_long_rejects_are_cut() -> None:
    assert len(Page("", b"").reject(1, "x", "y", "z" * 5000).row) == 2000


def test_titles_are_in_both_languages() -> None:
    assert all(isinstance(load(name).spec.title, Text) for name in names())


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(RepdbError) as error, extra():
        import pdfplumber  # noqa: F401
    assert error.value.code == "extra_missing"
    assert "repdb[scrape]" in error.value.text.ja and "repdb[scrape]" in error.value.text.en


def workbook(sheet: str) -> bytes:
    """The least that is an Excel file, with this XML as its only sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    related = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/%s" Target="%s"/></Relationships>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": related % ("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related % ("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("sheet", "size"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>', (1, 3)),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", (2, 2)),
    ],
)
def test_a_sheet_is_measured_and_read(sheet: str, size: tuple[int, int]) -> None:
    (grid,) = tables(Page("", workbook(sheet)))
    assert (len(grid), len(grid[0])) == size


@pytest.mark.parametrize(
    "content",
    [
        workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        workbook('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>'),
        workbook('<row r="1"><c r="A1"><v>1</v></row>'),
        workbook("").replace(b"xl/workbook.xml", b"xl/workbook.bin"),
        ("<table><tr>" + "<td colspan=1000>x" * 3000 + "</table>").encode(),
        ("<table><tr><td colspan=1000 rowspan=1000>x" + "<tr>" * 999 + "</table>").encode() * 3,
        ("<table><tr><td>x" * 2000).encode(),
    ],
    ids=["far corner", "far row", "no XML", "another format", "wide", "wide and deep", "nested"],
)
def test_a_small_file_that_claims_millions_of_cells_is_refused(content: bytes) -> None:
    with pytest.raises(LayoutChanged):
        list(tables(Page("", content)))
