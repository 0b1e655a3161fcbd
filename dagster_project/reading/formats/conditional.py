"""Conditional formatting of a workbook: the rules that may leave a figure unseen, by what the cell holds.

Here: what a rule asks, as far as it compares one cell with numbers, and the cells that it is about. Not here: the
formats that rules choose (`xlsx_looks.py`, `ods_looks.py`).

Only rules that hide, strike out or change a figure are kept. Where such a rule asks for more than is understood here,
nobody can say whether it holds, and each figure that it is about says so (`RULE`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .number_formats import IS_MET
from .seen import HIDDEN, RULE, SHOWN
from .values import column_number

_MOST_RANGES = 50  # of a sheet's rules that are looked at one by one; those beyond are one rule that is not understood
_REFERENCE = r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})"
_NUMBER = r"\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*"
_COMPARED = re.compile(rf"(?:{_REFERENCE})?\s*(<=|>=|<>|!=|=|<|>){_NUMBER}")
_BETWEEN = re.compile(rf"(not-)?between\({_NUMBER},{_NUMBER}\)")
# What no figure is: an error, a text, nothing.
_OF_NO_FIGURE = re.compile(rf"IS(?:ERROR|ERR|NA|BLANK|TEXT)\({_REFERENCE}\)|{_REFERENCE}\s*=\s*\"\"", re.IGNORECASE)
_AROUND = re.compile(r"^(?:is-true-formula|formula-is)\((.*)\)$|^cell-content\(\)|^cell-content-is-", re.DOTALL)

Place = tuple[int, int]  # row and column, from 1
Range = tuple[int, int, int, int]  # first row and column, last row and column


class Condition(NamedTuple):
    """A comparison of one cell with numbers. at: the cell that is compared, as seen from the one that the rule is
    about: rows and columns from there, or with True the row or column itself."""

    operator: str
    numbers: tuple[float, ...]
    at: tuple[tuple[int, bool], tuple[int, bool]] = ((0, False), (0, False))

    def holds(self, place: Place, values: Mapping[Place, object]) -> bool:
        row, column = (own * (not is_fixed) + said for own, (said, is_fixed) in zip(place, self.at, strict=True))
        value = values.get((row, column), 0.0)
        if not is_number(value):
            return False
        if self.operator in IS_MET:
            return IS_MET[self.operator](value, self.numbers[0])
        low, high = sorted(self.numbers)
        return (low <= value <= high) is (self.operator == "between")


class Rule(NamedTuple):
    """How a figure is shown where the condition holds: its mark (see `seen.py`), its number format. condition: None
    where it is not understood, `ALWAYS` where there is none."""

    mark: str = SHOWN
    number_format: str = ""
    condition: Condition | None = None


ALWAYS = Condition("between", (float("-inf"), float("inf")))
NEVER = Condition("<", (float("-inf"),))
NOT_SHOWN = Rule(HIDDEN, condition=ALWAYS)  # a bar or an icon in place of the figure


def condition_of(text: str, base: Place) -> Condition | None:
    """What the text of a rule asks, written as in a formula whose references are seen from the cell `base`."""
    around = _AROUND.match(text)
    text = (around[1] if around[1] is not None else text[around.end() :]) if around else text
    text = text.replace("[.", "").replace("]", "").strip()
    if _OF_NO_FIGURE.fullmatch(text):
        return NEVER
    if found := _BETWEEN.fullmatch(text):
        return Condition("not between" if found[1] else "between", (float(found[2]), float(found[3])))
    found = _COMPARED.fullmatch(text)
    if found is None:
        return None
    fixed_column, letters, fixed_row, row, operator, number = found.groups()
    if letters is None:
        return Condition(operator, (float(number),))
    at = tuple(
        (said, True) if is_fixed else (said - own, False)
        for said, is_fixed, own in zip((int(row), column_number(letters)), (fixed_row, fixed_column), base, strict=True)
    )
    return Condition(operator, (float(number),), at)


@dataclass(slots=True)
class Rules:
    """The rules of one sheet. of_ranges: each with the cells that it is about; of_cells: those that cells name.
    on_ground: the cells whose own ground lets white letters be seen."""

    of_ranges: list[tuple[Range, Rule]] = field(default_factory=list)
    of_cells: dict[Place, tuple[Rule, ...]] = field(default_factory=dict)
    on_ground: set[Place] = field(default_factory=set)

    def looks(self, values: Mapping[Place, object]) -> Iterator[tuple[Place, Rule]]:
        """The figures that a rule does not leave as they are, with how it shows them."""
        for place, rules in self.of_cells.items():
            yield from self._of(place, rules, values)
        ranges = self._few_ranges()
        if ranges:
            for place, value in values.items():
                if is_number(value):
                    row, column = place
                    rules = [at for (r, c, last, right), at in ranges if r <= row <= last and c <= column <= right]
                    yield from self._of(place, rules, values) if rules else ()

    def _of(self, place: Place, rules, values: Mapping[Place, object]) -> Iterator[tuple[Place, Rule]]:
        for rule in rules:
            if rule.mark == HIDDEN and rule is not NOT_SHOWN and place in self.on_ground:
                continue
            if rule.condition is None:
                yield place, Rule(RULE)
            elif rule.condition.holds(place, values):
                yield place, rule

    def _few_ranges(self) -> list[tuple[Range, Rule]]:
        few, rest = self.of_ranges[:_MOST_RANGES], [at for at, _ in self.of_ranges[_MOST_RANGES:]]
        if rest:
            tops, lefts, bottoms, rights = zip(*rest, strict=True)
            few.append(((min(tops), min(lefts), max(bottoms), max(rights)), Rule()))
        return few


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
