with signature as (
    select
        row_id,
        {{ joined("field || '=' || coalesce(" ~ plain('figure') ~ ", flaw, '')", '|', 'field') }} as figures
    from {{ ref('int_row_figure') }}
    group by 1
),

signed as (
    select
        unit_row.row_id,
        unit_row.submission_id,
        unit_row.row_order,
        unit_row.annex,
        unit_row.unit_key,
        concat_ws('|', signature.figures, coalesce(stated.level_text, '')) as signature
    from {{ ref('int_row') }} as unit_row
    left join signature on unit_row.row_id = signature.row_id
    left join {{ ref('int_row_stated') }} as stated on unit_row.row_id = stated.row_id
    where unit_row.unit_key is not null
)

select
    *,
    min(signature) over (partition by submission_id, unit_key)
    <> max(signature) over (partition by submission_id, unit_key) as is_contradicted,
    count(*) over (partition by submission_id, unit_key, annex) as rows_in_annex,
    row_number() over (partition by submission_id, unit_key, annex order by row_order) as repeat_in_annex
from signed
