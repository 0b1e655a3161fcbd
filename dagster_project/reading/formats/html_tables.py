"""Web pages, and the '.xls' of portals that are web pages: tables with their merged cells, and the text around them.

Here: HTML as it is, read by a parser that runs nothing and fetches nothing. Not here: encodings (`decoding.py`), and
numbers: a cell is the text that it shows, because a thousands mark is not for a reader to guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from ..grids import OBJECT, PICTURE, Cell, Grid, Row
from . import refusals
from .html_looks import Looks, is_hidden, is_turned
from .limits import MAX_CELLS, MAX_HTML_BYTES, MAX_ROWS, MAX_SPAN, MEGABYTE
from .seen import HIDDEN, MOST_CELLS_IN_A_CELL, SHOWN, TABLE, Part, Seen, seen
from .values import whole

_SKIPPED = {"script", "style", "template", "noscript", "head", "title", "datalist", "button", "rt", "rp"}
_THINGS = {"img": PICTURE, "svg": PICTURE, "canvas": PICTURE, "object": OBJECT, "embed": OBJECT, "iframe": OBJECT}
_TICKS, _NO_TEXT = {"checkbox", "radio"}, {"hidden", "submit", "button", "reset", "image", "file", "password"}
_BREAKING = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "article", "header"}
_TURNED = "\u202e"  # before letters that are written from the right: no figure is to be made of them
_SPACES = re.compile(r"[ \t\r\n\f]+")
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
    return [] if root is None else _Page(Looks(root)).read(root)


class _Page:
    """The grids of one page while it is walked through. Lines of text outside tables are counted over the page."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._grids: list[Grid] = []
        self._lines: list[list[Part]] = [[]]
        self._line_numbers = count(1)
        self._table_numbers = count(1)
        self._cells = 0

    def read(self, root) -> list[Grid]:
        self._walk(root)
        self._close_text()
        return self._grids

    def _walk(self, element, mark: str = SHOWN) -> None:
        tag = element.tag
        if tag == "table":
            if mark != HIDDEN and not is_hidden(element, self._looks.style(element)):
                self._close_text()
                self._table(element)
        elif tag not in _SKIPPED:
            breaks = tag in _BREAKING
            if breaks or tag == "br":
                self._lines.append([])
            mark = mark or self._looks.mark(element, has_ground=True)
            self._lines[-1].append(Part(element.text or "", mark))
            if tag in _THINGS:
                self._lines += [[Part(_THINGS[tag], _THINGS[tag])], []]
            for child in element:
                self._walk(child, mark)
                self._lines[-1].append(Part(child.tail or "", mark))
            if breaks:
                self._lines.append([])

    def _close_text(self) -> None:
        rows = []
        for found in map(seen, self._lines):
            if text := " ".join(found.text.split()):
                rows.append(Row(next(self._line_numbers), (Cell(1, text),)))
            elif found.flaw in (PICTURE, OBJECT):
                rows.append(Row(next(self._line_numbers), (Cell(2, "", flaw=found.flaw),)))
        self._lines = [[]]
        if rows:
            self._grids.append(Grid(page_or_sheet=None, table_number=None, rows=tuple(rows)))

    def _table(self, table) -> None:
        nested: list = []
        number, rows = next(self._table_numbers), tuple(self._rows(table, nested))
        hidden = frozenset(self._hidden_columns(table))
        self._grids.append(Grid(page_or_sheet=None, table_number=number, rows=rows, hidden_columns=hidden))
        for inner in nested:
            self._table(inner)

    def _hidden_columns(self, table) -> Iterator[int]:
        column = 1
        for element in table.iter("col"):
            span = _span(element, "span")
            if is_hidden(element, self._looks.style(element)) or element.get("width") == "0":
                yield from range(column, column + span)
            column += span

    def _rows(self, table, nested: list) -> Iterator[Row]:
        """A cell that is not displayed has no place, as in a browser; a row that is not is read, and marked."""
        covered: dict[int, int] = {}  # by column: how many further rows a cell above reaches down
        has_ground = self._looks.has_ground(table)
        for number, row in enumerate(_rows_of(table), start=1):
            if number > MAX_ROWS:
                raise refusals.too_many_rows(None)
            column, cells, reaching = 1, [], {}
            on_ground = has_ground or self._looks.has_ground(row)
            for element in row.iterchildren("td", "th"):
                if self._looks.style(element).get("display") == "none":
                    continue
                while covered.get(column):
                    column += 1
                across, down = _span(element, "colspan"), _span(element, "rowspan")
                found = self._cell(element, nested, on_ground or self._looks.has_ground(element))
                if found.text or found.flaw:
                    cells.append(Cell(column, found.text, found.raw, flaw=found.flaw, across=across, down=down))
                self._count(across)
                reaching.update(dict.fromkeys(range(column, column + across), down - 1))
                column += across
            covered = {at: left - 1 for at, left in covered.items() if left > 1} | {
                at: left for at, left in reaching.items() if left
            }
            yield Row(number, tuple(cells), is_hidden(row, self._looks.style(row)))

    def _cell(self, element, nested: list, has_ground: bool) -> Seen:
        """The text of a cell with its line breaks; spaces as a browser shows them. A table in it is put aside; where
        the cell holds no text beside it, one that holds a single text is the cell's, and of a few texts the cell says
        that it cannot tell."""
        lines: list[list[Part]] = [[]]
        tables: list = []

        def walk(at, mark: str) -> None:
            if at.tag == "table":
                tables.append(at)
                return
            if at.tag in _SKIPPED:
                return
            mark = mark or self._looks.mark(at, has_ground)
            if is_turned(at, self._looks.style(at)):
                lines[-1].append(Part(_TURNED, mark))
            lines[-1].append(Part(self._looks.content(at, "before"), mark))
            if at.tag == "br" or at.tag in _BREAKING:
                lines.append([])
            if at.tag in ("input", "select", "textarea"):
                lines[-1].append(_chosen(at, mark))
                return
            lines[-1].append(Part(_THINGS.get(at.tag, at.text or ""), _THINGS.get(at.tag, mark)))
            shown = _shown_of(at)
            for child in at:
                walk(child, mark if shown is None or child is shown else HIDDEN)
                lines[-1].append(Part(child.tail or "", mark if shown is None else HIDDEN))
            lines[-1].append(Part(self._looks.content(at, "after"), mark))
            if at.tag in _BREAKING:
                lines.append([])

        walk(element, SHOWN)
        found = _laid_out(lines)
        for table in tables:
            filled = [at for at in table.iter("td", "th") if "".join(at.itertext()).strip()]
            is_alone = not found.text and not found.flaw
            if is_alone and len(filled) == 1:
                found = self._cell(filled[0], nested, has_ground)
                continue
            nested.append(table)
            if is_alone and 1 < len(filled) <= MOST_CELLS_IN_A_CELL:
                found = _laid_out([[Part("".join(at.itertext()), TABLE)] for at in filled])
        return found

    def _count(self, columns: int) -> None:
        self._cells += columns
        if self._cells > MAX_CELLS:
            raise refusals.expands_too_much("has over {} cells", "có quá {} ô", MAX_CELLS)


def _shown_of(element) -> Any:
    """The one child that an element shows where it is closed: the summary of details. None of any other element."""
    if element.tag != "details" or "open" in element.attrib:
        return None
    return next(element.iterchildren("summary"), element)


def _rows_of(table) -> Iterator:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from child.iterchildren("tr")


def _span(element, name: str) -> int:
    return min(max(whole(element.get(name, "").strip()) or 1, 1), MAX_SPAN)


def _laid_out(lines: list[list[Part]]) -> Seen:
    """What is seen of the lines of a cell: each without spaces at its ends, empty ones left out."""
    parts = [[Part(_SPACES.sub(" ", part.text), part.mark) for part in line] for line in lines]
    found = seen(part for line in parts for part in (*line, Part("\n")))
    texts = [" ".join(line.split()) for line in found.text.splitlines()]
    raw = " ".join(found.raw.split()) if found.raw else None
    return Seen("\n".join(text for text in texts if text), raw, found.flaw)


def _chosen(control, mark: str) -> Part:
    """What a control of a form shows: what was typed or chosen, as the saved page has it."""
    if control.tag == "textarea":
        return Part(control.text or "", mark)
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if "multiple" not in control.attrib:
            chosen = chosen[-1:] or options[:1]
        return Part(", ".join("".join(option.itertext()).strip() for option in chosen), mark)
    kind = control.get("type", "text").strip().lower()
    if kind in _TICKS:
        return Part("☒" if "checked" in control.attrib else "☐", mark)
    return Part("" if kind in _NO_TEXT else control.get("value", ""), mark)
