with distance as (
    select
        *,
        min(margin) over (partition by index_code, year, unit_key) as smallest_margin
    from {{ ref('fct_level_distance') }}
)

select
    assessment_key,
    index_code,
    year,
    tier,
    unit_code,
    unit_key,
    level_computed,
    smallest_margin,
    {{ joined('case when margin = smallest_margin then pillar end', ', ', 'pillar') }} as smallest_margin_pillars,
    bool_or(margin < step) as is_lost_by_a_step,
    next_level,
    {{ joined('case when is_holding_back then pillar end', ', ', 'pillar') }} as held_back_by,
    cast(sum(cast(is_holding_back as integer)) as integer) as pillars_holding_back,
    bool_and(coalesce(to_next_level, 0) <= step) filter (where next_level is not null) as is_next_within_a_step
from distance
group by 1, 2, 3, 4, 5, 6, 7, 8, 11
