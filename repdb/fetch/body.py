"""Reading a response body in bounded memory: size, compression and completeness are checked as the bytes come."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_STEP = 65_536
# What we ask for is all we accept: zlib inflates both step by step, so that a bomb stops at the limit.
ACCEPT_ENCODING = "gzip, deflate"
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BadBody(Exception):
    """``args``: an error code of ``repdb.fetch.errors`` and its detail."""


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int, part: bool = False) -> bytes:
    """All bytes of a body, decompressed; with ``part`` no more than the first ``max_bytes``. Raises ``BadBody``:
    ``too_large``, ``truncated`` or ``bad_compression``."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity"):
        if encoding not in _WINDOW:
            raise BadBody("bad_compression", encoding[:40])
        chunks = _inflate(chunks, _WINDOW[encoding])
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            if part:
                return bytes(body[:max_bytes])
            raise BadBody("too_large", max_bytes)
    return bytes(body)


def _inflate(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Inflated pieces of at most ``_STEP`` bytes. gzip may be several members in a row (RFC 1952 §2.2)."""
    head, chunks = _head(iter(chunks))
    if window == _WINDOW["deflate"] and not _has_zlib_header(head):
        window = -window  # "deflate" of servers that omit the header
    decoder = zlib.decompressobj(window)
    for chunk in chunks:
        while chunk:
            if decoder.eof:
                if not chunk.strip(b"\0"):  # padding after the end
                    break
                decoder = zlib.decompressobj(window)
            try:
                piece = decoder.decompress(chunk, _STEP)
            except zlib.error as error:
                raise BadBody("bad_compression", error) from error
            yield piece
            chunk = decoder.unconsumed_tail or decoder.unused_data
    # The last bytes can still hold output: an input that is used up says nothing of the output buffer.
    while not decoder.eof and (piece := decoder.decompress(b"", _STEP)):
        yield piece
    if not decoder.eof:
        raise BadBody("truncated", "compressed data")


def _head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first two bytes, however they are cut into chunks, and all chunks."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= 2:
            break
    return head[:2], chain([head], chunks)


def _has_zlib_header(head: bytes) -> bool:
    """RFC 1950 §2.2: method 8, and a multiple of 31. No raw stream begins so: its padding would have to be 1."""
    return head[:1] != b"" and head[0] & 15 == 8 and int.from_bytes(head) % 31 == 0
