"""Web pages, and the '.xls' of portals that are web pages: tables with their merged cells, and the text around them.

Here: HTML as it is, read by a parser that runs nothing and fetches nothing. Not here: encodings (`decoding.py`), and
numbers: a cell is the text that it shows, because a thousands mark is not for a reader to guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ..grids import Cell, Grid, Row
from . import refusals
from .limits import MAX_CELLS, MAX_HTML_BYTES, MAX_ROWS, MAX_SPAN, MEGABYTE
from .values import clean, whole

_SKIPPED = {"script", "style", "template", "noscript", "head", "title"}
_BREAKING = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "article", "header"}
_SECTIONS = {"thead", "tbody", "tfoot"}


def read(text: str) -> list[Grid]:
    """Runs of text and tables in their order; a table within a cell follows the one that it stands in.

    Raises Unreadable where the page is too large.
    """
    from lxml import etree

    content = text.encode("utf-8", "replace")
    if len(content) > MAX_HTML_BYTES:
        size = len(content) // MEGABYTE
        raise refusals.expands_too_much("is a web page of {} MB", "là trang web có dung lượng {} MB", size)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(content, parser)
    return [] if root is None else _Page().read(root)


class _Page:
    """The grids of one page while it is walked through. Lines of text outside tables are counted over the page."""

    def __init__(self) -> None:
        self._grids: list[Grid] = []
        self._lines: list[str] = [""]
        self._line_numbers = count(1)
        self._table_numbers = count(1)
        self._cells = 0

    def read(self, root) -> list[Grid]:
        self._walk(root)
        self._close_text()
        return self._grids

    def _walk(self, element) -> None:
        tag = element.tag
        if tag == "table":
            self._close_text()
            self._table(element)
        elif tag not in _SKIPPED:
            breaks = tag in _BREAKING
            if breaks or tag == "br":
                self._lines.append("")
            self._lines[-1] += element.text or ""
            for child in element:
                self._walk(child)
                self._lines[-1] += child.tail or ""
            if breaks:
                self._lines.append("")

    def _close_text(self) -> None:
        texts = [line for line in (" ".join(clean(line).split()) for line in self._lines) if line]
        self._lines = [""]
        if texts:
            rows = tuple(Row(next(self._line_numbers), (Cell(1, text),)) for text in texts)
            self._grids.append(Grid(page_or_sheet=None, table_number=None, rows=rows))

    def _table(self, table) -> None:
        nested: list = []
        number, rows = next(self._table_numbers), tuple(self._rows(table, nested))
        self._grids.append(Grid(page_or_sheet=None, table_number=number, rows=rows))
        for inner in nested:
            self._table(inner)

    def _rows(self, table, nested: list) -> Iterator[Row]:
        covered: dict[int, int] = {}  # by column: how many further rows a cell above reaches down
        for number, row in enumerate(_rows_of(table), start=1):
            if number > MAX_ROWS:
                raise refusals.too_many_rows(None)
            column, cells, reaching = 1, [], {}
            for element in row.iterchildren("td", "th"):
                while covered.get(column):
                    column += 1
                across, down = _span(element, "colspan"), _span(element, "rowspan")
                text = clean(_text(element, nested)).strip()
                if text:
                    cells.append(Cell(column, text, across=across, down=down))
                self._count(across)
                reaching.update(dict.fromkeys(range(column, column + across), down - 1))
                column += across
            covered = {at: left - 1 for at, left in covered.items() if left > 1} | {
                at: left for at, left in reaching.items() if left
            }
            yield Row(number, tuple(cells))

    def _count(self, columns: int) -> None:
        self._cells += columns
        if self._cells > MAX_CELLS:
            raise refusals.expands_too_much("has over {} cells", "có quá {} ô", MAX_CELLS)


def _rows_of(table) -> Iterator:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from child.iterchildren("tr")


def _span(element, name: str) -> int:
    return min(max(whole(element.get(name, "").strip()) or 1, 1), MAX_SPAN)


def _text(element, nested: list) -> str:
    """The text of a cell with its line breaks; spaces as a browser shows them. Tables in it are put aside."""
    lines = [""]

    def walk(at) -> None:
        if at.tag == "table":
            nested.append(at)
        elif at.tag not in _SKIPPED:
            if at.tag == "br" or at.tag in _BREAKING:
                lines.append("")
            lines[-1] += at.text or ""
            for child in at:
                walk(child)
                lines[-1] += child.tail or ""
            if at.tag in _BREAKING:
                lines.append("")

    walk(element)
    return "\n".join(text for text in (" ".join(line.split()) for line in lines) if text)
