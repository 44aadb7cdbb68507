"""Read-only files that come with packages (floor 0's one exception: package data, read when first needed).

``importlib.resources`` would do, but importing it takes longer than a look-up may. The loader reads zip files too.
"""

from __future__ import annotations

from importlib.util import find_spec
from os.path import dirname, join


def text(name: str, package: str = "repdb.data") -> str:
    """A file of a package as text. The package itself is not imported. Raises ``FileNotFoundError``."""
    spec = find_spec(package)
    # What loaders of folders and of zip files have in common; a namespace without files has it not.
    read = getattr(spec and spec.loader, "get_data", None)
    if spec is None or spec.origin is None or read is None:
        raise FileNotFoundError(f"{package}/{name}")
    data: bytes = read(join(dirname(spec.origin), name))
    return data.decode("utf-8")


def lines(name: str) -> list[str]:
    """The lines of a data file without ``#`` lines and blank ones."""
    return [line for line in text(name).splitlines() if line and line[0] != "#"]


def rows(name: str) -> list[list[str]]:
    """The rows of a CSV data file without header and ``#`` lines."""
    import csv

    return list(csv.reader(lines(name)))[1:]
