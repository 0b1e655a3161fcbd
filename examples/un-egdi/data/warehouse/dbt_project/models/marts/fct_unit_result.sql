with result as (
    select result.* from {{ ref('int_edition_result') }} as result
    inner join {{ ref('int_current_edition') }} as edition using (edition_id)
    where result.kind = 'published'
),

pillar as (
    select
        edition_id,
        unit_key,
        any_value(stated) filter (where pillar = 'readiness') as readiness_stated,
        any_value(computed) filter (where pillar = 'readiness') as readiness_computed,
        any_value(to_next_level) filter (where pillar = 'readiness') as readiness_to_next_level,
        any_value(stated) filter (where pillar = 'attainment') as attainment_stated,
        any_value(computed) filter (where pillar = 'attainment') as attainment_computed,
        any_value(to_next_level) filter (where pillar = 'attainment') as attainment_to_next_level,
        any_value(next_level) as next_level
    from {{ ref('int_edition_pillar') }}
    group by all
),

finding as (
    select
        index_code,
        year,
        unit_code,
        count(*) as findings
    from {{ ref('fct_finding') }}
    where kind = 'published' and status = 'open'
    group by all
)

select
    result.index_code,
    result.year,
    result.tier,
    result.unit_code,
    result.unit_key,
    result.unit_name,
    result.district_code,
    result.province_code,
    result.result_status,
    pillar.readiness_stated,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_computed,
    result.level_stated,
    result.level_by_stated_totals,
    result.level_computed,
    result.rank_stated,
    result.rank_by_stated_totals,
    result.rank_in_province,
    result.rank_in_district,
    result.units_ranked,
    result.percentile,
    pillar.next_level,
    pillar.readiness_to_next_level,
    pillar.attainment_to_next_level,
    cast(coalesce(finding.findings, 0) as integer) as findings
from result
left join pillar using (edition_id, unit_key)
left join finding using (index_code, year, unit_code)
