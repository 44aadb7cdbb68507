"""An answer on a terminal, one screen: verdict, why, what now, facts, evidence (floor 4)."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator

from repdb.answers import summary
from repdb.categories import CATEGORIES, COMPANY_STATUS, VERDICTS
from repdb.cli.common import LANG, say, t
from repdb.records import Answer
from repdb.phone import LINE_TYPES

_COLOUR = {"dangerous": "1;97;41", "suspicious": "1;30;43", "past": "1;30;43", "disputed": "1;30;43",
           "official": "1;97;42", "unreported": "1;7"}  # fmt: skip
_LABEL_WIDTH = 12


def width(text: str) -> int:
    """Columns that the text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" and c not in "・…" else 1 for c in text)


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of at most ``columns``: broken at spaces in Latin text, anywhere in Japanese."""
    line, used, space = "", 0, -1
    for char in text:
        if used + width(char) > columns and line:
            if space > 0 and char != " " and line[-1].isascii() and char.isascii():
                yield line[:space]
                line = line[space + 1 :]
            else:
                yield line
                line = ""
            used, space = width(line), -1
        if char == " ":
            space = len(line)
        line += char
        used += width(char)
    yield line


def _colour(text: str, code: str) -> str:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\x1b[{code}m{text}\x1b[0m"


def block(label: str, items: Iterable[str]) -> None:
    """A labelled block with hanging indent; nothing when there are no items."""
    columns = max(40, min(shutil.get_terminal_size((100, 24)).columns, 110)) - _LABEL_WIDTH
    head = label + " " * max(1, _LABEL_WIDTH - width(label))
    for item in items:
        for number, line in enumerate(wrap(item, columns)):
            print((head if number == 0 else " " * _LABEL_WIDTH) + ("  " if number and item[:1] != " " else "") + line)
            head = " " * _LABEL_WIDTH


def show_answer(answer: Answer) -> None:
    verdict = _colour(f" {say(VERDICTS[answer.verdict])} ", _COLOUR[answer.verdict])
    print(f"{verdict.strip()}   {answer.display}")
    block("", [])
    print(say(summary(answer)))
    print()
    block(t("なぜ", "Why"), (f"・{say(f.text)}" for f in answer.findings[:6]))
    advice = answer.advice[:5]
    block(t("いまする事", "What now"), (f"{n}. {say(a.text)}" for n, a in enumerate(advice, 1)))
    block(t("わかる事", "Facts"), _facts(answer))
    block(t("根拠", "Evidence"), _evidence(answer))
    footer = t(f"モデル {answer.model}・{answer.as_of} 時点", f"Model {answer.model} · as of {answer.as_of}")
    print(f"{'':{_LABEL_WIDTH}}{footer}")


def _facts(answer: Answer) -> Iterator[str]:
    facts = answer.facts
    if "line_type" in facts:
        yield "・".join(_number_facts(answer)) if LANG == "ja" else " · ".join(_number_facts(answer))
    elif answer.kind == "company":
        yield from _company_facts(answer)
    elif facts.get("unicode") not in (None, answer.key):
        yield f"{facts['unicode']} = {answer.key}"


def _number_facts(answer: Answer) -> Iterator[str]:
    facts = answer.facts
    yield say(LINE_TYPES[str(facts["line_type"])])
    if facts.get("area"):
        yield t(f"市外局番の地域 {facts['area']}", f"area {facts['area']}")
    if facts.get("country"):
        yield t(f"国 {facts['country']}", f"country {facts['country']}")
    if facts.get("service"):
        yield t(str(facts["service"]), str(facts["service_en"]))
    if facts.get("carrier"):
        yield t(
            f"番号帯の指定事業者 {facts['carrier']}（発信者とは限りません）",
            f"block held by {facts['carrier']} (not necessarily the caller)",
        )
    elif facts.get("block_allocated") is False:
        yield t("未指定の番号帯", "block not designated to any carrier")
    if answer.claimed_companies:
        names = "、".join(answer.claimed_companies) if LANG == "ja" else ", ".join(answer.claimed_companies)
        yield t(f"名乗った名前 {names}", f"names it claimed: {names}")


def _company_facts(answer: Answer) -> Iterator[str]:
    facts = answer.facts
    status = say(COMPANY_STATUS[str(facts["status"])])
    yield " ".join(
        part for part in (str(facts["name"] or answer.display), f"[{status}]", str(facts["licence"])) if part
    )
    note = facts.get("note") if LANG == "ja" else facts.get("note_en")
    if note:
        yield str(note)
    for channel in facts["official_channels"]:  # type: ignore[attr-defined]
        label = channel["label"] if LANG == "ja" else channel["label_en"]
        yield t("公式", "official") + f": {_shown(channel['kind'], channel['key'])} {label}"
    abusers = [_shown(a["kind"], a["display"]) for a in facts["abusers"]]  # type: ignore[attr-defined]
    if abusers:
        yield t("名前をかたった報告: ", "reported for abusing the name: ") + "、".join(abusers)


def _shown(kind: str, key: str) -> str:
    """A key for the eye; scam domains are not made clickable, so none is."""
    return key.removeprefix("jp:") if kind != "domain" else key.replace(".", "[.]")


def _evidence(answer: Answer) -> Iterator[str]:
    for number, e in enumerate(answer.evidence, 1):
        note = (e.note if LANG == "ja" else e.note_en) or e.note or e.note_en
        day = e.reported_on or t("日付なし", "undated")
        parts = [f"[{number}] {day}", say(CATEGORIES[e.category]), e.source_title, note]
        yield " — ".join(part for part in parts if part)
    more = answer.tally.report_count - len(answer.evidence)
    if answer.evidence and more > 0:
        yield t(f"ほかに {more} 件", f"and {more} more")
