"""Tables that were printed with their right columns on pages of their own, as spreadsheets do that are too wide.

Here: which tables are two halves of one, by their rows. Not here: what the columns are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..grids import Cell, Grid, Row
from .pdf_tables import RuledTable

_SAME_EDGE = 1.5  # points between edges of rows that are one row
_LEAST_ROWS = 3
_PAGE_NUMBER_LETTERS = 12  # of what may stand beside the right half of a table


@dataclass(slots=True)
class Page:
    """One page while its halves are sought. tables: those that are drawn with lines, by the place of their grid."""

    grids: list[Grid] = field(default_factory=list)
    tables: dict[int, RuledTable] = field(default_factory=dict)


def with_halves_joined(pages: list[Page]) -> list[Page]:
    """The pages, each right half put to the right of its left one, and then without its own page. A half stands alone on
    its page, below no title, and has the rows of a table before it to the point, but not its columns."""
    left: list[tuple[Page, int]] = []  # tables that may have a right half, in their order
    kept: list[Page] = []
    for page in pages:
        half = _only_table(page)
        of = next((at for at in left if half is not None and _are_halves(at[0].tables[at[1]], page.tables[half])), None)
        if of is None or half is None:
            kept.append(page)
            left += [(page, at) for at in page.tables]
        else:
            holder, at = of
            holder.grids[at] = _joined(holder.grids[at], holder.tables[at].columns, page.grids[half])
            left.remove(of)
    return kept


def _only_table(page: Page) -> int | None:
    """The place of the only table of a page that holds nothing else but a page number."""
    letters = sum(
        len(cell.text)
        for at, grid in enumerate(page.grids)
        if at not in page.tables
        for row in grid.rows
        for cell in row.cells
    )
    return next(iter(page.tables)) if len(page.tables) == 1 and letters <= _PAGE_NUMBER_LETTERS else None


def _are_halves(left: RuledTable, right: RuledTable) -> bool:
    (left_columns, left_rows), (right_columns, right_rows) = left.edges, right.edges
    return (
        len(left_rows) > _LEAST_ROWS and _are_same(left_rows, right_rows) and not _are_same(left_columns, right_columns)
    )


def _are_same(edges: list[float], others: list[float]) -> bool:
    if len(edges) != len(others):
        return False
    return all(abs(one - other) <= _SAME_EDGE for one, other in zip(edges, others, strict=True))


def _joined(left: Grid, columns: int, right: Grid) -> Grid:
    """The right half's cells beside those of the left one, row by row; they are counted on through its columns."""
    beside: dict[int, tuple[Cell, ...]] = {
        row.number: tuple(replace(cell, column=cell.column + columns) for cell in row.cells) for row in right.rows
    }
    return replace(left, rows=tuple(Row(row.number, row.cells + beside.get(row.number, ())) for row in left.rows))
