"""Distances, margins, ranks a step away and the places about thresholds, held to plain Python over all five years: the
decision of 2020 as people took it down, the SYNTHETIC ones after it, and thresholds that change between them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from movement_rules import Result, total
from movement_tables import table
from movement_truth import Truth

from dagster_project.root import REPOSITORY

PILLARS = ("attainment", "readiness")
with (REPOSITORY / "dbt_project" / "seeds" / "pillars.csv").open(encoding="utf-8", newline="") as pillars:
    STEP = {(row["tier"], row["pillar"]): Fraction(row["step"]) for row in csv.DictReader(pillars)}
Key = tuple[int, str]


@pytest.fixture(scope="module")
def totals(truth: Truth) -> dict[Key, dict[str, Fraction | None]]:
    return {key: totals_of(result) for key, result in truth.results.items() if result.status == "scored"}


def totals_of(result: Result) -> dict[str, Fraction | None]:
    return {
        pillar: total(
            None if score is None else Fraction(score) for (of, _), score in result.scores.items() if of == pillar
        )
        for pillar in PILLARS
    }


def thresholds(truth: Truth, year: int, tier: str) -> list[dict[str, Decimal]]:
    """Per level, best first, what each pillar must reach."""
    levels: dict[int, dict[str, Decimal]] = {}
    for (_, pillar), (order, minimum) in truth.rules[tier, year].levels.items():
        levels.setdefault(order, {})[pillar] = minimum
    return [levels[order] for order in sorted(levels)]


def distances(truth: Truth, totals: dict) -> Iterator[tuple[Key, str, Fraction | None, Fraction | None]]:
    """Per unit and pillar: what it has above its own level's threshold, and what it lacks for the next."""
    for (year, key), own in totals.items():
        if None in own.values():
            continue
        minima = thresholds(truth, year, truth.units[key].tier)
        held = next((at for at, of in enumerate(minima) if all(own[p] >= of[p] for p in PILLARS)), len(minima))
        for pillar in PILLARS:
            margin = own[pillar] - Fraction(minima[held][pillar]) if held < len(minima) else None
            lacking = max(Fraction(minima[held - 1][pillar]) - own[pillar], Fraction(0)) if held else None
            yield (year, key), pillar, margin, lacking


def test_distances_are_those_of_plain_arithmetic(
    warehouse: duckdb.DuckDBPyConnection, truth: Truth, totals: dict
) -> None:
    expected = {(*key, pillar): figures for key, pillar, *figures in distances(truth, totals)}
    found = table(warehouse, "fct_level_distance", "year, unit_key, pillar", "margin, to_next_level, is_holding_back")
    assert found == {
        key: (margin, lacking, None if lacking is None else lacking > 0) for key, (margin, lacking) in expected.items()
    }
    assert {year for year, _, _ in expected} == {2020, 2021, 2022, 2024, 2025}


def test_a_unit_stands_by_its_weakest_pillar(warehouse: duckdb.DuckDBPyConnection, truth: Truth, totals: dict) -> None:
    by_unit: dict[Key, dict[str, tuple]] = {}
    for key, pillar, margin, lacking in distances(truth, totals):
        by_unit.setdefault(key, {})[pillar] = margin, lacking
    expected = {}
    for (year, unit_key), pillars in by_unit.items():
        step = {pillar: STEP[truth.units[unit_key].tier, pillar] for pillar in PILLARS}
        margins = {pillar: margin for pillar, (margin, _) in pillars.items() if margin is not None}
        lacking = {pillar: lack for pillar, (_, lack) in pillars.items() if lack}
        has_next = pillars["readiness"][1] is not None
        smallest = min(margins.values(), default=None)
        expected[year, unit_key] = (
            smallest,
            ", ".join(pillar for pillar in PILLARS if margins.get(pillar) == smallest) if margins else None,
            any(margin < step[pillar] for pillar, margin in margins.items()) if margins else None,
            ", ".join(lacking) if lacking else None,
            len(lacking) if has_next else None,
            all(lack <= step[pillar] for pillar, lack in lacking.items()) if has_next else None,
        )
    columns = "smallest_margin, smallest_margin_pillars, is_lost_by_a_step, held_back_by, pillars_holding_back"
    found = table(warehouse, "fct_level_standing", "year, unit_key", f"{columns}, is_next_within_a_step")
    assert found == expected
    assert {row[3] for row in expected.values()} >= {"attainment", "readiness", "attainment, readiness"}


def test_ranks_a_step_away_are_those_of_counting(
    warehouse: duckdb.DuckDBPyConnection, truth: Truth, totals: dict
) -> None:
    peers: dict[tuple, dict[str, Fraction]] = {}
    for (year, key), own in totals.items():
        if own["attainment"] is not None:
            unit = truth.units[key]
            peers.setdefault((year, unit.tier, unit.province), {})[key] = own["attainment"]
    expected = {}
    for (year, tier, _), group in peers.items():
        for key, own in group.items():
            step = STEP[tier, "attainment"]
            others = [other for name, other in group.items() if name != key]
            ranks = [1 + sum(other > figure for other in others) for figure in (own, own + step, own - step)]
            expected[year, key] = (*ranks, ranks[0] - ranks[1], ranks[2] - ranks[0])
    columns = "rank_in_province, rank_a_step_up, rank_a_step_down, ranks_gained, ranks_lost"
    assert table(warehouse, "fct_rank_robustness", "year, unit_key", columns) == expected
    assert max(row[4] for row in expected.values()) > 10


def test_totals_about_thresholds_are_those_of_counting(
    warehouse: duckdb.DuckDBPyConnection, truth: Truth, totals: dict
) -> None:
    expected = {}
    groups = {(year, truth.units[key].tier, truth.units[key].province) for year, key in totals}
    for year, tier, province in groups:
        for (level, pillar), (_, minimum) in truth.rules[tier, year].levels.items():
            own = [
                figures[pillar]
                for (of, key), figures in totals.items()
                if (of, truth.units[key].tier, truth.units[key].province) == (year, tier, province)
                and figures[pillar] is not None
            ]
            step = STEP[tier, pillar]
            off = [figure - Fraction(minimum) for figure in own]
            near = Counter(figure for figure, by in zip(own, off, strict=True) if abs(by) <= step)
            commonest = max(near, key=lambda figure: (near[figure], figure), default=None)
            expected[year, tier, province, level, pillar] = (
                Fraction(minimum),
                len(own),
                sum(0 <= by < step for by in off),
                sum(-step <= by < 0 for by in off),
                near.total(),
                commonest,
                near[commonest] if near else None,
            )
    key = "year, tier, province_code, level, pillar"
    columns = "units, units_just_above, units_just_below, units_within_step, commonest_total, units_at_commonest_total"
    assert table(warehouse, "agg_threshold_bunching", key, f"min_total, {columns}") == expected
    assert (
        expected[2021, "commune", "34", "IV", "attainment"][0] != expected[2022, "commune", "34", "IV", "attainment"][0]
    )


def test_sixteen_communes_of_2020_stand_a_step_above_a_threshold(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Exactly a step above is no longer just above; it is within a step all the same."""
    assert warehouse.execute(
        "select units, units_just_above, units_just_below, units_within_step, commonest_total, units_at_commonest_total"
        " from agg_threshold_bunching"
        " where year = 2020 and tier = 'commune' and pillar = 'attainment' and min_total = 38.5"
    ).fetchall() == [(35, 0, 1, 17, 39, 16)]
