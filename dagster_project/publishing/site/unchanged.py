"""Which pages of units say what they said in the publication before, told without making them.

Here: what a page of a unit is made of, as a mark. A country has thirty thousand such pages, and a late file touches
those of one province: the others are taken over unmade. Not here: taking them over (`writing.py`).

A page of a unit says what the assessments have in which it, or what is under it, has a result or a finding; what the
registries have; how units are called and where their pages lie; and how the site writes it. Where all of it is the
same, so is the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from ... import publishing
from ...files import bytes_of
from .facts import Facts, Unit

FILE = "made_of.json"

_OF_ASSESSMENTS = ("assessments", "results", "distances", "component_changes", "averages", "findings", "sources")
_OF_ALL = ("draft_years", "pillars", "components", "levels", "terms", "units", "succession")


class Marks:
    """The mark of each unit's page, by its stem."""

    def __init__(self, facts: Facts) -> None:
        self._of_all = _hash(
            [
                _program(),
                *(getattr(facts.tables, name) for name in _OF_ALL),
                *((unit.stem, unit.keys, unit.row) for unit in facts.shown),
            ]
        )
        rows: dict[str, list[Any]] = {}
        for name in _OF_ASSESSMENTS:
            for row in getattr(facts.tables, name):
                rows.setdefault(row["assessment_key"], []).append(row)
        self._of_assessment = {key: _hash(of_it) for key, of_it in rows.items()}
        self.of_units = {unit.stem: self._of(unit) for unit in facts.shown}

    def _of(self, unit: Unit) -> str:
        results = [row for by_year in unit.results.values() for row in by_year.values()]
        keys = {row["assessment_key"] for row in (*results, *unit.findings)} | unit.children.keys()
        return _hash([self._of_all, *(f"{key} {self._of_assessment[key]}" for key in sorted(keys))])

    def content(self) -> bytes:
        """All marks, as the site keeps them for the next publication."""
        return json.dumps(self.of_units, indent=0, sort_keys=True).encode()


def read(path: Path | None) -> dict[str, str]:
    """The marks of the pages of a site; none where there is no such file."""
    try:
        found = json.loads(bytes_of(path)) if path else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _hash(parts: Iterable[Any]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part!r}\n".encode())
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    """How pages are written: all code and templates that publish, and the library that fills them in."""
    digest = hashlib.sha256(jinja2.__version__.encode())
    here = Path(publishing.__file__).parent
    for path in sorted((*here.rglob("*.py"), *here.rglob("*.html"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
