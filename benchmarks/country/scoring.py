"""What each unit scores in each year, and what follows from it, in plain Python: the truth that a run is held against.

Here: figures, totals, levels. All of them are SYNTHETIC: they are made from a seed and say nothing of any unit. Not
here: files (`papers.py`), and any SQL of the project.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from dagster_project.root import REPOSITORY

READINESS, ATTAINMENT = "readiness", "attainment"
PARTS = {READINESS: 3, ATTAINMENT: 4}  # components, in the order of the form
# Hundredths of a point, lowest and highest in the first year, of each component.
RANGES = {
    "district": ((2200, 2800), (900, 1200), (450, 800), (3300, 4000), (2200, 3000), (900, 1300), (300, 600)),
    "commune": ((900, 1500), (350, 550), (200, 500), (1700, 2700), (200, 1300), (250, 900), (200, 600)),
}
GROWTH = 25  # hundredths a year, on average
FIRST_YEAR = 2018


@dataclass(frozen=True, slots=True)
class Result:
    """What a unit scores in a year: its components in the order of the form."""

    scores: tuple[Decimal, ...]
    tier: str

    @property
    def readiness(self) -> Decimal:
        return sum(self.scores[: PARTS[READINESS]], Decimal(0))

    @property
    def attainment(self) -> Decimal:
        return sum(self.scores[PARTS[READINESS] :], Decimal(0))

    @property
    def level(self) -> str:
        """The best level whose thresholds both totals reach, else `unranked`."""
        totals = {READINESS: self.readiness, ATTAINMENT: self.attainment}
        for level, minima in _rules(self.tier):
            if all(totals[pillar] >= minimum for pillar, minimum in minima):
                return level
        return "unranked"


def score(code: str, tier: str, year: int, seed: int, delivery: str = "") -> Result:
    """What a unit scores; a later delivery of the same year has other figures. The same arguments, the same figures."""
    start = Random(f"{seed}/{code}")
    chance = Random(f"{seed}/{code}/{year}/{delivery}")
    scores = [
        Decimal(min(start.randint(low, high) + GROWTH * (year - FIRST_YEAR) + chance.randint(-60, 60), high)) / 100
        for low, high in RANGES[tier]
    ]
    return Result(tuple(scores), tier)


@cache
def _rules(tier: str) -> tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]:
    """The thresholds by level, best first, from the repository's registry."""
    with (REPOSITORY / "dbt_project" / "seeds" / "level_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["index_code"], row["tier"]) == ("egov_2392", tier)]
    levels = sorted({(int(row["level_order"]), row["level"]) for row in rows})
    return tuple(
        (level, tuple((row["pillar"], Decimal(row["min_total"])) for row in rows if row["level"] == level))
        for _, level in levels
    )
