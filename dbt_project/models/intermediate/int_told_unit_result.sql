-- Every published result that was ever believed, with the days from when to when: one row per revision and unit.
with finding as (
    select
        finding.edition_id,
        finding.unit_code,
        count(*) as findings
    from {{ ref('int_finding') }} as finding
    left join (select distinct finding_id, stated from {{ ref('acceptances') }}) as accepted
        on finding.finding_id = accepted.finding_id and finding.stated is not distinct from accepted.stated
    where accepted.finding_id is null
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
    pillar.readiness_corrected,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_corrected,
    pillar.attainment_computed,
    result.level_stated,
    result.level_corrected,
    result.level_by_stated_totals,
    result.level_by_expected_totals,
    result.level_computed,
    result.rank_stated,
    result.rank_corrected,
    result.rank_by_stated_totals,
    result.rank_by_expected_totals,
    result.rank_in_province,
    result.rank_in_district,
    result.units_ranked,
    result.percentile,
    pillar.next_level,
    pillar.readiness_to_next_level,
    pillar.attainment_to_next_level,
    cast(coalesce(finding.findings, 0) as integer) as findings,
    result.correction_id,
    nullif(result.known_from, date '0001-01-01') as known_from,
    result.known_to
from {{ ref('int_revision_result') }} as result
left join {{ ref('int_row_two_pillars') }} as pillar using (row_id)
left join finding on result.edition_id = finding.edition_id and result.unit_code = finding.unit_code
where result.kind = 'published'
