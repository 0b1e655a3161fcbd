{#- Included by its draft, too, which names its own tables. -#}
{%- set movement = movement | default('fct_unit_movement') -%}
{%- set result = result | default('fct_unit_result') -%}
{%- from 'names.jinja' import unit_in_year -%}
{%- set is_draft = movement != 'fct_unit_movement' -%}
with {{ unit_in_year(movement) }},

previous as (
    select
        key.index_code,
        key.year,
        key.kind,
        key.unit_key,
        string_agg(unit.unit_name, ', ' order by unit.unit_key) as previous_unit_names
    from (
        select index_code, year, kind, unit_key, unnest(string_split(previous_unit_keys, ', ')) as previous_key
        from {{ movement }}
    ) as key
    inner join dim_unit as unit on key.previous_key = unit.unit_key
    group by all
)

select
    movement.index_code,
    movement.year,
{%- if is_draft %}
    movement.kind,
    kind.name_vi as kind_vi,
{%- endif %}
    movement.tier,
    coalesce(tier.name_vi, movement.tier) as tier_vi,
    movement.unit_code,
    movement.unit_key,
    unit.unit_name,
    result.district_code,
    district.unit_name as district_name,
    result.province_code,
    province.unit_name as province_name,
    movement.previous_year,
    movement.years_between,
    movement.comparison,
    comparison.name_vi as comparison_vi,
    movement.is_rule_changed,
    previous.previous_unit_names,
    movement.previous_readiness,
    movement.current_readiness,
    movement.readiness_change,
    movement.previous_attainment,
    movement.current_attainment,
    movement.attainment_change,
    movement.previous_rank,
    movement.current_rank,
    movement.rank_change,
    movement.previous_level,
    previous_level.name_vi as previous_level_vi,
    movement.current_level,
    current_level.name_vi as current_level_vi,
    movement.level_change
from {{ movement }} as movement
inner join dim_unit as unit using (unit_key)
inner join {{ result }} as result using (index_code, year, kind, unit_key)
left join unit_in_year as district on result.year = district.year and result.district_code = district.unit_code
left join unit_in_year as province on result.year = province.year and result.province_code = province.unit_code
left join previous using (index_code, year, kind, unit_key)
{%- if is_draft %}
left join dim_term as kind on kind.term = 'kind' and movement.kind = kind.code
{%- endif %}
left join dim_term as tier on tier.term = 'tier' and movement.tier = tier.code
left join dim_term as comparison on comparison.term = 'comparison' and movement.comparison = comparison.code
left join dim_term as previous_level on previous_level.term = 'level' and movement.previous_level = previous_level.code
left join dim_term as current_level on current_level.term = 'level' and movement.current_level = current_level.code
