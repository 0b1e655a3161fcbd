"""The decision of 2020 as it came, read to the last cell."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from decision import COMPONENTS, DECISION, TOTALS, said_by

from dagster_project.reading import Document, Labels, read_document
from dagster_project.reading.grids import Cell, Grid, Row

ROOT = Path(__file__).resolve().parents[2]


def grid_of(text: str) -> Grid:
    """A text as the plain-text reader gives it: a row per line, a cell per field."""
    return Grid(
        None,
        None,
        tuple(
            Row(number, tuple(Cell(at, field) for at, field in enumerate(line.split("\t"), 1) if field.strip()))
            for number, line in enumerate(text.split("\n"), 1)
        ),
    )


@pytest.fixture(scope="module")
def document() -> Document:
    text = (ROOT / "data/submissions/2020/thai-binh-2020.txt").read_text(encoding="utf-8")
    return read_document([grid_of(text)], Labels.load(ROOT / "dbt_project/seeds"))


def rows(document: Document, annex: str) -> dict[int, dict]:
    found: dict[int, dict] = defaultdict(dict)
    for cell in document.cells:
        if cell.place.annex == annex:
            found[cell.position][cell.target or cell.role] = cell
    return found


@pytest.mark.parametrize(("annex", "units"), [("01", 8), ("03", 35)])
def test_every_cell_of_the_detailed_annexes(document, annex, units):
    found = rows(document, annex)
    assert sorted(found) == list(range(1, units + 1))
    for row in DECISION["annexes"][annex]["rows"]:
        cells = found[row["position"]]
        for column, target in (COMPONENTS | TOTALS).items():
            assert cells[target].number == Decimal(row[column])
            assert cells[target].raw_text == row[column]
        assert cells["number"].number == Decimal(row["tt"])
        assert cells["unit"].raw_text == row["unit"]
        assert cells["level"].raw_text == row["level"]
        assert cells["level"].meaning == row["level"].split()[-1]
        assert "district" not in row or cells["parent"].raw_text == row["district"]
        assert all(cell.flaw is None for cell in cells.values())


def test_301_scores_and_nothing_left_over(document):
    assert sum(cell.role == "component" for cell in document.cells) == 301
    assert document.unusable_rows == []
    assert document.head.rows_seen == 43


def test_cells_stand_where_they_stood(document):
    lines = (ROOT / "data/submissions/2020/thai-binh-2020.txt").read_text(encoding="utf-8").split("\n")
    for cell in document.cells:
        fields = lines[cell.place.row_number - 1].split("\t")
        assert fields[cell.place.column_number - 1] == cell.raw_text


def test_statements_of_the_summary(document):
    assert said_by(document) == [
        (row["position"], row["unit"], each["level"], each["count"], each["denominator"], each["names"])
        for row in DECISION["annexes"]["02"]["rows"]
        for each in row["statements"]
    ]
    assert {each.place.annex for each in document.statements} == {"02"}


def test_thresholds_of_both_tiers(document):
    found = {(each.place.annex, each.level, each.pillar): each.min_total for each in document.thresholds}
    assert len(document.thresholds) == 16
    assert found == {
        (annex, level, pillar): Decimal(number)
        for annex in ("01", "03")
        for level, pillars in DECISION["annexes"][annex]["thresholds"].items()
        for pillar, number in pillars.items()
    }


def test_what_the_head_and_the_annexes_cite(document):
    assert [(each.is_own, each.place.annex, each.number, each.cited_date) for each in document.citations] == [
        (True, None, "05/QĐ-UBND", date(2021, 4, 5)),
        (False, "01", "151/QĐ-UBND", date(2021, 1, 5)),
        (False, "02", "05/QĐ-UBND", date(2021, 1, 5)),
        (False, "03", "05/QĐ-UBND", date(2021, 4, 5)),
    ]


def test_head(document):
    head = document.head
    assert head.title == DECISION["decision"]["title"]
    assert (head.title_year, head.written_provinces, head.written_kind) == (2020, ("tỉnh Thái Bình",), "published")
    assert (head.decision_number, head.decision_date) == ("05/QĐ-UBND", date(2021, 4, 5))
    assert head.index_code == "egov_2392"


def test_one_table_per_annex_and_its_title(document):
    assert [(title.place.annex, title.table_order) for title in document.titles] == [("01", 1), ("03", 2)]
    assert "cấp xã" in document.titles[1].title
    assert all(column.role != "unknown" for column in document.columns)
    assert len(document.columns) == 12 + 13
