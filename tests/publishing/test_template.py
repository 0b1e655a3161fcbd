"""The template that a department sends out: filled in with the decision of 2020 it reads back to the last cell, its
cells refuse what cannot be a score, and the file that is given out is the one that the registries make."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from decision import DECISION, FIGURES
from openpyxl.worksheet.worksheet import Worksheet

from dagster_project.publishing.template import PATH, write_template
from dagster_project.reading import Document, Labels, Unreadable, read

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "dbt_project/seeds"
LABELS = Labels.load(SEEDS)
ANNEXES = DECISION["annexes"]
INDEX = "egov_2392"
FIRST_ROW = 9
LEVELS = ["I", "II", "III", "IV", "unranked"]


def validation(sheet: Worksheet, cell: str):
    return next((each for each in sheet.data_validations.dataValidation if cell in each.sqref), None)


def choices(sheet: Worksheet, cell: str) -> list[str]:
    return validation(sheet, cell).formula1.strip('"').split(",")


def fill_title(sheet: Worksheet, annex: dict, kind: str = "Công bố kết quả") -> None:
    sheet["A3"] = kind
    sheet["A4"] = sheet["A4"].value.replace("[tên tỉnh, thành phố]", "tỉnh Thái Bình").replace("[năm]", "2020")
    sheet["A5"] = annex["titles"][2]


def fill_scores(sheet: Worksheet, annex: dict) -> None:
    """Types a table in, the level as the drop-down list offers it."""
    for row, record in enumerate(annex["rows"], FIRST_ROW):
        for column, name in enumerate(annex["columns"], 1):
            cell = sheet.cell(row, column)
            if name in FIGURES:
                cell.value = float(record[name])
            elif name == "level":
                cell.value = level_choice(sheet, cell.coordinate, record[name])
            else:
                cell.value = int(record[name]) if name == "tt" else record[name]


def level_choice(sheet: Worksheet, cell: str, written: str) -> str:
    vocabulary = LABELS.vocabularies[0]
    return next(each for each in choices(sheet, cell) if vocabulary.level(each) == vocabulary.level(written))


def fill_summary(sheet: Worksheet, annex: dict) -> None:
    for row, record in enumerate(annex["rows"], FIRST_ROW):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = record["position"], record["unit"]
        sheet.cell(row, 3).value = next(said["denominator"] for said in record["statements"] if said["denominator"])
        for said in record["statements"]:
            names = f" ({', '.join(said['names_as_printed'])})" if said["names"] else ""
            value = f"{said['count_text']}{names}" if names else said["count"]
            sheet.cell(row, 4 + LEVELS.index(said["level"])).value = value


@pytest.fixture(scope="module")
def filled() -> tuple[openpyxl.Workbook, Document]:
    """The template as given out, with the decision's three annexes typed into it, and what is read of it."""
    workbook = openpyxl.load_workbook(PATH)
    for sheet, annex in zip(workbook.worksheets, ANNEXES.values(), strict=True):
        fill_title(sheet, annex)
        (fill_summary if "text" in annex["columns"] else fill_scores)(sheet, annex)
    content = io.BytesIO()
    workbook.save(content)
    format_, document = read(content.getvalue(), "bieu-mau.xlsx", LABELS)
    assert format_ == "xlsx"
    return workbook, document


@pytest.mark.parametrize("annex", ["01", "03"])
def test_every_figure_level_and_name_reads_back(filled, annex: str) -> None:
    found: dict[int, dict] = defaultdict(dict)
    for cell in filled[1].cells:
        if cell.place.annex == annex:
            assert cell.flaw is None
            value = cell.number if cell.number is not None else cell.meaning or cell.raw_text
            found[cell.position][cell.role, cell.target] = value
    expected = {}
    for row in ANNEXES[annex]["rows"]:
        texts = {("unit", None): row["unit"], ("number", None): Decimal(row["tt"])}
        if "district" in row:
            texts["parent", None] = row["district"]
        level = LABELS.vocabularies[0].level(row["level"])
        figures = {role: Decimal(row[name]) for name, role in FIGURES.items()}
        expected[row["position"]] = texts | figures | {("level", None): level}
    assert found == expected


def test_every_statement_of_the_summary_reads_back(filled) -> None:
    names = defaultdict(list)
    for name in filled[1].statement_names:
        names[name.position, name.statement_order].append(name.written_name)
    found = {
        (said.position, said.level): (said.units, said.out_of, names[said.position, said.statement_order])
        for said in filled[1].statements
    }
    expected = {}
    for row in ANNEXES["02"]["rows"]:
        denominator = next(said["denominator"] for said in row["statements"] if said["denominator"])
        for said in row["statements"]:
            expected[row["position"], said["level"]] = (said["count"], denominator, said["names"])
    assert found == expected
    assert [said.written_unit for said in filled[1].statements if said.statement_order == 1] == [
        row["unit"] for row in ANNEXES["02"]["rows"]
    ]


def test_nothing_of_the_form_is_taken_for_data(filled) -> None:
    """Rows left empty, the hint above and the notes below are no units and no unusable rows; no column is unknown."""
    document = filled[1]
    assert document.unusable_rows == []
    assert {column.role for column in document.columns} == {"number", "unit", "parent", "component", "total", "level"}
    assert document.head.rows_seen == sum(len(ANNEXES[annex]["rows"]) for annex in ("01", "03"))


def test_title_and_notes_read_back(filled) -> None:
    document = filled[1]
    head = document.head
    assert (head.title_year, head.written_provinces, head.written_kind) == (2020, ("tỉnh Thái Bình",), "published")
    assert [(said.place.annex, said.number, str(said.cited_date)) for said in document.citations] == [
        (annex, of["cited_number"], of["cited_date"]) for annex, of in ANNEXES.items()
    ]
    found = {(said.place.annex, said.level, said.pillar): said.min_total for said in document.thresholds}
    assert found == {
        (annex, level, pillar): Decimal(number)
        for annex, of in ANNEXES.items()
        for level, minima in of.get("thresholds", {}).items()
        for pillar, number in minima.items()
    }


@pytest.mark.parametrize(
    ("at", "kind"), [(0, "self_assessed"), (1, "appraised"), (2, "published")], ids=["self", "appraised", "published"]
)
def test_kind_is_what_was_chosen(at: int, kind: str) -> None:
    workbook = openpyxl.load_workbook(PATH)
    sheet = workbook.worksheets[0]
    fill_scores(sheet, ANNEXES["01"])
    sheet["A3"] = choices(sheet, "A3")[at]
    content = io.BytesIO()
    workbook.save(content)
    assert read(content.getvalue(), "bieu-mau.xlsx", LABELS)[1].head.written_kind == kind


def test_what_was_not_filled_in_is_not_read_as_an_answer() -> None:
    """No year, province or kind is made of a placeholder, and a form without scores is refused as such."""
    with pytest.raises(Unreadable) as refusal:
        read(PATH.read_bytes(), "bieu-mau.xlsx", LABELS)
    assert refusal.value.reason == "no_score_table"
    assert "not filled in yet" in str(refusal.value) and "chưa được điền" in refusal.value.vietnamese
    workbook = openpyxl.load_workbook(PATH)
    fill_scores(workbook.worksheets[0], ANNEXES["01"])
    content = io.BytesIO()
    workbook.save(content)
    document = read(content.getvalue(), "bieu-mau.xlsx", LABELS)[1]
    head = document.head
    assert (head.title_year, head.written_provinces, head.written_kind) == (None, (), None)
    assert document.citations == []


def test_cells_for_figures_allow_what_the_decision_holds_and_no_more_than_the_maximum(filled) -> None:
    maxima = {("01", "r"): 50, ("01", "a"): 100, ("03", "r"): 30, ("03", "a"): 60}
    for sheet, (name, annex) in zip(filled[0].worksheets, ANNEXES.items(), strict=True):
        for column, field in enumerate(annex["columns"], 1):
            if field not in FIGURES:
                continue
            for row in range(FIRST_ROW, FIRST_ROW + len(annex["rows"])):
                cell = sheet.cell(row, column)
                rule = validation(sheet, cell.coordinate)
                assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", 0, maxima[name, field[0]])
                assert 0 <= cell.value <= float(rule.formula2)
                assert rule.showErrorMessage and rule.error and rule.prompt


def test_levels_come_from_a_list() -> None:
    for sheet, cell in zip(openpyxl.load_workbook(PATH).worksheets[::2], ("L9", "M9"), strict=True):
        assert [LABELS.vocabularies[0].level(text) for text in choices(sheet, cell)] == LEVELS
        assert validation(sheet, cell).showErrorMessage


def test_the_file_given_out_is_what_the_registries_make(tmp_path: Path) -> None:
    """By its parts: how they are packed may differ from one compression library to the next."""
    write_template(tmp_path / "one.xlsx", SEEDS, INDEX)
    write_template(tmp_path / "two.xlsx", SEEDS, INDEX)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert parts(tmp_path / "one.xlsx") == parts(PATH), "make it again: python -m dagster_project.publishing.template"


def test_an_index_that_the_registries_do_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_template(tmp_path / "none.xlsx", SEEDS, "no_such_index")
    assert list(tmp_path.iterdir()) == []


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
