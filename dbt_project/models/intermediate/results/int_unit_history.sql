with result as (
    select
        *,
        lag(concat_ws('|', row_id, corrections, result_status)) over (
            partition by assessment_key, unit_key order by valid_from
        ) is distinct from concat_ws('|', row_id, corrections, result_status) as is_revised
    from {{ ref('int_unit_result') }}
),

revised as (
    select
        *,
        lead(valid_from) over (partition by assessment_key, unit_key order by valid_from) as next_from
    from result
    where is_revised
)

select
    assessment_key,
    index_code,
    year,
    kind,
    tier,
    unit_code,
    unit_key,
    result_status,
    row_id,
    corrections,
    submission_id,
    correction_id,
    level_stated,
    level_corrected,
    level_computed,
    valid_from,
    next_from as valid_to,
    next_from is null as is_current
from revised
