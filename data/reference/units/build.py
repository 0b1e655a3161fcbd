"""Builds the registries of units, dbt_project/seeds/units.csv and unit_succession.csv, from the lists beside this file.

Here: what is one unit through time, and the rows that say so; docs/units.md tells it in words. Not here: the lists
(`lists.py`), what followed what (`succession.py`), how a written name finds its unit (SQL).

    python data/reference/units/build.py [--out DIR]
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import lists
import succession
from names import ascii_name, spelling_key

SEEDS = lists.HERE.parents[2] / "dbt_project" / "seeds"
DAY_UNKNOWN = "; {sides} lies between the lists of 2021 and early 2025, the exact day is not known"


@dataclass(frozen=True)
class UnitRow:
    """A row of units.csv; the fields are its columns."""

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
    """A row of unit_succession.csv; the fields are its columns."""

    predecessor_code: str
    successor_code: str
    effective_on: str
    kind: str
    legal_basis: str
    tier: str
    predecessor_key: str
    successor_key: str
    source: str


def unit_rows(by_day: dict[str, lists.State], steps: list[succession.Step]) -> list[UnitRow]:
    """One row per unit and period in which nothing of it changed: its type, name, parent and, as far as mergers and
    splits are known, its area."""
    known_to_the_day = succession.provinces_on_record(by_day, steps, lists.MERGERS_2024)
    rows = []
    running: dict[str, tuple[lists.Unit, str]] = {}
    for day, state in by_day.items():
        reshaped = succession.reshaped(steps, day)
        for code, (unit, since) in list(running.items()):
            if state.get(code) != unit or code in reshaped:
                rows.append(_unit_row(unit, since, day, known_to_the_day))
                del running[code]
        running |= {code: (unit, day) for code, unit in state.items() if code not in running}
    rows += [_unit_row(unit, since, "", known_to_the_day) for unit, since in running.values()]
    return sorted(rows, key=lambda row: (lists.TIER_ORDER[row.tier], row.unit_code, row.valid_from))


def _unit_row(unit: lists.Unit, since: str, until: str, known_to_the_day: set[str]) -> UnitRow:
    sides = [side for side, day in (("valid_from", since), ("valid_to", until)) if day == lists.MERGERS_2024]
    doubtful = sides and unit.province not in known_to_the_day
    return UnitRow(
        unit_key=f"{unit.code}@{since or 'start'}",
        unit_code=unit.code,
        unit_name=unit.name,
        unit_name_ascii=ascii_name(unit.name),
        unit_type=unit.type,
        tier=unit.tier,
        parent_code=unit.parent,
        province_code=unit.province,
        valid_from=since,
        valid_to=until,
        source=unit.source + (DAY_UNKNOWN.format(sides=" and ".join(sides)) if doubtful else ""),
        source_date=unit.source_date,
    )


def succession_rows(steps: list[succession.Step], units: list[UnitRow]) -> list[SuccessionRow]:
    """The steps as links between rows of units.csv, each with its kind.

    Raises KeyError where a step leaves or reaches a unit that does not end or begin on its day.
    """
    ending = {(unit.unit_code, unit.valid_to): unit for unit in units}
    beginning = {(unit.unit_code, unit.valid_from): unit for unit in units}
    went = Counter((step.effective, step.old) for step in steps)
    came = Counter((step.effective, step.new) for step in steps)
    rows = []
    for step in steps:
        old, new = ending[step.old, step.effective], beginning[step.new, step.effective]
        if went[step.effective, step.old] > 1:
            kind = "split"
        elif came[step.effective, step.new] > 1:
            kind = "merge"
        else:
            kind = "keep" if spelling_key(old.unit_name) == spelling_key(new.unit_name) else "rename"
        rows.append(
            SuccessionRow(
                predecessor_code=step.old,
                successor_code=step.new,
                effective_on=step.effective,
                kind=kind,
                legal_basis=step.legal_basis,
                tier=new.tier,
                predecessor_key=old.unit_key,
                successor_key=new.unit_key,
                source=step.source,
            )
        )
    return sorted(
        rows, key=lambda row: (row.effective_on, lists.TIER_ORDER[row.tier], row.predecessor_code, row.successor_code)
    )


def write(path: Path, kind: type, rows: list[UnitRow] | list[SuccessionRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in fields(kind)])
        writer.writerows(astuple(row) for row in rows)
    print(f"{path.name}: {len(rows)} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds units.csv and unit_succession.csv from the lists beside it.")
    parser.add_argument("--out", type=Path, default=SEEDS, help="folder to write to (default: dbt_project/seeds)")
    out = parser.parse_args().out
    try:
        by_day = lists.states()
    except ValueError as error:
        sys.exit(f"Nothing was built. {error}")
    steps = succession.steps(by_day)
    units = unit_rows(by_day, steps)
    write(out / "units.csv", UnitRow, units)
    write(out / "unit_succession.csv", SuccessionRow, succession_rows(steps, units))


if __name__ == "__main__":
    main()
