"""The rows of a table of scores: what each row below a header is, and its cells by column.

Here: rows cut by a page break, cells merged downwards, group rows ('Huyện Hưng Hà' above its communes), subtotals, and
rows that name no unit. Not here: which lines belong to a table (`tables.py`), the records made of rows (`reader.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from .columns import FIGURES, HeaderColumn
from .document import Place
from .grids import Cell
from .headers import Header, is_column_numbers
from .labels import Vocabulary
from .lines import Line
from .numbers import figure, ordinal
from .tables import Table
from .texts import key, one_line

_NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|[0-9]{1,3})\s*[.):/-]\s*(?=\w)")
_ASIDE_AT_END = re.compile(r"\s*(?:\([^()]*\)?|:.*)$")
_KEPT_WHEN_MERGED = FIGURES | {"parent", "level"}


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one column of a row: the text, the text or value as stored, and where."""

    text: str
    place: Place
    raw: str | None = None
    flaw: str | None = None

    def joined(self, rest: Piece) -> Piece:
        """The piece with the rest of its text, which the next page has."""
        if not rest.text and not rest.flaw:
            return self
        if not self.text and not self.flaw:
            return rest
        return replace(self, text=f"{self.text} {rest.text}", raw=None, flaw=self.flaw or rest.flaw)

    @property
    def cell(self) -> Cell:
        return Cell(0, self.text, flaw=self.flaw)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.flaw


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its pieces by column, in the header's order. is_first: the first below a header, or of a page."""

    line: Line
    header: Header
    pieces: dict[HeaderColumn, Piece]
    is_first: bool = False

    def piece(self, role: str) -> Piece | None:
        """The piece of the first column of a role."""
        column = self.header.column(role)
        return self.pieces[column] if column else None

    def text(self, role: str) -> str:
        piece = self.piece(role)
        return one_line(piece.text) if piece else ""

    @property
    def has_figures(self) -> bool:
        return any(not piece.is_empty for column, piece in self.pieces.items() if column.role in FIGURES)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.line.cells)


@dataclass(slots=True)
class Rows:
    """The rows of a table, sorted. parents: beside each unit row, the piece that names its group, if any. maxima: of
    the columns whose maximum a row of its own states."""

    units: list[TableRow] = field(default_factory=list)
    parents: list[Piece | None] = field(default_factory=list)
    nameless: list[TableRow] = field(default_factory=list)
    maxima: dict[tuple[str, str | None, str], Decimal] = field(default_factory=dict)


def rows_of(table: Table, vocabulary: Vocabulary) -> Rows:
    """The rows of a table of scores by what they are; numbers of columns and subtotals are left out."""
    rows = Rows()
    all_rows = whole_rows(table, vocabulary)
    scored_types = {vocabulary.type_of(row.text("unit")) for row in all_rows if row.has_figures}
    group: Piece | None = None
    for row in all_rows:
        if _is_maximum(row, vocabulary):
            rows.maxima |= _maxima(row, vocabulary)
        elif _is_subtotal(row, vocabulary):
            continue
        elif (name := _group_name(row, scored_types, vocabulary)) is not None:
            group = name
        elif row.text("unit"):
            rows.units.append(row)
            rows.parents.append(group)
        else:
            rows.nameless.append(row)
    if table.header.column("parent"):
        rows.parents = _parents_said_once(rows.units)
    return rows


def whole_rows(table: Table, vocabulary: Vocabulary) -> list[TableRow]:
    """All rows that hold something, those that a page break cut joined again."""
    whole: list[TableRow] = []
    for row in _pieces_of_rows(table):
        if whole and _is_rest(row, whole[-1], vocabulary):
            whole[-1] = _joined(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _pieces_of_rows(table: Table) -> Iterator[TableRow]:
    for part in table.parts:
        header = part.header
        assert header is not None
        merged: dict[HeaderColumn, tuple[Piece, int]] = {}
        is_first = True
        for line in part.lines:
            if not line.cells or (is_first and is_column_numbers(line, header)):
                continue
            pieces = {column: _piece(line, column, table.annex) for column in header.columns}
            for column, (piece, last) in merged.items():
                if pieces[column].is_empty and line.row.number <= last:
                    pieces[column] = piece
            for column in header.columns:
                cell = line.cell(column.column)
                if cell and cell.down > 1 and cell.column == column.column and column.role in _KEPT_WHEN_MERGED:
                    merged[column] = (pieces[column], line.row.number + cell.down - 1)
            yield TableRow(line, header, pieces, is_first)
            is_first = False


def _piece(line: Line, column: HeaderColumn, annex: str | None) -> Piece:
    """What stands under a column: all cells that begin there, since its name may be merged over several."""
    cells = [cell for cell in line.cells if column.column <= cell.column < column.column + column.width]
    at = cells[0].column if cells else column.column
    place = line.place(at, annex)
    if len(cells) == 1:
        return Piece(cells[0].text, place, cells[0].raw, cells[0].flaw)
    flaw = next((cell.flaw for cell in cells if cell.flaw), None)
    return Piece(" ".join(cell.text for cell in cells), place, flaw=flaw)


def _is_rest(row: TableRow, above: TableRow, vocabulary: Vocabulary) -> bool:
    """Whether a row is the rest of the row above, which a page break or a line break cut: it has no number, and no
    figure where that row has one."""
    if row.text("number") or (row.header.column("number") and not above.text("number")):
        return False
    by_identity = {column.identity: piece for column, piece in above.pieces.items()}
    for column, piece in row.pieces.items():
        other = by_identity.get(column.identity)
        if column.role in FIGURES and not piece.is_empty and other and not other.is_empty:
            return False
    if row.text("unit") and _is_only_a_type(above.text("unit"), vocabulary):
        return True
    is_name = vocabulary.type_of(row.text("unit")) is not None
    return row.is_first and not is_name and not _is_merged(row) and not _is_subtotal(row, vocabulary)


def _is_only_a_type(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name lacks all but 'Thị trấn' or 'Ủy ban nhân dân xã'."""
    if not name:
        return False
    rest = vocabulary.opens("unit_prefix", name)
    rest = key(name) if rest is None else rest
    return not rest or rest in vocabulary.unit_types


def _joined(row: TableRow, rest: TableRow) -> TableRow:
    by_identity = {column.identity: piece for column, piece in rest.pieces.items()}
    pieces = {
        column: piece.joined(by_identity[column.identity]) if column.identity in by_identity else piece
        for column, piece in row.pieces.items()
    }
    return replace(row, pieces=pieces)


def _is_merged(row: TableRow) -> bool:
    """Whether a row is one cell that is merged over columns of figures."""
    first_figure = min((column.column for column in row.header.figures), default=None)
    if first_figure is None:
        return False
    return len(row.line.cells) == 1 and row.line.cells[0].column + row.line.cells[0].across > first_figure


def _is_subtotal(row: TableRow, vocabulary: Vocabulary) -> bool:
    """Whether a row sums up others: 'Tổng cộng', 'Cộng (12 xã)', 'Trung bình huyện …', and has no number. A name that
    only begins like such a word ('Cộng Hòa') is a unit."""
    if ordinal(row.text("number")) is not None:
        return False
    name = row.text("number") or row.text("unit")
    rest = vocabulary.opens("subtotal", name)
    if rest is None:
        return False
    return (
        not rest
        or not rest[0].isalpha()
        or vocabulary.type_of(rest) is not None
        or vocabulary.opens("subtotal", rest) is not None
    )


def _is_maximum(row: TableRow, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.opens("maximum", row.text(role)) == "" for role in ("number", "unit"))


def _maxima(row: TableRow, vocabulary: Vocabulary) -> dict[tuple[str, str | None, str], Decimal]:
    found = {column: figure(piece.cell, vocabulary.missing).number for column, piece in row.pieces.items()}
    return {
        column.identity: number for column, number in found.items() if column.role in FIGURES and number is not None
    }


def _group_name(row: TableRow, scored_types: set[str | None], vocabulary: Vocabulary) -> Piece | None:
    """The name of a group row, without its numbering; None for any other row."""
    if row.has_figures or row.text("level"):
        return None
    unit, number = row.piece("unit"), row.piece("number")
    piece = unit if unit and not unit.is_empty else number
    if piece is None or piece.is_empty:
        return None
    is_numbered = ordinal(row.text("number")) is not None
    kind = vocabulary.type_of(_NUMBERING.sub("", one_line(piece.text)))
    is_above = kind in vocabulary.parent_types and not scored_types & vocabulary.parent_types
    is_told_apart = row.header.column("number") is not None or bool(scored_types - {None})
    is_bare = kind is None and is_told_apart and len(row.line.cells) == 1 and not is_numbered
    is_lettered = bool(row.text("number")) and not is_numbered and len(row.line.cells) == 2
    if not (_is_merged(row) or is_bare or is_lettered or (is_above and (not is_numbered or scored_types - {None}))):
        return None
    name = _ASIDE_AT_END.sub("", _NUMBERING.sub("", one_line(piece.text)))
    return replace(piece, text=name, raw=None)


def _parents_said_once(units: list[TableRow]) -> list[Piece | None]:
    """For rows under a column of parents: where it names each parent once, at the first of its units, the name holds
    for the empty cells below it. A column that repeats a name has no such cells, and an empty one stays empty."""
    pieces = [row.piece("parent") for row in units]
    said = [piece for piece in pieces if piece and not piece.is_empty]
    keys = [(piece.place, key(piece.text)) for piece in said]
    repeats = any(a[0] != b[0] and a[1] == b[1] for a, b in pairwise(keys))
    held: list[Piece | None] = []
    for piece in pieces:
        is_said = piece is None or not piece.is_empty
        held.append(piece if is_said or repeats or not held else held[-1])
    return held
