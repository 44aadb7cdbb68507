"""The figures of a database: how much is in it, what kind, where it came from, how the last runs went (floor 3)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from repdb.db import Database
from repdb.migrate import schema_version, tables
from repdb.records import Text
from repdb.subjects import SUBJECTS

LAST_RUNS = 10

RUN_STATES: dict[str, Text] = {
    "running": Text("実行中", "running"),
    "done": Text("完了", "done"),
    "failed": Text("失敗", "failed"),
    "interrupted": Text("中断", "interrupted"),
}
# Why a row could not be used, in a word or two; the sentences are where each is raised.
REJECTED: dict[str, Text] = {
    "no_subject": Text("番号や名前がない", "names nothing"),
    "bad_rating": Text("読めない評価", "unclear rating"),
    "void_row": Text("取り消された行・本物とされた行", "taken back, or found to be genuine"),
    "bad_category": Text("知らない分類", "unknown category"),
    "bad_stance": Text("知らない立場", "unknown stance"),
    "bad_role": Text("知らない役割", "unknown role"),
    "bad_count": Text("件数が数でない", "count is no number"),
    "bad_date": Text("日付を読めない", "unreadable date"),
    "old_date": Text("日付が古すぎる", "date too early"),
    "future_date": Text("未来の日付", "date in the future"),
    "bad_text": Text("文字化け", "characters not decoded"),
    "too_many_columns": Text("列が多すぎる", "too many columns"),
    "bad_csv": Text("CSV として読めない", "no CSV"),
    "bad_json": Text("JSON として読めない", "no JSON object"),
    "truncated": Text("途中で切れている", "file cut short"),
    "not_a_number": Text("電話番号でない", "no phone number"),
    "hash_left_out": Text("# が抜けた番号", "# left out"),
    "too_short": Text("短すぎる", "too short"),
    "too_long": Text("長すぎる", "too long"),
    "placeholder": Text("ほとんど伏せられた番号", "nearly all digits hidden"),
    "hidden_start": Text("始まりの桁が伏せられた番号", "first digits hidden"),
    "impossible_number": Text("あり得ない番号", "impossible number"),
    "no_prefix": Text("先頭の 0 や + がない", "no leading 0 or +"),
    "ambiguous": Text("どの国の番号か決まらない", "country unclear"),
    "not_a_domain": Text("ドメインでない", "no domain"),
    "no_public_suffix": Text("存在しない末尾のドメイン", "no such top-level domain"),
    "public_suffix": Text("だれのものでもないドメイン", "a suffix, nobody's domain"),
    "masked_host": Text("伏せ字のドメイン", "host partly hidden"),
    "not_a_sender_id": Text("送信者名でない", "no sender ID"),
    "not_a_name": Text("会社名でない", "no company name"),
    "masked_name": Text("伏せ字の会社名", "name partly hidden"),
    "personal_name": Text("人の名前などがある会社名", "a person's name or number for a company's"),
    "personal_source": Text("個人情報のある情報源名", "a source's name that holds personal data"),
    "other_source": Text("指定と違う情報源", "another source than the given one"),
    "reserved_source": Text("公的機関などの名前の情報源", "the name of a public body for a source"),
    "no_number": Text("番号がない", "no number"),
    "no_url": Text("URL がない", "no URL"),
    "no_company": Text("会社名がない、または列の数が違う", "no company name, or other columns"),
    "nothing_accused": Text("名指しされたものがない", "nothing is accused"),
    "bad_number": Text("番号でない", "no number of its plan"),
    "bad_row": Text("許可番号か名前がない", "no licence number or no name"),
    "bad_rule": Text("知らない形の規則", "a rule of unknown form"),
    "bad_entry": Text("知らない形の項目", "an entry of unknown form"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest or scrape. ``state`` is ``running``, ``done``, ``failed``, ``interrupted`` …; times are ISO 8601."""

    run: str
    command: str
    input: str
    started_at: str
    finished_at: str
    state: str
    rows_read: int
    rows_stored: int
    rows_duplicate: int
    rows_rejected: int
    message: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of rows. Except for ``reports_by_status``, reports are the accepted ones, whatever their stance.

    ``verdicts`` are as of the day each subject was last counted. ``reports_by_month`` leaves out reports without a
    month; ``first_reported_on`` and ``last_reported_on`` are empty when nothing is dated.
    """

    schema_version: int
    rows: dict[str, int]
    reports_by_status: dict[str, int]
    reports_by_category: dict[str, int]
    reports_by_source: dict[str, int]
    reports_by_month: dict[str, int]
    first_reported_on: str
    last_reported_on: str
    verdicts: dict[str, dict[str, int]]
    rejects_by_code: dict[str, int]
    runs: tuple[Run, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Rejected(NamedTuple):
    """A row that could not be used. ``content`` is as it was kept, personal data removed; ``reason`` is in English."""

    file: str
    line: int
    code: str
    reason: str
    content: str
    run: str


def rejects(db: Database, limit: int, skip: int = 0) -> list[Rejected]:
    """Rows that could not be used, those of the last run first, in the order of their files."""
    sql = f"SELECT {', '.join(Rejected._fields)} FROM rejects ORDER BY run DESC, file, line, reject LIMIT ? OFFSET ?"
    return [Rejected(*row) for row in db.all(sql, (limit, skip))]


def figures(db: Database) -> Figures:
    """The figures of an open database. Raises StorageError."""
    accepted = "FROM reports WHERE status = 'accepted'"
    first, last = db.one(f"SELECT MIN(NULLIF(reported_on, '')), MAX(reported_on) {accepted}") or (None, None)
    return Figures(
        schema_version=schema_version(db),
        rows={table: _number(db, f"SELECT COUNT(*) FROM {table}") for table in sorted(tables(db))},
        reports_by_status=_counts(db, "SELECT status, COUNT(*) FROM reports GROUP BY status"),
        reports_by_category=_counts(db, f"SELECT category, COUNT(*) {accepted} GROUP BY category"),
        reports_by_source=_counts(db, f"SELECT source, COUNT(*) {accepted} GROUP BY source"),
        reports_by_month=dict(
            sorted(
                _counts(
                    db,
                    f"SELECT SUBSTR(reported_on, 1, 7), COUNT(*) {accepted} AND LENGTH(reported_on) >= 7"
                    " GROUP BY SUBSTR(reported_on, 1, 7)",
                ).items()
            )
        ),
        first_reported_on=first or "",
        last_reported_on=last or "",
        verdicts={
            subject.kind: _counts(db, f"SELECT verdict, COUNT(*) FROM {subject.table} GROUP BY verdict")
            for subject in SUBJECTS.values()
        },
        rejects_by_code=_counts(db, "SELECT code, COUNT(*) FROM rejects GROUP BY code"),
        runs=last_runs(db),
    )


def source_names(db: Database) -> dict[str, Text]:
    """The titles of the sources, each with its code behind it."""
    rows = db.all("SELECT source, title, title_en FROM sources")
    return {
        source: Text(f"{title}（{source}）", f"{title_en or title} ({source})")
        if title != source
        else Text(source, source)
        for source, title, title_en in rows
    }


def last_runs(db: Database, limit: int = LAST_RUNS) -> tuple[Run, ...]:
    """The last runs, newest first."""
    columns = ", ".join(Run.__slots__)
    rows = db.all(f"SELECT {columns} FROM runs ORDER BY started_at DESC, run DESC LIMIT ?", (limit,))
    return tuple(Run(*row) for row in rows)


def _number(db: Database, sql: str) -> int:
    row = db.one(sql)
    return int(row[0]) if row else 0


def _counts(db: Database, sql: str) -> dict[str, int]:
    """What → how many, the most frequent first."""
    rows = [(str(what), int(count)) for what, count in db.all(sql)]
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))
