with tier as (
    select distinct version_id, tier from {{ ref('int_version_row') }}
    where unit_key is not null
    union
    select distinct
        statement.version_id,
        unit.tier
    from {{ ref('int_version_statement') }} as statement
    inner join {{ ref('int_unit_year') }} as unit
        on statement.year = unit.year and statement.unit_code = unit.parent_code
    inner join {{ ref('int_rule_pillar') }} as rule
        on statement.index_code = rule.index_code and statement.year = rule.year and unit.tier = rule.tier
),

listed as (
    select
        version.version_id,
        version.assessment_key,
        unit.unit_key,
        unit.unit_code,
        unit.unit_name,
        unit.tier,
        unit.parent_code,
        unit.province_code,
        unit.depth
    from {{ ref('int_version') }} as version
    inner join tier on version.version_id = tier.version_id
    inner join {{ ref('int_unit_year') }} as unit
        on
            version.year = unit.year
            and tier.tier = unit.tier
            and (version.province_code = unit.province_code or (version.province_code is null and unit.depth = 0))
),

reported as (
    select
        listed.*,
        taken.row_id,
        taken.submission_id,
        coalesce(stated.is_absent_row, false) as is_absent_row,
        count(case when taken.row_id is null then 1 end) over (
            partition by listed.version_id, listed.parent_code
        ) as units_without_row
    from listed
    left join {{ ref('int_version_unit') }} as taken
        on listed.version_id = taken.version_id and listed.unit_key = taken.unit_key
    left join {{ ref('int_row_stated') }} as stated on taken.row_id = stated.row_id
),

counted as (
    select version_id, unit_code as parent_code, stated as units from {{ ref('int_summary_level') }}
    where level = 'unranked' and stated is not null
),

-- Each row in quarantine under a parent is one of those without a row.
quarantined as (
    select
        version_id,
        parent_code,
        count(*) as units
    from {{ ref('int_version_quarantine') }}
    where parent_code is not null
    group by 1, 2
)

select
    reported.*,
    counted.units as counted,
    case
        when reported.row_id is not null and not reported.is_absent_row then 'scored'
        when reported.row_id is null and reported.units_without_row <= counted.units + coalesce(quarantined.units, 0)
            then 'counted_only'
        else 'missing'
    end as result_status
from reported
left join counted on reported.version_id = counted.version_id and reported.parent_code = counted.parent_code
left join quarantined on reported.version_id = quarantined.version_id and reported.parent_code = quarantined.parent_code
