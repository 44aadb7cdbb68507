"""``repdb publish`` (floor 4)."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from repdb.cli.common import DbOption, JsonOption, LangOption, open_db, show_json, t, today

if TYPE_CHECKING:
    from repdb.snapshot import Published

OUT = "repdb-public/repdb.db"


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """The table under way on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda table, rows: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda table, rows: status.update(f"{table}: {rows:,}")


def _sentence(done: Published) -> str:
    reports = done.counts["reports"]
    if done.how == "unchanged":
        return t(
            f"{done.path}: 変わりありません（版 {done.snapshot}、報告 {reports:,} 件）",
            f"{done.path}: nothing has changed (version {done.snapshot}, {reports:,} reports)",
        )
    how = t("作り直し", "built anew") if done.how == "built" else t("差分", "changes only")
    return t(
        f"{done.path}: 公開しました（版 {done.snapshot}、報告 {reports:,} 件、{how} {done.changed:,} 行、{done.size / 1e6:,.1f} MB）",
        f"{done.path}: published version {done.snapshot} ({reports:,} reports, {how}: {done.changed:,} rows, "
        f"{done.size / 1e6:,.1f} MB)",
    )


def publish(
    out: Annotated[
        str, typer.Argument(metavar="[FILE]", help=t("公開用のファイル。", "File of the public snapshot."))
    ] = OUT,
    full: Annotated[
        bool, typer.Option("--full", help=t("差分ではなく、全部作り直す。", "Build anew instead of only what changed."))
    ] = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb.snapshot import publish as make

    with open_db(db) as database, _progress() as progress:
        done = make(database, out, today(), full=full, progress=progress)
    if json:
        show_json(asdict(done))
    else:
        print(_sentence(done))


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "公開用のスナップショットを作る。公開できる行だけを写し、できあがってから一度に差し替える。",
            "Make the public snapshot: only what may be published, put in place in one step when it is whole.",
        )
    )(publish)
