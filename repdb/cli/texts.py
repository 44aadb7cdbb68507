"""Texts as commands get them: an argument, a file, an ``.eml``, standard input, or JSON lines (floor 4)."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from repdb.cli.common import LANG, show_json, t
from repdb.content import mended
from repdb.received import Received, from_bytes, from_text
from repdb.records import RepdbError, Text, Unreadable

_MAX_BYTES = 20_000_000
# What the name of a saved message ends in. Nobody means it as the message.
_SAVED = (".eml", ".msg", ".mht", ".txt", ".html", ".htm")
_ERRORS = {
    "no_file": Text("ファイル「{name}」を読めません: {why}", "Cannot read the file '{name}': {why}"),
    "too_large": Text("ファイルが大きすぎます（2000 万バイトまで）。", "The file is too large (20 MB at most)."),
    "bad_line": Text(
        "JSON のオブジェクトとして読めない行です。{{\"id\": 1, \"text\": \"…\"}} の形で書いてください。",
        "The line is no JSON object. Write it as {{\"id\": 1, \"text\": \"…\"}}.",
    ),
    "no_text": Text(
        "調べる文章がありません。届いた文章を「text」に入れてください: {{\"id\": 1, \"text\": \"…\"}}",
        "There is no text to check. Put the message into \"text\": {{\"id\": 1, \"text\": \"…\"}}",
    ),
}  # fmt: skip


_WHY = {
    errno.ENOENT: "その名前のファイルはありません。",
    errno.EISDIR: "フォルダーです。中のファイルを指定してください。",
    errno.EACCES: "読む権限がありません。",
    errno.ENAMETOOLONG: "名前が長すぎます。",
}


def _why(error: Exception) -> Text:
    """Why a file could not be read."""
    if isinstance(error, RepdbError):
        return error.text
    said = getattr(error, "strerror", None) or str(error)
    return Text(_WHY.get(getattr(error, "errno", 0), said), said)


def read_given(word: str | None, *, is_text: bool) -> Received:
    """The text of an argument: ``-`` or nothing is standard input, a name of a file its content, else, where ``is_text``
    allows it, the text itself. Raises Unreadable."""
    if word is None:
        _ask_for_text()
    if word is None or word == "-":
        return _read(sys.stdin.buffer.read(_MAX_BYTES + 1))
    if len(word) < 1000 and "\n" not in word and (not is_text or _is_path(word)):
        try:
            with open(word, "rb") as file:
                return _read(file.read(_MAX_BYTES + 1))
        except (OSError, ValueError) as error:
            raise Unreadable("no_file", _ERRORS["no_file"].format(name=mended(word), why=_why(error))) from error
    return from_text(mended(word))


def _is_path(word: str) -> bool:
    """Whether the word names a file rather than being a message: it does in fact, or it can be nothing else."""
    looks = word.lower().endswith(_SAVED) and "://" not in word and not any(map(str.isspace, word))
    return looks or os.path.exists(word)


def _read(data: bytes) -> Received:
    if len(data) > _MAX_BYTES:
        raise Unreadable("too_large", _ERRORS["too_large"])
    return from_bytes(data)


# (message, kind, sender) → the answer as JSON.
Answer = Callable[[Received, str, str], dict[str, Any]]


def json_lines(answer: Answer, file: str | None = None) -> Iterator[dict[str, Any]]:
    """One object out for each line of the file or standard input, yielded and then printed at once; the same ``id``. A line that
    cannot be read, or whose answer raises Unreadable, gives ``{"id", "error": {"code", "text"}}``; the stream goes on."""
    try:
        lines = sys.stdin.buffer if file in (None, "-") else open(str(file), "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise Unreadable("no_file", _ERRORS["no_file"].format(name=file, why=_why(error))) from error
    with lines:
        for line in lines:
            if line.strip():
                row = _answered(line, answer)
                yield row  # first: what it says counts even if nobody reads it any more
                show_json(row, lines=True)
                sys.stdout.flush()


def _answered(line: bytes, answer: Answer) -> dict[str, Any]:
    given: Any = None
    try:
        given = _row(line)
        return {"id": given.get("id"), **answer(*_of_row(given))}
    except Unreadable as error:
        return {
            "id": given.get("id") if given else None,
            "error": {"code": error.code, "text": error.text.pick(LANG)},
        }


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad_line", _ERRORS["bad_line"].format()) from error
    if not isinstance(row, dict):
        raise Unreadable("bad_line", _ERRORS["bad_line"].format())
    return row


def _of_row(row: dict[str, Any]) -> tuple[Received, str, str]:
    """(message, kind, sender) of a JSON line. Raises Unreadable where there is no text."""
    text, kind, sender = (row.get(name) or "" for name in ("text", "kind", "sender"))
    if not isinstance(text, str) or not text:
        raise Unreadable("no_text", _ERRORS["no_text"].format())
    return from_text(mended(text)), mended(str(kind)), mended(str(sender))


def _ask_for_text() -> None:
    """Tell a person at a terminal how to end the text."""
    if sys.stdin.isatty():
        print(
            t("メッセージを貼り付けて、Ctrl-D で終わります。", "Paste the message and end with Ctrl-D."),
            file=sys.stderr,
        )
