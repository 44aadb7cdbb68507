"""Where the things that were found in a mail stand in its source, as somebody pasted it (floor 0).

A mail is read as ``Mail.as_text``, which no reader of the answer has; who gave the source wants places in that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from repdb.text.mail import Mail

_HEAD_END = re.compile(r"\r?\n[ \t]*\r?\n")
_HEADER = {name: re.compile(rf"^{name}:", re.IGNORECASE | re.MULTILINE) for name in ("from", "subject")}
NOWHERE = (-1, -1)
_NEAR = 5000  # characters between two lines of a text, as the heads of MIME parts take them
_MOST_SOUGHT = 500  # written forms that are sought in the whole source: the time stays in proportion to its length


class Places:
    """The source of a mail against the text that it is read as: piece by piece, as far as a piece stands in both."""

    def __init__(self, mail: Mail, source: str) -> None:
        self._source = source
        self._text = mail.as_text()
        self._sought: dict[tuple[str, bool], tuple[int, int]] = {}
        head = _HEAD_END.search(source)
        self._body = head.end() if head else len(source)
        self._shown_body = len(self._text) - len(mail.text)
        # (start in the text, end, start in the source)
        self._pieces = sorted(_pieces(mail, self._text, source, self._body))

    def find(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that shows what the text does from ``start`` to ``end``; (-1, -1) where it is encoded
        there, or stands in several places and nothing tells which."""
        if start < 0:
            return NOWHERE
        piece = bisect_right(self._pieces, (start, len(self._text) + 1, 0)) - 1
        if piece >= 0:
            begin, stop, place = self._pieces[piece]
            if end <= stop:
                return place + start - begin, place + end - begin
        sought = self._text[start:end], start >= self._shown_body
        if sought not in self._sought and len(self._sought) < _MOST_SOUGHT:
            self._sought[sought] = self._only(*sought)
        return self._sought.get(sought, NOWHERE)

    def _only(self, written: str, in_body: bool) -> tuple[int, int]:
        """Where it stands in the body or else in the head, if it stands there once."""
        part = (self._body, len(self._source)) if in_body else (0, self._body)
        at = self._source.find(written, *part)
        return NOWHERE if at < 0 or self._source.find(written, at + 1, part[1]) >= 0 else (at, at + len(written))


def _pieces(mail: Mail, text: str, source: str, body: int) -> Iterator[tuple[int, int, int]]:
    shown = text.find("\n")  # the end of the line that shows the sender
    for header, written, after in (
        ("from", mail.from_name, 0),
        ("from", f"<{mail.from_address}>", 0),
        ("subject", mail.subject, shown + 1),
    ):
        line = _HEADER[header].search(source, 0, body)
        begin = text.find(written, after) if len(written) > 2 else -1
        place = source.find(written, line.end(), body) if line and begin >= 0 else -1
        if place >= 0:
            yield begin, begin + len(written), place
    begin, place = len(text) - len(mail.text), body
    for row in mail.text.splitlines(keepends=True):
        written = row.strip()
        at = source.find(written, place, place + len(written) + _NEAR) if written else -1
        if at >= 0:
            first = begin + row.index(written)
            yield first, first + len(written), at
            place = at + len(written)
        begin += len(row)
