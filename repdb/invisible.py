"""Characters that show nothing, and marks that only strike through, underline or enclose the one before (floor 0).

Unicode's Default_Ignorable_Code_Point and the control characters that are no blanks; fraudsters put both into numbers,
hosts and words. Every reader takes them away, so that one is not blind where another sees.
"""

from __future__ import annotations

_UNSEEN = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS = "\u0332\u0335-\u0338\u20d0-\u20f0"


def _codes(ranges: str) -> frozenset[int]:
    """The code points of the ranges of a character class."""
    codes: set[int] = set()
    for place, char in enumerate(ranges):
        if ranges[place - 1 : place] == "-":
            codes.update(range(ord(ranges[place - 2]), ord(char)))
        codes.add(ord(char))
    return frozenset(codes - {ord("-")})


CLASS = _UNSEEN + _MARKS  # of a regular expression
UNSEEN = _codes(_UNSEEN)
INVISIBLE = UNSEEN | _codes(_MARKS)
