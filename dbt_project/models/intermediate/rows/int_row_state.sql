with correction as (
    select * from {{ ref('int_correction') }}
),

day as (
    select row_id, {{ unknown_day() }} as valid_from from {{ ref('int_row') }}
    union
    select row_id, valid_from from correction
    union
    select row_id, valid_to from correction
    where valid_to is not null
),

span as (
    select
        row_id,
        valid_from,
        lead(valid_from) over (partition by row_id order by valid_from) as valid_to
    from day
)

select
    span.row_id,
    span.valid_from,
    span.valid_to,
    coalesce({{ joined('correction.correction_id', ', ', 'correction.correction_id') }}, '') as corrections
from span
left join correction
    on
        span.row_id = correction.row_id
        and correction.valid_from <= span.valid_from
        and span.valid_from < coalesce(correction.valid_to, date '9999-12-31')
group by 1, 2, 3
