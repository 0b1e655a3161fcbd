with component as (
    select
        pillar.index_code,
        pillar.year,
        pillar.tier,
        pillar.pillar,
        pillar.aggregation,
        component.component,
        component.weight,
        component.max_score,
        {{ place_in_registry('component') }} as component_order
    from {{ ref('int_rule_pillar') }} as pillar
    inner join {{ ref('components') }} as component
        on
            pillar.index_code = component.index_code
            and pillar.tier = component.tier
            and pillar.pillar = component.pillar
            and {{ in_force('component', 'pillar.year') }}
    qualify row_number() over (
        partition by pillar.index_code, pillar.year, pillar.tier, pillar.pillar, component.component
        order by component.valid_from_year desc nulls last
    ) = 1
)

select
    index_code,
    year,
    tier,
    pillar,
    aggregation,
    component,
    component_order,
    weight,
    cast(sum(weight) over (partition by index_code, year, tier, pillar) as decimal(28, 9)) as weights,
    max_score
from component
