"""What ``repdb scrape`` shows: the source at work, what became of each, the list of all (floor 4)."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from repdb.cli.admin import STATES
from repdb.cli.common import note, say, t
from repdb.clock import in_japan

if TYPE_CHECKING:
    from repdb.scrape import Overview, Result


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], Callable[[str, int], None]]]:
    """One line for the source at work on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda name: lambda stage, count: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    words = {
        "fetch": t("ページ取得", "pages fetched"),
        "read": t("行", "rows read"),
        "store": t("行を保存中", "rows to store"),
    }
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda name: lambda stage, count: bar.update(task, description=f"{name}  {count:,} {words[stage]}")


def tell(result: Result, dry_run: bool) -> None:
    """What became of a source, in a line or a few for the person."""
    if result.state == "failed":
        note(f"{result.name}: {say(result.error)}")
        return
    summary, name = result.summary, result.name
    pages = t(
        f"{result.pages:,} ページ（新規 {result.fetched:,}・変更なし {result.unchanged:,}）",
        f"{result.pages:,} pages ({result.fetched:,} new, {result.unchanged:,} unchanged)",
    )
    read = summary.read - summary.rejected
    if dry_run:
        rows = t(
            f"{read:,} 行を読めました（不可 {summary.rejected:,}、保存なし）", f"{read:,} rows readable, none stored"
        )
    else:
        rows = t(
            f"保存 {summary.stored:,} + 重複 {summary.duplicates:,} + 不可 {summary.rejected:,}",
            f"{summary.stored:,} stored + {summary.duplicates:,} duplicates + {summary.rejected:,} rejected",
        )
    note(f"{name}: {pages}, {rows}")
    if result.pending and not dry_run:
        note(t(f"  確認待ち {result.pending:,}: repdb review で確かめると数えられ、公開されます",
               f"  {result.pending:,} wait for review: they count and are published after repdb review"))  # fmt: skip
    if result.retired:
        note(t(f"  一覧からなくなった許可業者 {result.retired:,}: 許可があるとは答えなくなります",
               f"  {result.retired:,} licensed companies are no longer on the list: they are not told as licensed any more"))  # fmt: skip
    for example in summary.examples[:3]:
        note(f"  {example.file}:{example.line}: {example.reason}")


def result_json(result: Result) -> dict[str, Any]:
    counts = (
        "name",
        "state",
        "pages",
        "fetched",
        "unchanged",
        "skipped",
        "bytes",
        "rows",
        "pending",
        "retired",
        "seconds",
    )
    summary = result.summary
    shown: dict[str, Any] = {name: getattr(result, name) for name in counts}
    shown |= {
        name: getattr(summary, name) for name in ("run", "stored", "duplicates", "rejected", "changed", "reasons")
    }
    shown["examples"] = [asdict(example) for example in summary.examples]
    return shown | ({"error": {"code": result.code, "text": say(result.error)}} if result.code else {})


def show_sources(rows: Iterable[Overview]) -> None:
    for row in rows:
        title = t(row.title, row.title_en)
        share = t("公開可", "may be published") if row.redistributable else t("公開しない", "not published")
        licence = row.licence or t("ライセンスの表示なし", "no licence stated")
        last = in_japan(row.last_run)[:10] or "–"
        print(f"{row.name:<20} {say(STATES[row.state]):<8} {last:<10} {row.rows:>9,}  {title}")
        print(f"{'':<20} {licence}, {share}" + (f"\n{'':<20} {row.message}" if row.message else ""))
