"""Looking things up in one database: what is gathered, and what an answer says as of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from seeded_fixtures import TODAY

from repdb import answers, ingest, setup
from repdb.answers import to_json
from repdb.db import Database, open_database
from repdb.lookup import Lookup
from repdb.records import Answer, Unreadable

Ask = Callable[..., Answer]


@pytest.fixture
def ask(seeded_db: Database) -> Ask:
    def answer(query: str, kind: str | None = None, as_of: date = TODAY) -> Answer:
        return Lookup(seeded_db, as_of).answer(query, kind)

    return answer


def report(db: Database, *, sources: int = 1, **row: str) -> None:
    for n in range(sources):
        raw = {"reported_on": "2026-11-01", "source": f"source-{n}", **row}
        with db.transaction():
            ingest.save_raw(db, [raw], {}, TODAY)


def codes(answer: Answer) -> set[str]:
    return {finding.code for finding in answer.findings}


def test_a_number_over_the_years(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, sources=4, number="050-9999-0001", category="fake_billing")
    found = {year: ask("050-9999-0001", as_of=date(year, 11, 21)) for year in (2026, 2027, 2030, 2060)}
    assert [found[year].verdict for year in found][0] == "dangerous"
    assert found[2060].verdict == "past" and all(answer.known for answer in found.values())
    scores = [answer.score for answer in found.values()]
    assert scores == sorted(scores, reverse=True)
    assert "faded" in codes(found[2060]) and "faded" not in codes(found[2026])
    assert found[2060].as_of == "2060-11-21"


@pytest.mark.parametrize(
    ("name", "verdict", "office"),
    [
        ("三井住友銀行新宿支店", "suspicious", True),
        ("佐川急便東京営業所", "suspicious", True),
        ("新宿警察署", "suspicious", True),
        ("世田谷区役所 国保年金課", "suspicious", True),
        ("横浜地方裁判所", "suspicious", True),
        ("架空見本通信新宿支店", "dangerous", False),  # of nobody that the register holds
        ("地方裁判所管轄支局", "dangerous", False),
    ],
)
def test_offices_and_branches_are_not_their_impostors(
    ask: Ask, seeded_db: Database, name: str, verdict: str, office: bool
) -> None:
    report(seeded_db, sources=4, company=name, category="impersonated_collector")
    answer = ask(name, "company")
    assert (answer.verdict, "name_of_office" in codes(answer)) == (verdict, office)
    stored = seeded_db.one("SELECT verdict FROM companies WHERE company = ?", (answer.key,))
    assert stored == (verdict,)


def test_evidence_newest_first_and_no_more_than_a_screen(ask: Ask, seeded_db: Database) -> None:
    for day in range(1, 9):
        report(seeded_db, number="050-9999-0001", reported_on=f"2026-10-{day:02d}", note=f"n{day}", category="delivery")
    report(seeded_db, number="050-9999-0001", category="refund")
    answer = ask("05099990001")
    assert answer.tally.report_count == 9 and answer.tally.source_count == 1 and len(answer.evidence) == 5
    days = [evidence.reported_on for evidence in answer.evidence]
    assert days == sorted(days, reverse=True) and days[0] == "2026-11-01"
    assert dict(answer.categories) == {"delivery": 8, "refund": 1}
    assert next(iter(answer.categories)) == "delivery"
    assert answer.verdict == "suspicious"


def test_claimed_names_and_their_standing(ask: Ask, seeded_db: Database) -> None:
    for company in (
        "リボーン債権回収株式会社",
        "リボーン債権回収",
        "アマゾンマーケティングサービス",
        "だれも知らない商事",
    ):
        report(seeded_db, number="050-9999-0001", company=company, note=company)
    answer = ask("050-9999-0001")
    assert answer.claimed_companies[0] == "リボーン債権回収株式会社" and len(answer.claimed_companies) == 3
    assert {"claims_genuine_name", "claims_fictitious_name"} <= codes(answer)
    text = next(f.text for f in answer.findings if f.code == "claims_genuine_name")
    assert "法務大臣許可第115号" in text.ja and "確認されていません" in text.ja


def test_an_official_domain_that_is_reported_in_its_own_name(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, sources=4, domain="amazon.co.jp", company="Amazon")
    answer = ask("amazon.co.jp")
    assert answer.verdict == "official" and answer.known and "claims_genuine_name" not in codes(answer)


def test_only_what_counts_is_shown(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, number="050-9999-0001", role="official")
    with seeded_db.transaction():
        ingest.save_raw(seeded_db, [{"number": "050-9999-0001", "note": "p"}], {"status": "pending"}, TODAY)
    answer = ask("050-9999-0001")
    assert not answer.known and answer.verdict == "unreported" and answer.evidence == () and not answer.categories


def test_benign_reports_stand_against(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, number="050-9999-0001")
    before = ask("050-9999-0001")
    report(seeded_db, sources=4, number="050-9999-0001", stance="benign", note="my dentist")
    after = ask("050-9999-0001")
    assert after.score < before.score and "benign_reports" in codes(after) and after.verdict == "past"
    report(seeded_db, number="050-9999-0002", stance="benign")
    only = ask("050-9999-0002")
    assert not only.known and only.verdict == "unreported" and len(only.evidence) == 1


def test_neighbours_and_masks(ask: Ask, seeded_db: Database) -> None:
    for number in ("050-9999-0010", "050-9999-0011", "050-9999-0110"):
        report(seeded_db, number=number)
    report(seeded_db, number="050-9999-00**")
    answer = ask("050-9999-0012")
    assert {"neighbours_reported", "masked_match", "block_unallocated"} <= codes(answer)
    assert answer.verdict != "dangerous"
    assert "neighbours_reported" not in codes(ask("050-9999-0010"))
    masked = ask("050-9999-00**")
    assert masked.kind == "masked_phone" and "Of the 100 numbers" in next(
        f.text.en for f in masked.findings if f.code == "covered_reported"
    )
    assert "Of the 100 numbers it may stand for, 1 " in " ".join(f.text.en for f in ask("050-9999-01**").findings)
    assert "covered_reported" in codes(ask("050-99**-0012"))


def test_masks_that_overlap_are_a_hint_and_no_more(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, sources=4, number="050-9999-02**")
    report(seeded_db, sources=4, number="050-9998-02**")
    for asked in ("050-9999-0***", "050-9999-02*1", "050-99**-02**", "050-9999-021*"):
        answer = ask(asked)
        assert answer.verdict == "unreported" and not answer.known
        (hint,) = [f for f in answer.findings if f.code == "mask_overlaps"]
        assert "050-9999-02**" in hint.text.ja or asked == "050-99**-02**"
        assert "範囲の重なる" in answers.summary(answer).ja
    for asked in ("050-9999-02**", "050-9999-03**", "050-9999-*1**", "050-9997-02**", "+1 808-693-38**"):
        assert "mask_overlaps" not in codes(ask(asked))


def test_verified_disputes(ask: Ask, seeded_db: Database) -> None:
    report(seeded_db, sources=4, number="050-9999-0001")
    insert = (
        "INSERT INTO disputes (dispute, kind, key, opened_on, status) VALUES (?, 'phone', '+815099990001', '2026', ?)"
    )
    seeded_db.execute(insert, ("d1", "open"))
    assert ask("050-9999-0001").verdict == "dangerous"
    seeded_db.execute(insert, ("d2", "verified"))
    assert ask("050-9999-0001").verdict == "disputed"


def test_names_by_alias_and_by_likeness(ask: Ask) -> None:
    answer = ask("セカスト")
    assert answer.key == ask("2nd STREET").key and answer.facts["status"] == "genuine"
    near = ask("リボーン債権回集")
    assert near.key != ask("リボーン債権回収").key
    near = ask("アマゾンマーケティングサービスー")
    assert near.verdict != "official"
    assert "near_name" in codes(ask("アマゾンマーケティングサビス"))


@pytest.mark.parametrize(
    ("query", "disguised"),
    [
        ("三井住友力ード", True),
        ("三井住友カ一ド", True),
        ("Аmazon", True),
        ("ЈСВ", True),
        ("Ama\u200bzon", True),
        ("三井\u2060住友カード", True),
        ("三井住友カード", False),
        ("三井住友ｶｰﾄﾞ", False),
        ("三井住友カ-ド", False),
        ("三井住友カード株式会社", False),
        ("三井住友カード 御中", False),
        ("ＡＭＡＺＯＮ", False),
        ("あまぞん", False),
        ("\u200bAmazon\u200e", False),
        ("三井\ufe00住友カード", False),
    ],
)
def test_a_name_in_disguise_is_never_official(ask: Ask, query: str, disguised: bool) -> None:
    answer = ask(query)
    assert ("name_disguised" in codes(answer)) == disguised
    assert answer.verdict == ("suspicious" if disguised else "official")
    assert ("似せて" in answers.summary(answer).ja) == disguised


def test_no_name_of_the_register_is_a_disguise(seeded_db: Database) -> None:
    look = Lookup(seeded_db, TODAY)
    rows = seeded_db.all("SELECT name FROM companies UNION SELECT name FROM company_aliases")
    assert len(rows) > 500
    assert [name for (name,) in rows if "name_disguised" in codes(look.answer(name, "company"))] == []


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("アマゾンジャパン合同会社", "official"),
        ("Amazon Japan G.K.", "official"),
        ("Amazon.com, Inc.", "official"),
        ("アマゾンジャパン株式会社", "unreported"),
        ("佐川急便(株)", "official"),
        ("(有)佐川急便", "unreported"),
        ("日本生命相互会社", "official"),
    ],
)
def test_a_name_with_another_legal_form_is_not_called_official(ask: Ask, query: str, verdict: str) -> None:
    answer = ask(query)
    assert answer.verdict == verdict
    assert ("legal_form_differs" in codes(answer)) == (verdict != "official")


@pytest.mark.parametrize(
    ("query", "name"),
    [("Reborn Saiken Kaishu", "リボーン債権回収株式会社"), ("Amazon Marketing Service", "アマゾンマーケティングサービス"),
     ("SUMITOMO MITSUI CARD", "三井住友カード"), ("Bank of Kyoto", "京都銀行")],
)  # fmt: skip
def test_the_english_name_is_an_alias(ask: Ask, query: str, name: str) -> None:
    assert ask(query).facts["name"] == name


def test_a_word_that_is_company_and_sender_id_is_judged_by_what_is_worse(ask: Ask, seeded_db: Database) -> None:
    assert (ask("JPPOST").kind, ask("JPPOST").verdict) == ("company", "official")
    report(seeded_db, sources=3, sender_id="JPPOST", category="delivery")
    found = ask("JPPOST")
    assert (found.kind, found.verdict) == ("sender_id", "suspicious")
    assert "sender_named_as" in codes(found)
    assert ask("日本郵便").verdict == ask("JPPOST", "company").verdict == "official"


def test_latin_words_are_names_the_register_has(ask: Ask, seeded_db: Database) -> None:
    assert ask("amazon").kind == "company"
    with pytest.raises(Unreadable) as caught:
        ask("examplesend")
    assert caught.value.code == "unrecognised"
    report(seeded_db, sender_id="ExampleSend")
    found = ask("EXAMPLESEND")
    assert (found.kind, found.key, found.known) == ("sender_id", "examplesend", True)
    seeded_db.execute(
        "INSERT INTO official_channels (kind, key, company, source) SELECT 'sender_id', 'goodsender', company, source"
        " FROM official_channels LIMIT 1"
    )
    found = ask("GoodSender")
    assert found.verdict == "official" and found.facts["official_of"]


def test_facts_of_each_kind(ask: Ask) -> None:
    assert ask("03-1234-5678").facts["area"] == "東京"
    assert ask("+44 20 7946 0958").facts["country"]
    assert ask("110").facts["service"]
    assert ask("https://例え.jp/").facts["unicode"] == "例え.jp"
    company: dict[str, Any] = dict(ask("Amazon").facts)
    assert company["official_channels"][0]["kind"] == "domain" and company["notices"][0]["issuer"]
    assert ask("だれも知らない商事").facts["status"] == "unverified"
    assert ask("somebody@example.co.jp").kind == "email"


def test_one_lookup_serves_many_queries(seeded_db: Database) -> None:
    look = Lookup(seeded_db, TODAY)
    queries = ["050-3198-3490", "188", "amazon.co.jp", "リボーン債権回収", "03-6709-0234", "050-9999-0001"] * 3
    answers = [look.answer(query) for query in queries]
    assert answers[:6] == answers[6:12] == answers[12:]
    assert {answer.model for answer in answers} == {"1"}


def test_few_reports_and_many_say_the_same(ask: Ask, seeded_db: Database) -> None:
    """What a short list of reports holds is read off it; a longer one is summed up by the database."""
    for n in range(4):
        report(seeded_db, number="050-9999-0001", category=("refund", "delivery")[n % 2], note=f"n{n}", count="3")
    few = ask("050-9999-0001")
    assert list(few.categories.items()) == [("delivery", 6), ("refund", 6)] and len(few.evidence) == 4
    for n in range(4):
        report(seeded_db, number="050-9999-0002", category=("refund", "delivery")[n % 2], note=f"n{n}", count="3")
        report(seeded_db, number="050-9999-0002", stance="benign", note=f"b{n}")
    many = ask("050-9999-0002")
    assert list(many.categories.items()) == list(few.categories.items()) and len(many.evidence) == 5


def test_a_name_counts_only_where_the_number_does(ask: Ask, seeded_db: Database) -> None:
    """A report that gives a number as official does not say that the number claims the name in it."""
    report(seeded_db, number="050-9999-0001", category="delivery")
    for n in range(8):
        report(seeded_db, number="050-9999-0001", role="official", company="Amazon", note=f"n{n}")
        assert ask("050-9999-0001").claimed_companies == ()
        report(seeded_db, number="050-9999-0001", category="delivery", note=f"m{n}")


def test_blocks_at_the_edges(ask: Ask, seeded_db: Database) -> None:
    seeded_db.execute("DELETE FROM number_blocks WHERE kind = '050'")
    rows = (("0502000", "0502009"), ("0502012", "0502012"))
    for first, last in rows:
        seeded_db.execute(
            "INSERT INTO number_blocks SELECT ?, ?, '050', 'X', source FROM sources LIMIT 1", (first, last)
        )
    held = {n: ask(f"050-{n}-0000").facts["carrier"] for n in (1999, 2000, 2009, 2010, 2011, 2012, 2013)}
    assert held == {1999: None, 2000: "X", 2009: "X", 2010: None, 2011: None, 2012: "X", 2013: None}
    assert ask("050-20**-0000").facts["block_allocated"] is None
    seeded_db.execute("DELETE FROM number_blocks")
    assert ask("050-2000-0000").facts["block_allocated"] is None


def test_postgresql_says_the_same(ask: Ask, seeded_db: Database, postgres: Callable[[], str]) -> None:
    url = postgres()
    setup.initialise(url, TODAY)
    with open_database(url, write=True) as server:
        for db in (seeded_db, server):
            for n in range(6):
                report(
                    db, number="050-9999-0001", category=("refund", "delivery")[n % 2], note=f"n{n}", company="Amazon"
                )
                report(
                    db,
                    number=f"050-9999-000{n + 2}",
                    company="リボーン債権回収株式会社",
                    stance="benign" if n else "adverse",
                )
            report(db, number="050-9999-00**")
            report(db, domain="bait.example")
            report(db, sender_id="ExampleSend")
        look = Lookup(server, TODAY)
        for query in (
            "050-9999-0001", "050-9999-0002", "050-9999-0003", "050-9999-0099", "050-9999-00**", "03-6709-0234", "188",
            "bait.example", "amazon.co.jp", "ExampleSend", "Amazon", "リボーン債権回収", "アマゾンマーケティングサビス",
        ):  # fmt: skip
            for lang in ("ja", "en"):
                assert to_json(look.answer(query), lang) == to_json(ask(query), lang), query


def test_an_english_answer_names_owners_and_countries_in_english(ask: Ask, seeded_db: Database) -> None:
    (finding,) = [f for f in ask("amazon.co.jp").findings if f.code == "official_channel"]
    assert "Amazon" in finding.text.en
    seeded_db.execute(
        "UPDATE companies SET name_en = 'Example Desk' WHERE company = (SELECT company FROM official_channels WHERE key = 'jp:188')"
    )
    (finding,) = [f for f in ask("188").findings if f.code == "official_channel"]
    assert "Official contact of Example Desk" in finding.text.en and "Example" not in finding.text.ja
