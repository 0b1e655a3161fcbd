"""Tables of a PDF page that are drawn with lines.

Here: from lines to cells, what a cell covers, which letters stand in it. Not here: tables without lines
(`pdf_columns.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from ..grids import Cell, Row
from .pdf_drawing import ORDER
from .pdf_text import MARK, OUTSIDE, Letter, text_of
from .seen import OF_FIGURES, SHOWN, Part, Seen, is_figure, seen, without_signs

_SAME_EDGE = 2.0  # points; lines that are drawn this close to each other are one
_OPEN_SIDE = 12.0  # points; how far lines must stick out of the outermost cells for another column to be there
_CUT = 1.0  # points that a line between rows must reach into a letter's box
_NEXT_LINE = (0.95, 1.3)  # sizes of the letters between two lines of one text

Box = tuple[float, float, float, float]


class RuledTable:
    """One table: its columns and rows are what its lines part, also where a merged cell interrupts a line."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        boxes = list(boxes)
        self._columns = _edges(x for x0, _, x1, _ in boxes for x in (x0, x1))
        self._rows = _edges(y for _, top, _, bottom in boxes for y in (top, bottom))
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        self._holder: dict[tuple[int, int], tuple[int, int]] = {}
        for x0, top, x1, bottom in boxes:
            left, right = _at(self._columns, x0), _at(self._columns, x1)
            upper, lower = _at(self._rows, top), _at(self._rows, bottom)
            self._spans[upper, left] = max(lower - upper, 1), max(right - left, 1)
            for row in range(upper, max(lower, upper + 1)):
                for column in range(left, max(right, left + 1)):
                    self._holder.setdefault((row, column), (upper, left))
        self._letters: dict[tuple[int, int], list[Letter]] = defaultdict(list)

    @property
    def top(self) -> float:
        return self._rows[0]

    @property
    def edges(self) -> tuple[list[float], list[float]]:
        """Where its columns and where its rows part, from its left upper corner."""
        left, top = self._columns[0], self._rows[0]
        return [x - left for x in self._columns], [y - top for y in self._rows]

    @property
    def columns(self) -> int:
        return len(self._columns) - 1

    def emptied(self) -> RuledTable:
        """The table, without the letters that it has taken."""
        self._letters.clear()
        return self

    def take(self, letters: Iterable[Letter]) -> list[Letter]:
        """Puts each letter into the cell that its middle lies in; gives back those that lie in none. A text that is too
        high for its row, and was set over the rows beside it, goes to the row of its own middle as a whole."""
        outside = []
        for text in self._texts(letters):
            middles = [(letter["top"] + letter["bottom"]) / 2 for letter in text]
            if len(text) > 1 and self._overflows(text):
                middles = [(min(middles) + max(middles)) / 2] * len(text)
            for letter, middle in zip(text, middles, strict=True):
                column = bisect_right(self._columns, (letter["x0"] + letter["x1"]) / 2) - 1
                holder = self._holder.get((bisect_right(self._rows, middle) - 1, column))
                if holder is None:
                    outside.append(letter)
                else:
                    self._letters[holder].append(letter)
        return outside

    def _texts(self, letters: Iterable[Letter]) -> Iterator[list[Letter]]:
        """Letters that were drawn one after another in one column as the lines of a text, each below the one before."""
        text: list[Letter] = []
        last = -1  # the column of the text
        for letter in sorted(letters, key=lambda letter: letter[ORDER]):
            column = bisect_right(self._columns, (letter["x0"] + letter["x1"]) / 2)
            down = letter["top"] - text[-1]["top"] if text else 0.0
            is_below = _NEXT_LINE[0] * letter["size"] <= down <= _NEXT_LINE[1] * letter["size"]
            if text and (column != last or not (is_below or abs(down) < _SAME_EDGE)):
                yield text
                text = []
            text.append(letter)
            last = column
        if text:
            yield text

    def _overflows(self, text: list[Letter]) -> bool:
        """Whether a text of several lines is cut by the line between two rows."""
        if text[0]["top"] == text[-1]["top"]:
            return False
        inner = self._rows[1:-1]
        return any(letter["top"] + _CUT < edge < letter["bottom"] - _CUT for letter in text for edge in inner)

    def rows(self) -> tuple[Row, ...]:
        """The rows with the cells that hold text."""
        found: dict[int, list[Cell]] = defaultdict(list)
        for (row, column), letters in sorted(self._letters.items(), key=lambda item: item[0]):
            down, across = self._spans[row, column]
            shown = _seen(letters)
            if shown.text or shown.flaw:
                cell = Cell(column + 1, shown.text, shown.raw, flaw=shown.flaw, across=across, down=down)
                found[row].append(cell)
        return tuple(Row(row + 1, tuple(found.get(row, ()))) for row in range(len(self._rows) - 1))


def ruled_tables(page: Any) -> list[RuledTable]:
    """The tables, from the top. page: pdfplumber's."""
    found = page.find_tables()
    if sides := _open_sides(page, found):
        found = page.find_tables({"explicit_vertical_lines": sides})
    tables = [RuledTable(table.cells) for table in found]
    return sorted(tables, key=lambda table: table.top)


def _seen(letters: list[Letter]) -> Seen:
    """What is seen of the letters in a cell. What is left out stands before the rest, because only the rest has lines.
    Of a text that goes on beyond the edge of the page the rest is its own; a cell that lies there as a whole is not."""
    if all(letter[MARK] == OUTSIDE for letter in letters):
        return Seen("")
    if all(letter[MARK] in (SHOWN, OUTSIDE) for letter in letters):
        return without_signs(text_of(letters))
    shown = {SHOWN, OUTSIDE}
    if not is_figure(text_of(letter for letter in letters if letter[MARK] in (SHOWN, *OF_FIGURES))):
        shown |= OF_FIGURES.keys()
    by_mark: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_mark[SHOWN if letter[MARK] in shown else letter[MARK]].append(letter)
    return seen(Part(text_of(found), mark) for mark, found in sorted(by_mark.items(), key=lambda at: at[0] == SHOWN))


def _open_sides(page: Any, tables: list[Any]) -> list[dict[str, Any]]:
    """Lines to be drawn where a table has none at its left or right, but the lines between its rows stick out."""
    sides = []
    for table in tables:
        x0, top, x1, bottom = table.bbox
        across = [
            edge
            for edge in page.edges
            if edge["orientation"] == "h"
            and top - _SAME_EDGE <= edge["top"] <= bottom + _SAME_EDGE
            and edge["x0"] < x1
            and edge["x1"] > x0
        ]
        left = min((edge["x0"] for edge in across), default=x0)
        right = max((edge["x1"] for edge in across), default=x1)
        sides += [_side(x, top, bottom) for x, inner in ((left, x0), (right, x1)) if abs(x - inner) > _OPEN_SIDE]
    return sides


def _side(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0.0,
        "height": bottom - top,
    }


def _edges(positions: Iterable[float]) -> list[float]:
    """Positions in their order, those that are nearly the same as one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SAME_EDGE:
            edges.append(position)
    return edges


def _at(edges: list[float], position: float) -> int:
    return max(bisect_right(edges, position) - 1, 0)
