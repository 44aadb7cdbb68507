"""Contacts whose every letter a publisher hid: ``https://****``, ``050-XXXX-XXXX``, ``(URL)`` (floor 0).

Nothing can be looked up of them, yet the message had them: it wanted a link opened or a number called.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_SIGNS = r"(?:[*○●〇◯■□×✕?…~～・]+|x{3,}|\.{2,})"
_NAMES = r"(?:url|リンク|短縮url|偽サイト|偽のurl|不審なurl|フィッシングサイト|詐欺サイト)(?:のurl|へのリンク|のリンク)?(?:省略|略|は省略)?"
_NUMBER = re.compile(
    r"(?<![0-9a-z])0[0-9]{1,3}[- (]?[x×*○●〇◯■]{2,4}[-) ]?[x×*○●〇◯■0-9]{4}|(?:\(|\[|【|<)電話番号(?:\)|\]|】|>)"
)
_LINK = re.compile(
    # A scheme with signs, nothing or Japanese behind it; a host that is signs but for its ends.
    rf"h(?:tt|xx)ps?[:：]//(?:[a-z0-9.-]{{0,40}}{_SIGNS}|[^!-~]|$)|www\.{_SIGNS}|"
    # The word URL where the address was.
    rf"(?:[:(\[【<■▼▽→⇒↓\n]|^)[ ]?{_NAMES}[ ]?(?:[)\]】>\n]|$)",
    re.MULTILINE,
)


def hides_number(text: str) -> bool:
    """Whether a telephone number stood in the text of which no subscriber's digit is left."""
    return _NUMBER.search(_plain(text)) is not None


def hides_link(text: str) -> bool:
    """Whether a link stood in the text of which no host is left."""
    return _LINK.search(_plain(text)) is not None


# A scheme and what is to be a host, in letters that a machine could read.
_WRITTEN = re.compile(r"https?://(?!localhost|10\.|127\.|192\.168\.)[a-z0-9-]{1,63}[!-)+-;=>@-~]", re.IGNORECASE)


# A scheme that is taken to pieces; a host that is whole behind it was read.
_APART = re.compile(
    r"https?(?:[ 　]{1,3}[:：][ 　]{0,3}[/／][ 　]{0,3}[/／]|[:：](?:[ 　]{1,3}[/／][ 　]{0,3}[/／]|[/／][ 　]{1,3}[/／]))[ 　]{0,3}(?=[a-z0-9])",
    re.IGNORECASE,
)


def leaves_unread(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a link stands in the text that is in none of the spans, which are what was read of it."""
    if "http" not in text.lower():
        return False
    read = sorted({span for span in spans if span[0] >= 0})
    starts, ends = [start for start, _ in read], list(accumulate((end for _, end in read), max, initial=0))
    apart = any(ends[bisect_right(starts, found.end() + 1)] <= found.end() for found in _APART.finditer(text))
    return apart or any(
        ends[bisect_right(starts, found.start())] <= found.start()
        and not _LINK.search(text[found.start() : found.start() + 64].lower())
        for found in _WRITTEN.finditer(text)
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
