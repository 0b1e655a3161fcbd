with pair as (
    select distinct index_code, tier, year, previous_year from {{ ref('int_movement_year') }}
    where previous_year is not null
),

component as (
    select
        index_code,
        year,
        tier,
        concat_ws(' ', pillar, component) as fact,
        {{ rounded('share_numerator * 1000000000', 'share_denominator') }} as share,
        max_score
    from {{ ref('int_rule_share') }}
),

fact as (
    select
        index_code,
        tier,
        year,
        'pillar ' || pillar as fact,
        concat_ws(' ', aggregation, is_ranked_by) as value
    from {{ ref('int_rule_pillar') }}
    union all
    select index_code, tier, year, 'component ' || fact, cast(share as string)
    from component
    union all
    select index_code, tier, year, concat_ws(' ', 'level', level, pillar), concat_ws(' ', level_order, min_total)
    from {{ ref('int_rule_level') }}
    union all
    select index_code, tier, year, 'maximum ' || pillar, cast(max_total as string) from {{ ref('int_rule_pillar') }}
    where max_total is not null
    union all
    select index_code, tier, year, 'maximum ' || fact, cast(max_score as string) from component
    where max_score is not null
),

compared as (
    select
        pair.index_code,
        pair.tier,
        pair.year,
        pair.previous_year,
        fact.fact,
        max(case when fact.year = pair.year then fact.value end) as value,
        max(case when fact.year = pair.previous_year then fact.value end) as previous_value
    from pair
    inner join fact on pair.index_code = fact.index_code and pair.tier = fact.tier
    where fact.year in (pair.year, pair.previous_year)
    group by 1, 2, 3, 4, 5
)

select
    index_code,
    tier,
    year,
    previous_year,
    max(case
        when {{ begins_with('fact', "'maximum '") }} then coalesce(value <> previous_value, false)
        else value is distinct from previous_value
    end) as is_rule_changed
from compared
group by 1, 2, 3, 4
