"""What the reports ask of the published tables: one query per kind of row, each for one year.

Here: choosing, joining names, and ordering. Not here: any rule; what is computed stands in the tables.
"""

from __future__ import annotations

# The tables that are asked; each row of them is of one year, or of all.
ASKED = (
    *("dim_unit", "dim_term", "dim_pillar", "dim_component", "dim_level_rule", "dim_check", "dim_field"),
    *("fct_submission", "fct_quarantine", "fct_correction", "agg_quality", "agg_submitters"),
    *("agg_threshold_bunching", "fct_what_if", "fct_finding", "fct_finding_hint", "fct_finding_history"),
    *("fct_finding_reply", "fct_unit_result", "fct_pillar_result", "fct_component_score", "fct_unit_movement"),
    *("fct_level_distance", "draft_unit_result", "draft_pillar_result", "draft_component_score"),
    *("draft_unit_movement", "draft_level_distance", "draft_pillar_movement"),
)

# What is published of a kind before the decision stands in tables of its own, with the same columns.
_RESULT, _TOTAL, _SCORE, _MOVEMENT, _DISTANCE = (
    f"(SELECT * FROM fct_{table} UNION ALL SELECT * FROM draft_{table})"
    for table in ("unit_result", "pillar_result", "component_score", "unit_movement", "level_distance")
)
# Rows of the rule that hold in the year: the same condition for components, pillars and levels.
_IN_FORCE = "$1 BETWEEN coalesce({0}.valid_from_year, 0) AND coalesce({0}.valid_to_year, 9999)"

YEARS = "SELECT DISTINCT year FROM fct_submission WHERE year IS NOT NULL ORDER BY year"

DRAFT_KINDS = "SELECT DISTINCT kind FROM draft_unit_result ORDER BY kind"

TERMS = "SELECT term, code, name_vi, name_en FROM dim_term ORDER BY ALL"

RECEIVED = """
    SELECT submission_id, file_name, kind, sender, received_on, decision_number, decision_date
    FROM fct_submission
    WHERE year = $1
    ORDER BY received_on NULLS FIRST, file_name, submission_id
"""

# How many findings of a code are open in a year.
OPEN = "SELECT year, code, count(*) AS findings FROM fct_finding WHERE status = 'open' GROUP BY ALL ORDER BY ALL"

AS_OF = """
    SELECT max(day) AS as_of
    FROM (
        SELECT received_on AS day FROM fct_submission WHERE year = $1
        UNION ALL
        SELECT replied_on FROM fct_finding_reply INNER JOIN fct_finding USING (finding_id) WHERE year = $1
    )
"""

# What is noted behind a semicolon of a source is for those who keep the registry.
FINDINGS = f"""
    WITH component AS (
        SELECT index_code, tier, component AS field, source FROM dim_component AS rule
        WHERE {_IN_FORCE.format("rule")}
    ),
    pillar AS (
        SELECT index_code, tier, pillar || '_total' AS field, source FROM dim_pillar AS rule
        WHERE {_IN_FORCE.format("rule")}
    ),
    level AS (
        SELECT rule.index_code, rule.tier, field.field, min(rule.source) AS source
        FROM dim_level_rule AS rule, (VALUES ('level'), ('threshold')) AS field (field)
        WHERE {_IN_FORCE.format("rule")}
        GROUP BY ALL
    ),
    source AS (FROM component UNION ALL FROM pillar UNION ALL FROM level),
    of_index AS (SELECT index_code, min(source) AS source FROM pillar GROUP BY ALL)
    SELECT
        finding.*,
        submitter.unit_name AS submitter_name,
        submitter.unit_name_ascii AS submitter_ascii,
        submitter.tier AS submitter_tier,
        submission.format,
        declared.* EXCLUDE (code, suite, scope, severity),
        coalesce(field.name_vi, finding.field) AS field_vi,
        coalesce(field.name_en, finding.field) AS field_en,
        split_part(coalesce(source.source, of_index.source), ';', 1) AS index_source,
        unit.source AS unit_source,
        result.level_stated,
        hint.score AS hint_score, hint.compared_kind, hint.compared_year, hint.compared_score,
        hint_field.name_vi AS hint_vi, hint_field.name_en AS hint_en
    FROM fct_finding AS finding
    INNER JOIN dim_check AS declared USING (code)
    LEFT JOIN dim_unit AS submitter ON finding.submitter_key = submitter.unit_key
    LEFT JOIN dim_unit AS unit ON finding.unit_key = unit.unit_key
    LEFT JOIN fct_submission AS submission USING (submission_id)
    LEFT JOIN dim_field AS field
        ON finding.field = field.field AND (field.index_code IS NULL OR field.index_code = finding.index_code)
    LEFT JOIN source
        ON finding.index_code = source.index_code AND finding.tier = source.tier AND finding.field = source.field
    LEFT JOIN of_index ON finding.index_code = of_index.index_code
    LEFT JOIN {_RESULT} AS result
        ON finding.assessment_key = result.assessment_key AND finding.unit_key = result.unit_key
    LEFT JOIN fct_finding_hint AS hint USING (finding_id)
    LEFT JOIN dim_field AS hint_field ON hint.component = hint_field.field AND hint.index_code = hint_field.index_code
    WHERE finding.year = $1
    ORDER BY
        list_position(['open', 'accepted', 'resolved'], finding.status),
        list_position(['error', 'warning', 'notice'], finding.severity),
        finding.annex NULLS FIRST, finding.position NULLS FIRST, finding.page_or_sheet NULLS FIRST,
        finding.row_number NULLS FIRST, finding.column_number NULLS FIRST, finding.finding_id
"""

HISTORY = """
    SELECT history.*
    FROM fct_finding_history AS history
    INNER JOIN fct_finding AS finding USING (finding_id)
    WHERE finding.year = $1
    ORDER BY history.finding_id, history.received_on NULLS FIRST
"""

# Also those that were set aside because nobody can tell which kind they are: their finding is known.
REPLIES = """
    WITH reply AS (
        SELECT finding_id, reply, text, proposed, replied_by, replied_on, submission_id FROM fct_finding_reply
        UNION ALL
        SELECT
            split_part(aside.cells, ' | ', 1), 'set_aside',
            substr(aside.cells, length(split_part(aside.cells, ' | ', 1)) + 4),
            NULL, file.sender, file.received_on, file.submission_id
        FROM fct_quarantine AS aside
        INNER JOIN fct_submission AS file USING (submission_id)
        WHERE aside.reason = 'reply_unknown'
    )
    SELECT reply.*
    FROM reply
    INNER JOIN fct_finding AS finding USING (finding_id)
    WHERE finding.year = $1
    ORDER BY reply.finding_id, reply.replied_on NULLS FIRST, reply.submission_id, reply.reply, reply.text
"""

# Who sent or was appraised before the decision, whether anything was found or not.
SUBMITTERS_OF_DRAFTS = """
    SELECT DISTINCT
        submitter.unit_code AS submitter_code, submitter.unit_name AS submitter_name,
        submitter.unit_name_ascii AS submitter_ascii, submitter.tier AS submitter_tier
    FROM draft_unit_result AS result
    INNER JOIN dim_unit AS submitter
        ON coalesce(result.district_code, result.unit_code) = submitter.unit_code
        AND make_date($1, 12, 31) >= coalesce(submitter.valid_from, DATE '0001-01-01')
        AND make_date($1, 12, 31) < coalesce(submitter.valid_to, DATE '9999-12-31')
    WHERE result.year = $1 AND result.result_status = 'scored'
    ORDER BY submitter_code
"""

# Of what is published the units that findings are about, of a draft all: the upper tier first, then by code.
UNITS = f"""
    WITH found AS (
        SELECT DISTINCT index_code, kind, unit_key, submitter_code FROM fct_finding
        WHERE year = $1 AND unit_key IS NOT NULL
    ),
    unit AS (
        SELECT found.submitter_code, result.*
        FROM fct_unit_result AS result
        INNER JOIN found USING (index_code, kind, unit_key)
        UNION ALL
        SELECT coalesce(result.district_code, result.unit_code), result.*
        FROM draft_unit_result AS result
    )
    SELECT unit.*, movement.previous_year, movement.previous_level, movement.rank_change, movement.level_change
    FROM unit
    LEFT JOIN {_MOVEMENT} AS movement USING (index_code, year, kind, unit_key)
    WHERE unit.year = $1 AND unit.result_status = 'scored'
    ORDER BY
        unit.submitter_code, list_position(['self_assessed', 'appraised', 'published'], unit.kind), unit.index_code,
        unit.district_code NULLS FIRST, unit.unit_code
"""

FIGURES = f"""
    WITH unit AS (
        SELECT DISTINCT index_code, kind, unit_key FROM fct_finding WHERE year = $1 AND unit_key IS NOT NULL
        UNION
        SELECT index_code, kind, unit_key FROM draft_unit_result WHERE year = $1 AND result_status = 'scored'
    )
    SELECT
        total.index_code, total.kind, total.unit_key, total.pillar, pillar.name_vi AS pillar_vi,
        pillar.name_en AS pillar_en, component.component, component.name_vi AS component_vi,
        component.name_en AS component_en, score.score_stated, score.score, score.raw_text, score.submission_id,
        total.stated AS total_stated, total.computed AS total_computed
    FROM {_TOTAL} AS total
    INNER JOIN unit USING (index_code, kind, unit_key)
    INNER JOIN dim_pillar AS pillar
        ON total.index_code = pillar.index_code AND total.tier = pillar.tier AND total.pillar = pillar.pillar
        AND {_IN_FORCE.format("pillar")}
    INNER JOIN dim_component AS component
        ON total.index_code = component.index_code AND total.tier = component.tier
        AND total.pillar = component.pillar AND {_IN_FORCE.format("component")}
    LEFT JOIN {_SCORE} AS score
        ON total.assessment_key = score.assessment_key AND total.unit_key = score.unit_key
        AND component.component = score.component
    WHERE total.year = $1
    ORDER BY
        total.index_code, total.kind, total.unit_key, pillar.is_ranked_by, total.pillar, score.column_number,
        component.component
"""

# What the province has put in a stated value's place, as long as it holds.
CORRECTIONS = """
    SELECT
        correction.*,
        coalesce(field.name_vi, correction.field) AS field_vi,
        coalesce(field.name_en, correction.field) AS field_en
    FROM fct_correction AS correction
    LEFT JOIN dim_field AS field
        ON correction.field = field.field AND (field.index_code IS NULL OR field.index_code = correction.index_code)
    WHERE correction.year = $1 AND correction.withdrawn_on IS NULL
    ORDER BY correction.decided_on, correction.correction_id
"""

THRESHOLDS = f"""
    SELECT rule.index_code, rule.tier, rule.pillar, rule.level, rule.min_total
    FROM dim_level_rule AS rule
    WHERE {_IN_FORCE.format("rule")}
    ORDER BY rule.index_code, rule.tier, rule.level_order, rule.pillar
"""

# Files that cannot be read belong to no index: their findings count where the submitter's others do. Of what is not
# published only those who sent something are a line.
QUALITY = """
    WITH quality AS (
        SELECT * REPLACE (coalesce(index_code, min(index_code) OVER (PARTITION BY submitter_code, kind)) AS index_code)
        FROM agg_quality
        WHERE year = $1
    )
    SELECT
        quality.index_code, quality.kind, quality.submitter_code, quality.submitter_name,
        submitter.unit_name_ascii AS submitter_ascii,
        max(quality.completeness) AS completeness,
        sum(quality.units) AS units, sum(quality.units_scored) AS units_scored,
        sum(quality.units_counted_only) AS units_counted_only, sum(quality.units_missing) AS units_missing,
        sum(quality.findings_open) AS findings_open, sum(quality.errors_open) AS errors_open,
        sum(quality.warnings_open) AS warnings_open, sum(quality.notices_open) AS notices_open,
        sum(quality.findings_accepted + quality.findings_resolved) AS findings_settled,
        sum(quality.findings_replied) AS findings_replied,
        sum(quality.open_that_change_a_level + quality.open_that_change_a_rank) AS findings_that_matter
    FROM quality
    LEFT JOIN dim_unit AS submitter ON quality.submitter_key = submitter.unit_key
    GROUP BY
        quality.index_code, quality.kind, quality.submitter_code, quality.submitter_name, submitter.unit_name_ascii,
        submitter.tier
    HAVING quality.kind = 'published' OR sum(units_scored + findings_open + findings_accepted + findings_resolved) > 0
    ORDER BY
        list_position(['province', 'district'], submitter.tier) NULLS LAST, quality.submitter_code NULLS FIRST,
        quality.index_code NULLS FIRST, quality.kind
"""

INDEXES = f"""
    SELECT index_code, split_part(min(source), ';', 1) AS source FROM dim_pillar AS rule
    WHERE {_IN_FORCE.format("rule")}
    GROUP BY ALL
"""

# Who sent nothing, or too late, of what a deadline is set for.
DEADLINES = """
    SELECT
        kind, due_on, count(*) AS asked, count(*) FILTER (files > 0) AS sent,
        list(unit_name ORDER BY unit_code) FILTER (standing = 'late') AS late,
        list(unit_name ORDER BY unit_code) FILTER (standing = 'nothing') AS nothing
    FROM agg_submitters
    WHERE year = $1 AND due_on IS NOT NULL
    GROUP BY ALL
    ORDER BY due_on, kind
"""

# Of which kinds there are levels or ranks to change.
WORKED_OUT = f"""
    SELECT DISTINCT kind FROM {_RESULT}
    WHERE year = $1 AND (level_by_expected_totals IS NOT NULL OR rank_by_expected_totals IS NOT NULL)
"""

# What levels and ranks would be if every expected figure were taken.
CHANGED = f"""
    SELECT
        result.*,
        district.unit_name AS district_name,
        result.level_stated IS DISTINCT FROM result.level_by_expected_totals AS is_level_changed,
        coalesce(result.rank_stated, result.rank_by_stated_totals) IS DISTINCT FROM result.rank_by_expected_totals
            AS is_rank_changed
    FROM {_RESULT} AS result
    LEFT JOIN {_RESULT} AS district
        ON result.assessment_key = district.assessment_key AND result.district_code = district.unit_code
    WHERE
        result.year = $1 AND result.result_status = 'scored'
        AND (
            (result.level_by_expected_totals IS NOT NULL AND is_level_changed)
            OR (result.rank_by_expected_totals IS NOT NULL AND is_rank_changed)
        )
    ORDER BY
        list_position(['published', 'appraised', 'self_assessed'], result.kind), result.index_code,
        result.district_code NULLS FIRST, result.unit_code
"""

# The figures of a draft, of the upper tier: communes are on their districts' pages.
DRAFTS = f"""
    SELECT
        result.index_code, result.kind, result.tier, result.unit_code, result.unit_name, result.level_stated,
        result.level_computed, result.rank_in_province, result.units_ranked, result.findings,
        movement.previous_year, movement.previous_level, movement.rank_change,
        total.pillar, pillar.name_vi AS pillar_vi, pillar.name_en AS pillar_en, total.stated, total.computed,
        change.total_change
    FROM draft_unit_result AS result
    INNER JOIN draft_pillar_result AS total USING (index_code, year, kind, unit_key)
    INNER JOIN dim_pillar AS pillar
        ON total.index_code = pillar.index_code AND total.tier = pillar.tier AND total.pillar = pillar.pillar
        AND {_IN_FORCE.format("pillar")}
    LEFT JOIN draft_unit_movement AS movement USING (index_code, year, kind, unit_key)
    LEFT JOIN draft_pillar_movement AS change
        ON result.assessment_key = change.assessment_key AND result.unit_key = change.unit_key
        AND total.pillar = change.pillar
    WHERE result.year = $1 AND result.result_status = 'scored' AND result.district_code IS NULL
    ORDER BY
        list_position(['appraised', 'self_assessed'], result.kind), result.index_code, result.tier,
        result.rank_in_province NULLS LAST, result.unit_code, pillar.is_ranked_by, total.pillar
"""

BUNCHES = f"""
    SELECT bunch.*, pillar.name_vi AS pillar_vi, pillar.name_en AS pillar_en
    FROM agg_threshold_bunching AS bunch
    INNER JOIN dim_pillar AS pillar
        ON bunch.index_code = pillar.index_code AND bunch.tier = pillar.tier AND bunch.pillar = pillar.pillar
        AND {_IN_FORCE.format("pillar")}
    WHERE bunch.year = $1
    ORDER BY
        bunch.index_code, bunch.province_code, bunch.tier, pillar.is_ranked_by, bunch.pillar, bunch.level_order DESC
"""

TOTALS = """
    SELECT total.index_code, result.province_code, total.tier, total.pillar, total.computed, count(*) AS units
    FROM fct_pillar_result AS total
    INNER JOIN fct_unit_result AS result USING (index_code, year, unit_key)
    WHERE total.year = $1 AND total.computed IS NOT NULL
    GROUP BY ALL
    ORDER BY ALL
"""

# A finding with the units whose level or rank it would change, its own first; of the others those that fall come first.
WHAT_IF = f"""
    SELECT
        effect.*, found.short_id, found.submitter_code, submitter.unit_name_ascii AS submitter_ascii,
        district.unit_name AS district_name,
        coalesce(field.name_vi, effect.field) AS field_vi, coalesce(field.name_en, effect.field) AS field_en
    FROM fct_what_if AS effect
    INNER JOIN fct_finding AS found USING (finding_id)
    INNER JOIN {_RESULT} AS result
        ON effect.assessment_key = result.assessment_key AND effect.unit_key = result.unit_key
    LEFT JOIN {_RESULT} AS district
        ON result.assessment_key = district.assessment_key AND result.district_code = district.unit_code
    LEFT JOIN dim_unit AS submitter ON found.submitter_key = submitter.unit_key
    LEFT JOIN dim_field AS field
        ON effect.field = field.field AND (field.index_code IS NULL OR field.index_code = effect.index_code)
    WHERE effect.year = $1
    ORDER BY
        list_position(['published', 'appraised', 'self_assessed'], effect.kind), effect.index_code,
        found.annex NULLS FIRST, found.position NULLS FIRST, effect.field, effect.finding_id,
        effect.is_own DESC, effect.rank_if, effect.unit_code
"""

# Units that a level is left to reach, nearest first: one row for each pillar.
SHORT_OF = f"""
    SELECT
        distance.*, result.unit_name, district.unit_name AS district_name,
        pillar.name_vi AS pillar_vi, pillar.name_en AS pillar_en,
        sum(distance.to_next_level) OVER (PARTITION BY distance.assessment_key, distance.unit_key) AS short_of
    FROM {_DISTANCE} AS distance
    INNER JOIN {_RESULT} AS result
        ON distance.assessment_key = result.assessment_key AND distance.unit_key = result.unit_key
    INNER JOIN dim_pillar AS pillar
        ON distance.index_code = pillar.index_code AND distance.tier = pillar.tier AND distance.pillar = pillar.pillar
        AND {_IN_FORCE.format("pillar")}
    LEFT JOIN {_RESULT} AS district
        ON result.assessment_key = district.assessment_key AND result.district_code = district.unit_code
    WHERE distance.year = $1 AND distance.next_level IS NOT NULL
    ORDER BY
        list_position(['published', 'appraised', 'self_assessed'], distance.kind), distance.index_code, distance.tier,
        short_of, distance.unit_code, distance.assessment_key, distance.unit_key, pillar.is_ranked_by, distance.pillar
"""

# Components below their maximum, where that is known; most room first.
ROOM = f"""
    SELECT
        score.assessment_key, score.unit_key, score.component, score.score, score.max_score,
        score.max_score - score.score AS room, component.name_vi AS component_vi, component.name_en AS component_en
    FROM {_SCORE} AS score
    INNER JOIN dim_component AS component
        ON score.index_code = component.index_code AND score.tier = component.tier
        AND score.component = component.component AND {_IN_FORCE.format("component")}
    WHERE score.year = $1 AND score.max_score > score.score
    ORDER BY score.assessment_key, score.unit_key, room DESC, score.component
"""
