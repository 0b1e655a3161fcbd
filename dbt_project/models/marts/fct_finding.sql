with finding as (
    select * from {{ ref('int_finding') }}
),

first_seen as (
    select * from {{ first_of('finding', 'finding_id', 'version_order, chain_key') }} as finding
),

last_seen as (
    select * from {{ first_of('finding', 'finding_id', 'valid_from desc, version_order desc, chain_key') }} as finding
),

resolved as (
    select
        last_seen.finding_id,
        {{ first_by('version.last_submission_id', 'version.version_order') }} as resolved_in
    from last_seen
    inner join {{ ref('int_check_version') }} as version
        on last_seen.chain_key = version.chain_key and last_seen.version_order < version.version_order
    group by 1
),

acceptance as (
    select *
    from {{ first_of(ref('acceptances'), 'finding_id, stated', 'accepted_on desc, accepted_by, why') }} as acceptance
),

-- Nothing in a file that is given to no assessment tells whose it is; where all that came for its year is one province's, it
-- is too.
sole_province as (
    select year, min(submission.province_code) as province_code from {{ ref('int_submission') }} as submission
    group by 1
    having count(distinct submission.province_code) = 1
),

submitter as (
    select
        last_seen.finding_id,
        coalesce(
            case when unit.depth > 1 then unit.parent_code else unit.unit_code end,
            last_seen.province_code,
            case when last_seen.assessment_key is null then sole_province.province_code end
        ) as submitter_code
    from last_seen
    left join {{ ref('int_unit_year') }} as unit on last_seen.year = unit.year and last_seen.unit_key = unit.unit_key
    left join sole_province on last_seen.year = sole_province.year
)

select
    last_seen.finding_id,
    case
        when count(*) over (partition by substr(last_seen.finding_id, 1, 6)) = 1 then substr(last_seen.finding_id, 1, 6)
        when count(*) over (partition by substr(last_seen.finding_id, 1, 9)) = 1 then substr(last_seen.finding_id, 1, 9)
        else last_seen.finding_id
    end as short_id,
    last_seen.assessment_key,
    last_seen.index_code,
    last_seen.year,
    last_seen.kind,
    last_seen.subject,
    last_seen.submission_id,
    last_seen.code,
    last_seen.severity,
    last_seen.scope,
    last_seen.materiality,
    case when last_seen.code = 'total_differs' then split_part(last_seen.detail, '|', 1) end as level_with_stated,
    case when last_seen.code = 'total_differs' then split_part(last_seen.detail, '|', 2) end as level_with_expected,
    last_seen.tier,
    last_seen.unit_code,
    coalesce(last_seen.unit_name, last_seen.written_name) as unit_name,
    last_seen.annex,
    last_seen.position,
    last_seen.field,
    last_seen.page_or_sheet,
    last_seen.table_number,
    last_seen.row_number,
    last_seen.column_number,
    last_seen.column_name,
    last_seen.cell,
    last_seen.occurrences,
    last_seen.stated,
    last_seen.expected,
    last_seen.difference,
    last_seen.reason,
    message.message_vi,
    message.message_en,
    case
        when resolved.finding_id is not null then 'resolved'
        when acceptance.finding_id is not null then 'accepted'
        else 'open'
    end as status,
    first_seen.submission_id as first_seen_in,
    resolved.resolved_in,
    last_seen.unit_key,
    submitter.submitter_code,
    unit.unit_key as submitter_key,
    acceptance.accepted_by,
    acceptance.accepted_on,
    acceptance.why as accepted_why
from last_seen
inner join first_seen on last_seen.finding_id = first_seen.finding_id
inner join {{ ref('int_finding_message') }} as message
    on last_seen.version_id = message.version_id and last_seen.finding_id = message.finding_id
left join resolved on last_seen.finding_id = resolved.finding_id
left join acceptance
    on last_seen.finding_id = acceptance.finding_id and last_seen.stated is not distinct from acceptance.stated
left join submitter on last_seen.finding_id = submitter.finding_id
left join {{ ref('int_unit_year') }} as unit
    on last_seen.year = unit.year and submitter.submitter_code = unit.unit_code
