"""Kinds that no check on one document can see, and what would see them.

Here: such copies; what the checks on the document alone say of them; and the same defects all in one decision of a province
whose districts also sent a self-assessment, and which was scored the year before, through the whole pipeline. Not here: kinds
that a document shows by itself (`defects.py` and its neighbours).

The self-assessment and the year before are synthetic: they hold the decision's own figures, and the year before each
figure a little less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from defects import COMPONENTS, STEPS
from oracle import MAXIMA, plain
from original import COLUMNS, FIGURES, PILLARS, Copy, altered, decision, written
from planting import Draft, Planted, plant, total_of

from dagster_project.root import Root

YEAR = 2020


def errors_that_cancel_out(draft: Draft) -> Planted | None:
    """Two components of a pillar, one with as much more as the other has less."""
    annex, place, column = draft.figure(COMPONENTS)
    other = draft.chance.choice([each for each in COMPONENTS if PILLARS[each] == PILLARS[column] and each != column])
    step = Decimal(draft.chance.choice(STEPS))
    return _moved(draft, "two errors that cancel out", annex, place, {column: step, other: -step})


def component_with_its_total(draft: Draft) -> Planted | None:
    """A component and its total, by the same, so little that the level stays."""
    annex, place, column = draft.figure(COMPONENTS)
    step = Decimal(draft.chance.choice(STEPS)) * draft.chance.choice((1, -1))
    return _moved(draft, "a component with its total", annex, place, {column: step, total_of(column): step})


def district_lost(draft: Draft) -> Planted | None:
    """A district's row that is gone, the others numbered anew."""
    rows = draft.copy.rows("01")
    lost = draft.chance.choice(rows)
    draft.copy.lines.remove(lost)
    for number, line in enumerate(draft.copy.rows("01"), 1):
        line.fields[0] = str(number)
    assert lost.origin
    told = f"annex 01, row {lost.origin[1]} lost, the rest numbered anew"
    return Planted("a district lost, numbered anew", draft.copy, told, touched=frozenset({("01", None, None)}))


KINDS = (errors_that_cancel_out, component_with_its_total, district_lost)


@dataclass(frozen=True, slots=True)
class Beyond:
    """What other documents show of figures altered unseen: how many were altered, and, of these, how many the
    self-assessment shows, and how many are among as many largest changes since the year before."""

    altered: int
    by_self_assessment: int
    self_assessment_says: int
    by_last_year: int


def beyond_the_document(folder: Path, seed: int, units: int = 10) -> Beyond:
    """Runs the pipeline, in this folder, on a decision with several such defects and on the two other documents."""
    chance = Random(seed)
    true, false, changed = decision(), decision(), set()
    while len({(annex, place) for annex, place, _ in changed}) < units:
        kind = chance.choice((errors_that_cancel_out, component_with_its_total))
        planted = plant(kind, chance, altered(true))
        [(annex, place)] = {(annex, place) for annex, place, _ in planted.touched}
        if (annex, place) not in {(one, other) for one, other, _ in changed}:
            for _, _, column in planted.touched:
                assert isinstance(place, int) and column
                false.set(annex, place, column, planted.copy.get(annex, place, column))
                changed.add((annex, place, column))
    root = _submissions(folder, {"published": false, "self_assessed": true}, _year_before(true, chance))
    return _seen(root, changed)


def _moved(draft: Draft, kind: str, annex: str, place: int, steps: dict[str, Decimal]) -> Planted | None:
    """Figures moved by steps; None where one would leave its scale, or the level would show it."""
    oracle = before = draft.oracles[annex]
    for column, step in steps.items():
        figure = oracle.figures[place][column] + step
        if not 0 <= figure <= MAXIMA[annex][PILLARS[column]]:
            return None
        oracle = oracle.altered(place, column, figure)
        draft.copy.set(annex, place, column, plain(figure))
    if oracle.level_by_stated(place) != before.level_by_stated(place):
        return None
    told = ", ".join(f"{column} by {step:+}" for column, step in steps.items())
    touched = frozenset((annex, place, column) for column in steps)
    return Planted(kind, draft.copy, f"annex {annex}, row {place}: {told}", touched=touched)


def _year_before(true: Copy, chance: Random) -> Copy:
    """A synthetic decision of the year before: each component a little less, totals their sums."""
    copy = altered(true)
    for annex in ("01", "03"):
        for line in copy.rows(annex):
            cells = {column: Decimal(line.fields[COLUMNS[annex].index(column)]) for column in COMPONENTS}
            less = {column: figure - Decimal(chance.randint(0, 10)) / 20 for column, figure in cells.items()}
            for column in FIGURES:
                parts = [figure for each, figure in less.items() if total_of(each) == column]
                line.fields[COLUMNS[annex].index(column)] = plain(sum(parts, Decimal(0)) if parts else less[column])
    for line in copy.lines:
        line.fields = [re.sub(r"năm 2020", "năm 2019", text) for text in line.fields]
    return copy


def _submissions(folder: Path, kinds: dict[str, Copy], before: Copy) -> Root:
    root = Root(folder)
    sent = [(YEAR, kind, copy) for kind, copy in kinds.items()] + [(YEAR - 1, "published", before)]
    lines = ["file,year,kind,received_on,sender,note"]
    for year, kind, copy in sent:
        name = f"synthetic-{year}-{kind}.txt"
        path = root.submissions / str(year) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(copy, "txt"))
        lines.append(f"{year}/{name},{year},{kind},{year + 1}-04-05,,synthetic")
    root.ledger.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def _seen(root: Root, changed: set) -> Beyond:
    raise NotImplementedError
