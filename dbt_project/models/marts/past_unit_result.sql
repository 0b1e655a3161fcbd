select * from {{ ref('int_told_unit_result') }}
where known_to is not null
