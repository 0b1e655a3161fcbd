"""What is planted: a copy of the decision with one thing altered, and what a check should say of it.

Here: the shape that every kind of alteration fills. Not here: the kinds (`defects.py`, `neutral.py`, `unseen.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from oracle import Oracle, official_units, summary_position
from original import PILLARS, TOTALS, Copy, Line, Origin, altered, column_number

# Cells by annex, position and column; None stands for any.
Cells = tuple[str, int | str | None, str | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that shows the defect. line, column: the cell that it must point at. figure: what should have stood
    there, materiality: what it changes; None where nobody can know from the document, and then nothing is asked."""

    code: str
    line: Line
    column: str
    stated: str | None = None
    figure: str | None = None
    materiality: str | None = None


@dataclass(slots=True)
class Planted:
    """One altered copy. kind: of alteration. told: what was done, in words. expected: any of these findings shows the
    defect; none for a neutral change. touched: the cells that the two sides of a finding may depend on."""

    kind: str
    copy: Copy
    told: str
    expected: tuple[Expected, ...] = ()
    touched: frozenset[Cells] = frozenset()
    form: str = "txt"

    @property
    def is_neutral(self) -> bool:
        return not self.touched

    def touches(self, origin: Origin | None, column: str | None) -> bool:
        """Whether something said of a cell (column None: of a row) may depend on what was altered."""
        if origin is None:
            return False
        return any(
            annex == origin[0] and place in (None, origin[1]) and (column is None or name in (None, column))
            for annex, place, name in self.touched
        )


@dataclass(slots=True)
class Draft:
    """The decision, to be altered, with what is true of it."""

    chance: Random
    copy: Copy
    oracles: dict[str, Oracle] = field(default_factory=lambda: {annex: Oracle.of(annex) for annex in ("01", "03")})

    def unit(self) -> tuple[str, int]:
        """The annex and position of some unit's row."""
        return self.chance.choice([(annex, place) for annex, each in self.oracles.items() for place in each.figures])

    def figure(self, columns: tuple[str, ...] | None = None) -> tuple[str, int, str]:
        """Some figure of some unit, in a pillar whose stated total is right."""
        while True:
            annex, place = self.unit()
            column = self.chance.choice(columns or tuple(PILLARS))
            if self.oracles[annex].holds(place, PILLARS[column]):
                return annex, place, column

    def expect(self, code: str, annex: str, place: int | str, column: str, **more: str | None) -> Expected:
        return Expected(code, self.copy.row(annex, place), column, **more)


# Alters a draft in its way; None where chance chose a place in which nothing can be altered so.
Kind = Callable[[Draft], Planted | None]


def plant(kind: Kind, chance: Random, original: Copy) -> Planted:
    """One alteration of a kind."""
    while True:
        planted = kind(Draft(chance, altered(original)))
        if planted is not None:
            return planted


def of_pillar(annex: str, place: int, column: str) -> set[Cells]:
    """The cells that a figure has to do with: those of its pillar, and the level."""
    pillar = PILLARS[column]
    return {(annex, place, each) for each in PILLARS if PILLARS[each] == pillar} | {(annex, place, "level")}


def of_summary(annex: str, place: int) -> set[Cells]:
    """The summary's row on the district of a commune."""
    return {("02", summary_position(official_units()[annex, place].parent), None)} if annex == "03" else set()


def total_of(column: str) -> str:
    return TOTALS[PILLARS[column]]


def cell_text(line: Line, annex: str, column: str) -> str:
    return line.fields[column_number(annex, column)]
