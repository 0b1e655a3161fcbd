"""What is known of a workbook before the library opens it: that it is not too large, and what the library will not say.

python-calamine reads the cells, but it drops error values, formulas without a kept value and the digits as they were
stored, and it makes room for the whole rectangle that the cells of a sheet span, so that one cell in the last corner
takes the process down. One pass over the file beforehand settles both. Here: what the surveys of the formats share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from . import refusals
from .conditional import Range, Rules
from .limits import MAX_AREA, MAX_CELLS, MAX_LETTERS, MAX_ROWS
from .seen import SHOWN, Part
from .values import clean, column_letters

FORMULA_LETTERS = 200  # of a formula without a value, to tell it by


@dataclass(frozen=True, slots=True)
class Note:
    """What the library does not say of one cell. text: in place of the library's, None to keep that one.
    raw, flaw: as in `grids.Cell`. parts: of a text that is not shown alike from end to end; mark: how the whole cell is
    shown (see `seen.py`); number_format: the code of its format, where it may change what a number looks like."""

    text: str | None = None
    raw: str | None = None
    flaw: str | None = None
    parts: tuple[Part, ...] = ()
    mark: str = SHOWN
    number_format: str = ""


@dataclass(slots=True)
class SheetSurvey:
    """One sheet. notes: by row and column, from 1. merged: row, column, rows and columns of each merged cell that the
    library does not say. hidden_rows, hidden_columns: those that the program does not show. thing: `picture` or
    `object`, where one lies on the sheet. rules: of its conditional formatting. drawn_over: the cells that a line or a
    shape lies on."""

    name: str
    notes: dict[tuple[int, int], Note] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    thing: str | None = None
    rules: Rules = field(default_factory=Rules)
    drawn_over: list[Range] = field(default_factory=list)


class Tally:
    """Counts the filled cells of one workbook, sheet by sheet, and raises Unreadable at the first that is too much."""

    def __init__(self) -> None:
        self._cells = 0
        self._letters = 0
        self.open_sheet("")

    def open_sheet(self, name: str) -> None:
        """Starts a sheet; every sheet must be closed."""
        self._sheet = clean(name)
        self._first_row = self._first_column = 0
        self._last_row = self._last_column = 0

    def cell(self, row: int, column: int, letters: int) -> None:
        """Takes note of one filled cell and the letters that it shows."""
        if row > MAX_ROWS:
            raise refusals.too_many_rows(self._sheet, None if row == MAX_ROWS + 1 else row)
        self._cells += 1
        self._letters += letters
        if self._cells > 2 * MAX_CELLS:  # not at the first beyond: too many rows are the better reason, where they come
            self._refuse_cells()
        if self._letters > MAX_LETTERS:
            raise refusals.expands_too_much("holds over {} letters", "có quá {} ký tự", MAX_LETTERS)
        if not self._first_row:
            self._first_row, self._first_column = row, column
        if row > self._last_row:
            self._last_row = row
        if column > self._last_column:
            self._last_column = column
        if column < self._first_column:
            self._first_column = column
        if row < self._first_row:
            self._first_row = row

    def close_sheet(self) -> None:
        """Holds the cells so far, and the rectangle that those of the sheet span, against the limits."""
        if self._cells > MAX_CELLS:
            self._refuse_cells()
        rows = self._last_row - self._first_row + 1
        columns = self._last_column - self._first_column + 1
        if rows * columns > MAX_AREA:
            corner = f"{column_letters(self._last_column)}{self._last_row}"
            raise refusals.expands_too_much(
                f"has cells as far apart as {corner} on the sheet '{self._sheet}'",
                f"có ô nằm quá xa (đến ô {corner}) trên trang tính '{self._sheet}'",
            )

    def _refuse_cells(self) -> NoReturn:
        raise refusals.expands_too_much("has over {} filled cells", "có quá {} ô dữ liệu", MAX_CELLS)
