"""What offices and other programs do to workbooks: hidden parts, merged headers, no values, prefixes."""

from __future__ import annotations

import pytest
from files import cell, only, spreadsheet, texts, unzipped, workbook, written, zipped

from dagster_project.reading.formats import read_grids


def test_a_hidden_sheet_is_left_out_and_hidden_rows_and_columns_are_read():
    def write(book):
        shown, hidden = book.add_worksheet("Hiện"), book.add_worksheet("Ẩn")
        shown.write_row(0, 0, ["TT", "Đơn vị"])
        shown.write_row(1, 0, [1, "Xã Một"])
        shown.set_row(1, None, None, {"hidden": True})
        shown.set_column(1, 1, None, None, {"hidden": True})
        hidden.write(0, 0, "không ai thấy")
        hidden.hide()

    sheet = only(written(write), "a.xlsx")
    assert sheet.page_or_sheet == "Hiện"
    assert texts(sheet) == [["TT", "Đơn vị"], ["1", "Xã Một"]]


def test_a_header_of_three_lines_keeps_its_shape():
    def write(book):
        sheet = book.add_worksheet()
        sheet.merge_range(1, 1, 3, 1, "TT")
        sheet.merge_range(1, 2, 1, 4, "Kết quả")
        sheet.merge_range(2, 2, 2, 3, "Điều kiện sẵn sàng")
        sheet.write_row(3, 2, ["Hạ tầng", "Nhân lực", "Tổng"])

    sheet = only(written(write), "a.xlsx")
    spans = {at.name: (at.text, at.across, at.down) for row in sheet.rows for at in row.cells}
    assert spans["B2"] == ("TT", 1, 3)
    assert spans["C2"] == ("Kết quả", 3, 1)
    assert spans["C3"] == ("Điều kiện sẵn sàng", 2, 1)


def test_what_lies_under_a_merged_cell_is_not_read():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>99</v></c><c r="C1"><v>3</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    assert texts(only(workbook(rows, merged), "a.xlsx")) == [["1", "3"]]


def test_cells_without_addresses_follow_each_other():
    rows = (
        '<row><c/><c><v>1</v></c><c r="E1"><f>1+1</f></c></row>'
        '<row r="4"><c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c></row>'
    )
    found = only(workbook(rows), "a.xlsx")
    assert [(at.name, at.text, at.flaw) for row in found.rows for at in row.cells] == [
        ("B1", "1", None),
        ("E1", "", "formula_without_value"),
        ("A4", "#N/A", "error_value"),
        ("B4", "FALSE", None),
    ]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("44.930000000000007", "44.93"),
        ("1.5E-3", "0.0015"),
        ("1E+2", "100"),
        ("-0.10", "-0.1"),
        ("11719", "11719"),
        ("12345678901234567", "12345678901234600"),
        ("77.295000000000002", "77.295"),
    ],
)
def test_numbers_are_plain_decimals_of_15_digits(stored, text):
    assert only(workbook(f"<row><c><v>{stored}</v></c></row>"), "a.xlsx").rows[0].cells[0].text == text


def test_a_formula_with_an_empty_text_is_blank_and_no_flaw():
    assert texts(only(workbook('<row><c t="str"><f>""</f><v></v></c><c><v>1</v></c></row>'), "a.xlsx")) == [["1"]]


def test_zeros_of_a_program_that_leaves_the_calculation_to_excel_are_no_values():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [0, 2])
        sheet.write_formula(0, 2, "=A1+B1")
        sheet.write_formula(0, 3, "=A1+B1", None, 2)

    row = only(written(write), "a.xlsx").rows[0]
    assert [(at.text, at.flaw) for at in row.cells] == [
        ("0", None),
        ("2", None),
        ("", "formula_without_value"),
        ("2", None),
    ]


def test_xml_with_prefixes_is_xml():
    parts = unzipped(workbook("<row r='1'><c r='A1' t='e'><v>#REF!</v></c></row>"))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=").encode()
    assert only(zipped(parts), "a.xlsx").rows[0].cells[0].flaw == "error_value"


def test_texts_are_read_as_excel_shows_them():
    rows = (
        '<row><c t="inlineStr"><is><t>a_x000D_\nb&#9;c</t></is></c><c t="inlineStr"><is>'
        '<r><t xml:space="preserve">Xã </t></r><r><t>Một</t></r><rPh><t>PHIÊN ÂM</t></rPh></is></c></row>'
    )
    assert texts(only(workbook(rows), "a.xlsx")) == [["a\nb\tc", "Xã Một"]]


def test_macros_are_named_and_never_opened():
    content = zipped(unzipped(workbook("<row><c><v>1</v></c></row>")) | {"xl/vbaProject.bin": b"\xd0\xcf"})
    assert read_grids(content, "a.xlsm")[0] == "xlsm"


def test_an_open_document_sheet():
    styles = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    text = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{}" {}><text:p>{}</text:p></table:table-cell>'
    tables = (
        '<table:table table:name="Bảng"><table:table-row>'
        + text.format('table:number-columns-spanned="2"', "Tiêu đề<text:line-break/>hai dòng")
        + '<table:covered-table-cell office:value-type="string"><text:p>bị che</text:p></table:covered-table-cell>'
        + text.format("", "<office:annotation><text:p>ghi chú</text:p></office:annotation>Ba").replace(
            "<text:p><office:annotation><text:p>ghi chú</text:p></office:annotation>Ba",
            "<office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>Ba",
        )
        + '</table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        + "<table:table-row>"
        + number.format("44.930000000000007", 'table:number-columns-repeated="2"', "44,93")
        + number.format("0", 'table:formula="of:=1/0"', "#DIV/0!")
        + '<table:table-cell table:formula="of:=SUM([.A1])"/>'
        + '<table:table-cell office:value-type="date" office:date-value="2021-08-12"><text:p>12/08</text:p>'
        + '</table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048570">'
        + '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        + '<table:table table:name="Ẩn" table:style-name="h"><table:table-row>'
        + text.format("", "không ai thấy")
        + "</table:table-row></table:table>"
    )
    sheet = only(spreadsheet(tables, styles), "a.ods")
    assert texts(sheet)[0] == ["Tiêu đề\nhai dòng", "Ba"]
    assert (cell(sheet, 1, 1).across, cell(sheet, 1, 3).name) == (2, "C1")
    assert [(at.text, at.flaw) for at in sheet.rows[4].cells] == [
        ("44.93", None),
        ("44.93", None),
        ("#DIV/0!", "error_value"),
        ("", "formula_without_value"),
        ("2021-08-12", "date"),
    ]
    assert cell(sheet, 5, 1).raw == "44.930000000000007"
