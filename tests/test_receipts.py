"""What was reported is followed and taken back by receipt."""

from __future__ import annotations

import pytest
from storage_fixtures import TODAY

from repdb import contribute, receipts, review
from repdb.db import Database
from repdb.records import Unreadable


def submit(database: Database) -> receipts.Receipt:
    return contribute.submit(database, {"subject": "050-9999-0001"}, "192.0.2.1", TODAY)


def test_a_receipt_follows_a_report_to_its_decision(database: Database) -> None:
    receipt = submit(database)
    waiting = receipts.follow(database, receipt.code.lower().replace("-", " "))
    assert (waiting.kind, waiting.status, waiting.created_on, waiting.withdrawable) == (
        "report",
        "pending",
        TODAY.isoformat(),
        True,
    )
    review.decide(database, [receipt.subject], "reject", "me", TODAY, "spam")
    decided = receipts.follow(database, receipt.code)
    assert (decided.status, decided.reason, decided.withdrawable) == ("rejected", "spam", False)
    with database.transaction():
        database.execute("UPDATE audit_log SET at = '2026-11-20T15:00:00+00:00'")
    assert receipts.follow(database, receipt.code).decided_on == TODAY.isoformat(), (
        "the day in Japan, as the others are"
    )
    assert receipt.code not in str(database.all("SELECT * FROM receipts")), "only a hash is kept"


@pytest.mark.parametrize("accepted", [False, True])
def test_a_report_is_taken_back(database: Database, accepted: bool) -> None:
    receipt = submit(database)
    if accepted:
        review.decide(database, [receipt.subject], "accept", "me", TODAY)
    gone = receipts.withdraw(database, receipt.code, TODAY)
    assert (gone.status, gone.reason, gone.withdrawable) == ("withdrawn", "reporter", False)
    assert receipts.withdraw(database, receipt.code, TODAY) == gone
    assert database.one("SELECT report_count FROM numbers") == (0,)


def test_who_repeats_a_report_follows_it_and_does_not_take_it_back(database: Database) -> None:
    first, second = submit(database), submit(database)
    assert (first.state, second.state) == ("pending", "duplicate")
    followed = receipts.follow(database, second.code)
    assert (followed.kind, followed.status, followed.withdrawable) == ("report", "pending", False)
    with pytest.raises(Unreadable) as caught:
        receipts.withdraw(database, second.code, TODAY)
    assert caught.value.code == "not_withdrawable"
    assert receipts.follow(database, first.code).withdrawable


def test_a_report_that_was_taken_back_waits_again_when_it_is_repeated(database: Database) -> None:
    first = submit(database)
    receipts.withdraw(database, first.code, TODAY)
    again = submit(database)
    assert (again.state, again.subject) == ("pending", first.subject)
    followed = receipts.follow(database, again.code)
    assert (followed.status, followed.reason, followed.withdrawable) == ("pending", "", True)
    assert not receipts.follow(database, first.code).withdrawable, "it belongs to who repeated it"
    assert receipts.withdraw(database, again.code, TODAY).status == "withdrawn"


def test_what_a_moderator_decided_is_not_reopened(database: Database) -> None:
    first = submit(database)
    review.decide(database, [first.subject], "withdraw", "me", TODAY, "spam")
    assert submit(database).state == "duplicate"
    assert receipts.follow(database, first.code).status == "withdrawn"


def test_a_rejected_report_is_not_withdrawn(database: Database) -> None:
    receipt = submit(database)
    review.decide(database, [receipt.subject], "reject", "me", TODAY)
    with pytest.raises(Unreadable) as caught:
        receipts.withdraw(database, receipt.code, TODAY)
    assert caught.value.code == "not_withdrawable"


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC-DDDD", "x" * 500])
def test_a_wrong_receipt(database: Database, code: str) -> None:
    for use in (lambda: receipts.follow(database, code), lambda: receipts.withdraw(database, code, TODAY)):
        with pytest.raises(Unreadable) as caught:
            use()
        assert caught.value.code == "bad_receipt"
