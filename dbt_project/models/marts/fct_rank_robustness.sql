-- The rank that each unit would have with a step more or less, all others as they are: competition ranks, counted in one
-- pass over the totals. Of n units, n less those of the others that are not ahead is the rank.
with total as (
    select
        result.index_code,
        result.year,
        result.tier,
        result.unit_code,
        result.unit_key,
        result.province_code,
        pillar.pillar,
        pillar.computed as total,
        rule.step,
        result.rank_in_province,
        result.units_ranked
    from {{ ref('fct_unit_result') }} as result
    inner join {{ ref('fct_pillar_result') }} as pillar using (index_code, year, unit_key)
    inner join {{ ref('dim_pillar') }} as rule
        on
            pillar.index_code = rule.index_code
            and pillar.tier = rule.tier
            and pillar.pillar = rule.pillar
            and {{ in_force('rule', 'result.year') }}
    where rule.is_ranked_by and rule.step is not null and result.rank_in_province is not null
),

moved as (
    select
        *,
        cast(units_ranked - count(*) over a_step_up as integer) as rank_a_step_up,
        cast(units_ranked - count(*) over a_step_down as integer) as rank_a_step_down
    from total
    window
        a_step_up as (
            partition by index_code, year, tier, province_code order by total
            range between unbounded preceding and step following exclude current row
        ),
        a_step_down as (
            partition by index_code, year, tier, province_code order by total
            range between unbounded preceding and step preceding exclude current row
        )
)

select
    index_code,
    year,
    tier,
    unit_code,
    unit_key,
    pillar,
    total,
    step,
    rank_in_province,
    units_ranked,
    rank_a_step_up,
    rank_a_step_down,
    rank_in_province - rank_a_step_up as ranks_gained,
    rank_a_step_down - rank_in_province as ranks_lost
from moved
