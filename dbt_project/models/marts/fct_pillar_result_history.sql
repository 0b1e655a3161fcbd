select * from {{ ref('int_pillar_result_history') }}
where kind = 'published'
