select * from {{ ref('int_component_score_history') }}
where kind = 'published'
