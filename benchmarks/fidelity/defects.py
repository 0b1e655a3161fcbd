"""Defects of figures and levels: what goes wrong between a calculator and a table.

Here: one function per kind, each altering one cell, with the findings that show it. Not here: defects of rows, names
and the annexes around them (`defects_of_rows.py`), and changes that are no defects (`neutral.py`).
"""

from __future__ import annotations

from decimal import Decimal

from oracle import LEVELS, MAXIMA, UNRANKED, plain
from original import FIGURES, PILLARS, TOTALS
from planting import Draft, Expected, Planted, of_pillar, of_summary, total_of

STEPS = ("0.01", "0.02", "0.05", "0.1", "0.2", "0.25", "0.5", "1", "2", "3", "5", "10")
COMPONENTS = tuple(column for column in FIGURES if column not in TOTALS.values())
WORDINGS = {"01": "Mức độ {}", "03": "Mức {}"}
NO_NUMBERS = ("x", "?", "đạt", "{} điểm", "~{}", "{}l", "O{}", "{}..", "không")
MARKS_OF_ABSENCE = ("", "", "-", "…")


def component_off(draft: Draft) -> Planted | None:
    """A component that is a little more or less than it should be, so that the sum is broken."""
    annex, place, column = draft.figure(COMPONENTS)
    return _another_figure(draft, "component off", annex, place, column, _stepped(draft, annex, place, column))


def total_altered(draft: Draft) -> Planted | None:
    annex, place, column = draft.figure(tuple(TOTALS.values()))
    return _another_figure(draft, "total altered", annex, place, column, _stepped(draft, annex, place, column))


def digits_transposed(draft: Draft) -> Planted | None:
    """Two digits side by side that have changed places."""
    annex, place, column = draft.figure()
    text = draft.copy.get(annex, place, column)
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not pairs:
        return None
    at = draft.chance.choice(pairs)
    return _another_figure(
        draft, "digits transposed", annex, place, column, text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    )


def decimal_point_lost(draft: Draft) -> Planted | None:
    """A figure without its point: above its pillar's maximum it cannot be right, below it breaks the sum."""
    annex, place, column = draft.figure()
    text = draft.copy.get(annex, place, column)
    if "." not in text:
        return None
    lost = text.replace(".", "")
    kind = "decimal point lost"
    if Decimal(lost) <= MAXIMA[annex][PILLARS[column]]:
        return _another_figure(draft, kind, annex, place, column, lost)
    return _unusable_figure(draft, kind, "cell_damaged", annex, place, column, lost)


def negative(draft: Draft) -> Planted | None:
    annex, place, column = draft.figure()
    text = f"-{draft.copy.get(annex, place, column)}"
    return _unusable_figure(draft, "negative", "score_out_of_range", annex, place, column, text)


def above_the_maximum(draft: Draft) -> Planted | None:
    """A figure above the maximum of its pillar, and not the figure without its decimal point."""
    annex, place, column = draft.figure()
    maximum = MAXIMA[annex][PILLARS[column]]
    figure = maximum + Decimal(draft.chance.randrange(1, 100 * int(maximum))) / 100
    was = Decimal(draft.copy.get(annex, place, column))
    if figure in (10 * was, 100 * was, 1000 * was, 10000 * was):
        return None
    return _unusable_figure(draft, "above the maximum", "score_out_of_range", annex, place, column, plain(figure))


def not_a_number(draft: Draft) -> Planted | None:
    annex, place, column = draft.figure()
    text = draft.chance.choice(NO_NUMBERS).format(draft.copy.get(annex, place, column))
    return _unusable_figure(draft, "not a number", "not_a_number", annex, place, column, text)


def missing(draft: Draft) -> Planted | None:
    """A figure, or a level, that is not there."""
    annex, place, column = draft.figure()
    if draft.chance.random() < 0.2:
        column, text = "level", ""
    else:
        text = draft.chance.choice(MARKS_OF_ABSENCE)
    return _unusable_figure(draft, "missing", "cell_missing", annex, place, column, text)


def level_moved(draft: Draft) -> Planted | None:
    """A level that neither the stated nor the computed totals give."""
    annex, place = draft.unit()
    oracle = draft.oracles[annex]
    by_rule = oracle.level_by_stated(place)
    level = draft.chance.choice([*LEVELS, UNRANKED])
    if oracle.levels[place] != by_rule or level in (by_rule, oracle.level_by_computed(place)):
        return None
    text = "Không đủ điều kiện xếp hạng" if level == UNRANKED else WORDINGS[annex].format(level)
    draft.copy.set(annex, place, "level", text)
    return Planted(
        "level moved",
        draft.copy,
        f"annex {annex}, row {place}: level {by_rule} made {level}",
        (draft.expect("level_differs", annex, place, "level", stated=level, figure=by_rule, materiality="level"),),
        frozenset({(annex, place, "level")} | of_summary(annex, place)),
    )


KINDS = (
    component_off,
    total_altered,
    digits_transposed,
    decimal_point_lost,
    level_moved,
    negative,
    missing,
    not_a_number,
    above_the_maximum,
)


def _stepped(draft: Draft, annex: str, place: int, column: str) -> str | None:
    """The figure with a step added or taken away; None where it would leave its scale."""
    step = Decimal(draft.chance.choice(STEPS)) * draft.chance.choice((1, -1))
    figure = Decimal(draft.copy.get(annex, place, column)) + step
    return plain(figure) if 0 <= figure <= MAXIMA[annex][PILLARS[column]] else None


def _another_figure(draft: Draft, kind: str, annex: str, place: int, column: str, text: str | None) -> Planted | None:
    """A figure that can be one and breaks the sum. Which side of the sum is wrong nobody can tell: the finding points
    at the total, and the sum is what is expected there."""
    if text is None:
        return None
    pillar = PILLARS[column]
    oracle = draft.oracles[annex].altered(place, column, Decimal(text))
    if oracle.holds(place, pillar):
        return None
    was = draft.copy.get(annex, place, column)
    draft.copy.set(annex, place, column, text)
    expected = draft.expect(
        "total_differs",
        annex,
        place,
        total_of(column),
        stated=plain(oracle.stated(place, pillar)),
        figure=plain(oracle.computed(place, pillar)),
        materiality=oracle.materiality_of_total(place, pillar),
    )
    return _planted(draft, kind, annex, place, column, was, expected)


def _unusable_figure(
    draft: Draft, kind: str, code: str, annex: str, place: int, column: str, text: str
) -> Planted | None:
    """A cell that shows by itself that it is wrong; what should stand there cannot be known for certain."""
    was = draft.copy.get(annex, place, column)
    draft.copy.set(annex, place, column, text)
    return _planted(draft, kind, annex, place, column, was, draft.expect(code, annex, place, column))


def _planted(draft: Draft, kind: str, annex: str, place: int, column: str, was: str, expected: Expected) -> Planted:
    text = draft.copy.get(annex, place, column)
    touched = of_pillar(annex, place, column) if column in PILLARS else {(annex, place, column)}
    return Planted(
        kind,
        draft.copy,
        f"annex {annex}, row {place}, {column}: {was!r} made {text!r}",
        (expected,),
        frozenset(touched | of_summary(annex, place)),
    )
