"""On what terms rows come in: bound sources, reserved names, and reporters whom nobody can guess."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli, write
from storage_fixtures import TODAY

from repdb import admission, ingest
from repdb.admission import Admission
from repdb.db import Database, open_database
from repdb.records import Source, Unreadable
from repdb.store import save_sources
from repdb.tabular import open_table

OFFICE = ("notice", "見本庁からの注意喚起", "Warnings (Mihon Agency)", "official")
HEADER = "source,date,number,category,message,reporter\n"


def refused(terms: Admission, named: str, given: str = "import") -> str:
    with pytest.raises(Unreadable) as caught:
        terms.source(named, given)
    assert caught.value.text.ja and "{" not in caught.value.text.en
    return caught.value.code


def take(db: Database, folder: Path, *rows: str, source: str = "", allowed: tuple[str, ...] = ()) -> ingest.Summary:
    path = write(folder, "rows.csv", HEADER + "".join(f"{row}\n" for row in rows))
    with closing(open_table(path)) as table:
        return ingest.ingest(db, table, ingest.Options({"source": source} if source else {}, allowed=allowed), TODAY)


def test_no_file_speaks_as_the_operator_or_the_site(tmp_path: Path) -> None:
    known = [("local", "運営者", "Operator", "contributor"), ("web", "ウェブ", "Web", "contributor")]
    terms = Admission(reserved=admission._reserved(known))
    for name in ("local", "Web", "運営者"):
        assert refused(terms, name) == "reserved_source"
    terms = terms._replace(allowed=frozenset({"local"}))
    assert terms.source("local", "import") == "local"


def test_who_a_row_may_speak_for() -> None:
    terms = Admission(reserved=admission._reserved([OFFICE, ("board", "見本掲示板", "", "board")]))
    assert terms.source("", "import") == "import" and terms.source("board", "import") == "board"
    for name in ("notice", "Ｎotice", "NOTICE.", "見本庁からの注意喚起", "warnings (mihon agency)"):
        assert refused(terms, name) == "reserved_source"
    for name in (
        "消費者庁",
        "消費者庁（公式）",
        "警察庁 ",
        "見本県警察本部",
        "National Police Agency",
        "JPCERT/CC",
        "見本市消費生活センター",
        "国民生活センタ一",
        "見本県",
        "見本市市民生活課",
        "Ministry of Justice",
        "MOJ",
    ):
        assert refused(terms, name) == "reserved_source"
        assert terms._replace(allowed=frozenset({name})).source(name, "import") == name
    for name in ("省エネ通信", "番号の掲示板", "県内の友人", "consumer reports of a carrier"):
        assert terms.source(name, "import") == name
    assert terms.source("notice", "notice") == "notice", "the operator names it"
    assert terms._replace(allowed=frozenset({"notice"})).source("notice", "import") == "notice"
    bound = terms._replace(bound=True)
    assert bound.source("", "partner-x") == bound.source("partner-x", "partner-x") == "partner-x"
    assert refused(bound, "board", "partner-x") == refused(bound, "notice", "partner-x") == "other_source"
    assert bound._replace(allowed=frozenset({"board"})).source("board", "partner-x") == "board"


@pytest.mark.parametrize(
    "name",
    [
        "taro.mihon@example.jp",
        "山田太郎様",
        "090-9999-0001",
        "山田花子",
        "ヤマダ　ハナコ",
        "Hanako Yamada",
        "鈴木一郎の会社",
    ],
)
def test_a_source_is_nobody(name: str) -> None:
    assert refused(Admission(), name) == refused(Admission(), name, name) == "personal_source"


def test_a_file_cannot_invent_witnesses(seeded_db: Database, tmp_path: Path) -> None:
    """Six sources that nobody knows are one voice; those that the operator knows are as many."""
    rows = [f"blog-{n},2026-11-20,03-9999-000{{}},fake_billing,," for n in range(6)]
    take(seeded_db, tmp_path, *(row.format(1) for row in rows))
    named = [f"paper-{n},2026-11-20,03-9999-0002,fake_billing,," for n in range(6)]
    take(seeded_db, tmp_path, *named, allowed=tuple(f"paper-{n}" for n in range(6)))
    found = dict(seeded_db.all("SELECT number, verdict FROM numbers WHERE number LIKE '+813999900%'"))
    assert found == {"+81399990001": "suspicious", "+81399990002": "dangerous"}
    kinds = dict(seeded_db.all("SELECT source, kind FROM sources WHERE source IN ('blog-0', 'paper-0')"))
    assert kinds == {"blog-0": "contributor", "paper-0": "partner"}


def test_a_file_speaks_for_itself_only(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    rows = HEADER + "".join(
        f"{source},2026-11-20,090-5555-9876,fake_billing,この番号は詐欺,r{n}\n"
        for n, source in enumerate(("caa-notices", "kokusen-notices", "courts", "a-board"))
    )
    path = write(tmp_path, "s2.csv", rows)
    done = json.loads(cli("ingest", path, "--source", "partner-x", "--json").stdout)
    assert done["total"]["rejected"] == 4 and done["files"][0]["reasons"] == {"other_source": 4}
    done = json.loads(cli("ingest", path, "--dry-run", "--json").stdout)
    assert done["files"][0]["reasons"] == {"reserved_source": 3}
    done = json.loads(cli("ingest", path, "--json").stdout)
    assert done["files"][0]["reasons"] == {"reserved_source": 3} and done["total"]["stored"] == 1
    allowed = ("--source", "partner-x", "--allow-source", "courts", "--allow-source", "a-board")
    done = json.loads(cli("ingest", path, *allowed, "--json").stdout)
    assert done["total"] | {"duplicates": 0} == done["total"] | {"stored": 1, "duplicates": 0}
    with closing(sqlite3.connect(seeded)) as connection:
        kept = connection.execute("SELECT content FROM rejects WHERE code = 'other_source'").fetchall()
    assert kept and not any("r0" in content for (content,) in kept), "a reject names no reporter"
    bad = cli("ingest", path, "--source", "taro.mihon@example.jp")
    assert bad.returncode == 2 and "personal data" in bad.stderr and "taro" not in bad.stderr


def reporters(db: Database) -> list[str]:
    return [str(one) for (one,) in db.all("SELECT DISTINCT reporter FROM reports WHERE reporter <> '' ORDER BY 1")]


def test_a_reporter_is_hidden_by_a_secret_of_the_database(database: Database, tmp_path: Path) -> None:
    rows = ("s,2026-11-20,050-9999-0001,other,a,4111111111111111", "s,2026-11-20,050-9999-0001,other,b,taro@example.jp")
    assert take(database, tmp_path, *rows).stored == 2
    found = reporters(database)
    assert len(found) == 2 and all(len(one) == 33 and one[0] == "r" for one in found)
    assert not {one for one in found if one[1:] in (admission._unkeyed("taro@example.jp"), "4111111111111111")}
    assert take(database, tmp_path, *rows).duplicates == 2, "the same again changes nothing"
    assert reporters(database) == found
    ids = [str(one) for (one,) in database.all("SELECT report_id FROM reports ORDER BY 1")]
    with closing(open_database(str(tmp_path / "other.db"), write=True, create=True)) as other:
        from repdb import migrate

        migrate.migrate(other, "2026-11-21")
        take(other, tmp_path, *rows)
        assert not set(reporters(other)) & set(found), "another database has another secret"
        assert not set(ids) & {one for (one,) in other.all("SELECT report_id FROM reports")}


def test_reporters_stored_before_there_was_a_secret_stay_the_same_people(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ("s,2026-11-20,050-9999-0001,other,a,4111111111111111", "s,2026-11-20,050-9999-0001,other,b,taro@example.jp")
    monkeypatch.setattr(admission, "_AT_ONCE", 1)
    with monkeypatch.context() as before:
        before.setattr(admission, "_secret", lambda db: (b"", True))
        take(database, tmp_path, *rows)
    assert reporters(database) == sorted(["4111111111111111", admission._unkeyed("taro@example.jp")])
    more = "s,2026-11-20,050-9999-0001,other,c,taro@example.jp"
    again = take(database, tmp_path, *rows, more)
    assert (again.stored, again.duplicates) == (1, 2)
    found = reporters(database)
    assert len(found) == 2 and all(one.startswith("r") for one in found), "and nothing of the old pseudonyms is left"
    assert sorted(database.all("SELECT reporter, report_count FROM voices ORDER BY 2")) == sorted(
        database.all("SELECT reporter, COUNT(*) FROM reports GROUP BY reporter ORDER BY 2")
    )


def test_the_pseudonym_of_the_day_stays_as_it_is(database: Database) -> None:
    from repdb import contribute

    fields: dict[str, Any] = {"subject": "050-9999-0001", "message": "一"}
    contribute.submit(database, fields, "192.0.2.1", TODAY)
    contribute.submit(database, fields | {"message": "二"}, "192.0.2.1", TODAY)
    assert len(reporters(database)) == 1 and len(reporters(database)[0]) == 24


def test_known_names_are_those_of_the_database(database: Database) -> None:
    with database.transaction():
        save_sources(database, [Source("mihon-cho", "見本庁", "official"), Source("talk", "見本掲示板", "board")])
        terms = admission.of_files(database, False)
    assert refused(terms, "見本庁") == refused(terms, "mihon-cho") == "reserved_source"
    assert terms.source("talk", "import") == "talk" and "mihon-cho" in terms.public
