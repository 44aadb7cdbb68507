"""Imports point down only (DESIGN §6). The rules and their table are in ``floors.py``."""

from __future__ import annotations

import ast
import re

import pytest
from floors import FLOORS, broken, floor_of, modules

MODULES = modules()
KNOWN = frozenset(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_module_keeps_to_its_floor(module: str) -> None:
    path = MODULES[module]
    assert broken(module, path.read_text(encoding="utf-8"), KNOWN, path.name == "__init__.py") == []


@pytest.mark.parametrize("module", MODULES)
def test_docstring_and_table_agree(module: str) -> None:
    said = re.search(r"\(floor (\d)", ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8"))) or "")
    assert said is None or float(said[1]) == floor_of(module)


def test_the_walk_finds_the_project() -> None:
    assert {"repdb", "repdb.records", "repdb.text", "repdb.scrapers", "repdb.schema", "repdb.data"} <= KNOWN


def test_no_module_has_two_places() -> None:
    entries = " ".join(FLOORS.values()).split()
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize(
    ("module", "floor"),
    [
        ("repdb", 0),
        ("repdb.phone", 0),
        ("repdb.text.extract", 0),
        ("repdb.scrapers.jpcert_phishurl", 0.5),
        ("repdb.store", 1),
        ("repdb.signals.known", 2),
        ("repdb.web.routes", 4),
        ("repdb.phoney", None),
        ("repdb.helpers", None),
    ],
)
def test_floor_of(module: str, floor: float | None) -> None:
    assert floor_of(module) == floor


SOME = frozenset(
    {"repdb", "repdb.phone", "repdb.store", "repdb.lookup", "repdb.text", "repdb.text.extract", "repdb.cli"}
)

# A rule that finds nothing in a bad module guards nothing: one synthetic offender for each.
BAD = {
    "unlisted module": ("repdb.helpers", "", "no floor"),
    "import from above": ("repdb.phone", "import repdb.store", "from above"),
    "from-import of a module": ("repdb.phone", "from repdb import store", "from above"),
    "from-import of a name": ("repdb.score", "from repdb.lookup import answer", "from above"),
    "function-local": ("repdb.store", "def f():\n    from repdb.lookup import answer", "repdb.store:2"),
    "relative": ("repdb.phone", "from . import store", "from above"),
    "relative, two up": ("repdb.text.extract", "from ..store import open_database", "from above"),
    "relative, in a package": ("repdb.text", "from ..cli import app", "from above"),
    "dynamic": ("repdb.lookup", "import importlib\nimportlib.import_module('repdb.cli')", "from above"),
    "for types only": ("repdb.phone", "if TYPE_CHECKING:\n    from repdb.cli import app", "from above"),
    "scraper imports storage": ("repdb.scrapers.x", "from repdb.store import save", "from above"),
    "pure code imports a scraper": ("repdb.phone", "from repdb.scrapers.x import SOURCE", "from above"),
    "phonenumbers elsewhere": ("repdb.lookup", "from phonenumbers import parse", "only repdb.phone_foreign"),
    "suffix list elsewhere": ("repdb.company", "import publicsuffixlist", "only repdb.domain"),
    "network elsewhere": ("repdb.cli.scrape", "def f():\n    import httpx", "only repdb.fetch"),
    "network by the standard library": ("repdb.ingest", "from urllib.request import urlopen", "only repdb.fetch"),
    "file module on floor 0": ("repdb.phone", "from pathlib import Path", "no I/O"),
    "submodule on floor 0": ("repdb.phone", "import os.path", "no I/O"),
    "file question on floor 0": ("repdb.phone", "from os.path import exists, join", "os.path.exists"),
    "clock module on floor 0": ("repdb.text.extract", "import time", "clock"),
    "open on floor 0": ("repdb.domain", "rows = open('x')", "open()"),
    "clock call on floor 0": ("repdb.company", "from datetime import date\ndate.today()", "no clock"),
    "clock in a scraper": ("repdb.scrapers.x", "datetime.now()", "no clock"),
}


@pytest.mark.parametrize("case", BAD)
def test_offender_is_found(case: str) -> None:
    module, source, expected = BAD[case]
    found = broken(module, source, SOME, is_package=module == "repdb.text")
    assert any(expected in sentence for sentence in found), found


GOOD = {
    "own floor": ("repdb.lookup", "from repdb.check import read\nfrom repdb.lookup import answer"),
    "downwards": ("repdb.cli", "from repdb import lookup, __version__\nfrom repdb.records import Answer"),
    "gate keeper": ("repdb.phone_foreign", "def parse():\n    import phonenumbers"),
    "gate keeper's package": ("repdb.fetch.robots", "import httpx"),
    "package data": ("repdb.phone", "from importlib.resources import files\nfiles('repdb.data')"),
    "names of paths": ("repdb.phone", "from os.path import dirname, join"),
    "scraper": ("repdb.scrapers.x", "from repdb.records import Source\nfrom bs4 import BeautifulSoup\nimport csv, io"),
    "dates without a clock": ("repdb.company", "from datetime import date\ndate.fromisoformat('2026-01-01')"),
    "files above": ("repdb.db", "import os, sqlite3\nfrom pathlib import Path\nopen('x')"),
    "relative, same package": ("repdb.text", "from . import extract\nfrom .extract import mentions"),
    "name like a gate": ("repdb.lookup", "import phonenumbers_extra"),
}


@pytest.mark.parametrize("case", GOOD)
def test_ordinary_code_passes(case: str) -> None:
    module, source = GOOD[case]
    assert broken(module, source, SOME, is_package=module == "repdb.text") == []
