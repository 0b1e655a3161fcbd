"""The models of movement on small worlds made up at random: whatever happens, they say what the truth says."""

from __future__ import annotations

from random import Random

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from movement_tables import AVERAGE, COMPONENT, CONTRIBUTION, PILLAR, TRANSITION, UNIT, Built, table
from movement_worlds import World, put_in, tree

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


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
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


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_a_tree_of_pillars_moves_as_its_components_do(built: Built, seed: int) -> None:
    """From the components to the root, exactly, whatever stands between; trees change from year to year."""
    chance = Random(seed)
    world = World(chance, [tree(chance) for _ in range(4)])
    with duckdb.connect() as connection:
        build(connection, world, built.compiled)
        assert table(connection, *CONTRIBUTION) == contributions(world)
        assert table(connection, *COMPONENT) == world.truth.component_rows()
        assert table(connection, *PILLAR) == world.truth.pillar_rows()
        assert table(connection, *AVERAGE) == world.truth.average_rows()
        for law in LAWS:
            assert connection.execute(built.compiled[law]).fetchall() == [], law


def contributions(world: World) -> dict:
    """What each score contributes to each pillar above it, by row, pillar and component."""
    return {
        (f"{year}/{key}", *part): (figure,)
        for (year, key), result in world.results.items()
        if result.scores
        for rule in [world.rules[world.units[key].tier, year]]
        for part, figure in rule.contributions(rule.everywhere(result.scores)).items()
    }


def build(connection: duckdb.DuckDBPyConnection, world: World, compiled: dict[str, str]) -> None:
    """The models of movement, in dbt's order, on a world."""
    connection.execute("attach ':memory:' as egov; use egov")
    for schema in ("registry", "staging", "intermediate"):
        connection.execute(f"create schema {schema}")
    put_in(world, connection)
    for name, sql in compiled.items():
        if name.startswith(("int_movement_", "int_rule_")) or name == "int_row_score":
            connection.execute(f"create table intermediate.{name} as {sql}")
        elif name in MARTS:
            connection.execute(f"create table main.{name} as {sql}")
