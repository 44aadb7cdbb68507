"""Counting: the arithmetic of ``votes`` on what is stored, and what overrides it."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from storage_fixtures import SOURCES, TODAY, counts, opened, phone, recounted, report, save, subject

from repdb import store, tally, votes
from repdb.db import Database
from repdb.records import Company, OfficialChannel, Source

NUMBER = phone(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One database for many small questions: each is asked inside a transaction that is undone."""
    path: Path = tmp_path_factory.mktemp("tally") / "repdb.db"
    target = str(path) if request.param == "sqlite" else request.getfixturevalue("postgres")()
    with closing(opened(target)) as db:
        yield db


VOICES = st.lists(
    st.tuples(
        st.sampled_from(["notice", "article", "board", "web"]),
        st.integers(0, 3),
        st.dates(date(1990, 1, 1), TODAY),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda voice: voice[:2],
)


def expected(voices: list[tuple[str, int, date, bool]], as_of: date) -> tuple[float, float]:
    """(adverse, benign) votes on a day, by the words of the model rather than by its code."""
    others, crowd, newest = [0.0, 0.0], [0.0, 0.0], [[0.0, 0.0], [0.0, 0.0]]
    for stance in (True, False):
        for source, trust, is_crowd in ((s.source, s.trust, s.kind in votes.CROWD) for s in SOURCES):
            votes_now = [
                2.0 ** (-(as_of - day).days / votes.HALF_LIFE["phone"])
                for name, _, day, adverse in voices
                if name == source and adverse == stance
            ]
            if votes_now:
                weight = min(sum(votes_now) * trust, max(votes_now) * votes.MAX_TRUST)
                (crowd if is_crowd else others)[not stance] += weight
                newest[is_crowd][not stance] = max(newest[is_crowd][not stance], *votes_now)
    accused, cleared = (min(c, m * votes.MAX_TRUST) for c, m in zip(crowd, newest[True], strict=True))
    last_benign, last_named = newest[True][1], newest[False][0]
    if last_named and last_benign <= 2 * last_named:  # named less than a half-life before somebody called it harmless
        held = min(cleared, others[0])
        accused, cleared = max(accused - held, 0.0), max(held - accused, 0.0) * votes.CROWD_SHARE
    return others[0] + accused, others[1] + cleared


@settings(max_examples=60)
@given(voices=VOICES, later=st.integers(0, 3000))
def test_the_stored_score_is_the_lower_bound(
    shared: Database, voices: list[tuple[str, int, date, bool]], later: int
) -> None:
    as_of = TODAY + timedelta(days=later)
    reports = [
        report(NUMBER, source, on.isoformat(), reporter=f"r{who}", stance="adverse" if adverse else "benign")
        for source, who, on, adverse in voices
    ]
    shared.execute("BEGIN")
    try:
        store.save_reports(shared, reports, as_of)
        found = subject(shared, "phone", NUMBER)
    finally:
        shared.execute("ROLLBACK")
    adverse, benign = expected(voices, as_of)
    assert found["score"] == pytest.approx(votes.lower_bound(adverse, benign), rel=1e-6, abs=1e-12)
    factor = votes.fading("phone", as_of)
    assert found["adverse"] * factor == pytest.approx(adverse)
    assert found["benign"] * factor == pytest.approx(benign)
    assert found["source_count"] == len({source for source, _, _, is_adverse in voices if is_adverse})
    reported = any(is_adverse for *_, is_adverse in voices)
    assert found["verdict"] == (votes.verdict_of(found["score"]) if reported else "unreported")


def test_the_order_of_scores_does_not_change_as_time_passes(database: Database) -> None:
    days = ["1990-01-01", "2010-05-05", "2024-12-31", "2026-06-01", "2026-11-20"]
    save(database, *(report(phone(n), on=day) for n, day in enumerate(days)))
    for as_of in (TODAY, TODAY + timedelta(days=400), date(2199, 12, 31)):
        with database.transaction():
            tally.recount(database, as_of)
        rows = database.all("SELECT number, adverse, score FROM numbers ORDER BY number")
        assert [row[1] for row in rows] == sorted(row[1] for row in rows)
        scores = [row[2] for row in rows]
        assert scores == sorted(scores) and all(0.0 <= score < 1.0 for score in scores)


def test_it_fades_to_past_and_never_to_unreported(database: Database) -> None:
    save(database, report(NUMBER, "article", "2026-11-20"), report(NUMBER, "notice", "2026-11-20"))
    seen = []
    for years in (0, 1, 2, 5, 50, 170):
        with database.transaction():
            tally.recount(database, TODAY + timedelta(days=365 * years))
        seen.append(subject(database, "phone", NUMBER)["verdict"])
    assert seen == ["dangerous", "suspicious", "past", "past", "past", "past"]
    assert subject(database, "phone", NUMBER)["report_count"] == 2


@pytest.mark.parametrize("source", ["notice", "article", "board", "web"])
def test_no_number_of_reports_from_one_source_is_dangerous(database: Database, source: str) -> None:
    save(database, *(report(NUMBER, source, "2026-11-21", reporter=f"r{n}", note=str(n)) for n in range(300)))
    found = subject(database, "phone", NUMBER)
    assert (found["report_count"], found["source_count"], found["verdict"]) == (300, 1, "suspicious")
    save(database, *(report(NUMBER, source, "2026-11-21", reporter="one", note=str(n), weight=99) for n in range(50)))
    assert subject(database, "phone", NUMBER)["verdict"] == "suspicious"


def test_however_many_crowds_there_are_they_weigh_as_one_source(database: Database) -> None:
    boards = [Source(f"board{n}", "掲示板", "board", trust=0.5) for n in range(6)]
    with database.transaction():
        store.save_sources(database, boards)
    crowd = [report(NUMBER, f"board{n % 6}", "2026-11-21", reporter=f"r{n}", note=str(n)) for n in range(120)]
    save(database, *crowd, *(report(NUMBER, "web", "2026-11-21", reporter=f"w{n}") for n in range(40)))
    found = subject(database, "phone", NUMBER)
    assert (found["source_count"], found["verdict"]) == (7, "suspicious")
    assert found["score"] == pytest.approx(votes.lower_bound(votes.MAX_TRUST, 0.0))
    save(database, report(NUMBER, "article", "2026-11-21"))
    assert subject(database, "phone", NUMBER)["verdict"] == "dangerous"


def test_the_crowd_alone_does_not_clear_a_number_either(database: Database) -> None:
    save(database, report(NUMBER, "notice", "2026-11-21"), report(NUMBER, "article", "2026-11-21"))
    benign = [report(NUMBER, "web", "2026-11-21", reporter=f"w{n}", stance="benign") for n in range(100)]
    save(database, *benign)
    found = subject(database, "phone", NUMBER)
    assert found["score"] == pytest.approx(votes.lower_bound(2.4, votes.CROWD_SHARE * votes.MAX_TRUST))
    assert found["verdict"] == "suspicious"


def test_one_reporter_has_one_vote(database: Database) -> None:
    save(database, report(NUMBER, "board", "2026-11-21", reporter="r"))
    once = subject(database, "phone", NUMBER)
    save(database, *(report(NUMBER, "board", "2026-11-21", reporter="r", note=str(n)) for n in range(40)))
    often = subject(database, "phone", NUMBER)
    assert (often["score"], often["report_count"]) == (once["score"], 41)


def test_a_source_with_more_trust_than_allowed_is_capped(database: Database) -> None:
    with database.transaction():
        store.save_sources(database, [Source("loud", "大声", "board", trust=50.0)])
    save(database, report(NUMBER, "loud", "2026-11-21"))
    assert subject(database, "phone", NUMBER)["verdict"] == "suspicious"


@pytest.mark.parametrize("written", ["2026", "2026-01", "2026-02-01", "2199-01-01"])
def test_a_date_that_lies_ahead_weighs_no_more_than_today(database: Database, written: str) -> None:
    """On 2 January the middle of the year is half a year ahead: one source must not become two votes by that."""
    as_of = date(2026, 1, 2)
    save(database, report(NUMBER, "notice", written), report(phone(2), "notice", "2026-01-02"), as_of=as_of)
    ahead, now = subject(database, "phone", NUMBER), subject(database, "phone", phone(2))
    assert (ahead["score"], ahead["verdict"]) == (now["score"], "suspicious")


def test_benign_reports_lower_the_score(database: Database) -> None:
    save(database, report(NUMBER, "article"), report(NUMBER, "notice"))
    before = subject(database, "phone", NUMBER)
    save(database, *(report(NUMBER, "board", stance="benign", reporter=f"r{n}") for n in range(4)))
    after = subject(database, "phone", NUMBER)
    assert (before["verdict"], after["verdict"]) == ("dangerous", "suspicious")
    assert after["score"] < before["score"] and (after["report_count"], after["benign_count"]) == (2, 4)


def test_benign_reports_alone_leave_it_unreported(database: Database) -> None:
    save(database, report(NUMBER, "board", stance="benign"))
    found = subject(database, "phone", NUMBER)
    assert (found["verdict"], found["report_count"], found["benign_count"], found["score"]) == ("unreported", 0, 1, 0)
    assert (found["first_reported_on"], found["last_reported_on"]) == ("", "")


@pytest.mark.parametrize("more", [{"role": "official"}, {"role": "advertiser"}, {"stance": "dispute"}])
def test_what_does_not_accuse_is_not_counted(database: Database, more: dict[str, str]) -> None:
    save(database, *(report(NUMBER, source, **more) for source in ("notice", "article", "board")))
    assert subject(database, "phone", NUMBER)["verdict"] == "unreported"
    assert database.all("SELECT * FROM voices") == []
    assert counts(database) == recounted(database)


@pytest.mark.parametrize("status", ["pending", "rejected", "withdrawn"])
def test_only_accepted_reports_count(database: Database, status: str) -> None:
    save(database, report(NUMBER, status=status), report(NUMBER, "notice", status=status))
    assert subject(database, "phone", NUMBER)["verdict"] == "unreported"


def test_an_undated_report_makes_known_not_dangerous(database: Database) -> None:
    save(database, *(report(NUMBER, source, "") for source in ("notice", "article", "board")))
    found = subject(database, "phone", NUMBER)
    assert (found["verdict"], found["report_count"], found["first_reported_on"]) == ("past", 3, "")


def test_dates_of_different_precision_are_ordered(database: Database) -> None:
    for written in ("2024-03-09", "", "2019", "2026-05", "2020-12-31"):
        save(database, report(NUMBER, "board", written))
    found = subject(database, "phone", NUMBER)
    assert (found["first_reported_on"], found["last_reported_on"]) == ("2019", "2026-05")
    assert counts(database) == recounted(database)


def channel(database: Database, kind: str, key: str, shared: bool) -> None:
    company = Company("本物", "本物", "genuine", source="article")
    with database.transaction():
        store.save_companies(database, [company], str)
        store.save_official_channels(database, [OfficialChannel(kind, key, "本物", shared=shared, source="article")])


@pytest.mark.parametrize(
    ("kind", "key", "channel_kind"),
    [
        ("phone", NUMBER, "phone"),
        ("short_number", "jp:188", "short_number"),
        ("domain", "real.example", "domain"),
        ("sender_id", "bank", "sender_id"),
    ],
)
@pytest.mark.parametrize("shared", [False, True])
def test_an_official_channel_is_never_condemned_by_votes(
    database: Database, kind: str, key: str, channel_kind: str, shared: bool
) -> None:
    channel(database, channel_kind, key, shared)
    save(database, *(report(key, source, kind=kind, role="sender") for source in ("notice", "article", "board")))
    found = subject(database, "phone" if "number" in kind else kind, key)
    assert found["verdict"] == ("dangerous" if shared else "official")
    assert found["report_count"] == 3, "known, whatever the verdict"


def test_a_shared_domain_is_not_its_worst_tenant(database: Database) -> None:
    save(
        database,
        *(report("shared.example", s, kind="domain", role="link") for s in ("notice", "article")),
        *(report("tenant.shared.example", s, kind="domain", role="link") for s in ("notice", "article")),
    )
    assert subject(database, "domain", "shared.example")["verdict"] == "unreported"
    assert subject(database, "domain", "tenant.shared.example")["verdict"] == "dangerous"


def test_a_genuine_company_is_not_its_impostor(database: Database) -> None:
    names = {"本物": "genuine", "架空": "fictitious", "不明": "unverified", "静か": "genuine"}
    with database.transaction():
        companies = [Company(name, name, status, source="article") for name, status in names.items()]
        store.save_companies(database, companies, str)
    save(
        database,
        *(report(n, s, kind="company", role="claimed") for n in ("本物", "不明") for s in ("notice", "article")),
        report("架空", "board", "2001", kind="company", role="claimed"),
    )
    with database.transaction():
        tally.recount(database, TODAY)
    assert {name: subject(database, "company", name)["verdict"] for name in names} == {
        "本物": "suspicious",
        "架空": "dangerous",
        "不明": "dangerous",
        "静か": "official",
    }


def test_an_email_sender_counts_for_its_domain_and_a_masked_number_for_itself(database: Database) -> None:
    save(
        database,
        report("mail.example", kind="email", role="sender"),
        report("+815099990****", kind="masked_phone", role="callback"),
    )
    assert subject(database, "domain", "mail.example")["report_count"] == 1
    assert subject(database, "masked_phone", "+815099990****")["verdict"] == "suspicious"
    assert database.all("SELECT number FROM numbers") == []
