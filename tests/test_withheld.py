"""Whom publishing would expose: told in no table, text, link or dispute of the snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from storage_fixtures import TODAY, database_to_publish, mobile, report, rows, save  # noqa: F401  a fixture

from repdb.db import Database
from repdb.snapshot import publish

LONE = "+819099990001"

# --- names


@pytest.mark.parametrize(
    ("voices", "shown"),
    [
        ([("web", "one")], False),
        ([("web", "one"), ("web", "one")], False),
        ([("web", "one"), ("web", "two")], True),
        ([("web", "one"), ("board", "")], True),
        ([("notice", "")], True),
    ],
)
def test_a_name_of_one_voice_is_hearsay(
    database: Database, out: Path, voices: list[tuple[str, str]], shown: bool
) -> None:
    """A small shop, or a neighbour: what one unknown person says of a name is not published in that name."""
    made = [
        report("隣町商店", source, f"2026-11-0{n + 1}", kind="company", role="claimed", reporter=reporter)
        for n, (source, reporter) in enumerate(voices)
    ]
    save(database, *made)
    with database.transaction():
        database.execute(
            "INSERT INTO disputes (dispute, kind, key, opened_on, status, statement, contact, verified_on) VALUES"
            " ('d1', 'company', '隣町商店', '2026-11-02', 'verified', '当店です', '', '2026-11-03')"
        )
    publish(database, str(out), TODAY)
    for table in ("companies", "report_companies", "disputes"):
        assert bool(rows(out, f"SELECT * FROM {table}")) == shown, table


def test_a_name_that_is_registered_is_published_whoever_reports_it(database: Database, out: Path) -> None:
    save(database, report("隣町商店", "web", kind="company", role="claimed"))
    with database.transaction():
        database.execute("UPDATE companies SET status = 'genuine'")
    publish(database, str(out), TODAY)
    assert rows(out, "SELECT company FROM companies") == [("隣町商店",)]


# --- mobile numbers


@pytest.mark.parametrize("masked", ["+8190999900**", "+8160999900**", "+81909999000*", "+8180999900**"])
def test_a_mobile_number_with_a_few_hidden_digits_is_withheld_like_one(
    database: Database, out: Path, masked: str
) -> None:
    shown = "0" + masked[3:5] + "-" + masked[5:9] + "-" + masked[9:]
    wide, land = "+819099990***"[:9] + "****", "+81399990***"
    save(
        database,
        report(masked, "web", kind="masked_phone", note=f"詐欺です {shown}", ref=f"x/{shown}"),
        report(wide, "web", kind="masked_phone"),
        report(land, "web", kind="masked_phone"),
    )
    with database.transaction():
        database.execute("INSERT INTO disputes (dispute, kind, key, opened_on, status, statement, contact, verified_on) VALUES"
                         f" ('d', 'masked_phone', '{masked}', '2026-11-02', 'verified', 'its-statement', 'x', '2026-11-03')")  # fmt: skip
    publish(database, str(out), TODAY)
    assert sorted(rows(out, "SELECT masked_number FROM masked_numbers")) == sorted([(wide,), (land,)])
    content = out.read_bytes()
    assert masked.encode() not in content and shown.encode() not in content and b"its-statement" not in content
    assert rows(out, "SELECT note, ref FROM reports WHERE note <> ''") == [("詐欺です 〔電話番号〕", "")]
    save(database, report(masked, "article", kind="masked_phone"))
    publish(database, str(out), TODAY)
    assert (masked,) in rows(out, "SELECT masked_number FROM masked_numbers"), "two sources are enough"


@pytest.mark.parametrize(
    "written",
    [
        "〇九〇ー九九九九ー〇〇〇一",
        "0 9 0 9 9 9 9 0 0 0 1",
        "090一9999一0001",
        "０９０・９９９９・０００１",
        "09O-9999-OOO1",
        "090-9999-000*",
        "060-9999-0001",
        "〇六〇ー九九九九ー〇〇〇一",
    ],
)
def test_a_withheld_number_leaves_the_texts_however_it_is_written(database: Database, out: Path, written: str) -> None:
    save(database, mobile(LONE, "web", note=f"この番号 {written} は詐欺", message=written))
    publish(database, str(out), TODAY)
    assert rows(out, "SELECT note, message FROM reports WHERE note <> ''") == [
        ("この番号 〔電話番号〕 は詐欺", "〔電話番号〕")
    ]
