"""What is true of the decision, in plain Decimal: sums, levels, ranks, counts, and what a change of a figure changes.

Here: the truth that findings are held to, from the decision as people took it down. It shares nothing with the
project's SQL, which it judges, and nothing else computes here.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from original import ANNEXES, COMPONENTS, NAMES, ROOT, TOTALS, true_rows

LEVELS = ("I", "II", "III", "IV")
UNRANKED = "unranked"
MAXIMA = {
    "01": {"readiness": Decimal(50), "attainment": Decimal(100)},
    "03": {"readiness": Decimal(30), "attainment": Decimal(60)},
}
_RANKED_BY = "attainment"

Thresholds = dict[str, dict[str, Decimal]]


def plain(number: Decimal) -> str:
    """A decimal as text without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def level_of(wording: str) -> str:
    """The level that the decision's own wordings name: 'Mức độ II' is II."""
    return wording.split()[-1] if wording.split()[-1] in LEVELS else UNRANKED


@dataclass(frozen=True, slots=True)
class Oracle:
    """The rows of one annex of units, each by its position. Figures are numbers; `altered` gives another with other
    figures."""

    annex: str
    figures: dict[int, dict[str, Decimal]]
    levels: dict[int, str]

    @classmethod
    def of(cls, annex: str) -> Oracle:
        return cls(
            annex,
            {
                row["position"]: {
                    column: Decimal(row[column])
                    for columns in (*COMPONENTS.values(), TOTALS.values())
                    for column in columns
                }
                for row in true_rows(annex)
            },
            {row["position"]: level_of(row["level"]) for row in true_rows(annex)},
        )

    def altered(self, position: int, column: str, figure: Decimal) -> Oracle:
        figures = self.figures | {position: self.figures[position] | {column: figure}}
        return Oracle(self.annex, figures, self.levels)

    def computed(self, position: int, pillar: str) -> Decimal:
        return sum((self.figures[position][column] for column in COMPONENTS[pillar]), Decimal(0))

    def stated(self, position: int, pillar: str) -> Decimal:
        return self.figures[position][TOTALS[pillar]]

    def holds(self, position: int, pillar: str) -> bool:
        return self.stated(position, pillar) == self.computed(position, pillar)

    def level_by_stated(self, position: int, thresholds: Thresholds | None = None) -> str:
        return self._level({pillar: self.stated(position, pillar) for pillar in TOTALS}, thresholds)

    def level_by_computed(self, position: int) -> str:
        return self._level({pillar: self.computed(position, pillar) for pillar in TOTALS})

    def materiality_of_total(self, position: int, pillar: str) -> str:
        """What changes when this total is the sum of its components, all else as stated."""
        expected = self.computed(position, pillar)
        totals = {each: self.stated(position, each) for each in TOTALS}
        if self._level(totals) != self._level(totals | {pillar: expected}):
            return "level"
        if pillar == _RANKED_BY and self._rank(position, totals[pillar]) != self._rank(position, expected):
            return "rank"
        return "total"

    def materiality_of_threshold(self, level: str, pillar: str, stated: Decimal) -> str:
        """What changes when a threshold of the rule is the one that the note states."""
        rule = thresholds_of(self.annex)
        changed = rule | {level: rule[level] | {pillar: stated}}
        moved = any(self.level_by_stated(each) != self.level_by_stated(each, changed) for each in self.figures)
        return "level" if moved else "none"

    def _level(self, totals: dict[str, Decimal], thresholds: Thresholds | None = None) -> str:
        rule = thresholds or thresholds_of(self.annex)
        reached = [level for level in LEVELS if all(totals[pillar] >= rule[level][pillar] for pillar in totals)]
        return reached[0] if reached else UNRANKED

    def _rank(self, position: int, total: Decimal) -> int:
        others = [self.stated(each, _RANKED_BY) for each in self.figures if each != position]
        return 1 + sum(other > total for other in others)


@cache
def thresholds_of(annex: str) -> Thresholds:
    """The rule, which the decision's own notes give."""
    return {
        level: {pillar: Decimal(number) for pillar, number in pillars.items()}
        for level, pillars in ANNEXES[annex]["thresholds"].items()
    }


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the decision as the official list has it. parent: the district's code."""

    code: str
    name: str
    parent: str | None


@cache
def official_units() -> dict[tuple[str, int], Unit]:
    """The units of the decision's rows, by annex and position; of the summary's rows, the districts."""
    rows = _rows(NAMES)
    parents = {row["as_written"]: row["code"] for row in rows if row["where"] == "annex03_district"}
    found = {
        ("03", int(row["row"])): Unit(row["code"], row["official_2020"], parents[row["district_as_written"]])
        for row in rows
        if row["where"] == "annex03"
    }
    districts = {
        row["as_written"]: Unit(row["code"], row["official_2020"], None) for row in rows if row["where"] == "annex01"
    }
    found |= {("01", row["position"]): districts[row["unit"]] for row in true_rows("01")}
    by_name = {name.casefold(): unit for name, unit in districts.items()}
    for row in true_rows("02"):
        found["02", row["position"]] = by_name[row["unit"].removeprefix("Ủy ban nhân dân ").casefold()]
    return found


def summary_position(parent: str | None) -> int:
    """The row of the summary that is about a district."""
    return next(place for (annex, place), unit in official_units().items() if annex == "02" and unit.code == parent)


@cache
def registered(parent: str) -> tuple[str, ...]:
    """The names of all communes that the official list of 2020 has under a district."""
    return tuple(
        row["unit_name"]
        for row in _rows(ROOT / "dbt_project" / "seeds" / "units.csv")
        if row["parent_code"] == parent and (row["valid_from"] or "0") <= "2020-12-31" < (row["valid_to"] or "9")
    )


def bare(name: str) -> str:
    """A name without its type, to compare."""
    name = unicodedata.normalize("NFC", name).casefold()
    for kind in ("thị trấn ", "tt ", "xã ", "phường ", "huyện ", "thành phố "):
        name = name.removeprefix(kind)
    return name


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
