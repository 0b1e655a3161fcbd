"""The published tables as the site needs them, each read once.

Here: SQL on the published warehouse, and the rows as it gives them. Figures come as exact decimals in text without
trailing zeros, because a page only shows them. Not here: what belongs together (`facts.py`).
"""

from __future__ import annotations

from typing import Any

import duckdb

from ..quality.gathering import Row, rows

ASSESSMENTS = """
    SELECT assessment_key, index_code, year, province_code, province_name, units_expected, units_scored, is_complete
    FROM dim_assessment
    WHERE kind = 'published'
    ORDER BY year DESC, index_code, province_code
"""

# Years of which only drafts have come: the site says so, and shows nothing of them.
DRAFT_YEARS = """
    SELECT DISTINCT year FROM dim_assessment
    WHERE kind IN ('self_assessed', 'appraised')
        AND year NOT IN (SELECT year FROM dim_assessment WHERE kind = 'published')
    ORDER BY year
"""

PILLARS = """
    SELECT index_code, tier, pillar, parent_pillar, weight, aggregation, max_total, is_ranked_by, name_vi, name_en,
        valid_from_year, valid_to_year, split_part(source, ';', 1) AS source
    FROM dim_pillar
    ORDER BY index_code, tier, is_ranked_by, parent_pillar NULLS FIRST, pillar, valid_from_year
"""

COMPONENTS = """
    SELECT index_code, tier, pillar, component, weight, is_bonus, max_score, name_vi, name_en, valid_from_year,
        valid_to_year, split_part(source, ';', 1) AS source
    FROM dim_component
    ORDER BY index_code, tier, pillar, valid_from_year, component
"""

LEVELS = """
    SELECT index_code, tier, level, level_order, pillar, min_total, valid_from_year, valid_to_year,
        split_part(source, ';', 1) AS source
    FROM dim_level_rule
    ORDER BY index_code, tier, level_order, pillar, valid_from_year
"""

TERMS = "SELECT term, code, name_vi, name_en FROM dim_term ORDER BY ALL"

# A decimal as text without trailing zeros.
_TEXT = "rtrim(rtrim(CAST({0} AS VARCHAR), '0'), '.')"
_MEAN = "CAST(round(avg(score), CASE WHEN max(score) > 2 THEN 2 ELSE 4 END) AS DECIMAL(18, 4))"


def _by(code: str, figure: str) -> str:
    """A map of figures by their codes, in one order: equal rows are written equally (`unchanged.py`)."""
    return f"map(list({code} ORDER BY {code}), list({_TEXT.format(figure)} ORDER BY {code}))"


# One row per published result. totals, scores and changes: by pillar, by component and by pillar.
RESULTS = f"""
    WITH total AS (
        SELECT assessment_key, unit_key, {_by("pillar", "computed")} AS totals
        FROM fct_pillar_result WHERE computed IS NOT NULL GROUP BY ALL
    ),
    score AS (
        SELECT assessment_key, unit_key, {_by("component", "score")} AS scores
        FROM fct_component_score WHERE score IS NOT NULL GROUP BY ALL
    ),
    change AS (
        SELECT assessment_key, unit_key, {_by("pillar", "total_change")} AS changes,
            {_by("pillar", "change_by_rule")} AS by_rule
        FROM fct_pillar_movement WHERE total_change IS NOT NULL GROUP BY ALL
    )
    SELECT
        result.assessment_key, result.year, result.tier, result.unit_key, result.unit_code, result.unit_name,
        result.district_code, result.result_status, result.level_computed, result.level_stated, result.rank_in_province,
        result.rank_in_district, result.units_ranked, movement.previous_year, movement.comparison,
        movement.rank_change, movement.level_change, total.totals, score.scores, change.changes, change.by_rule
    FROM fct_unit_result AS result
    LEFT JOIN fct_unit_movement AS movement USING (assessment_key, unit_key)
    LEFT JOIN total USING (assessment_key, unit_key)
    LEFT JOIN score USING (assessment_key, unit_key)
    LEFT JOIN change USING (assessment_key, unit_key)
    ORDER BY result.assessment_key, result.tier, result.unit_code, result.unit_key
"""

# Of each unit's last year alone: what its level rests on, and what the next one takes.
DISTANCES = f"""
    SELECT unit_key, assessment_key, pillar, {_TEXT.format("computed")} AS total, level_computed,
        {_TEXT.format("min_total")} AS min_total, {_TEXT.format("margin")} AS margin, next_level,
        {_TEXT.format("next_min_total")} AS next_min_total, {_TEXT.format("to_next_level")} AS to_next_level,
        is_holding_back
    FROM fct_level_distance
    QUALIFY year = max(year) OVER (PARTITION BY index_code, unit_key)
    ORDER BY assessment_key, unit_key, pillar
"""

# Of each unit's last year alone: how its components moved.
COMPONENT_CHANGES = f"""
    SELECT assessment_key, unit_key, {_by("component", "score_change")} AS changes
    FROM fct_component_movement
    WHERE is_own_pillar AND score_change IS NOT NULL
    GROUP BY assessment_key, unit_key, index_code, year
    QUALIFY year = max(year) OVER (PARTITION BY index_code, unit_key)
    ORDER BY assessment_key, unit_key
"""

# What the units of a tier have on average, to set one beside them: a mean rounded for the eye. part_order: as the
# document has its columns.
AVERAGES = f"""
    SELECT assessment_key, tier, component, min(column_number) AS part_order,
        {_TEXT.format(_MEAN)} AS average,
        {_TEXT.format("min(score)")} AS lowest, {_TEXT.format("max(score)")} AS highest
    FROM fct_component_score
    WHERE score IS NOT NULL
    GROUP BY ALL
    ORDER BY ALL
"""

PARENT_AVERAGES = f"""
    SELECT average.assessment_key, average.tier, average.pillar, average.previous_year, average.is_rule_changed,
        average.units, average.units_in_both, {_TEXT.format("average.average")} AS average,
        {_TEXT.format("average.previous_average")} AS previous_average, {_TEXT.format("average.stayed")} AS stayed,
        {_TEXT.format("average.entered")} AS entered, {_TEXT.format("average.left_out")} AS left_out
    FROM agg_average_movement AS average
    INNER JOIN dim_assessment AS assessment USING (assessment_key)
    WHERE average.parent_code IS NOT DISTINCT FROM assessment.province_code
    ORDER BY ALL
"""

# What drove the change: the mean change of a component's contribution, of the units that have one.
DRIVERS = """
    SELECT assessment_key, tier, pillar, component, count(*) AS units,
        CAST(avg(change_by_scores) AS DECIMAL(18, 4)) AS by_scores,
        CAST(avg(change_by_rule) AS DECIMAL(18, 4)) AS by_rule
    FROM fct_component_movement
    WHERE is_own_pillar AND contribution_change IS NOT NULL
    GROUP BY ALL
    ORDER BY ALL
"""

# Counts add up over the units that are next above.
TRANSITIONS = """
    SELECT assessment_key, tier, previous_year, is_rule_changed, from_level, to_level,
        CAST(sum(units) AS INTEGER) AS units
    FROM agg_level_transitions
    GROUP BY ALL
    ORDER BY ALL
"""

FINDINGS = """
    SELECT finding.assessment_key, finding.year, finding.code, finding.severity, finding.materiality, finding.status,
        finding.unit_key, finding.unit_name, finding.message_vi, finding.message_en, declared.name_vi, declared.name_en,
        declared.meaning_vi, declared.meaning_en
    FROM fct_finding AS finding
    INNER JOIN dim_check AS declared USING (code)
    WHERE finding.kind = 'published' AND finding.assessment_key IS NOT NULL
    ORDER BY finding.year DESC, list_position(['open', 'accepted', 'resolved'], finding.status),
        list_position(['error', 'warning', 'notice'], finding.severity), finding.code, finding.annex NULLS FIRST,
        finding.position NULLS FIRST, finding.finding_id
"""

SOURCES = """
    SELECT assessment_key, file_name, decision_number, decision_date, sender
    FROM fct_submission
    WHERE is_current AND kind = 'published' AND assessment_key IS NOT NULL
    ORDER BY received_on NULLS FIRST, file_name, submission_id
"""

# The units that have a result, and all that they came from or went into.
UNITS = """
    SELECT unit_key, unit_code, unit_name, unit_name_ascii, tier, parent_code, province_code, valid_from, valid_to
    FROM dim_unit
    ORDER BY unit_key
"""

SUCCESSION = """
    SELECT predecessor_key, successor_key, effective_on, kind, legal_basis
    FROM unit_succession
    ORDER BY effective_on, predecessor_key, successor_key
"""


class Tables:
    """All of it, by the names above in small letters."""

    assessments: list[Row]
    draft_years: list[Row]
    pillars: list[Row]
    components: list[Row]
    levels: list[Row]
    terms: list[Row]
    results: list[Row]
    distances: list[Row]
    component_changes: list[Row]
    averages: list[Row]
    parent_averages: list[Row]
    drivers: list[Row]
    transitions: list[Row]
    findings: list[Row]
    sources: list[Row]
    units: list[Row]
    succession: list[Row]

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        queries: dict[str, Any] = globals()
        for name in self.__annotations__:
            setattr(self, name, rows(connection, queries[name.upper()]))
