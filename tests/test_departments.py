"""A made-up province's decisions (tests/data/departments, SYNTHETIC): three tables of three tiers, a tree with a bonus
or deduction, totals without components, last year's totals beside this year's, two departments that become one.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.root import Root

MADE_UP = Path(__file__).parent / "data" / "departments"
LEDGER = """file,sha256,year,kind,received_on,sender,note
2021/SYNTHETIC-quyet-dinh-2021.csv,,2021,published,2022-02-01,UBND tỉnh Mẫu,SYNTHETIC
2022/SYNTHETIC-quyet-dinh-2022.csv,,2022,published,2023-02-01,UBND tỉnh Mẫu,SYNTHETIC
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = Root(tmp_path_factory.mktemp("departments"))
    shutil.copytree(MADE_UP / "registries", root.path / "registries")
    for year in ("2021", "2022"):
        (root.submissions / year).mkdir(parents=True)
        shutil.copy(MADE_UP / f"SYNTHETIC-quyet-dinh-{year}.csv", root.submissions / year)
    root.ledger.write_text(LEDGER, "utf-8")
    return root


@pytest.fixture(scope="module")
def ask(root, build_in_memory):
    database = build_in_memory(root)
    return lambda query: database.execute(query).fetchall()


def test_three_tables_are_three_tiers(ask):
    assert ask(
        "select year, tier, count(*) from fct_unit_result where result_status = 'scored' group by all order by all"
    ) == [
        (2021, "commune", 4),
        (2021, "department", 5),
        (2021, "district", 2),
        (2022, "commune", 4),
        (2022, "department", 4),
        (2022, "district", 2),
    ]


def test_what_is_wrong_is_found_and_nothing_else(ask):
    """70 stands for 28 + 41; the later decision has 76 for the 75 of finance in 2021."""
    assert ask("select code, year, unit_code, field, stated, expected from fct_finding order by all") == [
        ("restated_differs", 2021, "STC", "overall_total", "76", "75"),
        ("total_differs", 2022, "SLD", "overall_total", "70", "69"),
    ]


def test_totals_come_from_the_leaves(ask):
    """Health in 2022: 18 + 18; (2 × 50 + 47) / 3; both, and a bonus of 2. The office's deduction is taken off."""
    assert ask(
        "select unit_code, pillar, computed from fct_pillar_result "
        "where year = 2022 and unit_code in ('SYT', 'VP') order by 1, 2"
    ) == [
        ("SYT", "leadership", Decimal(36)),
        ("SYT", "overall", Decimal(87)),
        ("SYT", "service", Decimal(49)),
        ("VP", "leadership", Decimal(29)),
        ("VP", "overall", Decimal(71)),
        ("VP", "service", Decimal(44)),
    ]


def test_totals_without_components_are_taken_as_stated(ask):
    """Communes: levels and ranks by stated totals, a tie shared; movement from one to the next."""
    assert ask(
        "select unit_code, level_computed, rank_in_province, rank_stated from fct_unit_result "
        "where year = 2022 and tier = 'commune' order by 3, 1"
    ) == [("M11", "Tốt", 1, 1), ("M12", "Khá", 2, 2), ("M21", "Khá", 2, 2), ("M22", "unranked", 4, 4)]
    assert ask(
        "select unit_code, component, change_by_scores from fct_component_movement "
        "where year = 2022 and tier = 'commune' order by 1"
    ) == [(code, "overall", Decimal(change)) for code, change in (("M11", "1.5"), ("M12", 2), ("M21", 2), ("M22", -6))]


def test_a_merger_of_departments_is_compared_with_the_mean_of_both(ask):
    """75 and 74 in 2021; 81 in 2022."""
    assert ask(
        "select comparison, previous_total, current_total from fct_pillar_movement "
        "where year = 2022 and unit_code = 'STC' and pillar = 'overall'"
    ) == [("merged", Decimal("74.5"), Decimal(81))]


def test_a_check_says_the_same_as_the_run(root):
    with checking.run(root, sorted(MADE_UP.glob("SYNTHETIC-*.csv")), None) as done:
        reports = checking.reports_of(done)
    assert [(one["code"], one["unit_code"]) for report in reports for one in report["findings"]] == [
        ("total_differs", "SLD")
    ]
