with result as (
    select result.* from {{ ref('int_edition_result') }} as result
    inner join {{ ref('int_current_edition') }} as edition using (edition_id)
    where result.kind = 'published' and result.result_status = 'scored'
)

select
    result.index_code,
    result.year,
    result.tier,
    result.unit_code,
    result.unit_key,
    score.pillar,
    score.component,
    score.score,
    score.max_score,
    score.contribution,
    result.submission_id,
    score.annex,
    score.page_or_sheet,
    score.row_number,
    score.column_number,
    score.raw_text
from result
inner join {{ ref('int_row_score') }} as score using (row_id)
