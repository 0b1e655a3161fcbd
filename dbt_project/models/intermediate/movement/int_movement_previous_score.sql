with unit as (
    select index_code, year, kind, tier, unit_key from {{ ref('int_movement_unit') }}
    where is_measured
),

-- The scores of each unit that it comes from, with what the rule of this year makes of them.
predecessor_score as (
    select
        unit.index_code,
        unit.year,
        unit.kind,
        unit.tier,
        unit.unit_key,
        predecessor.origin_key,
        score.pillar,
        score.component,
        score.is_own_pillar,
        score.score,
        score.contribution as previous_contribution,
        rule.part_order,
        rule.share_numerator,
        rule.share_denominator
    from unit
    inner join {{ ref('int_movement_predecessor') }} as predecessor
        on
            unit.index_code = predecessor.index_code
            and unit.year = predecessor.year
            and unit.kind = predecessor.kind
            and unit.tier = predecessor.tier
            and unit.unit_key = predecessor.unit_key
    inner join {{ ref('int_row_score') }} as score
        on predecessor.previous_row_id = score.row_id and predecessor.previous_corrections = score.corrections
    left join {{ ref('int_rule_share') }} as rule
        on
            unit.index_code = rule.index_code
            and unit.year = rule.year
            and unit.tier = rule.tier
            and score.pillar = rule.pillar
            and score.component = rule.component
),

-- What the rule of now makes of them; of a component that it has not, nothing.
restated as (
    {{ contributions('predecessor_score', 'score', ['index_code', 'year', 'kind', 'unit_key', 'origin_key', 'pillar', 'share_denominator']) }}
)

select
    index_code,
    year,
    kind,
    tier,
    unit_key,
    pillar,
    component,
    max(is_own_pillar) as is_own_pillar,
    {{ mean('score') }} as score,
    {{ mean('previous_contribution') }} as contribution,
    {{ mean('contribution') }} as restated
from restated
group by 1, 2, 3, 4, 5, 6, 7
