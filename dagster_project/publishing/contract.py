"""What is published: the tables and views of a published warehouse, their columns, and what each means.

Here: reading that from the file itself, which describes itself by its comments. Not here: writing any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table; `kind` is its type in SQL. is_required: no row may leave it empty."""

    name: str
    kind: str
    description: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A published table or view, its columns in their order. key: those that a row is told by, where they are
    declared. view: of a view, its SQL; else empty."""

    name: str
    description: str
    rows: int
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    view: str


@contextmanager
def opened(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the published warehouse."""
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection


def tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """All published tables, by name."""
    return _described(connection, "SELECT table_name, coalesce(comment, ''), '' FROM duckdb_tables()")


def views(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """All published views, by name. What they show is in the tables already."""
    return _described(connection, "SELECT view_name, coalesce(comment, ''), sql FROM duckdb_views()")


def _described(connection: duckdb.DuckDBPyConnection, listed: str) -> list[Table]:
    names = connection.execute(f"{listed} WHERE schema_name = 'main' AND NOT internal ORDER BY 1").fetchall()
    keys = _keys(connection)
    return [
        Table(name, words, _rows(connection, name), _columns(connection, name), keys.get(name, ()), view)
        for name, words, view in names
    ]


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (rows,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() or (0,)
    return rows


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Column, ...]:
    found = connection.execute(
        "SELECT column_name, data_type, coalesce(comment, ''), NOT is_nullable FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [table],
    ).fetchall()
    return tuple(Column(*row) for row in found)


def _keys(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """The keys of the published tables, by the warehouse's own table of them."""
    found = connection.execute(
        "SELECT table_name, list(column_name ORDER BY position) FROM table_key GROUP BY table_name"
    ).fetchall()
    return {table: tuple(columns) for table, columns in found}
