"""Tables that stand side by side in one grid, cut apart: units 1 to 20 on the left, 21 to 40 on the right.

Here: a line of headers that says all its words twice or more, and the grids that come of it, from the left. Not here:
what the words mean, but for the one that heads the units: figures of several years stand side by side, too, and their
units stand once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .grids import Grid, Row
from .texts import key

_MOST_TABLES = 4
_LEAST_COLUMNS = 3  # of a table of scores: the unit, and figures


def apart(grids: Iterable[Grid], heads_units: Callable[[str], bool]) -> Iterator[Grid]:
    """The grids, of which those that hold tables side by side come one after the other, each with its own columns."""
    for grid in grids:
        cuts = next((cuts for row in grid.rows if (cuts := _cuts(row, heads_units))), [])
        for first, end in zip([0, *cuts], [*cuts, None], strict=True):
            yield _columns(grid, first, end) if cuts else grid


def _cuts(row: Row, heads_units: Callable[[str], bool]) -> list[int]:
    """The columns in which the tables begin whose headers stand in this row, but for the first."""
    if len(row.cells) < 2 * _LEAST_COLUMNS:
        return []
    cells = sorted((cell for cell in row.cells if cell.text.strip()), key=lambda cell: cell.column)
    for tables in range(_MOST_TABLES, 1, -1):
        width, rest = divmod(len(cells), tables)
        if rest or width < _LEAST_COLUMNS or cells[0].text != cells[width].text:
            continue
        words = [key(cell.text) for cell in cells]
        if words[:width] * tables == words and any(heads_units(cell.text) for cell in cells[:width]):
            return [cells[at].column for at in range(width, len(cells), width)]
    return []


def _columns(grid: Grid, first: int, end: int | None) -> Grid:
    rows = (
        replace(
            row, cells=tuple(cell for cell in row.cells if first <= cell.column and (end is None or cell.column < end))
        )
        for row in grid.rows
    )
    return replace(grid, rows=tuple(rows))
