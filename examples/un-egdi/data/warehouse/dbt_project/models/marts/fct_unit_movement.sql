with unit as (
    select * from {{ ref('int_movement_unit') }}
),

pillar as (
    select
        index_code,
        year,
        unit_key,
        {%- for pillar in ['readiness', 'attainment'] %}
        any_value(current_total) filter (where pillar = '{{ pillar }}') as current_{{ pillar }},
        any_value(previous_total) filter (where pillar = '{{ pillar }}') as previous_{{ pillar }},
        any_value(total_change) filter (where pillar = '{{ pillar }}') as {{ pillar }}_change{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('fct_pillar_movement') }}
    group by all
)

select
    unit.index_code,
    unit.year,
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
left join pillar using (index_code, year, unit_key)
