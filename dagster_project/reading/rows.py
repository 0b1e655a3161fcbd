"""The rows of a table as pieces by column, whole again where a page break or a line break cut them.

Here: cells to columns, cells merged downwards, rows cut in two. Not here: which lines belong to a table (`tables.py`),
and whether a row is a unit's (`unit_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .columns import FIGURES, HeaderColumn
from .document import Place
from .grids import Cell
from .headers import Header, is_column_numbers
from .labels import Vocabulary
from .lines import Line
from .numbers import decimal_of
from .tables import Table
from .texts import key, one_line

_KEPT_WHEN_MERGED = FIGURES | {"parent", "level"}


@dataclass(slots=True)
class Piece:
    """What stands in one column of a row: the text, the text or value as stored, where, and the cells that hold it."""

    text: str
    place: Place
    raw: str | None = None
    flaw: str | None = None
    shown: str | None = None
    cells: tuple[Cell, ...] = ()

    def joined(self, rest: Piece) -> Piece:
        """The piece with the rest of its text, which the next page has."""
        if not rest.text and not rest.flaw:
            return self
        if not self.text and not self.flaw:
            return rest
        text, cells = f"{self.text} {rest.text}", self.cells + rest.cells
        return replace(self, text=text, raw=None, flaw=self.flaw or rest.flaw, shown=None, cells=cells)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.flaw


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its pieces by column, in the header's order. is_first: the first below a header, or of a page. title: of
    the first row below a header, the lines above that; parent: of a unit's row, the piece that names its parent. rest:
    the lines that go on with it."""

    line: Line
    header: Header
    pieces: dict[HeaderColumn, Piece]
    is_first: bool = False
    title: tuple[Line, ...] = ()
    parent: Piece | None = None
    rest: tuple[Line, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        """All of its cells, whichever columns they stand in."""
        return [cell for line in (self.line, *self.rest) for cell in line.cells]

    def piece(self, role: str) -> Piece | None:
        """The piece of the first column of a role."""
        column = self.header.column(role)
        return self.pieces[column] if column else None

    def text(self, role: str) -> str:
        piece = self.piece(role)
        return one_line(piece.text) if piece else ""

    @property
    def is_struck_out(self) -> bool:
        """Whether the name of its unit is struck out, and so the row."""
        unit = self.piece("unit")
        return unit is not None and unit.flaw == "struck_out"

    @property
    def has_figures(self) -> bool:
        return any(not piece.is_empty for column, piece in self.pieces.items() if column.role in FIGURES)

    @property
    def is_merged(self) -> bool:
        """Whether it is one cell that is merged over columns of figures."""
        first_figure = min((column.column for column in self.header.figures), default=None)
        cells = self.line.cells
        return first_figure is not None and len(cells) == 1 and cells[0].column + cells[0].across > first_figure


def whole_rows(table: Table, vocabulary: Vocabulary) -> list[TableRow]:
    """All rows that hold something, those that a page break or a line break cut joined again."""
    rows = list(_pieces_of_rows(table, vocabulary))
    has_groups = any(_is_name_alone(row) and not row.is_first for row in rows)
    whole: list[TableRow] = []
    for row in rows:
        if whole and _is_rest(row, whole[-1], has_groups, vocabulary):
            whole[-1] = _joined(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _pieces_of_rows(table: Table, vocabulary: Vocabulary) -> Iterator[TableRow]:
    for part in table.parts:
        header = part.header
        assert header is not None
        merged: dict[HeaderColumn, tuple[Piece, int]] = {}
        is_first = True
        for line in part.lines:
            if not line.cells or header.repeats(line) or (is_first and is_column_numbers(line, header)):
                continue
            starts = {cell.column: cell for cell in line.cells}
            columns = (*header.columns, *header.earlier)
            pieces = {column: _piece(line, starts, column, table.annex) for column in columns}
            if _has_too_many_fields(line, header, vocabulary):
                for column, piece in pieces.items():
                    if column.role in _KEPT_WHEN_MERGED and not piece.is_empty:
                        piece.flaw = piece.flaw or "fields"
            for column, (piece, last) in merged.items():
                if pieces[column].is_empty and line.row.number <= last:
                    pieces[column] = piece
            for column in columns:
                cell = starts.get(column.column)
                if cell and cell.down > 1 and column.role in _KEPT_WHEN_MERGED:
                    merged[column] = (pieces[column], line.row.number + cell.down - 1)
            yield TableRow(line, header, pieces, is_first, part.title if is_first else ())
            is_first = False


def _has_too_many_fields(line: Line, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a line of a text has figures or a level beyond its header: a decimal comma has cut one of its figures in
    two, and nobody can tell which."""
    if line.is_in_table or line.grid.page_or_sheet is not None:
        return False
    known = (*header.columns, *header.earlier)
    last = max(column.column + column.width - 1 for column in known if column.header)
    beyond = [cell.text for cell in line.cells if cell.column > last]
    return any(decimal_of(text) is not None or vocabulary.level(text) for text in beyond)


def _piece(line: Line, starts: dict[int, Cell], column: HeaderColumn, annex: str | None) -> Piece:
    """What stands under a column: all cells that begin there, since its name may be merged over several."""
    numbers = range(column.column, column.column + column.width)
    cells = [cell for number in numbers if (cell := starts.get(number))]
    if len(cells) == 1:
        (cell,) = cells
        return Piece(cell.text, line.place_of(cell, annex), cell.raw, cell.flaw, cell.shown, (cell,))
    flaw = next((cell.flaw for cell in cells if cell.flaw), None)
    text, place = " ".join(cell.text for cell in cells), line.place(column.column, annex)
    return Piece(text, place, flaw=flaw, cells=tuple(cells))


def _is_rest(row: TableRow, above: TableRow, has_groups: bool, vocabulary: Vocabulary) -> bool:
    """Whether a row is the rest of the row above: that broke off within a name, or a page ended there, and this one has
    no number of its own and no figure where that row has one. Where names alone stand in rows of their own
    (has_groups), one at the top of a page is such a name."""
    is_told = row.is_struck_out or above.is_struck_out
    if is_told or _have_both_figures(row, above) or (row.text("number") and above.text("number")):
        return False
    if _completes(above.text("unit"), row.text("unit"), vocabulary):
        return True
    if row.text("number") or not (row.is_first and row.line.is_in_table) or row.is_merged:
        return False
    if row.header.column("number") and not above.text("number"):
        return False
    is_name = vocabulary.type_of(row.text("unit")) or vocabulary.opens("subtotal", row.text("unit")) is not None
    return not is_name and not (has_groups and _is_name_alone(row))


def _have_both_figures(row: TableRow, above: TableRow) -> bool:
    """Whether a figure stands in the same column of both rows."""
    filled = {column.identity for column, piece in above.pieces.items() if not piece.is_empty}
    return any(
        column.role in FIGURES and not piece.is_empty and column.identity in filled
        for column, piece in row.pieces.items()
    )


def _is_name_alone(row: TableRow) -> bool:
    return len(row.line.cells) == 1 and bool(row.text("unit"))


def _completes(name: str, rest: str, vocabulary: Vocabulary) -> bool:
    """Whether a name lacks all but 'Thị trấn' or 'Ủy ban nhân dân', and the rest may follow that."""
    after_prefix = vocabulary.opens("unit_prefix", name)
    if not rest or not name:
        return False
    if after_prefix == "":
        return True
    types = vocabulary.unit_types | vocabulary.keys("unit_type").keys()
    return (after_prefix or key(name)) in types and vocabulary.type_of(rest) is None


def _joined(row: TableRow, rest: TableRow) -> TableRow:
    by_identity = {column.identity: piece for column, piece in rest.pieces.items()}
    pieces = {
        column: piece.joined(by_identity[column.identity]) if column.identity in by_identity else piece
        for column, piece in row.pieces.items()
    }
    return replace(row, pieces=pieces, rest=(*row.rest, rest.line, *rest.rest))
