"""``repdb scrape`` (floor 4)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repdb.cli.common import DbOption, JsonOption, LangOption, given, note, open_db, show_json, t, today
from repdb.cli.render_scrape import progress, result_json, show_sources, tell
from repdb.records import RepdbError, Text, Unreadable

if TYPE_CHECKING:
    from repdb.contracts import Scraper
    from repdb.db import Database
    from repdb.scrape import Plan, Result


_Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE|URL]...",
        help=t("情報源の名前。続けて URL を書くと、そのページを読む。", "Sources; URLs after them are read with them."),
    ),
]
_Every = Annotated[bool, typer.Option("--all", help=t("設定のあるすべての情報源。", "Every source that is set up."))]
_Listing = Annotated[
    bool, typer.Option("--list", help=t("情報源とその状態を一覧する。", "List the sources and how they fare."))
]
_Since = Annotated[
    str, typer.Option(metavar="YYYY-MM-DD", help=t("この日より前を求めない。", "Do not ask for what is older."))
]
_Limit = Annotated[int, typer.Option(min=0, help=t("試しにこの行数だけ。", "Only so many rows, as a sample."))]
_SavedFile = Annotated[
    list[Path] | None, typer.Option(help=t("取得せず、保存したページを読む。", "Read a saved page, fetch nothing."))
]
_Base = Annotated[
    str,
    typer.Option(metavar="URL", help=t("配布元の代わりの場所（ミラー）。", "Where to fetch instead (a mirror).")),
]
_AllowLocal = Annotated[
    bool,
    typer.Option(
        "--allow-local",
        envvar="REPDB_ALLOW_LOCAL",
        help=t("指定した URL が手元のサーバーでもよい。", "The URL given may be local."),
    ),
]
_Offline = Annotated[
    bool, typer.Option("--offline", help=t("保存済みの応答をもう一度読む。", "Read the kept responses again."))
]
_Again = Annotated[
    bool, typer.Option("--again", help=t("変わっていないページも読む。", "Read pages that have not changed too."))
]
_Accept = Annotated[
    bool,
    typer.Option("--accept", help=t("行数の大きな変化を認める。", "Take a list that has changed much in size.")),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help=t("読んで確かめるだけで、保存しない。", "Read and check, store nothing."))
]
_New = Annotated[
    str, typer.Option(metavar="NAME", help=t("新しい情報源の雛形を書く。", "Write a new source to start from."))
]
_Raw = Annotated[
    Path | None,
    typer.Option(envvar="REPDB_RAW", metavar="DIR", help=t("応答を残す場所。", "Where responses are kept.")),
]
_Prune = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="DAYS",
        help=t("置き換わって DAYS 日を過ぎた応答を、終わりに消す。", "Afterwards remove replaced responses that old."),
    ),
]


def scrape(
    context: typer.Context,
    sources: _Sources = None,
    every: _Every = False,
    listing: _Listing = False,
    since: _Since = "",
    limit: _Limit = 0,
    file: _SavedFile = None,
    base: _Base = "",
    allow_local: _AllowLocal = False,
    offline: _Offline = False,
    again: _Again = False,
    accept: _Accept = False,
    dry_run: _DryRun = False,
    new: _New = "",
    raw: _Raw = None,
    prune: _Prune = None,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    _check_flags({*given(context)})
    if listing or new:
        return _list(db, json) if listing else _start(new)
    options: dict[str, Any] = {"limit": limit, "dry_run": dry_run, "again": again or offline, "accept": accept}
    plans = [
        (scraper, replace(one, **options))
        for scraper, plan in _planned(sources or [], tuple(file or ()), base, every)
        for one in _apart(scraper, _since(plan, since))
    ]
    if not plans and not prune:
        raise Unreadable("no_source", _NO_SOURCE)
    raw = raw or _default_raw()
    results = _run(plans, raw, db, allow_local=allow_local, offline=offline, loud=not json) if plans else []
    pruned = _prune(raw, prune) if prune else 0
    if json:
        show_json({"sources": [*map(result_json, results)], "failed": _failed(results), "pruned": pruned})
    elif prune:
        note(t(f"置き換わった古い応答を {pruned:,} 件消しました。", f"Removed {pruned:,} replaced responses."))
    raise typer.Exit(3 if _failed(results) else 0)


_SET_FOR_ALL = frozenset({"--raw", "--allow-local"})  # by the environment, for whatever is run


def _check_flags(named: set[str]) -> None:
    """Refuse flags that would be ignored, and one saved page for every source."""
    for flag in ("--list", "--new"):
        if flag in named and (strange := named - {flag} - _SET_FOR_ALL):
            names = t("、", ", ").join(sorted(strange))
            raise typer.BadParameter(t(f"{flag} のときは使えません: {names}", f"Not with {flag}: {names}"))
    if "--all" in named and (strange := named & {"--file", "[SOURCE|URL]..."}):
        names = t("、", ", ").join(sorted(strange))
        raise typer.BadParameter(t(f"--all のときは使えません: {names}", f"Not with --all: {names}"))


_NO_SOURCE = Text(
    "情報源を指定してください。一覧は repdb scrape --list、全部なら --all です。",
    "Name a source. See repdb scrape --list, or use --all.",
)
_BAD_SINCE = Text("--since は 2026-11-21 の形で書いてください。", "Write --since like 2026-11-21.")


def _planned(words: list[str], files: tuple[Path, ...], base: str, every: bool) -> Iterator[tuple[Scraper, Plan]]:
    """The sources that are named, or all that are set up, each with what to read of it."""
    from repdb.scrape import load, names, plan_for

    urls = [word for word in words if "://" in word]
    wanted = names() if every else [word for word in words if "://" not in word]
    for scraper in [load(name) for name in wanted]:  # an unknown name is told first
        try:
            plan = _saved(files) if files else plan_for(scraper, today(), os.environ, base, urls)
        except RepdbError:
            if every:
                continue  # nobody has set it up
            raise
        yield scraper, plan


def _saved(files: tuple[Path, ...]) -> Plan:
    from repdb.contracts import State
    from repdb.scrape import Plan

    return Plan(State("", today().isoformat()), files)


def _since(plan: Plan, since: str) -> Plan:
    try:
        return replace(plan, state=replace(plan.state, since=date.fromisoformat(since).isoformat())) if since else plan
    except ValueError as error:
        raise Unreadable("bad_since", _BAD_SINCE) from error


def _apart(scraper: Scraper, plan: Plan) -> list[Plan]:
    """Pages that a person names are runs of their own: one that is gone does not keep out the others."""
    if scraper.spec.cadence != "asked" or len(plan.state.urls) < 2:
        return [plan]
    return [replace(plan, state=replace(plan.state, urls=(url,))) for url in plan.state.urls]


def _default_raw() -> Path:
    from platformdirs import user_data_path

    return user_data_path("repdb", appauthor=False) / "raw"


def _run(
    plans: list[tuple[Scraper, Plan]], raw: Path, db: str | None, *, allow_local: bool, offline: bool, loud: bool
) -> list[Result]:
    from repdb.fetch import Fetcher
    from repdb.scrape import lock, origins, scrape

    named = [url for _, plan in plans for url in (plan.state.base, *plan.state.urls)] if allow_local else []
    contact = os.environ.get("REPDB_CONTACT", "")
    results = []
    with lock(raw), Fetcher(raw, local_origins=origins(named), contact=contact, offline=offline) as fetcher:
        write = not all(plan.dry_run for _, plan in plans)
        with open_db(db, write=True) if write else _reading(db) as database, progress() as at_work:
            for scraper, plan in plans:
                results.append(scrape(database, scraper, fetcher, plan, today(), at_work(scraper.name)))
                if loud or results[-1].state == "failed":
                    tell(results[-1], plan.dry_run)
    return results


def _prune(raw: Path, days: int) -> int:
    from repdb.fetch import RawStore
    from repdb.scrape import lock

    with lock(raw), contextlib.closing(RawStore(raw)) as kept:
        return kept.prune((today() - timedelta(days=days)).isoformat())


def _reading(target: str | None) -> contextlib.AbstractContextManager[Database | None]:
    """The database, or none when there is none yet: looking at sources and pages does not need it."""
    try:
        return open_db(target)
    except RepdbError as error:
        if error.code != "db_missing":
            raise
        return contextlib.nullcontext()


def _failed(results: list[Result]) -> list[str]:
    return [result.name for result in results if result.state == "failed"]


def _list(db: str | None, json: bool) -> None:
    from repdb.scrape import load, names, overview

    with _reading(db) as database:
        rows = overview(database, [load(name) for name in names()], today())
    if json:
        show_json([asdict(row) for row in rows])
        return
    show_sources(rows)


def _start(name: str) -> None:
    from repdb.scrape.recipe import start

    for path in start(name, Path.cwd()):
        print(path)
    note(
        t("次に: 雛形を書き換え、pytest tests/test_scrapers.py", "Next: edit both, then pytest tests/test_scrapers.py")
    )


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "情報源から取り込む。読めない・減りすぎた情報源は何も保存せず、理由を示して次へ進む。",
            "Take in what sources publish. A source that cannot be read, or has changed too much, stores nothing and says "
            "why; the others go on.",
        )
    )(scrape)
