"""Read-only files that come with packages (floor 0's one exception: package data, read when first needed).

``importlib.resources`` would do, but importing it takes longer than a look-up may. The loader reads zip files too.
"""

from __future__ import annotations

from importlib.util import find_spec
from os.path import dirname, join
from typing import Protocol, runtime_checkable


@runtime_checkable
class _Files(Protocol):
    """What loaders of folders and of zip files have in common."""

    def get_data(self, path: str) -> bytes: ...


def text(name: str, package: str = "repdb.data") -> str:
    """A file of a package as text. The package itself is not imported. Raises ``FileNotFoundError``."""
    spec = find_spec(package)
    if spec is None or spec.origin is None or not isinstance(spec.loader, _Files):
        raise FileNotFoundError(f"{package}/{name}")
    return spec.loader.get_data(join(dirname(spec.origin), name)).decode("utf-8")


def lines(name: str) -> list[str]:
    """The lines of a data file without ``#`` lines and blank ones."""
    return [line for line in text(name).splitlines() if line and line[0] != "#"]


def rows(name: str) -> list[list[str]]:
    """The rows of a CSV data file without header and ``#`` lines."""
    import csv

    return list(csv.reader(lines(name)))[1:]
