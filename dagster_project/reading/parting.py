"""A file's tables by the year that they are of.

Here: which table, and which columns of one, are of another year than the file. Not here: the records (`reader.py`), and
what becomes of a year (SQL).

A file that names one year alone is of the year that the ledger gives, whatever it says itself; that it says another is
a finding. Where it names several, what it says of each table and column is what tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import head
from .labels import Vocabulary
from .tables import Layout, Table
from .years import alone


@dataclass(frozen=True, slots=True)
class Parting:
    """year: the file's own, None where nobody says it. title_year: what its titles say of that. own: its tables;
    others: those of each other year. restated: the tables with columns of a year before their own, by that year."""

    year: int | None
    title_year: int | None
    own: list[Table]
    others: dict[int, list[Table]]
    restated: dict[int, list[Table]]

    @property
    def has_several(self) -> bool:
        return bool(self.others or self.restated)


def part(layout: Layout, vocabulary: Vocabulary, year: int | None) -> Parting:
    """The tables by year. year: the file's own; None: that of its opening, else the latest that its tables name."""
    said = [_year_of(table, vocabulary) for table in layout.tables]
    restated: dict[int, list[Table]] = {}
    for table in layout.tables:
        for earlier in {column.year for column in table.header.earlier if column.year}:
            restated.setdefault(earlier, []).append(table)
    named = {one for one in said if one} | set(restated)
    title_year = head.year_of(layout.opening, [], vocabulary)
    if year is None:
        year = title_year or max((one for one in said if one), default=None)
    if title_year is None and year in said:
        title_year = year
    own: list[Table] = []
    others: dict[int, list[Table]] = {}
    for table, one in zip(layout.tables, said, strict=True):
        if len(named) < 2 or one in (None, year):
            own.append(table)
        else:
            others.setdefault(one, []).append(table)
    if len(named) == 1 and not restated:
        title_year = title_year or next(iter(named))
    return Parting(year, title_year, own, dict(sorted(others.items())), dict(sorted(restated.items())))


def _year_of(table: Table, vocabulary: Vocabulary) -> int | None:
    """The year that a table is of: by its columns, by its title, by its sheet."""
    of_title = head.year_of([], [table.title], vocabulary)
    return table.header.year or of_title or alone(table.header.lines[0].grid.page_or_sheet)
