"""A file of several years in the warehouse: a submission for each year, and what is said again of an earlier one.

All figures are SYNTHETIC but those of the DTI of 2022."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project import registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.submissions import ledger
from dagster_project.warehouse import landing

PAPI = REPOSITORY / "tests" / "data" / "papi-synthetic"
WORKBOOK = PAPI / "papi-2016-2018-synthetic.xlsx"
DTI_2022 = REPOSITORY / "examples" / "dti" / "data" / "submissions" / "2022" / "dti-2022-head.csv"
UNSAID = {"unit_expected_missing", "unit_name_variant"}  # of tables that list some provinces only, with 'TP.'


def entered(root: Root, path: Path, year: int) -> None:
    """Puts a file into the submissions of a year, with a line in the ledger."""
    (root.submissions / f"{year}").mkdir(parents=True, exist_ok=True)
    shutil.copy(path, root.submissions / f"{year}")
    with root.ledger.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        if file.tell() == 0:
            lines.writerow(ledger.COLUMNS)
        lines.writerow([f"{year}/{path.name}", "", year, "published", f"{year + 1}-04-01", "SYNTHETIC", ""])


@pytest.fixture
def papi(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    shutil.copytree(PAPI / "registries", tmp_path / "registries")
    return root


def asked(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()


@pytest.mark.parametrize("year", [2017, 2019], ids=["one of its years", "none of its years"])
def test_a_workbook_of_several_years_lands_in_each(papi: Root, build_in_memory: Callable, year: int):
    entered(papi, WORKBOOK, year)
    connection = build_in_memory(papi)
    files = asked(connection, "SELECT year, submission_id, rows_read, kind FROM fct_submission ORDER BY 1")
    assert [row[0] for row in files] == sorted({2016, 2017, 2018, year})
    (sha256,) = {submission_id.partition("~")[0] for _, submission_id, *_ in files}
    assert [row[1] for row in files] == [sha256 + (f"~{row[0]}" if row[0] != year else "") for row in files]
    assert {row[3] for row in files} == {"published"}
    assert (
        sum(row[2] for row in files)
        == 9
        == asked(connection, "SELECT max(rows) FROM run_manifest WHERE path LIKE '%.xlsx'")[0][0]
    )
    totals = asked(connection, "SELECT year, pillar, unit_code, stated, computed FROM fct_pillar_result")
    assert len(totals) == 3 * 3 * 3 and all(stated == computed for *_, stated, computed in totals)
    assert asked(connection, "SELECT count(*) FROM fct_component_score") == [(3 * 3 * 4,)]
    assert {code for (code,) in asked(connection, "SELECT code FROM fct_finding")} == UNSAID
    assert {one for (one,) in asked(connection, "SELECT DISTINCT year FROM fct_finding")} == {2016, 2017, 2018}
    moved = "SELECT DISTINCT year, previous_year FROM fct_pillar_movement ORDER BY 1"
    assert asked(connection, moved) == [(2016, None), (2017, 2016), (2018, 2017)]


def test_a_file_of_several_years_is_kept_until_its_own_year_is_another(papi: Root):
    entered(papi, WORKBOOK, 2017)
    registries.prepare(papi)
    with duckdb.connect() as connection:
        assert landing.land(connection, papi).read == 1
        assert landing.land(connection, papi).read == 0
        shutil.rmtree(papi.submissions)
        entered(papi, WORKBOOK, 2018)
        assert landing.land(connection, papi).read == 1
        years = (
            "SELECT year FROM landing.submissions JOIN landing.documents USING (submission_id) WHERE other_year {} NULL"
        )
        assert asked(connection, years.format("IS")) == [(2018,)]
        assert sorted(asked(connection, years.format("IS NOT"))) == [(2016,), (2017,)]
        shutil.rmtree(papi.submissions)
        landing.land(connection, papi)
        assert asked(connection, "SELECT count(*) FROM landing.documents") == [(0,)]


def dti_2023(folder: Path) -> Path:
    """The rows of 2022 as if of 2023, with last year's totals beside; that of TP. Hồ Chí Minh 0.01 higher."""
    header, *rows = csv.reader(DTI_2022.read_text("utf-8").splitlines())
    path = folder / "dti-2023-synthetic.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow([*header[:-1], "PDTI năm 2022", "PDTI năm 2023 (SYNTHETIC)"])
        for row in rows:
            before = Decimal(row[-1]) + (Decimal("0.01") if "Hồ Chí Minh" in row[1] else 0)
            lines.writerow([*row[:-1], before, row[-1]])
    return path


def test_what_a_later_table_says_of_an_earlier_year_is_held_against_what_was_published(
    tmp_path: Path, build_in_memory: Callable
):
    root = Root(tmp_path)
    entered(root, DTI_2022, 2022)
    entered(root, dti_2023(tmp_path), 2023)
    connection = build_in_memory(root)
    found = asked(
        connection,
        "SELECT unit_code, severity, scope, year, kind, field, stated, expected, difference, column_number, message_en "
        "FROM fct_finding WHERE code = 'restated_differs'",
    )
    sentence = (
        "Unit 2: Thành phố Hồ Chí Minh is said to have had the total of Provincial digital transformation 0.7263 in "
        "2022, but what was published of that year is 0.7163 (difference 0.01)."
    )
    place = ("79", "warning", "year", 2022, "restated", "dti_total", "0.7263", "0.7163", Decimal("0.01"), 11)
    assert [row[:-1] for row in found] == [place] and found[0][-1] == sentence
    others = "SELECT DISTINCT code FROM fct_finding WHERE kind = 'restated'"
    assert asked(connection, others) == [("restated_differs",)]
    assert {code for (code,) in asked(connection, "SELECT code FROM fct_finding WHERE kind <> 'restated'")} == UNSAID
    stated = "SELECT stated FROM fct_pillar_result WHERE year = 2022 AND unit_code = '79'"
    assert asked(connection, stated) == [(Decimal("0.7163"),)]
    files = asked(connection, "SELECT year, kind, rows_read, is_current FROM fct_submission ORDER BY 1, 2")
    assert files == [(2022, "published", 5, True), (2022, "restated", 5, True), (2023, "published", 5, True)]
    moved = "SELECT DISTINCT total_change FROM fct_pillar_movement WHERE year = 2023 AND total_change IS NOT NULL"
    assert asked(connection, moved) == [(0,)]
