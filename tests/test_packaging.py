"""The wheel: what is in it, and that it answers away from the sources (.ci/run also installs it, from nothing)."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path, PurePath

import pytest
from floors import FOLDERS, ROOT, imported
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

# What a folder of the tree holds that a user of the wheel has no use for.
LEFT_OUT = {"__pycache__", "__init__.py"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked. Built from a copy: a build leaves folders behind. Isolation would need the network."""
    source, unpacked = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("unpacked")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(source / "dist"),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (source / "dist").glob("repdb-*-py3-none-any.whl")
    zipfile.ZipFile(built).extractall(unpacked)
    return unpacked


def shipped() -> list[str]:
    """Every file of the four folders, by its place in the wheel: ``schema/a.sql`` → ``repdb/schema/a.sql``."""
    return [
        str(PurePath(package.replace(".", "/"), path.relative_to(ROOT / folder)))
        for folder, package in FOLDERS.items()
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and not LEFT_OUT & set(path.parts)
    ]


def test_every_file_of_the_tree_is_in_the_wheel(wheel: Path) -> None:
    files = shipped()
    assert {"repdb/records.py", "repdb/data/sources.csv"} <= set(files)
    assert any(name.startswith("repdb/schema/migrations/0001_") for name in files)
    missing = [name for name in files if not (wheel / name).is_file()]
    assert not missing, "add to packages or package-data in pyproject.toml"


def test_nothing_else_is_in_it(wheel: Path) -> None:
    assert {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")} == {"repdb"}


def test_metadata_names_both_licences_and_the_command(wheel: Path) -> None:
    (info,) = wheel.glob("repdb-*.dist-info")
    metadata = (info / "METADATA").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nVersion: {version}\n" in metadata
    assert "\nLicense-Expression: MIT AND CC-BY-4.0\n" in metadata
    assert "repdb = repdb.__main__:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (info / "licenses" / "LICENSE").read_text(encoding="utf-8")


def test_the_version_is_the_same_in_both_places() -> None:
    import repdb

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert repdb.__version__ == project["version"]


def declared(*extras: str) -> set[str]:
    """Names of the distributions that pyproject.toml asks for, with those of the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [*project["dependencies"], *(row for extra in extras for row in project["optional-dependencies"][extra])]
    return {canonicalize_name(Requirement(row).name) for row in rows}


@pytest.mark.parametrize(
    ("folders", "extras"),
    [
        (("repdb", "scrapers", "schema", "data"), ("postgres", "scrape")),
        (("tests",), ("postgres", "scrape", "test", "bench")),
    ],
    ids=["code", "tests"],
)
def test_what_is_imported_is_declared(folders: tuple[str, ...], extras: tuple[str, ...]) -> None:
    """A package that is only there because another one needs it today, or because we once installed it, is missing."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    ours = {"repdb", "tests"} | {path.stem for path in files}
    names = {
        name.partition(".")[0]: path.relative_to(ROOT)
        for path in files
        for _, name in imported(ast.parse(path.read_text(encoding="utf-8")), "", frozenset())
    }
    owners, wanted = packages_distributions(), declared(*extras)
    missing = {
        name: str(path)
        for name, path in names.items()
        if name not in sys.stdlib_module_names
        and name not in ours
        and not wanted & {canonicalize_name(owner) for owner in owners.get(name, [])}
    }
    assert not missing, "add to dependencies or an extra in pyproject.toml"


def test_it_answers_away_from_the_sources(wheel: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    del environment["REPDB_DB"]  # as on a fresh machine: the default database, made on first use
    code = "import repdb, repdb.cli, sys; print(repdb.__file__, file=sys.stderr); sys.exit(repdb.cli.main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "lookup", "050-3198-3490"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.startswith(str(wheel))
    assert (done.returncode, "050-3198-3490" in done.stdout) == (1, True), done.stderr
    assert list((tmp_path / "home" / "data").rglob("*.db"))
