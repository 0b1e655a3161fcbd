"""Headers of tables without lines: lines of phrases, each above the column or the columns that it names.

Here: which phrases are one cell, and how far a cell reaches. Not here: where the table is (`pdf_columns.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..grids import Cell
from .pdf_text import Line

_TIGHT = 1.35  # heights of letters between two lines of one cell, at the most
_CENTRED = 0.25  # of a column's width that the middle of a phrase may lie beside the middle of its columns


class Span(NamedTuple):
    """From where to where the letters of a column reach."""

    x0: float
    x1: float


@dataclass(slots=True)
class _Heading:
    """One header cell: its lines, and the first and last of its columns, from 0."""

    texts: list[str]
    first: int
    last: int
    middle: float  # between left and right
    bottom_line: float
    height: float


def header_rows(lines: list[Line], columns: list[Span]) -> list[tuple[Cell, ...]]:
    """The rows of the header, from the top; a phrase that goes on in the next line is one cell."""
    rows: list[list[_Heading]] = []
    for line in lines:
        row: list[_Heading] = []
        for phrase in line.phrases():
            heading = _heading(phrase, columns)
            above = _continued(heading, rows)
            if above is None:
                row.append(heading)
            else:
                above.texts += heading.texts
                above.bottom_line = heading.bottom_line
        rows.append(row)
    rows = [row for row in rows if row]
    for number, row in enumerate(rows):
        below = {column for other in rows[number + 1 :] for h in other for column in range(h.first, h.last + 1)}
        for heading in row:
            _widen(heading, row, below, columns)
    return [tuple(Cell(h.first + 1, "\n".join(h.texts), across=h.last - h.first + 1) for h in row) for row in rows]


def _heading(phrase: Line, columns: list[Span]) -> _Heading:
    middle = (phrase.x0 + phrase.x1) / 2
    touched = [at for at, span in enumerate(columns) if min(phrase.x1, span.x1) - max(phrase.x0, span.x0) > 1]
    if not touched:
        touched = [min(range(len(columns)), key=lambda at: abs((columns[at].x0 + columns[at].x1) / 2 - middle))]
    return _Heading([phrase.text], touched[0], touched[-1], middle, phrase.middle, phrase.height)


def _continued(heading: _Heading, rows: list[list[_Heading]]) -> _Heading | None:
    """The cell whose next line this is."""
    for row in reversed(rows):
        for above in row:
            is_near = heading.bottom_line - above.bottom_line <= _TIGHT * above.height
            if is_near and heading.first <= above.last and above.first <= heading.last and len(rows) > 0:
                return above if (heading.first, heading.last) == (above.first, above.last) else None
    return None


def _widen(heading: _Heading, row: list[_Heading], below: set[int], columns: list[Span]) -> None:
    """A heading above other headings reaches as far as it stands in the middle of them."""
    taken = {at for other in row if other is not heading for at in range(other.first, other.last + 1)}
    free = below - taken
    own = range(heading.first, heading.last + 1)
    if not free.issuperset(own):
        return
    width = (columns[-1].x1 - columns[0].x0) / len(columns)
    options = [
        (first, last)
        for first in range(heading.first + 1)
        for last in range(heading.last, len(columns))
        if free.issuperset(range(first, last + 1))
    ]
    offset = {
        (first, last): abs((columns[first].x0 + columns[last].x1) / 2 - heading.middle) for first, last in options
    }
    best = min(offset.values())
    good = [option for option in options if offset[option] <= best + _CENTRED * width]
    heading.first, heading.last = max(good, key=lambda option: option[1] - option[0])
