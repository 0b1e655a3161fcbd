with quarantined as (
    select submission_id, count(*) as rows_quarantined from {{ ref('fct_quarantine') }}
    group by 1
),

counted as (
    select
        submission_id,
        sum(figures) filter (where outcome = 'loaded') as figures_loaded,
        sum(figures) filter (where outcome = 'quarantined') as figures_quarantined,
        sum(figures) filter (where outcome = 'left_out') as figures_left_out
    from {{ ref('fct_submission_figures') }}
    group by 1
),

-- What is current now rests on it: a unit's row, or a printed annex.
shown as (
    select unit.submission_id from {{ ref('int_version_unit') }} as unit
    inner join {{ ref('int_version') }} as version on unit.version_id = version.version_id
    where version.is_current
    union
    select part.submission_id from {{ ref('int_version_part') }} as part
    inner join {{ ref('int_version') }} as version on part.version_id = version.version_id
    where version.is_current and part.annex is not null
),

-- The submission before it, where both give some unit, or the summary's word on one.
given as (
    select submission_id, unit_key as thing from {{ ref('int_row_repeat') }}
    union
    select submission_id, 'statement ' || unit_key from {{ ref('int_statement') }}
    where unit_key is not null
),

superseded as (
    select
        later.submission_id,
        {{ last_by('earlier.submission_id', '(earlier.delivery_order, earlier.ledger_order)') }} as supersedes
    from {{ ref('int_delivery') }} as later
    inner join {{ ref('int_delivery') }} as earlier
        on later.assessment_key = earlier.assessment_key and later.delivery_order > earlier.delivery_order
    inner join given as later_given on later.submission_id = later_given.submission_id
    inner join given as earlier_given
        on earlier.submission_id = earlier_given.submission_id and later_given.thing = earlier_given.thing
    group by 1
)

select
    file.submission_id,
    identity.assessment_key,
    file.year,
    identity.index_code,
    identity.province_code,
    file.file_name,
    file.format,
    file.kind,
    file.received_on,
    file.sender,
    file.decision_number,
    file.decision_date,
    shown.submission_id is not null as is_current,
    superseded.supersedes,
    coalesce(file.rows_seen, 0) as rows_read,
    cast(coalesce(quarantined.rows_quarantined, 0) as integer) as rows_quarantined,
    coalesce(file.figures_seen, 0) as figures_seen,
    cast(coalesce(counted.figures_loaded, 0) as integer) as figures_loaded,
    cast(coalesce(counted.figures_quarantined, 0) as integer) as figures_quarantined,
    cast(coalesce(counted.figures_left_out, 0) as integer) as figures_left_out,
    file.unreadable_reason,
    identity.refusal,
    file.is_ledgered,
    file.note
from {{ ref('int_file') }} as file
left join {{ ref('int_identity') }} as identity on file.submission_id = identity.submission_id
left join quarantined on file.submission_id = quarantined.submission_id
left join counted on file.submission_id = counted.submission_id
left join shown on file.submission_id = shown.submission_id
left join superseded on file.submission_id = superseded.submission_id
