"""What the scraper ``article`` makes of pages whose answers are known: ``bench_article.py PAGES.jsonl… [PAGE.txt…]``

A ``.jsonl`` file has rows ``{id, text, mentions: [{kind, key, group}]}``, as a reader labelled them (``group``:
``adverse``, ``benign``, ``unclear``, ``optional``); a text file is read for its notes alone. Printed: adverse identifiers found
and missed, benign ones that were accused, the longest run of letters that a stored text shares with its page, and
personal data (mail addresses, postal codes) in what would be stored.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from repdb import domain
from repdb.contracts import Page
from repdb.intake import Intake
from repdb.records import Unreadable
from repdb.scrape import load

RUN = 28  # letters in a row that a note may not share with its page: more than any set phrase has
_DROP = re.compile(r"[\W_0-9A-Za-z]+")
_PERSONAL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|〒 ?\d{3}-?\d{4}")
_KINDS = {
    "phone": "phone",
    "displayed_id": "phone",
    "short_number": "phone",
    "masked_phone": "masked_phone",
    "domain": "domain",
}


def shared_run(note: str, page: str) -> str:
    """The longest run of letters of a note that stands in the page too."""
    note, page, best = _DROP.sub("", note), _DROP.sub("", page), ""
    for start in range(len(note)):
        while start + len(best) < len(note) and note[start : start + len(best) + 1] in page:
            best = note[start : start + len(best) + 1]
    return best


def pages(paths: list[str]) -> Iterator[tuple[str, str, list[dict[str, Any]] | None]]:
    for path in map(Path, paths):
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".jsonl":
            yield from ((row["id"], row["text"], row["mentions"]) for row in map(json.loads, text.splitlines()))
        else:
            yield path.name, text, None


def registrable(key: str) -> str:
    try:
        return domain.read(key).key
    except Unreadable:
        return key


def main(paths: list[str]) -> None:
    article, intake = load("article"), Intake({"source": "page", "status": "pending"}, "2026-11-21")
    hits, missed, accused, longest = 0, [], [], ("", "")
    personal, count, reports = [], 0, 0
    for name, text, mentions in pages(paths):
        count += 1
        found: set[tuple[str, str]] = set()
        for record in article.parse(Page("", text.encode())):
            if not isinstance(record, dict):
                continue
            report = intake.report({k: v for k, v in record.items() if k != "source"}).report
            reports += 1
            found |= {(_KINDS[m.kind], m.key) for m in report.mentions if m.kind in _KINDS}
            longest = max(longest, (shared_run(report.note, text), name), key=lambda one: len(one[0]))
            stored = " ".join((report.title, report.note, report.note_en, report.message))
            personal += [(name, one) for one in _PERSONAL.findall(stored)]
            if mentions is None:
                print(f"{name}: {[(m.kind, m.key, m.role) for m in report.mentions]} {report.category}")
        if mentions is not None:
            labelled = {(m["kind"], registrable(m["key"]) if m["kind"] == "domain" else m["key"]): m["group"]
                        for m in mentions if m.get("key")}  # fmt: skip
            wanted = {key for key, group in labelled.items() if group == "adverse"}
            hits += len(wanted & found)
            missed += [(name, *key) for key in sorted(wanted - found)]
            accused += [(name, *key, labelled.get(key, "not labelled")) for key in sorted(found - wanted)
                        if labelled.get(key) not in ("optional", "unclear")]  # fmt: skip
    print(
        f"{count} pages, {reports} reports; adverse: {hits} found, {len(missed)} missed; {len(accused)} others accused"
    )
    for line in [*missed, "—", *accused]:
        print("  ", line)
    print(f"longest run shared with a page: {len(longest[0])} ({longest[0]!r} of {longest[1]}), allowed {RUN - 1}")
    print(f"personal data: {personal or 'none'}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(f"usage: bench_article.py PAGES.jsonl… [PAGE.txt…]\n\n{__doc__}")
    main(sys.argv[1:])
