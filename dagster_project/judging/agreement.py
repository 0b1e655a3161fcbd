"""Whether Great Expectations and SQL count the same: two engines, one answer, or the run stops.

Here: reading `intermediate.int_finding` for that. Not here: running the expectations (`engine.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.judging.engine import Verdict

SHOWN = (
    "year",
    "kind",
    "code",
    "unit_name",
    "written_name",
    "field",
    "annex",
    "position",
    "cell",
    "stated",
    "expected",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What SQL found: the years that it knows, the number of findings per code, and of each code the first rows, by the
    columns SHOWN."""

    years: list[int]
    counts: dict[str, int]
    rows: dict[str, list[dict[str, Any]]]

    @property
    def title(self) -> str:
        """The years in words: '2018-2020', '2020'."""
        return "-".join(str(year) for year in sorted({min(self.years), max(self.years)})) if self.years else "no year"


def found(database: Path, rows_per_code: int = 50) -> Found:
    """The findings of all versions in `intermediate.int_finding` of that file."""
    with duckdb.connect(str(database), read_only=True) as connection:
        years = connection.execute("select distinct year from intermediate.int_version order by year").fetchall()
        counts = dict(
            connection.execute("select code, count(*) from intermediate.int_finding group by code").fetchall()
        )
        cursor = connection.execute(
            f"select {', '.join(SHOWN)} from intermediate.int_finding "
            "qualify row_number() over (partition by code order by year desc, annex, position, cell, finding_id) <= ? "
            "order by code, year desc, annex, position, cell, finding_id",
            [rows_per_code],
        )
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in cursor.fetchall():
            named = dict(zip(SHOWN, row, strict=True))
            rows.setdefault(named["code"], []).append(named)
    return Found([year for (year,) in years], counts, rows)


def disagreements(verdicts: Iterable[Verdict], counts: dict[str, int]) -> list[str]:
    """A sentence per code that Great Expectations and SQL count differently; empty where they agree."""
    judged = {verdict.code: verdict.unexpected for verdict in verdicts}
    return [
        f"{code}: Great Expectations counts {judged.get(code, 0)}, int_finding holds {counts.get(code, 0)}"
        for code in sorted(judged.keys() | counts.keys())
        if judged.get(code, 0) != counts.get(code, 0)
    ]
