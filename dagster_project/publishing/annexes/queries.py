"""What the annexes ask of the published tables. Not here: any rule; what is computed stands in the tables.

Results before the decision stand in tables of their own with the same columns: `{0}` is `fct` or `draft`.
"""

from __future__ import annotations

# The tables that are asked; each row of them is of one assessment, or of all.
ASKED = (
    *("dim_assessment", "dim_unit", "dim_term", "dim_decision_text", "dim_pillar", "dim_component", "dim_level_rule"),
    *("dim_check", "dim_field", "fct_unit_result", "fct_component_score", "fct_pillar_result", "fct_finding"),
    *("fct_correction", "agg_levels", "draft_unit_result", "draft_component_score", "draft_pillar_result"),
)

_IN_FORCE = "$year BETWEEN coalesce({0}.valid_from_year, 0) AND coalesce({0}.valid_to_year, 9999)"
_AT_YEARS_END = (
    "make_date($year, 12, 31) >= coalesce({0}.valid_from, DATE '0001-01-01') "
    "AND make_date($year, 12, 31) < coalesce({0}.valid_to, DATE '9999-12-31')"
)

# Of an index, year and province what was published, else what was appraised: the decision is made of it.
ASSESSMENTS = """
    SELECT
        assessment.*,
        unit.unit_type AS province_type,
        unit.unit_name_ascii AS province_ascii
    FROM dim_assessment AS assessment
    INNER JOIN dim_unit AS unit
        ON
            assessment.province_code = unit.unit_code
            AND make_date(assessment.year, 12, 31) >= coalesce(unit.valid_from, DATE '0001-01-01')
            AND make_date(assessment.year, 12, 31) < coalesce(unit.valid_to, DATE '9999-12-31')
    WHERE assessment.kind IN ('published', 'appraised') AND assessment.units_scored > 0
    QUALIFY row_number() OVER (
        PARTITION BY assessment.index_code, assessment.year, assessment.province_code
        ORDER BY assessment.kind = 'appraised'
    ) = 1
    ORDER BY assessment.year, assessment.province_code, assessment.index_code
"""

LEVEL_NAMES = "SELECT code, name_vi FROM dim_term WHERE term = 'level'"

# Of each part the lines of the narrowest scope that has any.
TEXTS = f"""
    SELECT part, text
    FROM dim_decision_text AS line
    WHERE
        coalesce(index_code, $index_code) = $index_code AND coalesce(province_code, $province_code) = $province_code
        AND {_IN_FORCE.format("line")}
    QUALIFY dense_rank() OVER (PARTITION BY part ORDER BY province_code IS NULL, index_code IS NULL) = 1
    ORDER BY part, line.line
"""

PILLARS = f"""
    SELECT
        pillar.tier, pillar.pillar, pillar.parent_pillar, pillar.weight, pillar.aggregation, pillar.is_ranked_by,
        pillar.name_vi, coalesce(term.name_vi, pillar.tier) AS tier_name
    FROM dim_pillar AS pillar
    LEFT JOIN dim_term AS term ON term.term = 'tier' AND term.code = pillar.tier
    WHERE pillar.index_code = $index_code AND {_IN_FORCE.format("pillar")}
    ORDER BY pillar.place
"""

COMPONENTS = f"""
    SELECT tier, pillar, component, weight, is_bonus, name_vi
    FROM dim_component AS component
    WHERE index_code = $index_code AND component <> pillar AND {_IN_FORCE.format("component")}
    ORDER BY place
"""

LEVELS = f"""
    SELECT rule.tier, rule.level, rule.pillar, rule.min_total
    FROM dim_level_rule AS rule
    INNER JOIN dim_pillar AS pillar USING (index_code, tier, pillar)
    WHERE index_code = $index_code AND {_IN_FORCE.format("rule")} AND {_IN_FORCE.format("pillar")}
    ORDER BY rule.level_order, pillar.is_ranked_by DESC, pillar.place
"""

# Units of the upper tiers by rank; those below a district together, in the order of the official list.
UNITS = f"""
    SELECT
        result.tier, result.unit_key, result.unit_name, unit.unit_type, result.district_code,
        district.unit_name AS district_name, result.result_status, result.level_computed, result.rank_stated,
        result.rank_in_province
    FROM {{0}}_unit_result AS result
    INNER JOIN dim_unit AS unit USING (unit_key)
    LEFT JOIN dim_unit AS district
        ON result.district_code = district.unit_code AND {_AT_YEARS_END.format("district")}
    WHERE result.assessment_key = $assessment_key
    ORDER BY
        result.district_code NULLS FIRST, result.rank_in_province NULLS LAST, result.unit_code, result.unit_key
"""

SCORES = "SELECT unit_key, component, score FROM {0}_component_score WHERE assessment_key = $assessment_key"

TOTALS = "SELECT unit_key, pillar, computed FROM {0}_pillar_result WHERE assessment_key = $assessment_key"

OPEN = """
    SELECT count(*) AS material FROM fct_finding
    WHERE assessment_key = $assessment_key AND status = 'open' AND materiality IN ('level', 'rank')
"""

# What was stated of a unit beside what is computed, then what else was found. A finding says why; else a correction.
CHANGES = f"""
    WITH cell AS (
        SELECT unit_key, component AS field, CAST(score_stated AS VARCHAR) AS stated, CAST(score AS VARCHAR) AS here
        FROM {{0}}_component_score
        WHERE assessment_key = $assessment_key AND score_stated <> score
        UNION ALL
        SELECT total.unit_key, pillar || '_total', CAST(total.stated AS VARCHAR), CAST(total.computed AS VARCHAR)
        FROM {{0}}_pillar_result AS total
        INNER JOIN dim_pillar AS pillar USING (index_code, tier, pillar)
        WHERE
            total.assessment_key = $assessment_key AND {_IN_FORCE.format("pillar")}
            AND abs(total.stated - total.computed) > pillar.tolerance
        UNION ALL
        SELECT unit_key, 'level', level_stated, level_computed FROM {{0}}_unit_result
        WHERE assessment_key = $assessment_key AND level_stated <> level_computed
        UNION ALL
        SELECT unit_key, 'rank', CAST(rank_stated AS VARCHAR), CAST(rank_in_province AS VARCHAR)
        FROM {{0}}_unit_result
        WHERE assessment_key = $assessment_key AND rank_stated <> rank_in_province
    ),
    named AS (
        SELECT cell.*, unit.unit_name, unit.unit_code, unit.tier
        FROM cell
        INNER JOIN dim_unit AS unit USING (unit_key)
    ),
    found AS (
        SELECT finding.*, declared.compares
        FROM fct_finding AS finding
        INNER JOIN dim_check AS declared USING (code)
        WHERE finding.assessment_key = $assessment_key AND finding.status IN ('open', 'accepted')
    ),
    correction AS (
        SELECT unit_key, field, last(why ORDER BY decided_on, correction_id) AS why
        FROM fct_correction
        WHERE assessment_key = $assessment_key AND withdrawn_on IS NULL
        GROUP BY ALL
    ),
    together AS (
        SELECT
            coalesce(named.unit_name, found.unit_name) AS about, found.annex,
            coalesce(named.field, found.field) AS field,
            named.unit_key IS NOT NULL AS is_cell, coalesce(named.stated, found.stated) AS stated,
            CASE WHEN named.unit_key IS NULL THEN found.expected ELSE named.here END AS here,
            coalesce(found.compares, CASE WHEN named.field = 'level' THEN 'words' ELSE 'figures' END) AS compares,
            found.message_vi, found.message_en, correction.why, found.status = 'accepted' AS is_accepted,
            coalesce(named.tier, found.tier) AS tier, coalesce(named.unit_code, found.unit_code) AS unit_code,
            coalesce(found.finding_id, '') AS finding_id, found.position
        FROM named
        FULL JOIN found ON named.unit_key = found.unit_key AND named.field = found.field
        LEFT JOIN correction ON named.unit_key = correction.unit_key AND named.field = correction.field
    )
    SELECT
        together.*, coalesce(own.name_vi, common.name_vi, together.field) AS field_vi,
        coalesce(own.name_en, common.name_en, together.field) AS field_en
    FROM together
    LEFT JOIN dim_field AS own ON together.field = own.field AND own.index_code = $index_code
    LEFT JOIN dim_field AS common ON together.field = common.field AND common.index_code IS NULL
    ORDER BY NOT is_cell, annex NULLS LAST, position NULLS FIRST, unit_code NULLS FIRST, together.field, finding_id
"""

# What the summary stated beside what it counts now.
COUNTS = f"""
    SELECT district.unit_name AS about, counted.level, counted.stated, counted.computed
    FROM agg_levels AS counted
    INNER JOIN dim_unit AS district
        ON counted.parent_code = district.unit_code AND {_AT_YEARS_END.format("district")}
    WHERE counted.assessment_key = $assessment_key AND counted.stated <> counted.computed
    ORDER BY counted.parent_code, counted.level
"""
