-- The scores that each unit is compared with: one row per index, year, unit whose changes can be told, and component of the
-- rule of its last scored year; of a merged unit the plain means. restated: the contribution under the rule of this year,
-- null where that has no such component.
with unit as (
    select * from {{ ref('int_movement_unit') }}
    where is_measured
),

rule as (
    select
        rule_year.year,
        component.index_code,
        component.tier,
        component.pillar,
        component.component,
        component.weight,
        sum(component.weight) over pillar_of_year as weights,
        pillar.aggregation
    from (select distinct index_code, tier, year from unit) as rule_year
    inner join {{ ref('components') }} as component
        on
            rule_year.index_code = component.index_code
            and rule_year.tier = component.tier
            and {{ in_force('component', 'rule_year.year') }}
    inner join {{ ref('pillars') }} as pillar
        on
            component.index_code = pillar.index_code
            and component.tier = pillar.tier
            and component.pillar = pillar.pillar
            and {{ in_force('pillar', 'rule_year.year') }}
    window pillar_of_year as (
        partition by component.index_code, component.tier, rule_year.year, component.pillar
    )
),

predecessor_score as (
    select
        unit.index_code,
        unit.year,
        unit.tier,
        unit.unit_key,
        score.pillar,
        score.component,
        score.score,
        score.contribution,
        {{ contribution('rule.aggregation', 'score.score', 'rule.weight', 'rule.weights') }} as restated
    from unit
    inner join {{ ref('int_movement_predecessor') }} as predecessor using (index_code, year, tier, unit_key)
    inner join {{ ref('int_row_score') }} as score on predecessor.previous_row_id = score.row_id
    left join rule
        on
            unit.index_code = rule.index_code
            and unit.year = rule.year
            and unit.tier = rule.tier
            and score.pillar = rule.pillar
            and score.component = rule.component
)

select
    index_code,
    year,
    tier,
    unit_key,
    pillar,
    component,
    {{ mean('score') }} as score,
    {{ mean('contribution') }} as contribution,
    {{ mean('restated') }} as restated
from predecessor_score
group by all
