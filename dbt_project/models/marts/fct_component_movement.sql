select * from {{ ref('int_movement_component') }}
where kind = 'published'
