-- What the rule and what the scores explain is the whole change; all three are known, or none is.
with change as (
    select index_code, year, kind, unit_key, pillar, component, contribution_change as change, change_by_rule, change_by_scores
    from {{ ref('int_movement_component') }}
    union all
    select index_code, year, kind, unit_key, pillar, null, total_change, change_by_rule, change_by_scores
    from {{ ref('int_movement_pillar') }}
)

select * from change
where
    change is distinct from change_by_rule + change_by_scores
    or (change is null) <> (change_by_rule is null)
    or (change is null) <> (change_by_scores is null)
