"""Word documents (DOCX): the body in its order, paragraphs as rows, tables with their merged cells.

Here: what a reader of the document sees. Not here: deletions that are tracked, hidden text, headers and footers; the
numbers that Word counts by itself come from `word_numbering.py`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from ..grids import OBJECT, PICTURE, Cell, Grid, Row
from . import refusals
from .archive import Archive
from .limits import MAX_ELEMENTS, MAX_ROWS, MAX_SPAN
from .seen import BESIDE, CONTROL, CROSSED, DRAWN_OVER, HIDDEN, MOST_CELLS_IN_A_CELL, SHOWN, TABLE, Part, Seen, seen
from .values import whole
from .word_numbering import Numbering
from .word_styles import Styles, ground_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RUN, _BOX, _TEXTS = f"{_W}r", f"{_W}txbxContent", {f"{_W}t", f"{_M}t"}
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TYPES = "[Content_Types].xml"
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_SKIPPED = {
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent", "tblPr", "tcPr", "rt")
}
_SKIPPED.add(f"{_COMPATIBILITY}Fallback")
# What holds something that is seen and cannot be read: a picture; an object, a control or a part of another format.
_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
}
_OBJECTS = {"{urn:schemas-microsoft-com:office:office}OLEObject", f"{_W}control", f"{_W}altChunk", f"{_W}subDoc"}
# Lines that are drawn by hand, and where they stand in a text.
_LINES = {
    "{urn:schemas-microsoft-com:vml}line",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}cNvCnPr",
}
_FORM, _LINE_FORMS = "{http://schemas.openxmlformats.org/drawingml/2006/main}prstGeom", ("line", "straightConnector1")
_DIAGONALS = (f"{_W}tl2br", f"{_W}tr2bl")
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Signs that Word's dialogue takes from the font Symbol, by their code there.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F02D": "-", "F0B7": "•"}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_WRAPPERS |= {f"{_COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice")}
_OFF = ("0", "false", "off")
# A file saved as 'Strict Open XML' bears other names for the same things.
_DOCUMENT, _STRICT_NAMES = "word/document.xml", b"http://purl.oclc.org/ooxml/"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


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
        document = docx.Document(io.BytesIO(archive.repacked(_transitional(archive) | {_TYPES: types})))
        parts = {part.partname: part.element for part in document.part.package.iter_parts() if hasattr(part, "element")}
        numbering = Numbering(parts.get("/word/numbering.xml"), parts.get("/word/styles.xml"))
        styles = Styles(parts.get("/word/styles.xml"))
        body = document.element.body
    except Exception as error:  # the library has no exception of its own for most of what can be wrong
        raise refusals.damaged_file("its text cannot be read", "không đọc được nội dung") from error
    return _Body(numbering, styles, _thing(body) is not None, _has_line(body)).read(body)


def _transitional(archive: Archive) -> dict[str, bytes]:
    """The parts of a strict document under the names that all libraries know; none of another."""
    if _STRICT_NAMES not in archive.read(_DOCUMENT):
        return {}
    replaced = {name: archive.read(name) for name in archive.names if name.endswith((".xml", ".rels"))}
    for strict, usual in _STRICT.items():
        replaced = {name: part.replace(strict, usual) for name, part in replaced.items()}
    return replaced


class _Body:
    """The grids of one document while it is walked through. Paragraphs outside tables are counted from 1."""

    def __init__(self, numbering: Numbering, styles: Styles, has_things: bool, has_lines: bool) -> None:
        self._numbering, self._styles = numbering, styles
        self._has_things, self._has_lines = has_things, has_lines
        self._grids: list[Grid] = []
        self._paragraphs: list[Row] = []
        self._paragraph_numbers, self._table_numbers = count(1), count(1)

    def read(self, body) -> list[Grid]:
        self._walk(body)
        self._close_paragraphs()
        return self._grids

    def _walk(self, container) -> None:
        for block in _children(container, f"{_W}p", f"{_W}tbl", f"{_W}altChunk", f"{_W}subDoc"):
            if block.tag == f"{_W}tbl":
                self._close_paragraphs()
                self._table(block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph) -> None:
        number, found = next(self._paragraph_numbers), seen(self._parts(paragraph, ""))
        if number > MAX_ROWS:
            raise refusals.too_many_rows(None)
        cells = (Cell(1, found.text, raw=found.raw),) if found.text.strip() else ()
        if thing := OBJECT if paragraph.tag in _OBJECTS else self._thing(paragraph):
            cells += (Cell(2, "", flaw=thing),)
        self._paragraphs.append(Row(number, cells))
        for box in _boxes(paragraph):
            self._walk(box)

    def _close_paragraphs(self) -> None:
        if self._paragraphs:
            self._grids.append(Grid(page_or_sheet=None, table_number=None, rows=tuple(self._paragraphs)))
            self._paragraphs = []

    def _table(self, table) -> None:
        layout, nested = _Layout(), []
        fill = self._styles.fills(_value(table.find(f"{_W}tblPr"), "tblStyle"))
        for row in _children(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is None:
                self._row(row, layout, nested, fill)
        self._grids.append(Grid(page_or_sheet=None, table_number=next(self._table_numbers), rows=layout.rows()))
        for inner in nested:
            self._table(inner)

    def _row(self, row, layout: _Layout, nested: list, fill: str) -> None:
        layout.add_row(_setting(row, "trPr", "gridBefore"))
        for cell in _children(row, f"{_W}tc"):
            if cell.find(f"{_W}tcPr/{_W}cellDel") is None:
                parts = self._cell_parts(cell, nested, ground_of(cell) or fill)
                found = seen(self._drawn_over(cell, parts))
                across, vertical, horizontal = (
                    _setting(cell, "tcPr", "gridSpan"),
                    _merge(cell, "vMerge"),
                    _merge(cell, "hMerge"),
                )
                layout.add_cell(found, across, vertical, horizontal)

    def _drawn_over(self, cell, parts: list[Part]) -> list[Part]:
        """The parts of a cell through which a diagonal border goes, or in which a line is anchored. Where such a line
        lies is known only to who lays the page out."""
        borders = cell.find(f"{_W}tcPr/{_W}tcBorders")
        edges = () if borders is None else (at for at in borders if at.tag in _DIAGONALS)
        mark = CROSSED if any(at.get(f"{_W}val") not in ("nil", "none") for at in edges) else SHOWN
        if self._has_lines and _has_line(cell):
            mark = DRAWN_OVER
        return [Part(part.text, part.mark or (mark if part.text.strip() else SHOWN)) for part in parts]

    def _cell_parts(self, cell, nested: list, ground: str) -> list[Part]:
        """The parts of a cell. A table in it is read as a table of its own; where the cell holds no text beside it, one
        that holds a single text is the cell's, and of a few texts the cell says that it cannot tell."""
        parts: list[Part] = []
        tables = []
        for block in _children(cell, f"{_W}p", f"{_W}tbl"):
            if block.tag == f"{_W}tbl":
                tables.append(block)
                continue
            parts += self._parts(block, ground)
            for box in _boxes(block):
                texts = (seen(self._parts(inner, ground)).text for inner in box.iter(f"{_W}p"))
                parts += [Part(f"\n{text}", BESIDE) for text in texts if text]
            parts.append(Part("\n"))
        for table in tables:
            cells = [self._cell_parts(inner, [], ground) for inner in table.iter(f"{_W}tc")]
            filled = [inner for inner in cells if any(part.text.strip() for part in inner)]
            is_alone = not any(part.text.strip() for part in parts)
            if is_alone and len(filled) == 1:
                parts += filled[0]
                continue
            nested.append(table)
            if is_alone and 1 < len(filled) <= MOST_CELLS_IN_A_CELL:
                parts += [Part(part.text, TABLE) for inner in filled for part in inner]
        thing = self._thing(cell)
        return [*parts, Part(thing, thing)] if thing else parts

    def _thing(self, element) -> str | None:
        return _thing(element) if self._has_things else None

    def _parts(self, paragraph, ground: str) -> list[Part]:
        """The parts of a paragraph, with the number that Word counts before it."""
        label, style = self._numbering.label(paragraph), _value(paragraph.find(f"{_W}pPr"), "pStyle")
        parts = list(_Pieces(self._styles, style, ground).of(paragraph))
        marks = [part.mark for part in parts if part.text.strip()]
        if label:
            parts.insert(0, Part(f"{label} " if marks else label, SHOWN if SHOWN in marks or not marks else marks[0]))
        return parts


@dataclass(slots=True)
class _Placed:
    """A cell while its table is being laid out."""

    column: int
    seen: Seen
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

    def add_cell(self, found: Seen, across: int, vertical: str, horizontal: str) -> None:
        """vertical, horizontal: 'restart' where a merged cell begins, 'continue' where one goes on, else ''."""
        across = min(max(across, 1), MAX_SPAN)
        column, self._column = self._column, self._column + across
        row = self._rows[-1]
        if vertical == "continue" and column in self._reaching:
            self._reaching[column].down += 1
        elif horizontal == "continue" and row:
            row[-1].across += across
        else:
            row.append(_Placed(column, found, across))
            self._reaching.pop(column, None)
            if vertical:
                self._reaching[column] = row[-1]

    def rows(self) -> tuple[Row, ...]:
        return tuple(Row(number, tuple(_cells(row))) for number, row in enumerate(self._rows, start=1))


def _cells(row: list[_Placed]) -> Iterator[Cell]:
    """The cells of a row that hold something; of a row that is hidden as a whole, none."""
    filled = [at for at in row if at.seen.text.strip() or at.seen.flaw]
    if not all(at.seen.flaw == HIDDEN for at in filled):
        for at in filled:
            yield Cell(at.column, at.seen.text, at.seen.raw, flaw=at.seen.flaw, across=at.across, down=at.down)


def _children(container, *wanted: str) -> Iterator:
    """The children of these tags, also within the wrappers that Word puts around any of them."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *wanted)


def _boxes(element) -> Iterator:
    """The text boxes that are anchored in a paragraph, but for those in another box and for the copies for old Word."""
    if next(element.iter(_BOX), None) is None:
        return
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag != f"{_COMPATIBILITY}Fallback":
            yield from _boxes(child)


class _Pieces:
    """The parts of one paragraph. A field shows its result, not its instruction, and a field within an instruction
    shows nothing; a list or a box to tick shows what was chosen."""

    def __init__(self, styles: Styles, paragraph_style: str, ground: str) -> None:
        self._styles, self._style, self._ground = styles, paragraph_style, ground
        self._fields: list[_Field] = []

    def of(self, element, mark: str = SHOWN) -> Iterator[Part]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == _RUN:
                yield from self.of(child, mark or self._styles.mark(child, self._style, self._ground))
            elif tag in _TEXTS:
                yield from self._shown(child.text or "", mark)
            elif tag in _MARKS:
                yield from self._shown(_MARKS[tag], mark)
            elif tag == f"{_W}fldChar":
                yield from self._field(child, mark)
            elif tag == f"{_W}sym":
                yield from self._shown(_SYMBOLS.get(child.get(f"{_W}char", "").upper(), "\ufffd"), mark)
            elif tag == f"{_W}sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
                yield from self.of(child, CONTROL)
            else:
                yield from self.of(child, mark)

    def _shown(self, text: str, mark: str) -> Iterator[Part]:
        if not any(field.is_instruction for field in self._fields):
            for field in self._fields:
                field.has_result = field.has_result or bool(text.strip())
            yield Part(text, mark)

    def _field(self, character, mark: str) -> Iterator[Part]:
        kind = character.get(f"{_W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field(_chosen(character)))
        elif kind == "separate" and self._fields:
            self._fields[-1].is_instruction = False
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.has_result:
                yield from self._shown(field.chosen, mark)


@dataclass(slots=True)
class _Field:
    """A field while it is read. chosen: of a list, the entry that it shows; of a box, its tick."""

    chosen: str
    is_instruction: bool = True
    has_result: bool = False


def _chosen(character) -> str:
    entries = [entry.get(f"{_W}val", "") for entry in character.iter(f"{_W}listEntry")]
    for box in character.iter(f"{_W}checkBox"):
        ticked = box.find(f"{_W}checked") if box.find(f"{_W}checked") is not None else box.find(f"{_W}default")
        return "☐" if ticked is None or ticked.get(f"{_W}val", "") in _OFF else "☒"
    for choice in character.iter(f"{_W}ddList"):
        number = whole(_value(choice, "result") or _value(choice, "default")) or 0
        return entries[number] if number < len(entries) else ""
    return ""


def _thing(element) -> str | None:
    """What an element holds that is seen and cannot be read: an object, else a picture."""
    tags = {at.tag for at in element.iter() if at.tag in _OBJECTS or at.tag in _PICTURES}
    return OBJECT if tags & _OBJECTS else PICTURE if tags else None


def _has_line(element) -> bool:
    """Whether a line that was drawn by hand is anchored in an element."""
    return any(at.tag in _LINES or at.get("prst") in _LINE_FORMS for at in element.iter(*_LINES, _FORM))


def _setting(element, properties: str, name: str) -> int:
    """The number that a property of a row or cell gives, 0 where it gives none."""
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return 0 if found is None else whole(found.get(f"{_W}val", "")) or 0


def _value(parent, name: str) -> str:
    """The value of a child of this name, '' where there is none."""
    child = None if parent is None else parent.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def _merge(cell, name: str) -> str:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "continue")
