-- The pillars of each scored unit of an edition: stated, computed, and what it takes to the next level up (0 where this
-- pillar is no obstacle to it, null at the top).
with result as (
    select * from {{ ref('int_edition_result') }}
    where result_status = 'scored'
),

rule as (
    select * from {{ ref('level_rules') }}
),

reached as (
    select
        result.*,
        coalesce(
            min(rule.level_order) filter (where rule.level = result.level_computed),
            1 + max(rule.level_order)
        ) as level_order
    from result
    left join rule
        on result.index_code = rule.index_code and result.tier = rule.tier and {{ in_force('rule', 'result.year') }}
    group by all
)

select
    reached.edition_id,
    reached.index_code,
    reached.year,
    reached.kind,
    reached.tier,
    reached.unit_code,
    reached.unit_key,
    reached.row_id,
    total.pillar,
    total.stated,
    total.computed,
    {{ figure('total.stated - total.computed') }} as difference,
    next.level as next_level,
    {{ figure('greatest(next.min_total - total.computed, 0)') }} as to_next_level
from reached
inner join {{ ref('int_row_total') }} as total using (row_id)
left join rule as next
    on
        reached.index_code = next.index_code
        and reached.tier = next.tier
        and total.pillar = next.pillar
        and reached.level_computed is not null
        and next.level_order = reached.level_order - 1
        and {{ in_force('next', 'reached.year') }}
