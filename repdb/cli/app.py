"""The Typer application and its way out: every failure is one line and an exit code (floor 4)."""

from __future__ import annotations

import os
import sys

import click
import typer

from repdb import __version__
from repdb.cli import admin, ingest, lookup, report
from repdb.cli.common import complain, note, t
from repdb.records import RepdbError

app = typer.Typer(
    name="repdb",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "この番号・送信者・会社名は、架空請求の SMS で知られているか。根拠と、次にすることを答えます。",
        "Is this number, sender or company name known to send fake collection SMS? Answers with its reasons and "
        "the next safe step.",
    ),
    epilog=t(
        "終了コード: 0 不審な点なし、1 報告あり・不審、2 使い方や入力の誤り、3 答えられない（データベースがない・壊れているなど）。",
        "Exit codes: 0 nothing adverse, 1 known or adverse, 2 bad usage or input, 3 could not answer "
        "(database missing, locked, corrupt).",
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"repdb {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=t("版を表示する。", "Show the version.")
    ),
    lang: str = typer.Option("", "--lang", metavar="ja|en", help=t("表示の言語。", "Language of the output.")),
) -> None:
    pass


for module in (lookup, report, ingest, admin):
    module.register(app)


def main() -> None:
    """Run the command line; never returns."""
    try:
        code = app(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        note(error.format_message())
        code = 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "repdb"
        note(f"repdb: {error.format_message()}")
        note(t(f"使い方は「{path} --help」", f"Try: {path} --help"))
        code = 2
    except click.exceptions.Abort:
        code = 130
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        # The reader of our output has gone; so may we, without Python complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except RepdbError as error:
        code = complain(error)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code if isinstance(code, int) else 0)
