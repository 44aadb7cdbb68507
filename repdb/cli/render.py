"""An answer on a terminal, one screen: verdict, why, what now, facts, evidence (floor 4)."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator

from repdb.answers import claim, summary
from repdb.categories import CATEGORIES, COMPANY_STATUS, STANCES, VERDICTS
from repdb.cli.common import LANG, safe, say, t
from repdb.company import named
from repdb.dates import show_date
from repdb.phone import LINE_TYPES, display
from repdb.phone_foreign import country
from repdb.records import Answer, Text

_COLOUR = {"dangerous": "1;97;41", "suspicious": "1;30;43", "past": "1;30;43", "disputed": "1;30;43",
           "official": "1;97;42", "unreported": "1;7"}  # fmt: skip
_LABEL_WIDTH = 12
_MARK = re.compile(r"・|- |[0-9]\. |\[[0-9]\] ")


# Kinsoku (JIS X 4051): what may not begin a line, and what may not end one.
_NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〕〉》,.:;?!)]}ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々ゝゞヽヾ…‥％%"
)
_NOT_LAST = frozenset("（［｛「『【〔〈《([{")
_UNIT = re.compile(r"[!-~]+| +|.", re.DOTALL)


def width(text: str) -> int:
    """Columns that the text takes on a terminal."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _units(text: str) -> list[str]:
    """What stays together on a line: a run of Latin letters, a Japanese character, each with its punctuation."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and (unit[0] in _NOT_FIRST or units[-1][-1] in _NOT_LAST):
            units[-1] += unit
        else:
            units.append(unit)
    return units


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of at most ``columns``: Latin text broken at spaces, Japanese by kinsoku; too long a word is cut."""
    line, used = "", 0
    for unit in _units(text):
        if used + width(unit.rstrip(" ")) > columns and line:
            if line.strip():
                yield line.rstrip(" ")
            line, used = "", 0
            unit = unit.lstrip(" ")
        if width(unit) <= columns:
            line, used = line + unit, used + width(unit)
            continue
        for char in unit:
            if used + _columns(char) > columns:
                yield line
                line, used = "", 0
            line, used = line + char, used + _columns(char)
    yield line.rstrip(" ")


def shorten(text: str, columns: int) -> str:
    """The text in at most ``columns``; what was cut off is marked by an ellipsis."""
    if width(text) <= columns:
        return text
    kept = used = 0
    for char in text:
        used += _columns(char)
        if used > columns - 1:
            break
        kept += 1
    return text[:kept] + "…"


def _coloured() -> bool:
    """Colour for a terminal only, and not where the person has said no (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def headline(verdict: str, what: str, sentence: Text) -> None:
    """What stands first of every answer: the verdict, on what or as what kind of fraud, and the sentence under it."""
    word = say(VERDICTS[verdict])
    shown = f"\x1b[{_COLOUR[verdict]}m {word} \x1b[0m" if _coloured() else word
    print(f"{shown}   {what}".rstrip())
    print("\n".join(wrap(say(sentence), _columns_here())))
    print()


def _columns_here() -> int:
    return max(40, min(shutil.get_terminal_size((100, 24)).columns, 110))


def block(label: str, items: Iterable[str]) -> None:
    """A labelled block; an item that begins with a mark (``・``, ``1.``, ``[1]``) hangs behind it."""
    columns = _columns_here() - _LABEL_WIDTH
    head = label + " " * max(1, _LABEL_WIDTH - width(label))
    for item in items:
        mark = _MARK.match(item)
        hang = width(mark[0]) if mark else 0
        for number, line in enumerate(wrap(item[mark.end() :] if mark else item, columns - hang)):
            before = (mark[0] if mark else "") if number == 0 else " " * hang
            print(head + before + line)
            head = " " * _LABEL_WIDTH


def show_answer(answer: Answer) -> None:
    headline(answer.verdict, answer.display, summary(answer))
    block(t("なぜ", "Why"), (f"・{say(f.text)}" if LANG == "ja" else f"- {say(f.text)}" for f in answer.findings[:6]))
    kind = claim(answer)
    block(t("手口", "What it is"), [say(kind)] if kind else ())
    steps = answer.advice[: 4 if kind else 5]  # so that it stays on one screen
    block(t("いまする事", "What now"), (f"{n}. {say(a.text)}" for n, a in enumerate(steps, 1)))
    block(t("わかる事", "Facts"), _facts(answer))
    block(t("持ち主から", "Owner says"), _statements(answer))
    block(t("根拠", "Evidence"), _evidence(answer))
    block("", [t(f"モデル {answer.model}・{answer.as_of} 時点", f"Model {answer.model} · as of {answer.as_of}")])


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
        name = say(country(str(facts["country"])))
        yield t(f"国 {name}", f"country {name}")
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
        names = t("、", ", ").join(answer.claimed_companies)
        yield t(f"名乗った名前 {names}", f"names it claimed: {names}")


def _company_facts(answer: Answer) -> Iterator[str]:
    facts = answer.facts
    name = say(named(str(facts["name"] or answer.display), str(facts["name_en"])))
    status, licence = say(COMPANY_STATUS[str(facts["status"])]), str(facts["licence"])
    yield " ".join(filter(None, (name, f"[{status}]", licence)))
    note = facts.get("note") if LANG == "ja" else facts.get("note_en")
    if note:
        yield str(note)
    for channel in facts["official_channels"]:  # type: ignore[attr-defined]
        label = channel["label"] if LANG == "ja" else channel["label_en"]
        yield t("公式", "official") + f": {_official(channel['kind'], channel['key'])} {label}"
    abusers = [_shown(a["kind"], a["display"]) for a in facts["abusers"]]  # type: ignore[attr-defined]
    if abusers:
        yield t("名前をかたった報告: ", "reported for abusing the name: ") + t("、", ", ").join(abusers)


def _official(kind: str, key: str) -> str:
    """A checked contact as one can copy it."""
    return key if kind == "domain" else display(key)


def _shown(kind: str, key: str) -> str:
    """A key for the eye; what is reported is not made clickable."""
    return display(key) if kind != "domain" else key.replace(".", "[.]")


def _statements(answer: Answer) -> Iterator[str]:
    """What verified owners say against the reports."""
    for one in answer.facts.get("disputes", ()):  # type: ignore[attr-defined]
        day = say(show_date(one["opened_on"]))
        yield shorten(safe(f"{day} — {one['statement']}").replace("\n", " "), 6 * (_columns_here() - _LABEL_WIDTH))


def _evidence(answer: Answer) -> Iterator[str]:
    """What was stated, newest first; statements that read alike share a line."""
    room = 3 * (_columns_here() - _LABEL_WIDTH - 4)
    shown: dict[str, int] = {}
    for e in answer.evidence:
        note = (e.note if LANG == "ja" else e.note_en) or e.note or e.note_en
        kind = CATEGORIES[e.category] if e.stance == "adverse" else STANCES[e.stance]
        title = e.source_title if LANG == "ja" else e.source_title_en or e.source_title
        line = " — ".join(part for part in (say(show_date(e.reported_on)), say(kind), title, note) if part)
        shown[line] = shown.get(line, 0) + 1
    for number, (line, times) in enumerate(shown.items(), 1):
        yield shorten(f"[{number}] {line}", room - 4) + (f" ×{times}" if times > 1 else "")
    more = answer.tally.report_count - sum(e.stance == "adverse" for e in answer.evidence)
    if answer.evidence and more > 0:
        yield t(f"ほかに {more:,} 件の報告", f"and {more:,} more reports")
