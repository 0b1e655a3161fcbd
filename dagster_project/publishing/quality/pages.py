"""The reports of a year as web pages: one per submitter, and `index.html` for all of them.

Here: rendering. Not here: content (`content.py`, `overview.py`) and when it is written (`writing.py`). A page stands
alone: its style is in it, it loads nothing, and text from a file is never more than text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...terminal import is_seen
from . import sentences, words
from .charts import chart
from .content import Report, UnitTable
from .overview import Overview

INDEX = "index.html"
LONGEST = 400  # of a text from a file; a name that is longer is none

_TEMPLATES = Path(__file__).parent / "templates"


def write_pages(folder: Path, overview: Overview, reports: Sequence[Report]) -> list[str]:
    """Writes the pages of a year into the folder; gives their names."""
    environment = _environment()
    pages = {f"{report.stem}.html": ("report.html", {"report": report}) for report in reports}
    pages[INDEX] = "index.html", {"overview": overview}
    for name, (template, content) in pages.items():
        text = environment.get_template(template).render(content)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return sorted(pages)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": lambda value: words.day(value).vi,
        "lower_first": lambda text: text[:1].lower() + text[1:],
        "groupby_columns": _by_columns,
        "headline": sentences.headline,
        "chart": chart,
    }
    return environment


def _readable(value: Any) -> Any:
    """A text as a page may show it: marks that nobody sees become one that everybody does, and it comes to an end."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return "" if value is None else value
    cut = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return "".join(letter if is_seen(letter) else "\ufffd" for letter in cut)


def _by_columns(units: Iterable[UnitTable]) -> list[list[UnitTable]]:
    """Units that one table can hold, because the same is asked of them."""

    def columns(unit: UnitTable) -> tuple[str, ...]:
        parts = (part for pillar in unit.pillars for part in (*pillar.components, pillar.total))
        return unit.index_code, *(part.field for part in parts)

    return [list(group) for _, group in groupby(units, key=columns)]
