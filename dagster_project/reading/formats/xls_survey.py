"""The survey of an XLS workbook (Excel 97 to 2003): one pass over the records of its stream.

Here: how far the cells reach, how much text they refer to, errors and formulas without a value. Not here: the texts and
dates of cells, which python-calamine reads (`workbook.py`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..grids import PICTURE
from . import refusals, xls_rules
from .compound import Compound
from .conditional import Range
from .seen import HIDDEN
from .survey import Note, SheetSurvey, Tally
from .xls_looks import Looks

STREAMS = ("Workbook", "Book")
_BEGIN, _END, _CONTINUE = 0x0809, 0x0A, 0x3C
_BOUNDSHEET, _FILEPASS, _SHARED_STRINGS, _DIMENSIONS = 0x85, 0x2F, 0xFC, 0x200
_FORMULA, _BOOL_OR_ERROR, _SHARED_TEXT, _SHORT_NUMBERS = 0x06, 0x205, 0xFD, 0xBD
_ONE_CELL = {_FORMULA, _BOOL_OR_ERROR, _SHARED_TEXT, 0x203, 0x204, 0x27E, 0xD6}  # and numbers, labels, rich labels
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NO_NUMBER, _ERROR_RESULT, _NO_RESULT = b"\xff\xff", 2, 3
_ROW, _COLUMNS, _DRAWN = 0x208, 0x7D, 0x5D
_ROW_HIDDEN = 0x20
_THINGS = {8: PICTURE}  # by the kind of what is drawn
_MAX_ROW, _MAX_COLUMN = 1 << 16, 1 << 8


def survey(compound: Compound) -> list[SheetSurvey]:
    """The sheets in the workbook's order. Raises Unreadable where it is protected, too large or damaged."""
    data = next((stream for name in STREAMS if (stream := compound.stream(name))), b"")
    try:
        return _survey(data)
    except (struct.error, IndexError) as error:
        raise refusals.damaged_file() from error


def _survey(data: bytes) -> list[SheetSurvey]:
    strings: list[_String] = []
    starts: list[int] = []
    looks = Looks()
    for kind, pieces in _records(data, 0):
        if kind == _FILEPASS:
            raise refusals.password_protected()
        if kind == _BOUNDSHEET:
            starts += struct.unpack_from("<I", pieces[0])
        elif kind == _SHARED_STRINGS:
            strings = list(_strings(pieces))
        else:
            looks.add(kind, pieces[0])
    if not starts:
        raise refusals.damaged_file()
    tally, sheets = Tally(), []
    for number, start in enumerate(starts, start=1):
        sheet = _sheet(number, _records(data, start), strings, looks, tally)
        if any(rule.mark == HIDDEN for _, rule in sheet.rules.of_ranges):
            sheet.rules.on_ground.update(_on_ground(_records(data, start), looks))
        sheets.append(sheet)
    return sheets


def _on_ground(records: Iterator[tuple[int, list[bytes]]], looks: Looks) -> Iterator[tuple[int, int]]:
    """The cells whose own ground lets white letters be seen; asked for only where a rule makes letters white."""
    for kind, (body, *_) in records:
        if kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            styles = ((column, 4 + 6 * (column - first)) for column in range(first, first + (len(body) - 6) // 6))
            cells = [(row, column, *struct.unpack_from("<H", body, at)) for column, at in styles]
        else:
            cells = [struct.unpack_from("<HHH", body)] if kind in _ONE_CELL else []
        yield from ((row + 1, column + 1) for row, column, style in cells if looks.has_ground(style))


def _records(data: bytes, at: int) -> Iterator[tuple[int, list[bytes]]]:
    """The records from one BOF to its EOF, each with the pieces that continue it; embedded charts are passed over."""
    depth = 0
    record: tuple[int, list[bytes]] | None = None
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _CONTINUE and record is not None:
            record[1].append(body)
            continue
        if record is not None:
            yield record
        record = None
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            record = kind, [body]
    raise refusals.damaged_file()


class _String(NamedTuple):
    """One shared string: how many letters it has; of a rich text the letters, and where each font begins."""

    letters: int
    text: str = ""
    runs: tuple[tuple[int, int], ...] = ()


def _strings(pieces: list[bytes]) -> Iterator[_String]:
    """The shared strings. One can be cut anywhere; where its letters are, a byte that says how they are written follows
    the cut."""
    (count,) = struct.unpack_from("<4xI", pieces[0])
    piece, at = 0, 8
    for _ in range(count):
        if at >= len(pieces[piece]):
            piece, at = piece + 1, 0
        letters, flags = struct.unpack_from("<HB", pieces[piece], at)
        at += 3
        runs, at = (struct.unpack_from("<H", pieces[piece], at)[0], at + 2) if flags & 8 else (0, at)
        further, at = (struct.unpack_from("<I", pieces[piece], at)[0], at + 4) if flags & 4 else (0, at)
        left, width = letters, 1 + (flags & 1)
        text: list[str] = []
        while (room := (len(pieces[piece]) - at) // width) < left:
            text.append(_decoded(pieces[piece], at, max(room, 0), width, runs))
            left -= max(room, 0)
            piece, at = piece + 1, 1
            width = 1 + (pieces[piece][0] & 1)
        text.append(_decoded(pieces[piece], at, left, width, runs))
        at += left * width
        fonts = bytearray()
        further += 4 * runs
        while (room := len(pieces[piece]) - at) < further:
            fonts += pieces[piece][at:]
            further -= room
            piece, at = piece + 1, 0
        fonts += pieces[piece][at : at + further]
        at += further
        yield _String(letters, "".join(text), tuple(struct.iter_unpack("<HH", bytes(fonts[: 4 * runs]))))


def _decoded(piece: bytes, at: int, letters: int, width: int, runs: int) -> str:
    """Letters of a rich text; of another only their number is asked."""
    return piece[at : at + letters * width].decode("utf-16-le" if width == 2 else "latin-1", "replace") if runs else ""


def _sheet(
    number: int, records: Iterator[tuple[int, list[bytes]]], strings: list[_String], looks: Looks, tally: Tally
) -> SheetSurvey:
    """Sheets go by their order: their names are the library's business."""
    found = SheetSurvey(str(number))
    about: list[Range] = []  # of the rules that are read
    tally.open_sheet(found.name)
    for kind, (body, *_) in records:
        if kind == _DIMENSIONS:
            _refuse_impossible_size(body)
        elif kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for column in range(first, first + (len(body) - 6) // 6):
                tally.cell(row + 1, column + 1, 1)
                if look := looks.note(*struct.unpack_from("<H", body, 4 + 6 * (column - first))):
                    found.notes[row + 1, column + 1] = look
        elif kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", body)
            shared = strings[struct.unpack_from("<6xI", body)[0]] if kind == _SHARED_TEXT else None
            tally.cell(row + 1, column + 1, shared.letters if shared else len(body))
            parts = looks.parts(style, shared.text, shared.runs) if shared and shared.runs else ()
            note, look = Note(parts=parts) if parts else _note(kind, body), looks.note(style)
            if note and look and not parts:
                note = replace(look, text=note.text, raw=note.raw, flaw=note.flaw)
            if note or look:
                found.notes[row + 1, column + 1] = note or look
        elif kind == _ROW and len(body) >= 14 and body[12] & _ROW_HIDDEN:
            found.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and len(body) >= 10:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or not width:
                found.hidden_columns.update(range(first + 1, min(last, _MAX_COLUMN) + 2))
        elif kind == xls_rules.RANGES:
            about = xls_rules.ranges(body)
        elif kind == xls_rules.RULE and about and (rule := xls_rules.rule(body, about[0][:2])):
            found.rules.of_ranges += [(cells, rule) for cells in about]
        elif kind == _DRAWN and len(body) >= 6:
            found.thing = found.thing or _THINGS.get(struct.unpack_from("<4xH", body)[0])
    tally.close_sheet()
    return found


def _refuse_impossible_size(body: bytes) -> None:
    """The library makes room for the size that a sheet claims before it reads a cell."""
    first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH" if len(body) >= 14 else "<HHHH", body)
    if not (first_row <= last_row <= _MAX_ROW and first_column <= last_column <= _MAX_COLUMN):
        raise refusals.damaged_file("the size of a sheet is impossible", "kích thước trang tính không hợp lệ")


def _note(kind: int, body: bytes) -> Note | None:
    if kind == _BOOL_OR_ERROR and len(body) > 7 and body[7]:
        return Note(text=_ERRORS.get(body[6], "#N/A"), flaw="error_value")
    if kind == _FORMULA and body[12:14] == _NO_NUMBER:
        if body[6] == _ERROR_RESULT:
            return Note(text=_ERRORS.get(body[8], "#N/A"), flaw="error_value")
        if body[6] == _NO_RESULT:
            return Note(text="", flaw="formula_without_value")
    return None
