{#- Included by its draft, too, which names its own tables. -#}
{%- set result = result | default('fct_unit_result') -%}
{%- set distance = distance | default('fct_level_distance') -%}
{%- from 'names.jinja' import unit_in_year -%}
{%- set is_draft = result != 'fct_unit_result' -%}
with {{ unit_in_year(result) }},

held_back as (
    select
        distance.index_code,
        distance.year,
        distance.kind,
        distance.unit_key,
        string_agg(distance.pillar, ', ' order by distance.pillar) as held_back_by,
        string_agg(pillar.name_vi, ', ' order by distance.pillar) as held_back_by_vi
    from {{ distance }} as distance
    inner join dim_pillar as pillar
        on
            distance.index_code = pillar.index_code
            and distance.tier = pillar.tier
            and distance.pillar = pillar.pillar
            and distance.year between coalesce(pillar.valid_from_year, 0) and coalesce(pillar.valid_to_year, 9999)
    where distance.is_holding_back
    group by all
)

select
    result.index_code,
    result.year,
{%- if is_draft %}
    result.kind,
    kind.name_vi as kind_vi,
{%- endif %}
    result.tier,
    coalesce(tier.name_vi, result.tier) as tier_vi,
    result.unit_code,
    result.unit_key,
    result.unit_name,
    result.district_code,
    district.unit_name as district_name,
    result.province_code,
    province.unit_name as province_name,
    result.result_status,
    status.name_vi as result_status_vi,
    result.readiness_stated,
    result.readiness_computed,
    result.attainment_stated,
    result.attainment_computed,
    result.level_stated,
    level_stated.name_vi as level_stated_vi,
    result.level_computed,
    level_computed.name_vi as level_computed_vi,
{%- if not is_draft %}
    standing.smallest_margin,
{%- endif %}
    result.next_level,
    next_level.name_vi as next_level_vi,
    result.readiness_to_next_level,
    result.attainment_to_next_level,
    held_back.held_back_by,
    held_back.held_back_by_vi,
    result.rank_stated,
    result.rank_in_province,
    result.rank_in_district,
    result.units_ranked,
{%- if not is_draft %}
    robustness.ranks_gained,
    robustness.ranks_lost,
{%- endif %}
    result.findings
from {{ result }} as result
{%- if is_draft %}
left join dim_term as kind on kind.term = 'kind' and result.kind = kind.code
{%- else %}
left join fct_level_standing as standing using (index_code, year, unit_key)
left join fct_rank_robustness as robustness using (index_code, year, unit_key)
{%- endif %}
left join held_back using (index_code, year, kind, unit_key)
left join unit_in_year as district on result.year = district.year and result.district_code = district.unit_code
left join unit_in_year as province on result.year = province.year and result.province_code = province.unit_code
left join dim_term as tier on tier.term = 'tier' and result.tier = tier.code
left join dim_term as status on status.term = 'result_status' and result.result_status = status.code
left join dim_term as level_stated on level_stated.term = 'level' and result.level_stated = level_stated.code
left join dim_term as level_computed on level_computed.term = 'level' and result.level_computed = level_computed.code
left join dim_term as next_level on next_level.term = 'level' and result.next_level = next_level.code
