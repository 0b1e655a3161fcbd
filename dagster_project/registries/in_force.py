"""Which indices have rules in a year, as the registry of pillars says.

Here: what the commands tell a person before anything is built. Not here: which rules a result is made by; that is SQL.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..root import Root
from .prepared import rows


def indices_in_force(root: Root, years: Iterable[int]) -> dict[int, set[str]]:
    """By year the codes of the indices that have pillars in it. The registry is read once for all: telling whether
    it is still the one that was checked takes longer than the rest."""
    pillars = rows(root, "pillars")
    return {
        year: {
            row["index_code"]
            for row in pillars
            if _year(row["valid_from_year"], year) <= year <= _year(row["valid_to_year"], year)
        }
        for year in years
    }


def _year(text: str, unbounded: int) -> int:
    return int(text) if text.isdecimal() else unbounded
