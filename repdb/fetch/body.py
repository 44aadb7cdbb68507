"""Reading a response body in bounded memory: size, compression and completeness are checked as the bytes come."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_STEP = 65_536
# What we ask for is all we accept: zlib inflates both step by step, so that a bomb stops at the limit.
ACCEPT_ENCODING = "gzip, deflate"
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BadBody(Exception):
    """``args``: an error code of ``repdb.fetch.errors`` and its detail."""


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """All bytes of a body, decompressed. Raises ``BadBody``: ``too_large``, ``truncated`` or ``bad_compression``."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity"):
        if encoding not in _WINDOW:
            raise BadBody("bad_compression", encoding[:40])
        chunks = _inflate(chunks, _WINDOW[encoding])
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise BadBody("too_large", max_bytes)
    return bytes(body)


def _inflate(chunks: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Inflated pieces of at most ``_STEP`` bytes. gzip may be several members in a row (RFC 1952 §2.2)."""
    decoder = zlib.decompressobj(window)
    begun = False
    for chunk in chunks:
        while chunk:
            if decoder.eof:
                if not chunk.strip(b"\0"):  # padding after the end
                    break
                decoder = zlib.decompressobj(window)
            try:
                piece = decoder.decompress(chunk, _STEP)
            except zlib.error as error:
                if not begun and window == 15 and chunk[:1]:  # "deflate" of servers that omit the zlib header
                    window, decoder = -15, zlib.decompressobj(-15)
                    begun = True
                    continue
                raise BadBody("bad_compression", error) from error
            begun = True
            yield piece
            chunk = decoder.unconsumed_tail or decoder.unused_data
    # The last bytes can still hold output: an input that is used up says nothing of the output buffer.
    while begun and not decoder.eof and (piece := decoder.decompress(b"", _STEP)):
        yield piece
    if not decoder.eof:
        raise BadBody("truncated", "compressed data")
