"""The units that worlds are made of: those of the official list, in provinces whose names collide.

Here: which units there are in a year. Not here: which of them a file names, and how it writes them.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache

from dagster_project.root import REPOSITORY

SEEDS = REPOSITORY / "dbt_project" / "seeds"

# 'Huyện Châu Thành': 72, 80, 93, 94; 'Phường 1': 72, 77, 80, 94; 'Phường 01': 79; 'Xã Kim Long': 26, 77; 34 and 36
# share thirty names. Small ones, so that a roster costs little.
PROVINCES = ("26", "34", "36", "72", "77", "79", "80", "93", "94")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the official list has it. parent and province: codes, '' where it has none."""

    code: str
    name: str
    kind: str
    tier: str
    parent: str
    province: str


@cache
def units(year: int) -> dict[str, Unit]:
    """The units that are valid on 31 December of a year, by their codes."""
    day = f"{year}-12-31"
    with (SEEDS / "units.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["unit_code"]: Unit(*(row[name] for name in _COLUMNS))
            for row in csv.DictReader(file)
            if row["valid_from"] <= day < (row["valid_to"] or "9999")
        }


_COLUMNS = ("unit_code", "unit_name", "unit_type", "tier", "parent_code", "province_code")


@cache
def provinces(year: int) -> tuple[Unit, ...]:
    """Those of the provinces above that are there in a year."""
    return tuple(units(year)[code] for code in PROVINCES if code in units(year))


@cache
def of_province(year: int, province: str, tier: str) -> tuple[Unit, ...]:
    """A province's units of a tier; those whose names other units have come first."""
    found = [unit for unit in units(year).values() if unit.province == province and unit.tier == tier]
    return tuple(sorted(found, key=lambda unit: (-_bearers(year)[unit.name], unit.code)))


def is_only_one_of_its_name(year: int, unit: Unit) -> bool:
    """Whether no other unit of its province and tier has its name."""
    return sum(other.name == unit.name for other in of_province(year, unit.province, unit.tier)) == 1


@cache
def _bearers(year: int) -> Counter[str]:
    return Counter(unit.name for unit in units(year).values())
