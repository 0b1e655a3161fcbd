"""What the pages of movement and transitions say of a scope: ranks from year to year, what drove a change, and how many
went from which level to which.

Here: choosing and counting, once for both languages. Not here: the sentences (templates), the drawing (`charts.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .. import pages
from ..quality.gathering import Row
from .charts import Spec
from .facts import Facts, Scope, Unit
from .overview import shares

MOST_LINES = 20  # of ranks; of more units the first and those that moved most
_FIRST, _MOVED = 10, 5
MOST_READ = 5  # years; of more of them the ranks stand where a line begins and ends
LONGEST_NAME = 36  # beside the end of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's rank by year."""

    unit: Unit
    ranks: dict[int, int]
    change: int | None


@dataclass(frozen=True, slots=True)
class Tier:
    """How a tier moved. years: those with ranks; lines: as many as can be told apart, by their last rank; averages: of
    the last two years, by pillar; drivers: the mean change of each component of those that can be compared."""

    code: str
    years: list[int]
    lines: list[Line]
    units: int
    year: int
    previous_year: int | None
    riser: Line | None
    averages: list[Row]
    drivers: list[Row]

    @property
    def size(self) -> Decimal:
        """How large its totals are, to round means by."""
        return max((Decimal(row["average"]) for row in self.averages), default=Decimal(1))


@dataclass(frozen=True, slots=True)
class Matrix:
    """From which level to which, of a tier between two years; a cell is a number of units."""

    tier: str
    year: int
    previous_year: int
    is_rule_changed: bool
    states_from: list[str]
    states_to: list[str]
    cells: dict[tuple[str, str], int]
    same: int
    better: int
    worse: int

    def cell(self, before: str, now: str) -> int:
        return self.cells.get((before, now), 0)


def tiers(facts: Facts, scope: Scope) -> list[Tier]:
    """The tiers of a scope that have ranks in several years."""
    codes = dict.fromkeys(code for one in scope.assessments for code in facts.tiers(one["assessment_key"]))
    found = [_tier(facts, scope, code) for code in codes]
    return [tier for tier in found if tier is not None]


def _tier(facts: Facts, scope: Scope, code: str) -> Tier | None:
    assessments = [one for one in scope.assessments if (one["assessment_key"], code) in facts.results]
    ranked: dict[str, Line] = {}
    for one in reversed(assessments):
        for row in facts.results[one["assessment_key"], code]:
            if row["rank_in_province"] is not None:
                unit = facts.units[row["unit_key"]]
                before = ranked.get(unit.stem)
                ranks = {**(before.ranks if before else {}), one["year"]: row["rank_in_province"]}
                ranked[unit.stem] = Line(unit, ranks, row["rank_change"])
    years = sorted({year for line in ranked.values() for year in line.ranks})
    if len(years) < 2:
        return None
    last = next(one for one in assessments if one["year"] == years[-1])
    now = sorted(
        (line for line in ranked.values() if years[-1] in line.ranks),
        key=lambda line: (line.ranks[years[-1]], line.unit.stem),
    )
    moved = sorted((line for line in now if line.change is not None), key=lambda line: line.change or 0)
    averages = facts.parent_averages.get((last["assessment_key"], code), [])
    return Tier(
        code,
        years,
        _chosen(now, moved),
        len(now),
        years[-1],
        next((row["previous_year"] for row in averages if row["previous_year"]), None),
        moved[-1] if moved and (moved[-1].change or 0) > 0 else None,
        [row for row in averages if row["stayed"] is not None],
        _drivers(facts, scope.index, code, last),
    )


def _chosen(now: list[Line], moved: list[Line]) -> list[Line]:
    if len(now) <= MOST_LINES:
        return now
    kept = {line.unit.stem for line in (*now[:_FIRST], *moved[:_MOVED], *moved[-_MOVED:])}
    return [line for line in now if line.unit.stem in kept]


def _drivers(facts: Facts, index: str, tier: str, assessment: Row) -> list[Row]:
    """In the order of the rule; what only the rule before had comes last."""
    order = [row["component"] for row in facts.components(index, tier, assessment["year"])]
    rows = facts.drivers.get((assessment["assessment_key"], tier), [])
    return sorted(rows, key=lambda row: order.index(row["component"]) if row["component"] in order else len(order))


def rank_rows(tier: Tier) -> list[Spec]:
    """The rows of the chart of ranks: places are counted among the units shown, the figures are the ranks."""
    rows: list[Spec] = []
    for year in tier.years:
        shown = sorted((line for line in tier.lines if year in line.ranks), key=lambda line: line.ranks[year])
        for place, line in enumerate(shown, 1):
            change = line.change or 0
            is_last = year == max(line.ranks)
            is_read = is_last or year == min(line.ranks) or len(tier.years) <= MOST_READ
            rows.append(
                {
                    "unit": line.unit.stem,
                    "year": str(year),
                    "place": place,
                    "rank": line.ranks[year] if is_read else None,
                    "way": "up" if change > 0 else "down" if change < 0 else "none",
                    "name": _cut(line.unit.name) if is_last else None,
                }
            )
    return rows


def _cut(name: str) -> str:
    shown = pages.readable(name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"


def level_rows(facts: Facts, scope: Scope, tier: str) -> list[Spec]:
    """The rows of the chart of levels: of each year that has some."""
    rows: list[Spec] = []
    for one in reversed(scope.assessments):
        found = shares(facts, one, tier, facts.results.get((one["assessment_key"], tier), []))
        done = 0.0
        for share in found:
            if share.units:
                part = share.percent / 100
                rows.append(
                    {
                        **{"year": str(one["year"]), "level": share.level, "shade": share.shade},
                        **{"start": done, "middle": done + part / 2, "end": done + part},
                        **{"label": f"{share.mark} · {share.units}", "units": share.units},
                    }
                )
                done += part
    return rows if len({row["year"] for row in rows}) > 1 else []


def matrices(facts: Facts, scope: Scope) -> list[Matrix]:
    """Every two years of a scope, the latest first."""
    found = []
    for one in scope.assessments:
        for tier in facts.tiers(one["assessment_key"]):
            rows = facts.transitions.get((one["assessment_key"], tier), [])
            if rows:
                found.append(_matrix(facts, scope.index, tier, one["year"], rows))
    return found


def _matrix(facts: Facts, index: str, tier: str, year: int, rows: list[Row]) -> Matrix:
    levels = [*facts.levels(index, tier, year), "unranked"]
    order = [*levels, "missing", "merged", "entered", "left"]
    cells = {(row["from_level"], row["to_level"]): row["units"] for row in rows}
    both = [(before, now, units) for (before, now), units in cells.items() if before in levels and now in levels]

    def side(states: set[str]) -> list[str]:
        return [state for state in order if state in levels or state in states]

    return Matrix(
        tier,
        year,
        rows[0]["previous_year"],
        bool(rows[0]["is_rule_changed"]),
        side({before for before, _ in cells}),
        side({now for _, now in cells}),
        cells,
        sum(units for before, now, units in both if before == now),
        sum(units for before, now, units in both if levels.index(now) < levels.index(before)),
        sum(units for before, now, units in both if levels.index(now) > levels.index(before)),
    )


def total_change(row: Row) -> Decimal:
    """What a component's contribution changed by on average, by the scores and by the rule."""
    return row["by_scores"] + row["by_rule"]
