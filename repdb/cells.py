"""What spreadsheets and people do to a cell, undone where only one reading is left (floor 3).

* A date that Excel shows as a number: 36526–73050 are the days 2000-01-01 to 2099-12-31 counted from 1899-12-30 (Excel's
  own day 1 is 1900-01-01, and its 1900 has a day too many).
* A number that became a decimal: ``5099990221.0``, ``3.0``. Several telephone numbers in one cell.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from repdb import phone
from repdb.identify import NO_NUMBER
from repdb.records import Unreadable

# What people write into a cell that has nothing to say; of names also what is no name.
NOTHING = frozenset(
    ("", "-", "－", "ー", "―", "—", "–", "n/a", "N/A", "なし", "無し", "無", "ナシ", "特になし", "不明", "不詳", "非公開", *NO_NUMBER, "未記入", "記載なし", "覚えていない", "わからない", "分からない")
)  # fmt: skip
NO_NAME = NOTHING | {
    "その他",
    "他",
    "名乗らず",
    "名乗らない",
    "名のらず",
    "名乗りなし",
    "聞き取れず",
    "記憶なし",
    "匿名",
    "無言",
    "未確認",
    "unknown",
    "Unknown",
}

_FIRST, _LAST = 36526, 73050
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]{1,15})?")
_TIME = re.compile(r"[0-9]{1,2}(?::[0-9]{2}){1,2}|[0-9]{1,2}時(?:[0-9]{1,2}分)?")  # of whichever day
_EPOCH = date(1899, 12, 30)
_DECIMAL = re.compile(r"(?:[1-9][0-9]{6,14}|0[0-9]{9,10})\.0")
_COUNT = re.compile(r"([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0{1,6})?[ ]?(?:件|reports?)?")
_BETWEEN = re.compile(r"[ \t]*[、,，;；/／\r\n]+[ \t]*")
_BLANKS = re.compile(r"\s+")
# What may stand behind a number and says neither another number nor whose it is: （本人） stays, and is refused.
_BEHIND = re.compile(
    r"\s{0,3}(?:ほか|他|等|など|[（(](?:(?:IP|ＩＰ|固定|携帯|国際)(?:電話)?|スマホ|フリーダイヤル|ナビダイヤル)[)）])\s{0,3}$"
)
_UNUSUAL = re.compile(r"[、,，;；/／\r\n]|\.0(?:$| \|)|[ \t　][+＋0０]|[か他等ど)）]\s{0,3}(?:$| \|)")
_WHOLE = 9  # digits of the shortest telephone number that is told from a part of one


@lru_cache(maxsize=16384)
def date_cell(written: str) -> str:
    """A day's serial number as ISO, other text as it is; empty for a word that says nothing, and for a time alone."""
    if found := _SERIAL.fullmatch(written.strip()):
        days = int(found[1])
        if _FIRST <= days <= _LAST:
            return (_EPOCH + timedelta(days)).isoformat()
    if _TIME.fullmatch(unicodedata.normalize("NFKC", written).strip()):
        return ""
    return said(written)


def said(written: str) -> str:
    return "" if written.strip() in NOTHING else written


# Canonical field → what its cell says.
CLEANERS: dict[str, Callable[[str], str]] = {
    "reported_on": date_cell,
    "category": said,
    "stance": said,
    "flag": str.strip,  # 無 is an answer
    "rating": said,
    "state": said,
    "genuine": str.strip,
    "role": said,
    "count": said,
}


def read_count(written: str) -> int:
    """``12``, ``12件``, ``1,200``, ``3.0``; 0 for anything else."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", written).strip().casefold())
    return int(found[1].replace(",", "")) if found else 0


def pieces(written: str, numbers: bool) -> Sequence[str]:
    """The values of one cell: parted by `` | ``, and telephone numbers by 、 / blanks or a new line where each is
    whole; ほか and （IP電話） behind one are left out."""
    parts = written.split(" | ") if "|" in written else (written,)
    if not numbers or not _UNUSUAL.search(written):
        return parts
    return [one for part in parts for one in _numbers(part)]


@lru_cache(maxsize=4096)
def _numbers(written: str) -> tuple[str, ...]:
    """Each of the numbers in a cell, or the cell as it is where a part of it is none by itself."""
    if _DECIMAL.fullmatch(written):
        return (written.removesuffix(".0"),)
    for between in (_BETWEEN, _BLANKS):
        parts = tuple(_BEHIND.sub("", part) for part in between.split(written.strip()) if part)
        with contextlib.suppress(Unreadable):
            if parts and all(sum(map(str.isdecimal, part)) >= _WHOLE and phone.read(part) for part in parts):
                return parts
    return (written,)
