"""Builds the registries of units, dbt_project/seeds/units.csv and unit_succession.csv, from the lists beside this file.

Here: what is one unit through time, and what followed what; docs/units.md says it in words. Not here: the lists
(`lists.py`), how names compare (`names.py`), how a written name finds its unit (SQL).

    python data/reference/units/build.py [--out DIR]
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from lists import HERE, MERGERS_2024, REFORM_2025, TIERS, State, Unit, read, same_name, states
from names import ascii_name

SEEDS = HERE.parents[2] / "dbt_project" / "seeds"
TIER_ORDER = {tier: number for number, tier in TIERS.items()}
DAY_UNKNOWN = "; {side}: changed between the lists of 2021 and early 2025, the exact day is not known"


@dataclass(frozen=True)
class Link:
    """From a day on, `new` holds all of `old`, or some of it: both are codes."""

    effective: str
    old: str
    new: str
    legal_basis: str
    source: str


@dataclass(frozen=True)
class UnitRow:
    """A row of units.csv, in the order of its columns."""

    unit_key: str
    unit_code: str
    unit_name: str
    unit_name_ascii: str
    unit_type: str
    tier: str
    parent_code: str
    province_code: str
    valid_from: str
    valid_to: str
    source: str
    source_date: str


@dataclass(frozen=True)
class SuccessionRow:
    """A row of unit_succession.csv, in the order of its columns."""

    predecessor_code: str
    successor_code: str
    effective_on: str
    kind: str
    legal_basis: str
    tier: str
    predecessor_key: str
    successor_key: str
    source: str


# --- what followed what ---------------------------------------------------------------------------------------------


def links(by_day: dict[str, State]) -> list[Link]:
    """Every known step from a unit to its successor, in order of day."""
    return [
        *_mergers_of_record(),
        *_same_code_and_name(by_day),
        *_reform(by_day),
        *_reclassifications(),
    ]


def _mergers_of_record() -> list[Link]:
    recorded = [
        Link(row["effective"], row["old_code"], row["new_code"], row["legal_basis"], "succession_thai_binh.csv")
        for row in read("succession_thai_binh.csv")
    ]
    undated = [
        Link(MERGERS_2024, row["old_code"], row["new_code"], row["legal_basis"], row["source"])
        for row in read("succession_2021_2025.csv")
    ]
    return recorded + undated


def _same_code_and_name(by_day: dict[str, State]) -> list[Link]:
    """Between the lists of 2021 and early 2025 no succession is known, but a unit that kept its code and its name
    and took another type or parent is certainly still that unit."""
    before, after = _around(by_day, MERGERS_2024)
    return [
        Link(MERGERS_2024, code, code, "", "same code and name in both lists")
        for code in sorted(before.keys() & after.keys())
        if before[code] != after[code] and before[code].bare_name == after[code].bare_name
    ]


def _reform(by_day: dict[str, State]) -> list[Link]:
    """July 2025: communes by the conversion table without its homonym errors; provinces as their communes went."""
    before, after = _around(by_day, REFORM_2025)
    wrong = {(row["old_code"], row["new_code"]) for row in read("mapping_2025_disputed.csv") if _is_homonym(row)}
    communes = [
        Link(row["effective"], row["old_code"], row["new_code"], row["legal_basis"], "mapping_2025.csv")
        for row in read("mapping_2025.csv")
        if (row["old_code"], row["new_code"]) not in wrong
    ]
    pairs = {(before[link.old].province, after[link.new].province) for link in communes}
    provinces = [
        Link(REFORM_2025, old, new, "202/2025/QH15", "as its communes went in mapping_2025.csv")
        for old, new in sorted(pairs)
        if sum(pair[1] == new for pair in pairs) > 1
    ]
    return communes + provinces


def _is_homonym(row: dict[str, str]) -> bool:
    """A pair that only the package has and that names another unit of the same name (README.md, SOURCE.md)."""
    return row["side"] == "package_only" and (row["default_successor"] == "0" or row["extent"] == "part" and 
        row["old_name_in_gso_note_of_new"] == "homonym")


def _reclassifications() -> list[Link]:
    return [
        Link(row["signed"], row["code"], row["code"], row["legal_basis"], "changes_2026.csv")
        for row in read("changes_2026.csv")
    ]
