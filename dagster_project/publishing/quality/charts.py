"""The drawing of a spread of totals: bars and lines by coordinates, for an inline SVG.

Here: geometry. Not here: what is drawn (`overview.py`), and the SVG itself (`templates/spread.html`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from . import words
from .overview import Spread, Threshold

WIDTH, HEIGHT, TOP, FLOOR, MARGIN = 340, 150, 30, 132, 14
THINNEST, WIDEST = 1.5, 10.0
ROOMY = 24  # bars; with more of them only the highest are labelled
EDGE = 25  # nearer to it a word in the middle would be cut off


@dataclass(frozen=True, slots=True)
class Bar:
    """A total that units have; `label` says how many, where there is more than one and room for it."""

    x: float
    y: float
    width: float
    height: float
    label: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place of the axis."""

    x: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A histogram. lines: thresholds; ticks: the ends of the axis."""

    bars: tuple[Bar, ...]
    lines: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def chart(spread: Spread) -> Chart:
    """The chart of a spread: a bar for each total, as high as it has units, and a line for each threshold in reach."""
    if not spread.totals:
        return Chart((), (), ())
    low = min([spread.totals[0][0], *_nearest(spread)])
    high = max([spread.totals[-1][0], *_nearest(spread)])
    most = max(units for _, units in spread.totals)
    span = float(high - low) or 1.0
    width = max(THINNEST, min(WIDEST, (WIDTH - 2 * MARGIN) / (4 * len(spread.totals))))

    def at(total: Decimal) -> float:
        return round(MARGIN + float(total - low) / span * (WIDTH - 2 * MARGIN), 1)

    def bar(total: Decimal, units: int) -> Bar:
        height = round(units / most * (FLOOR - TOP), 1)
        x = round(at(total) - width / 2, 1)
        has_label = units > 1 and (len(spread.totals) <= ROOMY or units == most)
        return Bar(x, round(FLOOR - height, 1), round(width, 1), height, str(units) if has_label else "")

    def line(threshold: Threshold) -> Mark:
        x = at(threshold.value)
        anchor = "start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle"
        return Mark(x, f"{threshold.code}: {threshold.words.vi}", anchor)

    return Chart(
        tuple(bar(total, units) for total, units in spread.totals),
        tuple(line(one) for one in spread.thresholds if low <= one.value <= high),
        (Mark(0, words.figure(low).vi, "start"), Mark(WIDTH, words.figure(high).vi, "end")),
    )


def _nearest(spread: Spread) -> list[Decimal]:
    """The thresholds next to the lowest and the highest total, so that the axis shows what they have reached."""
    lowest, highest = spread.totals[0][0], spread.totals[-1][0]
    below = [one.value for one in spread.thresholds if one.value <= lowest]
    above = [one.value for one in spread.thresholds if one.value > highest]
    return [*([max(below)] if below else []), *([min(above)] if above else [])]
