"""Batches as rows: sorted, each report once, and taking reports away leaves what filing the others gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from storage_fixtures import TODAY, described, phone, report

from repdb.filing import REPORT_COLUMNS, Described, Filed, file, identity, votes
from repdb.records import Mention, Report
from repdb.votes import strength

REPORTS = st.builds(
    lambda key, source, day, stance, status, others: report(
        phone(key),
        source,
        f"2026-10-{day:02d}",
        stance=stance,
        status=status,
        others=tuple(Mention(kind, name, "claimed") for kind, name in others),
    ),
    st.integers(1, 4),
    st.sampled_from(["notice", "board"]),
    st.integers(1, 9),
    st.sampled_from(["adverse", "benign", "neutral"]),
    st.sampled_from(["accepted", "pending"]),
    st.lists(st.sampled_from([("company", "甲"), ("company", "乙"), ("domain", "a.example"), ("email", "a.example")])),
)


def told(filed: Filed) -> dict[str, list[tuple[object, ...]]]:
    """What is stored of each kind."""
    return {kind: [*some.rows, *some.described] for kind, some in filed.mentions.items() if some.rows}


@given(st.lists(REPORTS, max_size=12))
def test_rows_are_in_order_and_each_report_is_there_once(batch: list[Described]) -> None:
    filed = file(batch, TODAY)
    assert filed.given == len(batch)
    ids = [row[0] for row in filed.reports]
    assert ids == sorted({identity(item)[0] for item in batch})
    assert filed.sources() == {item.report.source for item in batch}
    for some in filed.mentions.values():
        places = [row[:2] for row in some.rows]
        assert places == sorted(set(places))
        assert [words[0] for words in some.described] == sorted({key for key, _ in places})


@given(st.lists(REPORTS, max_size=12))
def test_votes_are_what_the_counted_mentions_say_voice_by_voice(batch: list[Described]) -> None:
    filed = file(batch, TODAY)
    rows = {row[0]: dict(zip(REPORT_COLUMNS, row, strict=True)) for row in filed.reports}
    for some in filed.mentions.values():
        said = [(key, rows[at], strong) for key, at, _, strong in some.rows]
        counted = [(*one, one[1]["stance"]) for one in said if one[1]["status"] == "accepted"]
        given_votes = votes(some.rows, filed.reports)
        assert len(given_votes) == len({(k, r["source"], r["reporter"]) for k, r, _, s in counted if s != "neutral"})
        for key, source, reporter, reports, benigns, first, last, adverse, benign in given_votes:
            mine = [one for one in counted if (one[0], one[1]["source"], one[1]["reporter"]) == (key, source, reporter)]
            against = [(r["reported_on"], strong) for _, r, strong, stance in mine if stance == "adverse"]
            on = sorted(day for day, _ in against) or [""]
            assert (reports, first, last) == (len(against), on[0], on[-1])
            assert adverse == max((strong for _, strong in against), default=0.0)
            assert benigns == len(mine) - len(against) - sum(stance == "neutral" for *_, stance in mine)
            assert benign == max((strong for _, _, strong, stance in mine if stance == "benign"), default=0.0)


@given(st.lists(REPORTS, max_size=8), st.lists(REPORTS, max_size=8))
def test_taking_reports_away_leaves_the_others(some: list[Described], others: list[Described]) -> None:
    gone = {identity(item)[0] for item in some}
    left = file([*some, *others], TODAY).without(gone)
    alone = file([item for item in others if identity(item)[0] not in gone], TODAY)
    assert (left.reports, told(left)) == (alone.reports, told(alone))
    assert left.given == len(some) + len(others)


def test_of_two_spellings_of_a_report_the_first_counts() -> None:
    first, again = report(ref="1", note="first"), report(phone(2), ref="1", note="again")
    filed = file([first, again], TODAY)
    assert filed.given == 2 and [row[REPORT_COLUMNS.index("note")] for row in filed.reports] == ["first"]
    assert [words[0] for words in filed.mentions["phone"].described] == ["+815099900001"]


def test_a_year_that_has_just_begun_lies_in_the_future_and_counts_as_today() -> None:
    rows = file([report(on="2027"), report(phone(2), on="2026-11-21")], TODAY).mentions["phone"].rows
    assert {row[3] for row in rows} == {strength("phone", "2026-11-21")}


def test_names_that_are_one_company_are_mentioned_once() -> None:
    claims = (Mention("company", "丙銀", "claimed"), Mention("company", "丙", "claimed"))
    filed = file([described(Report("board", claims)), report("丁", kind="company")], TODAY)
    renamed = filed.renamed("company", {"丙銀": "丙"})
    assert [row[0] for row in renamed.rows] == ["丁", "丙"]
    assert [vote[0] for vote in votes(renamed.rows, filed.reports)] == ["丁", "丙"]
    assert [words[0] for words in renamed.described] == ["丁", "丙"]
    assert filed.renamed("company", {}) == filed.mentions["company"]
