"""A file that holds several years: told apart by sheet, title and column, each a document of its own. Figures are
made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made import LABELS, sheet, units

from dagster_project.reading import Document, read, read_document
from dagster_project.reading.years import alone, taken_out

PLAIN = ["TT", "Tên cơ quan", "Hạ tầng", "Nhân lực", "Môi trường"]
ROW = ["1", "Huyện Tiền Hải", "1", "2", "3"]
TOTALS = ["Tổng điểm năm 2020", "Tổng điểm năm 2021 (50 điểm)"]


def parts(document: Document) -> dict[tuple[int | None, bool], Document]:
    """The document and those of other years, by their year (None: the file's own) and whether it is restated."""
    return {(one.head.other_year, one.head.is_restated): one for one in (document, *document.of_other_years)}


@pytest.mark.parametrize(
    ("header", "bare", "year"),
    [
        ("Tổng điểm năm 2020", "tổng điểm", 2020),
        ("Tổng điểm năm 2021 (150 điểm)", "tổng điểm (150 điểm)", 2021),
        ("Năm 2020: Tổng điểm", "tổng điểm", 2020),
        ("Tổng điểm (2020)", "tổng điểm", 2020),
        ("2020", "", 2020),
        ("Tổng điểm 2019-2020", "Tổng điểm 2019-2020", None),
        ("So sánh 2019 và 2020", "So sánh 2019 và 2020", None),
        ("Ngày 31/12/2020", "Ngày 31/12/2020", None),
        ("Quyết định 2392/QĐ-BTTTT", "Quyết định 2392/QĐ-BTTTT", None),
    ],
)
def test_the_year_of_a_header(header, bare, year):
    assert (" ".join(taken_out(header)[0].split()), taken_out(header)[1]) == (bare, year)


@pytest.mark.parametrize(
    ("name", "year"), [("2016", 2016), ("Năm 2016", 2016), ("PL01", None), ("20161", None), (None, None)]
)
def test_the_year_of_a_sheet(name, year):
    assert alone(name) == year


@pytest.mark.parametrize("year", [None, 2021])
def test_a_column_of_the_year_before_is_of_that_year(year):
    found = parts(read_document([sheet([*PLAIN, *TOTALS], [*ROW, "5,5", "6"])], LABELS, year))
    assert set(found) == {(None, False), (2020, True)}
    assert units(found[None, False])[0]["total readiness"] == 6
    assert found[None, False].head.title_year == 2021
    restated = found[2020, True]
    assert units(restated) == [{"unit": "Huyện Tiền Hải", "total readiness": Decimal("5.5")}]
    assert [(column.header, column.place.column_number) for column in restated.columns] == [(TOTALS[0], 6)]
    assert (restated.head.rows_seen, restated.head.index_code, restated.citations) == (1, "egov_2392", [])


@pytest.mark.parametrize(
    ("header", "below"),
    [
        ([*PLAIN, "Tổng điểm", ""], ["", "", "", "", "", "2020", "2021"]),
        ([*PLAIN, "Năm 2020", "Năm 2021"], ["", "", "", "", "", "Tổng điểm", "Tổng điểm"]),
        ([*PLAIN, "Tổng điểm 2020", "Tổng điểm"], None),
    ],
    ids=["years below", "years above", "this year's without a year"],
)
def test_however_the_years_stand_in_the_header(header, below):
    rows = [header, *([below] if below else []), [*ROW, "5,5", "6"]]
    found = parts(read_document([sheet(*rows)], LABELS, 2021))
    assert units(found[None, False])[0]["total readiness"] == 6
    assert units(found[2020, True])[0]["total readiness"] == Decimal("5.5")
    assert not [column for one in found.values() for column in one.columns if column.role == "unknown"]


def test_ranks_and_levels_of_the_year_before_go_with_it():
    header = [*PLAIN, "Xếp hạng năm 2020", "Kết quả năm 2020", "Tổng điểm", "Xếp hạng", "Kết quả"]
    rows = [[*ROW, "2/8", "Mức độ III", "6", "1/8", "Mức độ II"]]
    found = parts(read_document([sheet(header, *rows)], LABELS, 2021))
    own, before = units(found[None, False])[0], units(found[2020, True])[0]
    assert (own["rank"], own["level"]) == (1, "II")
    assert (before["rank"], before["level"]) == (2, "III")


def test_a_year_in_a_label_of_the_registry_stays_what_it_says():
    from dataclasses import replace

    from dagster_project.reading.labels import Label

    labels = replace(LABELS, rows=(*LABELS.rows, Label("egov_2392", "Kế hoạch 2020", "component", "environment")))
    found = read_document([sheet(["Tên cơ quan", "Hạ tầng", "Kế hoạch 2020"], ["Huyện Tiền Hải", "1", "2"])], labels)
    assert units(found) == [{"unit": "Huyện Tiền Hải", "infrastructure": 1, "environment": 2}]
    assert not found.of_other_years


SHEETS = [sheet([*PLAIN, "Tổng điểm"], [*ROW, str(year - 2010)], name=str(year)) for year in (2016, 2017, 2018)]


def test_a_sheet_is_of_the_year_of_its_name():
    found = parts(read_document(SHEETS, LABELS, 2017))
    totals = {year: units(one)[0]["total readiness"] for (year, _), one in found.items()}
    assert totals == {2016: 6, None: 7, 2018: 8}
    assert {one.cells[0].place.page_or_sheet for one in found.values()} == {"2016", "2017", "2018"}
    assert sum(one.head.rows_seen for one in found.values()) == len(SHEETS)


def test_a_file_without_a_year_of_its_own_is_of_its_latest():
    document = read_document(SHEETS, LABELS)
    other_years = [one.head.other_year for one in document.of_other_years]
    assert (document.head.title_year, sorted(other_years)) == (2018, [2016, 2017])


def test_a_file_may_hold_nothing_of_the_year_that_the_ledger_gives():
    found = parts(read_document(SHEETS, LABELS, 2021))
    own = found.pop((None, False))
    assert (own.head.index_code, own.head.rows_seen, own.cells, own.doubts) == (None, 0, [], [])
    assert {year for year, _ in found} == {2016, 2017, 2018}


def test_a_file_that_names_one_year_is_of_the_ledgers():
    """That its title says another is a finding, and moves nothing."""
    text = "Kết quả cấp huyện năm 2019\n\n" + "\n".join(
        "\t".join(line) for line in ([*PLAIN, "Tổng điểm"], [*ROW, "6"])
    )
    for document in (read(text.encode(), "a.txt", LABELS, 2020)[1], read_document(SHEETS[:1], LABELS, 2020)):
        assert not document.of_other_years and len(units(document)) == 1
    assert document.head.title_year == 2016


def test_titles_tell_tables_of_a_text_apart():
    tables = ["\t".join([*PLAIN, "Tổng điểm"]), "\t".join([*ROW, "6"])]
    text = "\n".join(["Phụ lục 01. Kết quả năm 2019", *tables, "", "Phụ lục 02. Kết quả năm 2020", *tables])
    found = parts(read(text.encode(), "a.txt", LABELS, 2020)[1])
    assert {year: one.cells[0].place.annex for (year, _), one in found.items()} == {None: "02", 2019: "01"}
