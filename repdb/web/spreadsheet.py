"""CSV that no spreadsheet calculates (floor 4). OWASP, "CSV Injection"."""

from __future__ import annotations

import re

# What a spreadsheet would calculate. A number in E.164, masked digits included, is no formula.
_RISKY = re.compile(rb'[=@\t\r]|[+\-](?![0-9][0-9*]*(?:["\r\n,]|\Z))')
# The beginning of a cell that may still turn out to be a number, or a line's end.
_UNDECIDED = re.compile(rb"(?:[+\-][0-9*]{0,20}|\r)\Z")


class Neutral:
    """Makes cells of a CSV stream that a spreadsheet would take for a formula begin with an apostrophe.

    Works on the bytes as they come, wherever they are cut. The state is whether a quote is open, whether a cell has
    just begun, and what cannot be decided before more has come.
    """

    def __init__(self) -> None:
        self.quoted = False
        self.fresh = True
        self.held = b""

    def feed(self, piece: bytes, last: bool = False) -> bytes:
        """What may be sent on after this piece; with ``last`` all of it."""
        piece, self.held = self.held + piece, b""
        out = bytearray()
        at = 0
        for found in re.finditer(rb'[",\n]', piece):
            self._text(piece, at, found.start(), out)
            out += found[0]
            at = found.end()
            if found[0] == b'"':
                self.quoted = not self.quoted
                # An opening quote leaves the cell fresh; a closing one ends it.
                self.fresh = self.fresh and self.quoted
            else:
                self.fresh = not self.quoted
        if self.fresh and not last and _UNDECIDED.match(piece, at):
            self.held = piece[at:]
        else:
            self._text(piece, at, len(piece), out)
        return bytes(out)

    def _text(self, piece: bytes, start: int, end: int, out: bytearray) -> None:
        """Bytes without any sign that changes the state."""
        if start == end:
            return
        if self.fresh and _RISKY.match(piece, start) and piece[start:end] != b"\r":
            out += b"'"
        self.fresh = False
        out += piece[start:end]
