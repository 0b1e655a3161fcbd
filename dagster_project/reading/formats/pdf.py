"""PDF files with a text layer: page by page, text and tables from the top.

Here: pages and their order. Not here: letters (`pdf_text.py`), tables (`pdf_tables.py`, `pdf_columns.py`), and joining
what a page break has cut, which is the business of whoever knows what a row means.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

from ..document import Unreadable
from ..grids import Cell, Grid, Row
from . import pdf_limits, refusals
from .limits import MAX_PAGES, PDF_SECONDS
from .pdf_columns import ColumnReader
from .pdf_tables import RuledTable, ruled_tables
from .pdf_text import Letter, Line, lines_of

_PICTURE_SHARE = 0.5  # of a page that holds no letter
_SAME_PRINT = 0.5  # points; the same letter at less than about this distance is one
_UNKNOWN_LETTER = "(cid:"


def read(content: bytes) -> list[Grid]:
    """The grids of all pages; rows outside tables are the lines of a page, which are counted on it.

    Raises Unreadable: `password_protected`, `image_only_pdf`, `damaged_file`, `expands_too_much`.
    """
    try:
        with pdf_limits.time_limit(PDF_SECONDS), pdf_limits.size_limit():
            return _read(content)
    except (pdf_limits.TooLong, pdf_limits.TooLarge) as error:
        raise pdf_limits.refusal(error) from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # the library has no exception of its own for most of what can be wrong
        raise refusals.damaged_file("its pages cannot be read", "không đọc được các trang") from error


def _read(content: bytes) -> list[Grid]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        document = pdfplumber.open(io.BytesIO(content))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise refusals.password_protected() from error
        raise
    if not document.pages:
        raise refusals.damaged_file("it has no pages", "không có trang nào")
    if len(document.pages) > MAX_PAGES:
        raise refusals.expands_too_much("has {} pages", "có {} trang", len(document.pages))
    grids: list[Grid] = []
    pictures: list[int] = []
    columns = ColumnReader()
    for page in document.pages:
        letters = _letters(page)
        if not letters and _is_picture(page):
            pictures.append(page.page_number)
        grids += _page(page, letters, columns)
        page.close()
    _refuse_pictures(grids, pictures)
    return grids


def _refuse_pictures(grids: list[Grid], pictures: list[int]) -> None:
    """A page that is a picture may hold any of the tables: the rest of the file is not read as if it were the whole."""
    texts = [cell.text for grid in grids for row in grid.rows for cell in row.cells]
    if not texts:
        raise refusals.image_only_pdf()
    if pictures:
        raise refusals.image_only_pdf(pictures[0])
    if sum(_UNKNOWN_LETTER in text for text in texts) * 2 > len(texts):
        raise refusals.letters_without_meaning()


def _letters(page: Any) -> list[Letter]:
    """The letters on the page: not those beside it, and once those that are printed twice to look bold."""
    x0, top, x1, bottom = page.bbox
    letters, printed = [], set()
    for letter in page.chars:
        middle_x, middle_y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        across, along = round(middle_x / _SAME_PRINT), round(middle_y / _SAME_PRINT)
        places = {(letter["text"], across + dx, along + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if x0 <= middle_x <= x1 and top <= middle_y <= bottom and printed.isdisjoint(places):
            letters.append(letter)
            printed.add((letter["text"], across, along))
    return letters


def _is_picture(page: Any) -> bool:
    area = sum(image["width"] * image["height"] for image in page.images)
    return area >= _PICTURE_SHARE * page.width * page.height


def _page(page: Any, letters: list[Letter], columns: ColumnReader) -> Iterator[Grid]:
    """The grids of one page. Its tables are counted on it, with lines or without."""
    tables = ruled_tables(page)
    outside = [letter for letter in letters if not any(table.take(letter) for table in tables)]
    name, line_numbers, table_numbers = str(page.page_number), count(1), count(1)
    for part in _parts(tables, lines_of(outside), columns):
        if isinstance(part, list):
            rows = tuple(Row(next(line_numbers), (Cell(1, text),)) for text in part)
            yield Grid(name, None, rows)
        else:
            yield Grid(name, next(table_numbers), part)


def _parts(tables: list[RuledTable], lines: list[Line], columns: ColumnReader) -> Iterator[list[str] | tuple[Row, ...]]:
    """Texts of consecutive lines, and rows of tables, in their order from the top."""
    for table in tables:
        above = [line for line in lines if line.middle < table.top]
        yield from columns.split(above)
        yield table.rows()
        lines = lines[len(above) :]
    yield from columns.split(lines)
