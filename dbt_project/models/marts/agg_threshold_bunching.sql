-- How totals lie about each threshold. A pile just above one may come of many causes, the form of the score among them:
-- what is counted here is where it may be worth asking, and of nobody that anything is wrong.
with distance as (
    select
        result.index_code,
        result.year,
        result.tier,
        result.province_code,
        rule.level,
        rule.level_order,
        rule.pillar,
        rule.min_total,
        pillar.step,
        pillar.pile_share,
        total.computed as total,
        total.computed - rule.min_total as distance
    from {{ ref('fct_pillar_result') }} as total
    inner join {{ ref('fct_unit_result') }} as result using (index_code, year, unit_key)
    inner join {{ ref('dim_pillar') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and {{ in_force('pillar', 'total.year') }}
    inner join {{ ref('dim_level_rule') }} as rule
        on
            total.index_code = rule.index_code
            and total.tier = rule.tier
            and total.pillar = rule.pillar
            and {{ in_force('rule', 'total.year') }}
    where total.computed is not null
),

by_total as (
    select *, count(*) as units from distance
    group by all
),

counted as (
    select
        index_code,
        year,
        tier,
        province_code,
        level,
        level_order,
        pillar,
        min_total,
        step,
        pile_share,
        cast(sum(units) as integer) as units,
        cast(coalesce(sum(units) filter (where distance >= 0 and distance < step), 0) as integer) as units_just_above,
        cast(coalesce(sum(units) filter (where distance < 0 and distance >= -step), 0) as integer) as units_just_below,
        cast(coalesce(sum(units) filter (where abs(distance) <= step), 0) as integer) as units_within_step,
        max_by(total, (units, total)) filter (where abs(distance) <= step) as commonest_total,
        cast(max(units) filter (where abs(distance) <= step) as integer) as units_at_commonest_total
    from by_total
    group by all
)

select
    * exclude (pile_share),
    coalesce(
        commonest_total >= min_total
        and units_at_commonest_total > units_just_below
        and units_at_commonest_total > pile_share * units,
        false
    ) as is_pile
from counted
