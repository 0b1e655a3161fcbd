"""The answer to a query, as people and programs take it: a table, CSV, JSON, a workbook.

Here: how names and rows are written. Not here: asking (`querying.py`), and the exports of whole tables (`publishing`).
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from ..errors import UserError
from ..files import write_atomically
from ..terminal import one_line
from ..values import plain

_STARTS_FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(?:\.\d+)?$)")
_MOST_SHOWN = 10_000  # rows of a table for people
_MOST_ROWS = 1_048_575  # of a sheet, below the header
_LONGEST_TEXT = 32_767  # in a cell
_MADE = datetime(2000, 1, 1)  # so that the same answer gives the same bytes


def to_json(names: Sequence[str], rows: Iterator[tuple], target: TextIO) -> None:
    target.write("[")
    for number, row in enumerate(rows):
        told = json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False)
        target.write((",\n " if number else "") + told)
    target.write("]\n")


def to_csv(names: Sequence[str], rows: Iterator[tuple], target: TextIO) -> None:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_no_formula(_no_control(_text(value))) for value in row])


def to_table(names: Sequence[str], rows: Iterator[tuple], target: TextIO) -> None:
    """As wide as its widest cells, so all of it is held; of a long one the beginning."""
    held = list(itertools.islice(rows, _MOST_SHOWN))
    more = next(rows, None) is not None
    shown = [[one_line(_text(value)) for value in row] for row in held]
    widths = [max(map(len, column)) for column in zip(names, *shown, strict=True)]
    is_figure = [any(isinstance(row[at], int | float | Decimal) for row in held) for at in range(len(names))]
    for cells in (names, ["─" * width for width in widths], *shown):
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, is_figure, strict=True)
        )
        target.write("  ".join(padded).rstrip() + "\n")
    if more:
        target.write(f"(… {_MOST_SHOWN} dòng đầu; tất cả: --format csv / the first {_MOST_SHOWN} rows; all of them: ")
        target.write("--format csv)\n")
    else:
        target.write(f"({len(held)} {'row' if len(held) == 1 else 'rows'})\n")


@contextmanager
def into(path: Path) -> Iterator[tuple[str, io.BytesIO | io.StringIO]]:
    """The form and the target of an answer that goes into a file, whole or not at all; the ending of its name says
    which. Raises UserError for another ending."""
    form = path.suffix.lower().removeprefix(".")
    if form not in ("xlsx", "csv", "json"):
        raise UserError(
            f"{path.name}: an answer is written into a file that ends in .xlsx, .csv or .json.",
            f"{path.name}: kết quả chỉ ghi được ra tệp có đuôi .xlsx, .csv hoặc .json.",
        )
    target = io.BytesIO() if form == "xlsx" else io.StringIO()
    yield form, target
    content = target.getvalue()
    write_atomically(path, content if isinstance(content, bytes) else content.encode())


def query_in(path: Path) -> str:
    """The query that a file holds. Raises UserError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"{path} cannot be opened: {error.strerror}.", f"Không mở được {path}: {error.strerror}."
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path} is not text in UTF-8. Save it as UTF-8, then try again.",
            f"{path} không phải văn bản UTF-8. Hãy lưu lại dạng UTF-8 rồi thử lại.",
        ) from error


def to_workbook(names: Sequence[str], rows: Iterator[tuple], target: io.BytesIO) -> None:
    """A workbook of one sheet: figures as figures (of fifteen digits, as all of a workbook's), codes and texts as
    texts, days as days. Raises UserError where a sheet cannot hold so many rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet, head = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            if number > _MOST_ROWS:
                raise UserError(
                    f"The answer has more rows than a sheet holds ({_MOST_ROWS:,}). Ask for less, or give a .csv file.",
                    f"Kết quả nhiều dòng hơn một trang tính ({_MOST_ROWS:,}). Hãy hỏi ít hơn, hoặc ghi ra tệp .csv.",
                )
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(number, column, value)
                elif isinstance(value, int | float | Decimal) and plain(value) is not None:
                    sheet.write_number(number, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write_string(number, column, _no_control(_text(value))[:_LONGEST_TEXT])
        sheet.autofit(300)


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(value)
    value = plain(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _no_formula(text: str) -> str:
    """A text that a spreadsheet does not take for a formula; numbers stay as they are."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def _no_control(text: str) -> str:
    """A text without what no program that opens a CSV file expects in it; breaks and tabs may stand in quotes."""
    return "".join(letter for letter in text if letter in "\t\r\n" or unicodedata.category(letter) != "Cc")


WRITERS: dict[str, Callable[..., None]] = {"json": to_json, "csv": to_csv, "table": to_table, "xlsx": to_workbook}
