"""Frictionless as one of the tools: the process beside this one, what it is told, and its errors as flags.

Here: the declarations of half a page (types, scales, names, levels; sums as row constraints) and talking to the
process. Not here: running them (`side_process.py`). (No module
here may be called frictionless_…: the package takes such for plugins of its own.)
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from baselines import UNRANKED, Flag, Given, Origins, Table, roster
from oracle import MAXIMA, thresholds_of
from original import COLUMNS, COMPONENTS, PILLARS, TOTALS, true_rows


class Frictionless:
    """Runs under `python`, an interpreter that has the package. Raises ImportError where it has not."""

    name = "Frictionless"

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, str(Path(__file__).with_name("side_process.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        if self._ask({annex: _declared(annex) for annex in ("01", "03")}) != "ready":
            self.close()
            raise ImportError(f"{python} has no package 'frictionless'")

    def flags(self, copies: list[Given]) -> list[set[Flag]]:
        return [self._flags(*given) for given in copies]

    def _flags(self, tables: dict[str, Table], origins: Origins) -> set[Flag]:
        found: set[Flag] = set()
        for annex in ("01", "03"):
            for kind, row, column, note in self._ask([annex, tables[annex]]):
                place = (annex, None) if row is None else origins[annex][row - 2]
                if kind == "row-constraint":
                    column = next(total for total in TOTALS.values() if total in note)
                found.add((kind, place, column))
        return found

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _ask(self, question: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        answer = self._process.stdout.readline()
        return json.loads(answer) if answer else None


def _declared(annex: str) -> dict[str, Any]:
    formulas = [f"{' + '.join(components)} == {TOTALS[pillar]}" for pillar, components in COMPONENTS.items()]
    return {
        "columns": COLUMNS[annex],
        "fields": [_field(annex, column) for column in COLUMNS[annex]],
        "formulas": formulas,
        "rows": len(true_rows(annex)) if annex == "01" else None,
    }


def _field(annex: str, column: str) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True}
    if column in PILLARS:
        limits |= {"minimum": 0, "maximum": float(MAXIMA[annex][PILLARS[column]])}
        return {"name": column, "type": "number", "constraints": limits}
    if column == "tt":
        return {"name": column, "type": "integer", "constraints": limits}
    if column == "unit":
        limits |= {"unique": True, "enum": sorted({name for each, name, *_ in roster() if each == annex})}
    elif column == "district":
        limits |= {"enum": sorted({district for each, _, district, *_ in roster() if each == annex and district})}
    elif column == "level":
        wording = "Mức độ {}" if annex == "01" else "Mức {}"
        limits |= {"enum": [*(wording.format(level) for level in thresholds_of(annex)), UNRANKED]}
    return {"name": column, "type": "string", "constraints": limits}
