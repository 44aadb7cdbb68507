"""Sources: one small file each, which declares itself and parses text into records; no I/O here.

A module of this folder is a scraper unless its name begins with ``_``: there is no list to keep.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from repdb.contracts import Scraper, default_pages, no_links
from repdb.records import Text, Unreadable

_UNKNOWN = Text(
    "情報源「{name}」はありません。repdb scrape --list で一覧を見てください。",
    "There is no source '{name}'. See repdb scrape --list.",
)


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_")))


@cache
def load(name: str) -> Scraper:
    """A scraper by its name, written with ``-`` or ``_``. Raises ``Unreadable`` (``unknown_source``)."""
    name = name.replace("-", "_")
    if name not in names():
        raise Unreadable("unknown_source", _UNKNOWN.format(name=name))
    module = import_module(f"{__name__}.{name}")
    pages, follow = getattr(module, "pages", default_pages), getattr(module, "follow", no_links)
    return Scraper(name, module.SOURCE, module.parse, pages, follow)
