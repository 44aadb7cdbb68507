"""Documentation made from the code: ``make docs`` writes it, ``tests/test_house.py`` compares it.

A document holds its generated parts between ``<!-- NAME -->`` and ``<!-- /NAME -->``; the rest is written by hand.
``BLOCKS`` is the one table of what is generated.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from repdb import schema_docs, score, votes
from repdb import seed as seeds
from repdb.categories import KINDS, SOURCE_KINDS, VERDICTS
from repdb.scrape import sources as scrapers
from repdb.signals import SIGNALS
from repdb.signals.message import MESSAGE_SIGNALS
from repdb.signals.weights import WEIGHTS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "050-3198-3490"
# The day on which the example is asked: an answer depends on it.
EXAMPLE_DAY = "2026-11-21"


LOCALES = {"ja": "ja_JP.UTF-8", "en": "C.UTF-8"}

# The commands with their help, as the CLI itself has them in one language: name → [help, {option: its help}].
COMMANDS = """
import json, typer.main
from repdb.cli import app
shown = {
    name: [
        command.get_short_help_str(limit=300),
        {param.name: getattr(param, "help", None) for param in command.params if not getattr(param, "hidden", False)},
    ]
    for name, command in typer.main.get_command(app).commands.items()
    if not command.hidden
}
print(json.dumps(shown))
"""


def python(*args: str, lang: str) -> subprocess.CompletedProcess[str]:
    """Run Python as on a fresh machine: an empty home, so repdb makes its database from the seed data."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPDB_", "XDG_", "LC_"))}
        environment = {**kept, "HOME": home, "LANG": LOCALES[lang], "COLUMNS": "118", "REPDB_TODAY": EXAMPLE_DAY}
        command = [sys.executable, *args]
        return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=home, check=False)


def lookup_example(lang: str) -> str:
    done = python("-m", "repdb", "lookup", EXAMPLE, lang=lang)
    if done.returncode != 1 or EXAMPLE not in done.stdout:
        raise RuntimeError(f"repdb lookup {EXAMPLE} ended with {done.returncode}: {done.stderr}")
    return f"```console\n$ repdb lookup {EXAMPLE}\n{done.stdout.rstrip()}\n```"


def commands(lang: str) -> dict[str, tuple[str, dict[str, str | None]]]:
    """Name → (one-line help, option or argument → its help) of each command, in the order of ``repdb --help``."""
    done = python("-c", COMMANDS, lang=lang)
    if done.returncode:
        raise RuntimeError(f"the commands could not be listed: {done.stderr}")
    return {name: (text, options) for name, (text, options) in json.loads(done.stdout).items()}


def command_table(lang: str) -> str:
    head = {"ja": "| コマンド | すること |", "en": "| command | does |"}[lang]
    return table(head, ((f"`repdb {name}`", text) for name, (text, _) in commands(lang).items()))


def sources(lang: str) -> str:
    """The sources of the seed data and of the scrapers, official ones first; whose rows are shipped is marked."""
    found = {spec.name: spec.as_source() for spec in (scrapers.load(name).spec for name in scrapers.names())}
    seed = seeds.load()
    named = {source.source: source for source in seed.sources}
    used = {row.source for rows in (seed.blocks, seed.companies, seed.channels) for row in rows}
    used |= {row["source"] for rows in (seed.reports, seed.notices, seed.contacts) for row in rows}
    shipped, scraped = {"ja": ("初期データ", "取得"), "en": ("seed data", "scraper")}[lang]
    rows = []
    for source in sorted(
        {**found, **named}.values(), key=lambda source: (list(SOURCE_KINDS).index(source.kind), source.source)
    ):
        title = source.title if lang == "ja" else source.title_en
        comes = [shipped] * (source.source in used) + [scraped] * (source.source in found)
        name = f"[{title}]({source.url})" if source.url.startswith("http") else title
        rows.append((name, SOURCE_KINDS[source.kind].pick(lang), source.licence or "—", ", ".join(comes) or "—"))
    head = {"ja": "| 情報源 | 種類 | ライセンス | 入り方 |", "en": "| source | kind | licence | comes with |"}[lang]
    return table(head, rows)


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    lines = [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *lines])


def vote_table(lang: str) -> str:
    lines = {"dangerous": votes.DANGEROUS, "suspicious": votes.SUSPICIOUS}
    values: list[tuple[object, object]] = [("model", score.MODEL)]
    values += [(f"score from which the verdict is {VERDICTS[name].pick(lang)}", line) for name, line in lines.items()]
    values += [
        (f"half-life of a vote on a {KINDS[kind].en}", f"{days:g} days") for kind, days in votes.HALF_LIFE.items()
    ]
    capped = votes.lower_bound(votes.MAX_TRUST, 0.0)
    values += [
        ("votes that one source weighs at most", f"{votes.MAX_TRUST:g} (unopposed: score {capped:.2f})"),
        ("share of the crowd's benign votes that counters others' accusations", f"{votes.CROWD_SHARE:g}"),
        *(
            (f"score of {count} fresh, unopposed, full votes", f"{votes.lower_bound(count, 0):.2f}")
            for count in (1, 2, 3, 5)
        ),
        ("score before anything is known (prior)", f"{score.combine(()):.2f}"),
        ("the same for a whole message", f"{score.combine((), score.MESSAGE_PRIOR):.2f}"),
    ]
    return table("| what | value |", values)


def signal_table(lang: str) -> str:
    """Every weight with its reason; what looks for it and on which kinds of subject; what the reader is told."""
    looks: dict[str, tuple[str, list[str]]] = {}
    for kind, functions in SIGNALS.items():
        for function in functions:
            told = (function.__doc__ or "").strip().splitlines()[0]
            looks.setdefault(function.__name__, (told, []))[1].append(KINDS[kind].pick(lang))
    for look in MESSAGE_SIGNALS:
        told = " ".join((look.__doc__ or "").split("\n\n")[0].split())
        looks.setdefault(look.__name__, (told, []))[1].append({"ja": "文章全体", "en": "whole message"}[lang])
    rows = []
    for code, row in WEIGHTS.items():
        told, kinds = looks.get(code, ("", []))
        rows.append(
            (
                f"`{code}`",
                told,
                ", ".join(kinds),
                f"{row.weight:+g}" if row.weight else "0",
                row.why,
                row.text.ja,
                row.text.en,
            )
        )
    return table("| code | sees | of | weight | because | 日本語 | English |", rows)


# Document → its language, and its blocks: name → what writes it in that language.
README: dict[str, Callable[[str], str]] = {
    "lookup-example": lookup_example,
    "commands": command_table,
    "sources": sources,
}
BLOCKS: dict[str, tuple[str, dict[str, Callable[[str], str]]]] = {
    "README.md": ("en", README),
    "README.ja.md": ("ja", README),
    "docs/verdict.md": ("en", {"votes": vote_table, "signals": signal_table}),
}


def parts(document: str, name: str) -> tuple[str, str, str]:
    """The document before the block, the block as it is now, and what follows."""
    text = (ROOT / document).read_text(encoding="utf-8")
    before, opening, rest = text.partition(f"<!-- {name} -->\n")
    inside, closing, after = rest.partition(f"<!-- /{name} -->")
    if not (opening and closing):
        raise LookupError(f"{document} has no block <!-- {name} --> … <!-- /{name} -->")
    return before + opening, inside, closing + after


def write() -> None:
    schema_docs.write(ROOT)
    for document, (lang, blocks) in BLOCKS.items():
        path = ROOT / document
        for name, make in blocks.items():
            before, _, after = parts(document, name)
            path.write_text(f"{before}{make(lang)}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
