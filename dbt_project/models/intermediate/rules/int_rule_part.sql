with in_force as (
    select
        pillar.index_code,
        pillar.year,
        pillar.tier,
        pillar.pillar,
        component.component,
        coalesce(component.is_bonus, false) as is_bonus,
        component.weight,
        coalesce(component.min_score, 0) as min_score,
        component.max_score,
        {{ place_in_registry('component') }} as place,
        component.valid_from_year
    from {{ ref('int_rule_pillar') }} as pillar
    inner join {{ ref('components') }} as component
        on
            pillar.index_code = component.index_code
            and pillar.tier = component.tier
            and pillar.pillar = component.pillar
            and {{ in_force('component', 'pillar.year') }}
    where pillar.aggregation <> 'stated'
),

part as (
    select
        index_code, year, tier, pillar, component, is_bonus, weight, min_score, max_score, place, component as part,
        component as field, false as is_pillar
    from {{ first_of('in_force', 'index_code, year, tier, pillar, component', 'valid_from_year desc') }} as component
    union all
    -- A total that is taken as it is stated is the only component of itself.
    select
        index_code, year, tier, pillar, pillar, false, 1, 0, max_total, null, pillar, pillar || '_total', true
    from {{ ref('int_rule_pillar') }}
    where aggregation = 'stated'
    union all
    select
        index_code, year, tier, parent_pillar, null, false, weight, null, null, null, pillar, pillar || '_total', true
    from {{ ref('int_rule_pillar') }}
    where parent_pillar is not null
),

weighed as (
    select
        part.*,
        pillar.aggregation = 'weighted_mean' and not part.is_bonus as is_weighted,
        cast(sum(case when not part.is_bonus then part.weight end) over (
            partition by part.index_code, part.year, part.tier, part.pillar
        ) as decimal(28, 9)) as weights
    from part
    inner join {{ ref('int_rule_pillar') }} as pillar
        on
            part.index_code = pillar.index_code
            and part.year = pillar.year
            and part.tier = pillar.tier
            and part.pillar = pillar.pillar
)

select
    index_code,
    year,
    tier,
    pillar,
    part,
    component,
    field,
    cast(row_number() over (partition by index_code, year, tier order by is_pillar, place, field, pillar) as integer) as part_order,
    is_bonus,
    cast(case when is_weighted then {{ billionths('weight') }} else 1 end as {{ large_whole() }}) as numerator,
    cast(case when is_weighted then {{ billionths('weights') }} else 1 end as {{ large_whole() }}) as denominator,
    min_score,
    max_score
from weighed
