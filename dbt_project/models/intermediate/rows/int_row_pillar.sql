with rule as (
    select * from {{ ref('int_rule_level') }}
),

level as (
    select distinct index_code, year, tier, level, level_order from rule
),

last_level as (
    select index_code, year, tier, max(level_order) as level_order from level
    group by 1, 2, 3
),

reached as (
    select
        total.*,
        computed_level.level,
        coalesce(level.level_order, 1 + last_level.level_order) as level_order
    from {{ ref('int_row_total') }} as total
    left join {{ ref('int_row_level') }} as computed_level
        on
            total.row_id = computed_level.row_id
            and total.corrections = computed_level.corrections
            and computed_level.basis = 'computed'
    left join level
        on
            total.index_code = level.index_code
            and total.year = level.year
            and total.tier = level.tier
            and computed_level.level = level.level
    left join last_level
        on total.index_code = last_level.index_code and total.year = last_level.year and total.tier = last_level.tier
)

select
    reached.row_id,
    reached.corrections,
    reached.pillar,
    reached.stated,
    reached.corrected,
    reached.computed,
    {{ figure('reached.stated_fixed - reached.computed') }} as difference,
    next.level as next_level,
    {{ figure('greatest(next.min_total - reached.computed, 0)') }} as to_next_level
from reached
left join rule as next
    on
        reached.index_code = next.index_code
        and reached.year = next.year
        and reached.tier = next.tier
        and reached.pillar = next.pillar
        and reached.level is not null
        and next.level_order = reached.level_order - 1
