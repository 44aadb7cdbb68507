"""The ministry's list of licensed collectors, from a saved page to the answers that rest on it (all names invented)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Cli

NAMES = [f"ほしぞら{first}{second}債権回収株式会社" for first in "あかさたなはま" for second in "いきしちにひみ"]
PAGE = """<html><head><meta charset="utf-8"></head><body><table>
<tr><th>許可番号</th><th>商号</th><th>所在地</th><th>電話番号</th><th>許可年月日</th></tr>{rows}</table></body></html>"""


def test_the_list_taken_in_and_used(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.html"
    rows = "".join(
        f"<tr><td>第{900 + n}号</td><td>{name}</td><td>東京都</td><td>03-9999-{1000 + n}</td><td>令和7年4月1日</td></tr>"
        for n, name in enumerate(NAMES)
    )
    file.write_text(PAGE.format(rows=rows), encoding="utf-8")
    done = cli("scrape", "licensed_collectors", "--file", file)
    assert done.returncode == 0, done.stderr
    # A report of somebody who used the first name with a number of his own.
    cli("report", "number", "050-9999-0077", "--company", NAMES[0], "-c", "impersonated_collector")

    answer = json.loads(cli("lookup", "--json", NAMES[0].removesuffix("株式会社")).stdout)
    assert answer["facts"]["licence"] == "法務大臣許可第900号" and answer["verdict"] != "dangerous"
    assert [channel["key"] for channel in answer["facts"]["official_channels"]] == ["+81399991000"]
    assert [abuser["key"] for abuser in answer["facts"]["abusers"]] == ["+815099990077"]

    def codes(text: str) -> tuple[str, set[str]]:
        found = json.loads(cli("check", "--json", text).stdout)
        return found["verdict"], {reason["code"] for reason in found["reasons"]}

    own = codes("ほしぞらあい債権回収です。お支払いの確認ができておりません。03-9999-1000 へお電話ください")
    assert own[0] == "official" and "official_contacts" in own[1]
    other = codes("ほしぞらあい債権回収です。料金の未納があります。本日中に 03-9999-7777 へお電話ください")
    assert other[0] == "suspicious" and "callback_mismatch" in other[1]
    unknown = codes("青空債権回収です。料金の未納があります。本日中に 03-9999-7777 へお電話ください")
    assert unknown[0] == "suspicious" and "message_licence_missing" in unknown[1]
    # Taking the same list in again changes nothing.
    again = cli("scrape", "licensed_collectors", "--file", file)
    assert again.returncode == 0 and f"0 stored + {2 * len(NAMES)} duplicates" in again.stderr
    assert json.loads(cli("lookup", "--json", NAMES[0]).stdout) == answer | {"query": NAMES[0], "display": NAMES[0]}


def write(file: Path, names: Sequence[str], first: int = 900) -> Path:
    rows = "".join(
        f"<tr><td>第{first + n}号</td><td>{name}</td><td>東京都</td><td>03-9999-{100 + first + n}</td><td></td></tr>"
        for n, name in enumerate(names)
    )
    file.write_text(PAGE.format(rows=rows), encoding="utf-8")
    return file


def facts(cli: Cli, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cli("lookup", "--json", name).stdout)["facts"]
    return found


def test_who_is_not_on_a_newer_list_has_no_licence_any_more(cli: Cli, seeded: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.html"
    assert cli("scrape", "licensed_collectors", "--file", write(file, NAMES)).returncode == 0
    newer = write(file, NAMES[:-2])
    done = cli("scrape", "licensed_collectors", "--file", newer, env={"REPDB_TODAY": "2026-11-28"})
    assert "2 licensed companies are no longer on the list" in done.stderr
    gone = facts(cli, NAMES[-1])
    assert (gone["licence"], gone["status"], gone["official_channels"]) == ("", "genuine", [])
    assert gone["note"].startswith("2026年11月28日の許可業者の一覧にありません（以前の許可: 法務大臣許可第948号）。")
    assert "2026" in gone["note_en"] and "948" in gone["note_en"]
    assert facts(cli, NAMES[0])["licence"] == "法務大臣許可第900号"
    again = cli("scrape", "licensed_collectors", "--file", newer, env={"REPDB_TODAY": "2026-11-29"})
    assert "no longer" not in again.stderr and facts(cli, NAMES[-1]) == gone
    # One that comes back is licensed as before.
    assert cli("scrape", "licensed_collectors", "--file", write(file, NAMES)).returncode == 0
    back = facts(cli, NAMES[-1])
    assert (back["licence"], back["note"], back["note_en"]) == ("法務大臣許可第948号", "", "")
    assert cli("doctor").returncode == 0


@pytest.mark.parametrize(("names", "first"), [(NAMES[:20], 900), ([f"{name}東" for name in NAMES], 2000)])
def test_a_part_or_another_list_takes_nobody_s_licence(
    cli: Cli, seeded: Path, tmp_path: Path, names: list[str], first: int
) -> None:
    file = tmp_path / "list.html"
    assert cli("scrape", "licensed_collectors", "--file", write(file, NAMES)).returncode == 0
    done = cli("scrape", "licensed_collectors", "--file", write(file, names, first))
    assert done.returncode == 0 and "no longer" not in done.stderr
    assert facts(cli, NAMES[-1])["licence"] == "法務大臣許可第948号"
