"""PDF files with a text layer: page by page, text and tables from the top.

Here: pages and their order. Not here: letters (`pdf_text.py`), tables (`pdf_tables.py`, `pdf_columns.py`), and joining
what a page break has cut, which is the business of whoever knows what a row means.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

from ..document import Unreadable
from ..grids import Cell, Grid, Row
from . import pdf_limits, refusals
from .limits import MAX_PAGES, PDF_SECONDS
from .pdf_columns import ColumnReader
from .pdf_drawing import watched
from .pdf_forms import letters_of
from .pdf_halves import Halves, Page
from .pdf_seen import STRIKES, Seen
from .pdf_tables import RuledTable, ruled_tables
from .pdf_text import MARK, OUTSIDE, Letter, Line, lines_of, way_of
from .seen import CROSSED, CUT, SHOWN

_PICTURE_SHARE = 0.5  # of a page that holds no letter
_ON_ITS_SIDE = 0.7  # of a page's letters that are turned the same way
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
    pages: list[Page] = []
    pictures: list[int] = []
    columns, halves = ColumnReader(), Halves()
    with watched(document.doc.catalog):
        for page in map(_upright, document.pages):
            seen = Seen(page, _is_picture(page))
            letters = [*seen.letters, *letters_of(page)]
            if all(letter[MARK] == OUTSIDE for letter in letters) and _is_picture(page):
                pictures.append(page.page_number)
            pages.append(_page(page, letters, columns, halves, seen.is_scanned))
            page.close()
    grids = [grid for page in pages for grid in page.grids]
    _refuse_pictures(grids, pictures)
    return grids


def _upright(page: Any) -> Any:
    """The page, turned where what stands on it lies on its side."""
    from pdfplumber.page import Page as PdfPage

    ways = Counter(way_of(letter) for letter in page.chars)
    for way, turn in (("up", 90), ("down", 270)):
        if ways[way] > _ON_ITS_SIDE * ways.total():
            page.page_obj.rotate = (page.rotation + turn) % 360
            page.page_obj.attrs["Rotate"] = page.page_obj.rotate
            return PdfPage(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
    return page


def _refuse_pictures(grids: list[Grid], pictures: list[int]) -> None:
    """A page that is a picture may hold any of the tables: the rest of the file is not read as if it were the whole."""
    texts = [cell.text for grid in grids for row in grid.rows for cell in row.cells]
    if not texts:
        raise refusals.image_only_pdf()
    if pictures:
        raise refusals.image_only_pdf(pictures[0])
    if sum(_UNKNOWN_LETTER in text for text in texts) * 2 > len(texts):
        raise refusals.letters_without_meaning()


def _is_picture(page: Any) -> bool:
    area = sum(image["width"] * image["height"] for image in page.images)
    return area >= _PICTURE_SHARE * page.width * page.height


def _page(page: Any, letters: list[Letter], columns: ColumnReader, halves: Halves, is_scanned: bool) -> Page:
    """The grids of one page, none where it only goes on with the columns of another. Its tables are counted on it, with
    lines or without."""
    strikes = any(STRIKES in thing for kind in (page.lines, page.rects) for thing in kind)
    tables = ruled_tables(page.filter(lambda thing: STRIKES not in thing) if strikes else page)
    lines = _lines_beside(tables, letters)
    found = Page()
    if len(tables) == 1 and halves.join(tables[0], [line.text for line in lines]):
        return found
    if any(table.columns == 1 for table in tables):  # a frame around text
        tables = [table.emptied() for table in tables if table.columns > 1]
        lines = _lines_beside(tables, letters)
    name, line_numbers, table_numbers = str(page.page_number), count(1), count(1)
    for part in _parts(tables, lines, columns):
        if isinstance(part, list):
            rows = tuple(Row(next(line_numbers), (Cell(1, text),)) for text in part)
            found.grids.append(Grid(name, None, rows, is_scanned=is_scanned))
        else:
            rows = part.rows() if isinstance(part, RuledTable) else part
            found.grids.append(Grid(name, next(table_numbers), rows, is_scanned=is_scanned))
            if isinstance(part, RuledTable):
                found.tables[len(found.grids) - 1] = part
    halves.add(found)
    return found


def _lines_beside(tables: list[RuledTable], letters: list[Letter]) -> list[Line]:
    """The lines of text outside the tables, which take their letters. What is cut off or crossed out is still text."""
    for table in tables:
        letters = table.take(letters)
    return lines_of(letter for letter in letters if letter[MARK] in (SHOWN, CUT, CROSSED))


def _parts(
    tables: list[RuledTable], lines: list[Line], columns: ColumnReader
) -> Iterator[list[str] | tuple[Row, ...] | RuledTable]:
    """Texts of consecutive lines, and tables or their rows, in their order from the top."""
    for table in tables:
        above = [line for line in lines if line.middle < table.top]
        yield from columns.split(above)
        yield table
        lines = lines[len(above) :]
    yield from columns.split(lines)
