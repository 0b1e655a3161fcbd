"""Headers: which lines of a grid are the header of a table of scores, and what its columns are.

Here: from lines to columns, however the header is laid out (merged cells, a group over the first of its columns or
repeated over each, one row or four). Not here: what the words mean (`columns.py`) and what stands below (`tables.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from .columns import FIGURES, OF_A_YEAR, UNKNOWN, HeaderColumn, column_of, is_header_word, settle
from .counting import holds_figure
from .grids import Cell
from .labels import Vocabulary
from .lines import Line
from .numbers import decimal_of
from .ranks import borne_out
from .texts import key
from .years import alone

_MOST_LINES = 4
_MOST_COLUMNS = 200  # a wider line heads no table of scores, and only costs time
_COLUMN_NUMBER = re.compile(r"\(?(?:[0-9]{1,2}|[A-Za-z]|[IVXivx]{1,4})\)?(?:\s*=.*)?")


@dataclass(frozen=True)
class Header:
    """The header of a table: its lines, and its columns from left to right. earlier: those beside them that are of
    earlier years."""

    lines: tuple[Line, ...]
    columns: tuple[HeaderColumn, ...]
    earlier: tuple[HeaderColumn, ...] = ()
    is_reordered: bool = False  # against that of the page before

    def column(self, role: str) -> HeaderColumn | None:
        """The first column of a role."""
        return self._by_role.get(role)

    @cached_property
    def _by_role(self) -> dict[str, HeaderColumn]:
        return {column.role: column for column in reversed(self.columns)}

    def line_of(self, column: HeaderColumn) -> Line:
        """The line that the name of a column stands in; the first where it has none."""
        return next((line for line in reversed(self.lines) if line.cell(column.column)), self.lines[0])

    def repeats(self, line: Line) -> bool:
        """Whether a line below it says one of its own lines again."""
        own = self._by_first_text.get(key(line.cells[0].text)) if len(line.cells) > 1 else None
        return own is not None and own == [(cell.column, key(cell.text)) for cell in line.cells]

    @cached_property
    def _by_first_text(self) -> dict[str, list[tuple[int, str]]]:
        """The texts of its lines with their columns, by the first."""
        lines = [[(cell.column, key(cell.text)) for cell in line.cells] for line in self.lines if line.cells]
        return {line[0][1]: line for line in lines}

    @cached_property
    def figures(self) -> tuple[HeaderColumn, ...]:
        """The columns that hold figures."""
        return tuple(column for column in self.columns if column.role in FIGURES)

    @property
    def holds_scores(self) -> bool:
        return any(column.role in ("component", "total") for column in self.columns)

    @property
    def order(self) -> tuple[tuple[str, str | None, str], ...]:
        """Its columns from left to right, as the header of the next page should have them."""
        return tuple(column.identity for column in self.columns if column.header)

    @property
    def signature(self) -> frozenset[tuple[str, str | None, str]]:
        """What it has in common with its repetition on the next page."""
        return frozenset(column.identity for column in self.columns if column.header)

    def fitted(self, lines: list[Line], vocabulary: Vocabulary) -> Header:
        """The header in view of the rows below it: with a column of role `unknown` for each that is filled and has no
        name, ranks in the forms that their column bears out, and a level where the ranks of a unit are said in the
        names of levels."""
        columns = [*_with_ranks(self.columns, lines, vocabulary), *self._unnamed(lines)]
        if not self.column("level"):
            columns = [
                replace(column, role="level") if _holds_levels(column, lines, vocabulary) else column
                for column in columns
            ]
        return replace(
            self,
            columns=tuple(sorted(columns, key=lambda column: column.column)),
            earlier=tuple(_with_ranks(self.earlier, lines, vocabulary)),
        )

    @property
    def year(self) -> int | None:
        """The year that its own columns name; None where they name none."""
        return max((column.year for column in self.columns if column.year and column.role in OF_A_YEAR), default=None)

    def _unnamed(self, lines: list[Line]) -> list[HeaderColumn]:
        known = (*self.columns, *self.earlier)
        named = {number for column in known for number in range(column.column, column.column + column.width)}
        first = next((at for at, line in enumerate(lines) if line.cells and not is_column_numbers(line, self)), 0)
        filled = {
            cell.column for line in lines[first:] for cell in line.cells if cell.across == 1 or holds_figure(cell)
        }
        return [HeaderColumn(number, "", UNKNOWN) for number in filled - named if number <= _MOST_COLUMNS]


def _with_ranks(columns: Iterable[HeaderColumn], lines: list[Line], vocabulary: Vocabulary) -> list[HeaderColumn]:
    """The columns with ranks in the forms that each column of the file bears out."""
    found: list[HeaderColumn] = []
    for _, group in groupby(columns, key=lambda column: column.column):
        columns = list(group)
        if any(column.role == "rank" for column in columns):
            texts = [cell.text for line in lines if (cell := line.cell(columns[0].column)) and cell.across == 1]
            columns = borne_out(columns, texts, vocabulary)
        found += columns
    return found


def header_at(lines: list[Line], start: int, vocabulary: Vocabulary) -> Header | None:
    """The header that begins at this line: one that names a unit, and beside it scores, a level or statements."""
    cells = lines[start].cells
    if not 1 < len(cells) <= _MOST_COLUMNS or sum(is_header_word(cell.text, vocabulary) for cell in cells) < 2:
        return None
    block = [lines[start]]
    for at, line in enumerate(lines[start + 1 : start + _MOST_LINES], start + 1):
        if line.block != block[0].block or (line.cells and not _goes_on(line, block, vocabulary)):
            break
        if line.cells:
            block = lines[start : at + 1]  # with an empty line that stands between two of its lines
    if any(cell.column + cell.across > _MOST_COLUMNS for line in block for cell in line.cells):
        return None
    stacks = _stacks([line for line in block if line.cells])
    hidden = lines[start].grid.hidden_columns
    columns = [
        replace(column_of(at, width, stacks[at], vocabulary), is_hidden=at in hidden)
        for at, width in _names(block, sorted(stacks))
    ]
    header = Header(tuple(block), *map(tuple, settle(columns, vocabulary)))
    has_content = header.holds_scores or any(header.column(role) for role in ("summary", "level_count", "level"))
    return header if header.column("unit") and has_content else None


def is_column_numbers(line: Line, header: Header) -> bool:
    """Whether a line below a header only numbers its columns: '(1) (2) (3)=(1)+(2)', 'A B 1 2 3'."""
    unit = header.column("unit")
    cell = line.cell(unit.column) if unit else None
    return cell is not None and all(_COLUMN_NUMBER.fullmatch(cell.text.strip()) for cell in line.cells)


def _holds_levels(column: HeaderColumn, lines: list[Line], vocabulary: Vocabulary) -> bool:
    """Whether a column of ranks holds the names of levels and no number."""
    if column.role != "rank":
        return False
    texts = [cell.text for line in lines if (cell := line.cell(column.column)) and cell.across == 1]
    levels = [text for text in texts if decimal_of(text) is None and vocabulary.level(text)]
    return bool(levels) and not any(decimal_of(text) is not None for text in texts)


def _goes_on(line: Line, block: list[Line], vocabulary: Vocabulary) -> bool:
    """Whether a line belongs to the header above it: no figures, and words of a header, or names where there are none
    yet. The rest of a row that a page break cut stands below names."""
    if all(alone(cell.text) or is_header_word(cell.text, vocabulary) for cell in line.cells):
        return True
    if any(decimal_of(cell.text) is not None for cell in line.cells):
        return False
    if any(is_header_word(cell.text, vocabulary) for cell in line.cells):
        return True
    above = [cell for each in block for cell in each.cells]
    named = {cell.column for cell in above if cell.across == 1}
    is_right = line.cells[0].column > min(cell.column for cell in above)
    return is_right and len(line.cells) > 1 and any(cell.column not in named for cell in line.cells)


def _stacks(block: list[Line]) -> dict[int, list[str]]:
    """For each column the texts above it from the top. A text stands over the columns that it is merged over; where the
    line has no merged cells, it stands over the empty cells to its right below which there are names."""
    rows = [{column: cell.text for cell in line.cells for column in _covered(cell)} for line in block]
    numbers = sorted({column for row in rows for column in row})
    for at, row in enumerate(rows[:-1]):
        below = {column for lower in rows[at + 1 :] for column in lower}
        if all(cell.across == 1 for cell in block[at].cells):
            _fill_right(row, numbers, below, rows[at - 1] if at else {})
    stacks: dict[int, list[str]] = {}
    for column in numbers:
        texts = [row[column] for row in rows if row.get(column, "").strip()]
        stacks[column] = [text for i, text in enumerate(texts) if i == 0 or text != texts[i - 1]]
    nameless = _only_under_a_group(block, rows)
    return {column: texts for column, texts in stacks.items() if texts and column not in nameless}


def _only_under_a_group(block: list[Line], rows: list[dict[int, str]]) -> set[int]:
    """The columns that a merged cell stands over together with others, which have names below it while they have none:
    spacers, or columns that nobody named."""
    found: set[int] = set()
    for at, line in enumerate(block):
        below = {column for lower in rows[at + 1 :] for column in lower}
        for cell in line.cells:
            if cell.across > 1 and not below.isdisjoint(_covered(cell)):
                found |= set(_covered(cell)) - below
    return found


def _fill_right(row: dict[int, str], numbers: list[int], below: set[int], above: dict[int, str]) -> None:
    group: tuple[str, str | None] | None = None
    for column in numbers:
        if column in row:
            group = (row[column], above.get(column)) if column in below else None
        elif column in below and group and above.get(column) == group[1]:
            row[column] = group[0]


def _names(block: list[Line], numbers: list[int]) -> list[tuple[int, int]]:
    """The columns with their widths: where one merged cell is the lowest name of several columns, they are one."""
    found: list[tuple[int, int]] = []
    lowest: Cell | None = None
    for column in numbers:
        name = next((cell for line in reversed(block) if (cell := line.cell(column))), None)
        if name is not None and name is lowest:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((column, 1))
        lowest = name
    return found


def _covered(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.across)
