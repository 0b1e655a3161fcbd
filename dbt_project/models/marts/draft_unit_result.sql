select * from {{ ref('int_unit_result_history') }}
where {{ is_draft('kind') }} and is_current
