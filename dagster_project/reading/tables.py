"""Where the tables are: the lines of a file parted into tables of scores, summaries, and the text around them.

Here: what belongs to which table, over pages and repeated headers, and under which annex. Not here: headers
(`headers.py`), what a row holds (`rows.py`, `summary.py`) and what the text says (`head.py`, `notes.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .headers import Header, header_at
from .labels import Vocabulary
from .lines import Line
from .numbers import decimal_of, figure, ordinal
from .texts import one_line

_ANNEX_NUMBER = re.compile(r"(?:số\s*)?([0-9]{1,3}[a-zđ]?|[ivxlc]+|[a-zđ])(?![\w/])")
_MOST_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines: of a table (its header, and whether it is printed there again), or of text (header None)."""

    lines: tuple[Line, ...]
    header: Header | None = None
    is_headed: bool = True


@dataclass(slots=True)
class Table:
    """One table: what a header opened, through all pages that repeat it. title: the lines above it; order: 1-based
    count of the tables of scores in the file, 0 for a summary."""

    order: int
    annex: str | None
    title: list[Line]
    parts: list[Part] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    @property
    def header(self) -> Header:
        header = self.parts[0].header
        assert header is not None
        return header

    @property
    def is_summary(self) -> bool:
        return not self.header.holds_scores


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file: its opening lines, its tables, and the lines with figures that stand in no table."""

    opening: list[Line]
    tables: list[Table]
    strays: list[Line]


def layout_of(lines: list[Line], vocabulary: Vocabulary) -> Layout:
    """The tables of a file and the text around them."""
    opening: list[Line] = []
    tables: list[Table] = []
    strays: list[Line] = []
    above: list[Line] = []
    for part in _parts(lines, vocabulary):
        if part.header is None:
            strays += [line for line in part.lines if _is_stray(line, vocabulary)]
            above += part.lines
            continue
        last = tables[-1] if tables else None
        if not part.is_headed and last:
            last.parts.append(part)
            continue
        title = _title(above, part, vocabulary)
        if not tables:
            opening = above[: len(above) - len(title)]
        if last and _continues(last, part, title, vocabulary):
            last.parts.append(part)
        else:
            if last:
                last.notes += above[: len(above) - len(title)]
            tables.append(Table(0, _annex(title, part, last, vocabulary), title, [part]))
        above = []
    if tables:
        tables[-1].notes += above
    else:
        opening = above
    _number(tables)
    return Layout(opening, tables, strays)


def annex_number(text: str, vocabulary: Vocabulary) -> str | None:
    """The number of the annex that a title opens, as printed: '01' of 'Phụ lục 01. KẾT QUẢ'."""
    rest = vocabulary.opens("annex", text)
    found = _ANNEX_NUMBER.match(rest) if rest else None
    if not found:
        return None
    printed = re.search(rf"(?<!\w){re.escape(found[1])}(?!\w)", one_line(text), re.IGNORECASE)
    return printed[0] if printed else found[1]


def _parts(lines: list[Line], vocabulary: Vocabulary) -> list[Part]:
    """The lines in order, parted into text and pieces of tables."""
    parts: list[Part] = []
    text: list[Line] = []
    header: Header | None = None
    at = 0
    while at < len(lines):
        found = header_at(lines, at, vocabulary)
        if found:
            parts.append(Part(tuple(text)))
            text, header = [], found
            at += len(found.lines)
            end = _end_of_rows(lines, at, found, found.lines[0].block, vocabulary)
            parts.append(Part(tuple(lines[at:end]), found.with_unnamed(lines[at:end])))
            at = end
        elif header and _can_go_on(lines, at, header, text, vocabulary):
            end = _end_of_rows(lines, at, header, lines[at].block, vocabulary)
            parts += [Part(tuple(text)), Part(tuple(lines[at:end]), header, is_headed=False)]
            text, at = [], end
        else:
            text.append(lines[at])
            at += 1
    parts.append(Part(tuple(text)))
    return parts


def _can_go_on(lines: list[Line], at: int, header: Header, text: list[Line], vocabulary: Vocabulary) -> bool:
    """Whether a table without a header of its own goes on with the one before: both are tables of the file, data stands
    in it below the columns of that header, and neither notes nor the title of an annex stand between."""
    first = lines[at]
    if not (first.is_in_table and header.lines[0].is_in_table and first.block != lines[at - 1].block):
        return False
    if any(_ends_rows(between, vocabulary) for between in text):
        return False
    end = _end_of_rows(lines, at, header, first.block, vocabulary)
    return any(_holds_data(line, header, vocabulary) for line in lines[at:end])


def _end_of_rows(lines: list[Line], start: int, header: Header, block: int, vocabulary: Vocabulary) -> int:
    """Where the rows below a header end: with the table where the file knows tables, else after the last line of the
    grid that holds data; before notes or a title."""
    end = start
    for at in range(start, len(lines)):
        if lines[at].block != block or _ends_rows(lines[at], vocabulary):
            break
        if header_at(lines, at, vocabulary) or _is_other_header(lines[at], header, vocabulary):
            break
        if (lines[at].is_in_table and lines[at].cells) or _holds_data(lines[at], header, vocabulary):
            end = at + 1
    return end


def _is_other_header(line: Line, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a line is the header of a table that the registry has no words for: several words where figures stand,
    and no figure. What comes below it is not read under the header above."""
    found = [figure(cell, vocabulary.missing) for column in header.figures if (cell := line.cell(column.column))]
    number = header.column("number")
    cell = line.cell(number.column) if number else None
    words = sum(each.flaw == "not_a_number" for each in found)
    is_merged = any(cell.across > 1 for cell in line.cells)
    return words > 1 and words == len(found) and not is_merged and not (cell and ordinal(cell.text) is not None)


def _ends_rows(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line says that no more rows come: notes, or the title of an annex."""
    if not line.cells or len(line.cells) > 2:
        return False
    first = line.cells[0].text
    return vocabulary.opens("notes", first) is not None or annex_number(first, vocabulary) is not None


def _holds_data(line: Line, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a line below a header is a row of its table: a figure, a numbered unit, or a statement about a unit."""
    held = {column.role for column in header.columns if (cell := line.cell(column.column)) and cell.text.strip()}
    if any(_is_figure(line, column.column, vocabulary) for column in header.figures):
        return True
    number = header.column("number")
    cell = line.cell(number.column) if number else None
    if cell and ordinal(cell.text) is not None and "unit" in held:
        return True
    return not header.holds_scores and ("summary" in held or {"unit", "level"} <= held)


def _is_figure(line: Line, column: int, vocabulary: Vocabulary) -> bool:
    found = figure(line.cell(column), vocabulary.missing)
    return found.number is not None or found.flaw == "cell_damaged"


def _is_stray(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line outside every table looks like a row of one: a name and two figures or more."""
    figures = sum(decimal_of(cell.text) is not None for cell in line.cells)
    names = [cell.text for cell in line.cells if any(letter.isalpha() for letter in cell.text)]
    return figures > 1 and bool(names) and vocabulary.level(names[0]) is None


def _title(above: list[Line], part: Part, vocabulary: Vocabulary) -> list[Line]:
    """The title of a table: from the annex's own line on, else the last lines above it that are no notes."""
    header = part.header
    assert header is not None
    place = header.lines[0].grid
    near = [line for line in above if place.table_number or line.grid.page_or_sheet == place.page_or_sheet]
    for at in range(len(near) - 1, -1, -1):
        if any(annex_number(text, vocabulary) for _, text in near[at].pieces()):
            return near[at:]
    title: list[Line] = []
    for line in reversed(near):
        filled = sum(bool(other.cells) for other in title)
        if filled == _MOST_TITLE_LINES or _ends_rows(line, vocabulary):
            break
        title.insert(0, line)
    return title


def _continues(last: Table, part: Part, title: list[Line], vocabulary: Vocabulary) -> bool:
    """Whether a header only repeats that of the table before: the same columns, on the same sheet without a title
    between, or on another sheet of the same annex."""
    header = part.header
    assert header is not None
    if header.signature != last.header.signature:
        return False
    here, there = (
        header.lines[0].grid,
        last.parts[-1].lines[-1].grid if last.parts[-1].lines else last.header.lines[0].grid,
    )
    is_other_sheet = not here.table_number and here.page_or_sheet != there.page_or_sheet
    if is_other_sheet or _says_something(title):
        return last.annex is not None and last.annex == _annex(title, part, last, vocabulary)
    return True


def _says_something(title: list[Line]) -> bool:
    """Whether text between two tables is more than the number of a page."""
    return any(len(line.text) > 5 for line in title)


def _annex(title: list[Line], part: Part, last: Table | None, vocabulary: Vocabulary) -> str | None:
    """The annex of a table, by its title, else by its sheet's name, else the one that the table before stood in."""
    for line in title:
        for _, text in line.pieces():
            if printed := annex_number(text, vocabulary):
                return printed
    header = part.header
    assert header is not None
    grid = header.lines[0].grid
    if not grid.table_number and grid.page_or_sheet:
        return annex_number(grid.page_or_sheet, vocabulary)
    return last.annex if last else None


def _number(tables: list[Table]) -> None:
    order = 0
    for table in tables:
        if not table.is_summary:
            order += 1
            table.order = order
