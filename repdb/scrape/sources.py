"""The scrapers there are: the modules of one folder, found by looking."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from repdb.contracts import Scraper, default_pages, no_links
from repdb.records import Text, Unreadable

_FOLDER = "repdb.scrapers"
_UNKNOWN = Text(
    "情報源「{name}」はありません。repdb scrape --list で一覧を見てください。",
    "There is no source '{name}'. See repdb scrape --list.",
)


@cache
def names() -> tuple[str, ...]:
    found = iter_modules(import_module(_FOLDER).__path__)
    return tuple(sorted(module.name for module in found if not module.name.startswith("_")))


@cache
def load(name: str) -> Scraper:
    """A scraper by its name, written with ``-`` or ``_``. Raises ``Unreadable`` (``unknown_source``)."""
    name = name.replace("-", "_")
    if name not in names():
        raise Unreadable("unknown_source", _UNKNOWN.format(name=name))
    module = import_module(f"{_FOLDER}.{name}")
    pages, follow = getattr(module, "pages", default_pages), getattr(module, "follow", no_links)
    return Scraper(name, module.SOURCE, module.parse, pages, follow)
