"""What the doctor can find wrong with a database, in words (floor 0). Tables only."""

from __future__ import annotations

from repdb.records import Text

# Code → what is wrong, and whether ``repair`` mends it. ``{n}`` counts rows, ``{what}`` names the place.
PROBLEMS: dict[str, tuple[Text, bool]] = {
    "corrupt": (
        Text(
            "ファイルが壊れています: {what}。控えから戻してください。", "The file is damaged: {what}. Restore a backup."
        ),
        False,
    ),
    "index_damaged": (Text("索引が壊れています: {what}", "An index is damaged: {what}"), True),
    "schema_newer": (
        Text(
            "新しい版の repdb のデータベースです。repdb を更新してください。", "Made by a newer repdb. Upgrade repdb."
        ),
        False,
    ),
    "schema_older": (Text("スキーマが古い版のままです。", "The schema is of an older version."), True),
    "not_repdb": (
        Text(
            "repdb のデータベースではありません。--db で別のファイルを指定してください。",
            "This is not a repdb database. Name another file with --db.",
        ),
        False,
    ),
    "column_missing": (
        Text(
            "{what} がありません。控えから戻してください。",
            "{what} is missing. Restore a backup.",
        ),
        False,
    ),
    "view_missing": (
        Text("ビュー {what} がないか、定義が違います。", "View {what} is missing or not as defined."),
        True,
    ),
    "index_missing": (Text("索引 {what} がありません。", "Index {what} is missing."), True),
    "orphans": (Text("{what}: {n} 行の参照先がありません。", "{what}: {n} rows point to nothing."), True),
    "unknown_word": (
        Text("{what}: 知らない値が {n} 行あります。", "{what}: {n} rows have a value outside the vocabulary."),
        True,
    ),
    "voices_differ": (
        Text("{what}: {n} 件の票が報告と合いません。", "{what}: {n} votes differ from the reports."),
        True,
    ),
    "counts_differ": (
        Text("{what}: {n} 行の集計が報告と合いません。", "{what}: {n} rows differ from a recount."),
        True,
    ),
    "verdicts_differ": (
        Text("{what}: {n} 行の判定が集計と合いません。", "{what}: {n} verdicts do not follow from the counts."),
        True,
    ),
    "run_unfinished": (
        Text(
            "取り込みが途中で終わっています: {what}。同じファイルをもう一度取り込むと続きから進みます。",
            "An ingest did not finish: {what}. Ingest the same file again and it continues.",
        ),
        False,
    ),
    "run_lost": (
        Text(
            "取り込みが途中で終わり、続きからは進めません（標準入力だったか、ファイルが変わったため）: {what}。"
            "読み終えた分は保存してあります。もう一度取り込むと、その行は重複として数えます。",
            "An ingest did not finish and cannot be continued, because it came from a pipe or its file has changed: "
            "{what}. What it had read is stored. Take it in again: those rows count as duplicates.",
        ),
        True,
    ),
    "scrape_unfinished": (
        Text(
            "情報源の取り込みが動いているか、途中で終わっています: {what}。もう一度 repdb scrape で取り込むと続きから進みます。",
            "A scrape is running or did not finish: {what}. Scrape the source again and it continues.",
        ),
        False,
    ),
    "seed_older": (
        Text(
            "初期データが古い版です。「repdb init --db {what}」で新しくなります（書き込めるときは、ふだんのコマンドでも新しくなります）。",
            "The seed data are of another version. Bring them up to date with: repdb init --db {what} (any other command "
            "does so too where it may write)",
        ),
        False,
    ),
    "source_failing": (
        Text(
            "情報源から取り込めていません: {what}。repdb scrape --list で理由を見てください。",
            "A source keeps failing: {what}. repdb scrape --list says why.",
        ),
        False,
    ),
    "source_overdue": (
        Text(
            "情報源が長く取り込まれていません: {what}。定期実行（タイマー・cron）を確かめてください。",
            "A source has not been scraped for long: {what}. Check the timer or cron entry.",
        ),
        False,
    ),
}

# What is worth knowing but no fault: the database is sound with these.
NOTES = frozenset({"run_lost", "run_unfinished", "scrape_unfinished", "seed_older", "source_failing", "source_overdue"})
