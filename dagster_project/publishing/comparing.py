"""Two published warehouses beside each other: whether they say the same, and how many rows of a table differ.

Here: the counting, on one connection that has both. Not here: which rows and figures those are (`difference.py`).

Tables are held against each other by the sum of a hash of each row, which takes a second where the country's five
million rows one by one take a minute; where the sums differ, rows are counted one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
        (one.added, one.removed) == (0, 0) for one in moved(connection, now, before)
    )


def is_described_alike(connection: duckdb.DuckDBPyConnection, now: str, before: str) -> bool:
    """Whether all is the same but, perhaps, the rows."""
    return _described(connection, now) == _described(connection, before)


@dataclass(frozen=True, slots=True)
class Moved:
    """A table: how many of its rows were added and how many removed, by the columns that it had before and has now;
    None where it was not there. columns: those that one side alone has, or of another type there, the newer's first."""

    table: str
    added: int | None
    removed: int | None
    columns: tuple[str, ...] = ()


def moved(connection: duckdb.DuckDBPyConnection, now: str, before: str) -> Iterator[Moved]:
    """What became of each table of a warehouse since the one before, table by table."""
    new_tables, old_tables = columns(connection, now), columns(connection, before)
    for table in tables(connection, now):
        new, old = new_tables[table], old_tables.get(table, {})
        common = [column for column, kind in new.items() if old.get(column) == kind]
        if not common:
            yield Moved(table, None, None)
            continue
        differing = dict.fromkeys(column for column in (*new, *old) if column not in common)
        yield Moved(table, *_rows_moved(connection, table, now, before, common), tuple(differing))


def _rows_moved(
    connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str, common: Sequence[str]
) -> tuple[int | None, int | None]:
    try:
        if is_same_table(connection, table, now, before, common):
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


def is_same_table(connection: duckdb.DuckDBPyConnection, table: str, now: str, before: str, of: Iterable[str]) -> bool:
    """Whether a table has the same rows on both sides, by these columns."""
    hashed = ", ".join(map(name, of))
    one, other = (
        connection.execute(f"SELECT count(*), sum(hash({hashed})) FROM {side}.main.{name(table)}").fetchone()
        for side in (now, before)
    )
    return one == other


def columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, dict[str, str]]:
    """The tables of a warehouse, each with its columns and their types; asked once for all, because it takes a
    hundredth of a second."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' ORDER BY table_name, column_index",
        [database],
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


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
