-- The figures that a component's movement is made of: one row per index, year, scored unit and component of the rule of its
-- year or, where its changes can be told, of the rule of the year before. A component that one of the rules has not
-- counts 0 there, and restated (the previous contribution under the rule of this year) is then as much as it counts now.
with unit as (
    select * from {{ ref('int_movement_unit') }}
),

current_score as (
    select
        unit.index_code,
        unit.year,
        unit.tier,
        unit.unit_key,
        score.pillar,
        score.component,
        score.score,
        score.contribution
    from unit
    inner join {{ ref('int_row_score') }} as score using (row_id)
),

beside as (
    select
        index_code,
        year,
        tier,
        unit_key,
        pillar,
        component,
        now.unit_key is not null as is_in_rule,
        before.unit_key is not null as is_in_previous_rule,
        now.score as current_score,
        now.contribution as current_contribution,
        before.score as previous_score,
        before.contribution as previous_contribution,
        before.restated
    from current_score as now
    full join {{ ref('int_movement_previous_score') }} as before
        using (index_code, year, tier, unit_key, pillar, component)
)

select
    unit.unit_code,
    unit.previous_year,
    unit.comparison,
    beside.* exclude (is_in_previous_rule) replace (
        {{ figure('case when is_in_rule then current_score else 0 end') }} as current_score,
        {{ figure('case when is_in_rule then current_contribution else 0 end') }} as current_contribution,
        {{ figure('case when is_in_previous_rule or not is_measured then previous_score else 0 end') }} as previous_score,
        {{ figure('case when is_in_previous_rule or not is_measured then previous_contribution else 0 end') }}
            as previous_contribution,
        {{ figure('case
            when not is_measured then null
            when not is_in_rule then 0
            when not is_in_previous_rule then current_contribution
            else restated
        end') }} as restated
    ),
    case when unit.is_measured then is_in_previous_rule end as is_in_previous_rule
from beside
inner join unit using (index_code, year, tier, unit_key)
