"""What movement is worked out from in tests: units, results and rules, with exact fractions.

Here: one year at a time. Not here: what two years make of each other (`movement_truth.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

NINE = 10**9
Part = tuple[str, str]  # pillar, component
Figure = Fraction | None


@dataclass(frozen=True)
class Unit:
    key: str
    code: str
    tier: str
    parent: str | None
    province: str | None
    first_day: date
    end: date

    def is_valid(self, year: int) -> bool:
        return self.first_day <= date(year, 12, 31) < self.end


@dataclass(frozen=True)
class Result:
    """What is believed of a unit in a year; scores only where it is scored."""

    status: str
    scores: dict[Part, Decimal | None] = field(default_factory=dict)
    rank: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class Rule:
    """The rule of a tier in a year. weights: None where the pillar is a plain sum; levels: (level, pillar) to (order,
    minimum); maxima: of pillars and parts, where known."""

    weights: dict[Part, Decimal | None]
    ranking: str | None
    levels: dict[tuple[str, str], tuple[int, Decimal]]
    maxima: dict[object, Decimal] = field(default_factory=dict)

    def contributions(self, scores: dict[Part, Decimal | None]) -> dict[Part, Figure]:
        """What each of these scores adds to its pillar's total: the total up to it, in the rule's order and fixed, less
        that before it."""
        found: dict[Part, Figure] = {}
        exact: dict[str, Fraction] = {}
        for part, weight in self.weights.items():
            if part not in scores:
                continue
            score, before = scores[part], exact.get(part[0], Fraction(0))
            if score is not None:
                share = Fraction(1) if weight is None else Fraction(weight) / self._all_weights(part[0])
                exact[part[0]] = before + share * Fraction(score)
            found[part] = None if score is None else fixed(exact[part[0]]) - fixed(before)
        return found

    def order(self, level: str | None) -> int | None:
        if level == "unranked":
            return 1 + max(order for order, _ in self.levels.values())
        return next((order for (name, _), (order, _) in self.levels.items() if name == level), None)

    def differs(self, other: Rule) -> bool:
        known_in_both = self.maxima.keys() & other.maxima.keys()
        return (
            self._shares() != other._shares()
            or self.ranking != other.ranking
            or self.levels != other.levels
            or any(self.maxima[of] != other.maxima[of] for of in known_in_both)
        )

    def _shares(self) -> dict[Part, Figure]:
        return {
            part: weight if weight is None else fixed(Fraction(weight) / self._all_weights(part[0]))
            for part, weight in self.weights.items()
        }

    def _all_weights(self, pillar: str) -> Fraction:
        return sum((Fraction(w or 0) for (of, _), w in self.weights.items() if of == pillar), Fraction(0))


def fixed(value: Fraction) -> Fraction:
    """Rounded at nine decimals, half away from zero."""
    whole = int(abs(value) * NINE + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, NINE)


def mean(values: Iterable[Figure]) -> Figure:
    known = list(values)
    return None if not known or None in known else fixed(sum(known, Fraction(0)) / len(known))


def total(values: Iterable[Figure]) -> Figure:
    known = list(values)
    return None if None in known else sum(known, Fraction(0))


def less(one: Figure, other: Figure) -> Figure:
    return None if one is None or other is None else one - other
