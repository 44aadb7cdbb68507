"""The Typer application and its way out: every failure is one line and an exit code (floor 4)."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import typer

from repdb import __version__
from repdb.cli.common import LANG, LangOption, complain, note, t
from repdb.cli.help import explain_whole, in_japanese
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
    lang: LangOption = None,
) -> None:
    pass


# Command → the module below ``repdb.cli`` that registers it, in the order of ``--help``.
COMMANDS = {
    "lookup": "lookup", "check": "check", "extract": "extract", "assess": "assess", "report": "report",
    "ingest": "ingest", "scrape": "scrape", "review": "review", "publish": "publish", "serve": "serve",
    "stats": "admin", "doctor": "admin", "init": "admin",
}  # fmt: skip

# A process runs one command, and a look-up cannot afford the others' options: where the command line names one of
# ours, only its module is loaded.
_called = next((word for word in sys.argv[1:] if word in COMMANDS), None)
for _name in [COMMANDS[_called]] if _called else dict.fromkeys(COMMANDS.values()):
    import_module(f"repdb.cli.{_name}").register(app)


# Typer's own exceptions, which are Click's in its older versions.
_UsageProblem: type[Exception] = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")

_INTERRUPTED = 130  # Ctrl-C, as Typer and shells have it


def _explain(error: BaseException) -> int:
    """What was wrong with the command line, and where its help is; returns the exit code for bad usage."""
    said = str(error.format_message())  # type: ignore[attr-defined]
    if type(error).__name__ == "NoArgsIsHelpError":
        note(said)
        return 2
    context = getattr(error, "ctx", None)
    path = context.command_path if context else " ".join(filter(None, ("repdb", _called)))
    said = in_japanese(said) if LANG == "ja" else said.removesuffix(".") + "."
    note(f"repdb: {said} {t(f'使い方は「{path} --help」', f'Try: {path} --help')}".replace("\n", " "))
    return 2


def main() -> None:
    """Run the command line; never returns."""
    _prepare_streams()
    try:
        command = typer.main.get_command(app)
        explain_whole(command, LANG == "ja")
        code = command(standalone_mode=False, prog_name="repdb")
    except _UsageProblem as error:
        code = _explain(error)
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except RepdbError as error:
        code = complain(error)
    except SystemExit:  # Typer's own answer to a broken pipe
        code = _output_failed(BrokenPipeError())
    except OSError as error:
        code = _output_failed(error)
    try:
        sys.stdout.flush()
    except OSError as error:
        # A reader that has seen enough does not change the answer.
        code = _output_failed(error) or code
    if code == _INTERRUPTED:
        note(t("repdb: 中断しました。", "repdb: interrupted."))
    sys.exit(code if isinstance(code, int) else 0)


def _prepare_streams() -> None:
    """Streams that a caller has closed lead nowhere; bytes that are no text are shown and never stop the run."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name) or open(os.devnull, mode)  # noqa: SIM115 - open as long as the process is
        setattr(sys, name, stream)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if mode == "r" else "backslashreplace")


def _output_failed(error: OSError) -> int:
    """The reader of our output has gone, which is its right, or its disk is full. Python shall not complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    what = ": ".join(filter(None, (error.filename and str(error.filename), error.strerror)))
    note(t(f"repdb: 書き出せませんでした: {what}", f"repdb: could not write: {what}"))
    return 3
