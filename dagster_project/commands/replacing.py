"""What a file would take the place of: units of which something else is published, by the files that said it.

Here: the figures of a file beside those that are published of the same units, before it is added. Not here: which file
counts once all have been added; that is SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from .. import checking
from ..root import Root
from .querying import published

# The figures that are published of a year, from files that were not received after a day.
_PUBLISHED = """
    WITH said AS (
        SELECT index_code, unit_code, submission_id, component AS field, score AS figure
        FROM fct_component_score
        WHERE year = $year
        UNION ALL
        SELECT pillar.index_code, pillar.unit_code, source.submission_id, pillar.pillar, pillar.stated
        FROM fct_pillar_result AS pillar
        INNER JOIN (SELECT DISTINCT index_code, unit_code, submission_id FROM fct_component_score WHERE year = $year)
            AS source
            ON pillar.index_code = source.index_code AND pillar.unit_code = source.unit_code
        WHERE pillar.year = $year
    )
    SELECT said.index_code, said.unit_code, said.field, said.figure, submission.file_name
    FROM said
    INNER JOIN fct_submission AS submission ON said.submission_id = submission.submission_id
    WHERE coalesce(submission.received_on, $received_on) <= $received_on
"""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a file would replace. units: their names, in its order. files: that they are published from."""

    file: str
    units: tuple[str, ...]
    files: tuple[str, ...]


def replaced(root: Root, paths: Sequence[Path], year: int, received_on: date) -> list[Replaced]:
    """For each of these files, to be published scores of a year, what it would replace; those that replace nothing are
    left out."""
    if not paths or not root.published_database.is_file():
        return []
    with published(root) as connection:
        found = connection.execute(_PUBLISHED, {"year": year, "received_on": received_on}).fetchall()
    if not found:
        return []
    figures: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    source: dict[tuple[str, str], str] = {}
    for index_code, unit_code, field, figure, file in found:
        figures.setdefault((index_code, unit_code), {})[field] = figure
        source[index_code, unit_code] = file
    with checking.run(root, paths, year) as checked:
        reports = checking.reports_of(checked)
    return [one for report in reports if (one := _of_report(report, year, figures, source)) is not None]


def _of_report(
    report: dict[str, Any],
    year: int,
    figures: dict[tuple[str, str], dict[str, Decimal | None]],
    source: dict[tuple[str, str], str],
) -> Replaced | None:
    index_code = report["submission"]["index"]
    units: dict[str, str] = {}
    for table in report["tables"]:
        for row in table["rows"] if table["year"] == year and table["kind"] != "restated" else ():
            key = index_code, row["unit_code"]
            if key in figures and _differ(row, figures[key]):
                units.setdefault(row["unit_name"], source[key])
    name = report["submission"]["file"]
    return Replaced(name, tuple(units), tuple(sorted(set(units.values())))) if units else None


def _differ(row: dict[str, Any], figures: dict[str, Decimal | None]) -> bool:
    """Whether a row gives a figure that is not the one published."""
    given = {field: text for field, text in {**row["stated"], **row["scores"]}.items() if field in figures}
    return any(text is not None and Decimal(text) != figures[field] for field, text in given.items())
