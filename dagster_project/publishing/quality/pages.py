"""The reports of a year as web pages: one per submitter, `index.html` for all of them, and what they answered.

Here: rendering. Not here: content (`content.py`, `overview.py`, `replies.py`), when it is written (`writing.py`), and
the frame that all pages share (`..pages`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from .. import pages
from . import sentences
from .charts import chart
from .content import Report, UnitTable
from .overview import Overview
from .replies import Replies

INDEX, REPLIES = "index.html", "replies.html"

_TEMPLATES = Path(__file__).parent / "templates"


def write_pages(folder: Path, overview: Overview, reports: Sequence[Report], replies: Replies) -> list[str]:
    """Writes the pages of a year into the folder; gives their names."""
    made = pages.environment(_TEMPLATES)
    made.globals["home"] = "../../index.html"
    made.filters |= {"groupby_columns": _by_columns, "headline": sentences.headline, "chart": chart}
    for report in reports:
        pages.write(folder / f"{report.stem}.html", made, "report.html", report=report)
    pages.write(folder / INDEX, made, "index.html", overview=overview)
    pages.write(folder / REPLIES, made, "replies.html", replies=replies)
    return sorted([INDEX, REPLIES, *(f"{report.stem}.html" for report in reports)])


def _by_columns(units: Iterable[UnitTable]) -> list[list[UnitTable]]:
    """Units that one table can hold, because the same is asked of them."""

    def columns(unit: UnitTable) -> tuple[str, ...]:
        parts = (part for pillar in unit.pillars for part in (*pillar.components, pillar.total))
        return unit.index_code, *(part.field for part in parts)

    return [list(group) for _, group in groupby(units, key=columns)]
