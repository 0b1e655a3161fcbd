select * from {{ ref('fct_unit_result_history') }}
where is_current
