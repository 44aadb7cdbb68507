"""``repdb.seed``: the files of ``data/`` as records, and advice by verdict, situation and kind of demand."""

from __future__ import annotations

import subprocess
import sys

import pytest

from repdb import categories, records, seed


def one(items: tuple[object, ...], **wanted: object) -> object:
    (found,) = [item for item in items if all(getattr(item, name) == value for name, value in wanted.items())]
    return found


def test_sources_are_typed() -> None:
    web = one(seed.load().sources, source="web")
    assert isinstance(web, records.Source)
    assert (web.kind, web.trust, web.redistributable) == ("contributor", 0.5, True)


def test_the_genuine_collector_is_not_its_impostor() -> None:
    reborn = one(seed.load().companies, name="リボーン債権回収株式会社")
    assert isinstance(reborn, records.Company)
    assert (reborn.status, reborn.licence) == ("genuine", "法務大臣許可第115号")
    fake = one(seed.load().companies, name="アマゾンマーケティングサービス")
    assert isinstance(fake, records.Company) and fake.status == "fictitious"


def test_companies_have_folded_keys_and_their_aliases() -> None:
    amazon = one(seed.load().companies, name="Amazon")
    assert isinstance(amazon, records.Company)
    assert amazon.company == "amazon" and amazon.legal_form == "合同会社" and "アマゾン" in amazon.aliases


def test_channels_point_to_companies() -> None:
    data = seed.load()
    assert {channel.company for channel in data.channels} <= {company.company for company in data.companies}
    hotline = one(data.channels, key="jp:188")
    assert isinstance(hotline, records.OfficialChannel)
    assert (hotline.kind, hotline.label, hotline.shared) == ("short_number", "消費者ホットライン", False)
    mail = one(data.channels, key="docomo.ne.jp")
    assert isinstance(mail, records.OfficialChannel) and mail.shared is True


def test_blocks_carry_the_usual_name_of_the_carrier() -> None:
    blocks = [block for block in seed.load().blocks if block.prefix_from <= "0503198" <= block.prefix_to]
    assert [(block.carrier, block.kind, block.source) for block in blocks] == [("KDDI", "050", "mic-designation")]


def test_reports_are_raw_and_without_empty_fields() -> None:
    reports = seed.load().reports
    assert all(text for report in reports for text in report.values())
    (report,) = [report for report in reports if report.get("number") == "050-3198-3490"]
    assert report["source"] == "page-reborn-sms" and "reported_on" not in report


def test_the_lexicon_is_seeded_whole() -> None:
    rows = {row["phrase"]: row for row in seed.load().phrases}
    assert len(rows) > 500 and rows["最終通告"]["topic"] == "final_notice"
    assert all(isinstance(row["weight"], float) and row["gloss"] and row["gloss_en"] for row in rows.values())


def test_notices_are_filed_under_the_key_of_their_company() -> None:
    data = seed.load()
    assert {n["key"] for n in data.notices if n["kind"] == "company"} <= {company.company for company in data.companies}


def test_a_notice_about_something_else_keeps_its_key() -> None:
    row = {"kind": "domain", "key": "Example-Shop.example"}
    assert seed._notice(row) == row


def test_contacts_hold_the_helplines() -> None:
    numbers = {row["contact"]: row["number"] for row in seed.contacts()}
    assert numbers["consumer_hotline"] == "188" and numbers["police_consultation"] == "#9110"
    assert seed.load().contacts == seed.contacts()


def test_version_follows_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    before = seed.version()
    assert len(before) == 16 and before == seed.version.__wrapped__()
    read = seed._bytes
    monkeypatch.setattr(seed, "_bytes", lambda name: read(name) + (b"x" if name == "reports.csv" else b""))
    assert seed.version.__wrapped__() != before


@pytest.mark.parametrize("verdict", categories.VERDICTS)
@pytest.mark.parametrize("kind", categories.KINDS)
def test_every_answer_has_advice(verdict: str, kind: str) -> None:
    steps = seed.for_verdict(verdict, kind)
    assert len(steps) >= 2 and all(step.text.ja and step.text.en for step in steps)


def test_advice_fits_the_subject() -> None:
    assert [step.code for step in seed.for_verdict("dangerous", "phone")][:3] == [
        "do_not_call",
        "do_not_reply",
        "do_not_pay",
    ]
    assert seed.for_verdict("dangerous", "domain")[0].code == "do_not_open_link"
    assert seed.for_verdict("unreported", "phone")[0].code == "not_safe_because_unreported"
    assert seed.for_verdict("official", "short_number")[0].code == "caller_id_can_be_spoofed"


@pytest.mark.parametrize("verdict", categories.VERDICTS)
def test_only_collectors_are_compared_with_the_list_of_licences(verdict: str) -> None:
    company, collector = ([step.code for step in seed.for_verdict(verdict, kind)] for kind in ("company", "collector"))
    assert "verify_licence" not in company and [code for code in collector if code != "verify_licence"] == company


def test_fake_and_unjust_billing_are_told_apart() -> None:
    fake, unjust, plain = (
        [step.code for step in seed.for_verdict("dangerous", "phone", category)]
        for category in ("fake_billing", "unjust_billing", "nuisance_sales")
    )
    assert fake[:4] == ["do_not_call", "do_not_reply", "do_not_pay", "consult_188"]
    assert unjust[:4] == ["do_not_pay", "keep_evidence", "unjust_not_just_ignore", "consult_188"]
    assert {"do_not_call", "do_not_reply"}.isdisjoint(unjust), "a contract there is may have to be ended"
    assert (
        plain == [step.code for step in seed.for_verdict("dangerous", "phone")] and seed.claim("nuisance_sales") is None
    )
    texts = {category: seed.claim(category) for category in ("fake_billing", "unjust_billing", "one_click")}
    assert (
        all(text and ("払わ" in text.ja and "not pay" in text.en) for text in texts.values())
        and len(set(texts.values())) == 3
    )


@pytest.mark.parametrize("category", seed.advice()["claims"])
def test_what_is_demanded_takes_no_step_from_any_answer_but_those_it_names(category: str) -> None:
    without = set(seed.advice()["claims"][category].get("without", ()))
    for verdict in ("dangerous", "suspicious", "past"):
        for kind in categories.KINDS:
            plain = {step.code for step in seed.for_verdict(verdict, kind)}
            told = {step.code for step in seed.for_verdict(verdict, kind, category)}
            assert plain - told <= without and set(seed.advice()["claims"][category]["steps"]) <= told


def test_situations() -> None:
    assert seed.for_situation("court_paper")[0].code == "court_paper_do_not_ignore"
    assert seed.for_situation("paid_bank")[0].code == "call_bank"
    assert seed.for_situation("refund_offer")[0].code == "secondary_victim"
    with pytest.raises(KeyError):
        seed.for_situation("nothing of the kind")


def test_assessment_has_four_levels_and_its_questions() -> None:
    data = seed.assessment()
    assert list(data["levels"]) == ["low", "watch", "high", "urgent"] and len(data["questions"]) == 12


def test_advice_costs_no_heavy_import() -> None:
    code = "import sys; from repdb import seed; seed.for_verdict('past', 'phone'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"phonenumbers", "publicsuffixlist", "sqlalchemy", "rapidfuzz", "repdb.company"}.isdisjoint(loaded)
