select * from {{ ref('int_movement_pillar') }}
where kind = 'published'
