"""``repdb init``, ``stats`` and ``doctor`` (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from repdb.categories import CATEGORIES, KINDS, REPORT_STATUS, VERDICTS
from repdb.cli.common import LANG, DbOption, JsonOption, LangOption, note, open_db, safe, say, show_json, t, today
from repdb.clock import in_japan
from repdb.records import Text

if TYPE_CHECKING:
    from repdb.db import Database
    from repdb.scrape import Overview
    from repdb.stats import Run

# How a source fares, as ``scrape.overview`` has it.
STATES = {
    "never": Text("未実行", "never run"),
    "ok": Text("正常", "ok"),
    "failing": Text("失敗中", "failing"),
    "overdue": Text("期限超過", "overdue"),
    "running": Text("実行中", "running"),
    "interrupted": Text("中断", "interrupted"),
}


def init(
    no_seed: Annotated[
        bool, typer.Option("--no-seed", help=t("初期データを入れない。", "Leave out the seed rows."))
    ] = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb.setup import default_target, initialise
    from repdb.storage_error import public_name

    target = db or default_target()
    done = initialise(target, today(), with_seed=not no_seed)
    if json:
        show_json({"db": public_name(target), "done": done})
    elif done:
        print(
            t(
                f"{public_name(target)} を用意しました（{'・'.join(_steps(done))}）",
                f"{public_name(target)} is ready ({', '.join(_steps(done))})",
            )
        )
    else:
        print(t(f"{public_name(target)} はすでに最新です。", f"{public_name(target)} is up to date."))


def _steps(done: list[str]) -> list[str]:
    """What ``initialise`` did, in words."""
    schema = t("形式を最新にした", "schema up to date") if set(done) - {"seed"} else ""
    seed = t("初期データを入れた", "seed data taken in") if "seed" in done else ""
    return [step for step in (schema, seed) if step]


_Rejects = Annotated[
    bool,
    typer.Option(
        "--rejects",
        help=t(
            "使えなかった行を 1 行ずつ表示する（ファイル・行・理由・内容）。",
            "Show each row that could not be used: file, line, reason, content.",
        ),
    ),
]
_Limit = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help=t("--rejects の行数（省略すると 100）。", "Rows of --rejects; default 100.")),
]
_Skip = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, help=t("--rejects の最初の N 行を飛ばす。", "Skip the first N of --rejects.")),
]


def stats(
    rejects: _Rejects = False,
    limit: _Limit = None,
    skip: _Skip = None,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    if not rejects and (limit or skip):
        raise typer.BadParameter(
            t("--limit と --skip は --rejects と使います。", "--limit and --skip go with --rejects.")
        )
    from repdb.migrate import refuse_snapshot

    with open_db(db) as database:
        refuse_snapshot(database)
        if rejects:
            _rejects(database, limit or 100, skip or 0, json)
        else:
            _figures(database, json)


def _rejects(db: Database, limit: int, skip: int, json: bool) -> None:
    from repdb.stats import REJECTED
    from repdb.stats import rejects as read

    found = read(db, limit + 1, skip)
    if json:
        show_json({"rejects": [one._asdict() for one in found[:limit]], "more": len(found) > limit})
        return
    for one in found[:limit]:
        why = t(say(REJECTED[one.code]), one.reason) if one.code in REJECTED else one.reason
        print(safe(f"{one.file}:{one.line}: {why}\n    {one.content}"))
    if len(found) > limit:
        note(t(f"続きは --skip {skip + limit}", f"The next: --skip {skip + limit}"))
    elif not found:
        note(t("使えなかった行はありません。", "No row is kept that could not be used."))


def _figures(db: Database, json: bool) -> None:
    from dataclasses import asdict

    from repdb.cli.render import block
    from repdb.scrape import load, names, overview
    from repdb.stats import REJECTED, figures, source_names

    found = figures(db)
    scraped = [one for one in overview(db, [load(name) for name in names()], today()) if one.state != "never"]
    if json:
        show_json({**found.as_json(), "scrapers": [asdict(one) for one in scraped]})
        return
    period = f"{found.first_reported_on or '?'} – {found.last_reported_on or '?'}"
    block(t("報告", "Reports"), _counted(found.reports_by_status, REPORT_STATUS) or [t("まだない", "none yet")])
    block(t("期間", "Period"), [period] if found.last_reported_on else [])
    block(t("分類", "Categories"), _counted(found.reports_by_category, CATEGORIES))
    block(t("情報源", "Sources"), _counted(found.reports_by_source, source_names(db)))
    judged = {
        say(KINDS[kind]): t("、", ", ").join(_counted(some, VERDICTS)) for kind, some in found.verdicts.items() if some
    }
    block(t("判定", "Verdicts"), [f"{kind}: {counts}" for kind, counts in judged.items()])
    shown = _counted(found.rejects_by_code, REJECTED)
    block(
        t("使えない行", "Rejects"),
        [*shown, t("1 行ずつ: repdb stats --rejects", "each row: repdb stats --rejects")] if shown else [],
    )
    block(t("取り込み元", "Scrapers"), [_scraped(one) for one in scraped])
    block(t("最近の実行", "Last runs"), (_run(run) for run in found.runs[:5]))


def _counted(counts: dict[str, int], names: Mapping[str, Text]) -> list[str]:
    return [f"{say(names[code]) if code in names else code} {count:,}" for code, count in counts.items()]


def _scraped(one: Overview) -> str:
    since = t(f"（{one.silent_since} から）", f" since {one.silent_since}") if one.silent_since else ""
    waiting = t(f"、確認待ち {one.pending:,}（repdb review）", f", {one.pending:,} wait for repdb review")
    why = f": {one.message}" if one.message else ""
    return f"{one.name} {say(STATES[one.state])}{since} {one.rows:,}{waiting if one.pending else ''}{why}"


def _run(run: Run) -> str:
    from repdb.stats import RUN_STATES

    state = say(RUN_STATES[run.state]) if run.state in RUN_STATES else run.state
    rows = t(
        f"読んだ行 {run.rows_read:,} = 保存 {run.rows_stored:,} + 重複 {run.rows_duplicate:,} + 使えない行 {run.rows_rejected:,}",
        f"{run.rows_read:,} rows = {run.rows_stored:,} stored + {run.rows_duplicate:,} duplicate + {run.rows_rejected:,} rejected",
    )
    return f"{in_japan(run.started_at)} {run.command} {run.input} [{state}] {rows}"


_Repair = Annotated[
    bool,
    typer.Option("--repair", help=t("直せるものを直す。先に控えを作る。", "Mend what can be, after a backup.")),
]
_Force = Annotated[
    bool,
    typer.Option(
        "--force", help=t("PostgreSQL を、自分で控えを取ったうえで直す。", "Repair PostgreSQL; you have a backup.")
    ),
]


def doctor(
    mend: _Repair = False, force: _Force = False, json: JsonOption = False, db: DbOption = None, lang: LangOption = None
) -> None:
    from repdb.db import open_database
    from repdb.doctor import as_json, examine, sound
    from repdb.migrate import refuse_snapshot
    from repdb.repair import repair
    from repdb.setup import default_target

    if force and not mend:
        raise typer.BadParameter(t("--force は --repair と使います。", "--force goes with --repair."))
    if db is None:
        open_db(None).close()
    target = db or default_target()
    backup, actions = "", []
    if mend:
        repaired = repair(target, today(), force=force)
        problems, backup, actions = list(repaired.left), repaired.backup, [say(action) for action in repaired.actions]
    else:
        with open_database(target) as database:
            problems = examine(refuse_snapshot(database), today())
    if json:
        show_json({**as_json(problems, LANG), "backup": backup, "actions": actions})
    else:
        for line in actions:
            print(line)
        for problem in problems:
            hint = t("（--repair で直せます）", " (--repair mends it)") if problem.repairable else ""
            print(f"{problem.code}: {say(problem.text)}{hint}")
        if sound(problems):
            print(t("異常はありません。", "The database is sound."))
    raise typer.Exit(0 if sound(problems) else 1)


def register(app: typer.Typer) -> None:
    app.command(help=t("件数・期間・情報源・最近の取り込みを見る。", "Figures: counts, period, sources, last runs."))(
        stats
    )
    app.command(
        help=t(
            "データベースを調べる: 壊れていないか、参照と集計が合うか。--repair で控えを取って直す。",
            "Examine the database: is it sound, do references and counts hold? --repair mends it after a backup.",
        )
    )(doctor)
    app.command(
        help=t(
            "データベースを作る・新しい形式と初期データにする（最初の利用時と更新後には自動で行われる）。",
            "Create a database or bring it up to date (happens by itself on first use and after an upgrade).",
        )
    )(init)
