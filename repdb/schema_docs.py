"""The schema's documents, made from the migrations and the models: schema.sql, data dictionary, Datasette's metadata.

``python -m repdb.schema_docs [FOLDER]`` writes them below the top of the repository (``make schema``).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from repdb import models
from repdb.db import Database, open_database
from repdb.migrate import migrate
from repdb.records import Text
from repdb.views import VIEWS

TITLE = Text("repdb: 架空請求・なりすましの番号と名前", "Reported scam numbers, domains and names in Japan")
DESCRIPTION = Text(
    "架空請求や、なりすましの SMS・電話・メールに出てくる番号、ドメイン、会社名についての報告を、"
    "出典とともに公開しています。載っていることは確定した事実ではなく、載っていないことは安全を意味しません。",
    "Reports on numbers, domains and company names in fake billing and impersonation messages, each with its source. "
    "A row says that something was reported, not that it is so; no row does not mean safe.",
)
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# What the rows come from, as their terms ask to be credited.
CREDITS = (
    "repdb contributors, CC BY 4.0",
    "「電気通信番号指定状況」（総務省）を加工して作成 (PDL1.0)",
    "JPCERT/CC フィッシング URL の公開データによる集計 (hosts and brand counts only)",
)

_SUBJECT = {"facets": ["verdict"], "sort_desc": "last_reported_on"}
_LINK = {"facets": ["role"], "sort_desc": "strength", "size": 50}
# How Datasette shows a table: facets, order, the column that stands for a row where others point to it.
SHOWN: dict[str, dict[str, Any]] = {
    "numbers": {**_SUBJECT, "facets": ["verdict", "line_type", "kind"], "label_column": "display"},
    "masked_numbers": {**_SUBJECT, "facets": ["verdict", "hidden"], "label_column": "display"},
    "domains": {**_SUBJECT, "facets": ["verdict", "shared"], "label_column": "display"},
    "sender_ids": {**_SUBJECT, "label_column": "display"},
    "companies": {"facets": ["status", "verdict"], "sort_desc": "report_count", "label_column": "name"},
    "company_aliases": {"sort": "company"},
    "official_channels": {"facets": ["kind", "source"], "sort": "company"},
    "number_blocks": {"facets": ["kind", "carrier"], "sort": "prefix_from"},
    "campaigns": {"facets": ["category"], "sort_desc": "last_reported_on", "label_column": "campaign"},
    "reports": {
        "facets": ["category", "source", "stance"],
        "sort_desc": "reported_on",
        "label_column": "report_id",
        "size": 50,
    },
    "report_numbers": _LINK,
    "report_masked_numbers": _LINK,
    "report_domains": _LINK,
    "report_sender_ids": _LINK,
    "report_companies": _LINK,
    "sources": {"facets": ["kind", "redistributable", "licence"], "sort": "source", "label_column": "title"},
    "notices": {"facets": ["issuer", "kind"], "sort_desc": "published_on"},
    "phrases": {"facets": ["topic", "category"], "sort_desc": "weight"},
    "advice_contacts": {"sort": "contact", "label_column": "name"},
    "disputes": {"facets": ["status", "kind"], "sort_desc": "opened_on"},
    "company_abusers": {"facets": ["status", "kind", "category"], "sort_desc": "reported_on"},
    "number_evidence": {"facets": ["category", "stance"], "sort_desc": "reported_on"},
    "reports_by_company": {"facets": ["status"], "sort_desc": "reports"},
    "reports_by_month": {"facets": ["category"], "sort_desc": "month"},
    "source_figures": {"facets": ["kind", "redistributable"], "sort_desc": "reports"},
}
# Tables that explain the rest rather than being browsed.
_INTERNAL = frozenset({"meta", "schema_migrations", "campaign_bands"})

# Questions worth offering by name. The work is done by the views; Datasette 1.0 will no longer read these.
QUERIES: dict[str, dict[str, str]] = {
    "new_this_week": {
        "title": "今週はじめて報告された番号 / New this week",
        "description": "公開日までの 7 日間に、はじめて報告された番号。 / Numbers first reported in the 7 days before publishing.",
        "sql": "WITH since AS (SELECT date(value, '-7 days') AS day FROM meta WHERE key = 'snapshot_date')"
        " SELECT display, number, verdict, line_type, report_count, source_count, first_reported_on FROM numbers, since"
        " WHERE last_reported_on >= day AND first_reported_on >= day ORDER BY report_count DESC, number LIMIT 500",
    },
    "most_reported_050_blocks": {
        "title": "報告の多い 050 の番号帯 / Most reported 050 blocks",
        "description": "番号帯ごとの報告。指定事業者は発信者ではありません。 / Reports by block; the carrier is not the caller.",
        "sql": "SELECT '0' || SUBSTR(number, 4, 2) || '-' || SUBSTR(number, 6, 4) AS block, COUNT(*) AS numbers,"
        " SUM(report_count) AS reports, MAX(last_reported_on) AS last_reported_on,"
        " (SELECT carrier FROM number_blocks WHERE prefix_from <= '0' || SUBSTR(number, 4, 6)"
        " AND SUBSTR(prefix_to, 1, 7) >= '0' || SUBSTR(number, 4, 6) ORDER BY prefix_from DESC LIMIT 1) AS carrier"
        " FROM numbers WHERE number >= '+8150' AND number < '+8151' AND report_count > 0"
        " GROUP BY SUBSTR(number, 4, 6) ORDER BY reports DESC, numbers DESC, block LIMIT 100",
    },
    "evidence_for_number": {
        "title": "番号の根拠を見る / Evidence for a number",
        "description": "E.164 の番号（例 +815031983490）についての報告。 / Reports on a number in E.164.",
        "sql": "SELECT * FROM number_evidence WHERE number = :number ORDER BY reported_on DESC",
    },
    "numbers_claiming_company": {
        "title": "その名前を名乗った番号・ドメイン / Who claimed this name",
        "description": "会社名の一部から探す。 / Numbers and domains in reports that claim the name.",
        "sql": "SELECT DISTINCT kind, display, name, status, category, reported_on FROM company_abusers"
        " WHERE name LIKE '%' || :name || '%' ORDER BY reported_on DESC",
    },
}


def both(text: Text) -> str:
    return f"{text.ja} / {text.en}"


def migrated(folder: str) -> Database:
    """A new SQLite database with the current schema, as file ``repdb.db`` in the folder."""
    db = open_database(str(Path(folder) / "repdb.db"), write=True, create=True)
    migrate(db, "")
    return db


def columns(db: Database, table: str) -> list[tuple[str, str, bool, str, int]]:
    """(name, type, NOT NULL, default, place in the primary key or 0) of each column of a SQLite table or view."""
    return [
        (name, kind, bool(required), default or "", key)
        for _, name, kind, required, default, key in db.all(f"PRAGMA table_info({table})")
    ]


def schema_sql(db: Database) -> str:
    """Every statement that makes the current schema, tables first, in the order of the migrations."""
    rows = db.all(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY CASE type WHEN 'view' THEN 1 ELSE 0 END, rowid"
    )
    head = "-- Generated from schema/migrations and schema/views by `make schema`: do not edit.\n\n"
    return head + "\n\n".join(f"{sql};" for (sql,) in rows) + "\n"


def dictionary(db: Database) -> str:
    """The data dictionary as Markdown, Japanese and English side by side."""
    return "\n".join(_dictionary(db)) + "\n"


_HEAD = """\
# データ辞書 · Data dictionary

Generated by `make schema` from the migrations and `repdb/models.py`: do not edit.
スキーマの全文は [schema.sql](schema.sql)、変更の手順は [CONTRIBUTING.md](../CONTRIBUTING.md)。

- 日付は ISO 8601 の文字列で、年や年月だけのこともあり、不明なら空です。有無を示す列は 0 か 1 です。
  Dates are ISO 8601 text, sometimes a year or month alone, empty where unknown. Flags are 0 or 1.
- 「公開」は、作業用データベースから公開用スナップショットへ写す行です。🔒 は公開しません。
  "Published" says which rows the public snapshot takes over from the working database. What has a 🔒 never leaves it.
- 電話番号は E.164、短い番号は `jp:188` の形です。 Telephone numbers are E.164, short ones `jp:188`.
"""
_PUBLISHED = {
    "all": "全行 · all rows",
    "accepted": "再配布できる情報源の受理された行 · accepted rows of open sources",
    "no": "🔒 なし · none",
}


def _dictionary(db: Database) -> Iterator[str]:
    yield _HEAD
    yield "| 表 · table | 題名 · title | 公開 · published |\n|---|---|---|"
    for table in [*models.MODELS, *VIEWS]:
        about = models.about(table)
        yield f"| [`{table}`](#{table}) | {both(about.title)} | {_PUBLISHED[about.published]} |"
    for table in [*models.MODELS, *VIEWS]:
        yield from _section(db, table)


def _section(db: Database, table: str) -> Iterator[str]:
    about = models.about(table)
    view = "（ビュー · view）" if table in VIEWS else ""
    yield f"\n## {table}\n\n**{both(about.title)}**{view}  "
    yield f"{about.description.ja}  \n{about.description.en}  \n公開 · published: {_PUBLISHED[about.published]}\n"
    yield from _view_columns(db, table) if view else _table_columns(db, table)


def _view_columns(db: Database, view: str) -> Iterator[str]:
    yield "| 列 · column | 意味 | meaning |\n|---|---|---|"
    for name, *_ in columns(db, view):
        text = models.description(view, name)
        yield f"| `{name}` | {text.ja} | {text.en} |"


def _table_columns(db: Database, table: str) -> Iterator[str]:
    yield "| 列 · column | 型 · type | 鍵 · key | 既定値 · default | 意味 | meaning |\n|---|---|---|---|---|---|"
    links = db.all(f"PRAGMA foreign_key_list({table})")
    targets = {column: f"→ [`{parent}`](#{parent})" for _, _, parent, column, *_ in links}
    private = models.private_columns(table)
    for name, kind, required, default, key in columns(db, table):
        text = models.description(table, name)
        shown = f"`{name}`{' 🔒' if name in private else ''}"
        keys = " ".join(word for word in ("PK" if key else "", targets.get(name, "")) if word)
        null = "" if required else ", NULL"
        yield f"| {shown} | {kind}{null} | {keys} | {f'`{default}`' if default else ''} | {text.ja} | {text.en} |"
    for name in sorted(row[1] for row in db.all(f"PRAGMA index_list({table})") if row[3] == "c"):
        fields = ", ".join(str(row[2]) for row in db.all(f"PRAGMA index_info({name})"))
        yield f"\n索引 · index `{name}` ({fields})"


def metadata(db: Database, name: str = "repdb") -> dict[str, Any]:
    """Datasette's metadata for a database served under ``name`` (the file's name without ``.db``)."""
    tables: dict[str, dict[str, Any]] = {}
    for table in [*models.MODELS, *VIEWS]:
        about = models.about(table)
        private = about.published == "no"
        tables[table] = {
            "title": both(about.title),
            "description": both(about.description),
            **({"hidden": True} if private or table in _INTERNAL else {}),
            # Should someone serve the working database by mistake: its private tables stay closed.
            **({"allow": False} if private else {}),
            **SHOWN.get(table, {}),
            "columns": {row[0]: both(models.description(table, row[0])) for row in columns(db, table)},
        }
    licence = {"license": LICENCE, "license_url": LICENCE_URL, "source": " · ".join(CREDITS)}
    return {
        "title": both(TITLE),
        "description": both(DESCRIPTION),
        **licence,
        "databases": {
            name: {
                "title": both(TITLE),
                "description": both(DESCRIPTION),
                **licence,
                "tables": tables,
                "queries": QUERIES,
            }
        },
    }


def browsing_indexes() -> list[str]:
    """SQL for the indexes that a published snapshot needs, so that Datasette sorts and counts facets without a scan.

    The working database goes without: each index would slow every ingest.
    """
    found = {}
    for table, model in models.MODELS.items():
        shown = SHOWN.get(table, {})
        first = next(iter(model.__table__.primary_key)).name  # type: ignore[attr-defined]
        columns = {*(shown[k] for k in ("sort", "sort_desc") if k in shown), *shown.get("facets", ())}
        for column in sorted(columns - {first}):
            found[f"browse_{table}_{column}"] = f"CREATE INDEX browse_{table}_{column} ON {table} ({column})"
    return list(found.values())


def documents() -> dict[str, str]:
    """What is generated: path below the top of the repository → its text."""
    with tempfile.TemporaryDirectory() as folder, migrated(folder) as db:
        return {
            "schema/schema.sql": schema_sql(db),
            "schema/README.md": dictionary(db),
            "datasette-metadata.json": json.dumps(metadata(db), ensure_ascii=False, indent=1) + "\n",
        }


def write(root: Path) -> None:
    for name, text in documents().items():
        (root / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
