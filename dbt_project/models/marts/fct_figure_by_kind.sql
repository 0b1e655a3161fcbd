with figure as (
    select
        result.index_code,
        result.year,
        result.kind,
        result.tier,
        result.unit_code,
        result.unit_key,
        result.unit_name,
        figure.pillar,
        figure.field,
        figure.figure
    from {{ ref('int_unit_result') }} as result
    inner join {{ ref('int_row_figure') }} as figure on result.row_id = figure.row_id
    where result.result_status = 'scored' and result.is_current
)

select
    index_code,
    year,
    tier,
    unit_code,
    unit_key,
    unit_name,
    pillar,
    field,
    max(case when kind = 'self_assessed' then figure end) as self_assessed,
    max(case when kind = 'appraised' then figure end) as appraised,
    max(case when kind = 'published' then figure end) as published,
    max(case when kind = 'restated' then figure end) as restated
from figure
group by 1, 2, 3, 4, 5, 6, 7, 8
