"""The shape of a schema: what the current one should have, and what a database has (floor 1)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from repdb.db import Database
from repdb.migrate import migrate


class ForeignKey(NamedTuple):
    table: str
    column: str
    parent: str
    parent_column: str
    nullable: bool

    def orphans(self) -> str:
        """SQL condition on rows ``c`` of the table that point to nothing."""
        return (
            f"c.{self.column} IS NOT NULL AND NOT EXISTS"
            f" (SELECT 1 FROM {self.parent} p WHERE p.{self.parent_column} = c.{self.column})"
        )


class Shape(NamedTuple):
    """A schema: its columns, the SQL of its indexes and views (PostgreSQL rewrites it, so empty), its foreign keys."""

    columns: frozenset[tuple[str, str]]
    indexes: Mapping[str, str]
    views: Mapping[str, str]
    keys: tuple[ForeignKey, ...] = ()


def expected_shape() -> Shape:
    """The current schema, read from a database in memory that was just made."""
    with Database(sqlite3.connect(":memory:", isolation_level=None), "sqlite", ":memory:", readonly=False) as db:
        migrate(db, "")
        keys = []
        for table in sorted({table for table, _ in shape_of(db).columns}):
            optional = {name for _, name, _, required, *_ in db.all(f"PRAGMA table_info({table})") if not required}
            for _, _, parent, column, target, *_ in db.all(f"PRAGMA foreign_key_list({table})"):
                keys.append(ForeignKey(table, column, parent, target, column in optional))
        return shape_of(db)._replace(keys=tuple(keys))


_SHAPE_SQL = {
    "sqlite": (
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'",
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "SELECT name, sql FROM sqlite_master WHERE type = 'view'",
    ),
    "postgresql": (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()",
        "SELECT indexname, '' FROM pg_indexes WHERE schemaname = current_schema()",
        "SELECT viewname, '' FROM pg_views WHERE schemaname = current_schema()",
    ),
}


def shape_of(db: Database) -> Shape:
    columns, indexes, views = (db.all(sql) for sql in _SHAPE_SQL[db.dialect])
    return Shape(frozenset((table, column) for table, column in columns), dict(indexes), dict(views))
