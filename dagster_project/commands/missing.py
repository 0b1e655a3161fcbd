"""Which units of a year's official list are not accounted for: a line for each, or of many for the units above them.

Here: the lines that `egov status` prints. Not here: what is missing (the check `unit_expected_missing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..terminal import MOST_NAMES, Line, listed, one_line

# Units that are not accounted for, with those above them in that year.
QUERY = """
    SELECT finding.year, finding.unit_name, finding.message_vi, parent.unit_name, province.unit_name
    FROM fct_finding AS finding
    LEFT JOIN dim_unit AS unit
        ON finding.unit_code = unit.unit_code
        AND make_date(finding.year, 12, 31) >= coalesce(unit.valid_from, DATE '0001-01-01')
        AND make_date(finding.year, 12, 31) < coalesce(unit.valid_to, DATE '9999-12-31')
    LEFT JOIN dim_unit AS parent
        ON unit.parent_code = parent.unit_code
        AND make_date(finding.year, 12, 31) >= coalesce(parent.valid_from, DATE '0001-01-01')
        AND make_date(finding.year, 12, 31) < coalesce(parent.valid_to, DATE '9999-12-31')
    LEFT JOIN dim_unit AS province
        ON unit.province_code = province.unit_code
        AND make_date(finding.year, 12, 31) >= coalesce(province.valid_from, DATE '0001-01-01')
        AND make_date(finding.year, 12, 31) < coalesce(province.valid_to, DATE '9999-12-31')
    WHERE finding.status = 'open' AND finding.code = 'unit_expected_missing'
    ORDER BY finding.year, finding.unit_code, finding.finding_id
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that is not accounted for: its name, what its finding says, and the units above it, where there are."""

    unit_name: str
    sentence: str
    parent_name: str | None
    province_name: str | None


def lines_of(missing: Sequence[Missing]) -> Iterator[Line]:
    """A line for each unit that is missing; of many, a line for each unit above them, or for each province."""
    if len(missing) <= MOST_NAMES:
        yield from (Line(f"✗ {one_line(one.sentence)}", "warning", 1) for one in missing)
        return
    groups = _grouped(missing, lambda one: one.parent_name or one.province_name)
    if len(groups) > MOST_NAMES:
        groups = _grouped(missing, lambda one: one.province_name or one.parent_name)
    for above, names in groups.items():
        told = f"thiếu {len(names)} đơn vị / units missing: {len(names)} ({listed(names)})"
        yield Line(f"✗ {one_line(above)}: {told}", "warning", 1)


def _grouped(missing: Sequence[Missing], above: Callable[[Missing], str | None]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for one in missing:
        groups.setdefault(above(one) or "–", []).append(one.unit_name)
    return groups
