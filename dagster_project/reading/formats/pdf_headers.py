"""Headers of tables without lines: lines of phrases, each above the column or the columns that it names.

Here: which phrases are one cell, and how far a cell reaches. Not here: where the table is (`pdf_columns.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..grids import Cell
from .pdf_text import Line

TIGHT = 1.5  # sizes of letters between two lines of one cell, at the most
_SAME_LINE = 0.3  # sizes of letters between the middles of texts on one line, at the most
_ALIGNED = 2.0  # points between the middles or the left ends of texts that are aligned, at the most
_CENTRED = 0.25  # of a column's width that the middle of a phrase may lie beside the middle of its columns


class Span(NamedTuple):
    """From where to where the letters of a column reach."""

    x0: float
    x1: float


@dataclass(slots=True, eq=False)
class _Heading:
    """One header cell: its lines, where they stand, and the first and last of its columns, from 0."""

    texts: list[str]
    x0: float
    x1: float
    middle: float  # of its last line, from the upper edge of the page
    size: float
    first: int
    last: int

    @property
    def columns(self) -> range:
        return range(self.first, self.last + 1)


def header_rows(lines: list[Line], columns: list[Span]) -> list[tuple[Cell, ...]]:
    """The rows of the header, from the top; a phrase that goes on in the next line is one cell."""
    rows = [[_heading(phrase, columns) for phrase in line.phrases()] for line in lines]
    rows = _joined(rows, columns)
    for at in reversed(range(len(rows))):
        _widen(rows[at], [heading for row in rows[at + 1 :] for heading in row], columns)
    return [tuple(Cell(h.first + 1, "\n".join(h.texts), across=len(h.columns)) for h in row) for row in rows]


def _heading(phrase: Line, columns: list[Span]) -> _Heading:
    """A phrase above the columns whose letters it stands over, or the nearest one."""
    touched = [at for at, span in enumerate(columns) if min(phrase.x1, span.x1) - max(phrase.x0, span.x0) > 1]
    if not touched:
        centre = phrase.x0 + phrase.x1
        touched = [min(range(len(columns)), key=lambda at: abs(columns[at].x0 + columns[at].x1 - centre))]
    return _Heading([phrase.text], phrase.x0, phrase.x1, phrase.middle, phrase.size, touched[0], touched[-1])


def _joined(rows: list[list[_Heading]], columns: list[Span]) -> list[list[_Heading]]:
    """The rows with each phrase that goes on in a later one made one heading with it."""
    everything = [heading for row in rows for heading in row]
    joined: list[list[_Heading]] = []
    for row in rows:
        left = []
        for heading in row:
            meeting = (
                h for above in reversed(joined) for h in above if h.first <= heading.last and heading.first <= h.last
            )
            above = next(meeting, None)
            if above is not None and _goes_on(above, heading, everything, columns):
                above.texts += heading.texts
                above.middle = heading.middle
                above.x0, above.x1 = min(above.x0, heading.x0), max(above.x1, heading.x1)
            else:
                left.append(heading)
        if left:
            joined.append(left)
    return joined


def _goes_on(above: _Heading, heading: _Heading, everything: list[_Heading], columns: list[Span]) -> bool:
    """Whether a phrase is the next line of one above it: close to it, over the same columns or centred below it. A name
    of a group is as close above the middle one of its columns, but has nothing beside it where that one has."""
    is_centred = abs(above.x0 + above.x1 - heading.x0 - heading.x1) <= 2 * _ALIGNED
    if heading.middle - above.middle > TIGHT * above.size or not (above.columns == heading.columns or is_centred):
        return False
    beside = [h for h in everything if h.last == heading.first - 1 or h.first == heading.last + 1]
    has_same_line = any(abs(h.middle - heading.middle) <= _SAME_LINE * heading.size for h in beside)
    has_line_above = any(
        _SAME_LINE * heading.size < heading.middle - h.middle <= TIGHT * above.size for h in beside if h is not above
    )
    return has_line_above or not has_same_line or _fits(above, everything, columns)


def _fits(heading: _Heading, others: list[_Heading], columns: list[Span]) -> bool:
    """Whether a heading stays within its column, whose borders lie halfway to what stands in the columns beside it."""
    single = [h for h in others if h is not heading and h.first == h.last]
    left, right = _ends(single, columns)
    before = (right[heading.first - 1] + left[heading.first]) / 2 if heading.first else heading.x0
    after = (right[heading.last] + left[heading.last + 1]) / 2 if heading.last + 1 < len(columns) else heading.x1
    return before <= heading.x0 and heading.x1 <= after


def _ends(headings: list[_Heading], columns: list[Span]) -> tuple[list[float], list[float]]:
    """How far to the left and to the right the texts of each column reach, headings among them."""
    left = [min([span.x0] + [h.x0 for h in headings if h.first == at]) for at, span in enumerate(columns)]
    right = [max([span.x1] + [h.x1 for h in headings if h.last == at]) for at, span in enumerate(columns)]
    return left, right


def _is_flush(headings: list[_Heading], columns: list[Span]) -> bool:
    """Whether headings begin where their columns do, rather than being centred above them."""
    single = [(heading, columns[heading.first]) for heading in headings if heading.first == heading.last]
    flush = [abs(h.x0 - span.x0) < min(_ALIGNED, abs(h.x0 + h.x1 - span.x0 - span.x1) / 2) for h, span in single]
    return sum(flush) * 2 > len(flush)


def _widen(row: list[_Heading], below: list[_Heading], columns: list[Span]) -> None:
    """Lets the headings of a row reach over those below them: together over as many as they can without meeting, and
    each of them well placed above its own."""
    chosen = {-1: (0, 0.0, ())}  # by the last column taken: how many are, minus how ill placed they are, their ranges
    for heading in row:
        options = _options(heading, below, columns)
        longer: dict[int, tuple] = {}
        for last, (named, placed, ranges) in chosen.items():
            for option, offset in options:
                if option.start > last:
                    found = (named + len(option), placed - offset, (*ranges, option))
                    longer[option.stop - 1] = max(longer.get(option.stop - 1, found), found, key=lambda at: at[:2])
        chosen = longer or chosen
    ranges = max(chosen.values(), key=lambda at: at[:2])[2]
    if len(ranges) == len(row):
        for heading, option in zip(row, ranges, strict=True):
            heading.first, heading.last = option.start, option.stop - 1


def _options(heading: _Heading, below: list[_Heading], columns: list[Span]) -> list[tuple[range, float]]:
    """The columns that a heading may reach over, and how far each choice is from being well placed: its text begins
    where that of the first column does, or lies in the middle of all of them. It cuts no heading below it in two."""
    named = {column for lower in below for column in lower.columns}
    inside = {column for lower in below for column in lower.columns[1:]}  # a heading goes on here
    wider = [
        range(first, stop)
        for first in range(heading.first + 1)
        for stop in range(heading.last + 1, len(columns) + 1)
        if named.issuperset(range(first, stop)) and first not in inside and stop not in inside
    ]
    if not wider:
        return [(heading.columns, 0.0)]
    if _is_flush(below, columns):
        return [(option, 0.0) for option in wider if option.start == heading.first] or [(heading.columns, 0.0)]
    left, right = _ends(below, columns)
    centre = (heading.x0 + heading.x1) / 2
    beside = {option: abs((left[option.start] + right[option.stop - 1]) / 2 - centre) for option in wider}
    width = (columns[-1].x1 - columns[0].x0) / len(columns)
    return [(option, offset) for option, offset in beside.items() if offset <= min(beside.values()) + _CENTRED * width]
