"""The laws that dbt enforces on each build are no formality: each fails when one row is altered in its last digit."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from movement_tables import Built

LAST_DIGIT = "0.000000001"
MEASURED = "rowid = (select min(rowid) from {0} where {1} is not null)"
ALTERATIONS = {
    "averages_move_by_their_parts": [
        f"update agg_average_movement set {part} = {part} + {LAST_DIGIT} where "
        + MEASURED.format("agg_average_movement", "stayed")
        for part in ("stayed", "entered", "left_out", "previous_average")
    ],
    "changes_are_between_two_figures": [
        f"update intermediate.int_movement_pillar set {part} = {part} - {LAST_DIGIT} where "
        + MEASURED.format("intermediate.int_movement_pillar", "total_change")
        for part in ("total_change", "current_total", "previous_total")
    ],
    "changes_are_by_rule_and_by_scores": [
        f"update {name} set change_by_rule = change_by_rule + {LAST_DIGIT} where "
        + MEASURED.format(name, "change_by_rule")
        for name in ("intermediate.int_movement_component", "intermediate.int_movement_pillar")
    ],
    "components_sum_to_their_pillar": [
        "update intermediate.int_movement_component "
        f"set contribution_change = contribution_change + {LAST_DIGIT} where "
        + MEASURED.format("intermediate.int_movement_component", "contribution_change"),
        "delete from intermediate.int_movement_component where "
        + MEASURED.format("intermediate.int_movement_component", "nullif(contribution_change, 0)"),
    ],
    "every_scored_unit_moves": ["delete from fct_unit_movement where " + MEASURED.format("fct_unit_movement", "year")],
    "transitions_sum_to_both_rosters": [
        "update agg_level_transitions set units = units + 1 where " + MEASURED.format("agg_level_transitions", "units"),
        "delete from agg_level_transitions where " + MEASURED.format("agg_level_transitions", "units"),
    ],
    # A key may hold nulls, as of units without a parent: they agree with each other.
    "unique_key_agg_average_movement_index_code__year__tier__pillar__parent_code": [
        "insert into agg_average_movement select one.* replace (null as parent_code) from "
        "(from agg_average_movement limit 1) as one, range(2)"
    ],
}


@pytest.mark.parametrize("law", ALTERATIONS)
def test_a_law_fails_when_one_row_is_altered(law: str, built: Built, tmp_path: Path) -> None:
    altered = tmp_path / "egov.duckdb"
    shutil.copy(built.database, altered)
    with duckdb.connect(str(altered)) as connection:
        assert connection.execute(built.compiled[law]).fetchall() == []
        for change in ALTERATIONS[law]:
            connection.begin()
            connection.execute(change)
            assert connection.execute(built.compiled[law]).fetchall(), f"{law} holds after: {change}"
            connection.rollback()
