"""A copy of a checked workbook in which the cells of findings are coloured, with the sentences as comments.

Here: the copy. Not here: what was found (`reports.py`). The original is never written to, and neither is any other file
that lies there already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UserError
from ..terminal import one_line
from .reports import Report
from .text import place_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FORMATS = ("xlsx", "xlsm")
_COLOURS = {"error": "FFC7CE", "warning": "FFE699", "notice": "DDEBF7"}
_GRAVEST = tuple(_COLOURS)
_NAMES = {"error": "Lỗi / Error", "warning": "Cảnh báo / Warning", "notice": "Lưu ý / Notice"}
_SHEET = "Phát hiện"
_SIZE = 380, 160  # of a comment, in pixels


def mark_all(paths: Sequence[Path], reports: Sequence[Report], say: Callable[[str], None]) -> None:
    """Marks each file that can be, and says where the copy is. Raises UserError at the end where one cannot be."""
    refused = None
    for path, report in zip(paths, reports, strict=True):
        try:
            say(f"Đã đánh dấu / Marked: {mark(path, report)}")
        except UserError as error:
            if refused:  # the first is said by whoever catches it
                say(f"{error.vietnamese}\n{error}")
            refused = refused or error
    if refused:
        raise refused


def mark(path: Path, report: Report) -> Path:
    """Writes the copy beside the workbook, and gives its path. Raises UserError where it is no workbook that can be
    marked."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if report["submission"]["format"] not in FORMATS or _is_unread(report):
        raise _cannot_be_marked(path)
    try:
        book = openpyxl.load_workbook(path, keep_vba=report["submission"]["format"] == "xlsm", rich_text=True)
    except Exception as error:  # what reads it for us forgives more than what has to write it again
        raise _cannot_be_marked(path) from error
    by_cell: dict[tuple[str, str], list[Report]] = {}
    for one in report["findings"]:
        if one["location"]["cell"]:
            by_cell.setdefault((one["location"]["page_or_sheet"], one["location"]["cell"]), []).append(one)
    for (sheet, address), found in by_cell.items():
        cell = _cell(book, sheet, address)
        if cell is not None:
            worst = min((one["severity"] for one in found), key=_GRAVEST.index)
            cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
            said = [cell.comment.text] if cell.comment else []
            said += [f"{one_line(one['message_vi'])}\n{one_line(one['message_en'])}" for one in found]
            cell.comment = Comment("\n\n".join(said), "egov", *reversed(_SIZE))
    _list(book, report)
    target = _free_path(path)
    book.save(target)
    return target


def _is_unread(report: Report) -> bool:
    return any(one["code"] == "file_unreadable" for one in report["findings"])


def _cannot_be_marked(path: Path) -> UserError:
    return UserError(
        f"{path.name} cannot be marked: only workbooks in .xlsx and .xlsm that can be read can. Save it as .xlsx, then "
        "check that file.",
        f"Không đánh dấu được {path.name}: chỉ đánh dấu được bảng tính .xlsx, .xlsm đọc được. Hãy lưu thành .xlsx rồi "
        "kiểm tra tệp đó.",
    )


def _cell(book: Workbook, sheet: str, address: str) -> Cell | None:
    """A cell by its address; of merged ones the first, which alone is shown. None where there is no such sheet."""
    names = {unicodedata.normalize("NFC", one.title): one for one in book.worksheets}
    found = names.get(unicodedata.normalize("NFC", sheet))
    if found is None:
        return None
    for merged in found.merged_cells.ranges:
        if address in merged:
            return found.cell(merged.min_row, merged.min_col)
    return found[address]


def _list(book: Workbook, report: Report) -> None:
    """A sheet at the end with all findings in the order of the document, those that stand in no cell among them."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet: Worksheet = book.create_sheet(_SHEET)  # a name that is taken gets a number behind it
    rows: list[Sequence[str]] = [("Ô / Cell", "Mức / Severity", "Phát hiện", "Finding")]
    for one in report["findings"]:
        where = one["location"]["cell"] and f"{one['location']['page_or_sheet']}!{one['location']['cell']}"
        said = one["message_vi"], one["message_en"]
        rows.append(
            (where or place_of(one, report["submission"]["format"]), _NAMES[one["severity"]], *map(one_line, said))
        )
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.data_type = "s"  # text, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
            elif column == 2:
                severity = report["findings"][number - 2]["severity"]
                cell.fill = PatternFill("solid", fgColor=_COLOURS[severity])
    for column, width in zip("ABCD", (22, 18, 80, 80), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"


def _free_path(path: Path) -> Path:
    """Beside the original, under a name that nothing has."""
    target, number = path.with_name(f"{path.stem}-danh-dau{path.suffix}"), 2
    while target.exists():
        target, number = path.with_name(f"{path.stem}-danh-dau-{number}{path.suffix}"), number + 1
    return target
