-- Each scored unit of a year has its movement, and no other has.
select
    index_code,
    year,
    unit_key
from (select * from {{ ref('fct_unit_result') }} where result_status = 'scored') as result
full join {{ ref('fct_unit_movement') }} as movement using (index_code, year, unit_key)
where result.unit_code is null or movement.unit_code is null
