"""What a world consists of, as plain data: it can be compared, printed, and made smaller by leaving parts out.

Here: the parts. Not here: how they are written (`writing.py`) and chosen (`making.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

INDEX = "egov_2392"
READINESS = ("infrastructure", "human_resources", "environment")
ATTAINMENT = ("presence", "interaction", "transaction", "transformation")
COMPONENTS = READINESS + ATTAINMENT


@dataclass(frozen=True)
class Row:
    """One unit's line, all of it as written. unit: the code of the unit that it is about beyond doubt; None: nobody can
    tell. scores: by component, in the order of COMPONENTS."""

    name: str
    parent: str
    scores: tuple[str, ...]
    totals: tuple[str, str]
    level: str
    rank: str
    unit: str | None

    def computed(self) -> tuple[Decimal, Decimal]:
        """Both totals, exact."""
        figures = [Decimal(score.replace(",", ".")) for score in self.scores]
        return sum(figures[:3], Decimal(0)), sum(figures[3:], Decimal(0))


@dataclass(frozen=True)
class Table:
    """A detailed annex. annex: as printed, '' where nothing is. cites: the line that cites the decision, '' where there
    is none. No rows: the heading stands, and nothing below it."""

    annex: str
    tier: str
    title: str
    rows: tuple[Row, ...]
    has_parent: bool = True
    has_rank: bool = False
    has_notes: bool = False
    cites: str = ""


@dataclass(frozen=True)
class Summary:
    """A summary annex: a district's written name and what is said of its communes."""

    annex: str
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class File:
    """A file and its line in the ledger. province: that of its title, where the title names one plainly and all rows
    are of it; None: whose it is, is for the warehouse to find out. raw: its whole content where it holds no tables."""

    path: str
    year: int
    kind: str
    received_on: date | None
    sender: str
    province: str | None
    tables: tuple[Table | Summary, ...] = ()
    raw: str | None = None

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """The unit rows of its detailed annexes, with the annex."""
        for table in self.tables:
            if isinstance(table, Table):
                yield from ((table, row) for row in table.rows)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def day(self) -> date:
        """When it was received: where nobody knows, before all others."""
        return self.received_on or date.min


@dataclass(frozen=True)
class World:
    """seed: what it was made from. files: in the order of the ledger. registries: lines that a root adds to the
    repository's own, as columns and values."""

    seed: int
    files: tuple[File, ...]
    registries: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = field(default=())

    def of(self, files: Iterator[File] | tuple[File, ...] | list[File]) -> World:
        """The same world with these files only, in the same order."""
        kept = set(files)
        return replace(self, files=tuple(file for file in self.files if file in kept))

    def lines(self, registry: str) -> list[dict[str, str]]:
        """The lines that it adds to a registry."""
        return [dict(line) for name, line in self.registries if name == registry]


def line(registry: str, **values: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A line of a registry, as a world holds it."""
    return registry, tuple(values.items())
