with submission as (
    select * from {{ ref('stg_landing__submissions') }}
),

usable as (
    select * from {{ ref('int_submission') }}
),

quarantined as (
    select submission_id, count(*) as rows_quarantined from {{ ref('fct_quarantine') }}
    group by all
),

-- What is believed now rests on it: a unit's row, or an annex.
shown as (
    select unit.submission_id from {{ ref('int_edition_unit') }} as unit
    inner join {{ ref('int_current_edition') }} as edition using (edition_id)
    union
    select annex.submission_id from {{ ref('int_edition_annex') }} as annex
    inner join {{ ref('int_current_edition') }} as edition using (edition_id)
    where annex.annex is not null
),

-- The submission before it, where both give some unit or the same annex of the same index, year, kind and province.
given as (
    select submission_id, unit_key as gives from {{ ref('int_row') }}
    where unit_key is not null
    union
    select submission_id, 'annex ' || annex from {{ ref('int_edition_annex') }}
    where annex is not null
),

superseded as (
    select
        later.submission_id,
        max_by(earlier.submission_id, (earlier.delivered_on, earlier.ledger_order)) as supersedes
    from {{ ref('int_delivery') }} as later
    inner join given as later_given on later.submission_id = later_given.submission_id
    inner join given as earlier_given on later_given.gives = earlier_given.gives
    inner join {{ ref('int_delivery') }} as earlier
        on
            earlier_given.submission_id = earlier.submission_id
            and later.edition_key = earlier.edition_key
            and later.delivered_on > earlier.delivered_on
    group by all
)

select
    submission.submission_id,
    submission.year,
    usable.index_code,
    usable.province_code,
    submission.file_name,
    submission.format,
    submission.kind,
    submission.received_on,
    submission.sender,
    submission.decision_number,
    submission.decision_date,
    shown.submission_id is not null as is_current,
    superseded.supersedes,
    coalesce(submission.rows_seen, 0) as rows_read,
    cast(coalesce(quarantined.rows_quarantined, 0) as integer) as rows_quarantined,
    submission.unreadable_reason,
    submission.is_ledgered,
    submission.note
from submission
left join usable using (submission_id)
left join quarantined using (submission_id)
left join shown using (submission_id)
left join superseded using (submission_id)
