"""The grids of a file as one run of lines, each of which knows where it stands.

Here: flattening and addresses. Not here: what a line means (`tables.py`, `head.py`, `notes.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .document import Place
from .grids import Cell, Grid, Row
from .texts import one_line, plain


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid. block: which of the file's grids, from 0. cells: only those that hold something."""

    grid: Grid
    block: int
    row: Row
    cells: tuple[Cell, ...]

    @property
    def is_in_table(self) -> bool:
        """Whether the file itself says that the line belongs to a table (Word, PDF)."""
        return self.grid.table_number is not None

    @property
    def text(self) -> str:
        """All texts of the line, on one line."""
        return one_line(" ".join(cell.text for cell in self.cells))

    def cell(self, column: int) -> Cell | None:
        """The cell that stands in, or is merged over, this column."""
        for cell in self.cells:
            if cell.column > column:
                break
            if column < cell.column + cell.across:
                return cell
        return None

    def pieces(self) -> Iterator[tuple[Cell, str]]:
        """The lines of text within the cells, each on one line, with the cell that holds it."""
        for cell in self.cells:
            for part in plain(cell.text).splitlines():
                if part.strip():
                    yield cell, one_line(part)

    def place(self, column: int | None = None, annex: str | None = None) -> Place:
        """The address of the line, or of one of its columns, whether a cell stands there or not."""
        is_named = column is not None and any(cell.name for cell in self.cells)
        name = f"{_letters(column)}{self.row.number}" if column and is_named else None
        return Place(annex, self.grid.page_or_sheet, self.grid.table_number, self.row.number, column, name)

    def place_of(self, cell: Cell, annex: str | None = None) -> Place:
        """The address of one of its cells."""
        grid = self.grid
        return Place(annex, grid.page_or_sheet, grid.table_number, self.row.number, cell.column, cell.name)


def lines_of(grids: Iterable[Grid]) -> list[Line]:
    """Every row of every grid, in reading order, empty rows among them."""
    return [
        Line(
            grid, block, row, tuple(sorted((cell for cell in row.cells if cell.flaw or cell.text.strip()), key=_column))
        )
        for block, grid in enumerate(grids)
        for row in grid.rows
    ]


def _column(cell: Cell) -> int:
    return cell.column


@cache
def _letters(column: int) -> str:
    """A workbook's name of a column: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
