"""The folder `quality`: of each year the reports to its submitters and the overview of the province.

Here: what is written, what is taken over from the publication before, and that it is put in place as a whole. Not here:
how a report looks (`pages.py`, `workbook.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .. import before
from ..before import Before
from ..contract import opened
from ..made_of import MadeOf
from ..places import new_folder
from ..publication import Publication
from . import gathering, pages, queries
from .overview import overview
from .replies import replies
from .what_if import what_if
from .workbook import write_workbook

PART = "quality"


@dataclass(frozen=True, slots=True)
class Written:
    """What the folder holds: how many reports each year has, and how many open findings each check; and the years that
    were taken over as they stood."""

    reports: dict[int, int]
    findings: dict[str, int]
    taken_over: list[int]


def write_quality(published: Path, folder: Path, stands: Publication | None = None) -> Written:
    """Writes the folder anew from the published warehouse; a year whose rows are those of the publication before, which
    `stands`, is taken over. Raises UserError where the folder cannot be replaced."""
    written = Written({}, Counter(), [])
    with new_folder(folder) as beside, opened(published) as connection:
        known = Before(stands, PART, beside)
        made_of, marks = MadeOf(connection, queries.ASKED, "year"), dict[str, str]()
        for year in gathering.years(connection):
            mark = marks[str(year)] = made_of.mark(year)
            if known.is_made_of(str(year), mark) and known.links(known.below(str(year))):
                written.taken_over.append(year)
            else:
                _write_year(connection, year, beside / str(year))
            written.reports[year] = pages.reports_in(beside / str(year))
        known.place(before.MADE_OF).write_bytes(before.content(marks))
        for row in gathering.rows(connection, queries.OPEN):
            written.findings[row["code"]] += row["findings"] if row["year"] in written.reports else 0
    return written


def _write_year(connection: duckdb.DuckDBPyConnection, year: int, place: Path) -> None:
    reports = gathering.reports(connection, year)
    place.mkdir()
    pages.write_pages(
        place,
        overview(connection, year, reports),
        reports,
        replies(connection, year, reports),
        what_if(connection, year),
    )
    for report in reports:
        if report.findings:
            write_workbook(report, place / f"{report.stem}.xlsx")
