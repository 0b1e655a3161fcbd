-- A row of zeros that its publisher means as absent is an answer.
with absent as (
    select index_code, year, tier, min(absent_row) as absent_row from {{ ref('int_rule_pillar') }}
    group by 1, 2, 3
),

roster as (
    select
        listed.*,
        version.year,
        version.last_submission_id,
        listed.result_status <> 'missing'
        or (listed.row_id is not null and absent.absent_row = 'all_zero') as is_answered
    from {{ ref('int_version_roster') }} as listed
    inner join {{ ref('int_version') }} as version on listed.version_id = version.version_id
    left join absent
        on version.index_code = absent.index_code and version.year = absent.year and listed.tier = absent.tier
    where version.kind = 'published'
),

-- Where the summary counts a parent's rest, the fact is the parent's: nobody can tell which of the rest is missing. It is
-- another fact than that the parent itself is missing.
asked as (
    select
        version_id,
        coalesce(submission_id, last_submission_id) as submission_id,
        tier,
        unit_key,
        unit_code,
        unit_name,
        case when is_answered then 'reported' end as stated,
        'reported' as expected,
        '' as subject
    from roster
    where counted is null
    union all
    select
        roster.version_id,
        max(roster.last_submission_id),
        parent.tier,
        parent.unit_key,
        parent.unit_code,
        parent.unit_name,
        cast(
            count(case when roster.is_answered then 1 end)
            + max(case when not roster.is_answered then roster.counted else 0 end) as string
        ),
        cast(count(*) as string),
        'units below'
    from roster
    inner join {{ ref('int_unit_year') }} as parent on roster.year = parent.year and roster.parent_code = parent.unit_code
    where roster.counted is not null
    group by 1, 3, 4, 5, 6
),

checked as (
    select
        *,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        'unit' as field,
        {{ no_place() }}
    from asked
)

{{ check_result('checked', subject='subject') }}
