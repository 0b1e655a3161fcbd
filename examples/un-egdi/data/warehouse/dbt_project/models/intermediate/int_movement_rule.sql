-- Whether the rules of two years that are compared differ, one row per index, tier and pair of years. A rule is: which
-- pillars and components there are, how a pillar is summed up and its components' shares in it, which pillar ranks, the
-- maxima (where both years' are known), and the levels with their order and thresholds. Names, tolerances and sources
-- are not.
with pair as (
    select distinct
        index_code,
        tier,
        year,
        previous_year
    from {{ ref('int_movement_year') }}
    where previous_year is not null
),

rule_year as (
    select index_code, tier, year from pair
    union
    select index_code, tier, previous_year from pair
),

pillar as (
    select rule_year.year, rule.* from rule_year
    inner join {{ ref('pillars') }} as rule
        on rule_year.index_code = rule.index_code and rule_year.tier = rule.tier and {{ in_force('rule', 'rule_year.year') }}
),

component as (
    select
        pillar.year,
        rule.*,
        case pillar.aggregation
            when 'weighted_mean' then
                {{ exact_ratio('rule.weight', 'sum(rule.weight) over (partition by rule.index_code, rule.tier, pillar.year, rule.pillar)') }}
        end as share
    from pillar
    inner join {{ ref('components') }} as rule
        on
            pillar.index_code = rule.index_code
            and pillar.tier = rule.tier
            and pillar.pillar = rule.pillar
            and {{ in_force('rule', 'pillar.year') }}
),

level as (
    select rule_year.year, rule.* from rule_year
    inner join {{ ref('level_rules') }} as rule
        on rule_year.index_code = rule.index_code and rule_year.tier = rule.tier and {{ in_force('rule', 'rule_year.year') }}
),

fact as (
    select index_code, tier, year, 'pillar ' || pillar as fact, concat_ws(' ', aggregation, is_ranked_by) as value from pillar
    union all
    select index_code, tier, year, concat_ws(' ', 'component', pillar, component), coalesce(cast(share as varchar), '') from component
    union all
    select index_code, tier, year, concat_ws(' ', 'level', level, pillar), concat_ws(' ', level_order, min_total) from level
    union all
    select index_code, tier, year, 'maximum ' || pillar, cast(max_total as varchar) from pillar
    where max_total is not null
    union all
    select index_code, tier, year, concat_ws(' ', 'maximum', pillar, component), cast(max_score as varchar) from component
    where max_score is not null
),

compared as (
    select
        pair.*,
        fact.fact,
        any_value(fact.value) filter (where fact.year = pair.year) as value,
        any_value(fact.value) filter (where fact.year = pair.previous_year) as previous_value
    from pair
    inner join fact using (index_code, tier)
    group by all
)

select
    index_code,
    tier,
    year,
    previous_year,
    bool_or(case
        when starts_with(fact, 'maximum ') then coalesce(value <> previous_value, false)
        else value is distinct from previous_value
    end) as is_rule_changed
from compared
group by all
