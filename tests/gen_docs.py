"""Documentation made from the code: ``make docs`` writes it, ``tests/test_house.py`` compares it.

A document holds its generated parts between ``<!-- NAME -->`` and ``<!-- /NAME -->``; the rest is written by hand.
``MAKERS`` is the one table of what is generated.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from repdb import schema_docs
from repdb.categories import SOURCE_KINDS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "050-3198-3490"


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
        environment = {**kept, "HOME": home, "LANG": LOCALES[lang], "COLUMNS": "118", "TERM": "dumb"}
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
    rows = [f"| `repdb {name}` | {text} |" for name, (text, _) in commands(lang).items()]
    return "\n".join([head, "|---|---|", *rows])


def sources(lang: str) -> str:
    """The table of sources, official ones first, then by name."""
    with (ROOT / "data" / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (list(SOURCE_KINDS).index(row["kind"]), row["source"]))
    head = {"ja": ("情報源", "種類", "ライセンス"), "en": ("source", "kind", "licence")}[lang]
    lines = ["| " + " | ".join(head) + " |", "|---|---|---|"]
    for row in rows:
        title = row["title"] if lang == "ja" else row["title_en"]
        name = f"[{title}]({row['url']})" if row["url"] else title
        lines.append(f"| {name} | {SOURCE_KINDS[row['kind']].pick(lang)} | {row['licence'] or '—'} |")
    return "\n".join(lines)


# Document → its language, and name of the block → what writes it in that language.
LANGUAGES = {"README.md": "en", "README.ja.md": "ja"}
MAKERS: dict[str, Callable[[str], str]] = {
    "lookup-example": lookup_example,
    "commands": command_table,
    "sources": sources,
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
    for document, lang in LANGUAGES.items():
        path = ROOT / document
        for name, make in MAKERS.items():
            before, _, after = parts(document, name)
            path.write_text(f"{before}{make(lang)}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
