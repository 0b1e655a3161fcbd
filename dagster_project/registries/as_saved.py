"""A CSV file as an office program saves it → its header and rows, each row with its line.

Here: encodings, 'sep=' lines, commas or semicolons, quotes, comments, columns and lines without anything in them. Not
here: which columns there must be (`tables.py`), and what values mean (`values.py`).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

_MARKS = ",;\t|"
_SEP_LINE = re.compile(r'\s*"?sep=.?"?[\s,;|]*', re.IGNORECASE)
_VOWELS = frozenset("aeiouy")


@dataclass(slots=True)
class Saved:
    """text: all of it, as it stands. header: the names in its first line, small and without spaces. header_line: which
    line that is. rows and lines: the others, with the line at which each begins. mark: what stands between fields.
    is_plain: nothing had to be understood: UTF-8, commas, lines ended by a line feed. fault: why the rest could not be
    read: line, Vietnamese, English."""

    text: str = ""
    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    mark: str = ","
    is_plain: bool = True
    fault: tuple[int, str, str] | None = None


def read_saved(content: bytes, columns: Collection[str]) -> Saved:
    """Takes the bytes of a file apart. columns: names that its header may hold, by which the mark between fields is
    recognised."""
    saved = Saved()
    text = _decoded(content, saved)
    if text is None:
        return saved
    saved.text = text
    first, ended, rest = text.partition("\n")
    skipped = 0
    if _SEP_LINE.fullmatch(first):
        text, skipped, saved.is_plain = rest if ended else "", 1, False
    header = next((line for line in text.splitlines() if line.strip(" \t,;|") and not _is_comment(line)), "")
    saved.mark = max(_MARKS, key=lambda mark: len(set(columns) & set(map(name_of, _fields(header, mark)))))
    saved.is_plain = saved.is_plain and saved.mark == "," and "\r" not in text
    _take_rows(text, skipped, saved)
    return saved


def name_of(cell: str) -> str:
    """The name of a column, however its header is written: ' Valid From-Year' is valid_from_year."""
    return re.sub(r"[\s\-]+", "_", cell.strip().strip("\ufeff\u200b").strip().casefold())


def record_at(lines: Sequence[str], line: int) -> tuple[int, int]:
    """Which of the lines of a file the row is that begins at one, counted from 1: the first of them and the one behind
    the last. There are several where a field holds line breaks."""
    first, last = line - 1, line
    while last < len(lines) and "".join(lines[first:last]).count('"') % 2:
        last += 1
    return first, last


def _decoded(content: bytes, saved: Saved) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded_otherwise(content, saved)
        if text is None:
            return None
    if text.startswith("\ufeff") or not unicodedata.is_normalized("NFC", text):
        saved.is_plain = False
        text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        saved.fault = _no_text(line)
        return None
    return text


def _decoded_otherwise(content: bytes, saved: Saved) -> str | None:
    """UTF-16, or the encoding of Vietnamese Windows; not text whose letters were lost when it was saved."""
    from ..reading.formats.decoding import decode

    saved.is_plain = False
    text = decode(content)
    if text is None:
        saved.fault = _no_text(1)
        return None
    for number, line in enumerate(text.splitlines(), 1):
        if "\ufffd" in line or (b"\0" not in content and not _is_vietnamese(line)):
            saved.fault = (
                number,
                "bảng mã của tệp không ghi được mọi chữ tiếng Việt, có chữ đã mất dấu. Hãy mở bản gốc và lưu lại dạng "
                "'CSV UTF-8'.",
                "the encoding of this file cannot hold all Vietnamese letters, and some were lost. Open the original "
                "and save it as 'CSV UTF-8'.",
            )
            return None
    return text


def _is_vietnamese(line: str) -> bool:
    """Whether each tone mark follows a vowel; where it does not, the bytes are of another encoding."""
    letters = unicodedata.normalize("NFD", line.casefold())
    base = ""
    for letter in letters:
        if not unicodedata.combining(letter):
            base = letter
        elif base not in _VOWELS:
            return False
    return True


def _take_rows(text: str, skipped: int, saved: Saved) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=saved.mark, strict=True)
    end = 0
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            if end > start and _holds_lines(cells, saved):
                saved.fault = open_quote(start + skipped)
                return
            if not any(map(str.strip, cells)) or _is_comment(cells[0]):
                saved.is_plain = False
            elif saved.header:
                saved.rows.append(cells)
                saved.lines.append(start + skipped)
            else:
                saved.header, saved.header_line = [name_of(cell) for cell in cells], start + skipped
                saved.is_plain = saved.is_plain and cells == saved.header and start == 1
    except csv.Error:
        saved.fault = open_quote(end + 1 + skipped)


def _is_comment(line: str) -> bool:
    return line.lstrip(' \t"').startswith("#")


def _holds_lines(cells: list[str], saved: Saved) -> bool:
    """Whether a cell with line breaks has taken in whole lines, as after a quotation mark that is never closed."""
    marks = max(len(saved.header or cells) - 1, 1)
    return any(line.count(saved.mark) >= marks for cell in cells if "\n" in cell for line in cell.splitlines())


def _fields(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def open_quote(line: int) -> tuple[int, str, str]:
    """What is said where a quotation mark has taken in the lines below: the line, Vietnamese, English."""
    return (
        line,
        "dấu nháy kép mở ra ở dòng này mà không đóng lại đúng chỗ, nên các dòng dưới bị nuốt. Hãy xóa dấu nháy, hoặc "
        "viết hai dấu nháy liền nhau.",
        "a quotation mark is opened in this line and not closed in its place, so that it swallows the lines below. "
        "Delete it, or write it twice.",
    )


def _no_text(line: int) -> tuple[int, str, str]:
    return (
        line,
        "đây không phải tệp CSV. Hãy mở bằng Excel và lưu lại dạng 'CSV UTF-8'.",
        "this is no CSV file. Open it in a spreadsheet program and save it as 'CSV UTF-8'.",
    )
