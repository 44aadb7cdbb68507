"""The audit log: who decided what, when and why."""

from __future__ import annotations

from storage_fixtures import TODAY, pending

from repdb import audit_log, review
from repdb.db import Database


def test_the_log_says_who_what_and_why(database: Database) -> None:
    (first,) = pending(database, 1)
    review.decide(database, [first], "reject", "me", TODAY, "personal_data", "names a person")
    (entry,) = audit_log.entries(database, subject=first)
    assert entry[2:10] == ("me", "reject", "report", first, "pending", "rejected", "personal_data", "names a person")
    assert entry.undone_by == "" and audit_log.entries(database, subject="other") == []


def test_the_newest_comes_first_and_a_decision_in_its_order(database: Database) -> None:
    ids = pending(database)
    done = review.decide(database, ids, "accept", "me", TODAY)
    review.decide(database, ids[:1], "withdraw", "you", TODAY)
    assert [entry.action for entry in audit_log.entries(database)] == ["withdraw", "accept", "accept", "accept"]
    assert [entry.subject for entry in audit_log.entries(database, 2)] == [ids[0], ids[2]]
    assert [entry.subject for entry in audit_log.of_decision(database, done.decision)] == ids


def test_the_last_decision_of_somebody_is_one_that_stands(database: Database) -> None:
    ids = pending(database)
    earlier = review.decide(database, ids[:1], "accept", "me", TODAY)
    review.decide(database, ids[1:], "accept", "me", TODAY)
    review.decide(database, ids[:1], "withdraw", "you", TODAY)
    undone = review.undo(database, "me", TODAY)
    assert audit_log.last_decision(database, "me") == earlier.decision
    assert audit_log.last_decision(database, "nobody") == ""
    assert [entry.undone_by for entry in audit_log.entries(database)][-2:] == [undone.decision, ""]
