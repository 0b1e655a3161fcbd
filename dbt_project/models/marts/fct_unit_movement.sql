select * from {{ ref('int_movement_change') }}
where kind = 'published'
