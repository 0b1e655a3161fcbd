"""Small files of each format, made from their innards, for what no office program would write into one.

Everything in them is synthetic.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter

from dagster_project.reading.formats import read_grids
from dagster_project.reading.grids import Cell, Grid

XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(rows: str, after_rows: str = "", strings: str | None = None, **parts: str | bytes) -> bytes:
    """An XLSX of one sheet 'S'. rows: the XML within its sheetData. parts: replaced or added, dots as in 'xl/a.xml'."""
    links = {"rId1": "worksheet", "rId2": "sharedStrings"}
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for (key, kind), target in zip(links.items(), ("worksheets/sheet1.xml", "sharedStrings.xml"), strict=True)
        )
        + "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        f"{after_rows}</worksheet>",
    }
    if strings is not None:
        content["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{_MAIN}">{strings}</sst>'
    return zipped(content | parts)


def written(write: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    """An XLSX as a program writes it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    write(book)
    book.close()
    return content.getvalue()


def spreadsheet(tables: str, styles: str = "", manifest: str = "") -> bytes:
    """An ODS. tables: the XML of its tables; styles: of its automatic styles."""
    names = ("office", "text", "table", "style", "manifest")
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in names)
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'{XML}<office:document-content {spaces} xmlns:calcext="urn:calcext" xmlns:of="urn:of">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml">{manifest}</manifest:file-entry>'
            "</manifest:manifest>",
        }
    )


def pdf(content: bytes, filters: bytes = b"", further: tuple[bytes, ...] = (), trailer: bytes = b"") -> bytes:
    """A PDF of one page with a font 'F'. content: its stream as stored; further: objects from number 6 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</A 6 0 R>>>>>>",
        stream(content, filters),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *further,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, trailer, len(body))
    return body + table + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def deflated(piece: bytes, times: int) -> bytes:
    """A piece over and over, packed."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def grids(content: bytes, name: str) -> list[Grid]:
    return [grid for grid in read_grids(content, name)[1] if not grid.is_hidden]


def only(content: bytes, name: str) -> Grid:
    """The grid of a file that gives one."""
    (grid,) = grids(content, name)
    return grid


def texts(grid: Grid) -> list[list[str]]:
    """The texts of each row's cells, rows without any left out."""
    return [[cell.text for cell in row.cells] for row in grid.rows if row.cells]


def cell(grid: Grid, row: int, column: int) -> Cell:
    return next(cell for at in grid.rows if at.number == row for cell in at.cells if cell.column == column)
