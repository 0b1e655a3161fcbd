with by_total as (
    select
        result.assessment_key,
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
        total.computed - rule.min_total as distance,
        count(*) as units
    from {{ ref('fct_pillar_result') }} as total
    inner join {{ ref('fct_unit_result') }} as result
        on
            total.assessment_key = result.assessment_key
            and total.unit_key = result.unit_key
    inner join {{ ref('int_rule_pillar') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.year = pillar.year
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
    inner join {{ ref('int_rule_level') }} as rule
        on
            total.index_code = rule.index_code
            and total.year = rule.year
            and total.tier = rule.tier
            and total.pillar = rule.pillar
    where total.computed is not null
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
),

counted as (
    select
        assessment_key,
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
        cast(sum(case when distance >= 0 and distance < step then units else 0 end) as integer) as units_just_above,
        cast(sum(case when distance < 0 and distance + step >= 0 then units else 0 end) as integer) as units_just_below,
        cast(sum(case when abs(distance) <= step then units else 0 end) as integer) as units_within_step,
        {{ last_by('case when abs(distance) <= step then total end', 'case when abs(distance) <= step then (units, total) end') }}
            as commonest_total,
        cast(max(case when abs(distance) <= step then units end) as integer) as units_at_commonest_total
    from by_total
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
)

select
    assessment_key,
    index_code,
    year,
    tier,
    province_code,
    level,
    level_order,
    pillar,
    min_total,
    step,
    units,
    units_just_above,
    units_just_below,
    units_within_step,
    commonest_total,
    units_at_commonest_total,
    coalesce(
        commonest_total >= min_total
        and units_at_commonest_total > units_just_below
        and units_at_commonest_total > pile_share * units,
        false
    ) as is_pile
from counted
