"""Why a source was not stored: one exception, one table of what to do."""

from __future__ import annotations

from repdb.records import RepdbError, Text

_TEXTS = {
    "broken": Text(
        "{source}: 想定していない形に出会い、途中で止まりました（{detail}）。何も保存していません。"
        "このメッセージを添えて repdb に報告してください。",
        "{source}: stopped at something that nobody had foreseen ({detail}). Nothing was stored. "
        "Report this message to repdb.",
    ),
    "disk": Text(
        "{source}: 応答の保存先に書けません（{detail}）。何も保存していません。空き容量と権限を確かめてください。",
        "{source}: the folder of raw responses cannot be used ({detail}). Nothing was stored. Check free space and permissions.",
    ),
    "key_missing": Text(
        "{source} には API キーが必要です。環境変数 {detail} に設定してください。",
        "{source} needs an API key. Set it in the environment variable {detail}.",
    ),
    "locked": Text(
        "ほかの repdb scrape が動いています。終わってから実行してください（{detail}）。",
        "Another repdb scrape is running. Try again when it has finished ({detail}).",
    ),
    "no_url": Text(
        "{source} には取得する URL かファイルが必要です。repdb scrape {source} URL または --file で指定してください。",
        "{source} needs a URL or a file to read. Give one: repdb scrape {source} URL, or --file.",
    ),
    "rows_gone": Text(
        "{source}: 前回より行が大きく減りました（{detail}）。何も保存していません。"
        "配布元を確かめ、正しければ --accept で保存してください。",
        "{source}: far fewer rows than last time ({detail}). Nothing was stored. Check the publisher; if it is right, "
        "run again with --accept.",
    ),
    "too_few_rows": Text(
        "{source}: 行が少なすぎます（{detail}）。何も保存していません。配布元を確かめ、正しければ --accept で保存してください。",
        "{source}: too few rows ({detail}). Nothing was stored. Check the publisher; if it is right, run again with "
        "--accept.",
    ),
    "too_many_pages": Text(
        "{source}: ページが多すぎます（{detail}）。何も保存していません。リンクが循環していないか確かめてください。",
        "{source}: too many pages ({detail}). Nothing was stored. Check whether its links go round in circles.",
    ),
    "too_many_rejects": Text(
        "{source}: 読めない行が多すぎます（{detail}）。何も保存していません。配布元の形が変わっていないか確かめてください。",
        "{source}: too many rows cannot be read ({detail}). Nothing was stored. Check whether the publisher's layout "
        "has changed.",
    ),
    "too_many_rows": Text(
        "{source}: 行が多すぎます（{detail}）。何も保存していません。配布元を確かめ、正しければ --accept で保存してください。",
        "{source}: too many rows ({detail}). Nothing was stored. Check the publisher; if it is right, run again with "
        "--accept.",
    ),
}
CODES = frozenset(_TEXTS)
_USAGE = frozenset({"key_missing", "no_url"})


class ScrapeError(RepdbError):
    """A source that was read but not stored, or could not be asked. ``code`` is one of ``CODES``."""

    def __init__(self, code: str, source: str, detail: object = "") -> None:
        super().__init__(code, _TEXTS[code].format(source=source, detail=detail))
        self.exit_code = 2 if code in _USAGE else 3
