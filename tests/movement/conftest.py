"""Several years: the decision of 2020 and the SYNTHETIC ones after it, as a warehouse and as an independent truth.

The years are 2020, 2021, 2022, 2024 and 2025: 2023 is the gap. The units, their mergers, divisions and new names are
the real ones; a threshold changes from 2022 by the registry beside the synthetic decisions.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from compiled import Compiled
from movement_rules import Result, Rule, Unit
from movement_tables import Built
from movement_truth import Truth

from dagster_project.root import REPOSITORY, Root

SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic"
SEEDS = REPOSITORY / "dbt_project" / "seeds"

sys.path.insert(0, str(SYNTHETIC))
from several_years import make_root  # noqa: E402
from synthetic_decisions import ATTAINMENT, READINESS, decisions, level, total  # noqa: E402

PARTS = [("readiness", name) for name in READINESS] + [("attainment", name) for name in ATTAINMENT]


def as_is(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def built(once: Callable[..., Path], land_and_build: Callable[[Root], None], of_dbt: Compiled) -> Built:
    """All five years, built as `egov run` builds them."""

    def make(folder: Path) -> None:
        make_root(folder)
        land_and_build(Root(folder))

    models = {step.relation.split('"')[-2]: step.sql for step in of_dbt.plan.steps}
    return Built(Root(once("several_years", make)).build_database, {**models, **of_dbt.tests})


@pytest.fixture(scope="session")
def warehouse(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def truth() -> Truth:
    units = {
        row["unit_key"]: Unit(
            row["unit_key"],
            row["unit_code"],
            row["tier"],
            row["parent_code"] or None,
            row["province_code"] or None,
            date.fromisoformat(row["valid_from"] or "0001-01-01"),
            date.fromisoformat(row["valid_to"] or "9999-12-31"),
        )
        for row in as_is(SEEDS / "units.csv")
    }
    before = [(row["successor_key"], row["predecessor_key"]) for row in as_is(SEEDS / "unit_succession.csv")]
    years = (2020, 2021, 2022, 2024, 2025)
    rules = {(tier, year): rule(tier, year) for tier in ("district", "commune") for year in years}
    return Truth(units, before, rules, dict(results(units)))


def rule(tier: str, year: int) -> Rule:
    levels = {
        (row["level"], row["pillar"]): (int(row["level_order"]), Decimal(row["min_total"]))
        for row in as_is(SYNTHETIC / "level_rules.csv")
        if row["tier"] == tier and int(row["valid_from_year"]) <= year <= int(row["valid_to_year"] or 9999)
    }
    return Rule(dict.fromkeys(PARTS), "attainment", levels)


def results(units: dict[str, Unit]) -> Iterator[tuple[tuple[int, str], Result]]:
    """What is believed of each unit on the list of each decision, by year and key."""
    scored_2020 = {"district": scores_of_2020("01"), "commune": scores_of_2020("03")}
    everywhere = {unit.code for unit in units.values() if unit.tier == "district" and unit.province == "34"}
    yield from of_decision(2020, "34", scored_2020, everywhere, units)
    for made in decisions():
        yield from of_decision(made.year, made.province, made.scores, made.counted or set(), units)


def of_decision(year: int, province: str, scored: dict, counted: set[str], units: dict[str, Unit]) -> Iterator:
    for tier, by_code in scored.items():
        attainment = {code: None if None in s.values() else total(s, ATTAINMENT) for code, s in by_code.items()}
        for unit in units.values():
            if unit.tier != tier or unit.province != province or not unit.is_valid(year):
                continue
            if unit.code not in by_code:
                yield (year, unit.key), Result("counted_only" if unit.parent in counted else "missing")
                continue
            own, scores = attainment[unit.code], by_code[unit.code]
            ahead = sum(1 for other in attainment.values() if None not in (own, other) and other > own)
            by_part = {(pillar, component): scores[component] for pillar, component in PARTS}
            rank = None if own is None else 1 + ahead
            yield (year, unit.key), Result("scored", by_part, rank, level(year, tier, scores))


def scores_of_2020(annex: str) -> dict[str, dict[str, Decimal]]:
    columns = ("r_infra", "r_hr", "r_env", "a_presence", "a_interact", "a_transact", "a_transform")
    meant = {
        row["as_written"]: row["code"]
        for row in as_is(REPOSITORY / "tests/data/seed_names_resolved.csv")
        if row["where"] == f"annex{annex}"
    }
    decision = json.loads((REPOSITORY / "tests/data/decision_2020.json").read_text(encoding="utf-8"))
    return {
        meant[row["unit"]]: {
            component: Decimal(row[column]) for component, column in zip(READINESS + ATTAINMENT, columns, strict=True)
        }
        for row in decision["annexes"][annex]["rows"]
    }
