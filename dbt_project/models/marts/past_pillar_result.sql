select * from {{ ref('int_told_pillar_result') }}
where known_to is not null
