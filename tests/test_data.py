"""The files in ``data/``: well-formed, sorted, unique, dated, in closed vocabularies, keys confirmed by the readers."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from repdb import categories, company, domain, phone

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = {
    "advice_contacts.csv": "contact name name_en number url about about_en source checked_on",
    "companies.csv": "company name_en status category licence legal_form url note note_en source checked_on",
    "company_aliases.csv": "company alias",
    "notices.csv": "notice issuer title published_on law url kind key note note_en source",
    "number_blocks.csv": "prefix_from prefix_to carrier carrier_short kind source",
    "official_channels.csv": "kind key company label label_en shared url source checked_on",
    "reports.csv": "source reported_on category stance number domain email sender_id company role count title note"
    " note_en message url ref",
    "sources.csv": "source title title_en kind url licence redistributable terms trust",
}
# How many leading columns identify a row.
KEYS = {"company_aliases.csv": 2, "official_channels.csv": 3, "reports.csv": 17}
TEXTS = sorted(path.name for path in DATA.iterdir() if path.suffix in {".csv", ".toml", ".txt", ".md"})
SHORT_NUMBERS = {"188", "189", "#7119", "#8000", "#8103", "#8891", "#9110", "110", "118", "119", "171"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def is_date(text: str) -> bool:
    """``YYYY-MM-DD`` or a prefix, not in the future of the data's own year."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    filled = date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
    return 2000 <= filled.year <= 2026


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_plain(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content and b"\t" not in content
    assert content.endswith(b"\n") and not re.search(rb"[ \n]\n\Z", content)
    content.decode("utf-8")


def named(text: str) -> set[str]:
    return {name for line in text.splitlines() if line.startswith("| `") for name in re.findall(r"`([^`]+)`", line)}


@pytest.mark.parametrize("name", [name for name in TEXTS if not name.endswith(".md")])
def test_origin_is_stated(name: str) -> None:
    assert any(Path(name).match(pattern) for pattern in named((DATA / "README.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", COLUMNS)
def test_table_is_sorted_and_unique(name: str) -> None:
    table = list(csv.reader((DATA / name).read_text(encoding="utf-8").splitlines()))
    assert table[0] == COLUMNS[name].split()
    body = table[1:]
    assert body and body == sorted(body)
    keys = Counter(tuple(row[: KEYS.get(name, 1)]) for row in body)
    assert [key for key, times in keys.items() if times > 1] == []
    assert [cell for row in body for cell in row if cell != cell.strip()] == []


@pytest.mark.parametrize(
    ("name", "column", "allowed"),
    [
        ("sources.csv", "kind", categories.SOURCE_KINDS),
        ("sources.csv", "redistributable", "01"),
        ("companies.csv", "status", categories.COMPANY_STATUS),
        ("companies.csv", "category", categories.CATEGORIES),
        ("official_channels.csv", "kind", categories.KINDS),
        ("official_channels.csv", "shared", "01"),
        ("reports.csv", "category", categories.CATEGORIES),
        ("reports.csv", "stance", categories.STANCES),
        ("reports.csv", "role", categories.ROLES),
        ("notices.csv", "kind", categories.KINDS),
        ("number_blocks.csv", "kind", {"050"}),
    ],
)
def test_closed_vocabulary(name: str, column: str, allowed: Any) -> None:
    assert [row for row in rows(name) if row[column] not in allowed] == []


@pytest.mark.parametrize("name", [name for name, columns in COLUMNS.items() if "source" in columns.split()])
def test_every_row_names_a_known_source(name: str) -> None:
    known = {row["source"] for row in rows("sources.csv")}
    assert {row["source"] for row in rows(name)} <= known


@pytest.mark.parametrize("column", ["checked_on", "reported_on", "published_on"])
def test_dates(column: str) -> None:
    found = [row[column] for name, columns in COLUMNS.items() if column in columns.split() for row in rows(name)]
    assert any(found) and [text for text in found if text and not is_date(text)] == []


@pytest.mark.parametrize("name", ["companies.csv", "official_channels.csv", "advice_contacts.csv"])
def test_a_checked_row_says_when(name: str) -> None:
    assert [row for row in rows(name) if not row["checked_on"]] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_both_languages_or_neither(name: str) -> None:
    pairs = [(c, f"{c}_en") for c in COLUMNS[name].split() if f"{c}_en" in COLUMNS[name].split()]
    one_sided = [row for row in rows(name) for ja, en in pairs if bool(row[ja]) != bool(row[en])]
    assert one_sided == []
    assert [row for row in rows(name) for _, en in pairs if re.search(r"[ぁ-んァ-ヶ]", row[en])] == []


def test_urls_are_https_on_official_hosts() -> None:
    channels = [row for row in rows("official_channels.csv") if row["kind"] == "domain"]
    official = {row["key"] for row in channels}
    for name in ("companies.csv", "official_channels.csv", "advice_contacts.csv"):
        for url in (row["url"] for row in rows(name) if row["url"]):
            assert url.startswith("https://") and domain.read(url).key in official, url
    owned = {(row["key"], row["company"]) for row in channels}
    strange = [row for row in channels if row["url"] and (domain.read(row["url"]).key, row["company"]) not in owned]
    assert strange == []


def test_trust_stops_where_one_source_cannot_convict() -> None:
    trust = {
        "partner": 0.5,
        "official": 1.4,
        "reference": 1.4,
        "feed": 1.2,
        "article": 1.0,
        "board": 0.5,
        "contributor": 0.5,
    }
    for row in rows("sources.csv"):
        assert 0 < float(row["trust"]) <= trust[row["kind"]], row


def test_company_names_and_aliases_fold_to_one_company_each() -> None:
    owner: dict[str, str] = {}
    for row in rows("companies.csv"):
        key = company.read(row["company"]).key
        assert owner.setdefault(key, row["company"]) == row["company"]
    for row in rows("company_aliases.csv"):
        key = company.read(row["alias"]).key
        assert key not in owner or owner[key] == row["company"], row
        assert key != company.fold(row["company"]), f"not needed: {row}"
        owner[key] = row["company"]


@pytest.mark.parametrize("name", ["company_aliases.csv", "official_channels.csv"])
def test_rows_belong_to_a_company(name: str) -> None:
    assert {row["company"] for row in rows(name)} <= {row["company"] for row in rows("companies.csv")}


def fictitious() -> set[str]:
    return {row["company"] for row in rows("companies.csv") if row["status"] == "fictitious"}


def test_a_fictitious_company_has_a_notice_and_no_channel() -> None:
    noticed = {row["key"] for row in rows("notices.csv") if row["issuer"] and (row["published_on"] or row["url"])}
    assert "アマゾンマーケティングサービス" in fictitious() and len(fictitious()) >= 40
    assert fictitious() <= noticed
    assert fictitious().isdisjoint(row["company"] for row in rows("official_channels.csv"))
    assert [row for row in rows("companies.csv") if row["status"] == "fictitious" and not row["note"]] == []


def test_a_notice_is_about_a_registered_name() -> None:
    assert {row["key"] for row in rows("notices.csv")} <= {row["company"] for row in rows("companies.csv")}


# Bodies of whom an invented name reminds, beside those that the register has.
BYSTANDERS = (
    "消費生活センター 国民生活センター 東京地方裁判所 法務省 ヤフー株式会社 DMM.com NTTファイナンス 関東財務局 四国財務局 東京法務局 日本年金機構 "
    "日本司法支援センター 住宅リフォーム・紛争処理支援センター 電気通信個人情報保護推進センター 日本データ通信協会 全国サービサー協会 司法協会 "
    "東京司法書士会 中央管財 日本政策金融公庫 日本個人情報管理協会 民事紛争解決センター 消費者生活センター 国民生活相談センター アマゾンジャパン合同会社 "
    "Amazonカスタマーサービス アマゾンカスタマーサービス 東日本債権管理センター"
).split()


def test_no_genuine_body_is_taken_for_an_invented_one() -> None:
    invented = {company.fold(name) for name in fictitious()}
    invented |= {company.fold(row["alias"]) for row in rows("company_aliases.csv") if row["company"] in fictitious()}
    genuine = {row["company"] for row in rows("companies.csv")} - fictitious()
    genuine |= {row["alias"] for row in rows("company_aliases.csv") if row["company"] in genuine} | set(BYSTANDERS)
    for key in map(company.fold, genuine):
        assert key not in invented and company.nearest(key, invented) is None, key
        assert [name for name in invented if name in key] == [], key


def test_official_domains_are_keys_and_shared_ones_say_so() -> None:
    for row in rows("official_channels.csv"):
        if row["kind"] == "domain":
            assert domain.read(row["key"]).key == row["key"]
            assert row["shared"] == "1" or not domain.is_shared(row["key"]), row


@pytest.mark.parametrize(
    "host",
    [
        "sakura.ne.jp",
        "biglobe.ne.jp",
        "zaq.ne.jp",
        "ezweb.ne.jp",
        "softbank.jp",
        "yahoo.co.jp",
        "docomo.ne.jp",
        "ocn.ne.jp",
    ],
)
def test_domains_of_ordinary_people_prove_nothing(host: str) -> None:
    assert [row["shared"] for row in rows("official_channels.csv") if row["key"] == host] == ["1"]


def test_no_number_is_invented() -> None:
    channels = rows("official_channels.csv")
    assert {row["kind"] for row in channels} == {"domain", "phone", "short_number"}
    told = [row for row in channels if row["kind"] == "phone"]
    assert {row["source"] for row in told} == {"official-numbers"} and all(row["label"] for row in told)
    assert [row["key"] for row in told if phone.read(phone.display(row["key"])).key != row["key"]] == []
    assert {row["key"] for row in channels if row["kind"] == "short_number"} == {f"jp:{n}" for n in SHORT_NUMBERS}
    assert {row["number"] for row in rows("advice_contacts.csv")} - {""} == {"188", "#9110", "110"}
    for name in ("advice.toml", "assess.toml", "advice_contacts.csv", "companies.csv", "notices.csv"):
        content = (DATA / name).read_text(encoding="utf-8")
        assert re.findall(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}|(?<![\d-])0\d{9,10}", content) == []


def test_blocks_are_runs_that_do_not_overlap() -> None:
    last = ""
    for row in rows("number_blocks.csv"):
        assert re.fullmatch(r"050\d{4}", row["prefix_from"]) and re.fullmatch(r"050\d{4}", row["prefix_to"])
        assert last < row["prefix_from"] <= row["prefix_to"]
        last = row["prefix_to"]
    blocks = {row["prefix_from"]: row for row in rows("number_blocks.csv")}
    assert sum(int(b["prefix_to"]) - int(b["prefix_from"]) + 1 for b in blocks.values()) == 2427
    assert [b["carrier_short"] for b in blocks.values() if b["prefix_from"] <= "0503198" <= b["prefix_to"]] == ["KDDI"]


def test_reports_are_the_documented_facts() -> None:
    facts = {row["number"]: (row["company"], row["reported_on"]) for row in rows("reports.csv") if row["number"]}
    assert facts == {
        "050-3198-3490": ("リボーン債権回収株式会社", ""),
        "050-5374-1540": ("リボーン債権回収株式会社", ""),
        "050-3116-5334": ("リボーン債権回収株式会社", ""),
        "03-6709-02**": ("アマゾンマーケティングサービス", "2018"),
    }
    assert [row for row in rows("reports.csv") if not row["ref"] or not row["note"] or row["message"]] == []


def test_advice_is_whole() -> None:
    data = toml("advice.toml")
    lists = [
        codes
        for table in ("verdict", "situations", "claims")
        for entry in data[table].values()
        for codes in entry.values()
        if isinstance(codes, list)
    ]
    assert {code for codes in lists for code in codes} == set(data["steps"])
    assert [codes for codes in lists if len(codes) != len(set(codes)) or not 2 <= len(codes) <= 10] == []
    assert set(data["verdict"]) == set(categories.VERDICTS) and set(data["claims"]) <= set(categories.CATEGORIES)
    assert {name for entry in data["verdict"].values() for name in entry} <= {"steps", "collector", *categories.KINDS}
    known = {row["contact"] for row in rows("advice_contacts.csv")}
    used = {contact for step in data["steps"].values() for contact in step.get("contacts", ())}
    assert used <= known


@pytest.mark.parametrize("table", ["steps", "situations", "claims"])
def test_advice_speaks_both_languages(table: str) -> None:
    for code, entry in toml("advice.toml")[table].items():
        assert re.fullmatch(r"[a-z0-9_]+", code) and entry["ja"] and entry["en"].isascii(), code


def test_advice_never_calls_anything_safe() -> None:
    for entry in toml("advice.toml")["verdict"].items():
        if entry[0] == "unreported":
            assert all(codes[0] == "not_safe_because_unreported" for codes in entry[1].values())
        if entry[0] == "official":
            assert all("spoofed" in codes[0] or "abused" in codes[0] for codes in entry[1].values())
    for entry in toml("advice.toml")["situations"].values():
        assert "court_paper_in_postbox" not in entry["steps"] or entry["steps"][0] == "court_paper_do_not_ignore"


def test_assessment_is_whole() -> None:
    data, situations = toml("assess.toml"), toml("advice.toml")["situations"]
    levels = list(data["levels"].values())
    assert [level["from"] for level in levels] == [0, 3, 6, 9]
    codes = [question["code"] for question in data["questions"]]
    assert len(codes) == len(set(codes)) == 12
    for question in data["questions"]:
        assert question["weight"] in {1, 2, 3} and question["ja"] and question["en"].isascii()
        assert question.get("at_least", "low") in data["levels"] and question.get("situation", "received") in situations
    assert {level["situation"] for level in levels} <= set(situations)
    assert sum(question["weight"] for question in data["questions"]) >= 9
