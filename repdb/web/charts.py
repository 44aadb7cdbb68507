"""Figures as pictures that need no script: the numbers of SVG columns and bars (floor 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from repdb.dates import show_date
from repdb.records import Text

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 150, 34, 8, 22
MOST_MONTHS = 36
_LABELS = 5

_GIST = Text(
    "{first}から{last}まで、{total} 件。最も多いのは{top}（{most} 件）。",
    "{total} from {first} to {last}; most in {top} ({most}).",
)


class Bar(NamedTuple):
    """``percent`` of the longest bar; ``href`` is empty where there is nothing to follow."""

    name: str
    shown: str
    percent: float
    href: str


class Bars(NamedTuple):
    title: str
    what: str
    unit: str
    bars: tuple[Bar, ...]


class Column(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    period: str
    reports: int


class Rule(NamedTuple):
    y: float
    shown: str


class Timeline(NamedTuple):
    title: str
    gist: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def bars(title: str, what: str, unit: str, rows: Iterable[tuple[str, int, str]]) -> Bars | None:
    """Rows of (name, count, link), the longest first or in time; None where there are none."""
    kept = [row for row in rows if row[1] > 0]
    if not kept:
        return None
    longest = max(count for _, count, _ in kept)
    made = tuple(Bar(name, f"{count:,}", round(100 * count / longest, 1), href) for name, count, href in kept)
    return Bars(title, what, unit, made)


def timeline(title: str, counts: Sequence[tuple[str, int]], lang: str) -> Timeline | None:
    """Columns by month, or by year where months are missing or many. ``counts`` are (``YYYY`` or ``YYYY-MM``, n).

    Periods without a report keep their place. None where fewer than two periods have any: one column tells nothing.
    """
    dated = [(period, count) for period, count in counts if period and count]
    if not dated:
        return None
    months = all(len(period) == 7 for period, _ in dated)
    if months:
        first, last = _month(min(dated)[0]), _month(max(dated)[0])
        months = last - first < MOST_MONTHS
    size = 7 if months else 4
    summed: dict[str, int] = {}
    for period, count in dated:
        summed[period[:size]] = summed.get(period[:size], 0) + count
    if len(summed) < 2:
        return None
    periods = _periods(min(summed), max(summed), months)
    return Timeline(title, _gist(summed, lang), *_columns(summed, periods, lang))


def _month(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def _periods(first: str, last: str, months: bool) -> list[str]:
    """Every period from first to last, at least six, so that two reports are no wall."""
    if months:
        end = _month(last)
        return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(min(_month(first), end - 5), end + 1)]
    return [f"{year:04d}" for year in range(min(int(first), int(last) - 5), int(last) + 1)]


def _gist(summed: dict[str, int], lang: str) -> str:
    top = max(summed, key=lambda period: (summed[period], period))
    total = sum(summed.values())
    words = {name: show_date(period) for name, period in (("first", min(summed)), ("last", max(summed)), ("top", top))}
    return _GIST.format(**words, total=f"{total:,}", most=f"{summed[top]:,}").pick(lang)


def _columns(summed: dict[str, int], periods: list[str], lang: str) -> tuple[tuple[Column, ...], tuple[Rule, ...]]:
    most = max(summed.values())
    step = (WIDTH - LEFT) / len(periods)
    room = HEIGHT - TOP - BOTTOM
    every = -(-len(periods) // _LABELS)
    made = []
    for place, period in enumerate(periods):
        count = summed.get(period, 0)
        height = round(max(2.0, room * count / most), 1) if count else 0.0
        x = LEFT + place * step
        # Labels are counted from the end: the last period is the one that matters.
        label = _label(period) if (len(periods) - 1 - place) % every == 0 and x > LEFT + 8 else ""
        made.append(
            Column(round(x + step * 0.12, 1), round(TOP + room - height, 1), round(min(step * 0.76, 40), 1), height,
                   round(min(x + step / 2, WIDTH - 20), 1), label, show_date(period).pick(lang), count)
        )  # fmt: skip
    levels = (most, most // 2, 0) if most > 1 else (most, 0)
    return tuple(made), tuple(Rule(round(TOP + room - room * level / most, 1), f"{level:,}") for level in levels)


def _label(period: str) -> str:
    return period if len(period) == 4 else f"{period[2:4]}/{int(period[5:])}"
