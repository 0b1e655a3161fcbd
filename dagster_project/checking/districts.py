"""The findings of one district alone, for a clerk who mends the rows of his own.

Here: which findings are of a district, by the rows of the files. Not here: finding anything (`running.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import UserError
from ..reading.texts import unmarked
from .reports import Report

_MOST_NAMES = 40


def of_district(reports: Sequence[Report], called: str) -> list[Report]:
    """The same reports with only the findings about a district and the units below it, and about what cannot be read.
    called: its name or a part of it, with or without its marks. Raises UserError where no row of the files is of a
    district called so."""
    asked = unmarked(called)
    its = [
        [row for row in _rows(report) if asked and any(asked in unmarked(name) for name in (row.name, row.parent))]
        for report in reports
    ]
    rows = [row for report in reports for row in _rows(report)]
    if rows and not any(its):
        parents, names = {row.parent for row in rows}, {row.name for row in rows}
        listed = "; ".join(sorted(parents & names or parents | names)[:_MOST_NAMES])
        raise UserError(
            f"No row of these files is of a district called '{called}'. There are: {listed}.",
            f"Không dòng nào trong các tệp này thuộc huyện tên '{called}'. Trong tệp có: {listed}.",
        )
    return [
        {**report, "findings": [one for one in report["findings"] if _is_of(one, found)]}
        for report, found in zip(reports, its, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table. name: of its unit; parent: of the unit above it; at: annex, sheet or page, and position."""

    name: str
    parent: str
    unit_code: str | None
    at: tuple[object, object, object]


def _rows(report: Report) -> Iterator[_Row]:
    for table in report["tables"]:
        for row in table["rows"]:
            yield _Row(
                row["unit_name"] or row["written_name"] or "",
                row["parent_name"] or row["written_parent"] or "",
                row["unit_code"],
                (table["annex"], table["page_or_sheet"], row["position"]),
            )


def _is_of(finding: Report, rows: Sequence[_Row]) -> bool:
    """Where a finding has a unit, by that; else by its place. What cannot be read is everybody's."""
    if finding["code"] == "file_unreadable":
        return True
    if finding["unit_code"]:
        return any(row.unit_code == finding["unit_code"] for row in rows)
    at = finding["location"]
    place = (at["annex"], at["page_or_sheet"], at["position"])
    return at["position"] is not None and any(row.at == place for row in rows)
