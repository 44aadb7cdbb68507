"""Each signal: what it sees, and that it is silent where there is nothing to see. One row per finding."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from repdb.records import Tally, Text
from repdb.signals import SIGNALS, observe
from repdb.signals.base import Case, Mask, Name, Notice, Official
from repdb.signals.message import MESSAGE_SIGNALS
from repdb.signals.weights import WEIGHTS
from repdb.votes import HALF_LIFE, strength

AS_OF = date(2026, 11, 21)
NUMBER, HOST, COMPANY = "+815099990001", "scam.example", "カクウ"
KEYS = {"phone": NUMBER, "masked_phone": "+8150999900**", "domain": HOST, "sender_id": "abc", "company": COMPANY}


def case(subject: str = "phone", **more: Any) -> Case:
    whole = {"kind": subject, "key": KEYS[subject], "subject_kind": subject, "display": "架空", "as_of": AS_OF}
    return Case(**whole | more)


def tally(on: str = "2026-11-01", sources: int = 1, kind: str = "phone", **more: Any) -> Tally:
    votes = {"adverse": sources * strength(kind, on)}
    return Tally(**{"report_count": sources, "source_count": sources, "last_reported_on": on, **votes} | more)


def official(shared: bool = False) -> Official:
    return Official("例示銀行", "例示銀行", "代表番号", "main number", shared, "2026-11", "")


def notice(published_on: str = "2024-05-01") -> Notice:
    return Notice("n1", "消費者庁", "注意", published_on, "", "")


GENUINE = Name("例示債権回収株式会社", "genuine", "法務大臣許可第999号", "例示債権回収")
FICTITIOUS = Name("架空サービス", "fictitious", "", COMPANY)
UNVERIFIED = Name("だれか", "unverified", "", "だれか")

# (what is known, code, words that its Japanese and its English sentence hold)
ROWS: list[tuple[Case, str, tuple[str, str]]] = [
    (case(tally=tally(sources=2), category="delivery"), "reported_by_sources", ("2 つの情報源", "2 sources report")),
    (case("company", tally=tally()), "reported_by_sources", ("この名前を使った", "in this name (1 report, ")),
    (case(tally=tally("2026-11-03")), "reported_by_sources", ("最後は2026年11月3日", "last 2026-11-03")),
    (case(tally=tally("")), "reported_by_sources", ("（1 件、日付なし）", "(1 report, undated)")),
    (case(benign_count=3), "benign_reports", ("3 件", "3 reports")),
    (case(tally=tally("2019-03")), "faded", ("2019年3月", "2019-03")),
    (case(tally=tally("")), "undated", ("日付がない", "no date")),
    (case(tally=tally(disputes=1)), "disputed", ("異議", "disputes")),
    (case("company", notices=(notice(), notice("2020"))), "official_notice", ("2024年5月1日", "2024-05-01")),
    (case("company", register=GENUINE, notices=(notice(""),)), "notice_about_name", ("日付なし", "undated")),
    (case(official=(official(),)), "official_channel", ("例示銀行の公式", "main number, checked 2026-11")),
    (case("domain", official=(official(shared=True),)), "official_shared", ("一般の利用者", "ordinary customers")),
    (case(masks=(Mask("+81509999****", "050-9999-****", 4, ""), Mask("+8150999900**", "050-9999-00**", 2, ""))),
     "masked_match", ("050-9999-00**", "any of 100 numbers")),
    (case(neighbours=2), "neighbours_reported", ("2 個", "2 number")),
    (case("masked_phone", masks=(Mask("+81509999****", "050-9999-****", 4, ""), Mask("+815099990***", "050-9999-0***", 3, ""))),
     "mask_overlaps", ("050-9999-0***", "not necessarily")),
    (case("masked_phone", covered=7), "covered_reported", ("7 個", "Of the 100 numbers it may stand for, 7 ")),
    (case(block_allocated=False), "block_unallocated", ("割り当てられていない", "No carrier")),
    (case(kind="displayed_id"), "displayed_id_forged", ("偽装", "forged")),
    (case(line_type="international"), "international_number", ("国際電話", "foreign")),
    (case(line_type="premium"), "premium_number", ("通話料", "costs extra")),
    (case(line_type="mass_calling"), "premium_number", ("通話料", "costs extra")),
    (case("domain", shared=True), "shared_host", ("判断できません", "by its name")),
    (case("domain", shared=True, tally=tally(sources=4)), "shared_host", ("4 件の報告", "its 4 reports")),
    (case("domain", shared=True, flags=frozenset({"private_ip", "ip_host"})), "private_address", ("家庭", "home or office")),
    (case("domain", flags=frozenset({"on_dynamic_dns"})), "dynamic_host", ("すぐに作れる", "in a minute")),
    (case("domain", flags=frozenset({"ip_host"})), "ip_host", ("IP アドレス", "bare IP")),
    (case("domain", flags=frozenset({"posed_host"})), "posed_host", ("「@」の前", "before the @")),
    (case("domain", flags=frozenset({"mixed_script"})), "mixed_script_host", ("文字体系", "scripts")),
    (case("domain", lookalike="example.jp"), "lookalike_host", ("example.jp に似た", "Looks like example.jp")),
    (case("company", register=FICTITIOUS), "name_fictitious", ("実在しない", "no real company")),
    (case("company", register=GENUINE), "name_genuine", ("（法務大臣許可第999号）", "is genuine (法務大臣許可第999号)")),
    (case("company", register=GENUINE, tally=tally()), "name_genuine_abused", ("かたる報告", "abuse its name")),
    (case("company", office="", tally=tally()), "name_of_office", ("実在する役所", "a real public office")),
    (case("company", office="見本銀行", tally=tally()), "name_of_office", ("見本銀行の名前", "the name of 見本銀行")),
    (case("company", register=GENUINE._replace(licence="")), "name_genuine", ("株式会社は実在します", "is genuine")),
    (case("company", register=GENUINE, flags=frozenset({"legal_form:有限会社"}), facts={"legal_form": "株式会社"}),
     "legal_form_differs", ("「有限会社」と書かれ", "is a 株式会社")),
    (case("company", register=GENUINE, flags=frozenset({"look_alikes"})), "name_disguised", ("見せかけて", "Made to look")),
    (case("company", register=GENUINE, flags=frozenset({"invisible_characters"})), "name_disguised", ("見えない", "invisible")),
    (case("company", register=GENUINE, flags=frozenset({"look_alikes"}), tally=tally()), "name_genuine_abused", ("", "")),
    (case("sender_id", register=GENUINE), "sender_named_as", ("だれでも自由に", "whoever sends")),
    (case(tally=tally(), claimed=(UNVERIFIED, GENUINE)), "claims_genuine_name",
     ("許可業者（法務大臣許可第999号）で、この番号は公式の連絡先として確認されていません", "genuine licensed company")),
    (case("domain", claimed=(GENUINE._replace(licence=""),)), "claims_genuine_name", ("このドメイン", "company or body")),
    (case(claimed=(FICTITIOUS,)), "claims_fictitious_name", ("実在しない会社", "no real company")),
    (case("company", display="架空債権回収"), "licence_unknown", ("法務省の一覧", "Ministry of Justice")),
    (case("company", near_name=("例示銀行", 0.95)), "near_name", ("「例示銀行」", "'例示銀行'")),
]  # fmt: skip

# (what is known, code that must not be found)
SILENT: list[tuple[Case, str]] = [
    (case(tally=tally()), "faded"),
    (case(tally=tally("2026-10-01", adverse=0.1)), "faded"),  # few votes, but of this half-life
    (case(tally=tally("2019", adverse=strength("phone", "2026-11-01"))), "faded"),
    (case(tally=tally()), "undated"),
    (case("domain", shared=True, tally=tally()), "reported_by_sources"),
    (case("domain", shared=True, tally=tally("")), "undated"),
    (case(official=(official(shared=True),)), "official_channel"),
    (case(neighbours=1), "neighbours_reported"),
    (case(block_allocated=True), "block_unallocated"),
    (case(line_type="international", kind="displayed_id"), "premium_number"),
    (case("domain", lookalike="example.jp", official=(official(),)), "lookalike_host"),
    (case("domain", shared=True, flags=frozenset({"ip_host"})), "ip_host"),
    (case("company", register=GENUINE, display="例示債権回収"), "licence_unknown"),
    (case("company", register=GENUINE), "name_disguised"),
    (case("company", register=GENUINE, flags=frozenset({"look_alikes"})), "name_genuine"),
    (case("company", register=UNVERIFIED, flags=frozenset({"invisible_characters"})), "name_disguised"),
    (case("company", flags=frozenset({"invisible_characters"})), "name_disguised"),
    (case("masked_phone"), "mask_overlaps"),
    (case("company", register=GENUINE, notices=(notice(),)), "official_notice"),
    (
        case("company", register=GENUINE, flags=frozenset({"legal_form:有限会社"}), facts={"legal_form": "株式会社"}),
        "name_genuine",
    ),
    (
        case("company", register=GENUINE, flags=frozenset({"legal_form:株式会社"}), facts={"legal_form": "株式会社"}),
        "legal_form_differs",
    ),
    (
        case("company", register=GENUINE, flags=frozenset({"legal_form:Inc."}), facts={"legal_form": "株式会社"}),
        "legal_form_differs",
    ),
    (case("company", register=GENUINE, flags=frozenset({"legal_form:有限会社"})), "legal_form_differs"),
    (case("company", flags=frozenset({"legal_form:有限会社"}), facts={"legal_form": "株式会社"}), "legal_form_differs"),
    (case("sender_id", register=GENUINE, official=(official(),)), "sender_named_as"),
    (case("sender_id", register=FICTITIOUS), "sender_named_as"),
    (case(official=(official(),), claimed=(GENUINE._replace(company="例示銀行"),)), "claims_genuine_name"),
    (case(claimed=(UNVERIFIED,)), "claims_genuine_name"),
    (case(claimed=(GENUINE, UNVERIFIED)), "claims_fictitious_name"),
]


@pytest.mark.parametrize(("seen", "code", "words"), ROWS, ids=[f"{n}-{row[1]}" for n, row in enumerate(ROWS)])
def test_a_signal_sees(seen: Case, code: str, words: tuple[str, str]) -> None:
    found = {finding.code: finding for finding in observe(seen)}
    assert code in found
    assert words[0] in found[code].text.ja and words[1] in found[code].text.en
    assert "{" not in found[code].text.ja + found[code].text.en
    if code != "reported_by_sources":
        assert found[code].weight == WEIGHTS[code].weight


@pytest.mark.parametrize(("seen", "code"), SILENT, ids=[f"{n}-{row[1]}" for n, row in enumerate(SILENT)])
def test_a_signal_is_silent(seen: Case, code: str) -> None:
    assert code not in {finding.code for finding in observe(seen)}


@pytest.mark.parametrize("kind", HALF_LIFE)
def test_nothing_known_gives_no_finding(kind: str) -> None:
    assert [finding.code for finding in observe(case(kind))] == (["covered_reported"] if kind == "masked_phone" else [])


def test_every_row_of_the_table_is_found_by_a_signal() -> None:
    import repdb.signals.message_weights as messages

    assert {code for _, code, _ in ROWS} == WEIGHTS.keys() - messages.MESSAGE_WEIGHTS.keys()


def test_signals_document_themselves() -> None:
    for function in {function for functions in SIGNALS.values() for function in functions}:
        assert function.__doc__ and function.__doc__.strip().endswith("."), function.__name__
        assert function.__name__ in WEIGHTS
    assert SIGNALS.keys() == HALF_LIFE.keys()
    looks = {*MESSAGE_SIGNALS, *(function for functions in SIGNALS.values() for function in functions)}
    assert [look.__name__ for look in looks if look.__name__ not in WEIGHTS] == []
    told = " ".join(f"``{look.__name__}`` {look.__doc__}" for look in looks)
    assert [code for code in WEIGHTS if f"``{code}``" not in told] == [
        "nothing_found"
    ]  # given where no signal finds any
    for code, row in WEIGHTS.items():
        assert row.why.endswith("."), code
        assert isinstance(row.text, Text) and row.text.ja and row.text.en, code


def test_the_strongest_finding_comes_first() -> None:
    found = observe(case(tally=tally(sources=3), block_allocated=False, neighbours=5, benign_count=1))
    assert [abs(f.weight) for f in found] == sorted((abs(f.weight) for f in found), reverse=True)
    assert found[0].code == "reported_by_sources"
