"""What the pages of data quality and of method say: the findings about what was published, and the rules in force.

Here: choosing and counting, once for both languages. Not here: the sentences (`templates/quality.html`, `method.html`).
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..quality.gathering import Row
from .facts import Facts

MOST_TOLD = 200  # findings of a year; the downloads have all of them


def quality(facts: Facts) -> dict[str, Any]:
    """The findings by year and by check, and each that is open."""
    found = facts.tables.findings
    return {
        "years": [_year(year, list(rows)) for year, rows in groupby(found, key=lambda row: row["year"])],
        "open": sum(row["status"] == "open" for row in found),
        "material": sum(_is_material(row) for row in found),
    }


def method(facts: Facts) -> dict[str, Any]:
    """The rules of the indices that have results, by tier."""
    used = sorted({(facts.assessments[key]["index_code"], tier) for key, tier in facts.results})
    return {
        "indices": [
            {"code": index, "tiers": [_rule(facts, index, tier) for _, tier in of_index]}
            for index, of_index in groupby(used, key=lambda one: one[0])
        ]
    }


def _year(year: int, rows: list[Row]) -> dict[str, Any]:
    told = [row for row in rows if row["status"] == "open"]
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row["code"], []).append(row)
    kinds = [
        {
            "first": of_code[0],
            "open": sum(row["status"] == "open" for row in of_code),
            "settled": sum(row["status"] != "open" for row in of_code),
            "material": sum(_is_material(row) for row in of_code),
        }
        for of_code in by_code.values()
    ]
    return {"year": year, "open": len(told), "told": told[:MOST_TOLD], "kinds": kinds}


def _rule(facts: Facts, index: str, tier: str) -> dict[str, Any]:
    def of(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["index_code"] == index and row["tier"] == tier]

    return {
        "code": tier,
        "pillars": of(facts.tables.pillars),
        "components": [row for row in of(facts.tables.components) if row["component"] != row["pillar"]],
        "levels": of(facts.tables.levels),
    }


def _is_material(row: Row) -> bool:
    return row["status"] == "open" and row["materiality"] in ("level", "rank")
