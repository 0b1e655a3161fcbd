"""A report as a workbook: the findings of the page, a row each, and beside them the columns for the reply.

Here: its layout, on screen and on A4. Not here: what it says (`content.py`, `words.py`), and reading it back
(`reading/replies.py`, by the headers and answers that the registry of labels holds). Texts go in as text: no formula,
no link, no clock. What may be filled in is yellow and open, the rest is locked without a password.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...terminal import is_seen
from . import sentences, words
from .content import Finding, Reply, Report
from .words import Words

_MADE = datetime(2000, 1, 1)  # the same in every workbook, for equal bytes
_SHEET, _GUIDE = "Phát hiện", "Cách trả lời"
_EXPLANATION, _PROPOSED = "Nội dung trả lời", "Số liệu đề nghị"
_A4 = 9  # by the file format
_LONGEST = 1_000  # characters of a cell: what the tallest row can show of the widest column
_SIZE, _LINE, _TALLEST = 11, 14, 409  # in points: letters, their lines, and by the file format the tallest row
_LETTERS = 1.3  # to a unit of a column's width, which is a digit's, with what is lost where a line breaks
_FONT = {"font_name": "Times New Roman", "font_size": _SIZE}
_EDGED = {"border": 1, "border_color": "#A6A6A6", "valign": "top", "text_wrap": True}
_BLANK = (
    ("Hình thức trả lời", "Reply", 13),
    (_EXPLANATION, "Explanation", 22),
    (_PROPOSED, "Proposed value", 10),
    ("Người trả lời", "Replied by", 11),
    ("Ngày trả lời", "Replied on", 11),
)
_HINT = Words(
    f"Chỉ điền các ô màu vàng rồi gửi lại tệp này; xem trang tính “{_GUIDE}”.",
    "Fill in the yellow cells only and send this file back.",
)
_HOW_TO = (
    Words(
        "Với mỗi phát hiện, chọn hình thức trả lời trong danh sách ở ô màu vàng; ghi thêm nội dung, người và ngày trả "
        "lời. Lưu tệp này rồi gửi lại cho tỉnh.",
        "For each finding choose a kind of reply from the list in the yellow cell; add an explanation, who replies and "
        "when. Save this file and send it back to the province.",
    ),
    Words(
        f"Chọn “{words.REPLIES['agree'].vi}” nếu số liệu sai và đơn vị sẽ gửi lại hồ sơ đã sửa.",
        "The first choice: the figure is wrong, and the file will be sent again.",
    ),
    Words(
        f"Chọn “{words.REPLIES['correct'].vi}” nếu đơn vị cho rằng số đúng là một số khác, và ghi số đó ở cột "
        f"“{_PROPOSED}”.",
        "The second: another figure is right; it stands in the column of proposed values.",
    ),
    Words(
        f"Chọn “{words.REPLIES['explain'].vi}” nếu số liệu đã ghi là đúng, và nêu lý do ở cột “{_EXPLANATION}”.",
        "The third: the stated figure is right; the explanation says why.",
    ),
    Words(
        "Phát hiện nào chưa trả lời được thì để trống và trả lời sau; nếu trả lời hai lần, lần sau thay cho lần trước.",
        "Leave empty what cannot be answered yet; of two replies to a finding the later one counts.",
    ),
    Words(
        "Câu trả lời không tự làm thay đổi số liệu. Muốn sửa số liệu, đơn vị gửi lại hồ sơ đã sửa thành một tệp riêng.",
        "A reply changes no figure. To mend a figure, send the corrected file as a file of its own.",
    ),
    Words(
        "Không xóa cột cuối cùng (mã phát hiện): nhờ cột này câu trả lời được đặt cạnh đúng phát hiện của mình.",
        "Keep the last column (the finding's ID): by it a reply is put beside its finding.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of what is said: its header in both languages, its width in characters, and what stands in it."""

    vi: str
    en: str
    width: int
    text: Callable[[Finding], Words]


_SAID = (
    _Column(
        "Mức và tình trạng", "Severity, status", 11, lambda one: _lines(one.severity_words, _status(one), _code(one))
    ),
    _Column("Đơn vị và vị trí", "About, where", 22, lambda one: _lines(one.about, one.place)),
    _Column("Phát hiện", "Finding", 32, lambda one: _lines(one.message, one.hint or words.NOTHING)),
    _Column("Giá trị đã ghi", "Stated", 10, lambda one: one.stated),
    _Column("Theo quy định", "Expected", 10, lambda one: one.expected),
    _Column("Chênh lệch", "Difference", 9, lambda one: one.difference),
    _Column(
        "Quy tắc, căn cứ, ảnh hưởng và việc cần làm",
        "Rule, source, effect and advice",
        36,
        lambda one: _lines(one.rule, one.source, one.effect, one.advice),
    ),
)
_ANSWERED = _Column("Đã trả lời", "Replies so far", 22, lambda one: _replies(one.replies))
_NUMBER = ("STT", "No.", 4)
_IDENTITY = ("Mã phát hiện", "Finding ID", 7)


def write_workbook(report: Report, path: Path) -> None:
    """Writes the workbook of a report; the same report gives the same bytes."""
    with Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": _title(report).vi, "created": _MADE})
        _Sheet(book, report).write()


class _Sheet:
    """The one sheet of a workbook: what the report is, how to reply, and the table of findings."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self.book, self.report = book, report
        self.sheet: Worksheet = book.add_worksheet(_SHEET)
        self.columns = (*_SAID, _ANSWERED) if any(one.replies for one in report.findings) else _SAID
        self.first_blank = 1 + len(self.columns)
        self.identity = self.first_blank + len(_BLANK)
        self.row = 0
        self.cell = self._format(**_EDGED)
        self.number = self._format(align="center", **_EDGED)
        self.english = self._format(font_color="#595959", italic=True)
        self.hidden = self._format(**_EDGED | {"font_color": "#BFBFBF", "text_wrap": False})
        blank = _EDGED | {"bg_color": "#FFFBE6", "locked": False}
        self.blank = self._format(num_format="@", **blank)
        self.blank_day = self._format(num_format="dd/mm/yyyy", **blank)

    def write(self) -> None:
        self._set_widths()
        self._line(Words(_title(self.report).vi.upper(), ""), bold=True, font_size=14)
        self._line(self.report.verdict, bold=True)
        self._line(_HINT)
        header = self.row
        self._header()
        for number, finding in enumerate(self.report.findings, 1):
            self._finding(number, finding)
        self._set_page(header)
        self._guide()

    def _format(self, **properties: object) -> Format:
        return self.book.add_format(_FONT | properties)

    def _set_widths(self) -> None:
        self.widths = [_NUMBER[2], *(one.width for one in self.columns), *(width for *_, width in _BLANK), _IDENTITY[2]]
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def _line(self, text: Words, **properties: object) -> None:
        """A line over the whole width of the table, English behind Vietnamese."""
        shown = _clean(" / ".join(part for part in (text.vi, text.en) if part))
        style = self._format(text_wrap=True, valign="vcenter", **properties)
        self.sheet.merge_range(self.row, 0, self.row, self.identity, "", style)
        self.sheet.write_string(self.row, 0, shown, style)
        self.sheet.set_row(self.row, _height([(shown, sum(self.widths))], style.font_size))
        self.row += 1

    def _header(self) -> None:
        shared = _EDGED | {"bold": True, "align": "center", "valign": "vcenter"}
        said, blank = self._format(bg_color="#DDEBF7", **shared), self._format(bg_color="#FFE699", **shared)
        names = [_NUMBER[:2], *((one.vi, one.en) for one in self.columns), *(one[:2] for one in _BLANK), _IDENTITY[:2]]
        for column, (vi, en) in enumerate(names):
            style = blank if self.first_blank <= column < self.identity else said
            self.sheet.write_string(self.row, column, f"{vi}\n{en}", style)
        self.sheet.set_row(self.row, 4 * _LINE)
        self.row += 1

    def _finding(self, number: int, finding: Finding) -> None:
        texts = [one.text(finding) for one in self.columns]
        self.sheet.write_number(self.row, 0, number, self.number)
        for column, text in enumerate(texts, 1):
            self._both(column, text)
        self.sheet.write_string(self.row, self.identity, finding.finding_id, self.hidden)
        is_open = finding.status == "open"
        for column in range(self.first_blank, self.identity):
            style = self.blank_day if column == self.identity - 1 else self.blank
            self.sheet.write_blank(self.row, column, None, style if is_open else self.cell)
        if is_open:
            self._offer_kinds()
        shown = [(_together(text), one.width) for text, one in zip(texts, self.columns, strict=True)]
        self.sheet.set_row(self.row, _height(shown))
        self.row += 1

    def _both(self, column: int, text: Words) -> None:
        """Vietnamese, and below it English where it differs."""
        vi, en = _clean(text.vi), _clean(text.en)
        if vi and en and vi != en:
            self.sheet.write_rich_string(self.row, column, f"{vi}\n", self.english, en, self.cell)
        else:
            self.sheet.write_string(self.row, column, vi, self.cell)

    def _offer_kinds(self) -> None:
        choice = [one.vi for one in words.REPLIES.values()]
        rule = {
            "validate": "list",
            "source": choice,
            "error_title": "Hình thức trả lời",
            "error_message": "Hãy chọn một mục trong danh sách. / Choose one of the list.",
        }
        self.sheet.data_validation(self.row, self.first_blank, self.row, self.first_blank, rule)

    def _guide(self) -> None:
        """A sheet of its own that says how to reply, so that the head of the findings stays low."""
        sheet = self.book.add_worksheet(_GUIDE)
        sheet.set_column(0, 1, 75)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        shared = _EDGED | {"border": 0}
        vietnamese, english = self._format(**shared), self._format(**shared | {"font_color": "#595959", "italic": True})
        for row, said in enumerate(_HOW_TO):
            sheet.write_string(row, 0, said.vi, vietnamese)
            sheet.write_string(row, 1, said.en, english)
            sheet.set_row(row, _height([(said.vi, 75), (said.en, 75)]))

    def _set_page(self, header: int) -> None:
        sheet = self.sheet
        sheet.freeze_panes(header + 1, 0)
        sheet.autofilter(header, 0, max(self.row - 1, header), self.identity)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(header)
        sheet.print_area(0, 0, max(self.row - 1, header), self.identity)
        sheet.set_footer("&L&A&RTrang &P/&N")


def _title(report: Report) -> Words:
    of = sentences.headline(report.kinds)
    return Words(
        f"Phiếu chất lượng số liệu năm {report.year}{of.vi}: {report.name.vi}",
        f"Data quality report {report.year}{of.en}: {report.name.en}",
    )


def _status(finding: Finding) -> Words:
    """The status, with whoever accepted the finding and why."""
    accepted = finding.acceptance
    if accepted is None:
        return finding.status_words
    aside = [accepted.accepted_by or "", words.day(accepted.accepted_on).vi, accepted.why or ""]
    said = "; ".join(part for part in aside if part)
    return Words(f"{finding.status_words.vi}: {said}" if said else finding.status_words.vi, finding.status_words.en)


def _code(finding: Finding) -> Words:
    """What people type for a finding, once for both languages."""
    return Words(f"Mã: {finding.short_id}", "")


def _replies(replies: Iterable[Reply]) -> Words:
    """What was answered before, a line each."""
    lines = []
    for one in replies:
        proposed = f"{_PROPOSED}: {one.proposed_words.vi}" if one.proposed else None
        said = ". ".join(part for part in (one.kind_words.vi, proposed, one.text) if part)
        aside = ", ".join(part for part in (one.replied_by, words.day(one.replied_on).vi) if part)
        lines.append(f"{said} ({aside})" if aside else said)
    return Words("\n".join(lines), "\n".join(lines))


def _lines(*texts: Words) -> Words:
    """Texts below each other."""
    return Words("\n".join(one.vi for one in texts if one.vi), "\n".join(one.en for one in texts if one.en))


def _together(text: Words) -> str:
    vi, en = _clean(text.vi), _clean(text.en)
    return f"{vi}\n{en}" if vi != en else vi


def _clean(text: str) -> str:
    """The text as a cell may show it: without control and direction marks, and cut where no row could show it."""
    text = "".join(letter for letter in text if letter == "\n" or is_seen(letter))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _height(texts: Iterable[tuple[str, int]], size: float = _SIZE) -> float:
    """The height of a row that shows these texts in columns of these widths whole."""
    lines = max(
        sum(max(1, math.ceil(len(line) / (width * _LETTERS))) for line in text.split("\n")) for text, width in texts
    )
    return min(lines * _LINE * size / _SIZE + 4, _TALLEST)
