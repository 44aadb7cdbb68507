"""The numbers of charts: what is drawn is what was counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from repdb.web import charts

PERIODS = st.builds(lambda y, m: f"{y:04d}-{m:02d}", st.integers(2005, 2026), st.integers(1, 12)) | st.integers(
    2005, 2026
).map(str)


@given(st.lists(st.tuples(PERIODS | st.just(""), st.integers(0, 10**6)), max_size=60), st.sampled_from(["ja", "en"]))
def test_columns_stand_for_their_counts(counts: list[tuple[str, int]], lang: str) -> None:
    made = charts.timeline("t", counts, lang)
    dated = {period: n for period, n in counts if period and n}
    if made is None:
        assert len({period[:4] for period in dated}) < 2
        return
    assert sum(c.reports for c in made.columns) == sum(n for period, n in counts if period)
    most = max(made.columns, key=lambda c: c.reports)
    assert most.height == max(c.height for c in made.columns)
    for column in made.columns:
        assert bool(column.height) == bool(column.reports)
        assert column.x >= 0 and column.x + column.width <= charts.WIDTH and column.y >= charts.TOP - 0.1
        assert column.y + column.height <= charts.HEIGHT - charts.BOTTOM + 0.2
    assert [c.x for c in made.columns] == sorted(c.x for c in made.columns)


def test_months_keep_their_gaps_and_many_become_years() -> None:
    made = charts.timeline("t", [("2026-03", 1), ("2026-11", 4)], "ja")
    assert made and [c.period for c in made.columns][0] == "2026年3月" and len(made.columns) == 9
    assert made.gist == "2026年3月から2026年11月まで、5 件。最も多いのは2026年11月（4 件）。"
    years = charts.timeline("t", [("2019-03", 1), ("2026-11", 4), ("2026-10", 2)], "en")
    assert years and [(c.period, c.reports) for c in years.columns][-1] == ("2026", 6) and len(years.columns) == 8
    mixed = charts.timeline("t", [("2024", 1), ("2026-11", 4)], "en")
    assert mixed and len(mixed.columns) == 6, "a bare year makes all of them years"


def test_one_period_or_none_is_no_chart() -> None:
    assert charts.timeline("t", [], "ja") is None
    assert charts.timeline("t", [("2026-11", 9), ("", 3), ("2026-10", 0)], "ja") is None


def test_bars_are_as_long_as_their_numbers() -> None:
    made = charts.bars("t", "w", "u", [("a", 2000, "/a"), ("b", 500, ""), ("c", 0, "")])
    assert made and [(bar.name, bar.shown, bar.percent) for bar in made.bars] == [
        ("a", "2,000", 100.0),
        ("b", "500", 25.0),
    ]
    assert charts.bars("t", "w", "u", []) is None
