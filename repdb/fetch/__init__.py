"""The only network code of repdb: polite, bounded, and deaf to private addresses (floor 3)."""

from __future__ import annotations

from repdb.fetch.errors import FetchError
from repdb.fetch.fetcher import Fetcher
from repdb.fetch.rawstore import RawStore
from repdb.fetch.response import Response

__all__ = ["FetchError", "Fetcher", "RawStore", "Response"]
