"""The annexes as a workbook: a sheet for the decision's page, one per annex, and one of what differs from the stated.

Here: the layout in XLSX. Figures are numbers; a total is a formula over its components with its value stored, so that
anyone can check it and every reader sees it. Texts go in as texts, whatever they begin with.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from .content import Annex, Annexes, Cell, Column, Decision, figure

CONTENT = "content"  # the property that tells by a hash what a workbook shows
_MADE = datetime(2000, 1, 1)  # the same in every workbook, for equal bytes
_A4, _INCH = 9, 25.4
_MARGINS = {"left": 30 / _INCH, "right": 15 / _INCH, "top": 20 / _INCH, "bottom": 20 / _INCH}
_FONT = {"font_name": "Times New Roman", "font_size": 13}
_TABLE = {"font_size": 12, "border": 1, "valign": "vcenter", "text_wrap": True}
_RED = "#B00020"
_LINE, _TALLEST, _LETTERS = 17, 409, 1.2  # points of a line and of the tallest row; letters to a unit of width
_LONGEST_NAME = 31  # of a sheet
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_PAGE = [11] * 8  # the widths of the columns of the decision's page
_DECISION, _CHANGES = "Quyết định", "Thay đổi"
# What was stated and what stands here share a cell: two figures side by side would be read as a row of scores.
_CHANGED = (
    ("Về / about", 24),
    ("Số liệu / figure", 24),
    ("Đã ghi → trong phụ lục / stated → here", 36),
    ("Vì sao / why", 76),
)
_CHANGES_TITLE = "Những chỗ khác với số liệu đã ghi, và vì sao / Where the annexes differ from what was stated, and why"


def write_workbook(annexes: Annexes, path: Path, content: str) -> None:
    """Writes the workbook, with the hash of its content among its properties; the same give the same bytes."""
    with Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": annexes.title, "created": _MADE})
        book.set_custom_property(CONTENT, content, "text")
        sheets = _Sheets(book, annexes.draft)
        sheets.decision(annexes.decision)
        for annex in annexes.annexes:
            sheets.annex(annex)
        sheets.changes(annexes)


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook, draft: str | None) -> None:
        self.book, self.draft = book, draft
        self.title = self._format(bold=True, align="center", valign="vcenter", text_wrap=True)
        self.cited = self._format(italic=True, align="center", valign="vcenter", text_wrap=True)
        self.head = self._format(**_TABLE | {"bold": True, "align": "center"})
        self.figure = self._format(**_TABLE | {"align": "center"})
        self.text = self._format(**_TABLE)
        self.note = self._format(italic=True)
        self.mark = self._format(bold=True, font_color=_RED)

    def decision(self, decision: Decision) -> None:
        """The decision's own page: what stands side by side in two halves, all else over the whole width."""
        sheet, row = self._sheet(_DECISION, is_wide=False), 1
        sheet.set_column(0, len(_PAGE) - 1, _PAGE[0])
        bold = {"bold": True, "align": "center"}
        for left, right in _side_by_side(decision.issuer, decision.motto):
            self._halves(sheet, row, (left, bold), (right, bold))
            row += 1
        centred = {"align": "center"}
        self._halves(sheet, row, (decision.number, centred), (decision.place_and_day, centred | {"italic": True}))
        row += 2
        for text in (decision.name, decision.subject, decision.authority):
            row = self._line(sheet, row, text, _PAGE, **bold)
        row += 1
        for text in decision.grounds:
            row = self._line(sheet, row, text, _PAGE, italic=True)
        row = self._line(sheet, row + 1, decision.decides, _PAGE, **bold) + 1
        for article in decision.articles:
            row = self._line(sheet, row, f"{article.label} {article.text}".strip(), _PAGE)
        row += 1
        recipients = (decision.recipients_heading, *decision.recipients)
        small, heading = {"font_size": 11}, {"font_size": 12, "bold": True, "italic": True}
        signature = (*decision.signature, "", "", "", decision.signer)
        for at, (left, right) in enumerate(_side_by_side(recipients, signature)):
            self._halves(sheet, row + at, (left, small if at else heading), (right, bold))
        sheet.print_area(1, 0, row + max(len(recipients), len(signature)) - 1, len(_PAGE) - 1)

    def annex(self, annex: Annex) -> None:
        sheet, row, last = self._sheet(annex.name, annex.is_wide), 1, len(annex.columns) - 1
        widths = [column.width + 1 for column in annex.columns]  # a unit of it is a digit, and letters are wider
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        for text in annex.title:
            row = self._line(sheet, row, text, widths, self.cited if text[:1] == "(" else self.title)
        row += 1
        first = row + self._header(sheet, row, annex)
        for at, cells in enumerate(annex.rows, first):
            for column, (cell, of_column) in enumerate(zip(cells, annex.columns, strict=True)):
                self._cell(sheet, at, column, cell, of_column)
            sheet.set_row(at, _height(zip(map(figure, cells), widths, strict=True)))
        sheet.repeat_rows(row, first - 1)
        sheet.freeze_panes(first, 2)
        below = first + len(annex.rows) + (1 if annex.notes else 0)
        for at, note in enumerate(annex.notes, below):
            sheet.write_string(at, 0, note, self.note)
        sheet.print_area(1, 0, below + len(annex.notes) - 1, last)

    def changes(self, annexes: Annexes) -> None:
        """What differs from the figures as stated, and why: no part of the decision."""
        sheet, last = self._sheet(_CHANGES, is_wide=True), len(_CHANGED) - 1
        widths = [width for _, width in _CHANGED]
        row = self._line(sheet, 1, _CHANGES_TITLE, widths, self.title)
        for reason in annexes.reasons:
            row = self._line(sheet, row, f"{reason.vi} / {reason.en}", widths, self.cited)
        for column, (name, width) in enumerate(_CHANGED):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, name, self.head)
        sheet.repeat_rows(row)
        sheet.freeze_panes(row + 1, 0)
        for number, one in enumerate(annexes.changes, 1):
            texts = [one.about.vi, one.field.vi, f"{one.stated.vi} → {one.here.vi}", f"{one.why.vi}\n{one.why.en}"]
            for column, text in enumerate(texts):
                sheet.write_string(row + number, column, text, self.text)
            sheet.set_row(row + number, _height(zip(texts, widths, strict=True)))
        sheet.print_area(1, 0, row + len(annexes.changes), last)

    def _sheet(self, name: str, is_wide: bool) -> Worksheet:
        sheet = self.book.add_worksheet(self._free_name(name))
        sheet.set_paper(_A4)
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 0)
        if is_wide:
            sheet.set_landscape()
        number = "" if name == _DECISION else '&C&"Times New Roman"&P'
        shown = f'&L&"Times New Roman,Bold"&K{_RED[1:]}{self.draft.replace("&", "&&")}' if self.draft else ""
        sheet.set_header(shown + number, {"margin": 9 / _INCH})
        if self.draft:
            sheet.write_string(0, 0, self.draft, self.mark)
            sheet.set_tab_color(_RED)
        return sheet

    def _free_name(self, name: str) -> str:
        """The name of a sheet, as the file format allows it and as no other sheet has it."""
        bare = name.translate(_NOT_IN_A_NAME).strip()[: _LONGEST_NAME - 4] or _DECISION
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()}
        names = (bare, *(f"{bare} {number}" for number in range(2, len(taken) + 3)))
        return next(one for one in names if one.casefold() not in taken)

    def _header(self, sheet: Worksheet, row: int, annex: Annex) -> int:
        """The header of an annex from this row on; gives how many rows it has."""
        is_grouped, at = any(name for name, _ in annex.groups), 0
        for name, columns in annex.groups:
            if name:
                _merge(sheet, row, at, row, at + columns - 1, name, self.head)
                for column in range(at, at + columns):
                    sheet.write_string(row + 1, column, annex.columns[column].name, self.head)
            else:
                _merge(sheet, row, at, row + is_grouped, at, annex.columns[at].name, self.head)
            at += columns
        below = [(column.name, column.width) for column in annex.columns if column.group]
        if is_grouped:
            sheet.set_row(row + 1, _height(below))
        return 1 + is_grouped

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, of_column: Column) -> None:
        style = self.text if of_column.is_text else self.figure
        if cell is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell, style)
        elif isinstance(cell, Decimal) and of_column.parts:
            sheet.write_formula(row, column, _formula(row, of_column), style, float(cell))
        else:
            sheet.write_number(row, column, float(cell), style)

    def _line(
        self, sheet: Worksheet, row: int, text: str, widths: Sequence[int], style: Format | None = None, **looks: object
    ) -> int:
        """A text over all columns, given by their widths; gives the row after it."""
        style = style or self._format(valign="vcenter", text_wrap=True, **looks)
        _merge(sheet, row, 0, row, len(widths) - 1, text, style)
        sheet.set_row(row, _height([(text, sum(widths))]))
        return row + 1

    def _halves(self, sheet: Worksheet, row: int, *halves: tuple[str, dict[str, object]]) -> None:
        middle = len(_PAGE) // 2
        for first, (text, looks) in zip((0, middle), halves, strict=True):
            style = self._format(valign="vcenter", shrink=True, **looks)
            _merge(sheet, row, first, row, first + middle - 1, text, style)

    def _format(self, **looks: object) -> Format:
        return self.book.add_format({**_FONT, **looks})


def _merge(sheet: Worksheet, row: int, column: int, last_row: int, last_column: int, text: str, style: Format) -> None:
    """A text over several cells, as text whatever it begins with."""
    if (row, column) != (last_row, last_column):
        sheet.merge_range(row, column, last_row, last_column, "", style)
    sheet.write_string(row, column, text, style)


def _formula(row: int, column: Column) -> str:
    """A total as the sum of its parts, fixed at nine decimals as the warehouse fixes it."""
    terms = (xl_rowcol_to_cell(row, at) + _times(share) for at, share in column.parts)
    return f"=ROUND({'+'.join(terms)},9)"


def _times(share: Fraction) -> str:
    if share == 1:
        return ""
    return f"*{share.numerator}" if share.denominator == 1 else f"*{share.numerator}/{share.denominator}"


def _side_by_side(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[str, str]]:
    longest = max(len(left), len(right))
    return [
        (one[0] if (one := left[at : at + 1]) else "", two[0] if (two := right[at : at + 1]) else "")
        for at in range(longest)
    ]


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row that shows these texts in columns of these widths."""
    lines = 1
    for text, width in texts:
        lines = max(lines, sum(math.ceil(max(len(one), 1) / (width * _LETTERS)) for one in text.split("\n")))
    return min(lines * _LINE, _TALLEST)
