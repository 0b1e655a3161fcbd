with total as (
    select
        pillar.assessment_key,
        pillar.index_code,
        pillar.year,
        pillar.kind,
        pillar.tier,
        pillar.unit_code,
        pillar.unit_key,
        pillar.pillar,
        pillar.computed,
        pillar.to_next_level,
        result.level_computed,
        result.next_level
    from {{ ref('int_pillar_result_history') }} as pillar
    inner join {{ ref('int_unit_result_history') }} as result
        on pillar.assessment_key = result.assessment_key and pillar.unit_key = result.unit_key
    where pillar.is_current and result.is_current and result.level_computed is not null
),

rule as (
    select * from {{ ref('int_rule_level') }}
)

select
    total.assessment_key,
    total.index_code,
    total.year,
    total.kind,
    total.tier,
    total.unit_code,
    total.unit_key,
    total.pillar,
    total.computed,
    pillar.step,
    total.level_computed,
    own.min_total,
    {{ figure('total.computed - own.min_total') }} as margin,
    total.next_level,
    next.min_total as next_min_total,
    total.to_next_level,
    case when total.next_level is not null then coalesce(total.to_next_level > 0, false) end as is_holding_back
from total
inner join {{ ref('int_rule_pillar') }} as pillar
    on
        total.index_code = pillar.index_code
        and total.tier = pillar.tier
        and total.pillar = pillar.pillar
        and total.year = pillar.year
left join rule as own
    on
        total.index_code = own.index_code
        and total.tier = own.tier
        and total.pillar = own.pillar
        and total.level_computed = own.level
        and total.year = own.year
left join rule as next
    on
        total.index_code = next.index_code
        and total.tier = next.tier
        and total.pillar = next.pillar
        and total.next_level = next.level
        and total.year = next.year
