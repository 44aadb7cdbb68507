"""Help texts, whole and broken by the width of their letters; in Japanese, Typer's own words and complaints translated
(floor 4)."""

from __future__ import annotations

import re
import shutil
from typing import Any

from repdb.cli.render import width, wrap

_WORDS = {
    "Usage: ": "使い方: ",
    "Options:": "オプション:",
    "Arguments:": "引数:",
    "Commands:": "コマンド:",
    "Show this message and exit.": "この説明を表示する。",
    "[required]": "[必須]",
    "[default: ": "[既定: ",
    "[env var: ": "[環境変数: ",
}
# Typer's names of what is to be written, as its usage and option lines have them.
_PLACES = {
    "[OPTIONS]": "[オプション]", "COMMAND [ARGS]...": "コマンド [引数]...", "<str>": "文字", "<int range>": "数",
    "<int>": "数", "<float range>": "数", "<path>": "パス",
}  # fmt: skip
# What Typer says of a command line, one after the other; our own sentences are Japanese already.
_PROBLEMS = (
    (r"Invalid value: ", ""),
    (r"Invalid value for '([^']+)': '?(.*?)'? is ", r"\1 に「\2」は使えません。"),
    (r"not in the range x>=(\d+)\.", r"\1 以上の数にしてください。"),
    (r"not in the range (\d+)<=x<=(\d+)\.", r"\1 から \2 までの数にしてください。"),
    (r"not a valid (?:int|integer)(?: range)?\.", "整数にしてください。"),
    (r"not one of (.+)\.", r"使えるのは \1 です。"),
    (r"Missing (?:argument|option) '(.+)'\.", r"引数が足りません（\1）。"),
    (r"No such option: (\S+)", r"その指定はありません（\1）。"),
    (r" \(Possible options?: (.+)\)", r"もしかして \1 ですか。"),
    (r"No such command '(.+?)'\.", r"そのコマンドはありません（\1）。"),
    (r" Did you mean (?:one of: )?(.+)\?", r"もしかして \1 ですか。"),
    (r"Option '(.+)' requires an argument\.", r"指定の値が足りません（\1）。"),
    (r"Option '(.+)' does not take a value\.", r"値を付けられない指定です（\1）。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"余分な引数があります（\1）。"),
)
_PLACE = re.compile(f"({'|'.join(map(re.escape, _PLACES))})( *)")
_COLUMNS = re.compile(r"(\s*\S.*?\s{2,}|\s*)(\S.*)")


def explain_whole(command: Any, japanese: bool) -> None:
    """Let a command, and the commands below it, explain themselves in whole sentences, in Japanese if so wished."""
    explain = command.get_help

    def get_help(context: Any) -> str:
        context.terminal_width = (
            10_000  # Typer cuts sentences, and counts letters, not columns: every entry stays whole, and is broken here
        )
        said = _translate(explain(context)) if japanese else explain(context)
        return "\n".join(map(_fit, said.splitlines()))

    command.get_help = get_help
    for below in getattr(command, "commands", {}).values():
        explain_whole(below, japanese)


def in_japanese(said: str) -> str:
    """What is wrong with a command line."""
    for english, japanese in _PROBLEMS:
        said = re.sub(english, japanese, said)
    return said if not said.isascii() else f"使い方が違います（{said}）。"


def _translate(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = text.replace(english, japanese)
    return _PLACE.sub(_place, text)


def _place(found: re.Match[str]) -> str:
    """The Japanese word in the columns of the English one."""
    word = _PLACES[found[1]]
    return word + " " * max(1, len(found[0]) - width(word)) if found[2] else word


def _fit(line: str) -> str:
    columns = min(shutil.get_terminal_size((80, 24)).columns, 100)
    found = _COLUMNS.fullmatch(line)
    if found is None or width(line) <= columns:
        return line
    head, text = found.groups()
    lines = wrap(text, max(20, columns - width(head)))
    return head + ("\n" + " " * width(head)).join(lines)
