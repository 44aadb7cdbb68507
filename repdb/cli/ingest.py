"""``repdb ingest`` (floor 4)."""

from __future__ import annotations

import contextlib
import glob
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from repdb.categories import CATEGORIES, listed
from repdb.cli.common import DbOption, JsonOption, LangOption, complain, note, open_db, say, show_json, t, today
from repdb.cli.render_ingest import ALIKE, as_json, left_out, reason, sentence, total
from repdb.headers import FIELDS, IGNORE
from repdb.records import RepdbError

if TYPE_CHECKING:
    from repdb.ingest import Options, Summary
    from repdb.tabular import Table


def _paths(patterns: list[str]) -> list[str]:
    """File names; a pattern that the shell has left alone is expanded here, in order."""
    found: list[str] = []
    for pattern in patterns:
        matches = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
        found += matches or [pattern]
    return found


def _mapping(pairs: list[str]) -> dict[str, str]:
    fields = (*FIELDS, IGNORE)
    mapping = {}
    for pair in pairs:
        column, equals, field = pair.partition("=")
        if not equals or field not in fields:
            known = ", ".join(fields)
            raise typer.BadParameter(
                t(f"--map は「列名=項目」と書きます。項目: {known}", f"--map takes COLUMN=FIELD. Fields: {known}")
            )
        mapping[column] = field
    return mapping


@contextlib.contextmanager
def _progress(table: Table) -> Iterator[Callable[[Summary], None]]:
    """A bar with rate and time left on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda summary: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%  {task.fields[rows]:,} {task.fields[unit]}  {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(table.name[-40:], total=table.size or None, rows=0, rate="", unit=t("行", "rows"))

        def update(summary: Summary) -> None:
            seconds = bar.tasks[task].elapsed or 0.001
            rate = f"{(summary.read - summary.skipped) / seconds:,.0f}/s"
            bar.update(task, completed=summary.position, rows=summary.read, rate=rate)

        yield update


_Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help=t(
            "CSV・TSV・JSONL（.gz も可）。「-」は標準入力、'data/**/*.csv' のような型も使えます。",
            "CSV, TSV or JSONL, also .gz; '-' is standard input; patterns such as 'data/**/*.csv' work too.",
        ),
    ),
]
_Source = Annotated[
    str,
    typer.Option(
        help=t("情報源の名前。違う名前の行は受け付けない。", "Source of the rows; one that names another is refused.")
    ),
]
_Category = Annotated[
    str,
    typer.Option(help=t("分類のない行に使う分類: ", "Category of rows that name none: ") + say(listed(CATEGORIES))),
]
_Column = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COL=FIELD",
        help=t(
            "列の読み替え。項目 ignore は読まない。何度でも。項目: ",
            "Read a column as a field, or 'ignore' it; repeatable. Fields: ",
        )
        + ", ".join(FIELDS),
    ),
]
_Allowed = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-source",
        metavar="NAME",
        help=t(
            "行の列 source にあってよい名前。公的機関などの名前や、--source と違う名前は、これがなければ受け付けない。何度でも。",
            "A name that rows may have in their column 'source'; without it, none that differs from --source, nor that of "
            "an official body, feed or article; repeatable.",
        ),
    ),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help=t("読んで確かめるだけで、保存しない。", "Read and check, store nothing."))
]


def ingest(
    files: _Files,
    source: _Source = "",
    category: _Category = "",
    column: _Column = None,
    allow_source: _Allowed = None,
    dry_run: _DryRun = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb.categories import read_category
    from repdb.ingest import Options
    from repdb.intake_errors import refuse

    if category and read_category(category) is None:
        raise refuse("bad_category", category)
    defaults = {name: value for name, value in (("source", source), ("category", category)) if value}
    options = Options(defaults, _mapping(column or []), dry_run, allowed=tuple(allow_source or ()))
    files_told: list[Summary | dict[str, object]] = []
    unusable = 0
    for path in _paths(files):
        try:
            files_told.append(_one(path, options, db, json))
        except RepdbError as error:
            files_told.append(_failed(path, error))
            if error.exit_code != 2:
                if json:
                    _show(files_told)
                raise
            # One bad file of many does not stop the others.
            unusable = complain(error)
    summaries = [told for told in files_told if not isinstance(told, dict)]
    if json:
        _show(files_told)
    elif len(summaries) > 1:
        note(sentence(t("合計", "Total"), total(summaries), dry_run))
    nothing = any(s.read and s.rejected == s.read for s in summaries)
    raise typer.Exit(2 if unusable or nothing else 0)


def _failed(path: str, error: RepdbError) -> dict[str, object]:
    from repdb.file_error import shown_name

    return {"file": shown_name(path), "error": {"code": error.code, "text": say(error.text)}}


def _show(files: list[Summary | dict[str, object]]) -> None:
    summaries = [told for told in files if not isinstance(told, dict)]
    shown = [told if isinstance(told, dict) else as_json(told) for told in files]
    show_json({"files": shown, "total": total(summaries)})


def _one(path: str, options: Options, db: str | None, json: bool) -> Summary:
    from repdb.ingest import ingest as take_in
    from repdb.tabular import open_table

    table = open_table(path, options.mapping)
    try:
        opened = contextlib.nullcontext() if options.dry_run else open_db(db, write=True)
        with opened as database, _progress(table) as progress:
            summary = take_in(database, table, options, today(), progress)
    except KeyboardInterrupt:
        if not options.dry_run:
            note(
                t(
                    f"{table.name}: ここまで読んだ分は保存しました。もう一度はじめから送ると、保存済みの行は重複として数えます。",
                    f"{table.name}: what was committed is kept. Send it again from the start: those rows count as duplicates.",
                )
                if not table.signature
                else t(
                    f"{table.name}: ここまで読んだ分は保存しました。同じコマンドをもう一度実行すると、続きから進みます。",
                    f"{table.name}: what was committed is kept. Run the same command again and it goes on from there.",
                )
            )
        raise
    finally:
        table.close()
    if not json:
        note(sentence(summary.file, total([summary]), options.dry_run))
        for reject in sorted(summary.examples, key=lambda one: -summary.reasons[one.code]):
            first = t(f"最初は {reject.line} 行目", f"first in line {reject.line}")
            note(f"  {summary.reasons[reject.code]:,} × {reject.code} ({first}): {reason(summary, reject)}")
        for line in left_out(summary.ignored):
            note(f"  {line}")
        if summary.stored and summary.duplicates:
            note(f"  {say(ALIKE)}")
    return summary


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "報告の表を取り込む。途中で止まっても、もう一度実行すれば続きから進む。使えない行は理由と一緒に残る。",
            "Take in tables of reports. Run again after a stop and it goes on; rows that cannot be used are kept with "
            "their reason.",
        )
    )(ingest)
