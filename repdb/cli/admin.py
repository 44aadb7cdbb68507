"""``repdb init``, ``stats`` and ``doctor`` (floor 4)."""

from __future__ import annotations

from typing import Annotated

import typer

from repdb.cli.common import DbOption, JsonOption, LangOption, show_json, t, today


def init(
    no_seed: Annotated[
        bool, typer.Option("--no-seed", help=t("初期データを入れない。", "Leave out the seed rows."))
    ] = False,
    json: JsonOption = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    from repdb.db import public_name
    from repdb.setup import default_target, initialise

    target = db or default_target()
    done = initialise(target, today(), with_seed=not no_seed)
    if json:
        show_json({"db": public_name(target), "done": done})
    elif done:
        print(
            t(
                f"{public_name(target)} を用意しました（{', '.join(done)}）",
                f"{public_name(target)} is ready ({', '.join(done)})",
            )
        )
    else:
        print(t(f"{public_name(target)} はすでに最新です。", f"{public_name(target)} is up to date."))


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "データベースを作る・新しい形式にする（最初の利用時には自動で行われる）。",
            "Create a database or bring it up to date (happens by itself on first use).",
        )
    )(init)
