-- Each scored unit of a year has its movement, and no other has; of a draft too.
with result as (
    select index_code, year, kind, unit_key, unit_code from {{ ref('fct_unit_result') }}
    where result_status = 'scored'
    union all
    select index_code, year, kind, unit_key, unit_code from {{ ref('draft_unit_result') }}
    where result_status = 'scored'
),

movement as (
    select index_code, year, kind, unit_key, unit_code from {{ ref('fct_unit_movement') }}
    union all
    select index_code, year, kind, unit_key, unit_code from {{ ref('draft_unit_movement') }}
)

select
    index_code,
    year,
    kind,
    unit_key
from result
full join movement using (index_code, year, kind, unit_key)
where result.unit_code is null or movement.unit_code is null
