"""Grids of addressed cells: what every format reader gives, and all that the rest of `reading` sees of a file.

Here: the three small types, with no idea of scores. Not here: how a format is opened (`formats/`), what a table
or a header is (`tables.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

# Why a cell is not taken as it is stored: all of it is struck out, hidden, covered by something, a control whose value
# nobody chose or that cannot be read, decimals that are raised like a mark, a table in the cell, a line drawn over it,
# a rule of formatting that may hide it; or it shows a number as a percentage, scaled, or among other digits.
UNCLEAR = frozenset(
    {
        "struck_out",
        "hidden",
        "covered",
        "control",
        "raised",
        "table",
        "picture",
        "object",
        "fields",
        "percent",
        "scaled",
        "number_format",
        "rule",
        "drawn_over",
    }
)
# What a line outside tables holds that may be a table to the eye; such a cell has no text.
PICTURE, OBJECT = "picture", "object"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something.

    column: 1-based, the file's own (a workbook's column, a table's column, a field of a line).
    text: NFC, otherwise as it stood; a workbook's number at 15 significant digits; '' where only `flaw` is known.
    raw: the text or value as the file stores it, where it differs from `text` (binary noise, what is not seen), else
    None.
    name: the cell's own name in the file (`D7` in a workbook), else None.
    flaw: why the content cannot be what was typed: `date`, `error_value`, `formula_without_value`; or why it cannot be
    taken as it is stored: a word of `UNCLEAR`; else None.
    across, down: columns and rows that a merged cell covers.
    shown: a number as the program shows it, where it shows fewer decimals than it stores; else None.
    """

    column: int
    text: str
    raw: str | None = None
    name: str | None = None
    flaw: str | None = None
    across: int = 1
    down: int = 1
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row or line. number: 1-based, the file's own: sheet row, row of a PDF or Word table, line of a text.
    is_hidden: the program does not show it."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Consecutive rows of one sheet, page, table or run of paragraphs; grids follow each other in reading order.

    page_or_sheet: the sheet's name, the page as '3', else None.
    table_number: 1-based count of the file's own tables (Word, PDF); None for a sheet, a text, running paragraphs.
    A paragraph outside a table is a row with one cell in column 1.
    hidden_columns: those that the program does not show. is_scanned: the letters were recognised on a picture.
    is_hidden: the program shows none of it; its cells are counted, and nothing else is made of them.
    """

    page_or_sheet: str | None
    table_number: int | None
    rows: tuple[Row, ...]
    hidden_columns: frozenset[int] = frozenset()
    is_scanned: bool = False
    is_hidden: bool = False
