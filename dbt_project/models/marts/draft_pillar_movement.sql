select * from {{ ref('int_movement_pillar') }}
where {{ is_draft('kind') }}
