"""Text files: one line a row, one field a cell, told apart by the delimiter that the lines themselves give evidence of.

Here: TXT, CSV and TSV. Not here: encodings (`decoding.py`), and marks such as '<p>', which stay as they stand.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator

from ..grids import Cell, Grid, Row
from . import refusals
from .limits import MAX_ROWS, MAX_TEXT_LETTERS
from .seen import without_signs
from .values import clean

# Where two have the same evidence, the first: a comma also stands in prose and figures.
_DELIMITERS = ("\t", "|", ";", ",")
_FEWEST_LINES = {"\t": 1, "|": 3}  # of running text that hold a mark which nobody writes in a sentence
_EVIDENCE_LETTERS = 500_000


def read(text: str, is_prose: bool) -> list[Grid]:
    """The one grid of the file. is_prose: as for `delimiter`.

    Raises Unreadable where there are too many rows or letters.
    """
    if _lines(text) > MAX_ROWS:
        raise refusals.too_many_rows(None)
    if len(text) > MAX_TEXT_LETTERS:
        raise refusals.expands_too_much("holds {} letters", "chứa {} ký tự", len(text))
    text = clean(text)
    rows = tuple(_rows(text, delimiter(text, is_prose)))
    return [Grid(page_or_sheet=None, table_number=None, rows=rows)]


def delimiter(text: str, is_prose: bool) -> str | None:
    """What parts the fields of a line; None for running text.

    is_prose: the file's name says plain text, so that commas and semicolons are punctuation unless most lines agree.
    """
    if declared := _declared(text):
        return declared
    for mark in ("\t", "|") if is_prose else ():
        if sum(mark in line for line in text.splitlines()) >= _FEWEST_LINES[mark]:
            return mark
    lines = [line for line in text[:_EVIDENCE_LETTERS].splitlines() if line.strip()]
    sample = "\n".join(lines)
    agreeing = {mark: _agreeing(sample, mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: math.prod(agreeing[mark]))
    needed = max(3, len(lines) // 2) if is_prose else 1
    return best if agreeing[best][0] >= needed else None


def _lines(text: str) -> int:
    return text.count("\n") + (text.count("\r") - text.count("\r\n"))


def _declared(text: str) -> str | None:
    """The delimiter of a first line such as 'sep=;', which Excel writes and reads."""
    first = text[:8].split("\n", 1)[0].strip(" \r").lower()
    return first[4] if len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS else None


def _agreeing(sample: str, mark: str) -> tuple[int, int]:
    """How many records have the number of fields that is the most frequent one above 1, and how many marks each has."""
    widths = Counter(len(record) for _, record in _records(sample, mark))
    del widths[1]
    width, records = max(widths.items(), key=lambda found: found[1], default=(1, 0))
    return records, width - 1


def _rows(text: str, mark: str | None) -> Iterator[Row]:
    """Empty lines are rows without cells; a line that only declares the delimiter is one too."""
    if mark is None:
        records = [(number, [line]) for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1)]
    else:
        records = _records(text, mark)
    for number, record in records:
        if number == 1 and _declared(text):
            record = []
        yield Row(number, tuple(_cell(at, field) for at, field in enumerate(record, start=1) if field.strip()))


def _cell(column: int, field: str) -> Cell:
    found = without_signs(field)
    return Cell(column, found.text, found.raw)


def _records(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """The line that each record starts on, and its fields. Where quotation marks do not pair up, they are letters:
    otherwise one stray mark would swallow the rest of the file."""
    csv.field_size_limit(MAX_TEXT_LETTERS)
    try:
        return list(_parse(text, mark, csv.QUOTE_MINIMAL))
    except csv.Error:
        return list(_parse(text, mark, csv.QUOTE_NONE))


def _parse(text: str, mark: str, quoting: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=quoting, strict=True)
    start = 1
    for record in reader:
        yield start, record
        start = reader.line_num + 1
