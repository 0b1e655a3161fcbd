with result as (
    select * from {{ ref('int_unit_result') }}
),

finding as (
    select
        finding.version_id,
        finding.unit_code,
        min(acceptance.accepted_on) as accepted_on
    from {{ ref('int_finding') }} as finding
    left join {{ ref('acceptances') }} as acceptance
        on
            finding.finding_id = acceptance.finding_id
            and finding.stated is not distinct from acceptance.stated
    where finding.unit_code is not null
    group by finding.version_id, finding.unit_code, finding.finding_id
),

-- A day on which the province lets a finding stand is a day on which fewer are open.
day as (
    select version_id, unit_key, valid_from, valid_from as span_from from result
    union
    select
        result.version_id,
        result.unit_key,
        finding.accepted_on,
        result.valid_from
    from result
    inner join finding on result.version_id = finding.version_id and result.unit_code = finding.unit_code
    where
        finding.accepted_on > result.valid_from
        and finding.accepted_on < coalesce(result.valid_to, date '9999-12-31')
),

span as (
    select
        version_id,
        unit_key,
        span_from,
        valid_from,
        lead(valid_from) over (partition by version_id, unit_key, span_from order by valid_from) as next_from
    from day
),

counted as (
    select
        span.version_id,
        span.unit_key,
        span.span_from,
        span.valid_from,
        span.next_from,
        count(finding.version_id) as findings
    from span
    inner join result
        on
            span.version_id = result.version_id
            and span.unit_key = result.unit_key
            and span.span_from = result.valid_from
    left join finding
        on
            result.version_id = finding.version_id
            and result.unit_code = finding.unit_code
            and (finding.accepted_on is null or finding.accepted_on > span.valid_from)
    group by 1, 2, 3, 4, 5
)

select
    result.assessment_key,
    result.index_code,
    result.year,
    result.kind,
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
    cast(counted.findings as integer) as findings,
    result.correction_id,
    nullif(counted.valid_from, {{ unknown_day() }}) as valid_from,
    coalesce(counted.next_from, result.valid_to) as valid_to,
    result.is_current and counted.next_from is null as is_current
from result
inner join counted
    on
        result.version_id = counted.version_id
        and result.unit_key = counted.unit_key
        and result.valid_from = counted.span_from
left join {{ ref('int_row_two_pillars') }} as pillar
    on result.row_id = pillar.row_id and result.corrections = pillar.corrections
