"""What the pages say of: units with all their years, assessments with their tiers, the rules of a year.

Here: the rows of the published tables put together once, for all pages and both languages. Not here: SQL (`tables.py`),
what a page shows of it (`overview.py`, `units.py`, …).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from ..quality.gathering import Row, stem
from .lineage import Event, Lineages
from .tables import Tables


@dataclass(slots=True)
class Unit:
    """A unit as its page shows it: one line of keys, the last of them is what it is called today. results: by index,
    then by year; children: of a unit that others are directly under, by assessment."""

    stem: str
    keys: tuple[str, ...]
    row: Row
    names: list[Row]
    events: list[Event] = field(default_factory=list)
    results: dict[str, dict[int, Row]] = field(default_factory=dict)
    children: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row["unit_name"] or self.row["unit_code"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is compared with each other over the years: an index of a province, or of a list across provinces."""

    index: str
    province: str | None
    name: str
    stem: str
    assessments: tuple[Row, ...]  # the latest first


class Facts:
    """All that the pages need, and the questions that they ask of it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.terms = {(row["term"], row["code"]): row for row in tables.terms}
        self.assessments = {row["assessment_key"]: row for row in tables.assessments}
        self.draft_years = [row["year"] for row in tables.draft_years]
        self.scopes = self._scopes()
        self.scope_of = {one["assessment_key"]: scope for scope in self.scopes for one in scope.assessments}
        self.distances = grouped(tables.distances, "assessment_key", "unit_key")
        self.component_changes = {
            (row["assessment_key"], row["unit_key"]): row["changes"] for row in tables.component_changes
        }
        # Where a component stands in the documents of an index: as the last of them has it.
        self.part_orders: dict[tuple[str, str, str], int] = {}
        for row in tables.averages:
            if assessment := self.assessments.get(row["assessment_key"]):
                part = assessment["index_code"], row["tier"], row["component"]
                self.part_orders[part] = row["part_order"] or 0
        self.averages = {(row["assessment_key"], row["tier"], row["component"]): row for row in tables.averages}
        self.parent_averages = grouped(tables.parent_averages, "assessment_key", "tier")
        self.drivers = grouped(tables.drivers, "assessment_key", "tier")
        self.transitions = grouped(tables.transitions, "assessment_key", "tier")
        self.findings = grouped(tables.findings, "assessment_key")
        self.sources = grouped(tables.sources, "assessment_key")
        self.results = grouped(tables.results, "assessment_key", "tier")
        self._rows_of_units = {row["unit_key"]: row for row in tables.units}
        self._by_code = grouped(tables.units, "unit_code")
        self._lineages = Lineages(tables.succession)
        self._sources = {row["index_code"]: row["source"] or row["index_code"] for row in reversed(tables.pillars)}
        self.units: dict[str, Unit] = {}
        self._follow()

    @property
    def shown(self) -> list[Unit]:
        """Each unit that has a page, once, whatever keys it had."""
        return list({unit.stem: unit for unit in self.units.values()}.values())

    def term(self, term: str, code: str | None) -> Row | None:
        """What a code is called; a tier that the registry of labels does not name is called by its code."""
        if code is None:
            return None
        return self.terms.get((term, code)) or {"name_vi": code, "name_en": code}

    @cache  # noqa: B019  (lives as long as the run that made it)
    def pillars(self, index: str, tier: str, year: int) -> list[Row]:
        """The pillars in force, the one that units are ranked by first."""
        rows = [row for row in self.tables.pillars if _holds(row, index, tier, year)]
        return sorted(rows, key=lambda row: (not row["is_ranked_by"], row["parent_pillar"] or ""))

    @cache  # noqa: B019
    def components(self, index: str, tier: str, year: int) -> list[Row]:
        """The components in force, in the order of their pillars and then as the documents have them; a total that is
        its own only component is none."""
        order = {row["pillar"]: place for place, row in enumerate(self.pillars(index, tier, year))}
        rows = [row for row in self.tables.components if _holds(row, index, tier, year)]
        rows = [row for row in rows if row["component"] != row["pillar"]]
        return sorted(
            rows,
            key=lambda row: (
                order.get(row["pillar"], len(order)),
                self.part_orders.get((index, tier, row["component"]), 0),
            ),
        )

    @cache  # noqa: B019
    def thresholds(self, index: str, tier: str, year: int) -> list[Row]:
        """What each level takes, the best level first."""
        return [row for row in self.tables.levels if _holds(row, index, tier, year)]

    @cache  # noqa: B019
    def levels(self, index: str, tier: str, year: int) -> list[str]:
        """The levels that can be reached, the best first."""
        return list(dict.fromkeys(row["level"] for row in self.thresholds(index, tier, year)))

    def rule_source(self, index: str) -> str:
        """What lays down the rule of an index, as people call the index; its code where the registry names nothing."""
        return self._sources.get(index, index)

    def pillar_name(self, index: str, tier: str, year: int | None, code: str) -> Row:
        """The row that names a pillar, of the year where the rule of the year has it."""
        return _named(self.tables.pillars, "pillar", index, tier, year, code)

    def component_name(self, index: str, tier: str, year: int | None, code: str) -> Row:
        """The row that names a component, of the year where the rule of the year has it."""
        return _named(self.tables.components, "component", index, tier, year, code)

    def shade(self, index: str, tier: str, year: int, level: str | None, status: str = "scored") -> str:
        """The class of a level in the style sheet: `l1` is the best of those of the year."""
        levels = self.levels(index, tier, year)
        if level in levels:
            return f"l{min(levels.index(level) + 1, 5)}"
        return "l0" if level == "unranked" or status == "counted_only" else "lm" if status == "missing" else ""

    def tiers(self, assessment: str) -> list[str]:
        """The tiers that an assessment has results of, the one of fewer units first: it stands above."""
        found = [(len(rows), tier) for (key, tier), rows in self.results.items() if key == assessment]
        return [tier for _, tier in sorted(found)]

    def parent(self, result: Row) -> Unit | None:
        """The unit that a result's unit is directly under, of those of an assessment."""
        return self._parent(result["district_code"], result["year"]) if result["district_code"] else None

    def named(self, keys: Iterable[str]) -> list[tuple[str, Unit | None]]:
        """The names of keys of `dim_unit`, with the unit where it has a page."""
        rows = ((self._rows_of_units.get(key), key) for key in keys)
        return [(row["unit_name"] if row else key, self.units.get(key)) for row, key in rows]

    def _scopes(self) -> tuple[Scope, ...]:
        found = grouped(self.tables.assessments, "index_code", "province_code")
        stems = _unique()
        return tuple(
            Scope(index, province, rows[0]["province_name"] or "", stems(stem(index, province)), tuple(rows))
            for (index, province), rows in sorted(found.items(), key=lambda one: (one[0][0], one[0][1] or ""))
        )

    def _follow(self) -> None:
        """Makes the units of all results, of what they are directly under, and gives each what is said of it."""
        self._free = _unique()
        for result in self.tables.results:
            unit = self._unit(result["unit_key"], result)
            index = self.assessments.get(result["assessment_key"])
            if index is None:
                continue
            unit.results.setdefault(index["index_code"], {})[result["year"]] = result
            parent = self.parent(result)
            if parent is not None:
                parent.children.setdefault(result["assessment_key"], []).append(result)
        for finding in self.tables.findings:
            if finding["unit_key"] in self.units:
                self.units[finding["unit_key"]].findings.append(finding)

    def _unit(self, key: str, named: Row | None = None) -> Unit:
        if key not in self.units:
            line = tuple(one for one in self._lineages.line(key) if one in self._rows_of_units) or (key,)
            names = [self._rows_of_units[one] for one in line if one in self._rows_of_units] or [named or {}]
            row = names[-1]
            unit = Unit(self._free(stem(row["unit_code"], row.get("unit_name_ascii"))), line, row, names)
            unit.events = self._lineages.events(line)
            self.units |= dict.fromkeys({*line, key}, unit)
        return self.units[key]

    @cache  # noqa: B019
    def _parent(self, code: str, year: int) -> Unit | None:
        last_day = date(year, 12, 31)
        for row in self._by_code.get((code,), []):
            if (row["valid_from"] or date.min) <= last_day < (row["valid_to"] or date.max):
                return self._unit(row["unit_key"])
        return None


def grouped(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Rows by the values of columns, in their order; by the value alone where the column is one of keys."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return dict(found)


def _holds(row: Row, index: str, tier: str, year: int) -> bool:
    return (
        row["index_code"] == index
        and row["tier"] == tier
        and (row["valid_from_year"] or 0) <= year <= (row["valid_to_year"] or 9999)
    )


def _named(rows: list[Row], column: str, index: str, tier: str, year: int | None, code: str) -> Row:
    found = [row for row in rows if row["index_code"] == index and row["tier"] == tier and row[column] == code]
    now = [row for row in found if year is not None and _holds(row, index, tier, year)]
    return (now or found or [{"name_vi": code, "name_en": code}])[-1]


def _unique() -> Any:
    """Gives each stem once: the second of a name gets a number."""
    taken: set[str] = set()

    def free(wanted: str) -> str:
        wanted = wanted or "x"
        name = wanted
        for number in count(2):
            if name not in taken:
                break
            name = f"{wanted}-{number}"
        taken.add(name)
        return name

    return free
