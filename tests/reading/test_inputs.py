"""The decision of 2020 in the forms that departments send: each gives the same figures, to the last cell."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from decision import DECISION, FIGURES, said_by
from made import LABELS, ROOT

from dagster_project.reading import Document, read
from dagster_project.reading.texts import one_line

INPUTS = ROOT / "tests/data/inputs"
TRUTHS = {truth["file"]: truth for truth in json.loads((INPUTS / "truth.json").read_text(encoding="utf-8"))["files"]}
FORMS = [name for name, truth in TRUTHS.items() if truth["kind"] == "decision"]
TEXTS = {"unit": ("unit", None), "district": ("parent", None), "level": ("level", None)}
FLAWS = {
    "date_instead_of_number": ("cell_damaged", "date"),
    "formula_without_value": ("cell_damaged", "formula_without_value"),
    "error_value": ("cell_damaged", "error_value"),
    "not_a_number": ("not_a_number", "text"),
}
_read: dict[str, Document] = {}


def document(name: str) -> Document:
    if name not in _read:
        format_name, _read[name] = read((INPUTS / name).read_bytes(), name, LABELS)
        assert format_name == TRUTHS[name]["format"]
    return _read[name]


def cells_by_address(found: Document) -> dict:
    return {(cell.place.annex, cell.position, cell.role, cell.target): cell for cell in found.cells}


@pytest.mark.parametrize("name", FORMS)
def test_every_cell(name):
    truth, cells = TRUTHS[name], cells_by_address(document(name))
    overrides = {(each["annex"], each["position"], each["column"]): each for each in truth.get("overrides", [])}
    rows = 0
    for annex in {"01", "03"} & set(truth["annexes"]):
        for row in DECISION["annexes"][annex]["rows"]:
            rows += 1
            for column, (role, target) in FIGURES.items():
                cell = cells.pop((annex, row["position"], role, target))
                override = overrides.get((annex, row["position"], column), {})
                flag = override.get("flag")
                if flag == "decimal_point_lost":  # a number all the same; that it is impossible is judged in SQL
                    assert cell.number == Decimal(override["stored"])
                    continue
                assert (cell.flaw, cell.flaw_reason) == FLAWS.get(flag, (None, None))
                expected = None if flag else Decimal(override.get("expected_text", row[column]))
                assert cell.number == expected, (annex, row["position"], column)
            for column, (role, target) in TEXTS.items():
                if column in row:
                    cell = cells.pop((annex, row["position"], role, target))
                    expected = overrides.get((annex, row["position"], column), {}).get("expected_text", row[column])
                    assert one_line(cell.raw_text) == one_line(expected)
                    assert role != "level" or cell.meaning == row["level"].split()[-1]
            assert cells.pop((annex, row["position"], "number", None)).number == Decimal(row["tt"])
            cells.pop((annex, row["position"], "rank", None), None)
    assert cells == {}
    assert document(name).unusable_rows == []
    assert document(name).head.rows_seen == rows


@pytest.mark.parametrize("name", FORMS)
def test_statements_of_the_summary(name):
    if "02" not in TRUTHS[name]["annexes"]:
        assert document(name).statements == []
        return
    said = said_by(document(name))
    assert said == [
        (row["position"], row["unit"], each["level"], each["count"], each["denominator"], each["names"])
        for row in DECISION["annexes"]["02"]["rows"]
        for each in row["statements"]
    ]


@pytest.mark.parametrize("name", FORMS)
def test_thresholds(name):
    found = {(each.place.annex, each.level, each.pillar): each.min_total for each in document(name).thresholds}
    assert found == {
        (annex, level, pillar): Decimal(number)
        for annex in {"01", "03"} & set(TRUTHS[name]["annexes"])
        for level, pillars in DECISION["annexes"][annex]["thresholds"].items()
        for pillar, number in pillars.items()
    }


@pytest.mark.parametrize("name", FORMS)
def test_citations_and_head(name):
    truth, found = TRUTHS[name], document(name)
    cited = {each.place.annex: (each.number, str(each.cited_date)) for each in found.citations if not each.is_own}
    annexes = DECISION["annexes"]
    assert cited == {
        annex: (annexes[annex]["cited_number"], annexes[annex]["cited_date"]) for annex in truth["annexes"]
    }
    own = [(each.number, str(each.cited_date)) for each in found.citations if each.is_own]
    assert own == ([("05/QĐ-UBND", "2021-04-05")] if truth.get("has_preamble") else [])
    assert found.head.title_year == 2020
    assert found.head.written_provinces == ("tỉnh Thái Bình",)
    assert found.head.written_kind == "published"
    assert (found.head.decision_number is not None) == truth.get("has_preamble", False)
    assert {title.place.annex for title in found.titles} == {"01", "03"} & set(truth["annexes"])


@pytest.mark.parametrize("name", FORMS)
def test_no_column_is_unknown(name):
    assert [column.header for column in document(name).columns if column.role == "unknown"] == []


def test_stated_ranks():
    found = document("17_other_order.xlsx")
    ranks = {cell.position: cell.number for cell in found.cells if cell.role == "rank" and cell.place.annex == "01"}
    assert ranks == {position: Decimal(position) for position in range(1, 9)}


def test_a_districts_own_assessment():
    found = document("19_self_assessment.xlsx")
    assert (found.head.title_year, found.head.written_provinces) == (2020, ())
    assert found.head.written_kind == "self_assessed"
    cells = cells_by_address(found)
    for position, row in enumerate(TRUTHS["19_self_assessment.xlsx"]["self_rows"], 1):
        for column, (role, target) in FIGURES.items():
            assert cells[None, position, role, target].number == Decimal(row[column])
        assert cells[None, position, "unit", None].raw_text == row["unit"]
        level = cells[None, position, "level", None]
        assert level.meaning == ("unranked" if row["level"] == "Không xếp hạng" else row["level"].split()[-1])


def test_rows_that_a_page_break_cut_have_the_address_of_their_first_line():
    cells = cells_by_address(document("08_other_producer.pdf"))
    unit = cells["03", 26, "unit", None]
    assert (unit.raw_text, unit.place.page_or_sheet) == ("Thị trấn Diêm Điền", "5")
    assert cells["03", 27, "unit", None].place.page_or_sheet == "6"


def test_the_cell_of_a_workbook_is_named_as_the_workbook_does():
    cells = cells_by_address(document("02_three_sheets.xlsx"))
    place = cells["01", 4, "total", "readiness"].place
    assert (place.page_or_sheet, place.row_number, place.cell) == ("Phụ lục 01", 10, "F10")


def test_binary_noise_is_kept_as_raw_text_only():
    cell = cells_by_address(document("39_excel_damage.xlsx"))["01", 4, "total", "readiness"]
    assert (cell.number, cell.raw_text) == (Decimal("44.93"), "44.930000000000007")
