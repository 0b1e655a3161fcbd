select * exclude (known_to) from {{ ref('int_told_component_score') }}
where known_to is null
