"""Small drawings for the pages of units: a line over the years, and how far a total is along its levels.

Here: geometry, as inline SVG of a few hundred bytes. Not here: the large charts, which a library draws (`charts.py`
says which, and why these are not its).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 600, 250
LEFT, RIGHT, TOP, FLOOR = 34, 60, 36, 208
SMALL_WIDTH, SMALL_HEIGHT = 150, 44
DASH, ABOVE, BELOW = 30, 14, 28  # half a dash; from a dot to the figure over it and under it


Scale = Callable[[float], int]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a year. is_joined: it may be compared with the year before it, so a line leads there; label: the
    figure as the page writes it."""

    year: int
    value: float
    label: str
    is_joined: bool


def trend(points: Sequence[Point], thresholds: Mapping[int, Sequence[tuple[str, float]]], title: str) -> Markup:
    """A total over the years: a line, its figures, and of each year the thresholds near it as short dashes. title: what
    a screen reader says; the figures stand in the table beside."""
    years = [point.year for point in points]
    low, high = _span([*(point.value for point in points), *_near([point.value for point in points], thresholds)])
    x, y = _scale(years[0], years[-1], LEFT, WIDTH - RIGHT), _scale(low, high, FLOOR, TOP)
    half = min(DASH, int((x(years[-1]) - x(years[0])) / max(2, 2.4 * (years[-1] - years[0]))))
    shown = {
        year: [(level, y(value)) for level, value in thresholds.get(year, ()) if low <= value <= high] for year in years
    }
    dashes = "".join(f"M{x(year) - half} {place}h{2 * half}" for year in years for _, place in shown[year])
    names = "".join(
        f"<text x={x(years[-1]) + half + 14} y={place + 6}>{escape(level)}</text>" for level, place in shown[years[-1]]
    )
    names += "".join(f"<text x={x(year)} y={HEIGHT - 6}>{year}</text>" for year in years)
    dots = "".join(f"M{x(point.year)} {y(point.value)}h0" for point in points)
    words = "".join(
        f"<text x={x(point.year)} y={_beside(points, place, y, shown[point.year])}>{escape(point.label)}</text>"
        for place, point in enumerate(points)
    )
    return Markup(  # all that is not a number is escaped above
        f'<svg class=trend viewBox="0 0 {WIDTH} {HEIGHT}" role=img aria-label="{escape(title)}">'
        f'<path class=h d="{dashes}"/><g class=g>{names}</g><path class=p d="{_line(points, x, y)}"/>'
        f'<path class=o d="{dots}"/>{words}</svg>'
    )


def spark(points: Sequence[Point], beside: Mapping[int, float], span: tuple[float, float]) -> Markup:
    """A component over the years, between the lowest and the highest that anyone has; thin beside it the average of
    all. It says nothing to a screen reader, as its row has the figures."""
    x = _scale(points[0].year, points[-1].year, 4, SMALL_WIDTH - 4)
    y = _scale(*span, SMALL_HEIGHT - 4, 4)
    average = [Point(p.year, beside[p.year], "", True) for p in points if p.year in beside]
    last = points[-1]
    return Markup(
        f'<svg class=spark viewBox="0 0 {SMALL_WIDTH} {SMALL_HEIGHT}">'
        f'<path class=a d="{_line(average, x, y)}"/><path class=p d="{_line(points, x, y)}"/>'
        f'<path class=o d="M{x(last.year)} {y(last.value)}h0"/></svg>'
    )


def _line(points: Sequence[Point], x: Scale, y: Scale) -> str:
    """A path that is broken where a year cannot be compared with the one before it."""
    return "".join(
        f"{'L' if place and point.is_joined else 'M'}{x(point.year)} {y(point.value)}"
        for place, point in enumerate(points)
    )


def _beside(points: Sequence[Point], place: int, y: Scale, dashes: Sequence[tuple[str, int]]) -> int:
    """Where the figure of a dot stands: above it, or below where a dash or the line itself would run through it."""
    dot = y(points[place].value)
    is_struck = any(dot - 34 < dash < dot - 6 for _, dash in dashes)
    comes_from_above = place > 0 and points[place].is_joined and y(points[place - 1].value) < dot - 20
    return dot + BELOW if is_struck or comes_from_above else dot - ABOVE


def _near(values: Sequence[float], thresholds: Mapping[int, Sequence[tuple[str, float]]]) -> list[float]:
    """The next threshold above the values and below them: what the unit has reached and what comes."""
    all_of_them = sorted({value for pairs in thresholds.values() for _, value in pairs})
    below = [value for value in all_of_them if value < min(values)]
    above = [value for value in all_of_them if value > max(values)]
    return [*below[-1:], *above[:1]]


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    """Where a value is drawn, in whole pixels; all of one value in the middle."""
    factor = (end - start) / (high - low) if high > low else 0.0
    return lambda value: round(start + (value - low) * factor if factor else (start + end) / 2)
