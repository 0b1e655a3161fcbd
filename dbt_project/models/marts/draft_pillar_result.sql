select * from {{ ref('int_pillar_result_history') }}
where {{ is_draft('kind') }} and is_current
