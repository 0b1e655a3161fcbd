"""Small drawings for the pages of units: a line over the years, and how far a total is along its levels.

Here: geometry, as inline SVG of a few hundred bytes. Not here: the large charts, which a library draws (`charts.py`
says which, and why these are not its).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 300, 130
LEFT, RIGHT, TOP, FLOOR = 14, 28, 16, 110
SMALL_WIDTH, SMALL_HEIGHT = 150, 44


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
    near = _near([point.value for point in points], thresholds)
    low, high = _span([*(point.value for point in points), *(value for _, value in near)])
    x = _scale(years[0], years[-1], LEFT, WIDTH - RIGHT)
    y = _scale(low, high, FLOOR, TOP)
    half = min(16, (WIDTH - LEFT - RIGHT) / max(1, 2 * (years[-1] - years[0])))
    dashes = "".join(
        f"M{_n(x(year) - half)} {_n(y(value))}h{_n(2 * half)}"
        for year in years
        for level, value in thresholds.get(year, ())
        if low <= value <= high
    )
    names = "".join(
        f'<text class="g" x="{WIDTH - RIGHT + half + 2:.0f}" y="{_n(y(value) + 3)}">{escape(level)}</text>'
        for level, value in thresholds.get(years[-1], ())
        if low <= value <= high
    )
    dots = "".join(f'<circle cx="{_n(x(p.year))}" cy="{_n(y(p.value))}" r="3"/>' for p in points)
    words = "".join(
        f'<text x="{_n(x(p.year))}" y="{_n(_beside(y(p.value), [y(value) for _, value in thresholds.get(p.year, ())]))}">{escape(p.label)}</text>'
        f'<text class="g" x="{_n(x(p.year))}" y="{HEIGHT - 5}">{p.year}</text>'
        for p in points
    )
    return Markup(  # all that is not a number is escaped above
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'<path class="h" d="{dashes}"/>{names}<path class="p" d="{_line(points, x, y)}"/>{dots}{words}</svg>'
    )


def spark(points: Sequence[Point], beside: Mapping[int, float], span: tuple[float, float]) -> Markup:
    """A component over the years, between the lowest and the highest that anyone has; thin beside it the average of
    all. It says nothing to a screen reader, because its row has the figures."""
    x = _scale(points[0].year, points[-1].year, 4, SMALL_WIDTH - 4)
    y = _scale(*span, SMALL_HEIGHT - 4, 4)
    average = [Point(p.year, beside[p.year], "", True) for p in points if p.year in beside]
    last = points[-1]
    return Markup(
        f'<svg class="spark" viewBox="0 0 {SMALL_WIDTH} {SMALL_HEIGHT}" aria-hidden="true">'
        f'<path class="a" d="{_line(average, x, y)}"/><path class="p" d="{_line(points, x, y)}"/>'
        f'<circle cx="{_n(x(last.year))}" cy="{_n(y(last.value))}" r="2.5"/></svg>'
    )


def _line(points, x, y) -> str:
    """A path that is broken where a year cannot be compared with the one before it."""
    return "".join(
        f"{'L' if place and point.is_joined else 'M'}{_n(x(point.year))} {_n(y(point.value))}"
        for place, point in enumerate(points)
    )


def _beside(dot: float, dashes: Sequence[float]) -> float:
    """Where the figure of a dot stands: above it, or below where a dash would run through it."""
    is_struck = any(dot - 17 < dash < dot - 3 for dash in dashes)
    return dot + 15 if is_struck else dot - 7


def _near(values: Sequence[float], thresholds: Mapping[int, Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    """The thresholds within the values, and the next one above and below: what the unit has reached and what comes."""
    all_of_them = {pair for pairs in thresholds.values() for pair in pairs}
    low, high = min(values), max(values)
    within = [pair for pair in all_of_them if low <= pair[1] <= high]
    below = sorted((pair for pair in all_of_them if pair[1] < low), key=lambda pair: pair[1])[-1:]
    above = sorted((pair for pair in all_of_them if pair[1] > high), key=lambda pair: pair[1])[:1]
    return [*within, *below, *above]


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _scale(low: float, high: float, start: float, end: float):
    factor = (end - start) / (high - low) if high > low else 0.0
    return lambda value: start + (value - low) * factor if factor else (start + end) / 2


def _n(value: float) -> str:
    """A coordinate: a tenth of a pixel is enough."""
    return f"{value:.1f}".removesuffix(".0")
