with submission as (
    select * from {{ ref('stg_landing__submissions') }}
    where year is not null and kind is not null
),

province as (
    select distinct year, province_code from {{ ref('int_submission') }}
    where province_code is not null
),

expected as (
    select year, kind, opens_on, due_on from {{ ref('deadlines') }}
    union all by name
    select distinct submission.year, submission.kind from submission
    anti join {{ ref('deadlines') }} using (year, kind)
    where submission.unreadable_reason is null
),

-- A year in which nothing has come yet is asked of the provinces of the other years.
asked as (
    select distinct
        expected.*,
        province.province_code
    from expected
    inner join province
        on
            expected.year = province.year
            or not exists (from province as own where own.year = expected.year)
),

submitter as (
    select
        asked.*,
        unit.unit_code,
        unit.unit_name
    from asked
    inner join {{ ref('int_unit') }} as unit
        on asked.province_code = unit.parent_code and {{ valid_in('unit', 'asked.year') }}
),

-- A file is of every unit that it has a row of, or of a unit below it; a reply of whom its finding was sent to.
about as (
    select distinct submission_id, unnest([unit_code, parent_code, stated_parent_code]) as unit_code
    from {{ ref('int_row') }}
    union
    select reply.submission_id, finding.submitter_code
    from {{ ref('int_reply') }} as reply
    inner join {{ ref('fct_finding') }} as finding using (finding_id)
    where reply.reason is null
),

sent as (
    select
        submission.year,
        submission.kind,
        about.unit_code,
        count(*) as files,
        min(submission.received_on) as first_received_on,
        max(submission.received_on) as last_received_on
    from submission
    inner join about using (submission_id)
    group by all
)

select
    submitter.year,
    submitter.kind,
    submitter.province_code,
    submitter.unit_code,
    submitter.unit_name,
    submitter.opens_on,
    submitter.due_on,
    cast(coalesce(sent.files, 0) as integer) as files,
    sent.first_received_on,
    sent.last_received_on,
    case
        when sent.files is null then 'nothing'
        when sent.first_received_on > submitter.due_on then 'late'
        when sent.first_received_on <= submitter.due_on then 'in_time'
        else 'sent'
    end as standing
from submitter
left join sent using (year, kind, unit_code)
-- Who has no finding has nothing to reply to.
where
    submitter.kind <> 'reply'
    or exists (
        from {{ ref('fct_finding') }} as finding
        where finding.year = submitter.year and finding.submitter_code = submitter.unit_code
    )
