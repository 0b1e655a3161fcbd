select
    history.assessment_key,
    history.index_code,
    history.year,
    history.kind,
    history.tier,
    history.unit_code,
    history.unit_key,
    score.pillar,
    score.component,
    score.score,
    score.stated as score_stated,
    score.correction_id,
    score.max_score,
    score.contribution,
    history.submission_id,
    score.annex,
    score.page_or_sheet,
    score.row_number,
    score.column_number,
    score.raw_text,
    nullif(history.valid_from, {{ unknown_day() }}) as valid_from,
    history.valid_to,
    history.is_current
from {{ ref('int_unit_history') }} as history
inner join {{ ref('int_row_score') }} as score
    on history.row_id = score.row_id and history.corrections = score.corrections
where score.is_own_pillar
