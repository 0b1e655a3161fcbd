select * from {{ ref('int_level_distance') }}
where {{ is_draft('kind') }}
