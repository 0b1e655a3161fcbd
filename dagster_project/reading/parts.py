"""Which lines of a file stand in tables: runs of rows below a header, and the text between them.

Here: where the rows below a header begin and end, on this page and the next. Not here: which runs are one table, under
which title (`tables.py`), and what a row holds (`rows.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .headers import Header, header_at
from .labels import Vocabulary
from .lines import Line
from .numbers import figure, ordinal
from .ranks import is_figure
from .texts import one_line

_ANNEX_NUMBER = re.compile(r"(?:số\s*)?([0-9]{1,3}[a-zđ]?|[ivxlc]+|[a-zđ])(?![\w/])")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines: rows below a header (is_headed: it is printed right above them, with this title), or text (header
    None)."""

    lines: tuple[Line, ...]
    header: Header | None = None
    is_headed: bool = True
    title: tuple[Line, ...] = ()


def parts_of(lines: list[Line], vocabulary: Vocabulary) -> list[Part]:
    """All lines but those of headers, in their order, parted into text and rows."""
    parts: list[Part] = []
    text: list[Line] = []
    header: Header | None = None
    is_closed = False
    at = 0
    while at < len(lines):
        found = header_at(lines, at, vocabulary)
        if found:
            header, is_closed = found, False
            start = at + len(found.lines)
            end = _end_of_rows(lines, start, found, found.lines[0].block, vocabulary)
            part = Part(tuple(lines[start:end]), found.fitted(lines[start:end], vocabulary))
        elif header and not is_closed and _can_go_on(lines, at, header):
            end = _end_of_rows(lines, at, header, lines[at].block, vocabulary)
            part = Part(tuple(lines[at:end]), header, is_headed=False)
            if not any(_holds_data(line, header, vocabulary) for line in part.lines):
                part, end = None, at + 1
        else:
            part, end = None, at + 1
        if part is None:
            text.append(lines[at])
            is_closed = is_closed or ends_rows(lines[at], vocabulary)
        else:
            parts += [Part(tuple(text)), part]
            text = []
        at = end
    return [*parts, Part(tuple(text))]


def annex_number(text: str, vocabulary: Vocabulary) -> str | None:
    """The number of the annex that a title opens, as printed: '01' of 'Phụ lục 01. KẾT QUẢ'."""
    rest = vocabulary.opens("annex", text)
    found = _ANNEX_NUMBER.match(rest) if rest else None
    if not found:
        return None
    printed = re.search(rf"(?<!\w){re.escape(found[1])}(?!\w)", one_line(text), re.IGNORECASE)
    return printed[0] if printed else found[1]


def ends_rows(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line says that no more rows come: notes, or the title of an annex."""
    if not line.cells or len(line.cells) > 2:
        return False
    first = line.cells[0].text
    return vocabulary.opens("notes", first) is not None or annex_number(first, vocabulary) is not None


def _can_go_on(lines: list[Line], at: int, header: Header) -> bool:
    """Whether a table without a header of its own begins here, that may go on with the one before."""
    first = lines[at]
    return first.is_in_table and header.lines[0].is_in_table and first.block != lines[at - 1].block


def _end_of_rows(lines: list[Line], start: int, header: Header, block: int, vocabulary: Vocabulary) -> int:
    """Where the rows below a header end: with the table where the file knows tables, else after the last line of the
    grid that holds data; before notes or a title."""
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        if line.block != block or ends_rows(line, vocabulary) or header_at(lines, at, vocabulary):
            break
        if _holds_data(line, header, vocabulary):
            end = at + 1
        elif not header.repeats(line) and _is_other_header(line, header, vocabulary):
            break
        elif line.is_in_table and line.cells:
            end = at + 1
    return end


def _holds_data(line: Line, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a line below a header is a row of its table: a figure, a numbered unit, or a statement about a unit."""
    for column in header.figures:
        cell = line.cell(column.column)
        if cell and (cell.flaw or is_figure(column, cell.text, vocabulary)):
            return True
    starts = {cell.column for cell in line.cells}
    held = {column.role for column in header.columns if column.column in starts}
    if "unit" not in held:
        return False
    return _has_number(line, header) or (not header.holds_scores and bool(held & {"summary", "level", "level_count"}))


def _is_other_header(line: Line, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a line is the header of a table that the registry has no words for: several words where figures stand and
    no figure, or the word for numbers where numbers stand. What comes below is not read under the header above."""
    number = header.column("number")
    cell = line.cell(number.column) if number else None
    if cell and vocabulary.has("number", cell.text):
        return True
    cells = [cell for column in header.figures if (cell := line.cell(column.column))]
    found = [figure(cell.text, cell.flaw, vocabulary.missing) for cell in cells]
    words = sum(each.flaw == "not_a_number" for each in found)
    is_merged = any(cell.across > 1 for cell in line.cells)
    return words > 1 and words == len(found) and not is_merged and not _has_number(line, header)


def _has_number(line: Line, header: Header) -> bool:
    """Whether the line is numbered, as a row of units is."""
    number = header.column("number")
    cell = line.cell(number.column) if number else None
    return cell is not None and ordinal(cell.text) is not None
