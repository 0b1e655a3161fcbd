"""What was built, and the tables of movement as they are compared with the truth's. Here: no expectation."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Built:
    """A build database, and the SQL that each model and test was compiled to, in the order of the run."""

    database: Path
    compiled: dict[str, str] = field(repr=False)


# What a table is compared on: its key, and its values in the order of the truth's.
UNIT = "fct_unit_movement", "year, unit_key", "previous_year, comparison, is_rule_changed, rank_change, level_change"
COMPONENT = (
    "fct_component_movement",
    "year, unit_key, pillar, component",
    "previous_contribution, current_contribution, contribution_change, change_by_rule, change_by_scores, score_change",
)
CONTRIBUTION = "intermediate.int_row_score", "row_id, pillar, component", "contribution"
PILLAR = (
    "fct_pillar_movement",
    "year, unit_key, pillar",
    "previous_total, current_total, total_change, change_by_rule, change_by_scores",
)
AVERAGE = (
    "agg_average_movement",
    "tier, year, parent_code, pillar",
    "average, previous_average, stayed, entered, left_out",
)
TRANSITION = "agg_level_transitions", "tier, year, parent_code, from_level, to_level", "units"


def table(connection: duckdb.DuckDBPyConnection, name: str, key: str, columns: str) -> dict[tuple, tuple]:
    """A table by its key; figures as fractions. The key has to be one."""
    size = key.count(",") + 1
    rows = connection.execute(f"select {key}, {columns} from {name}").fetchall()
    exact = [[Fraction(value) if isinstance(value, Decimal) else value for value in row] for row in rows]
    found = {tuple(row[:size]): tuple(row[size:]) for row in exact}
    assert len(found) == len(rows), f"{name}: {key} is no key"
    return found
