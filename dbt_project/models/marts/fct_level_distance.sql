select * from {{ ref('int_level_distance') }}
where kind = 'published'
