"""The empty workbook that a department sends out for scores to be filled in: docs/templates/bieu-mau-cham-diem.xlsx.

Here: its sheets, laid out like the annexes of a decision, with cells that refuse what cannot be a score. Not here: the
names, maxima and thresholds in it (`template_terms.py` takes them from the registries), and reading it back.

`python -m dagster_project.publishing.template` makes the file again after a registry has changed. It has no formulas:
a total that is computed hides the one that was stated, and a file saved by another program may hold no value for it.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..files import write_atomically
from ..root import REPOSITORY, Root
from .template_terms import Pillar, Terms, Tier, first_index

PATH = REPOSITORY / "docs" / "templates" / "bieu-mau-cham-diem.xlsx"

_MADE_ON = datetime(2000, 1, 1)  # a fixed day, so that the same registries give the same bytes
_HINT, _TITLE, _HEADER, _FIRST = 0, 1, 6, 8  # rows, from 0
_PLACE_AND_YEAR = "của [tên tỉnh, thành phố] năm [năm]"
_KIND = "[chọn loại kết quả]"
_ISSUED_WITH = "[loại văn bản] số [số, ký hiệu] ngày [ngày/tháng/năm]"
_HINT_TEXT = (
    "Thay các phần trong [ngoặc vuông], điền các ô màu vàng rồi xóa các dòng còn trống. "
    "Không đổi tên cột; nếu cần thêm dòng, hãy chèn vào giữa bảng."
)
_OWN_NOTES = "[ghi chú khác, nếu có]"
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_CENTRED = {"align": "center", "valign": "vcenter", "text_wrap": True}
_FILLED_IN = {"border": 1, "bg_color": "#FFFBE6", "valign": "vcenter", "text_wrap": True}


def write_template(path: Path, registries_folder: Path, index_code: str) -> None:
    """Writes the empty workbook for one index. Raises KeyError where the registries do not know it."""
    terms = Terms(registries_folder, index_code)
    content = io.BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    workbook.set_properties({"title": "Biểu mẫu chấm điểm", "created": _MADE_ON})
    _Sheets(workbook, terms).write()
    workbook.close()
    write_atomically(path, content.getvalue())


class _Sheets:
    """The sheets of one workbook: one per tier, and a summary of the last tier before it where there are several."""

    def __init__(self, workbook: Workbook, terms: Terms) -> None:
        self.workbook, self.terms = workbook, terms
        self.annexes = 0
        self.hint = self._format(italic=True, font_color="#7F7F7F")
        self.title = self._format(bold=True, **_CENTRED)
        self.subtitle = self._format(italic=True, **_CENTRED)
        self.head = self._format(bold=True, border=1, bg_color="#DDEBF7", **_CENTRED)
        self.name = self._format(**_FILLED_IN)
        self.figure = self._format(**_FILLED_IN | {"align": "center"})
        self.note = self._format(italic=True)

    def write(self) -> None:
        *above, last = self.terms.tiers
        parents = None
        for tier in above:
            parents = self._scores(tier, None)
        if above:
            self._summary(last, above[-1].rows, parents)
        self._scores(last, parents)

    def _scores(self, tier: Tier, parents: str | None) -> str:
        """One table of scores, with a column for the parents where a list of them is given; gives its own list."""
        sheet = self._sheet()
        last = _FIRST + tier.rows - 1
        columns = [("number", 6), ("unit", 30)] + ([("parent", 22)] if parents else [])
        for at, (role, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.merge_range(_HEADER, at, _HEADER + 1, at, self.terms.word(role), self.head)
        at = len(columns)
        for pillar in tier.pillars:
            at = self._pillar(sheet, at, pillar, last)
        sheet.merge_range(_HEADER, at, _HEADER + 1, at, self.terms.word("level"), self.head)
        sheet.set_column(at, at, 30)
        self._title(sheet, "KẾT QUẢ", tier, at)
        self._cells(sheet, len(columns), at, last)
        _whole_numbers(sheet, 0, last, "Số thứ tự", "Số nguyên: 1, 2, 3 …")
        if parents:
            _choice(sheet, 2, last, parents, "Chọn trong danh sách hoặc gõ tên; không có cấp này thì để trống.", False)
        levels = list(self.terms.words("level_name"))
        _choice(sheet, at, last, levels, "Chọn một mức trong danh sách.", True)
        self._notes(sheet, last + 2, tier)
        return f"='{sheet.get_name()}'!{xl_range_abs(_FIRST, 1, last, 1)}"

    def _pillar(self, sheet: Worksheet, at: int, pillar: Pillar, last: int) -> int:
        """The columns of a pillar from this one on; gives the column after them."""
        columns = [*pillar.components, (self.terms.word("total"), pillar.max_total)]
        sheet.merge_range(_HEADER, at, _HEADER, at + len(columns) - 1, pillar.name, self.head)
        for column, (name, maximum) in enumerate(columns, at):
            sheet.write_string(_HEADER + 1, column, name, self.head)
            sheet.set_column(column, column, 11)
            _figures(sheet, column, last, f"{pillar.name}: {name}", maximum)
        return at + len(columns)

    def _summary(self, tier: Tier, rows: int, units: str | None) -> None:
        """How many units of a tier reached each level, by the unit above them: '2' or '2 (Xã …, Xã …)'."""
        sheet = self._sheet()
        last = _FIRST + rows - 1
        levels = self.terms.words("level_name")
        for at, (role, width) in enumerate([("number", 6), ("unit", 30), ("count", 12)]):
            sheet.set_column(at, at, width)
            sheet.merge_range(_HEADER, at, _HEADER + 1, at, self.terms.word(role), self.head)
        sheet.set_column(3, 2 + len(levels), 26)
        sheet.merge_range(_HEADER, 3, _HEADER, 2 + len(levels), self.terms.word("summary"), self.head)
        for at, level in enumerate(levels, 3):
            sheet.write_string(_HEADER + 1, at, level, self.head)
        self._title(sheet, "TỔNG HỢP KẾT QUẢ", tier, 2 + len(levels))
        self._cells(sheet, 2, 2 + len(levels), last)
        _whole_numbers(sheet, 0, last, "Số thứ tự", "Số nguyên: 1, 2, 3 …")
        if units:
            _choice(sheet, 1, last, units, "Chọn trong danh sách, hoặc gõ tên.", False)
        _whole_numbers(sheet, 2, last, self.terms.word("count"), "Tổng số đơn vị của địa bàn, số nguyên.")
        for at in range(3, 3 + len(levels)):
            _counts(sheet, at, last)
        self._notes(sheet, last + 2, None)

    def _sheet(self) -> Worksheet:
        self.annexes += 1
        return self.workbook.add_worksheet(f"{self.terms.word('annex')} {self.annexes:02}")

    def _title(self, sheet: Worksheet, what: str, tier: Tier, last_column: int) -> None:
        """What is to be done with the form, and the title over its whole width."""
        sheet.write_string(_HINT, 0, _HINT_TEXT, self.hint)
        texts = [
            f"{sheet.get_name()}. {what}",
            _KIND,
            f"Đánh giá, xếp hạng {tier.name.lower()} {_PLACE_AND_YEAR}",
            f"({self.terms.word('citation')} {_ISSUED_WITH})",
        ]
        for row, text in enumerate(texts, _TITLE):
            sheet.merge_range(row, 0, row, last_column, text, self.subtitle if text[0] == "(" else self.title)
        kind = {"validate": "list", "source": list(self.terms.words("kind")), "input_title": "Loại kết quả"}
        sheet.data_validation(_TITLE + 1, 0, _TITLE + 1, 0, kind | {"input_message": "Chọn trong danh sách."})

    def _cells(self, sheet: Worksheet, names: int, last_column: int, last: int) -> None:
        """The empty cells, and how the sheet is shown and printed."""
        sheet.set_row(_HEADER + 1, 34)
        for row in range(_FIRST, last + 1):
            for column in range(last_column + 1):
                is_name = 0 < column < names
                sheet.write_blank(row, column, None, self.name if is_name else self.figure)
        sheet.freeze_panes(_FIRST, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER, _HEADER + 1)

    def _notes(self, sheet: Worksheet, row: int, tier: Tier | None) -> None:
        lines = [f"{self.terms.word('notes')}:"]
        for level, minima in tier.minima if tier else ():
            lines.append(f"{level}: " + "; ".join(f"{pillar} ≥ {_shown(number)}" for pillar, number in minima))
        for at, text in enumerate([*lines, _OWN_NOTES], row):
            sheet.write_string(at, 0, text, self.note)

    def _format(self, **properties: object) -> Format:
        return self.workbook.add_format({**_FONT, **properties})


def _figures(sheet: Worksheet, column: int, last: int, name: str, maximum: Decimal | None) -> None:
    """Cells for scores. A figure that the program took for a date is far above any maximum, and so is refused too."""
    limits = f"từ 0 đến {_shown(maximum)}" if maximum is not None else "từ 0 trở lên"
    rule = (
        {"criteria": "between", "minimum": 0, "maximum": float(maximum)}
        if maximum is not None
        else {"criteria": ">=", "value": 0}
    )
    message = f"Số {limits}. Để trống nếu không có điểm; không gõ chữ."
    error = f"Điểm phải là số {limits}. Dùng dấu thập phân theo cài đặt của máy (27,31 hoặc 27.31)."
    _validate(sheet, column, last, {"validate": "decimal", **rule}, name, message, error)


def _whole_numbers(sheet: Worksheet, column: int, last: int, name: str, message: str) -> None:
    _validate(sheet, column, last, {"validate": "integer", "criteria": ">=", "value": 0}, name, message, message)


def _counts(sheet: Worksheet, column: int, last: int) -> None:
    """Cells for a number of units, with their names in brackets or without."""
    cell = xl_rowcol_to_cell(_FIRST, column)
    is_whole = f"AND({cell}>=0,{cell}=INT({cell}))"
    is_listed = f'ISNUMBER(VALUE(LEFT({cell},FIND("(",{cell})-1)))'
    rule = {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),{is_whole},{is_listed})"}
    message = "Số đơn vị, có thể kèm tên trong ngoặc: 2 (Xã A, Xã B)."
    _validate(sheet, column, last, rule, "Số đơn vị đạt mức", message, message)


def _choice(sheet: Worksheet, column: int, last: int, source: list[str] | str, message: str, is_strict: bool) -> None:
    """Cells with a drop-down list; where it is not strict, another text may be typed."""
    rule = {"validate": "list", "source": source, "show_error": is_strict}
    _validate(sheet, column, last, rule, "Danh sách", message, message)


def _validate(
    sheet: Worksheet, column: int, last: int, rule: dict[str, object], name: str, message: str, error: str
) -> None:
    shown = {"input_title": name[:32], "input_message": message, "error_title": "Chưa hợp lệ", "error_message": error}
    sheet.data_validation(_FIRST, column, last, column, {**rule, **shown})


def _shown(number: Decimal) -> str:
    """A figure as Vietnamese documents print it: '84,25'."""
    return f"{number:f}".replace(".", ",")


if __name__ == "__main__":
    seeds = Root().seeds
    write_template(PATH, seeds, first_index(seeds))
