"""Campaigns: near-identical messages under one id, on both databases."""

from __future__ import annotations

import pytest
from storage_fixtures import TODAY, phone, report, save

from repdb import campaigns, filing, store
from repdb.db import Database
from repdb.records import Source
from repdb.text.similarity import BANDS

TEXT = "【{name}】ご契約中の動画サービスの料金が確認できません。{day}中に {number} の担当まで折り返しがない場合、回収部門へ引き継ぎます。"
OTHER = "お荷物を預かっています。受け取りの日時を下のページから選んでください。三日を過ぎると差出人に返送します。"


def said(number: int, **more: str) -> str:
    return TEXT.format(**{"name": "料金窓口", "day": "本日", "number": f"050-9999-{number:04d}"} | more)


def filed(number: int, on: str = "2026-11-01", **more: object) -> filing.Described:
    return report(phone(number), on=on, message=said(number), category="fake_billing", **more)


def state(db: Database) -> list[tuple[object, ...]]:
    return db.all("SELECT campaign, report_count, first_reported_on, last_reported_on, category FROM campaigns")


def assigned(db: Database) -> int:
    row = db.one("SELECT COUNT(*) FROM reports WHERE campaign IS NOT NULL")
    assert row
    return int(row[0])


def test_changing_numbers_and_names_stay_one_campaign(database: Database) -> None:
    save(database, filed(1, "2026-10-02"), filed(2, "2026-11-03"))
    save(
        database,
        report(phone(3), on="2026-11-05", message=said(3, name="ご請求センター", day="明日"), category="other"),
    )
    ((campaign, *figures),) = state(database)
    assert figures == [3, "2026-10-02", "2026-11-05", "fake_billing"]
    assert assigned(database) == 3
    bands = database.one("SELECT COUNT(*) FROM campaign_bands WHERE campaign = ?", (campaign,))
    assert bands == (BANDS,)


def test_a_new_number_in_a_known_text_is_recognised(database: Database) -> None:
    save(database, filed(1, source="article"), filed(2, source="board"))
    found = campaigns.find(database, said(777, name="お客様係"))
    assert found is not None
    assert (found.report_count, found.source_count, found.category) == (2, 2, "fake_billing")
    assert found.similarity >= campaigns.SAME and found.sample


def test_other_and_short_texts_are_no_campaign(database: Database) -> None:
    save(database, filed(1))
    assert campaigns.find(database, OTHER) is None
    assert campaigns.find(database, "至急") is None
    save(database, report(phone(5), message="至急"))
    assert len(state(database)) == 1


def test_different_texts_found_different_campaigns(database: Database) -> None:
    save(database, filed(1), report(phone(2), message=OTHER))
    assert len(state(database)) == 2


def test_the_same_reports_twice_change_nothing(database: Database) -> None:
    save(database, filed(1), filed(2))
    before = state(database)
    save(database, filed(1), filed(2))
    assert state(database) == before


def test_reports_without_a_message_touch_nothing(database: Database) -> None:
    save(database, *(report(phone(n)) for n in range(20)))
    assert state(database) == [] and assigned(database) == 0


def test_only_accepted_adverse_reports_count(database: Database) -> None:
    waiting, benign = filed(1, status="pending"), filed(2, stance="benign")
    save(database, waiting, benign)
    assert state(database) == [] and campaigns.find(database, said(3)) is None


def test_review_brings_a_report_in_and_takes_it_out(database: Database) -> None:
    waiting = filed(1, status="pending")
    report_id = filing.identity(waiting)[0]
    save(database, waiting)
    with database.transaction():
        store.set_status(database, [report_id], "accepted", TODAY)
    assert [row[1] for row in state(database)] == [1]
    with database.transaction():
        store.set_status(database, [report_id], "withdrawn", TODAY)
    assert state(database) == [] and assigned(database) == 0
    assert database.one("SELECT COUNT(*) FROM campaign_bands") == (0,)


def test_a_report_that_its_source_changes_moves(database: Database) -> None:
    save(database, filed(1, ref="r1"), filed(2))
    save(database, report(phone(1), ref="r1", message=OTHER, category="delivery"))
    assert sorted(row[1] for row in state(database)) == [1, 1]


def test_a_campaign_left_by_its_last_report_is_gone(database: Database) -> None:
    save(database, filed(1, ref="r1"))
    save(database, report(phone(1), ref="r1", message="", category="delivery"))
    assert state(database) == []


def test_counts_equal_a_recount(database: Database) -> None:
    save(database, filed(1, weight=5), filed(2), report(phone(3), message=OTHER))
    before = sorted(state(database))
    with database.transaction():
        store.recount(database, TODAY)
    assert sorted(state(database)) == before
    assert sorted(row[1] for row in before) == [1, 6]


def test_the_index_does_not_grow_with_the_reports_of_one_text(database: Database) -> None:
    save(database, *(filed(n) for n in range(200)))
    assert [row[1] for row in state(database)] == [200]
    assert database.one("SELECT COUNT(*) FROM campaign_bands") == (BANDS,)


def backing(database: Database, *contacts: str) -> campaigns.Backing:
    found = campaigns.find(database, said(9))
    assert found is not None
    named = [("phone", phone(n)) for n in map(int, contacts)]
    return campaigns.backing(database, found.campaign, found.source_count, named)


def test_the_whole_crowd_is_one_source_and_proves_nothing(database: Database) -> None:
    save(database, filed(1, source="board"), *(filed(1, source="web", reporter=f"r{n}") for n in range(9)))
    found = campaigns.find(database, said(9))
    assert found is not None and (found.report_count, found.source_count) == (10, 1)
    assert not backing(database).proven
    save(database, filed(2, source="article"))
    assert not backing(database).proven, "somebody who checks, and anybody"
    save(database, filed(3, source="notice"))
    assert backing(database).proven


@pytest.mark.parametrize(
    ("sources", "proven"), [(("notice",), True), (("article",), False), (("article", "import"), True)]
)
def test_an_office_or_two_sources_prove_a_text(database: Database, sources: tuple[str, ...], proven: bool) -> None:
    with database.transaction():
        store.save_sources(database, [Source("import", "取込み", "partner", trust=0.5)])
    save(database, *(filed(n, source=source) for n, source in enumerate(sources)))
    assert backing(database).proven == proven


def test_reports_that_name_other_contacts_stand_apart(database: Database) -> None:
    save(database, filed(1))
    assert backing(database).apart and backing(database, "2").apart and not backing(database, "1", "2").apart
    save(database, filed(2, source="board"))
    assert backing(database, "1").apart and not backing(database, "1", "2").apart


def test_a_recount_of_everything_counts_campaigns_again(database: Database) -> None:
    save(database, filed(1, source="board"), filed(2, source="web"))
    with database.transaction():
        database.execute("UPDATE campaigns SET source_count = 9, report_count = 9")
        store.recount(database, TODAY)
    found = campaigns.find(database, said(9))
    assert found is not None and (found.report_count, found.source_count) == (2, 1)
