select * from {{ ref('fct_pillar_result_history') }}
where is_current
