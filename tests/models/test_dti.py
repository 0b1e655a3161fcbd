"""The Digital Transformation Index, an index of the repository beside that of the decision: five real rows of 2022."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.reading import Labels, read
from dagster_project.root import REPOSITORY, Root

EXAMPLE = REPOSITORY / "examples" / "dti"
ROWS = EXAMPLE / "data" / "submissions" / "2022" / "dti-2022-head.csv"
WEIGHTS = [100, 100, 100, 100, 100, 200, 150, 150]


@pytest.fixture(scope="module")
def report() -> dict:
    with checking.run(Root(EXAMPLE), [ROWS], 2022) as done:
        (report,) = checking.reports_of(done)
    return report


def test_every_stated_total_is_the_weighted_mean_of_its_main_indices(report: dict):
    (table,) = report["tables"]
    lines = [line.split(",") for line in ROWS.read_text("utf-8").splitlines()[1:]]
    assert [row["written_name"] for row in table["rows"]] == [line[1] for line in lines]
    for row, line in zip(table["rows"], lines, strict=True):
        scores = [Decimal(figure) for figure in line[2:10]]
        mean = sum(weight * score for weight, score in zip(WEIGHTS, scores, strict=True)) / sum(WEIGHTS)
        assert Decimal(row["computed"]["dti"]) == mean
        assert Decimal(row["stated"]["dti"]) == Decimal(line[10])
        assert abs(Decimal(row["stated"]["dti"]) - mean) <= Decimal("0.0001")
        assert str(row["stated"]["rank"]) == str(row["computed"]["rank"]) == line[0]


def test_nothing_is_found_but_spellings(report: dict):
    assert {(one["code"], one["severity"]) for one in report["findings"]} == {("unit_name_variant", "notice")}
    assert [row["unit_code"] for row in report["tables"][0]["rows"]] == ["48", "79", "22", "46", "92"]


@pytest.mark.parametrize(
    ("path", "index_code"),
    [(ROWS, "dti"), (REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt", "egov_2392")],
    ids=["dti", "the decision"],
)
def test_of_two_indices_in_one_registry_each_file_is_of_its_own_for_certain(path: Path, index_code: str):
    labels = Labels.load(REPOSITORY / "dbt_project" / "seeds")
    head = read(path.read_bytes(), path.name, labels)[1].head
    assert (head.index_code, head.rival_index_code) == (index_code, None)
