"""The published tables and views as files: each as Parquet and CSV, and all of them in one workbook.

Here: the files of the folder `exports`. Not here: how the workbook looks (`workbook.py`). Rows stand in the order of
their columns, so that the same content gives the same bytes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from .contract import Table, opened, tables, views
from .places import new_folder
from .workbook import content_of, holds, write_workbook

WORKBOOK = "egov.xlsx"


def export(published: Path, exports: Path, workbook_before: Path | None = None) -> list[str]:
    """Writes the folder `exports` anew from the published warehouse; gives the names of its files. workbook_before: to
    be taken over where it shows the same; by default the one that lies there."""
    before = workbook_before or exports / WORKBOOK
    with new_folder(exports) as folder, opened(published) as connection:
        all_tables = [*tables(connection), *views(connection)]
        for table in all_tables:
            _write_parquet(connection, table, folder)
            _write_csv(connection, table, folder)
        content = content_of(all_tables, [folder / f"{table.name}.csv" for table in all_tables])
        if holds(before, content):
            shutil.copyfile(before, folder / WORKBOOK)  # it takes longer than all the rest to write
        else:
            write_workbook(connection, all_tables, folder / WORKBOOK, content)
        return sorted(path.name for path in folder.iterdir())


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    target = _text(str(folder / f"{table.name}.parquet"))
    connection.execute(f'COPY (SELECT * FROM "{table.name}" ORDER BY ALL) TO {target} (FORMAT parquet)')


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    columns = ", ".join(
        f'{_no_formula(column.name)} AS "{column.name}"' if column.kind == "VARCHAR" else f'"{column.name}"'
        for column in table.columns
    )
    target = _text(str(folder / f"{table.name}.csv"))
    ordered = f'SELECT * FROM "{table.name}" ORDER BY ALL'
    connection.execute(f"COPY (SELECT {columns} FROM ({ordered})) TO {target} (FORMAT csv, HEADER)")


def _no_formula(column: str) -> str:
    """The text of a column as a spreadsheet may open it: what would begin a formula, and is no number, gets an
    apostrophe before it. Parquet and the workbook hold the text as it is."""
    begins_formula = f'regexp_matches("{column}", \'^[=+@\\t\\r-]\') AND try_cast("{column}" AS DOUBLE) IS NULL'
    return f"CASE WHEN {begins_formula} THEN '''' || \"{column}\" ELSE \"{column}\" END"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
