"""`egov sql`: a query on the published warehouse, which it can neither change nor leave.

Here: asking, refusing, and printing the answer as a table, CSV or JSON. Not here: what may be asked about (CONTRACT).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO

from .as_of import believed_on, no_other_tables
from .errors import UserError
from .root import Root
from .terminal import one_line
from .values import plain

if TYPE_CHECKING:
    import duckdb

# A query may read the warehouse and nothing else: no files, no network, no other settings.
CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
_ASKING = {"SELECT", "EXPLAIN", "PRAGMA", "CALL", "MULTI"}  # MULTI: what PIVOT becomes
_STARTS_FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(?:\.\d+)?$)")


@contextmanager
def published(root: Root) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, read-only. Raises UserError where nothing has been published yet."""
    import duckdb

    if not root.published_database.exists():
        raise UserError(
            f"Nothing has been published yet: there is no {root.published_database}. Run `make run` (or `egov run`).",
            f"Chưa có kho dữ liệu đã công bố ({root.published_database}). Hãy chạy `make run` (hoặc `egov run`) trước.",
        )
    try:
        connection = duckdb.connect(str(root.published_database), read_only=True, config=CLOSED)
    except duckdb.Error as error:
        raise UserError(f"{root.published_database} cannot be opened: {_first_lines(error)}") from error
    with connection:
        yield connection


@contextmanager
def _as_given(root: Root, publication: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A publication that is kept, read-only. Raises UserError where there is none of that day or name."""
    import duckdb

    from .publishing.kept import found, opened_again

    with (
        opened_again(found(root.kept, publication)) as path,
        duckdb.connect(str(path), read_only=True, config=CLOSED) as connection,
    ):
        yield connection


def answer(
    root: Root, query: str, output: str, target: TextIO, as_of: date | None = None, publication: str | None = None
) -> None:
    """Prints a query's answer as `table`, `csv` or `json`; with `as_of`, from what was current at the end of that day;
    with `publication`, from the one that is kept of that day. Raises UserError where it asks for nothing, asks for more
    than reading, or cannot be understood."""
    import duckdb

    asked = _as_given(root, publication) if publication else believed_on(root, as_of) if as_of else published(root)
    with asked as connection:
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type.name not in _ASKING:
                raise UserError(
                    "One query at a time, and only one that reads (SELECT): the published warehouse is not changed.",
                    "Mỗi lần chỉ một câu truy vấn, và chỉ để đọc (SELECT): không sửa được kho đã công bố.",
                )
            rows = connection.execute(statements[0]).fetchall()
            names = [column[0] for column in connection.description or ()]
        except duckdb.CatalogException as error:
            raise no_other_tables(error) if as_of else _refused(error) from error
        except duckdb.Error as error:
            raise _refused(error) from error
    _PRINTERS[output](names, rows, target)


def _refused(error: Exception) -> UserError:
    return UserError(f"The query could not be run. {_first_lines(error)}")


def _print_json(names: Sequence[str], rows: Sequence[tuple], target: TextIO) -> None:
    objects = (json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) for row in rows)
    target.write("[" + ",\n ".join(objects) + "]\n")


def _print_csv(names: Sequence[str], rows: Sequence[tuple], target: TextIO) -> None:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_no_formula(_text(value)) for value in row] for row in rows)


def _print_table(names: Sequence[str], rows: Sequence[tuple], target: TextIO) -> None:
    shown = [[one_line(_text(value)) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *shown, strict=True)]
    is_figure = [any(isinstance(row[at], int | float | Decimal) for row in rows) for at in range(len(names))]
    for cells in (names, ["─" * width for width in widths], *shown):
        padded = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, is_figure, strict=True)
        )
        target.write("  ".join(padded).rstrip() + "\n")
    target.write(f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})\n")


def _text(value: object) -> str:
    value = plain(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _no_formula(text: str) -> str:
    """A text that a spreadsheet does not take for a formula; numbers stay as they are."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def _first_lines(error: Exception) -> str:
    return "\n".join(str(error).strip().splitlines()[:8])


_PRINTERS = {"json": _print_json, "csv": _print_csv, "table": _print_table}
