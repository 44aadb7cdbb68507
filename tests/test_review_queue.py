"""What is shown of reports that wait, and what is pointed out to whoever decides."""

from __future__ import annotations

import pytest
from storage_fixtures import NUMBER, TODAY, pending, report, save

from repdb import review, review_queue, store
from repdb.db import Database
from repdb.records import Company, Mention, OfficialChannel, Unreadable


def test_the_queue_shows_what_a_moderator_needs(database: Database) -> None:
    save(database, report(source="article"))
    save(
        database,
        report(
            source="web",
            status="pending",
            note="電話がきた",
            reporter="r1",
            others=(Mention("domain", "bad.example", "link"), Mention("company", "架空", "claimed")),
        ),
    )
    (item,) = review_queue.reports(database)
    assert (item.source, item.note, item.status, item.same_reporter) == ("web", "電話がきた", "pending", 1)
    shown = {m.kind: m for m in item.mentions}
    assert shown["phone"][:7] == ("phone", NUMBER, NUMBER, "callback", "suspicious", 1, 1)
    assert (shown["phone"].waiting, shown["domain"].role, shown["company"].report_count) == (1, "link", 0)
    assert item.warnings == ()
    assert review_queue.waiting(database) == {"reports": 1, "disputes": 0}


def test_the_queue_goes_on_behind_an_id(database: Database) -> None:
    ids = pending(database, 3)
    assert ids == sorted(ids)
    assert [i.report_id for i in review_queue.reports(database, 1, ids[0])] == [ids[1]]
    assert review_queue.reports(database, after=ids[-1]) == []
    review.decide(database, ids[:1], "accept", "me", TODAY)
    assert [i.report_id for i in review_queue.reports(database)] == ids[1:]
    assert review_queue.report(database, ids[0]).status == "accepted"


def test_what_waits_is_found_by_its_partial_index(database: Database) -> None:
    pending(database, 2)
    if database.dialect == "sqlite":
        (plan,) = database.all(f"EXPLAIN QUERY PLAN SELECT COUNT(*) FROM reports WHERE {review.WAITING}")
        assert "reports_waiting" in plan[3]
    assert database.one(f"SELECT COUNT(*) FROM reports WHERE {review.WAITING}") == (2,)


def test_warnings(database: Database) -> None:
    with database.transaction():
        store.save_companies(database, [Company("本物", "本物", "genuine", source="notice")], str)
        channels = [OfficialChannel("phone", NUMBER, "本物", source="notice")]
        store.save_official_channels(database, channels)
    save(database, report(source="board", stance="benign"))
    save(
        database,
        *(report(source="web", status="pending", reporter="one", note=f"n{n}") for n in range(review_queue.MANY)),
    )
    save(database, report("shared.example", "web", kind="domain", status="pending", on="2026-11-02"))
    first, *_, last = review_queue.reports(database)
    assert set(first.warnings) == {"official", "many", "contradicts"}
    assert first.mentions[0].official == "本物"
    assert last.warnings == ("shared",)
    assert set(review_queue.WARNINGS) == {"official", "private_mobile", "many", "shared", "contradicts"}


def test_a_private_mobile_is_pointed_out(database: Database) -> None:
    save(database, report("+819099990001", "web", status="pending"))
    with database.transaction():
        database.execute("UPDATE numbers SET line_type = 'mobile'")
    assert review_queue.reports(database)[0].warnings == ("private_mobile",)


def test_one_report(database: Database) -> None:
    (report_id,) = pending(database, 1)
    assert review_queue.report(database, report_id).report_id == report_id
    with pytest.raises(Unreadable) as caught:
        review_queue.report(database, "no-such-id")
    assert caught.value.code == "no_such_report"
