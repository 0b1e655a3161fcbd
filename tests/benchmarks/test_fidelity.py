"""The fidelity benchmark (benchmarks/fidelity) on a few copies: that it runs, and tells defects from neutral changes.

Here: what the benchmark promises of itself. Not here: the measurement, which takes minutes
(`benchmarks/fidelity/run.py`).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "fidelity"))

import defects
import defects_of_names
import defects_of_rows
import neutral
from baselines import Spreadsheet, SqlTests, tables_of
from egov_check import Checker, Finding
from measure import DEFECTS, measure, planted, sources
from oracle import Oracle
from original import address, written
from planting import plant
from tally import of_findings

from dagster_project import checking
from dagster_project.root import Root

A_FEW = (
    (defects.total_altered, "xlsx"),
    (defects.level_moved, "txt"),
    (defects_of_rows.row_lost, "xlsx"),
    (defects_of_names.name_missing, "xlsx"),
    (neutral.row_order, "txt"),
    (neutral.extra_spaces, "xlsx"),
)


def test_defects_are_found_at_their_cell_with_figure_and_materiality_and_nothing_else_is():
    chance, original = Random(1), sources()["decision"]
    copies = [("decision", replace(plant(kind, chance, original), form=form)) for kind, form in A_FEW]
    outcomes = list(measure(copies, [SqlTests(), Spreadsheet()]))
    assert len(outcomes) == 3 * len(A_FEW)
    of_egov = [one for one in outcomes if one.tool == "egov check"]
    assert [one for one in of_egov if not one.is_perfect] == []
    assert [one.is_seen for one in of_egov] == [not one.is_neutral for one in of_egov]


def test_it_measures_what_egov_check_prints(tmp_path):
    copy = plant(defects_of_rows.row_repeated, Random(3), sources()["decision"]).copy
    path = tmp_path / "copy.xlsx"
    path.write_bytes(written(copy, "xlsx"))
    with checking.run(Root(), [path]) as checked:
        [report] = checking.reports_of(checked)
    printed = [(one["code"], one["stated"], one["expected"], one["location"]["cell"]) for one in report["findings"]]
    measured = [
        (one.code, one.stated, one.expected, one.address and one.address.cell)
        for one in Checker().findings(copy, "xlsx")
        if one.scope == "file"
    ]
    assert sorted(printed, key=str) == sorted(measured, key=str) != []


def test_silence_about_a_defect_and_words_about_a_neutral_change_are_told_as_what_they_are():
    original = sources()["decision"]
    flawed = plant(defects.component_off, Random(2), original)
    silent = of_findings(flawed, [], [])
    assert (silent.is_seen, silent.right_figure, silent.right_materiality, silent.is_perfect) == (False,) * 4
    elsewhere = Finding("x", "total_differs", "1", "2", "total", "file", None, None, "readiness_total", None)
    assert of_findings(flawed, [], [elsewhere]).false_alarms
    neutral_copy = plant(neutral.decimal_comma, Random(2), original)
    assert of_findings(neutral_copy, [], []).is_perfect
    assert of_findings(neutral_copy, [], [elsewhere]).false_alarms
    assert of_findings(neutral_copy, [elsewhere], []).lost


def test_what_is_planted_is_decided_by_the_seed_alone():
    def files(seed: int) -> list[bytes]:
        return [written(each.copy, "txt") for _, each in planted(40, seed)]

    assert files(1) == files(1) != files(2)


def test_every_defect_alters_the_decision_and_names_what_shows_it():
    original = sources()["decision"]
    for kind in DEFECTS:
        copy = plant(kind, Random(4), original)
        assert written(copy.copy, "txt") != written(original, "txt")
        assert copy.expected and all(copy.touches(each.line.origin, each.column) for each in copy.expected)


def test_a_cell_is_addressed_as_its_file_shows_it():
    copy = sources()["decision"]
    row = copy.row("01", 4)
    assert address(copy, "xlsx", row, 5).cell == "F12"
    assert (address(copy, "txt", row, 5).row, address(copy, "txt", row, 5).column) == (65, 6)


@pytest.mark.parametrize(
    ("total", "materiality"),
    [("45.13", "total"), ("86.3", "total"), ("85", "rank"), ("84", "level")],
    ids=["another pillar", "the rank stays", "a rank lower", "a level lower"],
)
def test_the_oracle_weighs_a_total(total: str, materiality: str):
    districts = Oracle.of("01")
    if total == "45.13":
        assert districts.materiality_of_total(4, "readiness") == materiality
    else:
        assert districts.altered(1, "a_total", Decimal(total)).materiality_of_total(1, "attainment") == materiality


def test_the_sheet_and_the_sql_tests_see_the_decisions_own_wrong_sum():
    given = tables_of(sources()["decision"])
    assert Spreadsheet().flags([given]) == [{("sum", ("01", 4), "r_total")}]
    assert ("sum", ("01", 4), "r_total") in SqlTests().flags([given])[0]
