"""Kinds that no check on one document can see, and what would see them.

Here: such copies; what the checks on the document alone say of them; and the same defects all in one decision of a
province whose districts also sent a self-assessment, and which was scored the year before, through the whole pipeline.
Not here: kinds that a document shows by itself (`defects.py` and its neighbours).

The self-assessment and the year before are synthetic: they hold the decision's own figures, and the year before each
figure a little less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

import duckdb
from defects import COMPONENTS, STEPS
from egov_check import Checker
from oracle import MAXIMA, official_units, plain
from original import COLUMNS, FIELDS, FIGURES, PILLARS, Copy, altered, decision, written
from planting import Draft, Planted, plant, total_of

from dagster_project.root import Root
from dagster_project.warehouse import build, landing

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
    """What other documents show of figures that were altered unseen. altered: how many figures, totals among them;
    by_self_assessment: how many of these stand otherwise in the self-assessment, which differs in self_assessment_says.
    components: how many components among them; by_last_year: how many of these are among as many components that
    changed least like the others since the year before."""

    altered: int
    by_self_assessment: int
    self_assessment_says: int
    components: int
    by_last_year: int


def on_the_document_alone(seed: int, copies: int = 8) -> Iterator[tuple[str, int, int, int]]:
    """Each kind: how many copies, and in how many of them the checks of scope `file` say anything new, and those of
    scope `year`, which know the official list."""
    checker, chance, original = Checker(), Random(seed), decision()
    before = {one.says for one in checker.findings(original, "txt")}
    for kind in KINDS:
        told = ""
        scopes: list[set[str]] = []
        for _ in range(copies):
            planted = plant(kind, chance, original)
            told = planted.kind
            scopes.append({one.scope for one in checker.findings(planted.copy, "txt") if one.says not in before})
        yield told, copies, sum("file" in each for each in scopes), sum("year" in each for each in scopes)


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
    lines = ["file,sha256,year,kind,received_on,sender,note"]
    for year, kind, copy in sent:
        name = f"synthetic-{year}-{kind}.txt"
        path = root.submissions / str(year) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(copy, "txt"))
        lines.append(f"{year}/{name},{sha256(path.read_bytes()).hexdigest()},{year},{kind},{year + 1}-04-05,,synthetic")
    root.ledger.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def _seen(root: Root, changed: set[tuple[str, int, str]]) -> Beyond:
    units = official_units()
    figures = {(units[annex, place].code, FIELDS[column]) for annex, place, column in changed}
    components = {
        (units[annex, place].code, FIELDS[column]) for annex, place, column in changed if column in COMPONENTS
    }
    root.warehouse.mkdir(parents=True)
    with duckdb.connect(str(root.build_database)) as database:
        landing.land(database, root)
    wanted = ("--select", "+fct_figure_by_kind +fct_component_movement", "--indirect-selection", "empty")
    build.refuse_failures(build.run(root, "build", "--exclude-resource-type", "unit_test", *wanted))
    with duckdb.connect(str(root.build_database), read_only=True) as database:
        differing = set(database.execute(_AGAINST_SELF_ASSESSMENT, [YEAR]).fetchall())
        departing = set(database.execute(_AGAINST_LAST_YEAR, [YEAR, len(components)]).fetchall())
    return Beyond(len(figures), len(figures & differing), len(differing), len(components), len(components & departing))


_AGAINST_SELF_ASSESSMENT = """
    SELECT unit_code, field FROM main.fct_figure_by_kind WHERE year = ? AND self_assessed <> published
"""
# How far each component's change is from the median change of that component in its tier.
_AGAINST_LAST_YEAR = """
    WITH change AS (
        SELECT
            unit_code, component,
            abs(score_change - median(score_change) OVER (PARTITION BY tier, component)) AS departure
        FROM main.fct_component_movement
        WHERE year = ? AND score_change IS NOT NULL
    )
    SELECT unit_code, component FROM change ORDER BY departure DESC, unit_code, component LIMIT ?
"""
