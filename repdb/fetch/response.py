"""What ``Fetcher.get`` gives: a complete body, where it came from and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from repdb.content import decode
from repdb.fetch.errors import FetchError
from repdb.fetch.rawstore import Stored
from repdb.records import Unreadable


@dataclass(frozen=True)
class Response:
    """A complete body. ``from_cache`` says that the server sent none (304), not that it was ever stored as rows.

    ``unchanged``: the same bytes as last time. ``fetched_at``: when the body came, UTC, ISO 8601.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    content_type: str
    from_cache: bool
    unchanged: bool
    fetched_at: str
    sha256: str

    @classmethod
    def of(cls, kept: Stored, content: bytes, *, from_cache: bool = False, unchanged: bool = True) -> Self:
        """The body with what the raw store keeps of its answer."""
        return cls(
            url=kept.url,
            final_url=kept.final_url,
            status=kept.status,
            content=content,
            content_type=kept.content_type,
            from_cache=from_cache,
            unchanged=unchanged,
            fetched_at=kept.fetched_at,
            sha256=kept.sha256,
        )

    @cached_property
    def text(self) -> str:
        """The decoded body. Raises ``FetchError`` (``bad_encoding``)."""
        try:
            return decode(self.content, self.content_type).text
        except Unreadable as error:
            raise FetchError("bad_encoding", self.url) from error
