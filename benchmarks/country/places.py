"""The units of each year, from the repository's national list.

Here: who is there on 31 December of a year. Not here: what they score.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from dagster_project.root import REPOSITORY


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the national list. parent: the code of the unit above it, '' for a province."""

    code: str
    name: str
    tier: str
    parent: str
    province: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province in a year: its districts (none since July 2025) and its communes, in the order of the list."""

    unit: Unit
    districts: tuple[Unit, ...]
    communes: tuple[Unit, ...]

    def communes_of(self, district: Unit) -> tuple[Unit, ...]:
        """The communes of one of its districts."""
        return tuple(commune for commune in self.communes if commune.parent == district.code)


@cache
def provinces(year: int) -> tuple[Province, ...]:
    """All provinces of a year, by their codes."""
    of_tier: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in _units(year):
        of_tier[unit.province, unit.tier].append(unit)
    return tuple(
        Province(unit, tuple(of_tier[code, "district"]), tuple(of_tier[code, "commune"]))
        for (code, tier), (unit, *_) in sorted(of_tier.items())
        if tier == "province"
    )


@cache
def name_of(year: int, code: str) -> str:
    """The name of a unit in a year."""
    return _names(year)[code]


@cache
def _names(year: int) -> dict[str, str]:
    return {unit.code: unit.name for unit in _units(year)}


@cache
def _units(year: int) -> tuple[Unit, ...]:
    day = f"{year}-12-31"
    with (REPOSITORY / "dbt_project" / "seeds" / "units.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["valid_from"] <= day < (row["valid_to"] or "9999")]
    columns = ("unit_code", "unit_name", "tier", "parent_code", "province_code")
    return tuple(sorted((Unit(*(row[name] for name in columns)) for row in found), key=lambda unit: unit.code))
