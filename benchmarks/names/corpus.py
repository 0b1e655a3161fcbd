"""The corpus: the names of all communes of the registry in one year, each damaged by rule, with the unit that is meant.

Here: whose names, under which parent. Not here: the damages (`damage.py`), and landing them (`resolution.py`).
Everything that decides what is written follows from the registries and a number that seeds chance.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from damage import KINDS, Name


@dataclass(frozen=True, slots=True)
class Written:
    """One name as a document might have it. province and parent: as the registry names them, for every document names
    them; parent is None where the unit stands directly under its province."""

    kind: str
    text: str
    parent: str | None
    province: str
    province_code: str
    unit_key: str


def registry(seeds: Path, year: int) -> list[dict[str, str]]:
    """The units valid on 31 December of the year."""
    day = f"{year}-12-31"
    return [
        unit
        for unit in _rows(seeds / "units.csv")
        if (unit["valid_from"] or "0") <= day and (not unit["valid_to"] or unit["valid_to"] > day)
    ]


def communes(units: Iterable[dict[str, str]], provinces: Collection[str] | None = None) -> list[dict[str, str]]:
    """The communes of these provinces (None: all), those of a province together."""
    found = [one for one in units if one["tier"] == "commune" and (not provinces or one["province_code"] in provinces)]
    return sorted(found, key=lambda unit: (unit["province_code"], unit["unit_code"]))


def damaged(
    seeds: Path,
    year: int,
    kinds: Collection[str] = tuple(KINDS),
    provinces: Collection[str] | None = None,
    seed: int = 7,
) -> Iterator[Written]:
    """What the kinds of damage make of the communes' names; nothing where a kind has nothing to change in a name."""
    units = registry(seeds, year)
    names = {unit["unit_code"]: unit["unit_name"] for unit in units}
    abbreviations = _abbreviations(seeds)
    for kind in kinds:
        chance = Random(seed)
        for unit in communes(units, provinces):
            text = KINDS[kind](_name(unit), chance, abbreviations)
            if text is not None and (text != unit["unit_name"] or kind == "as written"):
                yield written(unit, kind, text, names)


def written(unit: dict[str, str], kind: str, text: str, names: dict[str, str]) -> Written:
    """A text that means a unit, beside the names of its parent and province; `names`: of the year's units, by code."""
    province = unit["province_code"]
    parent = None if unit["parent_code"] == province else names[unit["parent_code"]]
    return Written(kind, text, parent, names[province], province, unit["unit_key"])


def _name(unit: dict[str, str]) -> Name:
    kind = unit["unit_type"]
    return Name(kind, unit["unit_name"].removeprefix(kind).strip())


def _abbreviations(seeds: Path) -> dict[str, str]:
    """The first abbreviation that the registry of labels has for each type."""
    found: dict[str, str] = {}
    for label in _rows(seeds / "labels.csv"):
        if label["role"] == "unit_type":
            found.setdefault(label["target"], label["label"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
