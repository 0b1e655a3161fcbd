with total as (
    select
        result.assessment_key,
        result.index_code,
        result.year,
        result.tier,
        result.unit_code,
        result.unit_key,
        pillar.pillar,
        pillar.computed as total,
        rule.step,
        result.rank_in_province,
        result.units_ranked
    from {{ ref('fct_unit_result') }} as result
    inner join {{ ref('fct_pillar_result') }} as pillar
        on result.assessment_key = pillar.assessment_key and result.unit_key = pillar.unit_key
    inner join {{ ref('int_rule_pillar') }} as rule
        on
            pillar.index_code = rule.index_code
            and pillar.tier = rule.tier
            and pillar.pillar = rule.pillar
            and result.year = rule.year
    where rule.is_ranked_by and rule.step is not null and result.rank_in_province is not null
),

moved as (
    select
        *,
        cast(units_ranked - {{ others_up_to('total', 'step following', 'assessment_key, tier') }} as integer) as rank_a_step_up,
        cast(units_ranked - {{ others_up_to('total', 'step preceding', 'assessment_key, tier') }} as integer) as rank_a_step_down
    from total
)

select
    assessment_key,
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
