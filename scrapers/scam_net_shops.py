"""Suspicious net shops: the CC0 uBlacklist rules of exoego/ublacklist-scam-net-shops, one ``*://*.host/*`` a line."""

from __future__ import annotations

from collections.abc import Iterator

from repdb.contracts import Page, Record, SourceSpec
from repdb.records import Text

SOURCE = SourceSpec(
    name="scam-net-shops",
    title=Text("怪しいネットショップ（exoego）", "Suspicious net shops (exoego)"),
    url="https://github.com/exoego/ublacklist-scam-net-shops",
    base="https://raw.githubusercontent.com/exoego/ublacklist-scam-net-shops/master/uBlacklist.txt",
    kind="feed",
    trust=0.6,
    rows=(500, 200_000),
    cadence="weekly",
    licence="CC0-1.0",
    redistributable=True,
    whole=True,
)
_NOTE = {"note": "怪しいネットショップの一覧に掲載", "note_en": "On a list of suspicious net shops"}


def parse(page: Page) -> Iterator[Record]:
    """Hosts that the rules name. The list gives no date; a rule of another form is kept as a reject."""
    page.need(page.kind == "text", "*://*.host/*")
    for line, written in enumerate(page.text.splitlines(), 1):
        rule = written.partition("#")[0].strip()
        host = rule.removeprefix("*://").removeprefix("*.").removesuffix("/*")
        if rule.startswith("*://") and rule.endswith("/*") and host and not set(host) & set("*/"):
            yield {"domain": host, "ref": host} | _NOTE
        elif rule:
            yield page.reject(line, "bad_rule", "not of the form *://*.host/*", written)
