"""Which indices have rules in a year, as the registry of pillars says.

Here: what the commands tell a person before anything is built. Not here: which rules a result is made by; that is SQL.
"""

from __future__ import annotations

from ..root import Root
from .prepared import rows


def indices_in_force(root: Root, year: int) -> set[str]:
    """The codes of the indices that have pillars in this year."""
    return {
        row["index_code"]
        for row in rows(root, "pillars")
        if _year(row["valid_from_year"], year) <= year <= _year(row["valid_to_year"], year)
    }


def _year(text: str, unbounded: int) -> int:
    return int(text) if text.isdecimal() else unbounded
