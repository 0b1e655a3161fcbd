"""What Great Expectations asks about a delivery as a whole: silent on what is usual, each question where it belongs.

The second delivery of each world is annex 03 of the decision of 2020, changed for the test (SYNTHETIC).
"""

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dagster_project.judging.engine import ExpectationCrashed, judge
from dagster_project.root import Root
from expectations import of_deliveries

DATA = Path(__file__).parents[1] / "data"
sys.path.insert(0, str(DATA / "synthetic"))
from several_years import make_root  # noqa: E402

EXPECTED = of_deliveries()
ANNEX = list(csv.reader(io.StringIO((DATA / "inputs/09_utf8sig_comma_annex03.csv").read_text("utf-8-sig"))))
FIRST, LAST = (
    place for rows in [[i for i, row in enumerate(ANNEX) if row[0].isdigit()]] for place in (rows[0], rows[-1])
)
LEDGER = ("file", "sha256", "year", "kind", "received_on", "sender", "note")


@pytest.fixture(scope="module")
def profile(of_dbt):
    """Builds the profile of a root's deliveries; gives the database."""
    steps = of_dbt.needed_for("int_delivery_profile")

    def profile(root: Root) -> Path:
        root.warehouse.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(root.build_database)) as connection:
            of_dbt.run(root, connection, steps)
        return root.build_database

    return profile


@pytest.fixture
def asked(profile, tmp_path):
    """The questions that a root raises, by code, with the deliveries that they are asked of."""

    def asked(root: Root) -> dict[str, tuple[str, ...]]:
        verdicts = judge(profile(root), (), EXPECTED, tmp_path / "docs", "deliveries")
        assert {verdict.code for verdict in verdicts} == {one.code for one in EXPECTED}
        return {verdict.code: verdict.rows for verdict in verdicts if verdict.unexpected}

    return asked


def world(folder: Path, *deliveries: tuple[str, str, list[list[str]]]) -> Root:
    """A root with files of one sender: name, day of receipt, rows."""
    root = Root(folder)
    (root.submissions / "2020").mkdir(parents=True)
    ledger = [LEDGER]
    for name, received_on, rows in deliveries:
        with (root.submissions / "2020" / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t" if name.endswith("tsv") else ",").writerows(rows)
        ledger.append((f"2020/{name}", "", "2020", "published", received_on, "SYNTHETIC", ""))
    with root.ledger.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ledger)
    return root


def changed(change) -> list[list[str]]:
    """The annex with `change` done to each unit's row, by its count from 0; rows that it makes None are left out."""
    rows = [change(at - FIRST, list(row)) if FIRST <= at <= LAST else list(row) for at, row in enumerate(ANNEX)]
    return [row for row in rows if row is not None]


def mended(at: int, row: list[str]) -> list[str]:
    return [*row[:3], "12.5", *row[4:]] if at == 0 else row


def nameless(at: int, row: list[str]) -> list[str]:
    return [row[0], "", *row[2:]] if at % 2 else row


def a_third(at: int, row: list[str]) -> list[str] | None:
    return row if at % 3 == 0 else None


def halved(at: int, row: list[str]) -> list[str]:
    return [*row[:3], *(str(float(figure) / 2) for figure in row[3:12]), *row[12:]]


def misnamed(at: int, row: list[str]) -> list[str]:
    return [row[0], f"Xã Không Có Tên {at}", *row[2:]] if at % 2 else row


def without_human_resources() -> list[list[str]]:
    return [row[:4] + row[5:] for row in ANNEX]


def test_the_decision_and_the_synthetic_years_raise_no_question(asked, tmp_path):
    make_root(tmp_path / "root")
    assert asked(Root(tmp_path / "root")) == {}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param(changed(mended), set(), id="one figure mended"),
        pytest.param(changed(nameless), {"quarantined_share"}, id="half of the rows without a name"),
        pytest.param(changed(a_third), {"units_to_before"}, id="a third of the units"),
        pytest.param(changed(halved), {"mean_to_before"}, id="all scores halved"),
        pytest.param(changed(misnamed), {"unknown_share"}, id="half of the names unknown"),
        pytest.param(without_human_resources(), {"columns_complete"}, id="a column less"),
    ],
)
def test_a_question_is_asked_of_the_delivery_that_it_is_about(asked, tmp_path, rows, codes):
    found = asked(world(tmp_path / "root", ("first.csv", "2021-04-05", ANNEX), ("second.csv", "2021-05-10", rows)))
    assert found.keys() == codes
    assert all(len(rows) == 1 and "second.csv" in rows[0] for rows in found.values())


def test_a_list_in_two_formats_is_judged_once_and_raises_no_question(asked, tmp_path):
    assert asked(world(tmp_path / "root", ("one.csv", "2021-04-05", ANNEX), ("two.tsv", "2021-04-05", ANNEX))) == {}


def test_a_row_that_another_file_of_the_day_hides_from_the_checks_is_asked_about(asked, tmp_path):
    """The second file gives all units again, and so the unknown name of the first is never checked."""
    with_one_more = [*ANNEX[: LAST + 1], ["99", "Xã Không Có Tên", *ANNEX[LAST][2:]], *ANNEX[LAST + 1 :]]
    root = world(tmp_path / "root", ("one.csv", "2021-04-05", with_one_more), ("two.tsv", "2021-04-05", ANNEX))
    assert asked(root).keys() == {"rows_all_judged"}


def test_an_expectation_of_deliveries_that_crashed_stops_everything(profile, tmp_path):
    database = profile(world(tmp_path / "root", ("first.csv", "2021-04-05", ANNEX)))
    crashing = replace(EXPECTED[1], column="no_such_column")
    with pytest.raises(ExpectationCrashed, match="of quarantined_share could not be evaluated"):
        judge(database, (), (crashing,), tmp_path / "docs", "deliveries")


def test_each_declaration_is_whole_and_an_expectation_that_is_not_provided_for_is_named():
    from expectations.suites import expectation_of_deliveries

    for one in EXPECTED:
        for said in ("name", "meaning", "question"):
            assert getattr(one, f"{said}_vi").strip() and getattr(one, f"{said}_en").strip(), one.code
        assert type(expectation_of_deliveries(one)).__name__ == one.expectation
    with pytest.raises(ValueError, match=r"deliveries\.csv: rows_all_judged names the expectation 'ExpectMagic'"):
        expectation_of_deliveries(replace(EXPECTED[0], expectation="ExpectMagic"))
