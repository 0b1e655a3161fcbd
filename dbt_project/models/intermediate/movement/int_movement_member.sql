with result as (
    select * from {{ ref('int_movement_result') }}
    where kind = 'published'
)

select
    assessment_key,
    index_code,
    year,
    tier,
    unit_key,
    row_id,
    corrections,
    level_state,
    province_key,
    parent_code,
    parent_key,
    parent_key as next_parent_key,
    true as is_direct
from result
union all
select
    assessment_key,
    index_code,
    year,
    tier,
    unit_key,
    row_id,
    corrections,
    level_state,
    province_key,
    province_code,
    province_key,
    parent_key,
    false
from result
where province_code is not null and province_code is distinct from parent_code
