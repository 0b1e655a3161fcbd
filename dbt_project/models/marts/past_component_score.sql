select * from {{ ref('int_told_component_score') }}
where known_to is not null
