"""Rows of cells as files: XLSX, XLS, DOCX and CSV, as provinces and districts send them.

Here: the formats, and the form's fixed lines. Not here: who scores what (`making.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import xlsxwriter
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Cell = str | Decimal
Sheet = Sequence[Sequence[Cell]]

MARK = "SYNTHETIC: made by benchmarks/country, no figure is real"
LEVELS = {"I": "Mức độ I", "II": "Mức độ II", "III": "Mức độ III", "IV": "Mức độ IV", "unranked": "Không xếp hạng"}
_READINESS = ("Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm")
_ATTAINMENT = ("Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm")


def header(has_parent: bool) -> list[list[Cell]]:
    """The two lines of the form's header."""
    named = ["Tên cơ quan", "Huyện"] if has_parent else ["Tên cơ quan"]
    groups = ["Điều kiện sẵn sàng", "", "", "", "Mức độ đạt được", "", "", "", ""]
    return [["STT", *named, *groups, "Kết quả"], ["", *[""] * len(named), *_READINESS, *_ATTAINMENT, ""]]


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """A sheet per annex, figures as numbers."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"comments": MARK, "created": datetime(2000, 1, 1)})
        for number, rows in enumerate(sheets, 1):
            sheet = book.add_worksheet(f"Phụ lục {number}")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Decimal):
                        sheet.write_number(row, column, float(cell))
                    elif cell:
                        sheet.write_string(row, column, cell)


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    """The same as a workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, rows in enumerate(sheets, 1):
        sheet = book.add_sheet(f"Phụ lục {number}")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, float(cell) if isinstance(cell, Decimal) else cell)
    book.save(str(path))


def write_csv(path: Path, sheets: Sequence[Sheet]) -> None:
    """All annexes below each other."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for rows in sheets:
        writer.writerows([*rows, [""]])
    path.write_text(text.getvalue(), "utf-8")


def write_docx(path: Path, sheets: Sequence[Sheet]) -> None:
    """A paragraph for each line of one cell, a table for the lines between."""
    document = docx.Document()
    document.core_properties.comments = MARK
    for rows in sheets:
        table: list[Sequence[Cell]] = []
        for cells in [*rows, [""]]:
            if len(cells) > 1:
                table.append(cells)
                continue
            if table:
                _add_table(document, table)
                table = []
            document.add_paragraph(str(cells[0]))
    document.save(str(path))


def _add_table(document: docx.document.Document, rows: Sequence[Sequence[Cell]]) -> None:
    """As XML: the library's own way looks at the whole table again for each cell."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{escape(str(cell))}</w:t></w:r></w:p></w:tc>" for cell in cells)
        + "</w:tr>"
        for cells in rows
    )
    grid = "<w:gridCol/>" * len(rows[0])
    xml = f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    document.element.body.insert(-1, parse_xml(xml))


WRITERS: dict[str, Callable[[Path, Sequence[Sheet]], None]] = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "docx": write_docx,
    "csv": write_csv,
}
