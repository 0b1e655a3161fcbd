"""What is told of a document that a person sees otherwise than it is stored, or that cannot be taken for certain.

Here: from cells, rows, columns and titles to the records of doubts. Not here: how a format shows a cell (`formats/`),
and which finding becomes of a doubt (SQL).
"""

from __future__ import annotations

from collections.abc import Iterator

from .columns import FIGURES, HeaderColumn
from .document import Doubt, Place, ScoreCell
from .grids import UNCLEAR, Grid
from .headers import Header
from .rows import Piece, TableRow
from .tables import Layout
from .texts import one_line

_SHOWN_ROUNDED, _SCANNED, _REORDERED = "shown_rounded", "scanned_text", "header_differs"


def doubt_about(row: TableRow, column: HeaderColumn, piece: Piece) -> str | None:
    """The code of the doubt under which the figure of a cell is given all the same."""
    if column.role not in FIGURES or piece.is_empty:
        return None
    if row.line.grid.is_scanned:
        return _SCANNED
    if row.header.is_reordered:
        return _REORDERED
    return _SHOWN_ROUNDED if piece.shown else None


def doubts_of_cell(cell: ScoreCell, piece: Piece) -> Iterator[Doubt]:
    """What is told at the cell itself: why it is not taken, or that it shows another figure than it stores."""
    stored = one_line(piece.raw or piece.text)
    if cell.flaw_reason in UNCLEAR and cell.flaw:
        shown = one_line(piece.text) or None
        yield Doubt(
            cell.place, cell.row_order, _field(cell), cell.flaw, str(cell.flaw_reason), stored, shown, cell.header
        )
    elif cell.doubt == _SHOWN_ROUNDED and cell.number is not None:
        yield Doubt(
            cell.place,
            cell.row_order,
            _field(cell),
            cell.doubt,
            "rounded",
            f"{cell.number:f}",
            piece.shown,
            cell.header,
        )


def doubt_of_row(row: TableRow, annex: str | None, reason: str) -> Doubt:
    """A row that is struck out, or hidden beside another about the same unit. It is told by what it holds."""
    stored = " | ".join(one_line(cell.text or cell.raw or "") for cell in row.line.cells)
    return Doubt(row.line.place(annex=annex), None, "row", reason, f"row_{reason}", stored, None, None)


def doubts_of(layout: Layout) -> Iterator[Doubt]:
    """What is told of columns, pages and annexes."""
    pages: set[str | None] = set()
    for table in layout.tables:
        headers = [
            (table.header, table.annex),
            *((part.header, table.annex) for part in table.parts[1:] if part.is_headed),
        ]
        for header, annex in headers:
            if header:
                yield from _of_header(header, annex)
        for part in table.parts:
            for grid in {id(line.grid): line.grid for line in part.lines}.values():
                if grid.is_scanned and grid.page_or_sheet not in pages:
                    pages.add(grid.page_or_sheet)
                    yield _of_page(grid, table.annex)
    for missing in layout.missing:
        place = missing.line.place(annex=missing.annex)
        yield Doubt(place, None, "file", "annex_missing", missing.reason, one_line(missing.line.text), None, None)


def _of_header(header: Header, annex: str | None) -> Iterator[Doubt]:
    for column in header.columns:
        if column.repeats:
            place = header.line_of(column).place(column.column, annex)
            yield Doubt(
                place, None, "column", "hidden_repeated", "column_hidden_repeated", column.header, None, column.header
            )
    if header.is_reordered:
        line = header.lines[0]
        order = ", ".join(column.header for column in header.columns if column.header)
        yield Doubt(line.place(annex=annex), None, "column", _REORDERED, "columns_reordered", order, None, None)


def _of_page(grid: Grid, annex: str | None) -> Doubt:
    place = Place(annex, grid.page_or_sheet, grid.table_number)
    return Doubt(place, None, "file", _SCANNED, "scanned", grid.page_or_sheet or "", None, None)


def _field(cell: ScoreCell) -> str:
    if cell.role == "component":
        return cell.target or cell.role
    return f"{cell.target}_total" if cell.role == "total" else cell.role
