"""Contacts whose every letter a publisher hid: ``https://****``, ``050-XXXX-XXXX``, ``(URL)`` (floor 0).

Nothing can be looked up of them, yet the message had them: it wanted a link opened or a number called.
"""

from __future__ import annotations

import re
import unicodedata

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


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
