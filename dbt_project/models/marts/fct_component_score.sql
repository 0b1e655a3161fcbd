select * from {{ ref('fct_component_score_history') }}
where is_current
