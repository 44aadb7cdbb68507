"""The models say what the migrations made: on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy.dialects import postgresql

from repdb import db as storage
from repdb import migrate, models

TABLES = sorted(models.MODELS)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def inspector(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """SQLAlchemy's view of a freshly migrated database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('models') / 'repdb.db'}"
    else:
        url = request.getfixturevalue("postgres")()
    with storage.open_database(url, write=True, create=True) as db:
        migrate.migrate(db, "2026-11-21T00:00:00Z")
    engine = sqlalchemy.create_engine(url)
    yield sqlalchemy.inspect(engine)
    engine.dispose()


def default_of(stored: str | None) -> str | None:
    """A default as SQL, without PostgreSQL's casts and without the difference between 0 and 0.0."""
    if stored is None:
        return None
    bare = stored.replace("::text", "").replace("::double precision", "").strip("()")
    return bare if bare.startswith("'") else repr(float(bare))


def in_database(inspector: Any, table: str) -> dict[str, tuple[str, bool, str | None]]:
    """Column → type as PostgreSQL writes it, nullable, default. SQLAlchemy calls SQLite's only float type REAL."""
    dialect = postgresql.dialect()
    double = "REAL" if inspector.dialect.name == "sqlite" else "DOUBLE_PRECISION"
    return {
        column["name"]: (
            column["type"].compile(dialect=dialect).replace(double, "DOUBLE PRECISION"),
            column["nullable"],
            default_of(column["default"]),
        )
        for column in inspector.get_columns(table)
    }


def in_model(table: str) -> dict[str, tuple[str, bool, str | None]]:
    dialect = postgresql.dialect()
    columns = models.MODELS[table].__table__.columns  # type: ignore[attr-defined]
    return {
        c.name: (
            c.type.compile(dialect=dialect),
            c.nullable,
            default_of(c.server_default and str(c.server_default.arg)),
        )
        for c in columns
    }


def test_every_table_has_a_model_and_every_model_a_table(inspector: Any) -> None:
    assert sorted(inspector.get_table_names()) == TABLES


def test_every_view_is_described(inspector: Any) -> None:
    assert sorted(inspector.get_view_names()) == sorted(models.VIEWS) == sorted(name for name, _ in migrate.views())


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_same(inspector: Any, table: str) -> None:
    assert in_database(inspector, table) == in_model(table)


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_the_same(inspector: Any, table: str) -> None:
    model = models.MODELS[table].__table__  # type: ignore[attr-defined]
    assert set(inspector.get_pk_constraint(table)["constrained_columns"]) == {c.name for c in model.primary_key}
    stored = {
        (key["constrained_columns"][0], key["referred_table"], key["referred_columns"][0])
        for key in inspector.get_foreign_keys(table)
    }
    modelled = {(k.parent.name, *k.target_fullname.split(".")) for k in model.foreign_keys}
    assert stored == modelled


@pytest.mark.parametrize("table", [*TABLES, *sorted(models.VIEWS)])
def test_every_column_is_described_in_both_languages(inspector: Any, table: str) -> None:
    for column in inspector.get_columns(table):
        text = models.description(table, column["name"])
        assert text.ja and text.en and text.ja != text.en, f"{table}.{column['name']}"
        assert any(ord(letter) > 0x3000 for letter in text.ja), text
        assert text.en.isascii() or "…" in text.en, text
    about = models.about(table)
    assert all([*about.title, *about.description]) and about.published in {"all", "accepted", "no"}


def test_views_describe_no_column_that_they_do_not_show(inspector: Any) -> None:
    for name, view in models.VIEWS.items():
        assert set(view.columns) <= {column["name"] for column in inspector.get_columns(name)}, name


def test_an_unknown_column_is_an_error() -> None:
    with pytest.raises(KeyError):
        models.description("numbers", "colour")
    with pytest.raises(KeyError):
        models.description("reports_by_month", "colour")


def test_what_names_a_reporter_is_private() -> None:
    assert models.private_columns("reports") == {"reporter", "digest"}
    assert models.private_columns("disputes") == {"contact"}
    for table in TABLES:
        if {"reporter", "contact"} & set(in_model(table)) - models.private_columns(
            table
        ) and table != "advice_contacts":
            assert models.about(table).published == "no", table


def test_models_are_real_orm_classes(postgres: Callable[[], str], tmp_path: Path) -> None:
    from sqlmodel import Session, select

    for url in (f"sqlite:///{tmp_path / 'orm.db'}", postgres()):
        with storage.open_database(url, write=True, create=True) as db:
            migrate.migrate(db, "now")
        engine = sqlalchemy.create_engine(url)
        with Session(engine) as session:
            session.add(models.Source(source="s", title="題", kind="article"))
            session.commit()
            stored = session.exec(select(models.Source)).one()
            assert (stored.source, stored.trust, stored.redistributable) == ("s", 0.5, 0)
        engine.dispose()


def test_storage_does_not_import_the_models() -> None:
    code = "import sys, repdb.store; print({'repdb.models', 'sqlalchemy', 'sqlmodel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
