"""Each table of movement against the truth, over several years; and what each case comes to, by hand."""

from __future__ import annotations

from decimal import Decimal

import duckdb
from make import document
from movement_tables import AVERAGE, COMPONENT, PILLAR, TRANSITION, UNIT, table
from movement_truth import Truth
from synthetic_decisions import HERE, decisions, valid_units

# The documents


def test_the_synthetic_decisions_are_what_the_script_writes() -> None:
    for made in decisions():
        assert (HERE / made.file_name).read_text(encoding="utf-8") == document(made)
        scored = {code for code, _ in made.blank} | made.always
        assert scored <= {unit["unit_code"] for unit in valid_units(made, "commune")}, "a case lacks its unit"


def test_every_result_is_read_as_the_script_meant_it(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Else all that follows would be about other figures."""
    found = table(warehouse, "fct_unit_result", "year, unit_key", "result_status, rank_in_province, level_computed")
    assert found == {key: (result.status, result.rank, result.level) for key, result in truth.results.items()}
    assert {result.status for result in truth.results.values()} == {"scored", "counted_only", "missing"}


# Each table against the truth


def test_units_move_as_the_truth_says(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    expected = truth.unit_rows()
    assert table(warehouse, *UNIT) == expected
    assert {row[1] for row in expected.values()} == {"first_year", "merged", "split", "rule_changed", "same_unit"}
    gaps = table(warehouse, "fct_unit_movement", "year, unit_key", "years_between")
    assert gaps == {key: (row[0] and key[0] - row[0],) for key, row in expected.items()}


def test_components_move_as_the_truth_says(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    assert table(warehouse, *COMPONENT) == truth.component_rows()


def test_pillars_move_as_the_truth_says(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    expected = truth.pillar_rows()
    assert table(warehouse, *PILLAR) == expected
    for pillar in ("readiness", "attainment"):
        columns = f"previous_{pillar}, current_{pillar}, {pillar}_change"
        wide = table(warehouse, "fct_unit_movement", "year, unit_key", columns)
        assert wide == {(year, key): row[:3] for (year, key, of), row in expected.items() if of == pillar}


def test_averages_move_as_the_truth_says(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    assert table(warehouse, *AVERAGE) == truth.average_rows()


def test_levels_change_as_the_truth_says(warehouse: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    assert table(warehouse, *TRANSITION) == truth.transition_rows()


# Cases worked out by hand


def unit_movement(warehouse: duckdb.DuckDBPyConnection, key: str, year: int) -> dict:
    found = warehouse.execute("from fct_unit_movement where unit_key = ? and year = ?", [key, year])
    return dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))


def test_a_merged_unit_is_compared_with_the_mean_of_all_it_comes_from(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Xã Trang Bảo Xá, of three communes on 1 November 2024. In thai-binh-2022-synthetic.txt they have for
    infrastructure, human resources and environment 14.1, 4.51, 3.84; 14.2, 4.59, 4.1; 13.47, 4.62, 3.76. The means,
    fixed at nine decimals, are 13.923333333, 4.573333333 and 3.9; in 2024 it has 13.99, 4.06 and 5.42."""
    moved = unit_movement(warehouse, "12577@2024-11-01", 2024)
    assert moved["comparison"] == "merged"
    assert moved["previous_unit_keys"] == "12556@start, 12568@start, 12577@start"
    assert (moved["previous_year"], moved["years_between"]) == (2022, 2)
    assert moved["previous_readiness"] == Decimal("22.396666666")
    assert moved["current_readiness"] == Decimal("23.47")
    assert moved["readiness_change"] == Decimal("1.073333334")
    assert (moved["previous_rank"], moved["rank_change"], moved["level_change"]) == (None, None, None)


def test_a_merged_unit_has_no_change_where_one_it_comes_from_was_not_scored(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    moved = unit_movement(warehouse, "13030@2024-11-01", 2024)
    assert (moved["comparison"], moved["previous_year"]) == ("merged", 2022)
    assert (moved["previous_readiness"], moved["readiness_change"], moved["attainment_change"]) == (None, None, None)


def test_a_divided_unit_is_compared_with_what_it_was_part_of(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Xã Canh Liên, divided on 1 July 2025: its own figures before, but no rank or level among other communes."""
    moved = unit_movement(warehouse, "21997@2025-07-01", 2025)
    assert moved["comparison"] == "split"
    assert moved["previous_unit_keys"] == "21997@start"
    assert moved["readiness_change"] == Decimal("23.26") - Decimal("21.9")
    assert moved["attainment_change"] == Decimal("46.68") - Decimal("46.21")
    assert (moved["rank_change"], moved["level_change"]) == (None, None)


def test_a_renamed_unit_is_the_same_unit(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Xã Minh Tiến, Xã Tiên Tiến since 1 November 2024."""
    moved = unit_movement(warehouse, "12424@2024-11-01", 2024)
    assert (moved["comparison"], moved["previous_unit_keys"]) == ("same_unit", "12424@start")
    assert moved["attainment_change"] == Decimal("46.27") - Decimal("48.81")
    assert (moved["previous_rank"], moved["current_rank"], moved["rank_change"]) == (2, 12, -10)
    assert (moved["previous_level"], moved["current_level"], moved["level_change"]) == ("IV", "III", 1)


def test_a_gap_is_shown(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Huyện Vũ Thư is missing in 2022, and so its 2024 is compared with 2021; nobody was scored in 2023."""
    moved = unit_movement(warehouse, "344@start", 2024)
    assert (moved["previous_year"], moved["years_between"], moved["comparison"]) == (2021, 3, "same_unit")


def test_an_unknown_component_leaves_the_change_unknown(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The cell of `transaction` of Phường Hoàng Diệu is empty in 2022: that year and the next have no change of it."""
    for year in (2022, 2024):
        moved = unit_movement(warehouse, "12460@start", year)
        assert moved["readiness_change"] is not None
        assert (moved["attainment_change"], moved["rank_change"], moved["level_change"]) == (None, None, None)
