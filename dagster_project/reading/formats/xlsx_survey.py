"""The survey of an XLSX or XLSM workbook: one streaming pass over the XML of its sheets.

Here: how far the cells reach, and errors, formulas without a value and digits as stored. Not here: the texts and dates
of cells, which python-calamine reads (`workbook.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..grids import OBJECT, PICTURE
from . import refusals
from .archive import Archive
from .conditional import NEVER, NOT_SHOWN, Condition, Range, Rule, condition_of
from .limits import MAX_CELLS, MAX_SPAN
from .seen import Part
from .survey import FORMULA_LETTERS, Note, SheetSurvey, Tally
from .values import SIGNIFICANT_DIGITS, column_number, whole
from .xlsx_drawings import drawn_over
from .xlsx_looks import ON, Looks, Runs
from .xml_stream import parse

_WORKBOOK, _LINKS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_MAX_STRINGS = 10 * MAX_CELLS
_THINGS = {"drawing": PICTURE, "oleObjects": OBJECT}
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_OPERATORS = {
    "lessThan": "<", "lessThanOrEqual": "<=", "equal": "=", "notEqual": "<>", "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}  # fmt: skip
_BETWEEN = {"between": "", "notBetween": "not-"}
_OF_NO_FIGURE = ("containsBlanks", "containsErrors")  # what rules of these kinds hold of


def survey(archive: Archive) -> list[SheetSurvey]:
    """Every sheet, in the workbook's order. Raises Unreadable where the workbook is too large or damaged."""
    workbook = _Workbook(archive)
    strings, looks = _Strings(archive), Looks(archive)
    tally, found = Tally(), []
    for name, part in workbook.sheets.items():
        if part not in archive:
            raise refusals.damaged_file("a sheet is missing", "thiếu một trang tính")
        sheet = _Sheet(name, strings, looks, tally, workbook.values_are_stale)
        tally.open_sheet(name)
        parse(part, archive.chunks(part), sheet.start, sheet.end, sheet.text)
        tally.close_sheet()
        if sheet.survey.thing:
            sheet.survey.drawn_over = drawn_over(archive, part)
        found.append(sheet.survey)
    return found


class _Workbook:
    """Which part holds which sheet. values_are_stale: the program that wrote the file asks for its formulas to be
    calculated when it is opened, because it did not do so itself."""

    def __init__(self, archive: Archive) -> None:
        self.sheets: dict[str, str] = {}
        self.values_are_stale = False
        self._targets: dict[str, str] = {}
        if _WORKBOOK not in archive:
            raise refusals.damaged_file("it holds no workbook", "không có bảng tính bên trong")
        if _LINKS in archive:
            parse(_LINKS, archive.chunks(_LINKS), self._link)
        parse(_WORKBOOK, archive.chunks(_WORKBOOK), self._element)

    def _link(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self._targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            target = self._targets.get(link, "").removeprefix("/")
            if attributes.get("name", "") in self.sheets:
                raise refusals.damaged_file("two sheets have one name", "hai trang tính trùng tên")
            self.sheets[attributes.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
        elif name == "calcPr":
            self.values_are_stale = attributes.get("fullCalcOnLoad") in ("1", "true")


class _Strings:
    """The shared strings, in the order in which cells refer to them. lengths: how many letters each has; parts: of
    those that are not shown alike from end to end.

    Raises Unreadable where their number is said to be impossible: the library makes room for as many as are said."""

    def __init__(self, archive: Archive) -> None:
        self.lengths: list[int] = []
        self.parts: dict[int, tuple[Part, ...]] = {}
        self._runs = Runs()
        if _STRINGS in archive:
            parse(_STRINGS, archive.chunks(_STRINGS), self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)
            self._runs = Runs()
        elif name == "sst":
            if any((whole(attributes.get(key, "")) or 0) > _MAX_STRINGS for key in ("count", "uniqueCount")):
                reason = "the number of its texts is impossible", "số lượng chuỗi văn bản không hợp lệ"
                raise refusals.damaged_file(*reason)
        else:
            self._runs.start(name, attributes)

    def _text(self, piece: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(piece)
            self._runs.text(piece)

    def _end(self, name: str) -> None:
        if name == "si" and self._runs.is_marked:
            self.parts[len(self.lengths) - 1] = tuple(self._runs.parts)
        self._runs.end(name)


class _Sheet:
    """Handlers for the events of one sheet. A row or cell without an address follows the one before it."""

    def __init__(self, name: str, strings: _Strings, looks: Looks, tally: Tally, values_are_stale: bool) -> None:
        self.survey = SheetSurvey(name)
        self._strings, self._looks, self._tally, self._stale = strings, looks, tally, values_are_stale
        self._row = self._column = 0
        self._inside: str | None = None
        self._ranges: list[Range] = []  # of the rules that are read
        self._rule: dict[str, str] | None = None
        self._formulas: list[str] = []
        self._new_cell("", "")

    def _new_cell(self, kind: str, style: str) -> None:
        self._kind, self._style = kind, style
        self._runs: Runs | None = None
        self._has_formula = self._has_value = False
        self._formula: list[str] = []
        self._value: list[str] = []
        self._letters = 0  # of a text that stands in the cell itself

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._new_cell(attributes.get("t", "n"), attributes.get("s", ""))
            address = _ADDRESS.fullmatch(attributes.get("r", ""))
            self._column = column_number(address[1]) if address else self._column + 1
            self._row = int(address[2]) if address else self._row
        elif name == "row":
            self._row, self._column = whole(attributes.get("r", "")) or self._row + 1, 0
            if attributes.get("hidden") in ON or attributes.get("ht") == "0":
                self.survey.hidden_rows.add(self._row)
        elif name in ("f", "v", "t"):
            self._inside = name
            self._has_formula |= name == "f"
            self._has_value |= name == "v"
        elif name == "is":
            self._runs = Runs()
        elif name == "formula" and self._rule is not None:
            self._inside = name
            self._formulas.append("")
        elif name == "cfRule":
            self._rule, self._formulas = attributes, []
        elif name in ("dataBar", "iconSet") and attributes.get("showValue", "1") not in ON and self._rule is not None:
            self._add_rule(NOT_SHOWN)
        elif name == "conditionalFormatting":
            self._ranges = list(_ranges(attributes.get("sqref", "")))
        elif name == "col":
            self._column_of(attributes)
        elif name in _THINGS:
            self.survey.thing = _THINGS[name]
        if self._runs is not None:
            self._runs.start(name, attributes)

    def _column_of(self, attributes: dict[str, str]) -> None:
        first, last = whole(attributes.get("min", "")) or 0, whole(attributes.get("max", "")) or 0
        if attributes.get("hidden") in ON or attributes.get("width") == "0":
            self.survey.hidden_columns.update(range(first, min(last, first + MAX_SPAN) + 1))

    def text(self, piece: str) -> None:
        if self._inside == "v":
            self._value.append(piece)
        elif self._inside == "f":
            self._formula.append(piece)
        elif self._inside == "t":
            self._letters += len(piece)
            if self._runs is not None:
                self._runs.text(piece)
        elif self._inside == "formula":
            self._formulas[-1] += piece

    def end(self, name: str) -> None:
        if self._runs is not None:
            self._runs.end(name)
        if name == self._inside:
            self._inside = None
        elif name == "c":
            self._close_cell()
        elif name == "cfRule" and self._rule is not None:
            look = self._looks.rules.get(self._rule.get("dxfId", ""))
            if look and self._ranges:
                self._add_rule(look._replace(condition=_condition(self._rule, self._formulas, self._ranges[0][:2])))
            self._rule = None

    def _add_rule(self, rule: Rule) -> None:
        self.survey.rules.of_ranges += [(cells, rule) for cells in self._ranges]

    def _close_cell(self) -> None:
        value = "".join(self._value)
        letters = self._letters or len(value)
        parts = tuple(self._runs.parts) if self._runs is not None and self._runs.is_marked else ()
        if self._kind == "s" and (index := whole(value)) is not None and index < len(self._strings.lengths):
            letters = self._strings.lengths[index]
            parts = self._strings.parts.get(index, ())
        note = self._note(value)
        look = self._looks.notes.get(self._style)
        if parts:
            note = Note(parts=self._looks.parts(self._style, parts))
        elif look and (letters or note):
            note = replace(look, text=note.text, raw=note.raw, flaw=note.flaw) if note else look
        if self._looks.rules_hide and self._style in self._looks.filled:
            self.survey.rules.on_ground.add((self._row, self._column))
        if letters or note:
            self._tally.cell(self._row, self._column, letters)
        if note:
            self.survey.notes[self._row, self._column] = note

    def _note(self, value: str) -> Note | None:
        if self._kind == "e":
            return Note(text=value, flaw="error_value")
        if self._kind == "d":
            return Note(text=value, flaw="date")
        if self._has_formula and self._is_not_calculated(value):
            formula = "".join(self._formula)[:FORMULA_LETTERS]
            return Note(text="", raw=f"={formula}" if formula else None, flaw="formula_without_value")
        if self._kind == "n" and len(value) > SIGNIFICANT_DIGITS:
            return Note(raw=value)
        return None

    def _is_not_calculated(self, value: str) -> bool:
        """Whether a formula has no value of its own; a text that is empty (`t="str"`) is one, and so is a zero, but for
        files whose writer puts 0 for every formula and leaves the calculation to Excel."""
        if self._kind == "str":
            return not self._has_value
        return not value or (self._stale and value == "0")


def _ranges(text: str) -> Iterator[Range]:
    """The ranges of cells that a list names: 'E6:E9 G6'."""
    for names in text.split()[:MAX_SPAN]:
        corners = [_ADDRESS.fullmatch(name) for name in names.split(":")]
        if all(corners):
            (top, left), (bottom, right) = ((int(at[2]), column_number(at[1])) for at in (corners[0], corners[-1]))
            yield top, left, bottom, right


def _condition(rule: dict[str, str], formulas: list[str], base: tuple[int, int]) -> Condition | None:
    """What a rule asks. Formulas see their references from the first cell that it is about."""
    kind, operator = rule.get("type"), rule.get("operator", "")
    if kind in _OF_NO_FIGURE:
        return NEVER
    if kind == "cellIs" and operator in _OPERATORS and len(formulas) == 1:
        return condition_of(_OPERATORS[operator] + formulas[0], base)
    if kind == "cellIs" and operator in _BETWEEN and len(formulas) == 2:
        return condition_of(f"{_BETWEEN[operator]}between({','.join(formulas)})", base)
    return condition_of(formulas[0], base) if kind == "expression" and formulas else None
