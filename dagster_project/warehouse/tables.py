"""The landing tables: made from the records of reading, a table per type, a column per field.

Here: their shapes, and records into them quickly: as columns of JSON, which the reading process writes and DuckDB takes
apart, so that no record is an object of Python on this side. Not here: which files are read (`landing.py`), and any
other table: all others are dbt's.
"""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any

from ..reading import document

if TYPE_CHECKING:
    import duckdb

SCHEMA = "landing"

RECORDS = 20_000  # in one text: so that a large file is not taken apart as a whole

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
class LandedFile:
    """What became of one file, and what its head says."""

    file: FileRead
    head: document.Head


@dataclass(frozen=True)
class Table:
    """One landing table: the record that a row of it is, and the attribute of a Document that has them."""

    name: str
    record: type
    attribute: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The names and types of its columns, in order; a record of a document stands under its file's SHA-256."""
        own = {name: kind for name, (_, kind) in self.own.items()}
        return {"submission_id": "VARCHAR", **own} if self.attribute else own

    @cached_property
    def own(self) -> dict[str, tuple[str, str]]:
        """Of each column that a record gives, where in the record it stands, and its type."""
        return dict(_columns(self.record))

    @cached_property
    def insertion(self) -> str:
        """The statement that puts in records as texts: $1 the submission of each text, $2 the texts."""
        shape = json.dumps({name: [_carried(kind)] for name, (_, kind) in self.own.items()})
        values = ", ".join(f'unnest(records."{name}")::{kind}' for name, (_, kind) in self.own.items())
        taken_apart = f"from_json_strict(unnest($2::VARCHAR[]), '{shape}') AS records"
        return (
            f"INSERT INTO {SCHEMA}.{self.name} SELECT {'submission_id, ' if self.attribute else ''}{values} "
            f"FROM (SELECT unnest($1::VARCHAR[]) AS submission_id, {taken_apart})"
        )


DOCUMENTS = Table("documents", LandedFile)
SUBMISSIONS = Table("submissions", Arrival)
INPUTS = Table("inputs", Input)
OF_DOCUMENTS = (
    Table("titles", document.Title, "titles"),
    Table("columns", document.Column, "columns"),
    Table("score_cells", document.ScoreCell, "cells"),
    Table("doubts", document.Doubt, "doubts"),
    Table("statements", document.Statement, "statements"),
    Table("statement_names", document.StatementName, "statement_names"),
    Table("thresholds", document.Threshold, "thresholds"),
    Table("citations", document.Citation, "citations"),
    Table("unusable_rows", document.UnusableRow, "unusable_rows"),
    Table("left_out", document.LeftOut, "left_out"),
    Table("replies", document.Reply, "replies"),
)
ALL = (DOCUMENTS, SUBMISSIONS, INPUTS, *OF_DOCUMENTS)


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the landing tables anew where one of them is not as its records are by now; what they held is read again,
    since `landing.py` finds no document."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    present = _present(connection)
    if any(present.get(table.name) != table.columns for table in ALL):
        connection.execute("".join(_definition(table) for table in ALL))


def texts_of(table: Table, records: Sequence[object]) -> list[str]:
    """Records as texts for `insert`, up to RECORDS in each: a list for each column, in JSON."""
    return [_text_of(table, records[start : start + RECORDS]) for start in range(0, len(records), RECORDS)]


def insert(connection: duckdb.DuckDBPyConnection, table: Table, texts: Sequence[tuple[str | None, str]]) -> None:
    """Adds records as texts, each beside the submission that they are of, where the table's records are of one.
    Raises duckdb.DataError or duckdb.InvalidInputException where a column cannot hold a value."""
    if texts:
        connection.execute(table.insertion, [list(each) for each in zip(*texts, strict=True)])


def _text_of(table: Table, records: Sequence[object]) -> str:
    columns = {}
    for name, (place, kind) in table.own.items():
        values: Iterable[Any] = map(attrgetter(place), records)
        written = _WRITTEN.get(kind)
        columns[name] = list(values if written is None else (None if one is None else written(one) for one in values))
    return json.dumps(columns, ensure_ascii=False)


# What JSON has no value for goes as text. A figure as a number of JSON would be floating point.
_WRITTEN: dict[str, Callable[[Any], str]] = {_TYPES[Decimal]: str, _TYPES[date]: date.isoformat}


def _carried(kind: str) -> str:
    """The type as which a value is taken from JSON; its column's own type is a matter of a cast, which raises."""
    return "VARCHAR" if kind in _WRITTEN else kind


def _columns(record: type, place: str = "") -> Iterable[tuple[str, tuple[str, str]]]:
    """The columns of a record, with those of the records that it holds in their place."""
    for name, hint in typing.get_type_hints(record).items():
        at = f"{place}{name}"
        if is_dataclass(hint):
            yield from _columns(hint, f"{at}.")
        elif typing.get_origin(hint) is tuple:
            yield name, (at, f"{_TYPES[typing.get_args(hint)[0]]}[]")
        else:
            (kind,) = [one for one in typing.get_args(hint) or (hint,) if one is not NoneType]
            yield name, (at, _TYPES[kind])


def _definition(table: Table) -> str:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    meaning = " ".join((inspect.getdoc(table.record) or "").split()).replace("'", "''")
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
