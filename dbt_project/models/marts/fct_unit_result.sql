select * exclude (known_to) from {{ ref('int_told_unit_result') }}
where known_to is null
