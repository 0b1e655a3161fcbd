"""Word documents: what is seen of them is read, and nothing else."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from files import cell, grids, only, texts, unzipped, zipped

W = nsdecls("w")


def word(*blocks: str, **parts: bytes) -> bytes:
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(block))
    content = io.BytesIO()
    document.save(content)
    return zipped(unzipped(content.getvalue()) | parts)


def paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_what_is_not_seen_in_word_is_not_read():
    content = word(
        paragraph(
            run("Xã ")
            + "<w:del>" + run("Hai").replace("w:t", "w:delText") + "</w:del><w:ins>" + run("Một") + "</w:ins>"
            + run(" ẩn", "<w:vanish/>")
            + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 45")
            + "<w:r><w:br/></w:r>" + run("dòng hai")
        )
    )  # fmt: skip
    assert texts(only(content, "a.docx")) == [["Xã Một≥ 45\ndòng hai"]]


def test_merged_nested_and_wrapped_cells_of_word():
    def tc(text: str, properties: str = "", more: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}{more}</w:tc>"

    begins, over_two = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    inner = f"<w:tbl><w:tr>{tc('trong')}</w:tr></w:tbl>{paragraph('')}"
    table = (
        f"<w:tbl {W}><w:tr>{tc('TT', begins)}{tc('Nhóm', over_two)}</w:tr>"
        f"<w:tr>{tc('', '<w:vMerge/>')}{tc('Hạ tầng')}{tc('Nhân lực')}</w:tr>"
        f"<w:tr><w:trPr><w:del w:id='1' w:author='a'/></w:trPr>{tc('đã xóa')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{tc('1')}{tc('12', more=inner)}{tc('5')}</w:tr></w:sdtContent></w:sdt>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{tc('6')}</w:tr></w:tbl>"
    )
    found = grids(word(paragraph(run("Bảng")), table), "a.docx")
    assert [grid.table_number for grid in found] == [None, 1, 2]
    assert texts(found[1]) == [["TT", "Nhóm"], ["Hạ tầng", "Nhân lực"], ["1", "12", "5"], ["6"]]
    assert (cell(found[1], 1, 1).down, cell(found[1], 1, 2).across) == (2, 2)
    assert cell(found[1], 4, 2).text == "6"
    assert texts(found[2]) == [["trong"]]


def test_numbers_that_word_counts_by_itself_are_read():
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="70">{levels}</w:abstractNum>'
        '<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>'
        '<w:num w:numId="71"><w:abstractNumId w:val="70"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num></w:numbering>"
    ).encode()

    def numbered(text: str, number: int = 70, level: int = 0) -> str:
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(run(text) if text else "", properties)

    row = "".join(f"<w:tr><w:tc>{numbered('')}</w:tc><w:tc>{paragraph(run(name))}</w:tc></w:tr>" for name in "AB")
    content = word(
        numbered("Một"), f"<w:tbl {W}>{row}</w:tbl>", numbered("Nhóm", level=1), numbered("Lại", 71),
        **{"word/numbering.xml": numbering},
    )  # fmt: skip
    found = grids(content, "a.docx")
    assert [texts(grid) for grid in found] == [[["1. Một"]], [["2.", "A"], ["3.", "B"]], [["3.I Nhóm"], ["1. Lại"]]]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph(run('Phụ lục 01'))}</w:txbxContent>"
    spaces = W + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v"'
    content = word(
        f"<w:p {spaces}><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(only(content, "a.docx")) == [["Phụ lục 01"]]


def test_a_document_with_macros_is_read_without_them():
    parts = unzipped(word(paragraph(run("Xã Một"))))
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    content = zipped(parts | {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf"})
    assert texts(only(content, "a.docm")) == [["Xã Một"]]
