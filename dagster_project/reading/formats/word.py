"""Word documents (DOCX): the body in its order, paragraphs as rows, tables with their merged cells.

Here: what a reader of the document sees. Not here: deletions that are tracked, hidden text, headers and footers; the
numbers that Word counts by itself come from `word_numbering.py`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from ..grids import Cell, Grid, Row
from . import refusals
from .archive import Archive
from .limits import MAX_ELEMENTS, MAX_ROWS, MAX_SPAN
from .values import clean, whole
from .word_numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TYPES = "[Content_Types].xml"
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent", "tblPr", "tcPr")}
_SKIPPED.add(f"{_COMPATIBILITY}Fallback")
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Signs that Word's dialogue takes from the font Symbol, by their code there.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F02D": "-", "F0B7": "•"}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WRAPPERS |= {f"{_COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice")}
_OFF = ("0", "false", "off")


def read(archive: Archive) -> list[Grid]:
    """Runs of paragraphs and tables; a table within a cell follows the one that it stands in.

    Raises Unreadable where the document is too large or damaged.
    """
    if sum(archive.read(name).count(b"<") for name in archive.names if name.endswith(".xml")) > 2 * MAX_ELEMENTS:
        raise refusals.expands_too_much("has over {} elements", "có quá {} thành phần nội dung", MAX_ELEMENTS)
    import docx

    types = archive.read(_TYPES)
    for other in _OTHER_TYPES:
        types = types.replace(other, _DOCUMENT_TYPE)
    try:
        document = docx.Document(io.BytesIO(archive.repacked({_TYPES: types})))
        parts = {part.partname: part.element for part in document.part.package.iter_parts() if hasattr(part, "element")}
        numbering = Numbering(parts.get("/word/numbering.xml"), parts.get("/word/styles.xml"))
        body = document.element.body
    except Exception as error:  # the library has no exception of its own for most of what can be wrong
        raise refusals.damaged_file("its text cannot be read", "không đọc được nội dung") from error
    return _Body(numbering).read(body)


class _Body:
    """The grids of one document while it is walked through. Paragraphs outside tables are counted from 1."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._grids: list[Grid] = []
        self._paragraphs: list[Row] = []
        self._paragraph_numbers, self._table_numbers = count(1), count(1)

    def read(self, body) -> list[Grid]:
        self._walk(body)
        self._close_paragraphs()
        return self._grids

    def _walk(self, container) -> None:
        for block in _children(container, f"{_W}p", f"{_W}tbl"):
            if block.tag == f"{_W}tbl":
                self._close_paragraphs()
                self._table(block)
            else:
                number, text = next(self._paragraph_numbers), self._text(block)
                if number > MAX_ROWS:
                    raise refusals.too_many_rows(None)
                self._paragraphs.append(Row(number, (Cell(1, text),) if text.strip() else ()))
                for box in _boxes(block):
                    self._walk(box)

    def _close_paragraphs(self) -> None:
        if self._paragraphs:
            self._grids.append(Grid(page_or_sheet=None, table_number=None, rows=tuple(self._paragraphs)))
            self._paragraphs = []

    def _table(self, table) -> None:
        layout, nested = _Layout(), []
        for row in _children(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is None:
                self._row(row, layout, nested)
        self._grids.append(Grid(page_or_sheet=None, table_number=next(self._table_numbers), rows=layout.rows()))
        for inner in nested:
            self._table(inner)

    def _row(self, row, layout: _Layout, nested: list) -> None:
        layout.add_row(_setting(row, "trPr", "gridBefore"))
        for cell in _children(row, f"{_W}tc"):
            texts = []
            for block in _children(cell, f"{_W}p", f"{_W}tbl"):
                if block.tag == f"{_W}tbl":
                    nested.append(block)
                else:
                    texts.append(self._text(block))
                    texts += [self._text(inner) for box in _boxes(block) for inner in box.iter(f"{_W}p")]
            text = "\n".join(texts).strip("\n")
            layout.add_cell(text, _setting(cell, "tcPr", "gridSpan"), _merge(cell, "vMerge"), _merge(cell, "hMerge"))

    def _text(self, paragraph) -> str:
        label, text = self._numbering.label(paragraph), "".join(_pieces(paragraph))
        return clean(f"{label} {text}".strip(" ") if label else text)


@dataclass(slots=True)
class _Placed:
    """A cell while its table is being laid out."""

    column: int
    text: str
    across: int
    down: int = 1


class _Layout:
    """A table as it is laid out, row by row; a cell that continues another makes that one larger."""

    def __init__(self) -> None:
        self._rows: list[list[_Placed]] = []
        self._column = 1
        self._reaching: dict[int, _Placed] = {}  # by column, the cells that the next row may continue

    def add_row(self, columns_before: int) -> None:
        if len(self._rows) == MAX_ROWS:
            raise refusals.too_many_rows(None)
        self._rows.append([])
        self._column = 1 + min(columns_before, MAX_SPAN)

    def add_cell(self, text: str, across: int, vertical: str, horizontal: str) -> None:
        """vertical, horizontal: 'restart' where a merged cell begins, 'continue' where one goes on, else ''."""
        across = min(max(across, 1), MAX_SPAN)
        column, self._column = self._column, self._column + across
        row = self._rows[-1]
        if vertical == "continue" and column in self._reaching:
            self._reaching[column].down += 1
        elif horizontal == "continue" and row:
            row[-1].across += across
        else:
            row.append(_Placed(column, text, across))
            self._reaching.pop(column, None)
            if vertical:
                self._reaching[column] = row[-1]

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                number,
                tuple(Cell(at.column, at.text, across=at.across, down=at.down) for at in row if at.text.strip()),
            )
            for number, row in enumerate(self._rows, start=1)
        )


def _children(container, *wanted: str) -> Iterator:
    """The children of these tags, also within the wrappers that Word puts around any of them."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *wanted)


def _boxes(element) -> Iterator:
    """The text boxes that are anchored in a paragraph, but for those in another box and for the copies for old Word."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != f"{_COMPATIBILITY}Fallback":
            yield from _boxes(child)


def _pieces(element) -> Iterator[str]:
    """The pieces of text that are shown of a paragraph, in their order."""
    for child in element:
        if child.tag in (f"{_W}t", f"{_M}t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == f"{_W}sym":
            code = child.get(f"{_W}char", "").upper()
            yield _SYMBOLS.get(code, "\ufffd")
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "") not in _OFF


def _setting(element, properties: str, name: str) -> int:
    """The number that a property of a row or cell gives, 0 where it gives none."""
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return 0 if found is None else whole(found.get(f"{_W}val", "")) or 0


def _merge(cell, name: str) -> str:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "continue")
