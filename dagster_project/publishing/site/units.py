"""What the page of a unit says: its years, its components beside all others', what the next level takes, its history.

Here: choosing from the facts, once for both languages. Not here: the sentences (`templates/unit.html`), the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..quality.gathering import Row
from .drawing import Point, spark
from .facts import Facts, Unit
from .overview import COMPARABLE, Share, shares


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a unit. scores: of each scored year; average, highest: of its tier in the last year; change:
    against the previous scored year; drawing: its line over the years, None of a single one; along: how far along a bar
    its last score and the average are, which ends at the most that can be had, else at the most that anyone has."""

    row: Row
    scores: list[str | None]
    average: str
    highest: str
    change: str | None
    drawing: Markup | None
    along: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pillar:
    """A total of a unit over the years, with the thresholds of each year."""

    row: Row
    points: list[Point]
    thresholds: dict[int, list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class OfIndex:
    """A unit in an index: years, the latest first; last: its last scored year."""

    index: str
    years: list[Row]
    scored: list[Row]
    last: Row | None
    assessment: Row
    pillars: list[Pillar]
    components: list[Component]
    distances: list[Row]
    shade: str


@dataclass(frozen=True, slots=True)
class Children:
    """The units directly under a unit in an assessment."""

    assessment: Row
    tier: str
    results: list[Row]
    shares: list[Share]


def of_indices(facts: Facts, unit: Unit) -> list[OfIndex]:
    """What a unit has in each index."""
    return [_of_index(facts, index, years) for index, years in sorted(unit.results.items())]


def children(facts: Facts, unit: Unit) -> list[Children]:
    """Who is under a unit, the latest assessment first."""
    keys = sorted(unit.children, key=lambda key: (-facts.assessments[key]["year"], key))
    return [_children(facts, facts.assessments[key], unit.children[key]) for key in keys]


def _of_index(facts: Facts, index: str, by_year: dict[int, Row]) -> OfIndex:
    years = [by_year[year] for year in sorted(by_year)]
    scored = [row for row in years if row["result_status"] == "scored"]
    last = scored[-1] if scored else None
    newest = years[-1]
    rule = last or newest
    tier, year = rule["tier"], rule["year"]
    return OfIndex(
        index,
        years[::-1],
        scored,
        last,
        facts.assessments[newest["assessment_key"]],
        [_pillar(facts, index, row, scored) for row in facts.pillars(index, tier, year)] if last else [],
        [one for row in facts.components(index, tier, year) if (one := _component(facts, row, scored, last))],
        facts.distances.get((last["assessment_key"], last["unit_key"]), []) if last else [],
        facts.shade(index, tier, newest["year"], newest["level_computed"], newest["result_status"]),
    )


def _pillar(facts: Facts, index: str, pillar: Row, scored: list[Row]) -> Pillar:
    code = pillar["pillar"]
    return Pillar(
        pillar,
        _points([(row, (row["totals"] or {}).get(code)) for row in scored]),
        {
            row["year"]: [
                (rule["level"], float(rule["min_total"]))
                for rule in facts.thresholds(index, row["tier"], row["year"])
                if rule["pillar"] == code
            ]
            for row in scored
        },
    )


def _component(facts: Facts, component: Row, scored: list[Row], last: Row | None) -> Component | None:
    """None where the last scored year has no figure of it."""
    code = component["component"]
    if last is None or code not in (last["scores"] or {}):
        return None
    of_tier = {row["year"]: facts.averages.get((row["assessment_key"], row["tier"], code)) for row in scored}
    averages = {year: average for year, average in of_tier.items() if average}
    now = averages[last["year"]]
    changes = facts.component_changes.get((last["assessment_key"], last["unit_key"])) or {}
    scores = [(row["scores"] or {}).get(code) for row in scored]
    points = _points(list(zip(scored, scores, strict=True)))
    span = (
        min(float(row["lowest"]) for row in averages.values()),
        max(float(row["highest"]) for row in averages.values()),
    )
    most = float(component["max_score"] or span[1]) or 1.0
    beside = {year: float(row["average"]) for year, row in averages.items()}
    return Component(
        component,
        scores,
        now["average"],
        now["highest"],
        changes.get(code),
        spark(points, beside, span) if len(points) > 1 else None,
        (_percent(points[-1].value, most), _percent(float(now["average"]), most)),
    )


def _percent(value: float, most: float) -> int:
    return round(100 * min(1.0, max(0.0, value / most)))


def _points(figures: list[tuple[Row, str | None]]) -> list[Point]:
    return [
        Point(row["year"], float(text), text, row["comparison"] in COMPARABLE)
        for row, text in figures
        if text is not None
    ]


def _children(facts: Facts, assessment: Row, results: list[Row]) -> Children:
    tier = results[0]["tier"]
    ranked = sorted(results, key=lambda row: (row["rank_in_district"] is None, row["rank_in_district"] or 0))
    return Children(assessment, tier, ranked, shares(facts, assessment, tier, results))
