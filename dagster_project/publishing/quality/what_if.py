"""What would be if: what each open finding would change, were its expected figure taken; what each unit is short of for
the next level, and which of its components have room.

Here: the types, and the rows of the published tables put into them. Not here: any rule (`fct_what_if` and
`fct_level_distance` are models), and how it is shown (`pages.py`, `commands/what_if.py`).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb

from . import queries, sentences
from .gathering import Row, both, called, draft_kinds, kinds, rows, stem, terms
from .words import Kind, Words


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose level or rank would be another. is_own: the finding is about it."""

    unit_code: str
    unit_key: str
    unit_name: str
    district_name: str | None
    is_own: bool
    level_now: str | None
    level_if: str | None
    rank_now: int | None
    rank_if: int | None
    is_level_changed: bool
    is_rank_changed: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """A finding, and what taking its expected figure would change. stem: of the page that has it. units: its own first,
    then the others that it would move."""

    finding_id: str
    short_id: str
    stem: str
    kind: str
    code: str
    field: str
    stated: str
    expected: str
    told: Words
    units: tuple[Moved, ...]

    @property
    def is_felt(self) -> bool:
        """Whether a level or a rank would be another."""
        return any(unit.is_level_changed or unit.is_rank_changed for unit in self.units)


@dataclass(frozen=True, slots=True)
class Lack:
    """What a pillar lacks for the next level; 0 where it reaches it."""

    pillar: str
    name: Words
    total: Decimal
    next_min_total: Decimal
    to_next_level: Decimal


@dataclass(frozen=True, slots=True)
class Room:
    """A component below its maximum."""

    component: str
    name: Words
    score: Decimal
    max_score: Decimal
    room: Decimal


@dataclass(frozen=True, slots=True)
class Short:
    """A unit that a level is left to reach. short_of: of all pillars together."""

    kind: str
    tier: Words
    unit_code: str
    unit_key: str
    unit_name: str
    district_name: str | None
    level: str
    next_level: str
    short_of: Decimal
    pillars: tuple[Lack, ...]
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Of a year. short: of each kind and tier the nearest to their next level first."""

    year: int
    kinds: tuple[Kind, ...]
    effects: tuple[Effect, ...]
    short: tuple[Short, ...]

    @property
    def felt(self) -> tuple[Effect, ...]:
        """The findings that would change a level or a rank."""
        return tuple(one for one in self.effects if one.is_felt)

    @property
    def is_asked(self) -> bool:
        """Whether the year is not settled: there is a draft, or a finding would change a level or a rank."""
        return any(kind.is_draft for kind in self.kinds) or bool(self.felt)

    def effects_of(self, kind: Kind) -> tuple[Effect, ...]:
        """The findings about a kind that would change a level or a rank."""
        return tuple(one for one in self.felt if one.kind == kind.code)

    def short_of(self, kind: Kind) -> tuple[tuple[Words, tuple[Short, ...]], ...]:
        """The units of a kind by their tiers."""
        of_kind = (one for one in self.short if one.kind == kind.code)
        return tuple((tier, tuple(units)) for tier, units in groupby(of_kind, key=lambda one: one.tier))


def what_if(connection: duckdb.DuckDBPyConnection, year: int, units: Set[str] | None = None) -> WhatIf:
    """What would be if, in a year; with `units`, as far as it concerns one of these keys."""
    named = terms(connection)
    effects = [
        _effect(list(group))
        for _, group in groupby(rows(connection, queries.WHAT_IF, year), key=lambda row: row["finding_id"])
    ]
    rooms: dict[tuple[str, str], list[Row]] = {}
    for row in rows(connection, queries.ROOM, year):
        rooms.setdefault((row["assessment_key"], row["unit_key"]), []).append(row)
    short = [
        _short(list(group), rooms.get(unit[:2], []), called(named, "tier", unit[2]))
        for unit, group in groupby(
            rows(connection, queries.SHORT_OF, year),
            key=lambda row: (row["assessment_key"], row["unit_key"], row["tier"]),
        )
    ]
    return WhatIf(
        year,
        kinds(draft_kinds(connection), named, [*(one.kind for one in effects), *(one.kind for one in short)]),
        tuple(one for one in effects if units is None or any(moved.unit_key in units for moved in one.units)),
        tuple(one for one in short if units is None or one.unit_key in units),
    )


def _effect(found: list[Row]) -> Effect:
    first = found[0]
    return Effect(
        **{name: first[name] for name in ("finding_id", "short_id", "kind", "code", "field", "stated", "expected")},
        stem=stem(first["submitter_code"], first["submitter_ascii"]),
        told=sentences.what_if(both(first, "field"), found),
        units=tuple(Moved(**{name: row[name] for name in Moved.__slots__}) for row in found),
    )


def _short(found: list[Row], rooms: list[Row], tier: Words) -> Short:
    first = found[0]
    columns = ("kind", "unit_code", "unit_key", "unit_name", "district_name", "next_level", "short_of")
    return Short(
        **{name: first[name] for name in columns},
        tier=tier,
        level=first["level_computed"],
        pillars=tuple(
            Lack(row["pillar"], both(row, "pillar"), row["computed"], row["next_min_total"], row["to_next_level"])
            for row in found
        ),
        rooms=tuple(
            Room(row["component"], both(row, "component"), row["score"], row["max_score"], row["room"]) for row in rooms
        ),
    )
