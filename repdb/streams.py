"""Bytes of files and pipes, unpacked; of a pipe as they come, and a word when nothing comes for a while (floor 3)."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import select
from collections.abc import Callable
from typing import IO, Any

from repdb import content
from repdb.records import Unreadable

IDLE_SECONDS = 1.0  # after which what has been read is worth storing
_SETTLED_SECONDS = 0.2  # after which no more is waited for to tell the encoding by
_SAMPLE = 1 << 20
_PIECE = 1 << 16
_MAX_LINE = 1 << 24


def open_stream(raw: IO[bytes], piped: bool) -> tuple[io.BufferedReader[Any], Piped | None, bytes]:
    """A stream to read, the pipe behind it if it is one whose text comes as it is, and the first bytes that are there.

    What is packed is read in large pieces, also from a pipe: whoever packs holds it back as well. Raises OSError,
    EOFError and ``zlib.error``.
    """
    start = _start(raw) if piped else b""
    buffered: io.BufferedReader[Any] = io.BufferedReader(_Again(raw.read, start), buffer_size=_SAMPLE)
    if (start if piped else buffered.peek(2))[:2] == b"\x1f\x8b":
        buffered = io.BufferedReader(_Again(gzip.GzipFile(fileobj=buffered).read), buffer_size=_SAMPLE)
    elif piped:
        pipe = Piped(raw, start)
        return io.BufferedReader(pipe), pipe, pipe.sample
    return buffered, None, buffered.peek(_SAMPLE)


def _start(raw: Any) -> bytes:
    """The first bytes of a pipe, two at least if there are so many."""
    read = getattr(raw, "read1", raw.read)
    start: bytes = read(_PIECE)
    while len(start) == 1 and (more := read(_PIECE)):
        start += more
    return start


class _Again(io.RawIOBase):
    """What a function reads as a raw stream, for a buffer of our own size; ``waiting`` was read before."""

    def __init__(self, read: Callable[[int], bytes], waiting: bytes = b"") -> None:
        self._read = read
        self._waiting = waiting

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data, self._waiting = self._waiting[: len(buffer)], self._waiting[len(buffer) :]
        data = data or self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Piped(io.RawIOBase):
    """Bytes of a pipe, in UTF-8, line by whole line, never waiting for more than the next one.

    The encoding is told by the first piece that is not ASCII: until then it does not matter. Where ``pauses`` is set
    and a line has come since the last time, an idle pipe looks like one at its end; ``idle()`` then tells, once, that
    it is none.
    """

    def __init__(self, raw: IO[bytes], waiting: bytes) -> None:
        self._read: Any = getattr(raw, "read1", raw.read)
        try:
            self._descriptor = raw.fileno() if os.name == "posix" else -1  # elsewhere only sockets can be waited for
        except (OSError, AttributeError):
            self._descriptor = -1
        self._rest = waiting  # as read, and not yet given
        self._ready = b""  # whole lines in UTF-8, to be given next
        self._ended = self._paused = self._given = self.pauses = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._utf8 = False
        self.sample = self._gather()

    def readable(self) -> bool:
        return True

    def idle(self) -> bool:
        paused, self._paused = self._paused, False
        return paused

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if self._ended and not self._rest:
                return 0
            if self._ended or b"\n" in self._rest or len(self._rest) >= _MAX_LINE:
                self._fill()
            elif self.pauses and self._given and not self._comes(IDLE_SECONDS):
                self._paused, self._given = True, False
                return 0
            else:
                self._more()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _fill(self) -> None:
        """Make the lines that are whole ready; without an end in sight a piece of one."""
        end = self._rest.rfind(b"\n") + 1
        if end and not self._utf8 and self._decoder is None and not _plain(self._rest[:end]):
            self._gather()
            end = self._rest.rfind(b"\n") + 1
        if self._ended or not end:
            end = len(self._rest)
        lines, self._rest = self._rest[:end], self._rest[end:]
        self._ready = self._as_utf8(lines)
        self._given = True

    def _gather(self) -> bytes:
        """Read on to tell the encoding by: what there is, at least a line."""
        while not self._ended and len(self._rest) < _SAMPLE:
            if b"\n" in self._rest and not self._comes(_SETTLED_SECONDS):
                break
            self._more()
        return self._rest

    def _more(self) -> None:
        piece = self._read(_PIECE)
        self._ended = not piece
        self._rest += piece

    def _comes(self, seconds: float) -> bool:
        return self._descriptor < 0 or self._ended or bool(select.select([self._descriptor], [], [], seconds)[0])

    def _as_utf8(self, lines: bytes) -> bytes:
        if not self._utf8 and self._decoder is None and not _plain(lines):
            try:
                charset = content.decode(lines).charset
            except Unreadable:  # unreadable rows are kept as such, by their characters
                charset = "utf-8"
            self._utf8 = charset in ("utf-8", "utf-8-sig")
            lines = lines.removeprefix(codecs.BOM_UTF8)
            self._decoder = None if self._utf8 else codecs.getincrementaldecoder(charset)("replace")
        return lines if self._decoder is None else self._decoder.decode(lines, self._ended).encode()


def _plain(piece: bytes) -> bool:
    """ASCII that means itself in every encoding."""
    return piece.isascii() and b"\x1b" not in piece and b"\0" not in piece
