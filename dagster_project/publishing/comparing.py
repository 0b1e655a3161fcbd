"""Two published warehouses beside each other: whether they say the same, and how many rows of a table differ.

Here: the counting, on one connection that has both. Not here: which rows and figures those are (`difference.py`).

Tables are held against each other by the sum of a hash of each row, which takes a second where the country's five
million rows one by one take a minute; where the sums differ, rows are counted one by one.
"""

from __future__ import annotations

from pathlib import Path

import duckdb


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attaches a published warehouse for reading. Raises duckdb.Error where it is none."""
    connection.execute(f"ATTACH {text(str(path))} AS {name} (READ_ONLY)")


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The names of the tables that a warehouse publishes."""
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'main' ORDER BY table_name",
        [database],
    )
    return [name for (name,) in found.fetchall()]


def is_same(connection: duckdb.DuckDBPyConnection, now: str, before: str) -> bool:
    """Whether two attached warehouses have the same tables and views, described in the same words, with the same
    rows."""
    return is_described_alike(connection, now, before) and all(
        moved(connection, table, now, before) == (0, 0) for table in tables(connection, now)
    )


def is_described_alike(connection: duckdb.DuckDBPyConnection, now: str, before: str) -> bool:
    """Whether all is the same but, perhaps, the rows."""
    return _described(connection, now) == _described(connection, before)


def moved(connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str) -> tuple[int | None, int | None]:
    """How many rows of a table were added and how many removed, by the columns that it had before and has now; None
    where it was not there, or none of its columns was."""
    common = _common(connection, table, now, before)
    if not common:
        return None, None
    try:
        if _sums(connection, table, now, common) == _sums(connection, table, before, common):
            return 0, 0
        names = ", ".join(map(name, common))
        added, removed = connection.execute(
            f"""
            WITH counted AS (
                SELECT sum(side) AS more FROM (
                    SELECT {names}, 1 AS side FROM {now}.main.{name(table)}
                    UNION ALL SELECT {names}, -1 FROM {before}.main.{name(table)}
                ) GROUP BY {names}
            )
            SELECT
                coalesce(sum(more) FILTER (more > 0), 0)::BIGINT, coalesce(-sum(more) FILTER (more < 0), 0)::BIGINT
            FROM counted
            """
        ).fetchone() or (None, None)
    except duckdb.Error:  # what was published before is damaged
        return None, None
    return added, removed


def columns_moved(connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str) -> tuple[str, ...]:
    """The columns of a table that one side alone has, those of the newer first, or that have another type there."""
    new, old = columns(connection, table, now), columns(connection, table, before)
    moved = [column for column in (*new, *old) if new.get(column) != old.get(column)]
    return tuple(dict.fromkeys(moved)) if old else ()


def is_same_table(connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str) -> bool:
    """Whether a table with the same columns on both sides has the same rows."""
    common = list(columns(connection, table, now))
    return _sums(connection, table, now, common) == _sums(connection, table, before, common)


def columns(connection: duckdb.DuckDBPyConnection, table: str, database: str) -> dict[str, str]:
    """A table's columns and their types; none where there is no such table."""
    found = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [database, table],
    )
    return dict(found.fetchall())


def _common(connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str) -> list[str]:
    old = columns(connection, table, before)
    return [column for column, kind in columns(connection, table, now).items() if old.get(column) == kind]


def _sums(connection: duckdb.DuckDBPyConnection, table: str, database: str, of: list[str]) -> tuple | None:
    hashed = ", ".join(map(name, of))
    return connection.execute(f"SELECT count(*), sum(hash({hashed})) FROM {database}.main.{name(table)}").fetchone()


def _described(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple]:
    """All that a warehouse says but its rows."""
    return connection.execute(
        """
        SELECT 'table', table_name, sql, comment
        FROM duckdb_tables() WHERE database_name = $1 AND schema_name = 'main'
        UNION ALL
        SELECT 'view', view_name, sql, comment
        FROM duckdb_views() WHERE database_name = $1 AND schema_name = 'main' AND NOT internal
        UNION ALL
        SELECT table_name, column_name, data_type, comment
        FROM duckdb_columns() WHERE database_name = $1 AND schema_name = 'main' AND NOT internal
        ORDER BY ALL
        """,
        [database],
    ).fetchall()


def name(words: str) -> str:
    """A name as SQL takes it."""
    return '"' + words.replace('"', '""') + '"'


def text(words: str) -> str:
    """A text as SQL takes it."""
    return "'" + words.replace("'", "''") + "'"
