"""What a run made of the country, held against the truth that was written beside it.

Here: the comparison. Not here: the truth (`scoring.py`, `making.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
from making import TRUTH

# A unit's totals and level, in the end; a unit whose file a wrong name spoiled is not in the truth.
_RESULTS = """
    SELECT truth.year, truth.unit_code, 'has ' || coalesce(made.readiness_computed::VARCHAR, 'nothing') || ' and '
        || coalesce(made.attainment_computed::VARCHAR, 'nothing') || ' at ' || coalesce(made.level_computed, 'no level')
        || ' instead of ' || truth.readiness || ' and ' || truth.attainment || ' at ' || truth.level
    FROM truth LEFT JOIN fct_unit_result AS made USING (year, unit_code)
    WHERE (made.readiness_computed, made.attainment_computed, made.level_computed)
        IS DISTINCT FROM (truth.readiness::DECIMAL(18, 9), truth.attainment::DECIMAL(18, 9), truth.level)
    ORDER BY ALL
"""
_FINDINGS = """
    WITH found AS (
        SELECT year, unit_code, code FROM fct_finding
        WHERE kind = 'published' AND status = 'open' AND code IN ('total_differs', 'level_differs')
    )
    SELECT coalesce(found.year, defect.year), coalesce(found.unit_code, defect.unit_code),
        coalesce(found.code, defect.code) || CASE WHEN found.year IS NULL THEN ' was not found' ELSE ' is no defect' END
    FROM found FULL JOIN defect USING (year, unit_code, code)
    WHERE found.year IS NULL OR defect.year IS NULL
    ORDER BY ALL
"""


def differences(root: Path) -> Iterator[str]:
    """Each unit whose result is not the truth's, and each error of totals and levels that is none, or was not found."""
    with duckdb.connect(str(root / "data" / "published" / "egov.duckdb"), read_only=True) as connection:
        connection.execute(
            "CREATE TEMP TABLE truth AS FROM read_csv($1, types={'unit_code': 'VARCHAR'})", [_of(root, "results")]
        )
        connection.execute(
            "CREATE TEMP TABLE defect AS FROM read_csv($1, types={'unit_code': 'VARCHAR'})", [_of(root, "defects")]
        )
        for sql in (_RESULTS, _FINDINGS):
            for year, unit, words in connection.execute(sql).fetchall():
                yield f"{year} {unit}: {words}"


def _of(root: Path, name: str) -> str:
    return str(root / TRUTH / f"{name}.csv")
