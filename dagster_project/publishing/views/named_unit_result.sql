with unit_in_year as (
    select year.year, unit.unit_code, unit.unit_name
    from (select distinct year from fct_unit_result) as year
    inner join dim_unit as unit
        on
            make_date(year.year, 12, 31) >= coalesce(unit.valid_from, date '0001-01-01')
            and make_date(year.year, 12, 31) < coalesce(unit.valid_to, date '9999-12-31')
),

held_back as (
    select
        distance.index_code,
        distance.year,
        distance.unit_key,
        string_agg(pillar.name_vi, ', ' order by distance.pillar) as held_back_by_vi
    from fct_level_distance as distance
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
    standing.smallest_margin,
    result.next_level,
    next_level.name_vi as next_level_vi,
    result.readiness_to_next_level,
    result.attainment_to_next_level,
    standing.held_back_by,
    held_back.held_back_by_vi,
    result.rank_stated,
    result.rank_in_province,
    result.rank_in_district,
    result.units_ranked,
    robustness.ranks_gained,
    robustness.ranks_lost,
    result.findings
from fct_unit_result as result
left join fct_level_standing as standing using (index_code, year, unit_key)
left join fct_rank_robustness as robustness using (index_code, year, unit_key)
left join held_back using (index_code, year, unit_key)
left join unit_in_year as district on result.year = district.year and result.district_code = district.unit_code
left join unit_in_year as province on result.year = province.year and result.province_code = province.unit_code
left join dim_term as tier on tier.term = 'tier' and result.tier = tier.code
left join dim_term as status on status.term = 'result_status' and result.result_status = status.code
left join dim_term as level_stated on level_stated.term = 'level' and result.level_stated = level_stated.code
left join dim_term as level_computed on level_computed.term = 'level' and result.level_computed = level_computed.code
left join dim_term as next_level on next_level.term = 'level' and result.next_level = next_level.code
