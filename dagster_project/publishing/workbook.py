"""The published tables as one workbook: a sheet of contents, a dictionary of all columns, then a sheet per table.

Here: how it looks, and that it holds no formula, no clock and nothing of this machine. Not here: CSV and Parquet
(`exports.py`), which hold every figure exactly; a workbook's figures have fifteen digits, as all of Excel's.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from . import start
from .contract import Column, Table
from .datapackage import unit_of

# A sheet is for people: nobody scrolls through a longer one, and the country's units alone would take most of the time
# that a workbook takes. Such a table is in its CSV and Parquet files only, and the contents say so.
MOST_ROWS = 10_000
LONGEST_TEXT = 32_767  # of a cell, by the file format
NARROWEST, WIDEST = 8, 60
LOOKED_AT = 200  # rows that the width of a column is chosen by
MADE = datetime(2000, 1, 1)  # the same in every workbook, for equal bytes
CONTENTS, DICTIONARY = "contents", "dictionary"
MARK = "★"  # of a table to start from
MARK_OF_KEY = "●"


def holds(path: Path, content: str) -> bool:
    """Whether there is a workbook that shows that content."""
    try:
        with zipfile.ZipFile(path) as archive:
            return content.encode() in archive.read("docProps/custom.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def write_workbook(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], path: Path, content: str) -> None:
    """Writes the workbook of these tables to `path`, with the hash of its content among its properties."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": MADE})
        book.set_custom_property("content", content, "text")
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDF2F7", "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        marked = book.add_format({"bold": True, "bg_color": "#FFF2CC"})
        _write_contents(book.add_worksheet(CONTENTS), tables, head, marked)
        _write_dictionary(book.add_worksheet(DICTIONARY), tables, head)
        for table in tables:
            if table.rows <= MOST_ROWS:
                rows = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY ALL').fetchall()
                _write_table(book.add_worksheet(table.name), table, rows, head, day)


def _write_contents(sheet: Worksheet, tables: Sequence[Table], head: Format, marked: Format) -> None:
    """A line per table; those to start from are marked, and say what they answer."""
    to_start = {one.name: f"{one.vi} / {one.en} " for one in start.TABLES}
    for column, (title, width) in enumerate((("table", 28), ("rows", 10), (MARK, 3), ("what a row is", 120))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    sheet.write_comment(0, 2, f"{MARK}: năm bảng nên xem trước / the five tables to start from")
    sheet.freeze_panes(1, 0)
    for row, table in enumerate(tables, 1):
        is_here, style = table.rows <= MOST_ROWS, marked if table.name in to_start else None
        if is_here:
            sheet.write_url(row, 0, f"internal:'{table.name}'!A1", style, string=table.name)
        else:
            sheet.write_string(row, 0, table.name, style)
        sheet.write_number(row, 1, table.rows, style)
        if style:
            sheet.write_string(row, 2, MARK, style)
        too_long = "" if is_here else f" (too long for a sheet: {table.name}.csv)"
        sheet.write_string(row, 3, to_start.get(table.name, "") + table.description + too_long, style)


def _write_dictionary(sheet: Worksheet, tables: Sequence[Table], head: Format) -> None:
    """A line per column of every table, also of those that are too long for a sheet."""
    titles = ("bảng / table", "cột / column", "kiểu / type", "đơn vị đo / unit", "khóa / key", "ý nghĩa / meaning")
    for number, (title, width) in enumerate(zip(titles, (28, 28, 16, 16, 12, 120), strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    sheet.freeze_panes(1, 2)
    lines = [
        (
            table.name,
            column.name,
            column.kind,
            unit_of(column),
            MARK_OF_KEY * (column.name in table.key),
            column.description,
        )
        for table in tables
        for column in table.columns
    ]
    for row, line in enumerate(lines, 1):
        for number, words in enumerate(line):
            sheet.write_string(row, number, words)
    sheet.autofilter(0, 0, len(lines), len(titles) - 1)


def _write_table(sheet: Worksheet, table: Table, rows: Sequence[tuple], head: Format, day: Format) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _width(column, (row[number] for row in rows[:LOOKED_AT])))
        sheet.write_string(0, number, column.name, head)
        if column.description:
            sheet.write_comment(0, number, column.description, {"x_scale": 2, "y_scale": 1.5})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
    write = [_writer(sheet, column.kind, day) for column in table.columns]
    for row, values in enumerate(rows, 1):
        for number, value in enumerate(values):
            if value is not None:
                write[number](row, number, value)


def _writer(sheet: Worksheet, kind: str, day: Format) -> Callable[[int, int, Any], object]:
    """What writes a value of that type. Text goes in as text, whatever it begins with."""
    if kind == "BOOLEAN":
        return sheet.write_boolean
    if kind == "DATE":
        return lambda row, column, value: sheet.write_datetime(row, column, value, day)
    if kind.startswith("DECIMAL") or kind in ("INTEGER", "BIGINT", "DOUBLE"):
        return sheet.write_number
    return lambda row, column, value: sheet.write_string(row, column, str(value)[:LONGEST_TEXT])


def _width(column: Column, values: Iterable[Any]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(len(column.name) + 3, longest + 1, NARROWEST), WIDEST)
