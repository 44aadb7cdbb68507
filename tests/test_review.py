"""Moderation: decisions with reasons, a log from which each can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from storage_fixtures import NUMBER, TODAY, counts, pending, recounted, report, save, subject

from repdb import audit_log, review, review_queue
from repdb.db import Database
from repdb.records import Unreadable


def status(database: Database, report_id: str) -> str:
    row = database.one("SELECT status FROM reports WHERE report_id = ?", (report_id,))
    assert row is not None
    return str(row[0])


# --- decisions


def test_accepting_counts_and_rejecting_does_not(database: Database) -> None:
    first, second, third = pending(database)
    assert subject(database, "phone", NUMBER)["report_count"] == 0
    done = review.decide(database, [first, second], "accept", "me", TODAY, "confirmed")
    assert (done.action, done.changed, done.after) == ("accept", (first, second), "accepted")
    review.decide(database, [third], "reject", "me", TODAY, "spam", "advertising")
    assert subject(database, "phone", NUMBER)["report_count"] == 2
    assert [status(database, i) for i in (first, second, third)] == ["accepted", "accepted", "rejected"]
    assert counts(database) == recounted(database)


def test_deciding_twice_changes_nothing(database: Database) -> None:
    (first,) = pending(database, 1)
    review.decide(database, [first, first], "accept", "me", TODAY)
    before = counts(database)
    assert review.decide(database, [first], "accept", "you", TODAY).changed == ()
    assert counts(database) == before and len(audit_log.entries(database)) == 1


@pytest.mark.parametrize("action", sorted(review.REPORT_ACTIONS))
def test_every_decision_is_undone(database: Database, action: str) -> None:
    ids = pending(database)
    review.decide(database, ids[:1], "accept", "earlier", TODAY)
    before = counts(database), [status(database, i) for i in ids]
    done = review.decide(database, ids, action, "me", TODAY)
    undone = review.undo(database, "me", TODAY)
    assert (counts(database), [status(database, i) for i in ids]) == before
    assert counts(database) == recounted(database)
    assert set(undone.changed) == set(done.changed) and undone.action == "undo"
    assert {e.undone_by for e in audit_log.of_decision(database, done.decision)} <= {undone.decision}


def test_undo_takes_the_last_of_ones_own_step_by_step(database: Database) -> None:
    first, second, _ = pending(database)
    review.decide(database, [first], "accept", "me", TODAY)
    review.decide(database, [second], "accept", "me", TODAY)
    review.undo(database, "me", TODAY)
    assert (status(database, first), status(database, second)) == ("accepted", "pending")
    review.undo(database, "me", TODAY)
    assert status(database, first) == "pending"
    for who in ("me", "somebody"):
        with pytest.raises(Unreadable) as caught:
            review.undo(database, who, TODAY)
        assert caught.value.code == "nothing_to_undo"


def test_what_was_decided_again_since_is_not_undone(database: Database) -> None:
    (first,) = pending(database, 1)
    done = review.decide(database, [first], "accept", "me", TODAY)
    review.decide(database, [first], "withdraw", "reporter", TODAY)
    with pytest.raises(Unreadable) as caught:
        review.undo(database, "me", TODAY, done.decision)
    assert caught.value.code == "overtaken" and first in caught.value.text.en
    assert status(database, first) == "withdrawn"


@pytest.mark.parametrize("decision", ["nonsense", "twice", "the undoing"])
def test_there_may_be_nothing_to_undo(database: Database, decision: str) -> None:
    (first,) = pending(database, 1)
    done = review.decide(database, [first], "accept", "me", TODAY)
    undone = review.undo(database, "me", TODAY)
    named = {"twice": done.decision, "the undoing": undone.decision}.get(decision, decision)
    with pytest.raises(Unreadable) as caught:
        review.undo(database, "me", TODAY, named)
    assert caught.value.code == "nothing_to_undo"


def test_merging_keeps_the_first(database: Database) -> None:
    ids = pending(database)
    done = review.merge(database, ids, "me", TODAY)
    assert [status(database, i) for i in ids] == ["pending", "rejected", "rejected"]
    assert {(e.action, e.reason, e.remark) for e in audit_log.entries(database)} == {
        ("merge", "duplicate", f"same as {ids[0]}")
    }
    review.undo(database, "me", TODAY, done.decision)
    assert {status(database, i) for i in ids} == {"pending"}
    with pytest.raises(Unreadable) as caught:
        review.merge(database, [ids[0], ids[0]], "me", TODAY)
    assert caught.value.code == "merge_alone"


@pytest.mark.parametrize(
    ("kept", "other", "code"),
    [
        ("accepted", "accepted", ""),
        ("accepted", "rejected", ""),
        ("pending", "withdrawn", ""),
        ("pending", "accepted", "merge_lost"),
        ("rejected", "pending", "merge_lost"),
        ("withdrawn", "rejected", "merge_lost"),
    ],
)
def test_the_report_that_stays_counts_as_much_as_any(database: Database, kept: str, other: str, code: str) -> None:
    actions = {state: action for action, state in review.REPORT_ACTIONS.items()}
    first, second = pending(database, 2)
    for one, state in ((first, kept), (second, other)):
        review.decide(database, [one], actions[state], "me", TODAY)
    if not code:
        review.merge(database, [first, second], "me", TODAY)
        assert (status(database, first), status(database, second)) == (kept, "rejected")
        return
    with pytest.raises(Unreadable) as caught:
        review.merge(database, [first, second], "me", TODAY)
    assert caught.value.code == code and (status(database, first), status(database, second)) == (kept, other)


def test_only_reports_on_the_same_subject_are_merged(database: Database) -> None:
    save(database, report(source="web", status="pending"), report("+815099900009", "web", status="pending"))
    ids = [item.report_id for item in review_queue.reports(database)]
    with pytest.raises(Unreadable) as caught:
        review.merge(database, ids, "me", TODAY)
    assert caught.value.code == "merge_other" and {status(database, i) for i in ids} == {"pending"}


@pytest.mark.parametrize(
    ("kept", "other", "code"),
    [
        ({"stance": "adverse"}, {"stance": "benign"}, "merge_stance"),
        ({"on": "2026-11-01"}, {"on": "2026-11-02"}, "merge_older"),
        ({"on": ""}, {"on": "2019"}, "merge_older"),
        ({"on": "2026-11-02"}, {"on": "2026-11-01"}, ""),
    ],
)
def test_merging_loses_no_voice_and_no_date(
    database: Database, kept: dict[str, str], other: dict[str, str], code: str
) -> None:
    for more in (kept, other):
        save(database, report(source="web", status="pending", **more))
    rows = {
        (stance, on): name for name, stance, on in database.all("SELECT report_id, stance, reported_on FROM reports")
    }
    ids = [rows[more.get("stance", "adverse"), more.get("on", "2026-11-01")] for more in (kept, other)]
    if not code:
        assert review.merge(database, ids, "me", TODAY).changed == (ids[1],)
        return
    with pytest.raises(Unreadable) as caught:
        review.merge(database, ids, "me", TODAY)
    assert caught.value.code == code and {status(database, i) for i in ids} == {"pending"}


def test_the_log_keeps_nobody_s_name(database: Database) -> None:
    save(database, report(source="web", status="pending"))
    (one,) = review_queue.reports(database)
    review.decide(database, [one.report_id], "accept", "me", TODAY, remark="担当 佐藤花子 090-9999-5678 に確認")
    (remark,) = database.one("SELECT remark FROM audit_log WHERE subject = ?", (one.report_id,)) or ("",)
    assert "佐藤" not in remark and "5678" not in remark and "確認" in remark


def test_several_decisions_can_be_one(database: Database) -> None:
    (first,) = pending(database, 1)
    with pytest.raises(Unreadable), database.transaction():
        review.decide(database, [first], "accept", "me", TODAY)
        review.decide(database, ["nonsense"], "reject", "me", TODAY)
    assert status(database, first) == "pending" and audit_log.entries(database) == []


def test_a_trusted_source_is_accepted_at_once_and_undone_at_once(database: Database) -> None:
    ids = pending(database)
    save(database, report("+815099900009", "board", status="pending"))
    done = review.accept_source(database, "web", "me", TODAY)
    assert set(done.changed) == set(ids) and review_queue.waiting(database)["reports"] == 1
    assert subject(database, "phone", NUMBER)["report_count"] == 3
    review.undo(database, "me", TODAY)
    assert review_queue.waiting(database)["reports"] == 4
    with pytest.raises(Unreadable) as caught:
        review.accept_source(database, "nobody", "me", TODAY)
    assert caught.value.code == "no_such_source"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"action": "burn"}, "bad_action"),
        ({"reason": "because"}, "bad_reason"),
        ({"report_ids": ["nothing"]}, "no_such_report"),
    ],
)
def test_a_decision_that_cannot_be_changes_nothing(database: Database, change: dict[str, Any], code: str) -> None:
    (first,) = pending(database, 1)
    given: dict[str, Any] = {"report_ids": [first], "action": "accept", "reason": ""} | change
    given["report_ids"] = list(dict.fromkeys([first, *given["report_ids"]]))
    with pytest.raises(Unreadable) as caught:
        review.decide(database, given["report_ids"], given["action"], "me", TODAY, given["reason"])
    assert (caught.value.code, status(database, first), audit_log.entries(database)) == (code, "pending", [])


def test_accepted_messages_join_a_campaign_and_leave_it_when_withdrawn(database: Database) -> None:
    text = "【重要】未納料金が発生しております。本日中にご連絡がない場合は法的手続きに移行いたします。お客様センター"
    (first,) = pending(database, 1, message=text)
    assert database.all("SELECT campaign FROM campaigns") == []
    review.decide(database, [first], "accept", "me", TODAY)
    assert len(database.all("SELECT campaign FROM campaigns")) == 1
    review.undo(database, "me", TODAY)
    assert database.all("SELECT campaign FROM campaigns WHERE report_count > 0") == []


# --- disputes


@pytest.fixture
def disputed(database: Database) -> Database:
    save(database, report(source="article"), report(source="notice"))
    with database.transaction():
        database.execute(
            "INSERT INTO disputes (dispute, kind, key, opened_on, statement, contact)"
            " VALUES ('d1', 'phone', ?, '2026-11-20', '当社の番号です', 'owner@contact.example')",
            (NUMBER,),
        )
    return database


def verdict(database: Database) -> str:
    from repdb.lookup import Lookup

    return Lookup(database, TODAY).answer(NUMBER).verdict


def test_a_verified_dispute_changes_the_answer_until_it_is_closed(disputed: Database) -> None:
    (open_,) = review_queue.disputes(disputed)
    assert (open_.key, open_.contact, open_.status) == (NUMBER, "owner@contact.example", "open")
    assert verdict(disputed) == "dangerous"
    review.decide_dispute(disputed, "d1", "verify", "me", TODAY, "owner_verified")
    assert verdict(disputed) == "disputed"
    (verified,) = review_queue.disputes(disputed, "verified")
    assert (verified.verified_on, verified.closed_on) == (TODAY.isoformat(), "")
    review.decide_dispute(disputed, "d1", "close", "me", TODAY, "evidence_stands")
    assert verdict(disputed) == "dangerous"
    assert review_queue.disputes(disputed, "closed")[0].closed_on == TODAY.isoformat()
    review.undo(disputed, "me", TODAY)
    assert verdict(disputed) == "disputed"
    assert review.decide_dispute(disputed, "d1", "verify", "me", TODAY).changed == ()
    assert {(e.kind, e.subject) for e in audit_log.entries(disputed)} == {("dispute", "d1")}


@pytest.mark.parametrize(
    ("dispute", "action", "code"), [("d9", "verify", "no_such_dispute"), ("d1", "accept", "bad_action")]
)
def test_a_dispute_that_cannot_be_decided(disputed: Database, dispute: str, action: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        review.decide_dispute(disputed, dispute, action, "me", TODAY)
    assert caught.value.code == code
