"""The large charts: levels over the years, ranks from year to year, what drove a change. Drawn by Vega-Lite.

Here: what each chart is, as a specification of Vega-Lite, and its picture: an SVG for the page and a PNG at print
resolution to take away, with its title and source in it. Not here: which charts a page has.

Why vl-convert, which is Vega-Lite in a wheel of its own, without a browser and without the network: it alone of those
that were tried draws both from one specification, in the quality of the charts of the large statistical sites; a
specification is data and says what is meant; and the same input gives the same bytes. One line of eight years took,
each after the first, on two busy cores: pygal 4 ms and 14 kB, which is quick but has no PNG and little of a chart's
grammar; vl-convert 40 ms and 9 kB; matplotlib 60 ms and 11 kB; Altair, the same engine behind a checked grammar in
Python, 78 ms and 10 kB; Plotnine 215 ms and 21 kB. None is quick or small enough for units: nine drawings each would be
100,000 for the country, 400 s and 1.4 GB with the quickest. Those few lines are made in `drawing.py`, a third of a
kilobyte each.

The engine holds Python as long as it draws: it works in a process of its own (`drawing_process.py`), on the other core.
Colours are the variables of the style sheet, so that a chart follows a dark screen; in a PNG they are those of paper.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from ...root import REPOSITORY

Spec = dict[str, Any]

WIDTH, ROW = 560, 24
PRINTED_WIDTH = 1300  # pixels: 11 cm at 300 dpi, or the width of a page at 200
COLOURS = 32  # of a PNG: those of the chart and between them
_FONT = "Arial, Liberation Sans, sans-serif"
_ON_PAPER = {
    **{"--ink": "#1d2329", "--soft": "#58626e", "--line": "#d5dae0", "--mark": "#1b5a94", "--down": "#a0410d"},
    **{
        "--l1": "#08306b",
        "--l2": "#2166ac",
        "--l3": "#6fa8d6",
        "--l4": "#c3dcf0",
        "--l5": "#e3eef8",
        "--l0": "#eceae6",
    },
    **{"--on1": "#fff", "--on2": "#fff", "--on3": "#0b1c2c", "--on4": "#0b1c2c", "--on0": "#45403a", "--lm": "#fff"},
}
_CONFIG: Spec = {
    "aria": False,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        **{"domain": False, "ticks": False, "labelColor": "var(--soft)", "labelFontSize": 13, "labelPadding": 8},
        **{"grid": False, "title": None},
    },
    "text": {"fontSize": 13, "color": "var(--ink)"},
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: the SVG for a page, and the name and the bytes of its PNG."""

    svg: Markup
    name: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Sketch:
    """A chart before its PNG is made, which takes six times as long: the SVG for a page, the name of the PNG, the SVG
    of what is on it, and how many of its pixels are one of that."""

    svg: Markup
    name: str
    on_paper: str
    scale: float


class Charts:
    """Draws charts one after the other in a process of its own, begun with the first; each is waited for where it is
    shown. before: the PNG of that name in what stands, if there is one: its name says what is on it."""

    def __init__(self, before: Callable[[str], bytes | None] = lambda _: None) -> None:
        self._before = before
        self._thread = ThreadPoolExecutor(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Charts:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        if self._process is not None:
            self._process.communicate()  # its input ends, and so does it

    def draw(self, name: str, spec: Spec, titles: Sequence[str]) -> Future[Drawn]:
        """Begins a chart. titles: the lines above it in the PNG, and last the source below it."""
        return self._thread.submit(self._drawn, name, spec, titles)

    def _drawn(self, *arguments: Any) -> Drawn:
        sketch = self._asked(sketched, *arguments)
        png = self._before(sketch.name) or self._asked(printed, sketch)
        return Drawn(sketch.svg, sketch.name, png)

    def _asked(self, what: Callable[..., Any], *arguments: Any) -> Any:
        if self._process is None:
            command = [sys.executable, "-m", f"{__package__}.drawing_process"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._process = subprocess.Popen(command, **pipes, cwd=REPOSITORY)
        assert self._process.stdin and self._process.stdout  # both are pipes
        pickle.dump((what, arguments), self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()
        return pickle.load(self._process.stdout)


def levels(rows: Sequence[Spec]) -> Spec:
    """Bars of 100 %, one a year: rows of year, level, shade (`l1` …), start and end (of 1), and label."""
    shades = {row["level"]: row["shade"] for row in rows}

    def coloured(variables: list[str]) -> Spec:
        scale = {"domain": list(shades), "range": [f"var({one})" for one in variables]}
        return {"field": "level", "type": "nominal", "legend": None, "scale": scale}

    along = {"type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "nice": False}}
    return {
        "data": {"values": list(rows)},
        "width": WIDTH,
        "height": {"step": 38},
        "encoding": {"y": {"field": "year", "type": "ordinal", "scale": {"paddingInner": 0.2}}},
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "x": {"field": "start", **along},
                    "x2": {"field": "end"},
                    "color": coloured([f"--{shade}" for shade in shades.values()]),
                },
            },
            {
                "transform": [{"filter": "datum.end - datum.start >= 0.05"}],
                "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold"},
                "encoding": {
                    "x": {"field": "middle", **along},
                    "text": {"field": "label"},
                    "color": coloured([_on(shade) for shade in shades.values()]),
                },
            },
        ],
        "resolve": {"scale": {"color": "independent"}},
    }


def ranks(rows: Sequence[Spec]) -> Spec:
    """Lines of ranks from year to year, the best above: rows of unit, year, place (from 1, among those shown), way (up,
    down or none), rank where it is to be read, and name where a line ends."""
    places = max(row["place"] for row in rows)
    years = len({row["year"] for row in rows})
    colour = {
        "field": "way",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["up", "down", "none"], "range": ["var(--mark)", "var(--down)", "var(--soft)"]},
    }
    return {
        "data": {"values": list(rows)},
        "width": min(WIDTH, 120 * years),
        "height": max(120, ROW * places),
        "encoding": {
            "x": {
                "field": "year",
                "type": "ordinal",
                "axis": {"orient": "top", "labelAngle": 0},
                "scale": {"padding": 0.4},
            },
            "y": {
                "field": "place",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [places + 0.5, 0.5], "nice": False},
            },
            "color": colour,
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2, "strokeOpacity": 0.75},
                "encoding": {"detail": {"field": "unit"}},
            },
            {
                "mark": {"type": "circle", "opacity": 1},
                "encoding": {"size": {"condition": {"test": "isValid(datum.rank)", "value": 400}, "value": 50}},
            },
            {
                "transform": [{"filter": "isValid(datum.rank)"}],
                "mark": {"type": "text", "fontSize": 9.5, "fontWeight": "bold"},
                "encoding": {"text": {"field": "rank"}, "color": {"value": "var(--paper)"}},
            },
            {
                "transform": [{"filter": "isValid(datum.name)"}],
                "mark": {"type": "text", "align": "left", "dx": 16},
                "encoding": {"text": {"field": "name"}},
            },
        ],
    }


def drivers(rows: Sequence[Spec]) -> Spec:
    """Bars to either side of nothing: rows of name, value and label."""
    return {
        "data": {"values": list(rows)},
        "width": WIDTH - 160,
        "height": {"step": 30},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "axis": {"labelLimit": 260, "labelColor": "var(--ink)"},
            },
            "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"padding": 48}},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 18},
                "encoding": {
                    "color": {
                        "condition": {"test": "datum.value < 0", "value": "var(--down)"},
                        "value": "var(--mark)",
                    }
                },
            },
            {
                "transform": [{"filter": "datum.value >= 0"}],
                "mark": {"type": "text", "align": "left", "dx": 5},
                "encoding": {"text": {"field": "label"}},
            },
            {
                "transform": [{"filter": "datum.value < 0"}],
                "mark": {"type": "text", "align": "right", "dx": -5},
                "encoding": {"text": {"field": "label"}},
            },
            {"mark": {"type": "rule", "color": "var(--soft)"}, "encoding": {"x": {"datum": 0}, "y": None}},
        ],
    }


def _on(shade: str) -> str:
    """What is written on a shade."""
    return {"lm": "--soft", "l5": "--on4"}.get(shade, f"--on{shade[1:]}")


def sketched(name: str, spec: Spec, titles: Sequence[str]) -> Sketch:
    """Draws a chart; for its arguments see `Charts.draw`."""
    import vl_convert

    text = vl_convert.vegalite_to_svg({**spec, "background": None, "config": _CONFIG})
    for superfluous, instead in _SUPERFLUOUS:
        text = re.sub(superfluous, instead, text)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    assert size is not None  # the engine writes it
    width, height = float(size[1]), float(size[2])
    whole = _on_paper(text, width, height, titles)
    digest = hashlib.sha256(_program() + whole.encode()).hexdigest()[:8]
    scale = PRINTED_WIDTH / (width + 2 * _MARGIN)
    page = text.replace("<svg ", f'<svg class=chart style="max-width:{width:.0f}px" aria-hidden=true ', 1)
    return Sketch(Markup(page), f"{name}-{digest}.png", whole, scale)


def printed(sketch: Sketch) -> bytes:
    """The PNG of a chart."""
    import vl_convert

    return _smaller(vl_convert.svg_to_png(sketch.on_paper, scale=sketch.scale))


@cache
def _program() -> bytes:
    """How a PNG is made of an SVG: a name is not to stand for two pictures."""
    import vl_convert

    return hashlib.sha256(vl_convert.__version__.encode() + Path(__file__).read_bytes()).digest()


# What the engine writes for scripts and screen readers, and what is so anyhow: the page says for all of it what it is.
_SUPERFLUOUS = (
    (r' (?:class|role|aria-[a-z]+|xmlns:xlink|version|font-family|pointer-events|stroke-miterlimit)="[^"]*"', ""),
    (r' opacity="1"', ""),
    (r'<path d="[^"]*"(?: display="none")?/>', ""),  # they have neither fill nor stroke
    (r"(\d\.\d)\d+", r"\1"),
)


def _smaller(png: bytes) -> bytes:
    """The same picture with a palette: a chart has few colours, and a sixth of the bytes then."""
    from PIL import Image

    target = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(target, "PNG")
    return target.getvalue()


_MARGIN, _LINE = 24, 22


def _on_paper(svg: str, width: float, height: float, titles: Sequence[str]) -> str:
    """The chart on white paper, with its titles above and its source below."""
    *above, source = titles
    top = _MARGIN + _LINE * len(above)
    lines = [
        f'<text x="{_MARGIN}" y="{_MARGIN + _LINE * place}" font-size="{17 if place == 0 else 13}" '
        f'font-weight="{"bold" if place == 0 else "normal"}" fill="var(--{"ink" if place == 0 else "soft"})">'
        f"{escape(line)}</text>"
        for place, line in enumerate(above)
    ]
    lines.append(
        f'<text x="{_MARGIN}" y="{top + height + _LINE}" font-size="11" fill="var(--soft)">{escape(source)}</text>'
    )
    inner = svg.replace("<svg ", f'<svg x="{_MARGIN}" y="{top}" ', 1)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 2 * _MARGIN}" height="{top + height + 2 * _LINE}" '
        f'font-family="{_FONT}"><rect width="100%" height="100%" fill="#fff"/>{"".join(lines)}{inner}</svg>'
    )
    return re.sub(r"var\((--\w+)\)", lambda found: _ON_PAPER.get(found[1], "#fff"), whole)
