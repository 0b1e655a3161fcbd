"""The published warehouse: the tables of the contract and views of them, in a file of their own, replaced as a whole.

Here: copying schema `main` of the build database with its constraints and comments. Not here: what is in the tables
(`dbt_project/models/marts/`) and views (`views/`), and what is made of them afterwards (`exports.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from .places import new_file
from .views import make_views

# The format that DuckDB 1.4 and all later engines read.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True, slots=True)
class Published:
    """One published table: its rows, and how many of them came and went since the warehouse that was published before.
    None where there was none, or the table had other columns then."""

    table: str
    rows: int
    came: int | None
    went: int | None


def publish(build: Path, published: Path, views: Path | None = None) -> list[Published]:
    """Puts a copy of the contract's tables at `published`, with the views of a folder; tells what became of each table.

    Rows lie in the order of their columns, so that equal content is laid down equally. Readers that hold the file of
    before keep it. Raises UserError where the file cannot be replaced.
    """
    with new_file(published) as beside, duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH {_text(str(build))} AS build (READ_ONLY)")
        connection.execute(f"ATTACH {_text(str(beside))} AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE published.main")
        tables = connection.execute(
            "SELECT table_name, sql, comment FROM duckdb_tables() "
            "WHERE database_name = 'build' AND schema_name = 'main' ORDER BY table_name"
        ).fetchall()
        connection.execute("BEGIN")
        rows = {name: _copy(connection, name, create, comment) for name, create, comment in tables}
        if views is not None:
            make_views(connection, views)
        connection.execute("COMMIT")
        has_before = _attach_before(connection, published)
        moved = {name: _moved(connection, name) if has_before else (None, None) for name in rows}
        connection.execute("USE memory")
        connection.execute("DETACH published")
    return [Published(name, rows[name], *moved[name]) for name in rows]


def _attach_before(connection: duckdb.DuckDBPyConnection, published: Path) -> bool:
    """Whether there is a warehouse published before that can be compared with."""
    if not published.exists():
        return False
    try:
        connection.execute(f"ATTACH {_text(str(published))} AS before (READ_ONLY)")
    except duckdb.Error:
        return False
    return True


def _moved(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int | None, int | None]:
    """How many rows of a table are new, and how many are no longer there."""
    now, before = f"FROM published.main.{_name(table)}", f"FROM before.main.{_name(table)}"
    try:
        counts = [
            (connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone() or (0,))[0]
            for one, other in ((now, before), (before, now))
        ]
    except duckdb.Error:
        return None, None
    return counts[0], counts[1]


def _copy(connection: duckdb.DuckDBPyConnection, table: str, create: str, comment: str | None) -> int:
    """One table with its constraints, rows and comments; how many rows it has."""
    name = _name(table)
    connection.execute(create)
    (rows,) = connection.execute(f"INSERT INTO {name} SELECT * FROM build.main.{name} ORDER BY ALL").fetchone() or (0,)
    columns = connection.execute(
        "SELECT column_name, comment FROM duckdb_columns() "
        "WHERE database_name = 'build' AND schema_name = 'main' AND table_name = ? AND comment IS NOT NULL",
        [table],
    ).fetchall()
    comments = [f"COMMENT ON COLUMN {name}.{_name(column)} IS {_text(words)}" for column, words in columns]
    if comment:
        comments.append(f"COMMENT ON TABLE {name} IS {_text(comment)}")
    connection.execute(";".join(comments))
    return rows


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
