"""The columns of a table of scores, as the registries of an index have its pillars and components.

Here: which columns there are, in which order, and of what each total is made. Not here: their cells (`gathering.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .content import Cell, Column, figure
from .texts import Texts, seen

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier that has results. levels: by level the least total of each pillar, best first. is_below: its units
    lie in districts, so that a summary goes before it."""

    name: str
    units: list[Row]
    pillars: list[Row]
    components: list[Row]
    levels: dict[str, list[Row]]
    is_below: bool

    @property
    def annexes(self) -> tuple[str, ...]:
        """The annexes that are made of it: of units below districts a summary, and those only that reached a level."""
        return ("summary", "detail") if self.is_below and self.levels else ("scores",)


def columns_of(tier: Tier, texts: Texts) -> tuple[tuple[Column, ...], list[tuple[str, str]]]:
    """The columns of a table of scores, and by what each of them is looked up."""
    one = texts.one
    columns = [Column("", one("column_number"), 5), Column("", one("column_unit"), 22, is_text=True)]
    keys = [("number", ""), ("unit", "")]
    if tier.is_below:
        columns.append(Column("", one("column_parent"), 23, is_text=True))
        keys.append(("parent", ""))
    for pillar in _bottom_up(tier.pillars):
        own = [row for row in tier.components if row["pillar"] == pillar["pillar"]]
        group = seen(pillar["name_vi"]) if own else ""
        for row in own:
            columns.append(Column(group, seen(row["name_vi"]), 9))
            keys.append(("component", row["component"]))
        places = {key: at for at, key in enumerate(keys)}
        parts = tuple(_parts(tier, pillar, places)) if pillar["aggregation"] != "stated" else ()
        columns.append(Column(group, one("column_total") if own else seen(pillar["name_vi"]), 9, parts=parts))
        keys.append(("total", pillar["pillar"]))
    if tier.levels:
        columns.append(Column("", one("column_level"), 12, is_text=True))
        keys.append(("level", ""))
    if not tier.levels or any(row["rank_stated"] for row in tier.units):
        columns.append(Column("", one("column_rank"), 9))
        keys.append(("rank", ""))
    return tuple(columns), keys


def wide_enough(column: Column, cells: Sequence[Cell]) -> Column:
    """The column, with room for its longest figure: unlike a text it cannot go on in a second line."""
    longest = max(len(figure(cell)) for cell in cells)
    return column if column.is_text else replace(column, width=max(column.width, longest + 1))


def _bottom_up(pillars: Sequence[Row]) -> Iterator[Row]:
    """Pillars in the registry's order, each behind those that it is made of."""

    def below(parent: str | None) -> Iterator[Row]:
        for pillar in pillars:
            if pillar["parent_pillar"] == parent:
                yield from below(pillar["pillar"])
                yield pillar

    return below(None)


def _parts(tier: Tier, pillar: Row, places: dict[tuple[str, str], int]) -> Iterator[tuple[int, Fraction]]:
    """The columns that a total is made of, each by its share: all the way down, because totals that were fixed are no
    part of any other."""
    own = [row for row in tier.components if row["pillar"] == pillar["pillar"]]
    below = [row for row in tier.pillars if row["parent_pillar"] == pillar["pillar"]]
    weighed = [row for row in (*own, *below) if not row.get("is_bonus")]
    whole = sum((Fraction(row["weight"] or 0) for row in weighed), Fraction(0))
    is_mean = pillar["aggregation"] == "weighted_mean"

    def share(row: Row) -> Fraction:
        return Fraction(row["weight"] or 0) / whole if is_mean and whole and not row.get("is_bonus") else Fraction(1)

    for row in own:
        yield places["component", row["component"]], share(row)
    for row in below:
        if row["aggregation"] == "stated":
            yield places["total", row["pillar"]], share(row)
        else:
            for at, part in _parts(tier, row, places):
                yield at, part * share(row)
