"""The published tables and views as files: each as Parquet and as CSV for programs and for spreadsheets, all of them
in one workbook and in one file for older DuckDB releases, and what describes the CSV files to programs.

Here: the files of the folder `exports`. Not here: how the workbook looks (`workbook.py`), and the two others
(`older_duckdb.py`, `datapackage.py`). Rows stand in the order of their columns, so that the same content gives the same
bytes; what takes long to write, or is never written alike, is taken over where it shows the same.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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
AT_ONCE = 2  # tables: what writes text uses one core
_MARK_OF_UTF8 = "\ufeff"
# How a value is written. As macros, because DuckDB 2.0 takes longer to read the SQL of a table's columns, each with all
# of this, than to write a small table.
# A text that a spreadsheet would take for a formula, and is no number, gets an apostrophe before it. Parquet and the
# workbook hold it as it is. (Of five values in a list DuckDB 2.0 makes a join, and the rows are no longer in order.)
_MACROS = r"""
    CREATE TEMP MACRO text_shown(value) AS CASE
        WHEN
            (left(value, 1) IN ('=', '+', '-', '@') OR starts_with(value, chr(9)) OR starts_with(value, chr(13)))
            AND try_cast(value AS DOUBLE) IS NULL
            THEN '''' || value
        ELSE value
    END;
    CREATE TEMP MACRO decimal_shown(value, mark) AS  -- as text it always has its point
        replace(rtrim(rtrim(CAST(value AS VARCHAR), '0'), '.'), '.', mark);
    CREATE TEMP MACRO float_shown(value, mark) AS
        replace(rtrim(regexp_replace(CAST(value AS VARCHAR), '(\.[0-9]*?)0+$', '\1'), '.'), '.', mark);
"""
_HAS_DECIMALS = re.compile(r"DECIMAL\(\d+, ?(?!0\))|DOUBLE|FLOAT")


def export(published: Path, exports: Path, before: Callable[[str], Path | None] | None = None) -> list[str]:
    """Writes the folder `exports` anew from the published warehouse; gives the names of its files. before: where a file
    of that name lies that may be taken over if it shows the same, or None; by default in the folder itself."""
    before = before or (lambda name: exports / name)
    with new_folder(exports) as folder, opened(published) as connection:
        all_tables = [*tables(connection), *views(connection)]
        (folder / FOR_SPREADSHEETS).mkdir()
        longest_first = sorted(all_tables, key=lambda table: -table.rows)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(partial(_write_table, connection, folder), longest_first))
        write_descriptor(connection, all_tables, folder / DESCRIPTOR)
        content = _content(folder, all_tables)
        book, older = before(WORKBOOK), before(older_duckdb.FILE)
        if book and older and older.is_file() and holds(book, content):  # written together, they show the same
            shutil.copyfile(book, folder / WORKBOOK)
            shutil.copyfile(older, folder / older_duckdb.FILE)
        else:
            with ThreadPoolExecutor(1) as thread:
                written = thread.submit(write_for_older, published, folder / older_duckdb.FILE)
                write_workbook(connection, all_tables, folder / WORKBOOK, content)
                written.result()
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


def _write_table(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> None:
    """A table in its three forms; the third is as a spreadsheet program with Vietnamese settings opens it by itself:
    the mark of UTF-8 before it, without which letters are garbled, semicolons between fields, decimal commas."""
    ordered, csv = folder / f"{table.name}.parquet", f"{table.name}.csv"
    with connection.cursor() as own:
        own.execute(_MACROS)
        own.execute(f'COPY (SELECT * FROM "{table.name}" ORDER BY ALL) TO {_text(str(ordered))} (FORMAT parquet)')
        _write_csv(own, table, ordered, folder / csv, ".", ",")
        _write_csv(own, table, ordered, folder / FOR_SPREADSHEETS / csv, ",", ";", _MARK_OF_UTF8)


def _write_csv(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    ordered: Path,
    path: Path,
    decimal: str,
    mark: str,
    begins_with: str = "",
) -> None:
    """A table as text: figures without trailing zeros. ordered: its Parquet file, whose rows stand in order already, so
    that a large table is sorted once. decimal: the decimal mark. mark: what stands between fields. begins_with: what
    stands before the first name of the header."""
    names = [begins_with * (place == 0) + column.name for place, column in enumerate(table.columns)]
    shown = (f'{_shown(column, decimal)} AS "{name}"' for column, name in zip(table.columns, names, strict=True))
    columns = ", ".join(shown)
    rows = f"SELECT {columns} FROM read_parquet({_text(str(ordered))})"
    connection.execute(f"COPY ({rows}) TO {_text(str(path))} (FORMAT csv, HEADER, DELIMITER {_text(mark)})")


def _shown(column: Column, decimal: str) -> str:
    """How a column is written, in SQL."""
    if column.kind == "VARCHAR":
        return f'text_shown("{column.name}")'
    if not _HAS_DECIMALS.match(column.kind):
        return f'"{column.name}"'
    how = "decimal_shown" if column.kind.startswith("DECIMAL") else "float_shown"
    return f'{how}("{column.name}", {_text(decimal)})'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
