"""The published warehouse: the tables of the contract and views of them, in a file of their own, replaced as a whole.

Here: copying schema `main` of the build database with its constraints and comments. Not here: what is in the tables
(`dbt_project/models/marts/`) and views (`views/`), and what is made of them afterwards (`exports.py`).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .comparing import Moved, attach, is_described_alike, moved, name, text
from .places import new_file
from .views import make_views

# The format that DuckDB 1.4 and all later engines read.
STORAGE_VERSION = "v1.4.0"


@dataclass(frozen=True, slots=True)
class Published:
    """One published table: its rows, and how many were added and removed since the warehouse published before; None
    where the table was not there. columns: those that it did not have then, or has no longer."""

    table: str
    rows: int
    rows_added: int | None
    rows_removed: int | None
    columns: tuple[str, ...] = ()


def publish(build: Path, target: Path, views: Path | None = None, before: Path | None = None) -> list[Published]:
    """Puts a copy of the contract's tables at `target`, with the views of a folder; tells what became of each table
    since the published warehouse `before`, by default what lies at the target.

    Rows lie in the order of their columns, so that equal content is laid down equally. Where `before` says the same
    already, the target is its bytes again. Raises UserError where the target cannot be replaced.
    """
    before = before or target
    with new_file(target) as beside, duckdb.connect(":memory:") as connection:
        attach(connection, build, "build")
        connection.execute(f"ATTACH {text(str(beside))} AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE published.main")
        tables = connection.execute(
            "SELECT table_name, sql, comment FROM duckdb_tables() "
            "WHERE database_name = 'build' AND schema_name = 'main' ORDER BY table_name"
        ).fetchall()
        connection.execute("BEGIN")
        rows = {table: _copy(connection, table, create, comment) for table, create, comment in tables}
        if views is not None:
            make_views(connection, views)
        connection.execute("COMMIT; USE memory; DETACH published")
        attach(connection, beside, "published")  # as a reader sees it: views read differently before they are stored
        has_before = _attach_before(connection, before)
        changes = {table: Moved(table, None, None) for table in rows}
        if has_before:
            changes = {one.table: one for one in moved(connection, "published", "before")}
        is_new = not has_before or not is_described_alike(connection, "published", "before")
        connection.execute("DETACH published")
        if not is_new and all((one.added, one.removed) == (0, 0) for one in changes.values()):
            connection.execute("DETACH before")
            beside.unlink()
            if before != target:
                shutil.copy2(before, beside)
    return [Published(one.table, rows[one.table], one.added, one.removed, one.columns) for one in changes.values()]


def _attach_before(connection: duckdb.DuckDBPyConnection, before: Path) -> bool:
    """Whether there is a warehouse published before that can be compared with."""
    if not before.is_file():
        return False
    try:
        attach(connection, before, "before")
    except duckdb.Error:
        return False
    return True


def _copy(connection: duckdb.DuckDBPyConnection, table: str, create: str, comment: str | None) -> int:
    """One table with its constraints, rows and comments; how many rows it has."""
    quoted = name(table)
    connection.execute(create)
    inserted = connection.execute(f"INSERT INTO {quoted} SELECT * FROM build.main.{quoted} ORDER BY ALL").fetchone()
    columns = connection.execute(
        "SELECT column_name, comment FROM duckdb_columns() "
        "WHERE database_name = 'build' AND schema_name = 'main' AND table_name = ? AND comment IS NOT NULL",
        [table],
    ).fetchall()
    comments = [f"COMMENT ON COLUMN {quoted}.{name(column)} IS {text(words)}" for column, words in columns]
    if comment:
        comments.append(f"COMMENT ON TABLE {quoted} IS {text(comment)}")
    connection.execute(";".join(comments))
    return inserted[0] if inserted else 0
