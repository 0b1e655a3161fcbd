"""What the page of a year says of an assessment: who leads, how many reach which level, who moved.

Here: counting and choosing, once for both languages. Not here: the sentences (`templates/overview.html`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..quality.gathering import Row
from .facts import Facts, Scope, Unit

MOST_MOVERS = 5  # on either side
MOST_ROWS = 400  # of a ranking; a list across the whole country has more than a page can carry
COMPARABLE = ("same_unit", "rule_changed")


@dataclass(frozen=True, slots=True)
class Share:
    """How many units are at a level, and how many as the document states it; `unranked` and `missing` are no levels."""

    level: str
    shade: str
    units: int
    stated: int
    percent: float

    @property
    def is_as_stated(self) -> bool:
        return self.units == self.stated

    @property
    def is_level(self) -> bool:
        return self.level not in ("unranked", "missing")

    @property
    def mark(self) -> str:
        """What stands for it where there is room for a sign only."""
        return {"unranked": "–", "missing": "?"}.get(self.level, self.level)


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are directly under one unit; of a list without such, all of them."""

    parent: Unit | None
    results: list[Row]


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of an assessment. ranking: its scored units by rank; movers: those of the greatest change, up and down;
    ranked_by: the pillar that ranks them; highest: what a bar is drawn against."""

    code: str
    units: int
    scored: int
    pillars: list[Row]
    ranked_by: Row | None
    highest: Decimal
    leaders: list[Row]
    shares: list[Share]
    groups: list[Group]
    ranking: list[Row]
    is_cut: bool
    previous_year: int | None
    is_rule_changed: bool
    gained: int
    lost: int
    compared: int
    up: list[Row]
    down: list[Row]

    @property
    def best(self) -> str | None:
        """The best level that a unit has reached."""
        return next((share.level for share in self.shares if share.units and share.is_level), None)


@dataclass(frozen=True, slots=True)
class Overview:
    """An assessment's page."""

    assessment: Row
    scope: Scope
    tiers: list[Tier]
    findings: int
    material: int

    @property
    def year(self) -> int:
        return self.assessment["year"]


def overview(facts: Facts, assessment: Row) -> Overview:
    """What the page of an assessment says."""
    key = assessment["assessment_key"]
    found = [row for row in facts.findings.get((key,), []) if row["status"] == "open"]
    return Overview(
        assessment,
        facts.scope_of[key],
        [_tier(facts, assessment, tier) for tier in facts.tiers(key)],
        len(found),
        sum(row["materiality"] in ("level", "rank") for row in found),
    )


def _tier(facts: Facts, assessment: Row, tier: str) -> Tier:
    key, index, year = assessment["assessment_key"], assessment["index_code"], assessment["year"]
    results = facts.results[key, tier]
    scored = [row for row in results if row["result_status"] == "scored"]
    ranking = sorted(scored, key=lambda row: (row["rank_in_province"] is None, row["rank_in_province"] or 0))
    pillars = facts.pillars(index, tier, year)
    ranked_by = next((row for row in pillars if row["is_ranked_by"]), None)
    moved = [row for row in scored if row["comparison"] in COMPARABLE and _change(row, ranked_by) is not None]
    moved.sort(key=lambda row: _change(row, ranked_by) or 0)
    years = [row["previous_year"] for row in moved]
    return Tier(
        tier,
        len(results),
        len(scored),
        pillars,
        ranked_by,
        _highest(scored, ranked_by),
        [row for row in ranking if row["rank_in_province"] == 1],
        shares(facts, assessment, tier, results),
        _groups(facts, results),
        ranking[:MOST_ROWS],
        len(ranking) > MOST_ROWS,
        max(set(years), key=years.count) if years else None,
        any(row["comparison"] == "rule_changed" for row in moved),
        sum((row["level_change"] or 0) > 0 for row in moved),
        sum((row["level_change"] or 0) < 0 for row in moved),
        len(moved),
        [row for row in reversed(moved) if (_change(row, ranked_by) or 0) > 0][:MOST_MOVERS],
        [row for row in moved if (_change(row, ranked_by) or 0) < 0][:MOST_MOVERS],
    )


def _change(row: Row, pillar: Row | None) -> Decimal | None:
    text: Any = (row["changes"] or {}).get(pillar["pillar"]) if pillar else None
    return None if text is None else Decimal(text)


def _highest(scored: list[Row], pillar: Row | None) -> Decimal:
    """What bars of the total are drawn against: the most that can be had, else the most that anyone has."""
    if pillar is None:
        return Decimal(1)
    totals = [Decimal(row["totals"][pillar["pillar"]]) for row in scored if pillar["pillar"] in (row["totals"] or {})]
    return max([pillar["max_total"] or Decimal(0), *totals]) or Decimal(1)


def shares(facts: Facts, assessment: Row, tier: str, results: list[Row]) -> list[Share]:
    """How many of these units are at each level, the best first; nothing where the rule of the year has no levels, or
    the year no such units."""
    index, year = assessment["index_code"], assessment["year"]
    levels = facts.levels(index, tier, year)
    if not levels or not results:  # a tier that a year no longer has
        return []
    now = Counter(_standing(row, row["level_computed"]) for row in results)
    stated = Counter(_standing(row, row["level_stated"]) for row in results)
    return [
        Share(
            level,
            facts.shade(index, tier, year, level, "missing"),
            now[level],
            stated[level],
            round(100 * now[level] / len(results), 2),
        )
        for level in (*levels, "unranked", "missing")
        if level != "missing" or now[level] or stated[level]
    ]


def _standing(row: Row, level: str | None) -> str:
    """The level, or why there is none: those counted without scores are not eligible."""
    return level or ("unranked" if row["result_status"] == "counted_only" else "missing")


def _groups(facts: Facts, results: list[Row]) -> list[Group]:
    groups: dict[str, Group] = {}
    for row in results:
        parent = facts.parent(row)
        groups.setdefault(parent.stem if parent else "", Group(parent, [])).results.append(row)
    return [groups[name] for name in sorted(groups)]
