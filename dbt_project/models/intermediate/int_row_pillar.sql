-- One row per unit row (as read, or with corrections) and pillar: stated, computed, and what it takes to the next level up
-- (0 where this pillar is no obstacle to it, null at the top).
with total as (
    select * from {{ ref('int_row_total') }}
),

rule as (
    select * from {{ ref('level_rules') }}
),

reached as (
    select
        total.*,
        level.level,
        coalesce(min(rule.level_order) filter (where rule.level = level.level), 1 + max(rule.level_order)) as level_order
    from total
    left join {{ ref('int_row_level') }} as level on total.row_id = level.row_id and level.basis = 'computed'
    left join rule
        on total.index_code = rule.index_code and total.tier = rule.tier and {{ in_force('rule', 'total.year') }}
    group by all
)

select
    reached.row_id,
    reached.pillar,
    reached.stated,
    reached.corrected,
    reached.computed,
    {{ figure('reached.stated - reached.computed') }} as difference,
    next.level as next_level,
    {{ figure('greatest(next.min_total - reached.computed, 0)') }} as to_next_level
from reached
left join rule as next
    on
        reached.index_code = next.index_code
        and reached.tier = next.tier
        and reached.pillar = next.pillar
        and reached.level is not null
        and next.level_order = reached.level_order - 1
        and {{ in_force('next', 'reached.year') }}
