with unit as (
    select * from {{ ref('int_movement_unit') }}
),

pillar as (
    select
        index_code,
        year,
        kind,
        unit_key,
        {%- for pillar in ['readiness', 'attainment'] %}
        max(case when pillar = '{{ pillar }}' then current_total end) as current_{{ pillar }},
        max(case when pillar = '{{ pillar }}' then previous_total end) as previous_{{ pillar }},
        max(case when pillar = '{{ pillar }}' then total_change end) as {{ pillar }}_change{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_movement_pillar') }}
    group by 1, 2, 3, 4
)

select
    unit.assessment_key,
    unit.index_code,
    unit.year,
    unit.kind,
    unit.tier,
    unit.unit_code,
    unit.unit_key,
    unit.previous_year,
    unit.year - unit.previous_year as years_between,
    unit.comparison,
    unit.is_rule_changed,
    unit.previous_unit_keys,
    pillar.previous_readiness,
    pillar.current_readiness,
    pillar.readiness_change,
    pillar.previous_attainment,
    pillar.current_attainment,
    pillar.attainment_change,
    unit.previous_rank,
    unit.rank as current_rank,
    case when unit.is_ranked_alike then unit.previous_rank - unit.rank end as rank_change,
    unit.previous_level,
    unit.level as current_level,
    case when unit.is_ranked_alike then unit.previous_level_order - unit.level_order end as level_change
from unit
left join pillar
    on
        unit.index_code = pillar.index_code
        and unit.year = pillar.year
        and unit.kind = pillar.kind
        and unit.unit_key = pillar.unit_key
