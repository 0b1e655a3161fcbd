with version as (
    select * from {{ ref('int_version') }}
    where is_current
),

submitted as (
    select assessment_key, count(*) as submissions from {{ ref('int_submission') }}
    group by 1
),

roster as (
    select
        version_id,
        count(*) as units_expected,
        count(case when result_status = 'scored' then 1 end) as units_scored,
        count(case when result_status = 'missing' then 1 end) as units_missing
    from {{ ref('int_version_roster') }}
    group by 1
)

select
    version.assessment_key,
    version.index_code,
    version.year,
    version.kind,
    version.province_code,
    province.unit_name as province_name,
    cast(submitted.submissions as integer) as submissions,
    cast(coalesce(roster.units_expected, 0) as integer) as units_expected,
    cast(coalesce(roster.units_scored, 0) as integer) as units_scored,
    coalesce(roster.units_expected > 0 and roster.units_missing = 0, false) as is_complete
from version
inner join submitted on version.assessment_key = submitted.assessment_key
left join roster on version.version_id = roster.version_id
left join {{ ref('int_unit_year') }} as province
    on version.year = province.year and version.province_code = province.unit_code and province.depth = 0
