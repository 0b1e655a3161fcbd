select * exclude (known_to) from {{ ref('int_told_pillar_result') }}
where known_to is null
