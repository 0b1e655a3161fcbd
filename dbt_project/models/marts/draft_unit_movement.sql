select * from {{ ref('int_movement_change') }}
where {{ is_draft('kind') }}
