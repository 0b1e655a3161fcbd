"""The decision of 2020 as lines of cells that can be altered one by one, and the forms that a copy of it can be sent
in.

Here: the real text taken apart, where each cell of it stands, and writing a copy as text, CSV or workbook. Not here:
what is altered (`defects.py`, `neutral.py`), and any reading: the project's own readers get files.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DECISION = ROOT / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
TRUTH = ROOT / "tests" / "data" / "decision_2020.json"
NAMES = ROOT / "tests" / "data" / "seed_names_resolved.csv"
FORMS = ("txt", "csv", "xlsx")

COMPONENTS = {
    "readiness": ("r_infra", "r_hr", "r_env"),
    "attainment": ("a_presence", "a_interact", "a_transact", "a_transform"),
}
TOTALS = {"readiness": "r_total", "attainment": "a_total"}
PILLARS = {column: pillar for pillar, columns in COMPONENTS.items() for column in columns} | {
    total: pillar for pillar, total in TOTALS.items()
}
FIGURES = tuple(PILLARS)
# The columns as the warehouse calls them.
FIELDS = {
    "r_infra": "infrastructure",
    "r_hr": "human_resources",
    "r_env": "environment",
    "r_total": "readiness_total",
    "a_presence": "presence",
    "a_interact": "interaction",
    "a_transact": "transaction",
    "a_transform": "transformation",
    "a_total": "attainment_total",
}

# What a line is about: the annex and the position of a unit's row (1, 2, 3 …), or the level of a note ('II').
Origin = tuple[str, int | str]


@dataclass(slots=True)
class Line:
    """One line of the decision. origin: None for what is neither a unit's row nor a threshold's note. is_header: a
    line of column headers."""

    fields: list[str]
    origin: Origin | None = None
    is_header: bool = False

    @property
    def is_row(self) -> bool:
        return self.origin is not None and isinstance(self.origin[1], int)


@dataclass(slots=True)
class Copy:
    """The lines of a copy, in their order. as_text: in a workbook, figures are cells of text."""

    lines: list[Line] = field(default_factory=list)
    as_text: bool = False

    def row(self, annex: str, position: int | str) -> Line:
        return next(line for line in self.lines if line.origin == (annex, position))

    def rows(self, annex: str) -> list[Line]:
        """The unit rows of an annex."""
        return [line for line in self.lines if line.origin and line.origin[0] == annex and line.is_row]

    def get(self, annex: str, position: int | str, column: str) -> str:
        return self.row(annex, position).fields[column_number(annex, column)]

    def set(self, annex: str, position: int | str, column: str, text: str) -> None:
        self.row(annex, position).fields[column_number(annex, column)] = text


TRUE: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
ANNEXES: dict[str, Any] = TRUE["annexes"]
COLUMNS: dict[str, list[str]] = {annex: content["columns"] for annex, content in ANNEXES.items()}


def column_number(annex: str, column: str) -> int:
    """From 0; a note is all in its first cell."""
    return 0 if column == "note" else COLUMNS[annex].index(column)


def true_rows(annex: str) -> list[dict[str, Any]]:
    """The rows of an annex as people took them down."""
    return ANNEXES[annex]["rows"]


def decision() -> Copy:
    """The decision, unaltered. Raises AssertionError where it is not what people took down."""
    copy = Copy([Line(text.split("\t")) for text in DECISION.read_text(encoding="utf-8").split("\n")])
    for line, origin, is_header in _located(copy.lines):
        line.origin, line.is_header = origin, is_header
    for annex in ("01", "03"):
        printed = [dict(zip(COLUMNS[annex], line.fields, strict=True)) for line in copy.rows(annex)]
        assert printed == [{name: row[name] for name in COLUMNS[annex]} for row in true_rows(annex)]
    assert len(copy.rows("02")) == len(true_rows("02"))
    return copy


def altered(copy: Copy) -> Copy:
    """A copy of a copy, to be altered."""
    return deepcopy(copy)


def _located(lines: list[Line]) -> Iterator[tuple[Line, Origin | None, bool]]:
    annex, position = "", 0
    for line in lines:
        first = line.fields[0]
        if found := re.match(r"Phụ lục (\d\d)\.", first):
            annex, position = found[1], 0
        note = re.match(r"Mức (I|II|III|IV):", first)
        if annex and note:
            yield line, (annex, note[1]), False
        elif annex and len(line.fields) > 1 and first.isdigit():
            position += 1
            yield line, (annex, position), False
        else:
            yield line, None, bool(annex) and len(line.fields) > 1


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cell stands in a file: sheet and 'D7' of a workbook, line and field (from 1) of a text."""

    sheet: str | None
    row: int
    column: int
    cell: str | None


def written(copy: Copy, form: str) -> bytes:
    """The file that holds a copy."""
    if form == "xlsx":
        return _workbook(copy)
    if form == "txt":
        return "\n".join("\t".join(line.fields) for line in copy.lines).encode()
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [_as_printed(cell) for cell in line.fields] for line in copy.lines
    )
    return ("\ufeff" + text.getvalue()).encode()


def address(copy: Copy, form: str, line: Line, column: int) -> Address:
    """Where a cell of a copy stands in its file; column from 0."""
    for sheet, lines in _sheets(copy) if form == "xlsx" else [(None, copy.lines)]:
        for number, each in enumerate(lines, 1):
            if each is line:
                return Address(sheet, number, column + 1, f"{'ABCDEFGHIJKLM'[column]}{number}" if sheet else None)
    raise ValueError("this line is not in the copy")


def lines_by_place(copy: Copy, form: str) -> dict[tuple[str | None, int], Line]:
    """The lines by sheet (None: a text) and number."""
    sheets = _sheets(copy) if form == "xlsx" else [(None, copy.lines)]
    return {(sheet, number): line for sheet, lines in sheets for number, line in enumerate(lines, 1)}


def _sheets(copy: Copy) -> list[tuple[str, list[Line]]]:
    """A sheet for what comes before the annexes, and one for each annex."""
    starts = [0] + [i for i, line in enumerate(copy.lines) if re.match(r"Phụ lục \d\d\.", line.fields[0])]
    ends = [*starts[1:], len(copy.lines)]
    return [
        (copy.lines[start].fields[0][:10] if start else "Quyết định", copy.lines[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _workbook(copy: Copy) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, lines in _sheets(copy):
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, text in enumerate(line.fields):
                    if text and _is_typed_number(text) and line.origin and not copy.as_text:
                        sheet.write_number(row, column, float(text))
                    elif text:
                        sheet.write_string(row, column, _as_printed(text))
    return content.getvalue()


def _is_typed_number(text: str) -> bool:
    """Whether a spreadsheet that is given this text keeps a number that shows just so."""
    return bool(re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", text))


def _as_printed(text: str) -> str:
    """A text without the marks of the program that took the decision's text from its pages."""
    text = re.sub(r"\$\\geq ?([0-9.,]+)\$", r"≥ \1", text)
    return re.sub(r"</?p>", " ", text).strip() if "<p>" in text else text
