"""The tables of a file: which runs of rows are one table, over pages and repeated headers, and under which annex.

Here: titles, annexes, notes and the opening as lines. Not here: where rows begin and end (`parts.py`), what they hold
(`rows.py`, `summary.py`) and what the text says (`head.py`, `notes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from .columns import HeaderColumn
from .grids import OBJECT, PICTURE, Grid
from .headers import Header
from .labels import Vocabulary
from .lines import Line
from .notes import minima_of
from .numbers import decimal_of
from .parts import Part, annex_number, ends_rows, parts_of
from .texts import bare_name

_MOST_TITLE_LINES = 6
_LONGEST_PAGE_NUMBER = 5
_COMPONENTS_OF_HALF = 2


@dataclass(slots=True)
class Table:
    """One table: what a header opened, through all pages that repeat it. order: 1-based count of the tables of scores
    in the file, 0 for a summary. notes: the lines between it and the next title."""

    order: int
    annex: str | None
    header: Header
    parts: list[Part] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    @property
    def title(self) -> list[Line]:
        return list(self.parts[0].title)

    @property
    def columns(self) -> list[tuple[Header, HeaderColumn]]:
        """Its columns, each with the header that it stands in first: a later page may have one more."""
        found = [(self.header, column) for column in self.header.columns]
        known = {column.identity for _, column in found}
        for header in (part.header for part in self.parts[1:] if part.header):
            found += [(header, column) for column in header.columns if column.identity not in known]
            known |= {column.identity for column in header.columns}
        return found

    @property
    def is_summary(self) -> bool:
        return not self.header.holds_scores

    @property
    def last_grid(self) -> Grid:
        """Where its last line stands."""
        return (self.parts[-1].lines or self.header.lines)[-1].grid


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file: its opening lines, its tables, and the lines with figures that stand in no table."""

    opening: list[Line]
    tables: list[Table]
    strays: list[Line]
    missing: list[MissingTable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MissingTable:
    """An annex whose title stands without a table, or a header of scores that names no unit. reason: `no_table`, or
    what stands there instead."""

    line: Line
    annex: str | None
    reason: str


def layout_of(lines: list[Line], vocabulary: Vocabulary) -> Layout:
    """The tables of a file and the text around them."""
    layout = Layout([], [], [])
    above: list[Line] = []
    for part in parts_of(lines, vocabulary):
        if part.header is None:
            layout.strays.extend(line for line in part.lines if _is_stray(line, vocabulary))
            above += part.lines
        elif part.is_headed:
            _add(part, part.header, above, layout, vocabulary)
            above = []
        else:
            layout.tables[-1].parts.append(part)
    (layout.tables[-1].notes if layout.tables else layout.opening).extend(above)
    layout.missing.extend(_missing(layout, vocabulary))
    return layout


def _missing(layout: Layout, vocabulary: Vocabulary) -> list[MissingTable]:
    """The annexes that have a title and no table. One that has a table is named in other places, too; one that has none
    is told at the last of them, which is followed by what its table may be hidden in."""
    held = {table.annex for table in layout.tables}
    found: dict[str, MissingTable] = {}
    for run in (layout.opening, *(table.notes for table in layout.tables)):
        last: str | None = None
        for line in run:
            annex = annex_number(line.cells[0].text, vocabulary) if line.cells else None
            thing = next((cell.flaw for cell in line.cells if cell.flaw in (PICTURE, OBJECT)), None)
            if annex:
                last = annex
                found[annex] = MissingTable(line, annex, "no_table")
            if thing and last:
                found[last] = replace(found[last], reason=thing)
    around = (layout.opening, *(lines for table in layout.tables for lines in (table.title, table.notes)))
    halves = [MissingTable(line, None, "no_units") for run in around for line in run if _is_half(line, vocabulary)]
    return [missing for annex, missing in found.items() if annex not in held] + halves


def _is_half(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line outside the tables is the header of scores without their units, as on a page that only goes on
    with the columns of another."""
    return sum(vocabulary.has("component", cell.text) for cell in line.cells) >= _COMPONENTS_OF_HALF


def _add(part: Part, header: Header, above: list[Line], layout: Layout, vocabulary: Vocabulary) -> None:
    """Puts rows below a header into the table that they go on with, or into a new one; the lines above them are their
    title, and before that notes of the table before."""
    last = layout.tables[-1] if layout.tables else None
    title = _title(above, header.lines[0].grid, last is not None, vocabulary)
    part = replace(part, title=tuple(title))
    (last.notes if last else layout.opening).extend(above[: len(above) - len(title)])
    annex = _annex(title, header.lines[0].grid, last, vocabulary)
    if last and _continues(last, header, title, annex):
        is_reordered = header.order != last.header.order
        last.parts.append(replace(part, header=replace(header, is_reordered=is_reordered)))
    else:
        order = 1 + max((table.order for table in layout.tables), default=0) if header.holds_scores else 0
        layout.tables.append(Table(order, annex, header, [part]))


def _is_stray(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line outside every table looks like a row of one, whole or the rest of one: two figures or more. The
    numbers of columns are none, nor are what a level asks for or how many reach it: 'Mức II | 84,25 | 40'."""
    figures = [number for cell in line.cells if (number := decimal_of(cell.text)) is not None]
    words = [cell.text for cell in line.cells if any(letter.isalpha() for letter in cell.text)]
    if len(figures) < 2 or (not words and all(later - number == 1 for number, later in pairwise(figures))):
        return False
    ends_in_figure = decimal_of(line.cells[-1].text) is not None
    return not (words and ends_in_figure and all(_speaks_of_level(text, vocabulary) for text in words))


def _speaks_of_level(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is about a level, and no name in which a word for one stands: 'Xã IV', 'Hải Châu I'."""
    if vocabulary.level(text) is None or vocabulary.type_of(bare_name(text)):
        return False
    return vocabulary.opens("level_name", text) is not None or any(word[0].islower() for word in text.split())


def _title(above: list[Line], grid: Grid, is_below_another: bool, vocabulary: Vocabulary) -> list[Line]:
    """The title of a table: from the annex's own line on, else the last lines above it that are no notes of another."""
    near = [line for line in above if grid.table_number or line.grid.page_or_sheet == grid.page_or_sheet]
    for at in range(len(near) - 1, -1, -1):
        if any(annex_number(text, vocabulary) for _, text in near[at].pieces()):
            return near[at:]
    title: list[Line] = []
    filled = 0
    for line in reversed(near):
        is_of_another = is_below_another and next(minima_of([line], vocabulary), None) is not None
        if filled == _MOST_TITLE_LINES or is_of_another or ends_rows(line, vocabulary):
            break
        title.append(line)
        filled += bool(line.cells)
    return title[::-1]


def _continues(last: Table, header: Header, title: list[Line], annex: str | None) -> bool:
    """Whether a header only repeats that of the table before: the same columns, under no title of its own, or under
    one of the same annex."""
    if header.signature != last.header.signature:
        return False
    if _is_other_sheet(header.lines[0].grid, last) or any(len(line.text) > _LONGEST_PAGE_NUMBER for line in title):
        return annex is not None and annex == last.annex
    return True


def _annex(title: list[Line], grid: Grid, last: Table | None, vocabulary: Vocabulary) -> str | None:
    """The annex of a table, by its title, else by its sheet's name, else the one that the table before stood in."""
    for line in title:
        for _, text in line.pieces():
            if printed := annex_number(text, vocabulary):
                return printed
    if last and not _is_other_sheet(grid, last):
        return last.annex
    return annex_number(grid.page_or_sheet or "", vocabulary)


def _is_other_sheet(grid: Grid, last: Table) -> bool:
    """Whether a grid is another sheet of a workbook than the table before; pages are no sheets."""
    return not grid.table_number and grid.page_or_sheet != last.last_grid.page_or_sheet
