"""What another rule would have made of a year: its files judged by the registries as they are and as they would be.

Here: both results of each unit, side by side. Not here: any rule; the same models are run as by `egov check`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..root import Root
from ..submissions import arrivals

_PUBLISHED = ("published", None)  # None: what a file's title says

# The published results of an index in a year, corrections included, as they are current.
_RESULTS = """
    WITH total AS (
        SELECT
            row_id, corrections,
            string_agg(pillar || ' ' || coalesce(computed::VARCHAR, ''), ' ' ORDER BY pillar) AS totals
        FROM intermediate.int_row_total
        GROUP BY ALL
    )
    SELECT
        shown.unit_key, unit.unit_name, parent.unit_name AS parent_name, total.totals, level.level, rank.rank
    FROM intermediate.int_result_span AS span
    INNER JOIN intermediate.int_span_row AS shown
        ON span.version_id = shown.version_id AND span.valid_from = shown.valid_from
    INNER JOIN intermediate.int_unit_year AS unit ON span.year = unit.year AND shown.unit_key = unit.unit_key
    LEFT JOIN intermediate.int_unit_year AS parent ON span.year = parent.year AND unit.parent_code = parent.unit_code
    INNER JOIN total ON shown.row_id = total.row_id AND shown.corrections = total.corrections
    LEFT JOIN intermediate.int_row_level AS level
        ON shown.row_id = level.row_id AND shown.corrections = level.corrections AND level.basis = 'computed'
    LEFT JOIN intermediate.int_rank AS rank
        ON span.version_id = rank.version_id AND span.valid_from = rank.valid_from
        AND shown.unit_key = rank.unit_key AND rank.basis = 'computed'
    WHERE span.is_current AND span.kind = 'published' AND span.index_code = ? AND span.year = ?
    ORDER BY rank.rank NULLS LAST, shown.unit_key
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What is computed of a unit. totals: of its pillars, as one text. level, rank: None where there is none."""

    unit_name: str
    parent_name: str | None
    totals: str
    level: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """The published results of a year, as they are and as they would be: a pair for each unit, by rank."""

    year: int
    units: tuple[tuple[Result, Result], ...]


def effect_on_last_year(
    root: Root, index_code: str, would_be: Callable[[int], Root], say: Callable[[str], None]
) -> Effect | None:
    """The effect on the last year of which the index has published results; None where it has none. would_be: for a
    year the root whose registries are as they would be in it."""
    years = {one.year for one in arrivals(root).submissions if one.kind in _PUBLISHED}
    for year in sorted(years, reverse=True):
        now = _results(root, root, index_code, year, say)
        if now:
            then = _results(root, would_be(year), index_code, year, say)
            return Effect(year, tuple((one, then.get(key, one)) for key, one in now.items()))
    return None


def _results(root: Root, rules: Root, index_code: str, year: int, say: Callable[[str], None]) -> dict[str, Result]:
    """By unit. root: whose files. rules: whose registries."""
    from ..warehouse import landing, plan

    checks = plan.load(say)
    with plan.database(rules, checks) as database:
        landing.land(database, root, [year])
        plan.run_steps(database, checks)
        return {key: Result(*said) for key, *said in database.execute(_RESULTS, [index_code, year]).fetchall()}
