"""Tables that were printed with their right columns on pages of their own, as spreadsheets do that are too wide.

Here: which tables are two halves of one, by their rows. Not here: what the columns are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..grids import Cell, Grid, Row
from .pdf_tables import RuledTable

_SAME_EDGE = 1.5  # points between edges of rows that are one row
_LEAST_EDGES = 4
_OVERLAP = 3  # letters that the end of a text on the left page and its rest on the right one have in common
_LONGEST_ASIDE = 12  # of what else may stand on a page with a right half: its number, a rest of some cell


@dataclass(slots=True)
class Page:
    """One page: its grids, and its tables that are drawn with lines by the place of their grid."""

    grids: list[Grid] = field(default_factory=list)
    tables: dict[int, RuledTable] = field(default_factory=dict)


class Halves:
    """The tables of the pages so far that may have a right half on a later page, in their order."""

    def __init__(self) -> None:
        self._left: list[tuple[Page, int]] = []

    def add(self, page: Page) -> None:
        self._left += [(page, at) for at in page.tables]

    def join(self, right: RuledTable, beside: list[str]) -> bool:
        """Puts the only table of a page to the right of the one that it is a half of, if there is one: it has the same
        rows to the point, but not the same columns, and what stands beside it on its page are rests of texts that began
        on the other page."""
        for holder, at in self._left:
            texts = [_rests(holder, text) for text in beside if len(text) > _LONGEST_ASIDE]
            if _are_halves(holder.tables[at], right) and all(texts):
                for found in texts:
                    if found:
                        _complete(holder, *found)
                holder.grids[at] = _joined(holder.grids[at], holder.tables[at].columns, right.rows())
                self._left.remove((holder, at))
                return True
        return False


def _are_halves(left: RuledTable, right: RuledTable) -> bool:
    (left_columns, left_rows), (right_columns, right_rows) = left.edges, right.edges
    has_rows = len(left_rows) >= _LEAST_EDGES and _are_same(left_rows, right_rows)
    return has_rows and not _are_same(left_columns, right_columns)


def _are_same(edges: list[float], others: list[float]) -> bool:
    if len(edges) != len(others):
        return False
    return all(abs(one - other) <= _SAME_EDGE for one, other in zip(edges, others, strict=True))


def _rests(page: Page, rest: str) -> tuple[int, int, str] | None:
    """The text of a page that a text on the next one goes on with: its grid, its row, and the whole."""
    for at, grid in enumerate(page.grids):
        for row, line in enumerate(() if at in page.tables else grid.rows):
            text = line.cells[0].text if line.cells else ""
            for letters in range(min(len(text), len(rest)), _OVERLAP - 1, -1):
                if text.endswith(rest[:letters]):
                    return at, row, text + rest[letters:]
    return None


def _complete(page: Page, at: int, row: int, text: str) -> None:
    rows = list(page.grids[at].rows)
    rows[row] = replace(rows[row], cells=(replace(rows[row].cells[0], text=text),))
    page.grids[at] = replace(page.grids[at], rows=tuple(rows))


def _joined(left: Grid, columns: int, right: tuple[Row, ...]) -> Grid:
    """The cells of the right half beside those of the left one, row by row, in columns that are counted on."""
    beside: dict[int, tuple[Cell, ...]] = {
        row.number: tuple(replace(cell, column=cell.column + columns) for cell in row.cells) for row in right
    }
    return replace(left, rows=tuple(replace(row, cells=row.cells + beside.get(row.number, ())) for row in left.rows))
