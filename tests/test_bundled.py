"""Files that come with packages: read from a folder and from a zip file, and missing ones named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from repdb import bundled


def test_lines_and_rows_leave_remarks_out() -> None:
    written = bundled.text("notices.csv")
    assert bundled.lines("notices.csv") == [line for line in written.split("\n") if line and not line.startswith("#")]
    rows = bundled.rows("notices.csv")
    assert rows and not any(row[0].startswith("#") for row in rows) and len({len(row) for row in rows}) == 1


def test_a_package_may_be_in_a_zip_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("packed_words/__init__.py", "raise RuntimeError('imported')")
        packed.writestr("packed_words/words.txt", "架空請求\n")
    monkeypatch.syspath_prepend(str(tmp_path / "packed.zip"))
    assert bundled.text("words.txt", "packed_words") == "架空請求\n"


def test_what_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_a_folder").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name, package in (("none.csv", "repdb.data"), ("x", "no_such_package"), ("x", "only_a_folder"), ("x", "sys")):
        with pytest.raises(FileNotFoundError, match=name):
            bundled.text(name, package)
