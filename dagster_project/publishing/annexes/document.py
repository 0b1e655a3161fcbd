"""The annexes as a Word document that can be edited: real tables whose header rows repeat, a section on its side for
each wide table.

Here: the layout of Decree 30/2020/NĐ-CP in DOCX. Not here: what it says. Times New Roman is named and not embedded:
every office program has it, or a font of its widths.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from .content import Annex, Annexes, Decision, figure

_MADE = datetime(2000, 1, 1)  # the same in every file, for equal bytes
_FONT = "Times New Roman"
_LEFT, _CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_RED = RGBColor(0xB0, 0x00, 0x20)
_SHORT, _LONG = Mm(210), Mm(297)
_TOP, _BOTTOM, _AT_LEFT, _AT_RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)


def write_document(annexes: Annexes, path: Path) -> None:
    """Writes the annexes as DOCX; the same annexes give the same bytes."""
    document = docx.Document()
    _set_up(document, annexes)
    first = document.sections[0]
    _set_page(first, is_wide=False)
    first.different_first_page_header_footer = True
    _write_head(first, first.first_page_header, annexes.draft, is_numbered=False)
    _write_head(first, first.header, annexes.draft)
    _write_decision(document, annexes.decision)
    for annex in annexes.annexes:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        _make_small(document.paragraphs[-1])
        section.different_first_page_header_footer = False
        _set_page(section, annex.is_wide)
        _write_head(section, section.header, annexes.draft)
        _write_annex(document, annex, section)
    content = io.BytesIO()
    document.save(content)
    path.write_bytes(_without_the_clock(content.getvalue()))


def _set_up(document: Document, annexes: Annexes) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = annexes.title, "", ""
    properties.created = properties.modified = _MADE
    properties.last_modified_by, properties.revision, properties.language = "", 1, "vi-VN"
    for language in document.styles.element.xpath("//w:rPrDefault//w:lang"):
        language.set(qn("w:val"), "vi-VN")  # else all of it is marked as misspelt
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13)
    fonts = normal.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), _FONT)
    normal.paragraph_format.space_after = Pt(0)
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.bold = _FONT, Pt(14), True
    heading.font.color.rgb = RGBColor(0, 0, 0)
    fonts = heading.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    heading.paragraph_format.space_before = Pt(0)


def _set_page(section: Section, is_wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _AT_LEFT, _AT_RIGHT
    section.header_distance = Mm(9)


def _make_small(paragraph: Paragraph) -> None:
    """A paragraph that only holds the end of a section, and must not begin a page of its own."""
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.paragraph_format.space_after = Pt(0)


def _write_head(section: Section, header: Any, draft: str | None, is_numbered: bool = True) -> None:
    """The mark of a draft at the left, and the page's number in the middle."""
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(_width(section) // 2), WD_TAB_ALIGNMENT.CENTER)
    if draft:
        _run(paragraph, draft, Pt(11), bold=True)
        paragraph.runs[0].font.color.rgb = _RED
    if is_numbered:
        paragraph.add_run("\t")
        _add_field(paragraph, "PAGE")


def _width(section: Section) -> int:
    """The width of a line of text."""
    return section.page_width - section.left_margin - section.right_margin


def _write_decision(document: Document, decision: Decision) -> None:
    width = _SHORT - _AT_LEFT - _AT_RIGHT
    opening = _plain_table(document, 2, [width * 3 // 8, width * 5 // 8])
    issuer, motto = opening.rows[0].cells
    _write_lines(issuer, [(line, Pt(12)) for line in decision.issuer], bold=True)
    _underline(issuer)
    _write_lines(motto, [(line, Pt(13 if at else 12)) for at, line in enumerate(decision.motto)], bold=True)
    _underline(motto)
    number, place = opening.rows[1].cells
    _write_lines(number, [(decision.number, Pt(13))])
    _write_lines(place, [(decision.place_and_day, Pt(13))], italic=True)
    _heading(document, decision.name, before=Pt(12))
    _add(document, decision.subject, _CENTRE, bold=True, after=Pt(10))
    _add(document, decision.authority, _CENTRE, bold=True, after=Pt(6))
    for ground in decision.grounds:
        _add(document, ground, _BOTH, italic=True, indent=Cm(1), after=Pt(3))
    _add(document, decision.decides, _CENTRE, bold=True, before=Pt(3), after=Pt(4))
    for article in decision.articles:
        paragraph = _add(document, "", _BOTH, indent=Cm(1), after=Pt(3))
        if article.label:
            paragraph.add_run(article.label).bold = True
            paragraph.add_run(" ")
        paragraph.add_run(article.text)
    ending = _plain_table(document, 1, [width // 2, width - width // 2])
    ending.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    recipients, signature = ending.rows[0].cells
    _write_lines(recipients, [(decision.recipients_heading, Pt(12))], _LEFT, bold=True, italic=True)
    for line in decision.recipients:
        _run(recipients.add_paragraph(), line, Pt(11))
    _write_lines(signature, [*((line, Pt(13)) for line in decision.signature), *[("", Pt(13))] * 4], bold=True)
    last = signature.add_paragraph()
    last.alignment = _CENTRE
    _run(last, decision.signer, Pt(13), bold=True)


def _write_annex(document: Document, annex: Annex, section: Section) -> None:
    for at, line in enumerate(annex.title):
        if at == 0:
            _heading(document, line)
        else:
            _add(document, line, _CENTRE, bold=line[:1] != "(", italic=line[:1] == "(")
    document.add_paragraph()
    _write_table(document, annex, _width(section))
    for at, note in enumerate(annex.notes):
        _add(document, note, _LEFT, italic=True, before=Pt(0 if at else 6))


def _write_table(document: Document, annex: Annex, width: int) -> None:
    is_grouped = any(name for name, _ in annex.groups)
    header = 2 if is_grouped else 1
    table = document.add_table(header + min(len(annex.rows), 1), len(annex.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_cell_margins(table)
    whole = sum(column.width for column in annex.columns)
    widths = [Emu(width * column.width // whole) for column in annex.columns]
    for column, of_column in zip(table.columns, widths, strict=True):
        column.width = of_column
    cells = table._cells  # each of `table.cell` walks the whole table anew
    at_row = [cells[at : at + len(widths)] for at in range(0, len(cells), len(widths))]
    for row in at_row:
        for cell, of_column in zip(row, widths, strict=True):
            cell.width = of_column
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write_header(annex, at_row[:header])
    for at, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at < header:
            properties.append(OxmlElement("w:tblHeader"))
    if annex.rows:
        for cell, column in zip(at_row[header], annex.columns, strict=True):
            _write_lines(cell, [("", Pt(12))], _LEFT if column.is_text else _CENTRE)
        _write_rows(table, annex)


def _write_rows(table: Table, annex: Annex) -> None:
    """The rows of an annex, each a copy of the table's last, which is empty: to make each of its cells anew takes three
    times as long."""
    pattern = table._tbl.tr_lst[-1]
    table._tbl.remove(pattern)
    for values in annex.rows:
        row = copy.deepcopy(pattern)
        for cell, value in zip(row.tc_lst, values, strict=True):
            (first,) = cell.p_lst
            *others, last = figure(value).split("\n")
            for line in others:
                paragraph = copy.deepcopy(first)
                paragraph.r_lst[0].text = line
                first.addprevious(paragraph)
            first.r_lst[0].text = last
        table._tbl.append(row)


def _set_cell_margins(table: Table) -> None:
    """Little room beside the texts, so that the words of a header stay whole."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "40")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _write_header(annex: Annex, rows: list[list[_Cell]]) -> None:
    at = 0
    for name, columns in annex.groups:
        upper = rows[0][at]
        if name:
            upper = upper.merge(rows[0][at + columns - 1])
            for column in range(at, at + columns):
                _write_lines(rows[1][column], [(annex.columns[column].name, Pt(12))], bold=True)
        elif len(rows) == 2:
            upper = upper.merge(rows[1][at])
        _write_lines(upper, [(name or annex.columns[at].name, Pt(12))], bold=True)
        at += columns


def _plain_table(document: Document, rows: int, widths: list[int]) -> Table:
    """A table without lines, to set things side by side."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
        for cell in column.cells:
            cell.width = Emu(width)
    return table


def _write_lines(cell: _Cell, lines: Iterable[tuple[str, Any]], align: Any = _CENTRE, **looks: bool) -> None:
    """Writes the paragraphs of a cell that is empty: each a text and the size of its letters."""
    for at, (text, size) in enumerate(lines):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        paragraph.alignment = align
        _run(paragraph, text, size, **looks)


def _underline(cell: _Cell) -> None:
    """A line below the last paragraph of a cell, as long as its middle half."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Emu(cell.width // 5)
    paragraph.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        top.set(qn(name), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _heading(document: Document, text: str, before: Any = None) -> None:
    paragraph = document.add_heading(text, 1)
    paragraph.alignment = _CENTRE
    if before is not None:
        paragraph.paragraph_format.space_before = before


def _add(
    document: Document,
    text: str,
    align: Any,
    bold: bool = False,
    italic: bool = False,
    indent: Any = None,
    before: Any = None,
    after: Any = None,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_before, shape.space_after = indent, before, after
    if text:
        _run(paragraph, text, Pt(13), bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Paragraph, text: str, size: Any, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = size, bold or None, italic or None


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field that the program computes when it shows the page."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)


def _without_the_clock(archive: bytes) -> bytes:
    """The same archive with a fixed day in each of its entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, source.read(name))
    return target.getvalue()
