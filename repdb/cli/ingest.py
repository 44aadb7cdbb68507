"""``repdb ingest`` (floor 4)."""

from __future__ import annotations

import contextlib
import glob
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from repdb.categories import CATEGORIES
from repdb.cli.common import DbOption, JsonOption, LangOption, complain, note, open_db, say, show_json, t, today
from repdb.records import RepdbError, Text

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
    from repdb.headers import FIELDS

    mapping = {}
    for pair in pairs:
        column, equals, field = pair.partition("=")
        if not equals or field not in FIELDS:
            known = ", ".join(FIELDS)
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
        metavar="FILE",
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
    typer.Option(help=t("分類のない行に使う分類: ", "Category of rows that name none: ") + ", ".join(CATEGORIES)),
]
_Column = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="COL=FIELD", help=t("列の読み替え。何度でも。", "Read a column as a field; repeatable.")
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
    from repdb.intake import refuse

    if category and read_category(category) is None:
        raise refuse("bad_category", category)
    defaults = {name: value for name, value in (("source", source), ("category", category)) if value}
    options = Options(defaults, _mapping(column or []), dry_run, allowed=tuple(allow_source or ()))
    summaries, unusable = [], 0
    for path in _paths(files):
        try:
            summaries.append(_one(path, options, db, json))
        except RepdbError as error:
            if error.exit_code != 2:
                raise
            # One bad file of many does not stop the others.
            unusable = complain(error)
    if json:
        show_json({"files": [_as_json(s) for s in summaries], "total": _total(summaries)})
    elif len(summaries) > 1:
        note(_sentence(t("合計", "Total"), _total(summaries), dry_run))
    nothing = any(s.read and s.rejected == s.read for s in summaries)
    raise typer.Exit(2 if unusable or nothing else 0)


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
        note(_sentence(summary.file, _total([summary]), options.dry_run))
        for reject in sorted(summary.examples, key=lambda one: -summary.reasons[one.code]):
            first = t(f"最初は {reject.line} 行目", f"first in line {reject.line}")
            note(f"  {summary.reasons[reject.code]:,} × {reject.code} ({first}): {say(summary.explained[reject.code])}")
        for line in _left_out(summary.ignored):
            note(f"  {line}")
        if summary.stored and summary.duplicates:
            note(f"  {say(_ALIKE)}")
    return summary


_ALIKE = Text(
    "同じ内容の行は 1 件に数えます。別の相談なら整理番号の列を付けてください。",
    "Rows that say the same are counted as one report. If they are separate reports, add a column 'ref' that tells them apart.",
)


def _left_out(ignored: dict[str, str]) -> list[str]:
    """The columns that were not read, and how to have them read."""
    unknown = ", ".join(column for column, field in ignored.items() if not field)
    personal = {column: field for column, field in ignored.items() if field}
    lines = []
    if unknown:
        lines.append(
            t(
                f"読まなかった列: {unknown}（読むには --map 列名=項目）",
                f"columns not read: {unknown} (to read one: --map COLUMN=FIELD)",
            )
        )
    if personal:
        column, field = next(iter(personal.items()))
        names = ", ".join(personal)
        lines.append(
            t(
                f"相談者本人の連絡先かもしれないので使わなかった列: {names}（相手のものなら --map '{column}={field}'）",
                f"columns left out because they may be the complainant's own: {names} "
                f"(if they are the other side's: --map '{column}={field}')",
            )
        )
    return lines


def _total(summaries: list[Summary]) -> dict[str, int]:
    names = ("read", "stored", "duplicates", "rejected", "changed", "skipped")
    return {name: sum(getattr(s, name) for s in summaries) for name in names}


def _sentence(name: str, counts: dict[str, int], dry_run: bool) -> str:
    read, stored, rejected = counts["read"], counts["stored"], counts["rejected"]
    if dry_run:
        return t(
            f"{name}: {read:,} 行のうち {read - rejected:,} 行を読めました（不可 {rejected:,}、保存なし）",
            f"{name}: {read - rejected:,} of {read:,} rows are readable ({rejected:,} rejected, nothing stored)",
        )
    extra = (
        t(f"。保存のうち更新 {counts['changed']:,}", f"; {counts['changed']:,} of these replaced an older version")
        if counts["changed"]
        else ""
    )
    if counts["skipped"]:
        extra += t(f"。中断した {counts['skipped']:,} 行の続きから", f"; continued behind {counts['skipped']:,} rows")
    return t(
        f"{name}: {read:,} 行 = 保存 {stored:,} + 重複 {counts['duplicates']:,} + 不可 {rejected:,}{extra}",
        f"{name}: {read:,} rows = {stored:,} stored + {counts['duplicates']:,} duplicates + {rejected:,} rejected{extra}",
    )


def _as_json(summary: Summary) -> dict[str, object]:
    shown = asdict(summary)
    del shown["explained"], shown["position"]
    shown["ignored"] = [
        {"column": column, "why": "personal" if field else "unknown", "map": f"{column}={field or 'FIELD'}"}
        for column, field in summary.ignored.items()
    ]
    shown["examples"] = [asdict(example) for example in summary.examples]
    return shown


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "報告の表を取り込む。途中で止まっても、もう一度実行すれば続きから進む。使えない行は理由と一緒に残る。",
            "Take in tables of reports. Run again after a stop and it goes on; rows that cannot be used are kept with "
            "their reason.",
        )
    )(ingest)
