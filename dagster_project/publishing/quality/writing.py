"""The folder `quality`: of each year the reports to its submitters and the overview of the province.

Here: what is written, and that it is put in place as a whole. Not here: how a report looks (`pages.py`, `workbook.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..contract import opened
from ..places import new_folder
from . import gathering
from .overview import overview
from .pages import write_pages
from .replies import replies
from .what_if import what_if
from .workbook import write_workbook


@dataclass(frozen=True, slots=True)
class Written:
    """What the folder holds: how many reports each year has, and how many open findings each check."""

    reports: dict[int, int]
    findings: dict[str, int]


def write_quality(published: Path, folder: Path) -> Written:
    """Writes the folder anew from the published warehouse. Raises UserError where it cannot be replaced."""
    written = Written({}, Counter())
    with new_folder(folder) as beside, opened(published) as connection:
        for year in gathering.years(connection):
            reports = gathering.reports(connection, year)
            place = beside / str(year)
            place.mkdir()
            write_pages(
                place,
                overview(connection, year, reports),
                reports,
                replies(connection, year, reports),
                what_if(connection, year),
            )
            written.reports[year] = len(reports)
            for report in reports:
                if report.findings:
                    write_workbook(report, place / f"{report.stem}.xlsx")
                written.findings.update(finding.code for finding in report.of_status("open"))
    return written
