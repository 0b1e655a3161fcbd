"""What movement is worked out from in tests: units, results and rules, with exact fractions.

Here: one year at a time. Not here: what two years make of each other (`movement_truth.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

NINE, FIFTEEN = 10**9, 10**15
Part = tuple[str, str]  # pillar, component
Scores = dict[Part, Decimal | None]
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
    scores: Scores = field(default_factory=dict)
    rank: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class Rule:
    """The rule of a tier in a year. weights: of components in their pillars, None where that is a plain sum; above: a
    pillar's parent and its weight there; bonuses: components that are added as they are; levels: (level, pillar) to
    (order, minimum); maxima: of pillars and parts, where known."""

    weights: dict[Part, Decimal | None]
    ranking: str | None
    levels: dict[tuple[str, str], tuple[int, Decimal]]
    maxima: dict[object, Decimal] = field(default_factory=dict)
    above: dict[str, tuple[str, Decimal | None]] = field(default_factory=dict)
    bonuses: frozenset[str] = frozenset()

    @cached_property
    def shares(self) -> dict[Part, Fraction]:
        """What each component counts in its pillar and in each above. Where weights of several pillars meet in one
        total, a share is fixed at fifteen decimals, at each step up."""
        found: dict[Part, tuple[Fraction, Fraction | None]] = {}
        for (pillar, component), weight in self.weights.items():
            is_plain = weight is None or component in self.bonuses
            share, among = (Fraction(1), None) if is_plain else self._of(pillar, weight)
            found[pillar, component] = share, among
            while pillar in self.above:
                pillar, weight = self.above[pillar]
                step, of_all = (Fraction(1), None) if weight is None else self._of(pillar, weight)
                if share == 1:
                    share, among = step, of_all
                elif step != 1:
                    share, among = fixed(fixed(share, FIFTEEN) * step, FIFTEEN), Fraction(0)
                found[pillar, component] = share, among
        meeting: dict[str, set[Fraction | None]] = defaultdict(set)
        for (pillar, _), (share, among) in found.items():
            if share != 1:
                meeting[pillar].add(among)
        return {
            (pillar, component): share if len(meeting[pillar]) < 2 else fixed(share, FIFTEEN)
            for (pillar, component), (share, _) in found.items()
        }

    def everywhere(self, scores: Scores) -> Scores:
        """These scores, each in its own pillar and in all above."""
        by_component = {component: score for (_, component), score in scores.items()}
        given = {
            component: Decimal(0) if score is None and component in self.bonuses else score
            for component, score in by_component.items()
        }
        return {part: given[part[1]] for part in self.shares if part[1] in given}

    def contributions(self, scores: Scores) -> dict[Part, Figure]:
        """What each of these scores adds to its pillar's total: the total up to it, in the rule's order and fixed, less
        that before it."""
        found: dict[Part, Figure] = {}
        exact: dict[str, Fraction] = {}
        for part, share in self.shares.items():
            if part not in scores:
                continue
            score, before = scores[part], exact.get(part[0], Fraction(0))
            if score is not None:
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
            {part: fixed(share) for part, share in self.shares.items()}
            != {part: fixed(share) for part, share in other.shares.items()}
            or {pillar: self.is_sum(pillar) for pillar in self.pillars}
            != {pillar: other.is_sum(pillar) for pillar in other.pillars}
            or self.ranking != other.ranking
            or self.levels != other.levels
            or any(self.maxima[of] != other.maxima[of] for of in known_in_both)
        )

    @property
    def pillars(self) -> set[str]:
        return {pillar for pillar, _ in self.weights} | self.above.keys() | {above for above, _ in self.above.values()}

    def is_sum(self, pillar: str) -> bool:
        return all(weight is None for weight in self._all_weights(pillar))

    def _of(self, pillar: str, weight: Decimal) -> tuple[Fraction, Fraction]:
        """A weight by all weights of the pillar, and these."""
        whole = sum((Fraction(one or 0) for one in self._all_weights(pillar)), Fraction(0))
        return Fraction(weight) / whole, whole

    def _all_weights(self, pillar: str) -> list[Decimal | None]:
        own = [weight for (of, name), weight in self.weights.items() if of == pillar and name not in self.bonuses]
        return own + [weight for of, weight in self.above.values() if of == pillar]


def fixed(value: Fraction, at: int = NINE) -> Fraction:
    """Rounded at nine decimals, half away from zero."""
    whole = int(abs(value) * at + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, at)


def mean(values: Iterable[Figure]) -> Figure:
    known = list(values)
    return None if not known or None in known else fixed(sum(known, Fraction(0)) / len(known))


def total(values: Iterable[Figure]) -> Figure:
    known = list(values)
    return None if None in known else sum(known, Fraction(0))


def less(one: Figure, other: Figure) -> Figure:
    return None if one is None or other is None else one - other
