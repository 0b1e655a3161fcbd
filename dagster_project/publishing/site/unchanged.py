"""Which pages say what they said in the publication before, told without making them.

Here: what a page of a unit or of a scope is made of, as a mark. A country has thirty thousand such pages, and a late
file touches those of one province: the others are taken over unmade. Not here: taking them over (`writing.py`).

A page of a unit says what the assessments have in which it, or what is under it, has a result or a finding; a page of a
scope what its own assessments have. Both say what the registries have; how units are called and where their pages lie;
in which order documents have their columns; and how the site writes it. Where all of it is the same, so is the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..made_of import hash_of, program
from .facts import Facts, Scope, Unit

_OF_ASSESSMENTS = (
    *("assessments", "results", "distances", "component_changes", "averages", "parent_averages", "drivers"),
    *("transitions", "findings", "sources"),
)
_OF_ALL = ("draft_years", "pillars", "components", "levels", "terms", "units", "succession")


class Marks:
    """The marks of units' pages and of scopes' pages, by the stems of both."""

    def __init__(self, facts: Facts) -> None:
        self._of_all = hash_of(
            [
                program(),
                *(getattr(facts.tables, name) for name in _OF_ALL),
                *((unit.stem, unit.keys, unit.row) for unit in facts.shown),
                sorted(facts.part_orders.items()),
            ]
        )
        rows: dict[str, list[Any]] = {}
        for name in _OF_ASSESSMENTS:
            for row in getattr(facts.tables, name):
                rows.setdefault(row["assessment_key"], []).append((name, row))
        self._of_assessment = {key: hash_of(of_it) for key, of_it in rows.items()}
        self.of_units = {unit.stem: self._of_unit(unit) for unit in facts.shown}
        self.of_scopes = {scope.stem: self._of_scope(scope) for scope in facts.scopes}

    def _of_unit(self, unit: Unit) -> str:
        results = [row for by_year in unit.results.values() for row in by_year.values()]
        return self._of({row["assessment_key"] for row in (*results, *unit.findings)} | unit.children.keys())

    def _of_scope(self, scope: Scope) -> str:
        return self._of([scope.stem, *(one["assessment_key"] for one in scope.assessments)])

    def _of(self, keys: Iterable[str]) -> str:
        return hash_of([self._of_all, *(f"{key} {self._of_assessment.get(key)}" for key in sorted(keys))])
