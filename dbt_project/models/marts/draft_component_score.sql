select * from {{ ref('int_component_score_history') }}
where {{ is_draft('kind') }} and is_current
