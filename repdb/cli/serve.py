"""``repdb serve`` (floor 4)."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from repdb.cli.common import DbOption, LangOption, note, open_db, t, today
from repdb.cli.publish import OUT
from repdb.records import RepdbError, Text

_NOT_A_SNAPSHOT = Text(
    "{path} は公開用のスナップショットではありません。「repdb publish 公開用のファイル」で作って、その名前を指定してください。",
    "{path} is no published snapshot. Make one with 'repdb publish FILE' and name that FILE.",
)
_NOT_STARTED = Text(
    "{host}:{port} で待ち受けられません。使われているポートか、使えない住所です。",
    "Cannot listen on {host}:{port}: the port is taken, or the address is not this machine's.",
)


def _limits(pairs: list[str]) -> dict[str, str]:
    """``NAME=RATE`` as the site's rate limits. Raises typer.BadParameter."""
    from limits import parse_many

    from repdb.web.limits import RATES

    chosen = {}
    for pair in pairs:
        name, equals, rate = pair.partition("=")
        try:
            if not equals or name not in RATES:
                raise ValueError
            if rate:
                parse_many(rate)
        except ValueError as error:
            known = ", ".join(RATES)
            raise typer.BadParameter(
                t(
                    f"--limit は「名前=10/minute;100/day」と書きます（空なら無制限）。名前: {known}",
                    f"--limit takes NAME=10/minute;100/day (nothing for no limit). Names: {known}",
                )
            ) from error
        chosen[name] = rate
    return chosen


_Snapshot = Annotated[
    str,
    typer.Argument(metavar="[FILE]", help=t("公開用のファイル。なければ作る。", "The snapshot; made if missing.")),
]
_Host = Annotated[str, typer.Option(help=t("待ち受ける住所。", "Address to listen on."))]
_Port = Annotated[
    int, typer.Option(min=0, max=65535, help=t("ポート（0 は空いている番号）。", "Port; 0 takes a free one."))
]
_Reports = Annotated[
    bool, typer.Option("--reports/--no-reports", help=t("ウェブからの報告を受ける。", "Take reports from the web."))
]
_Proxy = Annotated[
    str,
    typer.Option(metavar="ADDRESSES", help=t("信頼するリバースプロキシの住所。", "Reverse proxies to be trusted.")),
]
_BaseUrl = Annotated[str, typer.Option(help=t("サイトの先頭のパス。", "Path that the site lives below."))]
_Contact = Annotated[str, typer.Option(help=t("運営者の連絡先。", "How to reach the operator."))]
_Limit = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=RATE", help=t("回数制限を変える。何度でも。", "Change a rate limit; repeatable.")),
]
_AccessLog = Annotated[
    bool,
    typer.Option(
        "--access-log",
        help=t("アクセスを記録する（検索した番号が残る）。", "Log requests; that keeps what was looked up."),
    ),
]


def serve(
    snapshot: _Snapshot = OUT,
    host: _Host = "127.0.0.1",
    port: _Port = 8001,
    reports: _Reports = True,
    proxy: _Proxy = "",
    base_url: _BaseUrl = "/",
    contact: _Contact = "",
    limit: _Limit = None,
    access_log: _AccessLog = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    limits = _limits(limit or [])
    _prepare(snapshot, db, reports)
    from repdb.setup import default_target
    from repdb.web.server import make_datasette
    from repdb.web.server import serve as run
    from repdb.web.site import Settings, Site

    settings = Settings((db or default_target()) if reports else "", contact, limits)
    datasette = make_datasette(snapshot, settings, base_url)
    if Site.of(datasette) is None:
        raise RepdbError("not_a_snapshot", _NOT_A_SNAPSHOT.format(path=snapshot))

    def listening(address: str) -> None:
        note(t(f"repdb: {address} で公開中（止めるには Ctrl+C）", f"repdb: serving on {address} (Ctrl+C stops it)"))

    try:
        started = run(datasette, host, port, listening, proxy, access_log)
    except SystemExit:  # uvicorn's way to say that it cannot listen
        started = False
    if not started:
        raise RepdbError("not_listening", _NOT_STARTED.format(host=host, port=port))


def _prepare(snapshot: str, db: str | None, reports: bool) -> None:
    """Make what is missing: the snapshot to serve, and the database that takes reports."""
    if not os.path.exists(snapshot):
        from repdb.snapshot import publish

        with open_db(db) as database:
            publish(database, snapshot, today())
    if reports:
        open_db(db, write=True).close()


def register(app: typer.Typer) -> None:
    app.command(
        help=t(
            "公開用のスナップショットをウェブで見せ、報告を受ける。新しい版は止めずに取り込む。",
            "Serve the public snapshot and take reports. A newly published one is picked up without a stop.",
        )
    )(serve)
