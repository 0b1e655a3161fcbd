"""What the annexes of one assessment say, as plain records.

Here: types. Not here: where it comes from (`gathering.py`), and how it looks in a format.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..quality import words
from ..quality.words import Words

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Article:
    """A paragraph of what is decided. label: 'Điều 1.', empty where it has none."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision's own page, from top to bottom."""

    issuer: tuple[str, ...]
    motto: tuple[str, ...]
    number: str
    place_and_day: str
    name: str
    subject: str
    authority: str
    grounds: tuple[str, ...]
    decides: str
    articles: tuple[Article, ...]
    recipients_heading: str
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex. group: the heading over it and its neighbours, if any. width: in letters. parts: of a total
    the columns that it is made of, each by its share; none of a total that is taken as it is stated."""

    group: str
    name: str
    width: int
    is_text: bool = False
    parts: tuple[tuple[int, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex. title: its lines. rows: a cell per column; lines of a text are parted by line breaks."""

    name: str
    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page on its side."""
        return len(self.columns) > 8

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """The upper row of the header: each heading with the number of columns below it; a column without a group
        stands alone."""
        found: list[list] = []
        for column in self.columns:
            if column.group and found and found[-1][0] == column.group:
                found[-1][1] += 1
            else:
                found.append([column.group, 1])
        return tuple((name, columns) for name, columns in found)


@dataclass(frozen=True, slots=True)
class Change:
    """Where the annexes say something else than was stated, and why."""

    about: Words
    field: Words
    stated: Words
    here: Words
    why: Words


@dataclass(frozen=True, slots=True)
class Annexes:
    """All of one assessment. folder: below `annexes`. draft: the mark of a draft, None of what is ready to be signed;
    reasons: why it is one."""

    year: int
    province: str
    folder: str
    title: str
    draft: str | None
    reasons: tuple[Words, ...]
    decision: Decision
    annexes: tuple[Annex, ...]
    changes: tuple[Change, ...]


def figure(cell: Cell) -> str:
    """A cell as a document prints it."""
    return words.figure(cell).vi if isinstance(cell, Decimal) else "" if cell is None else str(cell)
