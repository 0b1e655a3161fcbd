"""The sentences with which a file without scores is refused.

Here: what such a file held instead, in words that a clerk can act on. Not here: refusals of whole formats (`formats/`).
"""

from __future__ import annotations

from .columns import is_header_word
from .document import Unreadable
from .grids import OBJECT, PICTURE
from .labels import Vocabulary
from .lines import Line
from .texts import one_line

_MOST_HEADERS = 15


def no_score_table(lines: list[Line], vocabulary: Vocabulary | None) -> Unreadable:
    """The refusal of a file in which no table of scores was found; it lists the likeliest headers that stand in it."""
    headers = _likeliest_headers(lines, vocabulary)
    if not headers and any(cell.flaw in (PICTURE, OBJECT) for line in lines for cell in line.cells):
        return Unreadable(
            "no_score_table",
            "No table was found in this file, but a picture or an embedded part, in which it may be and which cannot "
            "be read. Put the table itself into the file.",
            "Không tìm thấy bảng nào trong tệp, chỉ có ảnh hoặc phần nhúng, có thể bảng nằm trong đó nhưng không đọc "
            "được. Hãy đặt chính bảng điểm vào tệp.",
        )
    if not headers:
        return Unreadable(
            "no_score_table",
            "No table was found in this file; a table of scores has a header that names the unit and its scores.",
            "Không tìm thấy bảng nào trong tệp; bảng điểm phải có dòng tiêu đề nêu tên cơ quan và các cột điểm.",
        )
    listed = ", ".join(f"'{header}'" for header in headers)
    return Unreadable(
        "no_score_table",
        f"No table of scores with rows was found in this file. Headers seen: {listed}. A table of scores needs a "
        "header for the unit and one for at least one score, in words that the registry of labels holds, and rows.",
        f"Không tìm thấy bảng điểm có số liệu trong tệp. Các tiêu đề đã thấy: {listed}. Bảng điểm cần có cột tên "
        "cơ quan, ít nhất một cột điểm với tên có trong danh mục nhãn, và các dòng số liệu bên dưới.",
    )


def not_filled_in() -> Unreadable:
    """The refusal of a file that has tables of scores with nothing below their headers: a form as it was sent out."""
    return Unreadable(
        "no_score_table",
        "The form is not filled in yet: its tables have headers and no rows of units. Fill it in, save it, and check "
        "it again.",
        "Biểu mẫu chưa được điền: các bảng có tiêu đề nhưng chưa có dòng nào của đơn vị. Hãy điền, lưu lại rồi kiểm "
        "tra lại.",
    )


def _likeliest_headers(lines: list[Line], vocabulary: Vocabulary | None) -> list[str]:
    """The texts of the line that holds most words of headers; of several, the first with most cells."""

    def likeness(line: Line) -> tuple[int, int]:
        known = sum(is_header_word(cell.text, vocabulary) for cell in line.cells) if vocabulary else 0
        return known, sum(any(letter.isalpha() for letter in cell.text) for cell in line.cells)

    tables = [line for line in lines if len(line.cells) > 1]
    best = max(tables, key=likeness, default=None)
    return [one_line(cell.text)[:60] for cell in best.cells[:_MOST_HEADERS]] if best else []
