"""Each form that the decision of 2020 comes in gives the same texts, at addresses that the sender knows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from files import cell, grids, only, texts

from dagster_project.reading.formats import detect, read_grids

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "tests/data/inputs"
DECISION = json.loads((ROOT / "tests/data/decision_2020.json").read_text(encoding="utf-8"))
TRUTHS = {truth["file"]: truth for truth in json.loads((INPUTS / "truth.json").read_text(encoding="utf-8"))["files"]}
FORMS = [name for name, truth in TRUTHS.items() if truth["annexes"]]
# Further layouts of the same figures, made for these tests; see the README of the folder.
LAYOUTS = {
    "91_no_lines.pdf": ("01", "03"),
    "92_turned_headers.pdf": ("01", "03"),
    "93_open_sides.pdf": ("01", "03"),
    "94_summary_no_lines.pdf": ("02",),
    "95_group_rows_no_lines.pdf": ("03",),
    "96_three_line_header_no_lines.pdf": ("01", "03"),
    "97_turned_headers_no_lines.pdf": ("01", "03"),
}


def content(name: str) -> bytes:
    return (INPUTS / name).read_bytes()


def plain(text: str) -> str:
    """What must be equal of two texts: figures as decimals, words without spaces and marks of other programs."""
    text = unicodedata.normalize("NFC", re.sub(r"</?p>", " ", str(text)))
    try:
        return str(Decimal(text.strip().replace(",", ".")).normalize())
    except InvalidOperation:
        return "".join(text.split()).casefold()


def columns_of(annex: str) -> list[str]:
    return DECISION["annexes"][annex]["columns"]


def expected_cells(name: str, annexes: tuple[str, ...]) -> set[str]:
    stored_otherwise = {(o["annex"], o["position"], o["column"]) for o in TRUTHS.get(name, {}).get("overrides", [])}
    return {
        plain(row[column])
        for annex in annexes
        for row in DECISION["annexes"][annex]["rows"]
        for column in columns_of(annex)
        if (annex, row["position"], column) not in stored_otherwise
    }


def read_cells(name: str) -> set[str]:
    return {plain(cell.text) for grid in grids(content(name), name) for row in grid.rows for cell in row.cells}


@pytest.mark.parametrize("name", FORMS)
def test_every_text_of_the_annexes_is_in_a_cell(name):
    missing = expected_cells(name, TRUTHS[name]["annexes"]) - read_cells(name)
    if name == "08_other_producer.pdf":  # a page break cuts a name in each of two annexes, and a statement
        pieces = "".join(sorted(read_cells(name)))
        missing = {text for text in missing if text[:8] not in pieces or text[-8:] not in pieces}
    assert not missing


@pytest.mark.parametrize("name", FORMS)
def test_the_format_is_known_by_the_content(name):
    assert detect(content(name), name) == TRUTHS[name]["format"]


@pytest.mark.parametrize("name", [name for name in FORMS if TRUTHS[name]["format"] not in ("txt", "csv", "tsv")])
def test_the_name_does_not_matter_where_the_content_speaks(name):
    assert detect(content(name), "a\nb") == TRUTHS[name]["format"]


@pytest.mark.parametrize(("name", "annexes"), LAYOUTS.items())
def test_other_layouts_of_a_pdf_hold_every_text(name, annexes):
    expected = expected_cells(name, annexes)
    if name == "95_group_rows_no_lines.pdf":
        expected -= {plain(row["district"]) for row in DECISION["annexes"]["03"]["rows"]}
    assert not expected - read_cells(name)


@pytest.mark.parametrize("name", [name for name, annexes in LAYOUTS.items() if annexes == ("01", "03")])
def test_columns_without_lines_hold_what_stands_below_their_header(name):
    rows = [
        {at.column: plain(at.text) for at in row.cells}
        for grid in grids(content(name), name)
        if grid.table_number
        for row in grid.rows
    ]
    for annex in ("01", "03"):
        for row in DECISION["annexes"][annex]["rows"]:
            expected = {at: plain(row[column]) for at, column in enumerate(columns_of(annex), start=1)}
            assert expected in rows


@pytest.mark.parametrize("name", [name for name, annexes in LAYOUTS.items() if annexes == ("01", "03")])
def test_group_headers_of_a_pdf_reach_over_their_columns(name):
    spans = {
        plain(at.text).split("(")[0]: (at.column, at.across)
        for grid in grids(content(name), name)
        if grid.table_number and grid.page_or_sheet == "1"
        for row in grid.rows[:3]
        for at in row.cells
    }
    assert spans[plain("Điều kiện sẵn sàng")] == (3, 4)
    assert spans[plain("Mức độ đạt được")] == (7, 5)


def test_group_rows_of_a_pdf_are_rows():
    table = next(grid for grid in grids(content("95_group_rows_no_lines.pdf"), "a.pdf") if grid.table_number)
    assert [row for row in texts(table) if len(row) == 1][:2] == [["Huyện Hung Hà"], ["Huyện Quỳnh Phụ"]]


def test_a_cell_of_a_workbook_has_its_name_and_what_it_covers():
    sheet = grids(content("02_three_sheets.xlsx"), "a.xlsx")[0]
    assert sheet.page_or_sheet == "Phụ lục 01"
    header = cell(sheet, 5, 3)
    assert (header.text, header.name, header.across, header.down) == ("Điều kiện sẵn sàng", "C5", 4, 1)
    assert (cell(sheet, 5, 1).across, cell(sheet, 5, 1).down) == (1, 2)
    assert [cell(sheet, 7, at).text for at in (1, 3, 12)] == ["1", "27.31", "Mức độ II"]
    assert sheet.rows[3].number == 4
    assert sheet.rows[3].cells == ()


@pytest.mark.parametrize("name", ["04_legacy.xls", "05_open.ods", "06_decision.docx", "07_wordprocessor.pdf"])
def test_merged_headers_cover_the_same_in_every_format(name):
    header = next(
        at
        for grid in grids(content(name), name)
        for row in grid.rows
        for at in row.cells
        if at.text == "Điều kiện sẵn sàng"
    )
    assert (header.column, header.across, header.down) == (3, 4, 1)


def test_damage_is_told_and_noise_is_not():
    _, sheets = read_grids(content("39_excel_damage.xlsx"), "a.xlsx")
    flaws = {at.name: (at.flaw, at.text, at.raw) for row in sheets[0].rows for at in row.cells if at.flaw}
    assert flaws == {
        "I7": ("date", "2021-08-12", None),
        "K12": ("error_value", "#REF!", None),
        "K14": ("formula_without_value", "", "=SUM(G14:J14)"),
    }
    noisy = cell(sheets[0], 10, 6)
    assert (noisy.text, noisy.raw, noisy.flaw) == ("44.93", "44.930000000000007", None)


def test_kept_values_of_formulas_are_read_at_15_digits():
    sheet = grids(content("16_formulas.xlsx"), "a.xlsx")[0]
    assert (cell(sheet, 7, 6).text, cell(sheet, 7, 6).raw) == ("45.13", "45.129999999999995")
    assert cell(sheet, 9, 6).raw is None  # '47.0' is 47


def test_damage_of_an_old_workbook_is_told():
    sheet = only(content("90_synthetic_damage.xls"), "a.xls")  # its second sheet is hidden
    assert [(at.text, at.flaw) for at in sheet.rows[2].cells[2:]] == [
        ("2021-08-12", "date"),
        ("44.93", None),
        ("", "formula_without_value"),
    ]
    assert [(at.text, at.flaw) for at in sheet.rows[3].cells[1:]] == [  # a hidden row is read
        ("Xã Giả Lập Hai\nxuống dòng", None),
        ("#REF!", "error_value"),
        ("TRUE", None),
        ("0.0000001", None),
    ]
    assert cell(sheet, 1, 1).across == 5


def test_pages_tables_and_lines_of_a_pdf_are_counted_as_a_reader_counts_them():
    found = grids(content("07_wordprocessor.pdf"), "a.pdf")
    assert [(grid.page_or_sheet, grid.table_number) for grid in found][1:4] == [("2", None), ("2", 1), ("2", None)]
    assert [row.number for row in found[3].rows] == [4, 5, 6, 7, 8]  # lines are counted past the table


def test_a_row_that_a_page_break_cut_stays_two():
    found = {grid.page_or_sheet: grid for grid in grids(content("08_other_producer.pdf"), "a.pdf") if grid.table_number}
    assert found["5"].rows[-1].cells[1].text == "Thị trấn"
    assert texts(found["6"])[2] == ["Diêm Điền"]


def test_tables_and_paragraphs_of_a_word_document_are_counted():
    found = grids(content("06_decision.docx"), "a.docx")
    assert [grid.table_number for grid in found if grid.table_number] == [1, 2, 3, 4, 5, 6]
    paragraphs = [row.number for grid in found if grid.table_number is None for row in grid.rows]
    assert paragraphs == list(range(1, len(paragraphs) + 1))


def test_lines_of_a_text_keep_their_numbers_and_marks():
    name = "01_decision.txt"
    lines = content(name).decode("utf-8-sig").splitlines()
    for row in only(content(name), name).rows:
        assert [at.text for at in row.cells] == [field for field in lines[row.number - 1].split("\t") if field.strip()]


@pytest.mark.parametrize("name", ["01_decision.txt", "09_utf8sig_comma_annex01.csv", "02_three_sheets.xlsx"])
def test_nothing_is_imported_that_a_file_does_not_need(name):
    heavy = ["pdfplumber", "pdfminer", "docx", "lxml", "pandas", "openpyxl"]
    if not name.endswith("xlsx"):
        heavy.append("python_calamine")
    code = (
        "import sys; from dagster_project.reading.formats import read_grids;"
        f"read_grids(open({str(INPUTS / name)!r}, 'rb').read(), {name!r});"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
