"""What is seen together with a subject, and what the published figures count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import site_data

from repdb import db as storage
from repdb import overview, related


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> site_data.Files:
    return site_data.build(tmp_path_factory.mktemp("related"))


@pytest.fixture(params=["working", "snapshot"])
def db(files: site_data.Files, request: pytest.FixtureRequest) -> Iterator[storage.Database]:
    """Both have the same tables, so both must answer."""
    path: Path = getattr(files, request.param)
    with closing(storage.open_database(str(path))) as opened:
        yield opened


def test_a_number_is_tied_by_report_campaign_and_name(db: storage.Database) -> None:
    around = related.surroundings(db, "phone", "+815099990011")
    ties = {(one.kind, one.display): one.via for one in around.related}
    assert ties["company", site_data.COMPANY] == "report"
    assert ties["phone", "050-9999-0012"] == "campaign", "the closer tie goes before the name that both claim"
    assert ties["phone", "050-9999-0001"] == "name"
    assert ("phone", "050-9999-0011") not in ties, "nothing is related to itself"
    assert around.months == (("2026-11", 1),) and len(around.campaigns) == 1
    assert [one.via for one in around.related if one.kind == "phone"] == sorted(
        (one.via for one in around.related if one.kind == "phone"), key=["report", "campaign", "name"].index
    )


def test_what_nobody_reported_has_no_surroundings(db: storage.Database) -> None:
    assert related.surroundings(db, "phone", "+815099990099") == related.Surroundings()
    assert related.place(db, "phone", "+815099990099") == ("+815099990099", 0)


def test_a_companys_other_names_lead_to_its_place(db: storage.Database) -> None:
    assert related.place(db, "company", "アマゾンジヤパン")[0] in ("amazon", "アマゾンジヤパン")
    key, count = related.place(db, "company", "アマゾンマーケテイングサービス")
    assert key == "アマゾンマーケテイングサービス" and count >= 10


def test_a_campaign_shows_what_its_messages_use(db: storage.Database) -> None:
    (name,) = related.surroundings(db, "phone", "+815099990011").campaigns
    found = related.campaign(db, name)
    assert found is not None
    one, around = found
    assert one.report_count == 3 and "ご利用料金" in one.sample and around.months == (("2026-11", 3),)
    assert {r.display for r in around.related if r.kind == "phone"} == {
        "050-9999-0011",
        "050-9999-0012",
        "050-9999-0013",
    }
    assert related.campaign(db, "none") is None


def test_no_kind_shows_more_than_its_share(db: storage.Database) -> None:
    around = related.surroundings(db, "company", "アマゾンマーケテイングサービス")
    assert (
        max(sum(one.kind == kind for one in around.related) for kind in ("phone", "domain", "company")) <= related.SHOWN
    )


def test_the_figures_count_what_is_accepted(files: site_data.Files) -> None:
    with closing(storage.open_database(str(files.snapshot))) as db:
        found = overview.overview(db)
        assert dict(found.categories)["delivery"] == 2, "the third source may not be passed on"
        assert sum(n for _, n in found.months) == sum(n for _, n in found.categories) - 4, (
            "undated and year-only reports have no month"
        )
        assert dict(found.lines)["voip"] == 8 and found.companies[0][1] == site_data.COMPANY
        assert dict(found.carriers) == {"KDDI": 2, "楽天モバイル": 1}, "invented numbers lie in no block"
        states = {row.source: row for row in overview.sources(db)}
        assert states["web"].reports and not states["courts"].reports
        assert [row.number for row in overview.newest_dangerous(db)] == [site_data.DANGEROUS]
        assert overview.count_keys(db, "domain") == 1 == len(overview.reported_keys(db, "domain", 10, 0))
        assert overview.reported_keys(db, "domain", 10, 1) == []
