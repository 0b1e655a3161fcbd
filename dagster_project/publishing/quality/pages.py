"""The reports of a year as web pages: one per submitter, `index.html` for all of them, what they answered, and what
findings would change.

Here: rendering. Not here: content (`content.py`, `overview.py`, `replies.py`, `what_if.py`), when it is written
(`writing.py`), and the frame that all pages share (`..pages`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from .. import pages
from . import sentences, words
from .charts import chart
from .content import Report, UnitTable
from .overview import Overview
from .replies import Replies
from .what_if import WhatIf

INDEX, REPLIES, WHAT_IF = "index.html", "replies.html", "what-if.html"

_TEMPLATES = Path(__file__).parent / "templates"


def write_pages(
    folder: Path, overview: Overview, reports: Sequence[Report], replies: Replies, what_if: WhatIf
) -> list[str]:
    """Writes the pages of a year into the folder; gives their names."""
    made = pages.environment(_TEMPLATES)
    made.globals["home"] = "../../index.html"
    made.filters |= {"groupby_columns": _by_columns, "headline": sentences.headline, "chart": chart}
    made.filters |= {"figure": words.figure, "level": words.level_of_column}
    for report in reports:
        pages.write(folder / f"{report.stem}.html", made, "report.html", report=report)
    pages.write(folder / INDEX, made, "index.html", overview=overview, what_if=what_if)
    pages.write(folder / REPLIES, made, "replies.html", replies=replies)
    if what_if.is_asked:
        pages.write(folder / WHAT_IF, made, "what-if.html", what_if=what_if)
    return sorted(path.name for path in folder.glob("*.html"))


def reports_in(folder: Path) -> int:
    """How many reports to submitters the folder of a year holds."""
    return sum(path.name not in (INDEX, REPLIES, WHAT_IF) for path in folder.glob("*.html"))


def _by_columns(units: Iterable[UnitTable]) -> list[list[UnitTable]]:
    """Units that one table can hold, because the same is asked of them."""

    def columns(unit: UnitTable) -> tuple[str, ...]:
        parts = (part for pillar in unit.pillars for part in (*pillar.components, pillar.total))
        return unit.index_code, *(part.field for part in parts)

    return [list(group) for _, group in groupby(units, key=columns)]
