select * from {{ ref('int_unit_result_history') }}
where kind = 'published'
