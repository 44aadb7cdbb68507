"""Pages that an operator names himself: each site is a source of its own, known by its host."""

from __future__ import annotations

from urllib.parse import urlsplit

from repdb.contracts import Page, SourceSpec
from repdb.records import Source

# Second-level domains that only Japanese public bodies can register (https://jprs.jp/about/jp-dom/type.html).
_PUBLIC = (".go.jp", ".lg.jp")
_OFFICIAL_TRUST = 1.2


def site_of(page: Page, spec: SourceSpec) -> Source:
    """The source that ``page`` stands for: its host, or the scraper itself for a page without an address."""
    host = (urlsplit(page.address).hostname or "").removeprefix("www.")
    if not host:
        return spec.as_source()
    name, url = f"{spec.name}-{host}", f"https://{host}/"
    kind, trust = ("official", _OFFICIAL_TRUST) if f".{host}".endswith(_PUBLIC) else (spec.kind, spec.trust)
    return spec.as_source(source=name, title=host, title_en=host, url=url, kind=kind, trust=trust)
