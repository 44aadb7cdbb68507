"""Dates as Japanese and English sources write them → ISO, or a prefix of it where they give less; and back to words
(floor 0).

Only forms that mean one day to everybody: year first, Japanese eras, and English month names. ``03/04/2024`` is
refused, because it is two days; ``13/04/2024`` is one.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from repdb.records import Text, Unreadable

_ERAS = {
    name: before
    for names, before in (("令和 令 r", 2018), ("平成 平 h", 1988), ("昭和 昭 s", 1925))
    for name in names.split()
}
_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name[:size]: month for month, name in enumerate(_NAMES, 1) for size in (3, 4, len(name))}

_FORMS = tuple(
    re.compile(form + r"(?:$|日(?:$|[\s(0-9午正].{0,40}$)|[t\s(].{0,40}$)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})\.?)?)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})年(?:\s?(?P<month>\d{1,2})月(?:\s?(?P<day>\d{1,2}))?)?",
        r"(?P<era>令和?|平成?|昭和?|[rhs])\.?\s?(?P<year>\d{1,2}|元)(?:[年./-]\s?(?P<month>\d{1,2})(?:[月./-]\s?(?:(?P<day>\d{1,2})\.?)?)?|年)?",
        r"(?P<name>[a-z]{3,9})\.?\s(?P<day>\d{1,2}),?\s(?P<year>\d{4})",
        r"(?P<day>\d{1,2})[\s-](?P<name>[a-z]{3,9})\.?[\s-](?P<year>\d{4})",
        r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<other>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)

_UNDATED = Text("日付なし", "undated")
_BAD_DATE = Text(
    "日付「{written}」を読めません。2024-03-09 のように年から書いてください。",
    "Cannot read the date '{written}'. Write it year first, as 2024-03-09.",
)


@lru_cache(maxsize=65536)
def read_date(text: str) -> str:
    """``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; empty for empty. A time after the day is ignored.

    Raises Unreadable ``bad_date`` for anything that is not one day, month or year of the calendar.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        return ""
    for form in _FORMS:
        if found := form.match(written):
            parts = found.groupdict()
            try:
                return _iso(parts)
            except (ValueError, KeyError):
                break
    raise Unreadable("bad_date", _BAD_DATE.format(written=text[:40]))


def _iso(parts: dict[str, str | None]) -> str:
    year = 1 if parts["year"] == "元" else int(parts["year"] or 0)
    if era := parts.get("era"):
        year += _ERAS[era.lower()]
    if one := parts.get("one"):
        parts |= _day_and_month(one, parts["other"] or "")
    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    if not 1900 <= year <= 2200:
        raise ValueError(year)
    date(year, month or 1, day or 1)
    if not month and parts.get("month") is not None:
        raise ValueError(month)
    if not day and parts.get("day") is not None:
        raise ValueError(day)
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _day_and_month(one: str, other: str) -> dict[str, str | None]:
    """Of two numbers before a year, which is the day; raises ValueError where either may be."""
    if int(one) > 12 or int(one) == int(other):
        return {"day": one, "month": other}
    if int(other) > 12:
        return {"day": other, "month": one}
    raise ValueError(one)


@lru_cache(maxsize=16384)
def show_date(reported_on: str) -> Text:
    """A stored date for a reader: 2018年6月6日, 2018年6月, 2018年; in English as it is stored. Empty is "undated"."""
    if not reported_on:
        return _UNDATED
    parts = zip(reported_on.split("-"), "年月日", strict=False)
    return Text("".join(part.lstrip("0") + unit for part, unit in parts), reported_on)
