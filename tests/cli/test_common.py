"""What commands share: which of their flags were given."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from repdb.cli import report, review
from repdb.cli.common import given


@pytest.mark.parametrize(
    ("command", "words", "expected"),
    [
        (report, ["number", "x", "-d", "2026"], {"number|domain|company|sender": "number", "SUBJECT": "x", "--date": "2026"}),
        (report, ["--no-mentions", "--note", "", "--pending"], {"--mentions": False, "--pending": True}),
        (report, ["--json", "--db", "x.db", "--lang", "en"], {}),
        (review, ["--reject", "b", "--accept", "a", "--accept", "c"], {"--accept": ("a", "c"), "--reject": ("b",)}),
        (review, ["--as", "me", "--limit", "3", "--list"], {"--list": True, "--limit": 3, "--as": "me"}),
    ],
)  # fmt: skip
def test_given_is_what_is_not_left_at_its_default(command: Any, words: list[str], expected: dict[str, Any]) -> None:
    app = typer.Typer(add_completion=False)
    command.register(app)
    found = given(typer.main.get_command(app).make_context("repdb", words))
    assert list(found.items()) == list(expected.items()), "in the order of the help"
