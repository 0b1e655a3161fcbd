with submission as (
    select * from {{ ref('int_file') }}
    where year is not null and kind is not null and kind <> 'restated'
),

province as (
    select distinct year, province_code from {{ ref('int_submission') }}
    where province_code is not null
),

expected as (
    select year, kind, opens_on, due_on from {{ ref('deadlines') }}
    union all
    select distinct
        submission.year,
        submission.kind,
        cast(null as date),
        cast(null as date)
    from submission
    left join {{ ref('deadlines') }} as deadline on submission.year = deadline.year and submission.kind = deadline.kind
    where submission.unreadable_reason is null and deadline.year is null
),

-- A year in which nothing has come yet is asked of the provinces of the other years.
asked as (
    select distinct
        expected.year,
        expected.kind,
        expected.opens_on,
        expected.due_on,
        province.province_code
    from expected
    inner join province
        on
            expected.year = province.year
            or expected.year not in (select own.year from province as own)
),

submitter as (
    select
        asked.*,
        unit.unit_code,
        unit.unit_name
    from asked
    inner join {{ ref('stg_registry__units') }} as unit
        on asked.province_code = unit.parent_code and {{ valid_in('unit', 'asked.year') }}
    -- A department is asked where an index of the year assesses departments.
    where
        not unit.is_body
        or exists (
            select 1 from {{ ref('int_rule_pillar') }} as rule
            where rule.year = asked.year and rule.tier = unit.tier
        )
),

-- A file is of every unit that it has a row of, or of a unit below it; a reply of whom its finding was sent to.
about as (
    select submission_id, unit_code from {{ ref('int_row') }}
    union
    select submission_id, parent_code from {{ ref('int_row') }}
    union
    select submission_id, stated_parent_code from {{ ref('int_row') }}
    union
    select reply.submission_id, finding.submitter_code
    from {{ ref('int_reply') }} as reply
    inner join {{ ref('fct_finding') }} as finding on reply.finding_id = finding.finding_id
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
    inner join about on submission.submission_id = about.submission_id
    group by 1, 2, 3
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
left join sent
    on
        submitter.year = sent.year
        and submitter.kind = sent.kind
        and submitter.unit_code = sent.unit_code
-- Who has no finding has nothing to reply to.
where
    submitter.kind <> 'reply'
    or exists (
        select 1 from {{ ref('fct_finding') }} as finding
        where finding.year = submitter.year and finding.submitter_code = submitter.unit_code
    )
