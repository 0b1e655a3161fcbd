select * from {{ ref('int_movement_component') }}
where {{ is_draft('kind') }}
