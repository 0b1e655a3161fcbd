"""A real table of departments, with totals of two years and no components (examples/phu-tho): registries are enough."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from dagster_project.root import REPOSITORY, Root

EXAMPLE = REPOSITORY / "examples" / "phu-tho"
TABLE = EXAMPLE / "data" / "submissions" / "2021" / "phu_tho_2021_sbn.csv"


@pytest.fixture(scope="module")
def ask(build_in_memory):
    database = build_in_memory(Root(EXAMPLE))
    return lambda query: database.execute(query).fetchall()


@pytest.fixture(scope="module")
def table():
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return [row for _, *row in sorted((int(row[0]), *row[1:]) for row in list(csv.reader(file))[1:])]


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_each_department_has_its_total_and_rank(ask, table):
    found = ask(
        "select rank_in_province, rank_stated, unit_name, stated, computed from fct_unit_result "
        "join fct_pillar_result using (unit_key) where fct_unit_result.year = 2021 order by 1"
    )
    assert found == [(at, at, name, figure(now), figure(now)) for at, (name, _, now) in enumerate(table, 1)]


def test_last_years_totals_are_of_last_year_and_kept_apart(ask, table):
    restated = ask("select unit_name, restated, published from fct_figure_by_kind where year = 2020")
    assert sorted(restated) == sorted((name, figure(before), None) for name, before, _ in table)
    assert ask("select distinct year from fct_unit_result") == [(2021,)]
    assert ask("select year, kind from fct_submission order by 1") == [(2020, "restated"), (2021, "published")]


def test_there_is_nothing_to_find(ask):
    assert ask("select code from fct_finding") == []
    assert ask("select aggregation from dim_pillar") == [("stated",)]
