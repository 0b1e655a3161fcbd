"""The models of movement on small worlds made up at random: whatever happens, they say what the truth says."""

from __future__ import annotations

from random import Random

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from movement_tables import AVERAGE, COMPONENT, PILLAR, TRANSITION, UNIT, Built, table
from movement_worlds import World, put_in

MARTS = (
    "fct_component_movement",
    "fct_pillar_movement",
    "fct_unit_movement",
    "agg_average_movement",
    "agg_level_transitions",
)
LAWS = (
    "averages_move_by_their_parts",
    "changes_are_by_rule_and_by_scores",
    "components_sum_to_their_pillar",
    "transitions_sum_to_both_rosters",
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_movement_is_what_the_truth_says_in_any_world(built: Built, seed: int) -> None:
    world = World(Random(seed))
    with duckdb.connect() as connection:
        build(connection, world, built.compiled)
        assert table(connection, *UNIT) == world.truth.unit_rows()
        assert table(connection, *COMPONENT) == world.truth.component_rows()
        assert table(connection, *PILLAR) == world.truth.pillar_rows()
        assert table(connection, *AVERAGE) == world.truth.average_rows()
        assert table(connection, *TRANSITION) == world.truth.transition_rows()
        for law in LAWS:
            assert connection.execute(built.compiled[law]).fetchall() == [], law


def build(connection: duckdb.DuckDBPyConnection, world: World, compiled: dict[str, str]) -> None:
    """The models of movement, in dbt's order, on a world."""
    connection.execute("attach ':memory:' as egov; use egov")
    for schema in ("registry", "intermediate"):
        connection.execute(f"create schema {schema}")
    put_in(world, connection)
    for name, sql in compiled.items():
        if name.startswith(("int_movement_", "int_rule_")):
            connection.execute(f"create table intermediate.{name} as {sql}")
        elif name in MARTS:
            connection.execute(f"create table main.{name} as {sql}")
