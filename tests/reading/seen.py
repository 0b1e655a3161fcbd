"""Documents of every format with one formatted cell, made for tests. Everything in them is synthetic.

A document holds a header, two units and, in the cell `Môi trường` of the first, the parts that a test asks for: texts,
each with the way it is shown: '' plain, `struck`, `raised`, `hidden`, `white`.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from html import escape

import xlsxwriter
import xlwt
from files import pdf, spreadsheet
from test_formats_word import paragraph, run, word

HEADER = [
    "TT", "Tên cơ quan", "Hạ tầng", "Nhân lực", "Môi trường", "Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi",
    "Kết quả",
]  # fmt: skip
UNITS = [
    ["1", "Huyện Quỳnh Phụ", "27.31", "10.82", "7", "40", "29.17", "12.08", "5", "Mức độ II"],
    ["2", "Huyện Kiến Xương", "27.76", "10", "6.5", "40", "28.94", "11.61", "5", "Mức độ II"],
]
ROW, COLUMN = 1, 4  # of the cell, from 0; the header is row 0
Parts = list[tuple[str, str]]
Rows = list[list[Parts]]


def rows(parts: Parts | None = None, row: int = ROW, column: int = COLUMN) -> Rows:
    """The cells of the document, each as its parts."""
    cells: Rows = [[[(text, "")] for text in line] for line in (HEADER, *UNITS)]
    if parts is not None:
        cells[row][column] = parts
    return cells


def struck_row() -> Rows:
    """The document with everything in the second unit's row struck out."""
    cells = rows()
    cells[2] = [[(text, "struck") for text, _ in parts] for parts in cells[2]]
    return cells


def xlsx(cells: Rows, number: tuple[float, str] | None = None, hide: Callable | None = None) -> bytes:
    """number: a value for the cell and its format. hide: called with the sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    looks = {
        "": book.add_format(), "struck": book.add_format({"font_strikeout": True}),
        "raised": book.add_format({"font_script": 1}), "hidden": book.add_format({"num_format": ";;;"}),
        "white": book.add_format({"font_color": "#FFFFFF"}),
    }  # fmt: skip
    sheet = book.add_worksheet("PL")
    for row, line in enumerate(cells):
        for column, parts in enumerate(line):
            if len(parts) == 1:
                (text, mark), *_ = parts
                is_number = row and text.replace(".", "").isdecimal()
                sheet.write(row, column, float(text) if is_number else text, looks[mark])
            else:
                pieces = [piece for text, mark in parts for piece in (looks[mark], text)]
                sheet.write_rich_string(row, column, *pieces, looks[""])
    if number:
        sheet.write_number(ROW, COLUMN, number[0], book.add_format({"num_format": number[1]}))
    if hide:
        hide(sheet)
    book.close()
    return content.getvalue()


def xls(cells: Rows, number: tuple[float, str] | None = None, hide: Callable | None = None) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("PL")
    fonts = {"struck": {"struck_out": True}, "raised": {"escapement": 1}, "white": {"colour_index": 9}}

    def font(mark: str) -> xlwt.Font:
        found = xlwt.Font()
        for name, value in fonts.get(mark, {}).items():
            setattr(found, name, value)
        return found

    def style(mark: str, number_format: str = "General") -> xlwt.XFStyle:
        found = xlwt.XFStyle()
        found.font, found.num_format_str = font(mark), ";;;" if mark == "hidden" else number_format
        return found

    for row, line in enumerate(cells):
        for column, parts in enumerate(line):
            if number and (row, column) == (ROW, COLUMN):
                sheet.write(row, column, number[0], style("", number[1]))
            elif len(parts) == 1:
                (text, mark), *_ = parts
                is_number = row and text.replace(".", "").isdecimal()
                sheet.write(row, column, float(text) if is_number else text, style(mark))
            else:
                sheet.write_rich_text(row, column, [(text, font(mark)) for text, mark in parts])
    if hide:
        hide(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


_ODS_STYLES = {
    "struck": 'style:text-line-through-style="solid" style:text-line-through-type="single"',
    "raised": 'style:text-position="super 58%"',
    "hidden": 'text:display="none"',
    "white": 'fo:color="#ffffff"',
}


def ods(
    cells: Rows, number: tuple[str, str] | None = None, columns: str = "", rows_hidden: tuple[int, ...] = ()
) -> bytes:
    """number: a stored value, and the XML of its number style 'N'. columns: the XML of the columns."""
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    styles = "".join(
        f'<style:style {fo} style:name="{family[0]}{mark}" style:family="{family}">'
        f"<style:text-properties {said}/></style:style>"
        for mark, said in _ODS_STYLES.items()
        for family in ("text", "cell")
    ).replace('style:family="cell"', 'style:family="table-cell"')
    if number:
        styles += number[1] + '<style:style style:name="cN" style:family="table-cell" style:data-style-name="N"/>'

    def cell(row: int, column: int, parts: Parts) -> str:
        if number and (row, column) == (ROW, COLUMN):
            return (
                f'<table:table-cell table:style-name="cN" office:value-type="float" office:value="{number[0]}">'
                "<text:p>?</text:p></table:table-cell>"
            )
        style = f' table:style-name="c{parts[0][1]}"' if len(parts) == 1 and parts[0][1] else ""
        text = "".join(
            f'<text:span text:style-name="t{mark}">{escape(text)}</text:span>' if mark and not style else escape(text)
            for text, mark in parts
        )
        return f'<table:table-cell{style} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(
        f"<table:table-row{' table:visibility=' + chr(34) + 'collapse' + chr(34) if row in rows_hidden else ''}>"
        + "".join(cell(row, column, parts) for column, parts in enumerate(line))
        + "</table:table-row>"
        for row, line in enumerate(cells)
    )
    return spreadsheet(f'<table:table table:name="PL">{columns}{lines}</table:table>', styles)


_WORD_MARKS = {
    "": "", "struck": "<w:strike/>", "raised": '<w:vertAlign w:val="superscript"/>', "hidden": "<w:vanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
}  # fmt: skip


def word_table(cells: Rows, replaced: str | None = None, **parts: bytes) -> bytes:
    """replaced: the XML within the cell."""
    lines = []
    for row, line in enumerate(cells):
        found = []
        for column, runs in enumerate(line):
            own = replaced if replaced is not None and (row, column) == (ROW, COLUMN) else None
            inside = paragraph("".join(run(text, _WORD_MARKS[mark]) for text, mark in runs)) if own is None else own
            found.append(f"<w:tc>{inside}</w:tc>")
        lines.append(f"<w:tr>{''.join(found)}</w:tr>")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return word(f"<w:tbl {space}>{''.join(lines)}</w:tbl>", **parts)


_HTML_MARKS = {
    "": "{}", "struck": "<s>{}</s>", "raised": "<sup>{}</sup>", "hidden": '<span style="display:none">{}</span>',
    "white": '<span style="color:#fff">{}</span>',
}  # fmt: skip


def html(
    cells: Rows, replaced: str | None = None, style: str = "", hidden_row: int | None = None, columns: str = ""
) -> bytes:
    lines = []
    for row, line in enumerate(cells):
        found = [
            replaced
            if replaced is not None and (row, column) == (ROW, COLUMN)
            else "<td>" + "".join(_HTML_MARKS[mark].format(escape(text)) for text, mark in parts) + "</td>"
            for column, parts in enumerate(line)
        ]
        lines.append(f"<tr{' style=display:none' if row == hidden_row else ''}>{''.join(found)}</tr>")
    page = f"<html><head><style>{style}</style></head><body><table>{columns}{''.join(lines)}</table></body></html>"
    return page.encode()


WIDTH, HEIGHT, LEFT, TOP = 57, 20, 20, 700  # of a cell of a page, and its upper left corner
_ENGLISH = [
    "No.", "Unit", "Infrastructure", "Human resources", "Environment", "Presence", "Interaction", "Transaction",
    "Transformation", "Level",
]  # fmt: skip


def _plain(text: str) -> str:
    """A text in the letters that the font of the pages has: headers in English, names without their marks."""
    if text in HEADER:
        return _ENGLISH[HEADER.index(text)]
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def page(
    cells: Rows, further: bytes = b"", before: bytes = b"", entries: tuple[bytes, ...] = (), text: str | None = None
) -> bytes:
    """A PDF of one page with ruling lines. Its font has no Vietnamese letters, so names stand without marks; `text`:
    the operators that show the cell; before, further: drawn before and after all cells."""
    drawn = [before]
    for row in range(len(cells) + 1):
        y = TOP - row * HEIGHT
        drawn.append(b"%d %d m %d %d l S" % (LEFT, y, LEFT + len(HEADER) * WIDTH, y))
    for column in range(len(HEADER) + 1):
        x = LEFT + column * WIDTH
        drawn.append(b"%d %d m %d %d l S" % (x, TOP, x, TOP - len(cells) * HEIGHT))
    for row, line in enumerate(cells):
        for column, parts in enumerate(line):
            x, y = LEFT + column * WIDTH + 3, TOP - row * HEIGHT - 14
            if text is not None and (row, column) == (ROW, COLUMN):
                drawn.append(text.format(x=x, y=y).encode())
                continue
            for piece, mark in parts:
                size = {"raised": 4}.get(mark, 6 if row == 0 or column == 1 else 8)
                colour = {"white": "1 g"}.get(mark, "0 g")
                mode = {"hidden": 3}.get(mark, 0)
                rise = y + (4 if mark == "raised" else 0)
                written = _plain(piece)
                drawn.append(f"BT {colour} {mode} Tr /F {size} Tf 1 0 0 1 {x} {rise} Tm ({written}) Tj ET 0 g".encode())
                width = 0.54 * size * len(piece)
                if mark == "struck":
                    drawn.append(f"{x} {y + 2.6} m {x + width} {y + 2.6} l S".encode())
                x += width
    return pdf(b"\n".join([*drawn, further]), further=entries)


MAKERS: dict[str, Callable[[Rows], bytes]] = {
    "docx": word_table, "xlsx": xlsx, "xls": xls, "ods": ods, "html": html, "pdf": page,
}  # fmt: skip
