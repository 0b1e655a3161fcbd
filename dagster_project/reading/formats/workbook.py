"""Workbooks (XLSX, XLSM, XLS, ODS): python-calamine reads the cells, the survey adds what it does not tell.

Here: values to texts, merged cells, which sheets are read. Not here: what the files store (`*_survey.py`).

Sheets that are hidden and what lies under a merged cell come as hidden grids, which are only counted: who looks at the
workbook does not see them. Hidden rows and columns are read: a filter that was left on must not make units disappear.
"""

from __future__ import annotations

import datetime
import io
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Unreadable
from ..grids import Cell, Grid, Row
from . import ods_survey, refusals, xls_survey, xlsx_survey
from .archive import Archive
from .compound import Compound
from .limits import MAX_AREA
from .number_formats import look
from .quiet import quiet_errors
from .seen import DRAWN_OVER, Part, seen, without_signs
from .survey import Note, SheetSurvey
from .values import clean, column_letters, decimal_text, is_same_number

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_NOTHING = Note()
_Place = tuple[int, int]  # row and column, from 1


def read_xlsx(archive: Archive) -> list[Grid]:
    """The sheets of an XLSX or XLSM workbook. Raises Unreadable, as all readers here do."""
    surveys = xlsx_survey.survey(archive)
    return _read(surveys, archive.repacked())


def read_ods(archive: Archive) -> list[Grid]:
    """The sheets of an OpenDocument spreadsheet."""
    if ods_survey.is_encrypted(archive):
        raise refusals.password_protected()
    surveys = ods_survey.survey(archive)
    return _read(surveys, archive.repacked())


def read_xls(compound: Compound, content: bytes) -> list[Grid]:
    """The sheets of a workbook of Excel 97 to 2003."""
    return _read(xls_survey.survey(compound), content)


def _read(surveys: list[SheetSurvey], content: bytes) -> list[Grid]:
    """Surveys and the library's sheets go together by their order. The library is written in another language: what
    goes wrong inside it arrives as an exception of its own, outside Python's `Exception`."""
    try:
        with quiet_errors():
            return _grids(surveys, content)
    except (Unreadable, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise refusals.damaged_file("its tables cannot be read", "không đọc được bảng tính bên trong") from error


def _grids(surveys: list[SheetSurvey], content: bytes) -> list[Grid]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise refusals.password_protected() from error
    found: list[Grid] = []
    for order, (sheet, survey) in enumerate(zip(workbook.sheets_metadata, surveys, strict=True)):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            grid, under = _grid(workbook.get_sheet_by_index(order), survey)
            found.append(replace(grid, is_hidden=sheet.visible != SheetVisibleEnum.Visible))
            found += [under] if under.rows else []
    return found


def _grid(sheet: CalamineSheet, survey: SheetSurvey) -> tuple[Grid, Grid]:
    """What a sheet shows, and what lies under its merged cells."""
    values = _values(sheet)
    places = sorted(values.keys() | survey.notes.keys())
    spans, covered = _merged(sheet, survey, places)
    _apply_rules(survey, values)
    rows: dict[int, list[Cell]] = {}
    under: dict[int, list[Cell]] = {}
    for place in places:
        cell = _cell(place, values.get(place, ""), survey.notes.get(place, _NOTHING), spans.get(place, (1, 1)))
        if cell.text.strip() or cell.flaw:
            (under if place in covered else rows).setdefault(place[0], []).append(cell)
    last = max(rows, default=0)
    if survey.thing:  # where on the sheet is not asked: below its rows
        rows[last := last + 1] = [Cell(1, "", flaw=survey.thing)]
    hidden = survey.hidden_rows
    found = (Row(number, tuple(rows.get(number, ())), number in hidden) for number in range(1, last + 1))
    name = clean(sheet.name)
    below = tuple(Row(number, tuple(cells)) for number, cells in under.items())
    return Grid(name, None, tuple(found), frozenset(survey.hidden_columns)), Grid(name, None, below, is_hidden=True)


def _apply_rules(survey: SheetSurvey, values: dict[_Place, object]) -> None:
    """Notes of the cells that are shown otherwise by what they hold, or by what is drawn over them. What a cell says of
    itself goes before."""
    for place, rule in survey.rules.looks(values):
        note = survey.notes.get(place, _NOTHING)
        code = rule.number_format or note.number_format
        survey.notes[place] = replace(note, mark=note.mark or rule.mark, number_format=code)
    for place in values if survey.drawn_over else ():
        row, column = place
        if any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in survey.drawn_over):
            note = survey.notes.get(place, _NOTHING)
            survey.notes[place] = replace(note, mark=note.mark or DRAWN_OVER)


def _values(sheet: CalamineSheet) -> dict[_Place, object]:
    """The library's values by row and column, from 1. It begins with the first row and column that hold something; its
    `iter_rows` does so for columns only."""
    first_row, first_column = sheet.start or (0, 0)
    return {
        (row, column): value
        for row, record in enumerate(sheet.to_python(), start=first_row + 1)
        for column, value in enumerate(record, start=first_column + 1)
        if value != ""
    }


def _merged(
    sheet: CalamineSheet, survey: SheetSurvey, places: list[_Place]
) -> tuple[dict[_Place, _Place], set[_Place]]:
    """How many rows and columns each merged cell covers, as far as the filled cells of the sheet reach, and the filled
    cells that lie under one."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in places:
        columns[row].append(column)
    last_row, last_column = max(columns, default=0), max((column for _, column in places), default=0)
    ranges = [*survey.merged]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        ranges.append((top + 1, left + 1, bottom - top + 1, right - left + 1))
    if sum(min(down, last_row) for _, _, down, _ in ranges) > MAX_AREA:
        raise refusals.damaged_file("its merged cells overlap", "các ô gộp chồng lên nhau")
    spans: dict[_Place, _Place] = {}
    covered: set[_Place] = set()
    for row, column, down, across in ranges:
        down, across = min(down, last_row - row + 1), min(across, last_column - column + 1)
        if down > 0 and across > 0:
            spans[row, column] = down, across
            for below in range(row, row + down):
                filled = columns.get(below, [])
                under = filled[bisect_left(filled, column) : bisect_left(filled, column + across)]
                covered.update((below, at) for at in under if (below, at) != (row, column))
    return spans, covered


def _cell(place: _Place, value: object, note: Note, span: _Place) -> Cell:
    row, column = place
    down, across = span
    text, raw, flaw = _read_value(value)
    shown = None
    if note.text is not None:
        text = clean(note.text)
    raw, flaw = note.raw or raw, note.flaw or flaw
    if note.number_format and flaw is None and isinstance(value, int | float) and not isinstance(value, bool):
        text, raw, flaw, shown = _as_shown(text, raw, note.number_format)
    if note.parts or note.mark:
        found = seen(note.parts or (Part(text, note.mark),))
        text, raw, flaw = found.text, found.raw or raw, flaw or found.flaw
    return Cell(
        column=column,
        text=text,
        raw=None if raw is None or is_same_number(raw, text) else raw,
        name=f"{column_letters(column)}{row}",
        flaw=flaw,
        across=across,
        down=down,
        shown=shown,
    )


def _as_shown(text: str, raw: str | None, number_format: str) -> tuple[str, str | None, str | None, str | None]:
    """A number as its format has it: text, raw, flaw and shown, as in `Cell`."""
    found = look(number_format, text)
    if found is None:
        return text, raw, None, None
    if found.flaw:
        return found.text, raw or text, found.flaw, None
    return text, raw, None, found.text


def _read_value(value: object) -> tuple[str, str | None, str | None]:
    """The text of a value, how it is stored where that differs, and its flaw."""
    if isinstance(value, bool):
        return str(value).upper(), None, None
    if isinstance(value, int | float):
        text = decimal_text(value)
        return text, None if value == float(text) else repr(value), None
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" "), None, "date"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), None, "date"
    if isinstance(value, datetime.timedelta):
        return str(value), None, "date"
    found = without_signs(clean(str(value)))
    return found.text, found.raw, None
