"""Which index a file is of: the one whose labels its headers bear.

Here: that choice, by components, of a file without any by totals, then by the year of their rules, then by the decision
that the file cites. Not here: what follows where two fit alike (a finding), or where the index has no rules in the
file's year (another one).
"""

from __future__ import annotations

from dataclasses import dataclass

from .head import year_of
from .labels import Labels, Vocabulary
from .lines import Line
from .tables import Layout, layout_of


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen index by its vocabulary, and the file's layout as read with it. rival: the code of another that fits
    as well. year: of the rules that decided between several; None where the components did."""

    vocabulary: Vocabulary
    layout: Layout
    rival: str | None
    year: int | None


def choose_index(lines: list[Line], labels: Labels, year: int | None) -> Choice | None:
    """The index of a file's lines. year: that the file is of; None: of its title. None where the registry has none."""
    layouts = [(vocabulary, layout_of(lines, vocabulary)) for vocabulary in labels.vocabularies]
    if not layouts:
        return None
    role = next((role for role in ("component", "total") if any(_known(layout, role) for _, layout in layouts)), None)
    most = max(_known(layout, role) for _, layout in layouts)
    fitting = [(vocabulary, layout) for vocabulary, layout in layouts if _known(layout, role) == most]
    if len(fitting) == 1:
        return Choice(*fitting[0], rival=None, year=None)
    if year is None:
        vocabulary, layout = fitting[0]
        year = year_of(layout.opening, [table.title for table in layout.tables], vocabulary)
    in_force = [one for one in fitting if year is not None and labels.has_rules(one[0].index_code, year)] or fitting
    cited = [one for one in in_force if _cites_decision(lines, one[0])] or in_force
    rival = cited[1][0].index_code if len(cited) > 1 and most else None
    return Choice(*cited[0], rival=rival, year=year)


def _known(layout: Layout, role: str | None) -> int:
    """How many columns of this role the file has."""
    return sum(column.role == role for table in layout.tables for column in table.header.columns)


def _cites_decision(lines: list[Line], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.find("decision", text) for line in lines for _, text in line.pieces())
