"""The landing tables: made from the records of reading, a table per type, a column per field.

Here: their shapes, and rows into them quickly. Not here: which files are read (`landing.py`), and any other table: all
others are dbt's.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING

from ..reading import Document, document

if TYPE_CHECKING:
    import duckdb

SCHEMA = "landing"

# Figures keep every digit that reading lets through.
_TYPES = {str: "VARCHAR", int: "INTEGER", bool: "BOOLEAN", date: "DATE", Decimal: "DECIMAL(38,18)"}


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file, beside what its head says. The key of what is kept: a file is read again where
    reader_version or labels_sha256 is another. The last three: None where it could be read."""

    submission_id: str
    format: str | None
    reader_version: str
    labels_sha256: str
    unreadable_reason: str | None = None
    unreadable_vi: str | None = None
    unreadable_en: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of the submissions folder, read or left out, as the ledger and the folder have it."""

    submission_id: str | None
    file_name: str
    year: int | None
    kind: str | None
    received_on: date | None
    ledger_order: int | None
    is_ledgered: bool
    sender: str | None
    note: str | None
    left_out_reason: str | None


@dataclass(frozen=True, slots=True)
class Input:
    """One file that the warehouse is built from: a submission, the ledger or a registry. path: from the root."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """One landing table: the records it holds, and the attribute of a Document that has them."""

    name: str
    records: tuple[type, ...]
    attribute: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The names and types of its columns, in order; a record of a document stands under its file's SHA-256."""
        own = {name: kind for record in self.records for name, kind in _columns(record).items()}
        return {"submission_id": "VARCHAR", **own} if self.attribute else own


DOCUMENTS = Table("documents", (FileRead, document.Head))
SUBMISSIONS = Table("submissions", (Arrival,))
INPUTS = Table("inputs", (Input,))
OF_DOCUMENTS = (
    Table("titles", (document.Title,), "titles"),
    Table("columns", (document.Column,), "columns"),
    Table("score_cells", (document.ScoreCell,), "cells"),
    Table("doubts", (document.Doubt,), "doubts"),
    Table("statements", (document.Statement,), "statements"),
    Table("statement_names", (document.StatementName,), "statement_names"),
    Table("thresholds", (document.Threshold,), "thresholds"),
    Table("citations", (document.Citation,), "citations"),
    Table("unusable_rows", (document.UnusableRow,), "unusable_rows"),
    Table("left_out", (document.LeftOut,), "left_out"),
    Table("replies", (document.Reply,), "replies"),
)
ALL = (DOCUMENTS, SUBMISSIONS, INPUTS, *OF_DOCUMENTS)


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the landing tables anew where one of them is not as its records are by now; what they held is read again,
    since `landing.py` finds no document."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    present = _present(connection)
    if any(present.get(table.name) != table.columns for table in ALL):
        connection.execute("".join(_definition(table) for table in ALL))


def rows_of(document_: Document, table: Table, submission_id: str) -> list[tuple]:
    """The rows of one file for one table."""
    assert table.attribute is not None
    return [(submission_id, *flat(record)) for record in getattr(document_, table.attribute)]


def flat(record: object) -> Iterable[object]:
    """The values of a record in the order of its columns; its place comes first."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, document.Place):
            yield from flat(value)
        else:
            yield list(value) if isinstance(value, tuple) else value


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Adds rows, a list per column: fifteen times as quick as row by row."""
    if not rows:
        return
    columns = table.columns
    lists = [list(values) for values in zip(*rows, strict=True)]
    for position, kind in enumerate(columns.values()):
        if kind.startswith("DECIMAL"):
            # As text, because a list of decimals takes the scale of one of them.
            lists[position] = [None if value is None else str(value) for value in lists[position]]
    chosen = ", ".join(
        f"unnest(${position}::{'VARCHAR' if kind.startswith('DECIMAL') else kind}[])::{kind}"
        for position, kind in enumerate(columns.values(), 1)
    )
    connection.execute(f"INSERT INTO {SCHEMA}.{table.name} SELECT {chosen}", lists)


def _columns(record: type) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, hint in typing.get_type_hints(record).items():
        if hint is document.Place:
            columns.update(_columns(hint))
        elif typing.get_origin(hint) is tuple:
            columns[name] = f"{_TYPES[typing.get_args(hint)[0]]}[]"
        else:
            (kind,) = [one for one in typing.get_args(hint) or (hint,) if one is not NoneType]
            columns[name] = _TYPES[kind]
    return columns


def _definition(table: Table) -> str:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    meaning = " ".join((inspect.getdoc(table.records[0]) or "").split()).replace("'", "''")
    name = f"{SCHEMA}.{table.name}"
    return f"CREATE OR REPLACE TABLE {name} ({columns}); COMMENT ON TABLE {name} IS '{meaning}';"


def _present(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of the tables that are there."""
    found = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = ? ORDER BY column_index",
        [SCHEMA],
    ).fetchall()
    present: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        present.setdefault(table, {})[column] = kind
    return present
