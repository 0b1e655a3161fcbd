"""The published tables and views as files: each as Parquet and as CSV for programs and for spreadsheets, all of them
in one workbook and in one file for older DuckDB releases, and what describes the CSV files to programs.

Here: the files of the folder `exports`. Not here: how the workbook looks (`workbook.py`), and the two others
(`older_duckdb.py`, `datapackage.py`). Rows stand in the order of their columns, so that the same content gives the same
bytes; what takes long to write, or is never written alike, is taken over where it shows the same.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from . import older_duckdb, start, workbook
from .contract import Column, Table, opened, tables, views
from .datapackage import DESCRIPTOR, write_descriptor
from .older_duckdb import write_for_older
from .places import new_folder
from .workbook import holds, write_workbook

WORKBOOK = "egov.xlsx"
FOR_SPREADSHEETS = "spreadsheet"
_HAS_DECIMALS = re.compile(r"DECIMAL\(\d+, ?(?!0\))|DOUBLE|FLOAT")


def export(published: Path, exports: Path, before: Callable[[str], Path | None] | None = None) -> list[str]:
    """Writes the folder `exports` anew from the published warehouse; gives the names of its files. before: where a file
    of that name lies that may be taken over if it shows the same, or None; by default in the folder itself."""
    before = before or (lambda name: exports / name)
    with new_folder(exports) as folder, opened(published) as connection:
        all_tables = [*tables(connection), *views(connection)]
        (folder / FOR_SPREADSHEETS).mkdir()
        for table in all_tables:
            ordered, csv = folder / f"{table.name}.parquet", f"{table.name}.csv"
            _write_parquet(connection, table, ordered)
            _write_csv(connection, table, ordered, folder / csv, ".", ",")
            _write_for_spreadsheets(connection, table, ordered, folder / FOR_SPREADSHEETS / csv)
        write_descriptor(connection, all_tables, folder / DESCRIPTOR)
        content = _content(folder, all_tables)
        book, older = before(WORKBOOK), before(older_duckdb.FILE)
        if book and older and older.is_file() and holds(book, content):  # written together, they show the same
            shutil.copyfile(book, folder / WORKBOOK)
            shutil.copyfile(older, folder / older_duckdb.FILE)
        else:
            write_workbook(connection, all_tables, folder / WORKBOOK, content)
            write_for_older(published, folder / older_duckdb.FILE)
        return sorted(path.name for path in folder.iterdir())


def _content(folder: Path, tables: Sequence[Table]) -> str:
    """A hash of all that the workbook and the DuckDB file show: tables, their descriptions, their rows as the CSV files
    have them, and how both are written."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    digest.update(repr((tables, start.TABLES)).encode())
    for one in (workbook, older_duckdb):
        digest.update(Path(one.__file__).read_bytes())
    for table in tables:
        digest.update((folder / f"{table.name}.csv").read_bytes())
    return digest.hexdigest()


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    target = _text(str(path))
    connection.execute(f'COPY (SELECT * FROM "{table.name}" ORDER BY ALL) TO {target} (FORMAT parquet)')


def _write_for_spreadsheets(connection: duckdb.DuckDBPyConnection, table: Table, ordered: Path, path: Path) -> None:
    """A table as a spreadsheet program with Vietnamese settings opens it by itself: the mark of UTF-8 before it,
    without which letters are garbled, semicolons between fields, decimal commas."""
    _write_csv(connection, table, ordered, path, ",", ";")
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())


def _write_csv(
    connection: duckdb.DuckDBPyConnection, table: Table, ordered: Path, path: Path, decimal: str, mark: str
) -> None:
    """A table as text: figures without trailing zeros. ordered: its Parquet file, whose rows stand in order already, so
    that a large table is sorted once. decimal: the decimal mark. mark: what stands between fields."""
    columns = ", ".join(f'{_shown(column, decimal)} AS "{column.name}"' for column in table.columns)
    rows = f"SELECT {columns} FROM read_parquet({_text(str(ordered))})"
    connection.execute(f"COPY ({rows}) TO {_text(str(path))} (FORMAT csv, HEADER, DELIMITER {_text(mark)})")


def _shown(column: Column, decimal: str) -> str:
    """How a column is written, in SQL."""
    if column.kind == "VARCHAR":
        return _no_formula(column.name)
    if not _HAS_DECIMALS.match(column.kind):
        return f'"{column.name}"'
    if column.kind.startswith("DECIMAL"):  # as text it always has its point
        plain = f"rtrim(CAST(\"{column.name}\" AS VARCHAR), '0')"
    else:
        plain = f"regexp_replace(CAST(\"{column.name}\" AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1')"
    return f"replace(rtrim({plain}, '.'), '.', {_text(decimal)})"


def _no_formula(column: str) -> str:
    """The text of a column as a spreadsheet may open it: what would begin a formula, and is no number, gets an
    apostrophe before it. Parquet and the workbook hold the text as it is."""
    first = "('=', '+', '-', '@')"  # of five values DuckDB 2.0 makes a join, and the rows are no longer in order
    control = f'starts_with("{column}", chr(9)) OR starts_with("{column}", chr(13))'
    begins_formula = f'(left("{column}", 1) IN {first} OR {control}) AND try_cast("{column}" AS DOUBLE) IS NULL'
    return f"CASE WHEN {begins_formula} THEN '''' || \"{column}\" ELSE \"{column}\" END"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
