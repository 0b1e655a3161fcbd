"""The published tables and views as files: each as Parquet and as CSV for programs and for spreadsheets, and all of
them in one workbook.

Here: the files of the folder `exports`. Not here: how the workbook looks (`workbook.py`). Rows stand in the order of
their columns, so that the same content gives the same bytes.
"""

from __future__ import annotations

import codecs
import re
import shutil
from pathlib import Path

import duckdb

from .contract import Column, Table, opened, tables, views
from .places import new_folder
from .workbook import content_of, holds, write_workbook

WORKBOOK = "egov.xlsx"
FOR_SPREADSHEETS = "spreadsheet"
_HAS_DECIMALS = re.compile(r"DECIMAL\(\d+, ?(?!0\))|DOUBLE|FLOAT")


def export(published: Path, exports: Path, workbook_before: Path | None = None) -> list[str]:
    """Writes the folder `exports` anew from the published warehouse; gives the names of its files. workbook_before: to
    be taken over where it shows the same; by default the one that lies there."""
    before = workbook_before or exports / WORKBOOK
    with new_folder(exports) as folder, opened(published) as connection:
        all_tables = [*tables(connection), *views(connection)]
        (folder / FOR_SPREADSHEETS).mkdir()
        for table in all_tables:
            _write_parquet(connection, table, folder)
            _write_csv(connection, table, folder / f"{table.name}.csv", ".", ",")
            _write_for_spreadsheets(connection, table, folder / FOR_SPREADSHEETS / f"{table.name}.csv")
        content = content_of(all_tables, [folder / f"{table.name}.csv" for table in all_tables])
        if holds(before, content):
            shutil.copyfile(before, folder / WORKBOOK)  # it takes longer than all the rest to write
        else:
            write_workbook(connection, all_tables, folder / WORKBOOK, content)
        return sorted(path.name for path in folder.iterdir())


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    target = _text(str(folder / f"{table.name}.parquet"))
    connection.execute(f'COPY (SELECT * FROM "{table.name}" ORDER BY ALL) TO {target} (FORMAT parquet)')


def _write_for_spreadsheets(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """A table as a spreadsheet program with Vietnamese settings opens it by itself: the mark of UTF-8 before it,
    without which letters are garbled, semicolons between fields, decimal commas."""
    _write_csv(connection, table, path, ",", ";")
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Table, path: Path, decimal: str, mark: str) -> None:
    """A table as text: figures without trailing zeros. decimal: the decimal mark. mark: what stands between fields."""
    columns = ", ".join(f'{_shown(column, decimal)} AS "{column.name}"' for column in table.columns)
    ordered = f'SELECT * FROM "{table.name}" ORDER BY ALL'
    connection.execute(
        f"COPY (SELECT {columns} FROM ({ordered})) TO {_text(str(path))} (FORMAT csv, HEADER, DELIMITER {_text(mark)})"
    )


def _shown(column: Column, decimal: str) -> str:
    """How a column is written, in SQL."""
    if column.kind == "VARCHAR":
        return _no_formula(column.name)
    if not _HAS_DECIMALS.match(column.kind):
        return f'"{column.name}"'
    plain = f"regexp_replace(CAST(\"{column.name}\" AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1')"
    return f"replace(rtrim({plain}, '.'), '.', {_text(decimal)})"


def _no_formula(column: str) -> str:
    """The text of a column as a spreadsheet may open it: what would begin a formula, and is no number, gets an
    apostrophe before it. Parquet and the workbook hold the text as it is."""
    begins_formula = f'regexp_matches("{column}", \'^[=+@\\t\\r-]\') AND try_cast("{column}" AS DOUBLE) IS NULL'
    return f"CASE WHEN {begins_formula} THEN '''' || \"{column}\" ELSE \"{column}\" END"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
