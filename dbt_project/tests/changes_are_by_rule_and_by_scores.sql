-- What the rule and what the scores explain is the whole change; all three are known, or none is.
with change as (
    select index_code, year, unit_key, pillar, component, contribution_change as change, change_by_rule, change_by_scores
    from {{ ref('fct_component_movement') }}
    union all
    select index_code, year, unit_key, pillar, null, total_change, change_by_rule, change_by_scores
    from {{ ref('fct_pillar_movement') }}
)

select * from change
where
    change is distinct from change_by_rule + change_by_scores
    or (change is null) <> (change_by_rule is null)
    or (change is null) <> (change_by_scores is null)
