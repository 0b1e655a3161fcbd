"""The survey of an OpenDocument spreadsheet: one streaming pass over its content.xml.

Here: how far the cells reach with all their repetitions, merged cells, errors, formulas without a value, digits as
stored, and texts with breaks and tabs, which python-calamine runs together. Not here: all other texts and dates, which
it reads (`workbook.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..grids import OBJECT, PICTURE
from .archive import Archive
from .conditional import NOT_SHOWN, Range
from .limits import MAX_AREA, MAX_ROWS, MAX_SPAN
from .ods_looks import Look, Looks, place_of
from .seen import BESIDE, SHOWN, Part
from .survey import FORMULA_LETTERS, Note, SheetSurvey, Tally
from .values import SIGNIFICANT_DIGITS, whole
from .xml_stream import parse

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
_ERROR = re.compile(r"#[^\s]{1,20}[!?]|#N/A|Err:[0-9]{3}", re.IGNORECASE)
_NUMBERS = {"float", "percentage", "currency"}
_SHAPES = {"frame", "custom-shape", "rect", "ellipse", "circle", "caption", "line", "polygon", "path"}
_THINGS = {"image": PICTURE, "object": OBJECT, "object-ole": OBJECT}
_NOT_SHOWN = ("collapse", "filter")
_CELL = r"\.(\$?[A-Z]{1,3}\$?[0-9]{1,7})"
_RANGE = re.compile(rf"{_CELL}(?=[:\s]|$)(?::[^:]*?{_CELL}(?=\s|$))?")
_BREAKS = {"line-break": "\n", "tab": "\t"}


def survey(archive: Archive) -> list[SheetSurvey]:
    """Every sheet. Raises Unreadable where the workbook is too large or damaged."""
    content = _Content(Looks(archive))
    parse(CONTENT, archive.chunks(CONTENT), content.start, content.end, content.text)
    return content.found


def is_encrypted(archive: Archive) -> bool:
    """Whether the manifest says that the parts are encrypted."""
    seen: list[str] = []
    if MANIFEST in archive:
        parse(MANIFEST, archive.chunks(MANIFEST), lambda name, _: seen.append(name) if "encr" in name else None)
    return bool(seen)


@dataclass(slots=True)
class _Cell:
    """One cell element while it is read. column: the first that it stands for; times: how many it does."""

    column: int
    times: int
    attributes: dict[str, str]
    is_covered: bool
    look: Look
    parts: list[Part] = field(default_factory=list)
    has_breaks: bool = False

    def add(self, text: str, mark: str) -> None:
        self.parts.append(Part(text, mark or self.look.mark))

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts).strip("\n")

    def note(self) -> Note | None:
        """What the library would not say of this cell, and how the cell is shown."""
        stored, is_number = self._stored(), self.attributes.get("office:value-type") in _NUMBERS
        marks = {part.mark for part in self.parts if part.text.strip()}
        if stored and stored.flaw:
            return stored
        if is_number:
            raw = stored.raw if stored else None
            code = self.look.number_format
            if self.attributes["office:value-type"] == "percentage" and "%" not in code:
                code = "0.00%"
            if self.look.mark or code or raw:
                return Note(raw=raw, mark=self.look.mark, number_format=code)
        elif marks - {SHOWN}:
            return Note(parts=tuple(self.parts))
        return stored

    def _stored(self) -> Note | None:
        kind = self.attributes.get("office:value-type")
        stored = self.attributes.get("office:value", "")
        if "table:formula" in self.attributes:
            if self.attributes.get("calcext:value-type") == "error" or _ERROR.fullmatch(self.text):
                return Note(text=self.text, flaw="error_value")
            if kind is None and not self.text:
                formula = self.attributes["table:formula"].partition(":")[2]
                return Note(text="", raw=formula[:FORMULA_LETTERS], flaw="formula_without_value")
        if kind in _NUMBERS and len(stored) > SIGNIFICANT_DIGITS:
            return Note(raw=stored)
        if kind == "string" and self.has_breaks:
            return Note(text=self.text)
        return None


class _Content:
    """Handlers for the events of content.xml."""

    def __init__(self, looks: Looks) -> None:
        self.found: list[SheetSurvey] = []
        self._tally = Tally()
        self._row = self._row_times = self._column = 0
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._comment_depth = 0
        self._looks = looks
        self._marks: list[str] = []  # of the spans that are open
        self._shape_depth = 0
        self._row_style = ""
        self._ranges: list[Range] = []  # of the bars and icons that are read
        self._columns: list[tuple[int, str]] = []  # the last column of each run of them, and its cells' style

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "annotation":
            self._comment_depth += 1
        elif self._comment_depth:
            return
        elif name == "table":
            self.found.append(SheetSurvey(attributes.get("table:name", "")))
            self._tally.open_sheet(self.found[-1].name)
            self._row, self._columns = 0, []
        elif name == "table-column" and self.found:
            self._start_columns(attributes)
        elif name == "table-row":
            self._row_times = _times(attributes, "table:number-rows-repeated")
            self._column, self._cells = 0, []
            self._row_style = attributes.get("table:default-cell-style-name", "")
            if attributes.get("table:visibility") in _NOT_SHOWN:
                self.found[-1].hidden_rows.update(range(self._row + 1, self._row + min(self._row_times, MAX_ROWS) + 1))
        elif name in ("table-cell", "covered-table-cell"):
            times = _times(attributes, "table:number-columns-repeated")
            self._cell = _Cell(
                self._column + 1, times, attributes, name == "covered-table-cell", self._look(attributes)
            )
            self._column += times
        elif name == "conditional-format":
            self._ranges = list(_ranges(attributes.get("calcext:target-range-address", "")))
        elif name in ("data-bar", "formatting-entry") and attributes.get("calcext:show-value") == "false":
            self.found[-1].rules.of_ranges += [(cells, NOT_SHOWN) for cells in self._ranges]
        elif name in _THINGS and self.found:
            self.found[-1].thing = self.found[-1].thing or _THINGS[name]
            self._shape_depth += name in _SHAPES
        elif name in _SHAPES:
            self._shape_depth += 1
        elif self._cell is not None:
            self._start_text(name, attributes, self._cell)

    def _start_text(self, name: str, attributes: dict[str, str], cell: _Cell) -> None:
        if name == "p":
            cell.add("\n", self._mark)
        elif name == "s":
            cell.add(" " * min(_times(attributes, "text:c"), 1_000), self._mark)
        elif name in _BREAKS:
            cell.add(_BREAKS[name], self._mark)
            cell.has_breaks = True
        elif name == "span":
            self._marks.append(self._looks.of(attributes.get("text:style-name", "")).mark or self._mark)

    @property
    def _mark(self) -> str:
        """How what is read now is shown: in a shape that floats over the cell, or as its span says."""
        return BESIDE if self._shape_depth else self._marks[-1] if self._marks else SHOWN

    def _look(self, attributes: dict[str, str]) -> Look:
        """How a cell is shown: by its own style, else by that of its row or column."""
        style = attributes.get("table:style-name") or self._row_style
        if not style:
            style = next((style for last, style in self._columns if self._column < last), "")
        return self._looks.of(style)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        first = self._columns[-1][0] if self._columns else 0
        last = first + min(_times(attributes, "table:number-columns-repeated"), MAX_AREA)
        self._columns.append((last, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility") in _NOT_SHOWN:
            self.found[-1].hidden_columns.update(range(first + 1, min(last, first + MAX_SPAN) + 1))

    def text(self, piece: str) -> None:
        if self._cell is not None and not self._comment_depth:
            self._cell.add(piece, self._mark)

    def end(self, name: str) -> None:
        if name == "annotation":
            self._comment_depth -= 1
        elif self._comment_depth:
            return
        elif name in _SHAPES:
            self._shape_depth -= 1
        elif name == "span" and self._marks:
            self._marks.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None and not self._shape_depth:
            self._cells.append(self._cell)
            self._cell = None
        elif name == "table-row":
            self._close_row()
        elif name == "table":
            self._tally.close_sheet()

    def _close_row(self) -> None:
        filled = [(cell, note) for cell in self._cells if (note := cell.note()) or cell.text]
        if filled and self.found:
            for row in range(self._row + 1, self._row + self._row_times + 1):
                for cell, note in filled:
                    self._fill(row, cell, note)
            self._merge(self._row + 1)
        self._row += self._row_times

    def _fill(self, row: int, cell: _Cell, note: Note | None) -> None:
        for column in range(cell.column, cell.column + cell.times):
            self._tally.cell(row, column, len(cell.text))
            if note:
                self.found[-1].notes[row, column] = note
            if cell.look.rules and cell.attributes.get("office:value-type") in _NUMBERS:
                self.found[-1].rules.of_cells[row, column] = cell.look.rules
                if cell.look.has_ground:
                    self.found[-1].rules.on_ground.add((row, column))

    def _merge(self, row: int) -> None:
        for cell in self._cells:
            rows = _times(cell.attributes, "table:number-rows-spanned")
            columns = _times(cell.attributes, "table:number-columns-spanned")
            if rows > 1 or columns > 1:
                self.found[-1].merged.append((row, cell.column, rows, columns))


def _ranges(text: str) -> Iterator[Range]:
    """The ranges of cells that a list names: 'Sheet.E6:Sheet.E9 Sheet.G6'; the sheets' names may hold spaces."""
    for first, last in _RANGE.findall(text)[:MAX_SPAN]:
        begin, end = place_of(first), place_of(last or first)
        if begin and end:
            yield (*begin, *end)


def _times(attributes: dict[str, str], name: str) -> int:
    """How often a cell, row or space is repeated: 1 where it is not said, or not with a number."""
    return max(whole(attributes.get(name, "")) or 1, 1)
