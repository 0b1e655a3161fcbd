"""The files themselves, as other programs read them: Word, spreadsheet and PDF readers; equal bytes for equal content;
names that were written to do harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import docx
import duckdb
import openpyxl
import pdfplumber
import pytest
from annex_worlds import FORMATS, World, written
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pdfminer.pdftypes import resolve1

from dagster_project.publishing.annexes.content import figure
from dagster_project.publishing.annexes.gathering import annexes, places
from dagster_project.publishing.annexes.workbook import write_workbook
from dagster_project.root import Root

WIDE = [True, False, True]  # of the three annexes of 2020
# SYNTHETIC names: a formula, markup of three kinds, a direction mark, braces, and one that never ends.
HOSTILE = [
    '=HYPERLINK("http://a")',
    "<b>&amp;</b> #panic() $x$ \\ *_",
    "Xã \u202eĐông",
    "{year} {0}",
    "Xã " + "ô" * 900,
]
SHOWN = [*HOSTILE[:2], "Xã \ufffdĐông", HOSTILE[3], HOSTILE[4][:400] + "…"]


@contextmanager
def changed(world: World, statements: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of a world in which something is changed for a while."""
    world.database.begin()
    try:
        world.database.execute(statements)
        yield world.database
    finally:
        world.database.rollback()


def test_the_word_document_has_real_tables_and_headers_that_repeat(of_2020):
    document = docx.Document(str(of_2020.file("2020", "docx")))
    assert [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections] == [False, *WIDE]
    for section in document.sections:
        assert sorted((section.page_width.mm, section.page_height.mm)) == pytest.approx([210, 297], abs=0.1)
        margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    tables = document.tables[2:]  # behind the two that set things side by side
    for table, annex in zip(tables, of_2020.annexes["2020"].annexes, strict=True):
        header = 2 if any(name for name, _ in annex.groups) else 1
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True] * header + [False] * len(annex.rows)
        shown = [[cell.text for cell in row.cells] for row in table.rows[header:]]
        assert shown == [[figure(cell) for cell in row] for row in annex.rows]


def test_the_workbook_has_numbers_and_formulas_that_give_the_stored_totals(of_2020):
    path = of_2020.file("2020", "xlsx")
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    assert formulas.sheetnames == ["Quyết định", "Phụ lục 01", "Phụ lục 02", "Phụ lục 03", "Thay đổi"]
    totals = 0
    for annex in of_2020.annexes["2020"].annexes:
        sheet, stored = formulas[annex.name], values[annex.name]
        assert sheet.freeze_panes and sheet.print_title_rows and sheet.print_area and sheet.page_setup.paperSize == 9
        first = int(sheet.freeze_panes.strip("ABC"))
        for row, cells in enumerate(annex.rows, first):
            for column, cell in enumerate(cells, 1):
                value = stored.cell(row, column).value
                if isinstance(cell, Decimal):
                    assert value == float(cell)
                    formula = sheet.cell(row, column).value
                    if isinstance(formula, str):
                        totals += 1
                        parts = formula.removeprefix("=ROUND(").removesuffix(",9)").split("+")
                        assert round(sum(stored[part].value for part in parts), 9) == value
                else:
                    assert value == (cell if cell != "" else None)
    assert totals == 2 * (8 + 31)


def test_the_pdf_is_tagged_archival_and_its_text_can_be_selected(of_2020):
    with pdfplumber.open(of_2020.file("2020", "pdf")) as pdf:
        catalog = pdf.doc.catalog
        assert {"StructTreeRoot", "OutputIntents", "Metadata"} <= catalog.keys()
        assert resolve1(catalog["MarkInfo"])["Marked"] is True
        metadata = resolve1(catalog["Metadata"]).get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        fonts = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
        assert fonts and all(name.startswith("LiberationSerif") for name in fonts)
        texts = [page.extract_text() for page in pdf.pages]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[0] and "Trần Thị Bích Hằng" in texts[0]
    assert [text.split("\n")[0].removeprefix("DỰ THẢO").strip() for text in texts[1:]] == ["2", "3", "4", "5"]


def test_a_draft_is_marked_on_every_page_until_nothing_material_is_open(of_2020, tmp_path):
    def marks(world) -> list[bool]:
        with pdfplumber.open(world.file("2020", "pdf")) as pdf:
            pages = ["DỰ THẢO" in page.extract_text() for page in pdf.pages]
        document = docx.Document(str(world.file("2020", "docx")))
        heads = [document.sections[0].first_page_header, *(section.header for section in document.sections)]
        book = openpyxl.load_workbook(world.file("2020", "xlsx"))
        sheets = [(one.oddHeader.left.text or "", str(one["A1"].value)) for one in book]
        texts = [*(one.paragraphs[0].text for one in heads), *(text for both in sheets for text in both)]
        return [*pages, *("DỰ THẢO" in text for text in texts)]

    assert len(of_2020.annexes["2020"].reasons) == 1 and set(marks(of_2020)) == {True}
    with changed(of_2020, "UPDATE fct_finding SET status = 'resolved' WHERE materiality IN ('level', 'rank')") as db:
        world = written(Root(), db, tmp_path / "settled")
        assert world.annexes["2020"].reasons == () and set(marks(world)) == {False}
    appraised = """
        UPDATE dim_assessment SET kind = 'appraised';
        INSERT INTO draft_unit_result SELECT * FROM fct_unit_result;
        INSERT INTO draft_pillar_result SELECT * FROM fct_pillar_result;
        INSERT INTO draft_component_score SELECT * FROM fct_component_score;
    """
    with changed(of_2020, appraised) as db:
        one = annexes(db, *places(db))
        assert one.draft == "DỰ THẢO" and len(one.reasons) == 2
        assert [annex.rows for annex in one.annexes] == [annex.rows for annex in of_2020.annexes["2020"].annexes]


def test_the_same_warehouse_gives_the_same_bytes(of_2020, tmp_path):
    world = written(Root(), of_2020.database, tmp_path / "again")
    for kind in FORMATS:
        assert world.file("2020", kind).read_bytes() == of_2020.file("2020", kind).read_bytes(), kind


def test_names_written_to_do_harm_are_texts_in_all_three(of_2020, tmp_path):
    statements = "; ".join(
        f"UPDATE fct_unit_result SET unit_name = '{name}' WHERE unit_code = '{code}'"
        for name, code in zip(HOSTILE, ("336", "338", "339", "340", "341"), strict=True)
    )
    statements += f"; UPDATE fct_finding SET stated = '{HOSTILE[0]} {HOSTILE[2]}' WHERE code = 'unit_name_variant'"
    with changed(of_2020, statements) as db:
        world = written(Root(), db, tmp_path / "hostile")
    annex = world.annexes["2020"].annexes[0]
    assert {row[1] for row in annex.rows} >= set(SHOWN)
    book = openpyxl.load_workbook(world.file("2020", "xlsx"))
    cells = [cell for row in book["Phụ lục 01"].iter_rows() for cell in row if cell.value in SHOWN]
    assert len(cells) == 5 and {cell.data_type for cell in cells} == {"s"}
    stated = [
        row[2] for row in book["Thay đổi"].iter_rows() if str(row[2].value).startswith(f"{SHOWN[0]} {SHOWN[2]} → ")
    ]
    assert len(stated) == 7 and {cell.data_type for cell in stated} == {"s"}
    table = docx.Document(str(world.file("2020", "docx"))).tables[2]
    assert set(SHOWN) <= {row.cells[1].text for row in table.rows}
    with pdfplumber.open(world.file("2020", "pdf")) as pdf:
        rows = [row for page in pdf.pages[1:] for table in page.extract_tables() for row in table]
        names = {"".join((row[1] or "").split()).replace("\u200b", "") for row in rows}
        assert {"".join(name.replace("\ufffd", "\u25a1").split()) for name in SHOWN} <= names
        assert all(char["x1"] < page.width for page in pdf.pages for char in page.chars)


def test_what_differs_from_the_stated_is_told_with_its_reason(of_2020):
    changes = of_2020.annexes["2020"].changes
    told = {(one.about.vi, one.stated.vi, one.here.vi) for one in changes}
    assert {("Huyện Tiền Hải", "44,93", "45,13"), ("Xã Đông Mỹ", "mức độ III", "mức độ IV")} <= told
    assert {("Phụ lục 01", "151/QĐ-UBND", "05/QĐ-UBND"), ("Huyện Thái Thụy", "3", "1")} <= told
    assert len(changes) == 16 + 8 and all(one.why.vi and one.why.en for one in changes)
    sheet = openpyxl.load_workbook(of_2020.file("2020", "xlsx"))["Thay đổi"]
    assert sum(" → " in str(row[2].value) for row in sheet.iter_rows()) == len(changes) + 1  # and the header


def test_every_name_in_braces_of_the_wordings_is_filled_in(of_2020, synthetic, of_departments):
    for world in (of_2020, synthetic, of_departments):
        for one in world.annexes.values():
            said = [one.decision, *((annex.title, annex.columns, annex.notes) for annex in one.annexes)]
            assert "{" not in repr(said) and one.title


def test_a_year_of_several_assessments_has_a_folder_for_each(synthetic, tmp_path):
    assert set(synthetic.annexes) == {"2021", "2022"}
    with changed(synthetic, "UPDATE dim_assessment SET year = 2021") as db:
        folders = [place.folder for place in places(db)]
    assert folders == ["2021/33-tinh-hung-yen-egov-2392", "2021/34-tinh-thai-binh-egov-2392"]


def test_a_total_without_a_component_has_no_formula_that_would_hide_it(of_2020, tmp_path):
    one = of_2020.annexes["2020"]
    annex = one.annexes[0]
    row = (*annex.rows[0][:2], None, *annex.rows[0][3:5], None, *annex.rows[0][6:])
    write_workbook(replace(one, annexes=(replace(annex, rows=(row,)),)), tmp_path / "annexes.xlsx", "")
    sheet = openpyxl.load_workbook(tmp_path / "annexes.xlsx")[annex.name]
    assert [sheet.cell(8, column).value for column in (3, 6)] == [None, None]
    assert str(sheet.cell(8, 11).value).startswith("=ROUND(")


def test_sheets_have_names_of_their_own_whatever_the_titles_say(of_2020, tmp_path):
    one = of_2020.annexes["2020"]
    names = ("Bảng [1]: x/y?", "", "A" * 40, "a" * 40)
    write_workbook(
        replace(one, annexes=tuple(replace(one.annexes[0], name=name) for name in names)), tmp_path / "annexes.xlsx", ""
    )
    sheets = openpyxl.load_workbook(tmp_path / "annexes.xlsx").sheetnames
    assert sheets == ["Quyết định", "Bảng  1   x y", "Quyết định 2", "A" * 27, f"{'a' * 27} 2", "Thay đổi"]
