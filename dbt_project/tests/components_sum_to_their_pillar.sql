-- The movement of a pillar is the exact sum of its components', and empty where one of them is.
with summed as (
    select
        index_code,
        year,
        kind,
        unit_key,
        pillar,
        case when count(*) = count(contribution_change) then sum(contribution_change) end as total_change,
        case when count(*) = count(change_by_rule) then sum(change_by_rule) end as change_by_rule,
        case when count(*) = count(change_by_scores) then sum(change_by_scores) end as change_by_scores
    from {{ ref('int_movement_component') }}
    group by 1, 2, 3, 4, 5
)

select
    index_code,
    year,
    kind,
    unit_key,
    pillar
from {{ ref('int_movement_pillar') }} as pillar
full join summed using (index_code, year, kind, unit_key, pillar)
where
    pillar.unit_code is null
    or summed.total_change is distinct from pillar.total_change
    or summed.change_by_rule is distinct from pillar.change_by_rule
    or summed.change_by_scores is distinct from pillar.change_by_scores
